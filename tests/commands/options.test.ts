import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CHECK_FLAGS } from '../../src/commands/flags.ts';
import { readOptions, UsageError } from '../../src/commands/options.ts';
import { nearest, parseDuration, parseRemap, parseShard, parseSize } from '../../src/commands/values.ts';
import { runs } from '../property.ts';

const read = (...argv: string[]) => readOptions(CHECK_FLAGS, argv);

describe('flags', () => {
  test('defaults are those of the contract', () => {
    const options = read();
    const defaults = ['max-concurrency', 'host-concurrency', 'host-request-interval', 'timeout', 'max-retries'];
    expect(defaults.map((name) => options.number(name))).toEqual([64, 2, 1000, 30_000, 3]);
    expect(options.number('max-body')).toBe(32 * 1024 * 1024);
    expect(options.number('retry-wait-time')).toBe(1000);
    expect(options.number('max-redirects')).toBe(10);
    expect(options.text('archive')).toBe('archive');
    expect(options.text('fail-on')).toBe('gone');
    expect(options.formats('format')).toEqual([{ format: 'compact', file: null }]);
  });

  test('values, repeats, operands and standard input', () => {
    const options = read(
      'a.md',
      '--format',
      'json=out.json',
      '--format=junit',
      '-',
      '--header',
      'X-A: b: c',
      '-q',
      '--shard',
      '2/4',
    );
    expect(options.operands).toEqual(['a.md', '-']);
    expect(options.formats('format')).toEqual([
      { format: 'json', file: 'out.json' },
      { format: 'junit', file: null },
    ]);
    expect(options.headers('header')).toEqual([['X-A', 'b: c']]);
    expect(options.on('quiet')).toBe(true);
    expect(options.shard('shard')).toEqual({ index: 2, of: 4 });
  });

  test.each([
    [['--timout', '3s'], 'unknown flag --timout; did you mean --timeout?'],
    [['--timeout'], '--timeout needs a value: --timeout D'],
    [['--timeout', 'soon'], '--timeout: "soon" is no duration'],
    [['--max-concurrency', '0'], '--max-concurrency: "0" is no whole number from 1 up'],
    [['--format', 'jsn'], '--format: "jsn" is none of compact, detailed, json'],
    [['--fail-on', 'ded'], 'did you mean "dead"?'],
    [['--include', '('], '--include: "(" is no regular expression'],
    [['--quiet=yes'], '--quiet takes no value'],
    [['--shard', '5/4'], '--shard: "5/4" is no shard'],
    [['--header', 'no colon'], '--header: "no colon" is no header'],
  ])('%j is a mistake in words', (argv, message) => {
    expect(() => read(...argv)).toThrow(UsageError);
    expect(() => read(...argv)).toThrow(message);
  });

  test('no command line makes it fail in another way', () => {
    const word = fc.oneof(
      fc.constantFrom(...CHECK_FLAGS.map((flag) => `--${flag.name}`)),
      fc.string({ maxLength: 12 }),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), (argv) => {
        try {
          read(...argv);
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError);
        }
      }),
      runs(100),
    );
  });
});

describe('values', () => {
  test.each([
    ['500ms', 500],
    ['1s', 1000],
    ['2m', 120_000],
    ['1h', 3_600_000],
    ['1.5s', 1500],
    ['0', 0],
  ])('%s', (text, ms) => {
    expect(parseDuration(text)).toEqual({ ok: true, value: ms });
  });

  test.each([
    ['512KiB', 524_288],
    ['32MiB', 33_554_432],
    ['7B', 7],
  ])('%s', (text, bytes) => {
    expect(parseSize(text)).toEqual({ ok: true, value: bytes });
  });

  test.each(['', 's', '1', '1d', '-1s', '1 s s', '٣s'])('%j is no duration', (text) => {
    expect(parseDuration(text).ok).toBe(false);
  });

  test('a remap splits at its last white space', () => {
    const parsed = parseRemap('^https://a b/(.*) http://127.0.0.1/$1');
    expect(parsed).toEqual({
      ok: true,
      value: { pattern: /^https:\/\/a b\/(.*)/u, replacement: 'http://127.0.0.1/$1' },
    });
  });

  test.each(['0/3', '4/3', '1', 'a/b'])('%j is no shard', (text) => {
    expect(parseShard(text).ok).toBe(false);
  });

  test('nearest word, or none', () => {
    expect(nearest('timout', ['timeout', 'archive'])).toBe('timeout');
    expect(nearest('zzzz', ['timeout', 'archive'])).toBeNull();
  });
});

describe('options', () => {
  test('a flag without a default is not asked for as if it had one', () => {
    expect(() => read().amount('time-budget')).toThrow('--time-budget has no default');
    expect(() => read().word('user-agent')).toThrow('--user-agent has no default');
    expect(read('--time-budget', '2m').amount('time-budget')).toBe(120_000);
    expect(read('--user-agent', 'x').word('user-agent')).toBe('x');
  });

  test.each([
    [['--output='], '--output: it is empty'],
    [['--format', 'json='], '--format: the file after "=" is missing'],
    [['--unlike-all-others'], 'unknown flag --unlike-all-others (--help lists all)'],
    [['--remap', 'one'], '--remap: "one" is no remap'],
    [['--remap', '( two'], '--remap: "(" is no regular expression'],
    [['--max-body', '3'], '--max-body: "3" is no size'],
    [['--shard', 'x'], '--shard: "x" is no shard'],
    [['--lang', 'fr'], '--lang: "fr" is none of zh, en'],
  ])('%j is a mistake in words', (argv, message) => {
    expect(() => read(...argv)).toThrow(message);
  });

  test('the last of a flag that is said twice, all of one that may be', () => {
    const options = read(
      '--timeout',
      '1s',
      '--timeout',
      '2s',
      '--header',
      'A: b',
      '--header',
      'C: d',
      '--remap',
      'a b',
    );
    expect(options.amount('timeout')).toBe(2000);
    expect(options.headers('header')).toEqual([
      ['A', 'b'],
      ['C', 'd'],
    ]);
    expect(options.remaps('remap')).toEqual([{ pattern: /a/u, replacement: 'b' }]);
    expect([options.language(), read('--lang', 'en').language(), options.shard('shard')]).toEqual([null, 'en', null]);
  });

  test('every flag that takes a value says in the help what stands for it', () => {
    for (const flag of CHECK_FLAGS) expect(flag.value === undefined, flag.name).toBe(flag.type.kind === 'switch');
  });
});

test('one slip of the finger is near, whatever it is', () => {
  const words = CHECK_FLAGS.map(({ name }) => name).filter((name) => name.length > 3);
  fc.assert(
    fc.property(
      fc.constantFrom(...words),
      fc.nat(),
      fc.constantFrom('', 'x', 'xy'),
      fc.nat(1),
      (word, at, put, cut) => {
        const place = at % word.length;
        const slip = word.slice(0, place) + put + word.slice(place + cut);
        expect(nearest(slip, [word])).toBe(word);
        expect(nearest(`${'q'.repeat(20)}`, [word])).toBeNull();
      },
    ),
    runs(100),
  );
});
