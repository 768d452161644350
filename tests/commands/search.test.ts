import { existsSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BRISK, type Scene, setScene } from '../e2e/scene.ts';
import { oneCard } from '../world/demo-stories.ts';
import { csdnPost } from '../world/pages/blogs.ts';
import { startWorld, type World } from '../world/world.ts';
import { runInProcess } from './in-process.ts';

const URL = 'https://blog.csdn.net/bridge/article/details/138000009';
const OTHER = 'https://blog.csdn.net/bridge/article/details/138000010';
const WHERE = ['--archive', 'elsewhere/kept'];

let world: World;
let scene: Scene;
beforeAll(async () => {
  world = await startWorld();
  scene = setScene(world);
  world.on(URL, csdnPost('bridge', '138000009', { ...oneCard, pictures: [] }));
  world.on(OTHER, csdnPost('bridge', '138000010', { ...oneCard, title: '另一张卡', pictures: [] }));
  scene.write(
    'sources/list.md',
    `[${oneCard.title}](${URL})\n\n> A remark of the list alone.\n\n[另一张卡](${OTHER})\n`,
  );
  const run = await scene.run(['check', ...WHERE, ...BRISK]);
  if (run.code !== 0) throw new Error(run.stdout + run.stderr);
});
afterAll(async () => {
  scene.remove();
  await world.close();
});

test.each([
  ['search', '显存'],
  ['show', '138000009'],
])('%s names the kept copy where it is', async (command, words) => {
  const { stdout } = await runInProcess([command, words, ...WHERE], scene.folder);
  const [path = ''] = /\S+page\.md/.exec(stdout) ?? [];
  expect(path).toMatch(/^elsewhere\/kept\/pages\//);
  expect(existsSync(join(scene.folder, path))).toBe(true);
});

test('a hit in the remark of the list shows the remark', async () => {
  const { stdout } = await runInProcess(['search', 'remark', ...WHERE], scene.folder);
  expect(stdout.split('\n').map((line) => line.trim())).toEqual([
    oneCard.title,
    '> A remark of the list alone.',
    expect.stringContaining(URL),
    '',
  ]);
});

test('a hit in the title alone leaves no empty line', async () => {
  const { stdout } = await runInProcess(['search', '另一张卡', ...WHERE], scene.folder);
  expect(stdout.split('\n')).toEqual(['另一张卡', expect.stringContaining(OTHER), '']);
});

describe('search', () => {
  const search = (args: readonly string[], given = {}) =>
    runInProcess(['search', ...args, ...WHERE], scene.folder, given);

  test('marks what was found, in the title too, where the terminal has colour, and only there', async () => {
    const { stdout } = await search(['chatgpt', '显存'], { color: true });
    expect(stdout).toContain('\u001b[33mChatGPT\u001b[0m\u001b[1m体量');
    expect(stdout).toContain('\u001b[33m显存\u001b[0m');
    expect((await search(['chatgpt', '显存'])).stdout).not.toContain('\u001b');
  });

  test('wants all the words, and those within quotation marks side by side', async () => {
    expect((await search(['显存 ｃhatGPT'])).stdout).toContain(URL);
    expect((await search(['“显存，而”'])).stdout).toContain(URL);
    expect((await search(['"显存 而"'])).stdout).toBe('');
    expect((await search(['显存', '长颈鹿'])).stdout).toBe('');
  });

  test.each([
    ['zh', '没有找到“长颈鹿”\n'],
    ['en', 'nothing found for "长颈鹿"\n'],
  ])('nothing found is no failure and is said in %s', async (language, stderr) => {
    expect(await search(['长颈鹿', '--lang', language])).toEqual({ code: 0, stdout: '', stderr });
  });

  test('says how many more there are, and what shows them', async () => {
    const { stdout, stderr } = await search(['显存', '--limit', '1', '--lang', 'en']);
    expect(stdout.match(/https:/g)).toHaveLength(1);
    expect(stderr).toBe('1 more; --limit 2 shows them\n');
  });

  test('a copy that can not be read is not passed over in silence', async () => {
    const [page = ''] = readdirSync(join(scene.folder, 'elsewhere/kept/pages'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('page.json'))
      .map((name) => join(scene.folder, 'elsewhere/kept/pages', name));
    renameSync(page, `${page}.away`);
    const { code, stderr } = await search(['显存', '--lang', 'en']);
    renameSync(`${page}.away`, page);
    expect(code).toBe(0);
    expect(stderr).toContain('1 kept that can not be read and may hold it; linkark verify says more\n');
  });
});
