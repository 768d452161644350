import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BRISK, type Scene, setScene } from '../e2e/scene.ts';
import { text } from '../world/answers.ts';
import { plainPage } from '../world/pages/blogs.ts';
import { startWorld, type World } from '../world/world.ts';
import { type InProcess, runInProcess } from './in-process.ts';

const HOSTS = ['one', 'two', 'three', 'four', 'five', 'six'].map((name) => `https://${name}.example/page`);
const SENTENCES = '这一页只为试着合并而写，写得不长也不短，读的时候不费眼睛，存的时候不占地方。'.repeat(8);

let world: World;
let scene: Scene;
beforeAll(async () => {
  world = await startWorld();
  scene = setScene(world);
  for (const [at, url] of HOSTS.entries()) {
    world.on(url, at === 0 ? text('Gone', 410) : plainPage(`第${at}页`, `${at}${SENTENCES}`));
  }
  scene.write('sources/list.md', HOSTS.map((url, at) => `[第${at}页](${url})\n`).join('\n'));
  for (const shard of [1, 2]) {
    const { code, stderr } = await run('check', '--shard', `${shard}/2`, '--archive', `shard-${shard}`, ...BRISK);
    if (code !== 0 && code !== 2) throw new Error(stderr);
  }
});
afterAll(async () => {
  scene.remove();
  await world.close();
});

function run(command: string, ...args: string[]): Promise<InProcess> {
  const asking = command === 'check' ? ['--ca', world.ca] : [];
  return runInProcess([command, ...args, ...asking], scene.folder, { env: world.env });
}

test('joins the shards, reports as one run would have, and fails on what that would have failed on', async () => {
  const { code, stdout } = await run('merge', 'shard-1', 'shard-2', 'shard-1');
  expect(code).toBe(2);
  expect(stdout).toContain('6 个链接：还在 5，已不在 1');
  expect(
    scene
      .status()
      .links.map(({ url }) => url)
      .sort(),
  ).toEqual([...HOSTS].sort());
  expect((await run('verify')).code).toBe(0);
});

test('says so where there is nothing new in them', async () => {
  const before = scene.files();
  expect(await run('merge', 'shard-1', 'shard-2', '--lang', 'zh')).toEqual({
    ...{ code: 0, stdout: '', stderr: 'linkark: 这些内容存档里已经都有了\n' },
  });
  expect(scene.files()).toEqual(before);
});

test('goes on without a shard that left nothing, and says so; the language and the level are those asked for', async () => {
  rmSync(scene.archive, { recursive: true });
  const { code, stdout, stderr } = await run('merge', 'shard-1', 'shard-3', '--lang', 'en', '--fail-on', 'dead');
  expect(code).toBe(0);
  expect(stderr).toBe('linkark: shard-3: no result here; its links stay as they were\n');
  expect(stdout).toMatch(/^\d links?: /m);
});

test('records can be elsewhere than in the archive', async () => {
  rmSync(scene.archive, { recursive: true });
  cpSync(join(scene.folder, 'shard-1'), join(scene.folder, 'copy'), { recursive: true });
  expect((await run('merge', 'copy', 'shard-2', '--store', 'memory:', '--fail-on', 'never')).code).toBe(0);
  expect(scene.files().has('state/web.ndjson')).toBe(false);
});
