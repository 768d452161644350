import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
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

test.skipIf(!existsSync('/proc/self'))(
  'a place that never comes to exist is said so and not tried for ever (needs /proc)',
  async () => {
    await expect(takeLock('/proc/linkark/archive/lock', true)).rejects.toMatchObject({
      code: expect.stringMatching(/^archive\/(?:not-found|read-only)$/),
      message: expect.stringContaining('/proc/linkark/archive'),
      mend: expect.stringContaining('--archive'),
    });
  },
);

test('a folder that others take away all the time is made again', async () => {
  let busy = true;
  const vandal = (async () => {
    for (; busy; await new Promise((resolve) => setImmediate(resolve))) {
      await rm(join(folder, 'deep'), { recursive: true, force: true }).catch(() => undefined);
    }
  })();
  const attempts = await Promise.allSettled(
    Array.from({ length: 20 }, async () => (await takeLock(join(folder, 'deep', 'er', 'lock'), true)).release()),
  );
  busy = false;
  await vandal;
  // Taken or refused with a reason: none hangs, none fails as a bug would.
  for (const attempt of attempts) {
    if (attempt.status === 'rejected')
      expect(attempt.reason).toMatchObject({ code: expect.stringMatching(/^archive\//) });
  }
});
