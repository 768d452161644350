import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, cpSync, mkdirSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { openArchive } from '../../src/archive/index.ts';
import { freshFolder } from './folder.ts';
import { readTree, runNight, simulate } from './nights.ts';
import type { Refusals } from './read-only-child.ts';

const LINKS = 12;
const NOBODY = 65_534;

/** Gives a tree to a user who is not root, and lets nobody write to what `closed` names. */
function handOver(path: string, closed: (path: string) => boolean): void {
  const entries = readdirSync(path, { recursive: true, withFileTypes: true });
  for (const entry of [{ parentPath: dirname(path), name: path.slice(dirname(path).length + 1) }, ...entries]) {
    const at = join(entry.parentPath, entry.name);
    if (process.getuid?.() === 0) chownSync(at, NOBODY, NOBODY);
    const isFolder = !('isFile' in entry) || entry.isDirectory();
    chmodSync(at, closed(at) ? (isFolder ? 0o555 : 0o444) : isFolder ? 0o755 : 0o644);
  }
}

/** Opens every folder again, so that what was made can be taken away. */
function reopen(path: string): void {
  handOver(path, () => false);
}

test.skipIf(process.platform === 'win32')(
  'a folder that may not be written is said so; nothing in it changes, and it can still be read (not on Windows)',
  async () => {
    const folder = freshFolder();
    mkdirSync(folder);
    const nights = simulate(4, 2, LINKS);
    const [empty, whole, half] = ['empty', 'whole', 'half'].map((name) => join(folder, name));
    if (empty === undefined || whole === undefined || half === undefined) throw new Error('three folders');
    mkdirSync(empty);
    await runNight(whole, 0, nights[0] ?? []);
    cpSync(whole, half, { recursive: true });
    chmodSync(dirname(folder), 0o755);
    chmodSync(folder, 0o755);
    handOver(empty, () => true);
    handOver(whole, () => true);
    handOver(half, (path) => path.includes('/pages'));
    const before = readTree(whole);

    const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
    const child = fileURLToPath(new URL('./read-only-child.ts', import.meta.url));
    const done = spawnSync(process.execPath, ['--import', tsx, child, folder], { encoding: 'utf8' });
    const after = readTree(whole);
    for (const path of [empty, whole, half]) reopen(path);
    expect(done.status, done.stderr).toBe(0);
    const told = JSON.parse(done.stdout) as Refusals;
    for (const [name, refusal] of [
      ['empty', told.empty],
      ['whole', told.whole],
      ['half', told.half],
    ] as const) {
      expect(refusal, name).toMatchObject({
        code: 'archive/read-only',
        message: expect.stringContaining(join(folder, name)),
        mend: expect.stringContaining('--archive'),
      });
    }
    expect([told.readable, told.faults]).toEqual([LINKS, 0]);
    expect(after).toEqual(before);

    // What could not be put in place is put there once that is allowed.
    await runNight(half, 1, nights[1] ?? []);
    const archive = await openArchive(half, { readOnly: true });
    expect(await archive.verify()).toEqual([]);
    await archive.close();
  },
  30_000,
);
