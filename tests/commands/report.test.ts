import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BRISK, type Scene, setScene } from '../e2e/scene.ts';
import { text } from '../world/answers.ts';
import { startWorld, type World } from '../world/world.ts';
import { runInProcess } from './in-process.ts';

const GONE = 'https://report.example/gone';
const BUSY = 'https://report.example/busy';

let world: World;
let scene: Scene;
beforeAll(async () => {
  world = await startWorld();
  scene = setScene(world);
  world.on(GONE, text('Gone', 410));
  world.on(BUSY, text('Forbidden', 403));
  scene.write('sources/list.md', `[消失的文章](${GONE})\n\n[忙](${BUSY})\n`);
  const run = await scene.run(['check', ...BRISK]);
  if (run.code !== 2) throw new Error(run.stderr);
});
afterAll(async () => {
  scene.remove();
  await world.close();
});

interface Report {
  links: { url: string; verdict: string; reason: string }[];
  run: { counts: Record<string, number> };
  news: Record<string, string[]>;
}

test('report says the same as the run did, asks nobody, and changes no file', async () => {
  const [before, asked] = [scene.files(), world.log.length];
  const { code, stdout } = await runInProcess(['report', '--format', 'json'], scene.folder);
  expect(code).toBe(2);
  const { links, run } = JSON.parse(stdout) as Report;
  expect({ links, counts: run.counts }).toEqual({ links: scene.status().links, counts: scene.status().run.counts });
  expect(world.log.length).toBe(asked);
  expect(scene.files()).toEqual(before);
});

test('report takes the verdict anew from the stored observation, whatever opinion stands beside it', async () => {
  const state = join(scene.archive, 'state/web.ndjson');
  const before = readFileSync(state, 'utf8');
  const lines = before.split('\n').map((line) => {
    if (!line.includes('/gone"')) return line;
    const entry = JSON.parse(line) as { value: { judgement: Record<string, unknown> } };
    entry.value.judgement = { ...entry.value.judgement, verdict: 'alive', reason: 'ok' };
    return JSON.stringify(entry);
  });
  expect(lines.join('\n')).not.toBe(before);
  writeFileSync(state, lines.join('\n'));
  const { stdout } = await runInProcess(['report', '--format', 'json', '--fail-on', 'never'], scene.folder);
  writeFileSync(state, before);
  const { links, run } = JSON.parse(stdout) as Report;
  expect(links.find(({ url }) => url === GONE)).toMatchObject({ verdict: 'gone', reason: 'not-found' });
  expect(run.counts).toMatchObject({ gone: 1, blocked: 1, alive: 0 });
});

test.each([
  ['never', 0],
  ['newly-dead', 0],
  ['dead', 0],
  ['gone', 2],
  ['blocked', 2],
])('--fail-on %s ends with %i', async (level, code) => {
  expect((await runInProcess(['report', '--fail-on', level], scene.folder)).code).toBe(code);
});

test('reports go where they are told, in the language that is asked for', async () => {
  const args = [
    'report',
    '--lang',
    'en',
    '--format',
    'markdown=out/deep/report.md',
    '--format',
    'sarif=out/links.sarif',
    '--format',
    'compact',
  ];
  const { stdout } = await runInProcess(args, scene.folder);
  expect(stdout).toContain('2 links: 1 gone, 1 blocked');
  expect(readFileSync(join(scene.folder, 'out/deep/report.md'), 'utf8')).toContain(
    'the site says that there is no such page',
  );
  expect(JSON.parse(readFileSync(join(scene.folder, 'out/links.sarif'), 'utf8'))).toMatchObject({ version: '2.1.0' });
  expect((await runInProcess(['report', '--lang', 'zh'], scene.folder)).stdout).toContain('2 个链接');
  expect((await scene.run(['verify'])).code).toBe(0);
});

test('colour and width are those of the terminal', async () => {
  const given = { color: true, outColumns: 30 };
  const { stdout } = await runInProcess(['report', '--format', 'compact', '--lang', 'zh'], scene.folder, given);
  const lines = stdout.split('\n').map((line) => stripVTControlCharacters(line));
  expect(stdout).toContain('\u001b[31m✗');
  expect(lines).toContain(`         ${GONE}`);
  expect(lines.some((line) => line.endsWith('…'))).toBe(true);
  const plain = await runInProcess(['report', '--format', 'compact'], scene.folder);
  expect(plain.stdout).not.toContain('\u001b');
});
