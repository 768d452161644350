import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Scene, setScene } from '../e2e/scene.ts';
import { runInProcess } from './in-process.ts';

let scene: Scene;
beforeEach(() => {
  scene = setScene(null);
});
afterEach(() => scene.remove());

const init = (folder = '', env: Record<string, string> = {}) =>
  runInProcess(['init'], join(scene.folder, folder), { env });
const read = (name: string) => readFileSync(join(scene.folder, name), 'utf8');

describe('init', () => {
  test('writes what a repository needs to begin with, once', async () => {
    scene.write('.git/HEAD', '');
    expect(await init()).toEqual({
      code: 0,
      stdout: [
        'written  sources/reading.md',
        'written  linkark.config.json',
        'written  .github/workflows/linkark.yml',
        '',
        'Put your links into sources/, then run: npx linkark check',
        '',
      ].join('\n'),
      stderr: '',
    });
    scene.write('linkark.config.json', '{"sources": ["mine"]}');
    expect((await init()).stdout.split('\n').slice(0, 3)).toEqual([
      'kept     sources/',
      'kept     linkark.config.json',
      'kept     .github/workflows/linkark.yml',
    ]);
    expect(read('linkark.config.json')).toBe('{"sources": ["mine"]}');
  });

  test('puts no example among lists that are there', async () => {
    scene.write('sources/我的.md', '[一](https://one.example/)\n');
    expect((await init('', { LANG: 'zh_CN.UTF-8' })).stdout).toBe(
      [
        '已有  sources/',
        '写入  linkark.config.json',
        '写入  .github/workflows/linkark.yml',
        '',
        '把你的链接放进 sources/，然后运行：npx linkark check',
        '',
      ].join('\n'),
    );
    const dump = await runInProcess(['check', '--dump'], scene.folder);
    expect(dump.stdout).toBe('sources/我的.md:1:1 https://one.example/\n');
  });

  test('below the top of a repository it says that the workflow would not run there', async () => {
    scene.write('.git', 'gitdir: ../elsewhere\n');
    scene.write('notes/x.md', '');
    expect((await init('notes')).stdout).toContain(`move .github to ${scene.folder}\n`);
    expect((await init()).stdout).not.toContain('move .github');
  });

  test('where a file is in the way it says which', async () => {
    scene.write('.github', 'a file\n');
    await expect(init()).rejects.toMatchObject({
      code: 'archive/not-a-folder',
      message: expect.stringContaining('.github'),
    });
  });
});
