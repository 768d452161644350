import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

/** Rooms and what they may import, as docs/architecture.md says. A room may always import itself. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  verdicts: [],
  types: ['verdicts'],
  words: ['types'],
  sources: ['types'],
  links: ['types'],
  fetch: ['types', 'links'],
  article: ['types'],
  platforms: ['types', 'links', 'article'],
  health: ['types'],
  archive: ['types'],
  report: ['types', 'words'],
  reader: ['types', 'words', 'article'],
  crawl: [
    'types',
    'words',
    'sources',
    'links',
    'fetch',
    'platforms',
    'article',
    'health',
    'archive',
    'report',
    'reader',
  ],
  queue: ['types', 'links', 'fetch', 'crawl'],
  commands: [
    'types',
    'words',
    'sources',
    'links',
    'fetch',
    'platforms',
    'article',
    'health',
    'archive',
    'report',
    'reader',
    'crawl',
    'queue',
  ],
  cli: ['commands'],
  index: ['types', 'commands', 'archive', 'crawl', 'sources', 'health'],
};

/** Packages that only one room may use. */
const OWNED: Readonly<Record<string, readonly string[]>> = {
  undici: ['fetch'],
  keyv: ['archive'],
  'node:fs': ['archive'],
  'node:fs/promises': ['archive'],
  'p-limit': ['crawl'],
  bullmq: ['queue'],
  ioredis: ['queue'],
};

const SRC = resolve(import.meta.dirname, '../src');
const MOST_LINES = 400;

interface SourceFile {
  path: string;
  room: string;
  text: string;
  imports: string[];
}

function* walk(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* walk(path);
    else if (/\.tsx?$/.test(entry.name)) yield path;
  }
}

const files: SourceFile[] = [...walk(SRC)].map((path) => {
  const text = readFileSync(path, 'utf8');
  const imports = [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] ?? '');
  return { path: relative(SRC, path), room: roomOf(path), text, imports };
});

function roomOf(path: string): string {
  return (relative(SRC, path).split(/[\\/]/)[0] ?? '').replace(/\.ts$/, '');
}

test('every room is known', () => {
  expect([...new Set(files.map(({ room }) => room))].filter((room) => !(room in MAY_IMPORT))).toEqual([]);
});

test('imports point one way', () => {
  const wrong = files.flatMap(({ path, room, imports }) =>
    imports
      .filter((name) => name.startsWith('.'))
      .map((name) => roomOf(resolve(SRC, dirname(path), name)))
      .filter((other) => other !== room && other !== '..' && !MAY_IMPORT[room]?.includes(other))
      .map((other) => `${path} imports ${other}`),
  );
  expect(wrong).toEqual([]);
});

test('a package with a keeper is used in its room only', () => {
  const wrong = files.flatMap(({ path, room, imports }) =>
    imports.filter((name) => OWNED[name] && !OWNED[name].includes(room)).map((name) => `${path} imports ${name}`),
  );
  expect(wrong).toEqual([]);
});

test('only commands speak to the process and the console', () => {
  const speaks = /\bconsole\.|\bprocess\.(?!versions\b)/;
  const wrong = files
    .filter(({ room, path }) => room !== 'commands' && room !== 'cli' && !path.startsWith('reader/client'))
    .filter(({ text }) => speaks.test(text.replace(/\/\/.*|\/\*[\s\S]*?\*\//g, '')));
  expect(wrong.map(({ path }) => path)).toEqual([]);
});

test(`no file is longer than ${MOST_LINES} lines, but generated ones`, () => {
  const long = files.filter(
    ({ path, text }) => !path.includes('.generated.') && text.split('\n').length > MOST_LINES + 1,
  );
  expect(long.map(({ path }) => path)).toEqual([]);
});

test('no folder or file hides behind a name that says nothing', () => {
  expect(files.filter(({ path }) => /(^|[\\/])(utils?|helpers?|common|misc)([\\/.]|$)/.test(path))).toEqual([]);
});
