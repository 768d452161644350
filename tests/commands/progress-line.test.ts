import { Writable } from 'node:stream';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { showProgress } from '../../src/commands/progress.ts';
import { displayWidth, type Terminal } from '../../src/commands/terminal.ts';
import type { CrawlEvent } from '../../src/crawl/index.ts';

/** Far apart enough for every line that a run writes without being asked. */
const LATER = 10_000;
const CLEAR = '\r\u001b[2K';

let written = '';
beforeEach(() => {
  written = '';
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function terminal(given: Partial<Terminal>): Terminal {
  const into = new Writable({
    write(chunk: Buffer, _encoding, done) {
      written += chunk.toString();
      done();
    },
  });
  return {
    cwd: '/',
    env: {},
    version: '0.0.0',
    out: into,
    err: into,
    live: false,
    color: false,
    columns: 80,
    outColumns: null,
    stdin: async () => new Uint8Array(),
    stop: new AbortController().signal,
    now: () => new Date(0),
    ...given,
  };
}

const link = (path: string) => ({
  id: `web/${path}`,
  url: `https://one.example/${path}`,
  platform: 'web',
  key: path,
  occurrences: [],
});
const START: CrawlEvent = { kind: 'start', links: 4, hosts: 1, resumed: 0 };
const DONE: CrawlEvent = {
  ...{ kind: 'done', link: link('a'), verdict: 'alive', reason: 'ok', marker: null, kept: 'new' },
};
const GONE: CrawlEvent = { ...DONE, link: link('b'), verdict: 'gone', reason: 'not-found', kept: null };
const REMARK: CrawlEvent = { kind: 'remark', link: link('c'), message: 'a picture\u001b[2J was too large' };

const QUIET = { quiet: false, progress: true, verbose: false, language: 'en' } as const;

/** What is written between the last event and the end. */
function shown(given: Partial<Terminal>, options: Partial<Parameters<typeof showProgress>[1]>, events: CrawlEvent[]) {
  const progress = showProgress(terminal(given), { ...QUIET, ...options });
  for (const event of events) progress.tell(event);
  vi.advanceTimersByTime(LATER);
  const before = written;
  progress.end();
  const ending = written.slice(before.length);
  vi.advanceTimersByTime(LATER);
  expect(written).toBe(before + ending);
  return { lines: before.split('\n'), last: before.split(CLEAR).at(-1), ending };
}

it('elsewhere than on a terminal a plain line comes now and then', () => {
  const { lines, ending } = shown({}, {}, [START, DONE, DONE, GONE]);
  expect(lines).toEqual(['checking 4 links on 1 host', '3/4  alive 2, gone 1', '']);
  expect(ending).toBe('');
});

it('in Chinese as well, and says from where it goes on', () => {
  const { lines } = shown({}, { language: 'zh' }, [{ ...START, resumed: 2 }, DONE]);
  expect(lines).toEqual(['检查 4 个链接，1 个网站，接着上次，2 个已查', '3/4  还在 1', '']);
});

it('says in English from where it goes on', () => {
  const { lines } = shown({}, {}, [{ ...START, hosts: 3, resumed: 2 }]);
  expect(lines).toEqual(['checking 4 links on 3 hosts, going on where the last run stopped (2 done)', '2/4', '']);
});

it('on a terminal a bar is redrawn, and cleared at the end', () => {
  const { last, ending } = shown({ live: true }, {}, [START, DONE, GONE]);
  expect(last).toBe(`${'━'.repeat(12)}${'─'.repeat(12)} 2/4  alive 1, gone 1  https://one.example/b`);
  expect(ending).toBe(CLEAR);
});

it('a bar of no links is empty, and of more than were said is full', () => {
  expect(shown({ live: true }, {}, [{ ...START, links: 0 }]).last).toBe(`${'─'.repeat(24)} 0/0  `);
  written = '';
  expect(shown({ live: true }, {}, [{ ...START, links: 1 }, DONE, DONE]).last).toMatch(/^━{24} 2\/1/);
});

it.each([
  [60, /^━{6}─{18} 1\/4 {2}alive 1 {2}https:\/\/one\.\S+…$/],
  [45, /^━{6}─{18} 1\/4 {2}alive 1 {2}$/],
  [30, /^1\/4 {2}alive 1$/],
  [8, /^1\/4 {2}a…$/],
])('a terminal of %i columns is not overrun', (columns, expected) => {
  const last = shown({ live: true, columns }, {}, [START, DONE]).last ?? '';
  expect(last).toMatch(expected);
  expect(displayWidth(last)).toBeLessThan(columns);
});

it('verbose says every link, its copy and what was remarked, made safe', () => {
  const { lines } = shown({}, { verbose: true, progress: false }, [START, DONE, GONE, REMARK]);
  expect(lines).toHaveLength(4);
  expect(lines[0]).toMatch(/^alive {2}https:\/\/one\.example\/a {2}.+, kept$/);
  expect(lines[1]).toMatch(/^gone {2}https:\/\/one\.example\/b {2}[^,]+$/);
  expect(lines[2]).toContain('https://one.example/c: a picture');
  expect(lines[2]).not.toContain('\u001b');
});

it('verbose on a terminal clears the bar before each line, and is Chinese where asked', () => {
  const { lines } = shown({ live: true }, { verbose: true, language: 'zh' }, [START, DONE]);
  const [before, line] = lines[1]?.split(CLEAR) ?? [];
  expect(before).toBe('');
  expect(line).toMatch(/^还在 {2}https:\/\/one\.example\/a {2}.+，已存$/);
});

it.each([{ quiet: true }, { progress: false }])('with %j nothing is written', (options) => {
  expect(shown({ live: true }, options, [START, DONE, REMARK])).toEqual({ lines: [''], last: '', ending: '' });
});
