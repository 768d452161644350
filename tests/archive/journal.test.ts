import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { beforeEach, describe, expect, test } from 'vitest';
import { FileStore, type Stored } from '../../src/archive/file-store.ts';
import { openArchive } from '../../src/archive/index.ts';
import { Journal } from '../../src/archive/journal.ts';
import type { Transition } from '../../src/types.ts';
import { freshFolder } from './folder.ts';
import { record, status } from './samples.ts';

const RUN = { id: '20261123T020000Z', startedAt: '2026-11-23T02:00:00.000Z' };

let dir: string;
beforeEach(() => {
  dir = freshFolder();
});

/** Adds a line to the journal of an archive as another version of the program might have written it. */
function addLine(...entries: unknown[]): void {
  const payload = entries.map((entry) => JSON.stringify(entry)).join('\t');
  const sum = crc32(Buffer.from(payload)).toString(16).padStart(8, '0');
  mkdirSync(join(dir, '.linkark'), { recursive: true });
  appendFileSync(join(dir, '.linkark/journal.log'), `${sum} ${payload}\n`);
}

const transition = (id: string): Transition => ({
  ...{ at: RUN.startedAt, id, url: 'https://a.example/', title: null, from: 'unknown', to: 'healthy' },
  ...{ verdict: 'alive', reason: 'ok', marker: null },
});

describe('the journal of an archive', () => {
  test('passes over what this version does not know', async () => {
    addLine({ op: 'run', ...RUN });
    addLine('text', 7, null, { op: 'unheard of' }, { op: 'set' }, { op: 'done', id: 5 }, { op: 'place', stage: 'x' });
    addLine({ op: 'done', id: 'web/a-1', transition: transition('web/a-1') });
    const archive = await openArchive(dir);
    expect(archive.run).toMatchObject({ ...RUN, resumed: true });
    expect([...(archive.run?.done ?? [])]).toEqual(['web/a-1']);
    expect(archive.transitions()).toEqual([transition('web/a-1')]);
    await archive.close();
  });

  test('of a run that was called off says nothing of it any more', async () => {
    addLine({ op: 'run', ...RUN });
    addLine({ op: 'done', id: 'web/a-1', transition: transition('web/a-1') });
    addLine({ op: 'abandon' });
    const archive = await openArchive(dir);
    expect([archive.run, archive.transitions()]).toEqual([null, []]);
    await archive.close();
    expect(existsSync(join(dir, '.linkark'))).toBe(false);
  });

  test('of a run that was called off keeps what was stored in it', async () => {
    const archive = await openArchive(dir);
    await archive.beginRun(RUN);
    await archive.settle('web/a-1', { record: record('web/a-1', { title: '一' }) });
    await archive.abandonRun();
    expect(archive.run).toBeNull();
    await archive.close();
    const again = await openArchive(dir, { readOnly: true });
    expect([again.run, (await again.records.get('web/a-1'))?.title]).toEqual([null, '一']);
    expect(await again.verify()).toEqual([]);
    await again.close();
  });

  test('says what a stopped run saw; the next one tells it once', async () => {
    const archive = await openArchive(dir);
    await archive.beginRun(RUN);
    for (const id of ['web/b-1', 'web/a-1']) await archive.settle(id, { transition: transition(id) });
    await archive.close();
    const again = await openArchive(dir);
    await again.beginRun({ id: '20261123T030000Z', startedAt: '2026-11-23T03:00:00.000Z' });
    expect(again.run?.id).toBe(RUN.id);
    await again.finishRun({ status: status(RUN.id) });
    const told = [];
    for await (const change of again.changes()) told.push(change.id);
    expect(told).toEqual(['web/a-1', 'web/b-1']);
    await again.close();
    // A line that somebody tore is left out; what follows begins a line of its own.
    appendFileSync(join(dir, 'changes.ndjson'), '{"at":"2026');
    const third = await openArchive(dir);
    await third.beginRun(RUN);
    await third.settle('web/c-1', { transition: transition('web/c-1') });
    await third.finishRun({ status: status(RUN.id) });
    const all = [];
    for await (const change of third.changes()) all.push(change.id);
    expect(all).toEqual(['web/a-1', 'web/b-1', 'web/c-1']);
    await third.close();
    await third.close();
  });

  test('of an archive that is closed or open for reading takes nothing', async () => {
    const archive = await openArchive(dir);
    await archive.writeFiles([['a.txt', Buffer.from('河')]]);
    await archive.close();
    await expect(archive.beginRun(RUN)).rejects.toMatchObject({ code: 'archive/closed' });
    const reading = await openArchive(dir, { readOnly: true });
    await expect(reading.settle('web/a-1')).rejects.toMatchObject({ code: 'archive/closed' });
    await expect(reading.writeFiles([])).rejects.toMatchObject({ code: 'archive/closed' });
    await reading.close();
  });

  test('that was closed refuses to be written and read', async () => {
    mkdirSync(dir, { recursive: true });
    const { journal } = await Journal.open(join(dir, 'journal'), false, () => undefined);
    expect(await journal.append([])).toEqual([]);
    const [place] = await journal.append([{ a: 1 }]);
    await journal.close();
    await expect(journal.append([{ b: 2 }])).rejects.toThrow('the journal is closed');
    expect(() => journal.read(place ?? { offset: 0, length: 0 })).toThrow('the journal is closed');
    expect(readFileSync(join(dir, 'journal'), 'utf8')).toMatch(/^[0-9a-f]{8} \{"a":1\}\n$/);
  });
});

describe('the store on files', () => {
  async function open(): Promise<{ store: FileStore; journal: Journal }> {
    mkdirSync(join(dir, 'state'), { recursive: true });
    const { journal } = await Journal.open(join(dir, 'journal'), false, () => undefined);
    return { store: new FileStore(join(dir, 'state'), journal), journal };
  }

  test('keeps until when a value counts, in the journal and in its file', async () => {
    const { store, journal } = await open();
    const lasting: Stored = { value: 1 };
    const ending: Stored = { value: 2, expires: 1_800_000_000_000 };
    await store.setMany([
      { key: 'web/a', value: lasting },
      { key: 'web/b', value: ending },
    ]);
    expect(await store.getMany(['web/a', 'web/b', 'web/c'])).toEqual([lasting, ending, undefined]);
    const [file] = await store.changedFiles();
    let text = '';
    for await (const line of file?.lines ?? []) text += line;
    expect(text).toBe('{"key":"web/a","value":1}\n{"key":"web/b","expires":1800000000000,"value":2}\n');
    writeFileSync(join(dir, 'state', file?.name ?? ''), text);
    await journal.reset();
    await store.merged();
    expect(await store.getMany(['web/a', 'web/b'])).toEqual([lasting, ending]);
    await store.disconnect();
    await journal.close();
  });

  test('takes away those that are there, and says whether any was', async () => {
    const { store, journal } = await open();
    for (const key of ['web/a', 'web/b', 'web/c']) await store.set(key, { value: key });
    expect(await store.deleteMany(['web/a', 'web/none', 'web/b'])).toBe(true);
    expect(await store.deleteMany(['web/a', 'web/none'])).toBe(false);
    expect(await store.deleteMany([])).toBe(false);
    const left = [];
    for await (const [key] of store.iterator()) left.push(key);
    expect(left).toEqual(['web/c']);
    await journal.close();
  });

  test('leaves alone what is no table', async () => {
    const { store, journal } = await open();
    writeFileSync(join(dir, 'state/notes.txt'), 'by hand');
    expect(await store.changedFiles()).toEqual([]);
    const found = [];
    for await (const entry of store.iterator()) found.push(entry);
    expect(found).toEqual([]);
    await journal.close();
  });
});
