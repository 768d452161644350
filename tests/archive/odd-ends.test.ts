import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { Keyv } from 'keyv';
import { describe, expect, test } from 'vitest';
import { openArchive } from '../../src/archive/index.ts';
import { takeLock } from '../../src/archive/lock.ts';
import { storedPages } from '../../src/archive/page-file.ts';
import { openRecords } from '../../src/archive/records.ts';
import { openingFault } from '../../src/archive/stores.ts';
import { renderTimemap } from '../../src/archive/timemap.ts';
import type { Article, LinkRecord } from '../../src/types.ts';
import { freshFolder } from './folder.ts';
import { article, keepInput, link, record } from './samples.ts';

const AT = '2026-11-23T02:00:00.000Z';
const LATER = '2026-11-24T02:00:00.000Z';
const ONE = link('one');

async function idsOf(records: AsyncIterable<LinkRecord>): Promise<string[]> {
  const ids = [];
  for await (const { id } of records) ids.push(id);
  return ids;
}

describe('the records in a store that others use too', () => {
  test('are only what is a record', async () => {
    const keyv = new Keyv();
    const records = openRecords({ keyv, files: null });
    await records.set(record('web/b-1'));
    await records.set(record('web/a-1'));
    const strange = [7, 'text', { id: 'web/../x', url: '', history: [] }, { ...record('web/c-1'), history: null }];
    for (const [at, value] of strange.entries()) await keyv.set(`web/strange-${at}`, value);
    expect(await idsOf(records.all())).toEqual(['web/a-1', 'web/b-1']);
    expect(await records.get('web/strange-0')).toBeNull();
    expect(await records.get('web/strange-2')).toBeNull();
    await expect(records.set({ ...record('web/a-1'), id: '../x' })).rejects.toMatchObject({ code: 'archive/bad-id' });
  });

  test('of the files of an archive too', async () => {
    const dir = freshFolder();
    mkdirSync(join(dir, 'state'), { recursive: true });
    const lines = [{ key: 'web/a-1', value: record('web/a-1') }, { key: 'web/b-1', value: 7 }, { key: 'web/c-1' }];
    writeFileSync(join(dir, 'state/web.ndjson'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    const archive = await openArchive(dir, { readOnly: true });
    expect(await idsOf(archive.records.all())).toEqual(['web/a-1']);
    expect(await archive.records.get('web/b-1')).toBeNull();
    await archive.close();
  });

  test.each<[unknown, string]>([
    [new Error('READONLY You cannot write'), 'The store failed: READONLY You cannot write'],
    ['thrown by a stranger', 'The store failed: thrown by a stranger'],
  ])('that fails is said so: %s', async (error, message) => {
    const fails = () => Promise.reject(error);
    const store = { get: fails, set: fails, delete: fails, clear: async () => {} };
    const keyv = new Keyv({ store, throwOnErrors: true });
    keyv.on('error', () => undefined);
    const records = openRecords({ keyv, files: null });
    await expect(records.get('web/a-1')).rejects.toMatchObject({ code: 'archive/store', message, cause: error });
  });

  test('that cannot be listed is said so', async () => {
    const keyv = new Keyv({
      store: { get: async () => undefined, set: async () => true, delete: async () => false, clear: async () => {} },
    });
    const { all } = openRecords({ keyv, files: null });
    await expect(idsOf(all())).rejects.toMatchObject({ code: 'archive/store', message: 'The store cannot be listed' });
  });
});

test.each<[unknown, RegExp, RegExp]>([
  [
    Object.assign(new Error('no'), { code: 'ERR_MODULE_NOT_FOUND' }),
    /needs the package @keyv\/redis$/,
    /^npm install @keyv\/redis$/,
  ],
  [new TypeError('Invalid URL'), /^The store redis:\/\/…@h cannot be opened$/, /address/],
  ['thrown by a stranger', /cannot be opened$/, /address/],
])('a store that cannot be opened says what to do: %s', (error, message, mend) => {
  expect(openingFault('redis://me:geheim@h', '@keyv/redis', error)).toMatchObject({
    ...{ code: 'archive/store', cause: error },
    message: expect.stringMatching(message),
    mend: expect.stringMatching(mend),
  });
});

describe('a lock', () => {
  const place = (): string => {
    const dir = freshFolder();
    mkdirSync(dir);
    return join(dir, 'lock');
  };

  test.each([
    ['that is being written', '', 'another process'],
    ['that nobody can read', '{"pid":"one"}', 'another process'],
    [
      'of an older version',
      JSON.stringify({ pid: process.pid, host: hostname() }),
      `process ${process.pid} on ${hostname()}, running since an unknown time`,
    ],
  ])('%s is believed', async (_, text, who) => {
    const path = place();
    writeFileSync(path, text);
    await expect(takeLock(path, false)).rejects.toMatchObject({
      code: 'archive/locked',
      message: `The archive is in use by ${who}.`,
    });
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  test('is given back once, and only where it is still ours', async () => {
    const path = place();
    const lock = await takeLock(path, false);
    await lock.release();
    expect(existsSync(path)).toBe(false);
    const second = await takeLock(path, false);
    await lock.release();
    expect(existsSync(path)).toBe(true);
    writeFileSync(path, 'of somebody else');
    await second.release();
    expect(readFileSync(path, 'utf8')).toBe('of somebody else');
  });
});

describe('a second visit with the same text', () => {
  test.each<[string, Partial<Article>, Partial<Article>, object]>([
    ['an author', { author: null }, { author: '林某' }, { author: '林某' }],
    ['an account', {}, { account: '河边' }, { account: '河边' }],
    ['a date', { published: null }, { published: '2026-03-01' }, { published: '2026-03-01' }],
    ['a language', { language: null }, { language: 'zh-TW' }, { language: 'zh-TW' }],
    ['where it came from', {}, { original: 'https://first.example/' }, { original: 'https://first.example/' }],
    ['that it is the whole', { partial: true }, {}, { partial: false }],
    [
      'nothing of what is known',
      {},
      { author: null, published: null, language: null },
      { author: '林某', language: 'zh-CN' },
    ],
    ['nothing where a part is shown of the whole', {}, { partial: true }, { partial: false }],
  ])('adds %s, and makes no version', async (what, first, second, expected) => {
    const archive = await openArchive(freshFolder());
    await archive.keep(ONE, article(first), keepInput(AT));
    const kept = await archive.keep(ONE, article(second), keepInput(LATER));
    expect(kept).toMatchObject({
      changed: 'same',
      why: what.startsWith('nothing') ? null : 'what it lacked was added',
    });
    expect(await archive.readPage(ONE.id)).toMatchObject({ ...expected, captured: AT });
    expect(await archive.versions(ONE.id)).toEqual([]);
    await archive.close();
  });

  test('writes an earlier version from what is left of it', async () => {
    const dir = freshFolder();
    const archive = await openArchive(dir);
    await archive.keep(ONE, article(), keepInput(AT));
    rmSync(join(dir, 'pages', ONE.id, 'page.html'));
    const kept = await archive.keep(ONE, article({ text: '新的桥。'.repeat(90) }), keepInput(LATER));
    expect([kept.changed, kept.ref?.versions]).toEqual(['new-version', 2]);
    const earlier = join(dir, 'pages', ONE.id, 'versions/20261123T020000Z');
    expect(['page.md', 'page.json', 'page.html'].map((name) => existsSync(join(earlier, name)))).toEqual([
      true,
      true,
      false,
    ]);
    await archive.close();
  });

  test('in the same second makes a version of the next', async () => {
    const archive = await openArchive(freshFolder());
    for (const name of ['一', '二', '三']) await archive.keep(ONE, article({ text: name.repeat(300) }), keepInput(AT));
    expect(await archive.versions(ONE.id)).toEqual(['20261123T020000Z', '20261123T020001Z']);
    await archive.close();
  });

  test('with a settlement settles the link where nothing is written', async () => {
    const archive = await openArchive(freshFolder());
    await archive.beginRun({ id: '20261123T020000Z', startedAt: AT });
    await archive.keep(ONE, article(), keepInput(AT));
    expect(archive.run?.done.size).toBe(0);
    await archive.keep(ONE, article(), keepInput(LATER), (kept) => ({
      record: record(ONE.id, { snapshot: kept.ref }),
    }));
    expect([...(archive.run?.done ?? [])]).toEqual([ONE.id]);
    expect((await archive.records.get(ONE.id))?.snapshot?.capturedAt).toBe(AT);
    await archive.abandonRun();
    await archive.close();
  });
});

test('strays among the pages are passed over', async () => {
  const dir = freshFolder();
  const archive = await openArchive(dir);
  await archive.keep(ONE, article(), keepInput(AT));
  await archive.close();
  mkdirSync(join(dir, 'pages/web/Not an id'));
  mkdirSync(join(dir, `pages/${link('empty').id}`));
  writeFileSync(join(dir, 'pages/notes.txt'), 'by hand');
  const found = [];
  for await (const { page, version } of storedPages(dir)) found.push([page.id, version]);
  expect(found).toEqual([[ONE.id, null]]);
});

test('a stroke of many files writes only those that have changed, large ones too', async () => {
  const dir = freshFolder();
  const archive = await openArchive(dir);
  const files = (mark: string): [string, string][] => [
    ...Array.from({ length: 40 }, (_, at): [string, string] => [`reader/${at}.js`, at === 7 ? mark : `${at}`]),
    ['reader/large.js', 'x'.repeat(5 << 20)],
    ['reader/other.js', mark + 'y'.repeat(5 << 20)],
  ];
  await archive.writeFiles(files('a'), ['reader']);
  const inodes = () => ['0.js', '7.js', 'large.js', 'other.js'].map((name) => statSync(join(dir, 'reader', name)).ino);
  const before = inodes();
  await archive.writeFiles(files('b'), ['reader']);
  expect(inodes().map((inode, at) => inode === before[at])).toEqual([true, false, true, false]);
  expect(await archive.verify()).toEqual([]);
  await archive.close();
});

test('a TimeMap of no versions is empty, and no address ends its link early', () => {
  expect(renderTimemap('https://a.example/', [])).toBe('');
  const map = renderTimemap('https://a.example/>; rel="x" 桥', [{ captured: AT, path: 'page.html' }]);
  expect(map.split('\n')[0]).toBe('<https://a.example/%3E;%20rel=%22x%22%20%E6%A1%A5>; rel="original",');
  expect(renderTimemap('no address "<桥>', [{ captured: AT, path: 'page.html' }])).toMatch(
    /^<no%20address%20%22%3C%E6%A1%A5%3E>; /,
  );
});
