import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { ArchiveError, type CheckOptions, check, readArchive, UsageError } from '../../src/index.ts';
import { plainPage } from '../world/pages/blogs.ts';
import { startWorld, type World } from '../world/world.ts';

const PAGE = 'https://fine.example/page';
const GONE = 'https://fine.example/gone';
const SENTENCES = '这一页用来试作为程序库的用法，写得不长也不短，只求有几句话可以存下来，读的时候也不费眼睛。';

let world: World;
let folder: string;
beforeAll(async () => {
  world = await startWorld();
  world.on(PAGE, plainPage('一页', SENTENCES.repeat(4)));
});
afterAll(() => world.close());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'linkark-library-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, text: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}

const run = (options: CheckOptions = {}) =>
  check({ cwd: folder, env: world.env, ca: world.ca, hostRequestInterval: '0', retryWaitTime: '1ms', ...options });

test('check says what the command would say, and keeps what is there', async () => {
  write('notes.md', `# Notes\n\n- [a page](${PAGE})\n- [no page](${GONE})\n`);
  const result = await run({ sources: ['notes.md'] });
  expect(result).toMatchObject({ exitCode: 2, offline: false, problems: [] });
  expect(result.status?.run.counts).toMatchObject({ links: 2, alive: 1, gone: 1 });
  expect(JSON.parse(readFileSync(join(folder, 'archive/status.json'), 'utf8'))).toEqual(result.status);
});

test('sources are those of the folder called sources unless named', async () => {
  write('sources/list.md', `[a page](${PAGE})\n`);
  expect((await run()).status?.links.map(({ url }) => url)).toEqual([PAGE]);
});

test('the clock is the one handed in', async () => {
  write('sources/list.md', `[a page](${PAGE})\n`);
  const at = new Date('2026-01-02T03:04:05.000Z');
  expect((await run({ now: () => at })).status?.run).toMatchObject({ id: '20260102T030405Z' });
});

test('paths are from where the process works unless a folder is named', async () => {
  write('list.md', '[this machine](http://127.0.0.1/)\n');
  const sources = [relative(process.cwd(), join(folder, 'list.md'))];
  const result = await check({ sources, archive: join(folder, 'kept') });
  expect(result.status?.links.map(({ reason }) => reason)).toEqual(['private-address']);
  expect(existsSync(join(folder, 'kept/status.json'))).toBe(true);
});

test('a missing source ends with 3 and is named; nothing is thrown', async () => {
  const result = await run({ sources: ['nowhere.md'] });
  expect(result).toMatchObject({ exitCode: 3, status: null });
  expect(result.problems.map(({ file, code }) => `${file} ${code}`)).toEqual(['nowhere.md source/missing']);
});

test('a signal that is aborted stops the run', async () => {
  write('sources/list.md', `[a page](${PAGE})\n`);
  const result = await run({ signal: AbortSignal.abort() });
  expect(result.exitCode).toBe(1);
  expect(result.status?.links.map(({ reason }) => reason)).toEqual(['over-budget']);
});

test('an option that makes no sense is a UsageError that names it', async () => {
  await expect(run({ timeout: '1ss' as '1s' })).rejects.toThrow(UsageError);
  await expect(run({ timeout: '1ss' as '1s' })).rejects.toMatchObject({
    name: 'UsageError',
    message: expect.stringContaining('timeout'),
  });
});

test('readArchive gives back what check kept', async () => {
  write('sources/list.md', `[a page](${PAGE})\n`);
  const { status } = await run();
  const archive = await readArchive(join(folder, 'archive'));
  try {
    expect(await archive.status()).toEqual(status);
    const link = status?.links[0];
    expect((await archive.page(link?.id ?? ''))?.text).toContain(SENTENCES.slice(0, 20));
    expect(await archive.versions(link?.id ?? '')).toEqual([]);
    expect(new TextDecoder().decode((await archive.file(link?.snapshot?.path ?? '')) ?? undefined)).toContain(PAGE);
    expect(await archive.file('pages/none.md')).toBeNull();
    expect(await archive.verify()).toEqual([]);
  } finally {
    await archive.close();
  }
});

test('readArchive of a folder that is not there is an ArchiveError, and makes none', async () => {
  const failed = await readArchive(join(folder, 'nothing')).catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(ArchiveError);
  expect(failed).toMatchObject({ code: 'archive/not-found' });
});
