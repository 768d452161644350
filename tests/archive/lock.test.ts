import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { takeLock } from '../../src/archive/lock.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'linkark-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The pid of a process that has ended. */
function endedPid(): number {
  return spawnSync(process.execPath, ['-e', '0']).pid;
}

test('what a killed process left of taking the lock is swept away with the next taking', async () => {
  writeFileSync(join(folder, `lock.${endedPid()}.k3x`), '');
  writeFileSync(join(folder, `lock.stale.${endedPid()}.k3x`), '');
  writeFileSync(join(folder, `lock.${process.pid}.k3x`), '');
  const lock = await takeLock(join(folder, 'lock'), false);
  expect(readdirSync(folder).sort()).toEqual(['lock', `lock.${process.pid}.k3x`]);
  await lock.release();
});

test('the lock of a process that has ended is broken, that of a living one is not', async () => {
  const path = join(folder, 'lock');
  const lock = await takeLock(path, false);
  await expect(takeLock(path, false)).rejects.toMatchObject({ code: 'archive/locked' });
  await lock.release();
  const { hostname } = await import('node:os');
  writeFileSync(
    path,
    JSON.stringify({ pid: endedPid(), host: hostname(), birth: null, since: '2026-01-01T00:00:00Z' }),
  );
  await (await takeLock(path, false)).release();
  expect(readdirSync(folder)).toEqual([]);
});
