import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXIT } from '../../src/commands/exit.ts';
import { COMMANDS } from '../../src/commands/registry.ts';
import { run, type Surroundings } from '../../src/commands/run.ts';
import { VERSION } from '../../src/commands/version.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'linkark-run-'));
  writeFileSync(join(folder, 'notes.md'), '[here](#top)\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Seen {
  code: number | null;
  out: string;
  err: string;
  exits: number[];
}

/** A process that only remembers; `signals` are sent as soon as it listens. */
async function runIn(argv: readonly string[], given: Partial<Surroundings> = {}, signals = 0): Promise<Seen> {
  const seen: Seen = { code: null, out: '', err: '', exits: [] };
  const into = (name: 'out' | 'err'): Writable =>
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        seen[name] += chunk.toString();
        done();
      },
    });
  seen.code = await run(argv, {
    env: {},
    stdin: (async function* () {})(),
    stdout: into('out'),
    stderr: into('err'),
    cwd: () => folder,
    exit: (code) => seen.exits.push(code),
    on: (name, listener) => {
      for (let sent = 0; name === 'SIGINT' && sent < signals; sent += 1) listener();
    },
    ...given,
  });
  return seen;
}

describe('the program', () => {
  it('without a command shows its help, and that this was no use of it', async () => {
    const { code, out } = await runIn([]);
    expect(code).toBe(EXIT.usage);
    for (const { name } of COMMANDS) expect(out).toContain(`  ${name}`);
  });

  it.each([['--help'], ['-h'], ['help'], ['help', '--lang', 'en']])('%s %s shows the same help', async (...argv) => {
    expect(await runIn(argv)).toMatchObject({ code: EXIT.fine, out: (await runIn([])).out, err: '' });
  });

  it.each(COMMANDS.map(({ name, summary }) => [name, summary]))(
    '%s tells its help in three ways',
    async (name, summary) => {
      const { code, out } = await runIn(['help', name]);
      expect(code).toBe(EXIT.fine);
      expect(out).toContain(summary);
      expect(await runIn([name, '--help'])).toMatchObject({ code: EXIT.fine, out });
      expect(await runIn([name, '--no-such-flag', '-h'])).toMatchObject({ code: EXIT.fine, out });
    },
  );

  it.each([['--version'], ['-V'], ['check', '-V'], ['check', 'notes.md', '--version']])('%s %s', async (...argv) => {
    expect(await runIn(argv)).toMatchObject({ code: EXIT.fine, out: `linkark ${VERSION}\n` });
  });

  it.each([['chekc'], ['help', 'chekc']])('says which command may have been meant: %s %s', async (...argv) => {
    expect(await runIn(argv)).toMatchObject({
      code: EXIT.usage,
      err: 'linkark: "chekc" is no command; did you mean "check"? (linkark --help lists them)\n',
    });
  });

  it.each([
    [['verify', 'kept'], 'verify: it takes no "kept"; --archive DIR names the archive'],
    [['init', 'here'], 'init: it takes no "here"'],
  ])('%j: what a command has no use for is a mistake, not passed over', async (argv, words) => {
    expect(await runIn(argv)).toMatchObject({ code: EXIT.usage, err: `linkark: ${words}\n` });
  });

  it('a flag behind -- is none', async () => {
    const { code, out, err } = await runIn(['show', '--', '--help']);
    expect({ code, out }).toEqual({ code: EXIT.usage, out: '' });
    expect(err).toContain('there is no archive here yet');
  });

  it('makes the words of a command line safe for a terminal', async () => {
    const { code, err } = await runIn(['\u001b[2Jqqqqqqqq']);
    expect(code).toBe(EXIT.usage);
    expect(err).not.toContain('\u001b');
    expect(err).not.toContain('did you mean');
  });

  it('tells an archive that can be none in a sentence, as a mistake of the command line', async () => {
    writeFileSync(join(folder, 'a-file'), '');
    const { code, err } = await runIn(['check', 'notes.md', '--archive', 'a-file/archive', '--no-progress']);
    expect(code).toBe(EXIT.usage);
    expect(err).toMatch(/^linkark: .*a-file/);
    expect(err).not.toMatch(/bug|\n {4}at /);
    const chinese = await runIn(['verify', '--archive', 'notes.md'], { env: { LANG: 'zh_CN.UTF-8' } });
    expect(chinese).toMatchObject({ code: EXIT.usage, err: 'linkark: notes.md: 这里没有存档\n' });
  });

  it('tells a bug with its stack', async () => {
    const read = await runIn(['check', '-'], {
      stdin: {
        [Symbol.asyncIterator]: () => {
          throw new RangeError('thrown on purpose');
        },
      },
    });
    expect(read.code).toBe(EXIT.failed);
    expect(read.err).toContain('this is a bug in linkark, please report it\nRangeError: thrown on purpose\n    at ');
  });

  it('reads lists from standard input, however they are cut', async () => {
    const stdin = (async function* () {
      yield Buffer.from('[a](https://one.exam');
      yield 'ple/page)\n';
    })();
    const { code, err, out } = await runIn(['check', '-', '--dump', '--no-progress'], { stdin });
    expect(err).toBe('');
    expect(out).toContain('https://one.example/page');
    expect(code).toBe(EXIT.fine);
  });

  it('ends at once when it is interrupted while it only reads, or waits for its input', async () => {
    expect((await runIn(['verify'], {}, 1)).exits).toEqual([EXIT.failed]);
    expect((await runIn(['check', 'notes.md', '--dump'], {}, 1)).exits).toEqual([]);
    expect((await runIn(['check', '-', '--dump'], {}, 1)).exits).toEqual([EXIT.failed]);
  });

  it('ends at once when it is interrupted twice', async () => {
    expect((await runIn(['--version'], {}, 1)).exits).toEqual([]);
    expect((await runIn(['--version'], {}, 2)).exits).toEqual([EXIT.failed]);
  });
});

describe('colour', () => {
  it.each([
    [{}, {}, false],
    [{}, { isTTY: true, columns: 80 }, true],
    [{ NO_COLOR: '1' }, { isTTY: true, columns: 80 }, false],
    [{ FORCE_COLOR: '1' }, {}, true],
    [{ FORCE_COLOR: '0' }, { isTTY: true, columns: 80 }, false],
    [{ NO_COLOR: '1', FORCE_COLOR: '1' }, {}, false],
  ])('with %j on %j: %s', async (env, given, expected) => {
    let shown = '';
    const stdout = new Writable({
      write(chunk: Buffer, _encoding, done) {
        shown += chunk.toString();
        done();
      },
    });
    Object.assign(stdout, given);
    await runIn(['check', 'notes.md', '--no-progress'], { env, stdout });
    expect(shown).not.toBe('');
    expect(shown.includes('\u001b[')).toBe(expected);
  });
});

describe('what goes wrong', () => {
  const broken = (thrown: unknown) => ({
    stdin: {
      [Symbol.asyncIterator]: () => {
        throw thrown;
      },
    },
  });
  const fault = (code: string, mend?: string) =>
    Object.assign(new Error('It broke.'), { code, ...(mend ? { mend } : {}) });

  it.each([
    ['a fault that says what mends it', fault('site/broken', 'Mend it.'), 'linkark: It broke. Mend it.\n'],
    ['a fault that does not', fault('EIO'), 'linkark: It broke.\n'],
    ['what is no error at all', 'words', 'linkark: this is a bug in linkark, please report it\nwords\n'],
  ])('%s', async (_, thrown, words) => {
    expect(await runIn(['check', '-'], broken(thrown))).toMatchObject({ code: EXIT.failed, err: words });
  });

  it('is told in Chinese to those who speak it', async () => {
    const told = async (thrown: unknown) => (await runIn(['check', '-', '--lang', 'zh'], broken(thrown))).err;
    expect(await told(fault('x/y', 'Check the path.'))).toBe('linkark: It broke。请检查路径。\n');
    expect(await told(new RangeError('why'))).toMatch(
      /^linkark: 这是 linkark 自己的错误，请反馈给我们\nRangeError: why\n/,
    );
    expect(await told(fault('ERR_INTERNAL'))).toContain('这是 linkark 自己的错误');
    expect((await runIn(['chekc'], { env: { LC_ALL: 'zh_CN.UTF-8' } })).err).toBe(
      'linkark: 没有“chekc”这个命令，是不是想用“check”？（linkark --help 列出全部命令）\n',
    );
    expect((await runIn(['--help'], { env: { LANG: 'zh_CN.UTF-8' } })).out).toContain('用法：linkark <命令> [参数]');
  });
});
