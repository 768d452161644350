import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FileStore, type StoreEntry } from '../../src/archive/file-store.ts';
import { type Archive, ArchiveError, openArchive } from '../../src/archive/index.ts';
import { Journal } from '../../src/archive/journal.ts';
import { SortedFile } from '../../src/archive/sorted-file.ts';
import { withoutPassword } from '../../src/archive/stores.ts';
import { runs } from '../property.ts';
import { freePort, listening } from '../servers.ts';
import { freshFolder } from './folder.ts';
import { record, status } from './samples.ts';

interface Server {
  uri: string;
  stop(): void;
}

interface Case {
  name: string;
  /** Why it is skipped here; null where it runs. */
  skip: string | null;
  /** True where another opening finds what the first one wrote. */
  lasting: boolean;
  start(): Promise<Server>;
}

function onPath(name: string): string | null {
  const folders = (process.env.PATH ?? '').split(':');
  const postgres = existsSync('/usr/lib/postgresql')
    ? readdirSync('/usr/lib/postgresql').map((version) => `/usr/lib/postgresql/${version}/bin`)
    : [];
  return [...folders, ...postgres].map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null;
}

async function startRedis(): Promise<Server> {
  if (process.env.REDIS_URL) return { uri: process.env.REDIS_URL, stop: () => undefined };
  const port = await freePort();
  const child = spawn(
    onPath('redis-server') ?? '',
    ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
    { stdio: 'ignore' },
  );
  await listening(port);
  return { uri: `redis://127.0.0.1:${port}`, stop: () => void child.kill() };
}

/** PostgreSQL refuses to run as root; there it runs as `postgres` or `nobody`. */
async function startPostgres(): Promise<Server> {
  if (process.env.POSTGRES_URL) return { uri: process.env.POSTGRES_URL, stop: () => undefined };
  const folder = mkdtempSync(join(tmpdir(), 'linkark-postgres-'));
  const data = join(folder, 'data');
  const as =
    process.getuid?.() === 0 ? Number(execFileSync('id', ['-u', 'postgres'], { encoding: 'utf8' })) : undefined;
  const user =
    as === undefined ? {} : { uid: as, gid: Number(execFileSync('id', ['-g', 'postgres'], { encoding: 'utf8' })) };
  if (as !== undefined) execFileSync('chown', ['postgres', folder]);
  execFileSync(onPath('initdb') ?? '', ['-D', data, '-U', 'linkark', '-A', 'trust', '-N', '--locale=C', '-E', 'UTF8'], {
    ...user,
    cwd: folder,
    stdio: 'ignore',
  });
  const port = await freePort();
  const child: ChildProcess = spawn(
    onPath('postgres') ?? '',
    ['-D', data, '-p', String(port), '-k', folder, '-c', 'listen_addresses=127.0.0.1', '-c', 'fsync=off'],
    { ...user, cwd: folder, stdio: 'ignore' },
  );
  await listening(port);
  for (let attempt = 0; attempt < 100; attempt++) {
    try {
      execFileSync(
        onPath('psql') ?? 'psql',
        ['-h', '127.0.0.1', '-p', String(port), '-U', 'linkark', '-d', 'postgres', '-c', 'select 1'],
        { stdio: 'ignore' },
      );
      break;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  const stop = (): void => {
    child.once('exit', () => rmSync(folder, { recursive: true, force: true }));
    child.kill('SIGINT');
  };
  return { uri: `postgres://linkark@127.0.0.1:${port}/postgres`, stop };
}

function hasUser(name: string): boolean {
  try {
    execFileSync('id', ['-u', name], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const CASES: Case[] = [
  { name: 'files:', skip: null, lasting: true, start: async () => ({ uri: 'files:', stop: () => undefined }) },
  { name: 'memory:', skip: null, lasting: false, start: async () => ({ uri: 'memory:', stop: () => undefined }) },
  {
    name: 'redis:',
    skip: process.env.REDIS_URL || onPath('redis-server') ? null : 'neither REDIS_URL nor redis-server',
    lasting: true,
    start: startRedis,
  },
  {
    name: 'postgres:',
    skip:
      process.env.POSTGRES_URL ||
      (onPath('initdb') && onPath('psql') && (process.getuid?.() !== 0 || hasUser('postgres')))
        ? null
        : 'neither POSTGRES_URL nor a PostgreSQL that this user can start',
    lasting: true,
    start: startPostgres,
  },
];

for (const store of CASES) {
  const title = store.skip === null ? store.name : `${store.name} (skipped: ${store.skip})`;
  describe.skipIf(store.skip !== null)(`the store ${title}`, () => {
    let server: Server | null = null;
    let folders = 0;
    beforeAll(async () => {
      server = await store.start();
    }, 60_000);
    afterAll(() => server?.stop());

    const open = (dir: string, name: string): Promise<Archive> => {
      const uri = server?.uri ?? '';
      return openArchive(dir, { store: /^(?:redis|postgres)/.test(uri) ? `${uri}?namespace=${name}` : uri });
    };
    const fresh = (): [string, string] => [freshFolder(), `t${process.pid}n${folders++}`];

    test('gives back what was set, and null for what was not', async () => {
      const archive = await open(...fresh());
      const one = record('web/a-1', { title: ':base64:AAAA 桥\n"\\', note: null });
      await archive.records.set(one);
      expect(await archive.records.get('web/a-1')).toEqual(one);
      expect(await archive.records.get('web/A-1')).toBeNull();
      expect(await archive.records.delete('web/a-1')).toBe(true);
      expect(await archive.records.get('web/a-1')).toBeNull();
      await archive.close();
    });

    test('lists all records sorted by id', async () => {
      const archive = await open(...fresh());
      const ids = ['zhihu/b-1', 'web/c-1', 'web/B-1', 'web/a-1', 'wechat/s-1'];
      await Promise.all(ids.map((id) => archive.records.set(record(id))));
      await archive.records.set(record('web/a-1', { title: 'twice' }));
      const listed = [];
      for await (const entry of archive.records.all()) listed.push(entry.id);
      expect(listed).toEqual(['web/B-1', 'web/a-1', 'web/c-1', 'wechat/s-1', 'zhihu/b-1']);
      await archive.close();
    });

    test('keeps a run of many records', async () => {
      const archive = await open(...fresh());
      await archive.beginRun({ id: '20261123T020000Z', startedAt: '2026-11-23T02:00:00.000Z' });
      await Promise.all(
        Array.from({ length: 300 }, (_, index) =>
          archive.settle(`web/p-${index}`, { record: record(`web/p-${index}`) }),
        ),
      );
      expect(archive.run?.done.size).toBe(300);
      await archive.finishRun({ status: status('20261123T020000Z') });
      expect((await archive.records.get('web/p-299'))?.id).toBe('web/p-299');
      await archive.close();
    });

    test.skipIf(!store.lasting)('finds everything at the next opening (memory: forgets by design)', async () => {
      const [dir, name] = fresh();
      const archive = await open(dir, name);
      await archive.records.set(record('web/a-1', { title: '一' }));
      await archive.close();
      const again = await open(dir, name);
      expect((await again.records.get('web/a-1'))?.title).toBe('一');
      expect(await again.verify()).toEqual([]);
      await again.close();
    });
  });
}

describe('the store on files', () => {
  const key = fc.oneof(
    fc.constantFrom('web/a', 'web/b', 'web/B', 'zhihu/a', 'x', 'a"b', 'con/x', '桥/河', ''),
    fc.string({ maxLength: 12 }),
  );
  const step = fc.oneof(
    { weight: 6, arbitrary: fc.record({ do: fc.constant('set' as const), key, value: fc.jsonValue({ maxDepth: 2 }) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('delete' as const), key }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('clear' as const, 'merge' as const, 'reopen' as const) }) },
  );

  test('behaves as a map does, over merges, reopenings and clears', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const folder = mkdtempSync(join(tmpdir(), 'linkark-store-'));
        let { store, journal } = await openFiles(folder);
        const model = new Map<string, string>();
        for (const action of steps) {
          if (action.do === 'set') {
            await store.set(action.key, { value: action.value });
            model.set(action.key, JSON.stringify(action.value));
          } else if (action.do === 'delete') {
            expect(await store.delete(action.key)).toBe(model.delete(action.key));
          } else if (action.do === 'clear') {
            await store.clear();
            model.clear();
          } else if (action.do === 'merge') {
            await merge(folder, store, journal);
          } else {
            await store.disconnect();
            await journal.close();
            ({ store, journal } = await openFiles(folder));
          }
        }
        const found = new Map<string, string>();
        for await (const [name, { value }] of store.iterator()) found.set(name, JSON.stringify(value));
        expect(new Map([...found].sort())).toEqual(new Map([...model].sort()));
        for (const [name, value] of model) expect(JSON.stringify((await store.get(name))?.value)).toBe(value);
        await store.disconnect();
        await journal.close();
        rmSync(folder, { recursive: true, force: true });
      }),
      runs(40),
    );
  });

  test('cuts a torn last line off and leaves a damaged one out', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'linkark-store-'));
    const { store, journal } = await openFiles(folder);
    for (const name of ['a', 'b', 'c']) await store.set(`web/${name}`, { value: name });
    await journal.close();
    const path = join(folder, 'journal.ndjson');
    const lines = (await import('node:fs')).readFileSync(path, 'utf8').split('\n');
    writeFileSync(path, [lines[0], lines[1]?.replace('"b"', '"x"'), lines[2]?.slice(0, -4)].join('\n'));
    const again = await openFiles(folder);
    expect([await again.store.get('web/a'), await again.store.get('web/b'), await again.store.get('web/c')]).toEqual([
      { value: 'a' },
      undefined,
      undefined,
    ]);
    expect(again.damaged).toBe(1);
    await again.store.set('web/d', { value: 'd' });
    await again.journal.close();
    const third = await openFiles(folder);
    expect(third.damaged).toBe(1);
    await third.journal.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('finds a row however its line is spaced, and refuses a line whose key goes on', async () => {
    const folder = freshFolder();
    mkdirSync(folder, { recursive: true });
    const path = join(folder, 'rows.ndjson');
    writeFileSync(path, '{"key":"web/a","value":1}\n{ "key": "web/b", "value": 2 }\n');
    const file = await SortedFile.open(path);
    expect(await file.get('web/b')).toBe('{ "key": "web/b", "value": 2 }');
    await file.close();
    writeFileSync(path, '{"key":"web/a"x,"value":1}\n');
    await expect(SortedFile.open(path)).rejects.toMatchObject({ code: 'archive/damaged' });
  });

  test('puts a file that was merged by hand back in order and refuses one that is no record', async () => {
    const dir = freshFolder();
    mkdirSync(join(dir, 'state'), { recursive: true });
    const line = (id: string): string => `${JSON.stringify({ key: id, value: record(id) })}\n`;
    writeFileSync(join(dir, 'state/web.ndjson'), line('web/b-1') + line('web/a-1'));
    const archive = await openArchive(dir);
    expect((await archive.records.get('web/a-1'))?.id).toBe('web/a-1');
    await archive.records.set(record('web/c-1'));
    await archive.close();
    const again = await openArchive(dir);
    expect(await again.verify()).toEqual([]);
    await again.close();
    writeFileSync(join(dir, 'state/web.ndjson'), `<<<<<<< ours\n${line('web/a-1')}`);
    const damaged = await openArchive(dir);
    await expect(damaged.records.get('web/a-1')).rejects.toMatchObject({ code: 'archive/damaged' });
    await damaged.close();
  });
});

async function openFiles(folder: string): Promise<{ store: FileStore; journal: Journal; damaged: number }> {
  const entries: [StoreEntry, { offset: number; length: number }][] = [];
  const { journal, damaged } = await Journal.open(join(folder, 'journal.ndjson'), false, (entry, place) => {
    entries.push([entry as StoreEntry, place]);
  });
  const store = new FileStore(join(folder, 'state'), journal);
  for (const [entry, place] of entries) store.replay(entry, place);
  return { store, journal, damaged };
}

async function merge(folder: string, store: FileStore, journal: Journal): Promise<void> {
  const files: [string, string][] = [];
  for (const file of await store.changedFiles()) {
    let text = '';
    for await (const line of file.lines) text += line;
    files.push([file.name, text]);
  }
  mkdirSync(join(folder, 'state'), { recursive: true });
  for (const [name, text] of files) {
    if (text === '') rmSync(join(folder, 'state', name), { force: true });
    else writeFileSync(join(folder, 'state', name), text);
  }
  await journal.reset();
  await store.merged();
}

describe('a store address', () => {
  test.each(['mysql://h/x', 'nonsense', ''])('%j is refused', async (uri) => {
    await expect(openArchive(freshFolder(), { store: uri })).rejects.toBeInstanceOf(ArchiveError);
  });

  test('that nobody answers is said at once, without the password', async () => {
    const port = await freePort();
    const opened = openArchive(freshFolder(), { store: `redis://me:geheim@127.0.0.1:${port}` });
    await expect(opened).rejects.toMatchObject({
      code: 'archive/store',
      message: expect.not.stringContaining('geheim'),
    });
  }, 30_000);

  test('is shown without its password', () => {
    expect(withoutPassword('postgres://me:geheim@h/db')).toBe('postgres://…@h/db');
  });
});
