import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BRISK, type Scene, setScene } from '../e2e/scene.ts';
import { oneCard } from '../world/demo-stories.ts';
import { csdnPost } from '../world/pages/blogs.ts';
import { startWorld, type World } from '../world/world.ts';
import { runInProcess } from './in-process.ts';

const URL = 'https://blog.csdn.net/bridge/article/details/138000009';
const WHERE = ['--archive', 'elsewhere/kept'];

let world: World;
let scene: Scene;
beforeAll(async () => {
  world = await startWorld();
  scene = setScene(world);
  world.on(URL, csdnPost('bridge', '138000009', { ...oneCard, pictures: [] }));
  scene.write('sources/list.md', `[${oneCard.title}](${URL})\n\n> A remark of the list alone.\n`);
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

test('a hit outside of the text leaves no empty line', async () => {
  const { stdout } = await runInProcess(['search', 'remark', ...WHERE], scene.folder);
  expect(stdout.split('\n').map((line) => line.trim())).toEqual([oneCard.title, expect.stringContaining(URL), '']);
});
