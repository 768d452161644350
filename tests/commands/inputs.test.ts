import { spawnSync } from 'node:child_process';
import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Scene, setScene } from '../e2e/scene.ts';
import { link, statusOf } from '../report/scene.ts';
import { cleanEnv, cliArguments } from '../world/run-cli.ts';
import { type InProcess, runInProcess } from './in-process.ts';

let scene: Scene;
beforeEach(() => {
  scene = setScene(null);
});
afterEach(() => scene.remove());

/** What `check --dump` prints: the links that would be asked. */
const dump = (args: readonly string[], stdin = ''): Promise<InProcess> =>
  runInProcess(['check', '--dump', ...args], scene.folder, { stdin: async () => Buffer.from(stdin) });
const lines = (text: string): string[] =>
  text
    .trim()
    .split('\n')
    .filter((line) => line !== '')
    .sort();

describe('which files', () => {
  beforeEach(() => {
    for (const name of [
      'sources/一.md',
      'sources/deep/two.txt',
      'notes/three.md',
      'notes/old/four.md',
      'node_modules/x/README.md',
    ]) {
      scene.write(name, `https://${encodeURIComponent(name).length}.example/\n`);
    }
    scene.write('sources/picture.png', Buffer.from([0x89, 0x50, 0, 1]));
  });
  const files = async (args: readonly string[], stdin = ''): Promise<string[]> => {
    const result = await dump(args, stdin);
    expect(result.code, result.stderr).toBe(0);
    return lines(result.stdout)
      .map((line) => line.replace(/:\d+:\d+ .*$/, ''))
      .sort();
  };

  test('sources/ where nothing is named', async () => {
    expect(await files([])).toEqual(['sources/deep/two.txt', 'sources/一.md']);
  });

  test('folders, files, globs, each file once', async () => {
    expect(await files(['notes', 'notes/three.md'])).toEqual(['notes/old/four.md', 'notes/three.md']);
    expect(await files(['notes/*.md'])).toEqual(['notes/three.md']);
    expect(await files(['**/*.{md,txt}'])).toEqual([
      'notes/old/four.md',
      'notes/three.md',
      'sources/deep/two.txt',
      'sources/一.md',
    ]);
  });

  test('--files-from FILE and -, with remarks, empty lines and pictures among the names', async () => {
    const names = '# what changed\r\nsources/一.md\r\n\r\nsources/picture.png\nnotes/*.md\n';
    scene.write('names.txt', names);
    expect(await files(['--files-from', 'names.txt'])).toEqual(['notes/three.md', 'sources/一.md']);
    expect(await files(['--files-from', '-'], names)).toEqual(['notes/three.md', 'sources/一.md']);
  });

  test('a picture that is named itself is a fault of the command line', async () => {
    const result = await dump(['sources/picture.png', 'notes/three.md']);
    expect(result.code).toBe(3);
    expect(result.stderr).toContain('sources/picture.png');
    expect(lines(result.stdout)).toHaveLength(1);
  });

  test('- is standard input', async () => {
    const result = await dump(['-'], '# x\n\n见 https://stdin.example/x，又见\n');
    expect([result.code, result.stdout]).toEqual([0, '-:3:3 https://stdin.example/x\n']);
  });

  test('.linkarkignore leaves out paths and beginnings of addresses; remarks are none', async () => {
    scene.write('.linkarkignore', '# remark\nnotes/old/**\n\nhttps://keep.example/not\n');
    scene.write(
      'notes/three.md',
      'https://keep.example/yes https://keep.example/not/this https://keep.example.evil/\n',
    );
    expect(lines((await dump(['notes'])).stdout)).toEqual([
      'notes/three.md:1:1 https://keep.example/yes',
      'notes/three.md:1:56 https://keep.example.evil/',
    ]);
  });

  test('--exclude-path and --exclude', async () => {
    expect(await files(['notes', '--exclude-path', 'old'])).toEqual(['notes/three.md']);
    expect(lines((await dump(['notes', '--exclude', 'example'])).stdout)).toEqual([]);
  });

  test.each([
    ['no-such-file.md', 'no-such-file.md'],
    ['*.nothing', '*.nothing'],
    ['https://a.example/x', 'this is an address, not a list'],
  ])('%s is a usage error that names it', async (operand, named) => {
    const result = await dump([operand]);
    expect(result.code).toBe(3);
    expect(result.stderr).toContain(operand);
    expect(result.stderr).toContain(named);
  });

  test('a file that can not be read is a usage error that says why, and the other lists are read', async () => {
    symlinkSync('turns.md', join(scene.folder, 'turns.md'));
    const result = await dump(['turns.md', 'notes/three.md']);
    expect(result.code).toBe(3);
    expect(result.stderr).toMatch(/turns\.md.*it can not be read: .*ELOOP/s);
    expect(lines(result.stdout)).toHaveLength(1);
  });

  test('without sources/ and without a name: what to do first', async () => {
    rmSync(join(scene.folder, 'sources'), { recursive: true });
    const result = await dump([]);
    expect(result.code).toBe(3);
    expect(result.stderr).toContain('begin with linkark init');
  });

  test('a glob may be absolute', async () => {
    expect(await files([join(scene.folder, 'notes/*.md')])).toEqual(['notes/three.md']);
  });

  test('what linkark wrote into the archive is no list, wherever the archive lies', async () => {
    scene.write('notes/kept/README.md', 'https://table.example/\n');
    expect(await files(['notes', '--archive', 'notes/kept'])).toEqual(['notes/old/four.md', 'notes/three.md']);
    expect(await files(['notes'])).toEqual(['notes/kept/README.md', 'notes/old/four.md', 'notes/three.md']);
  });

  test('the pipe that a shell makes of a command is read as a list', () => {
    const shell = 'exec "$0" "$@" <(echo https://pipe.example/x)';
    const { status, stdout } = spawnSync(
      'bash',
      ['-c', shell, process.execPath, ...cliArguments(['check', '--dump'])],
      { cwd: scene.folder, encoding: 'utf8', env: cleanEnv() },
    );
    expect(stdout).toMatch(/^\/dev\/fd\/\d+:1:1 https:\/\/pipe\.example\/x\n$/);
    expect(status).toBe(0);
  });
});

describe('which links', () => {
  test('comments switch off the next line, this line, and everything up to the other one', async () => {
    scene.write(
      'list.md',
      [
        '- [a](https://a.example/)',
        '<!-- linkark-disable-next-line -->',
        '- [b](https://b.example/)',
        '- [c](https://c.example/) <!-- linkark-disable-line -->',
        '',
        '<!-- linkark-disable -->',
        '',
        '- [d](https://d.example/)',
        '',
        '<!-- linkark-enable -->',
        '',
        '- [e](https://e.example/)',
        '',
      ].join('\n'),
    );
    expect(lines((await dump(['list.md'])).stdout)).toEqual([
      'list.md:12:3 https://e.example/',
      'list.md:1:3 https://a.example/',
    ]);
  });

  test('--baseline: what --dump printed before is left out, however it is spelt now', async () => {
    scene.write('list.md', 'https://a.example/x?utm_source=y#part <https://b.example/>\n');
    const before = await dump(['list.md']);
    scene.write('known.txt', before.stdout);
    scene.write('list.md', 'https://A.example:443/x [b](https://b.example/#other) [new](https://c.example/)\n');
    expect(lines((await dump(['list.md', '--baseline', 'known.txt'])).stdout)).toEqual([
      expect.stringMatching(/https:\/\/c\.example\/$/),
    ]);
  });

  test('--baseline: a status.json leaves out what was rotten in it, and nothing else', async () => {
    const urls = {
      gone: 'https://gone.example/',
      dead: 'https://dead.example/',
      out: 'https://out.example/',
      well: 'https://well.example/',
    };
    const status = statusOf([
      link({ id: 'web/1', url: urls.gone, verdict: 'gone', reason: 'not-found' }),
      link({ id: 'web/2', url: urls.dead, verdict: 'blocked', reason: 'forbidden', health: 'dead' }),
      link({ id: 'web/3', url: urls.out, verdict: 'unreachable', reason: 'dns' }),
      link({ id: 'web/4', url: urls.well }),
    ]);
    scene.write('status.json', JSON.stringify(status));
    scene.write('list.md', Object.values(urls).join(' '));
    expect(lines((await dump(['list.md', '--baseline', 'status.json'])).stdout)).toEqual([
      expect.stringContaining(urls.well),
    ]);
  });

  test('--baseline: a file that is not there or is no JSON is a usage error', async () => {
    scene.write('list.md', 'https://a.example/\n');
    scene.write('bad.json', '{ "schema": ');
    expect(await dump(['list.md', '--baseline', 'none.txt'])).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('none.txt'),
    });
    expect(await dump(['list.md', '--baseline', 'bad.json'])).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('bad.json'),
    });
    scene.write('other.json', '{ "links": [] }');
    expect(await dump(['list.md', '--baseline', 'other.json'])).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('other.json'),
    });
    scene.write('odd.json', '{ "schema": "linkark/status@1", "links": [null, { "health": "dead" }] }');
    expect(await dump(['list.md', '--baseline', 'odd.json'])).toMatchObject({ code: 0 });
  });

  test('a dump never gives a workflow runner a command', async () => {
    scene.write('::error file=x::y.md', '[a](https://a.example/) [b](https://exa mple/) [c](http://[::1)\n');
    const result = await dump(['.']);
    expect(result.stdout + result.stderr).not.toMatch(/^\s*::/m);
    expect(result.stdout).toContain('https://a.example/');
  });
});
