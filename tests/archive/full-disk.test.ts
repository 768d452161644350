import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { freshFolder } from './folder.ts';
import type { Squeezed } from './full-disk-child.ts';

/** A mount namespace in which this user may mount. */
const APART = ['-r', '-m'];

const mayMount =
  spawnSync('unshare', [...APART, 'mount', '-t', 'tmpfs', 'none', '/mnt'], { stdio: 'ignore' }).status === 0;

test.skipIf(!mayMount)(
  'a disk that fills up ends the run with a clear word; with more room the run goes on, and nothing was lost (needs mount namespaces)',
  () => {
    const dir = freshFolder();
    mkdirSync(dir);
    // In KiB; the first night needs some 400, the second some 40.
    const rooms = [8000, 0, 4, 4, 60, 8, 120, 16, 200, 24, 280, 32];
    const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
    const child = fileURLToPath(new URL('./full-disk-child.ts', import.meta.url));
    const told = spawnSync('unshare', [...APART, process.execPath, '--import', tsx, child, dir, ...rooms.map(String)], {
      encoding: 'utf8',
      cwd: dirname(child),
    });
    expect(told.status, told.stderr).toBe(0);
    const all = told.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Squeezed);
    expect(all.map(({ room }) => room)).toEqual(rooms);
    const [whole, ...small] = all;
    expect(whole?.code).toBeNull();
    const failed = small.filter(({ code }) => code !== null);
    expect(failed.length).toBeGreaterThan(3);
    for (const squeezed of failed) {
      expect(squeezed).toMatchObject({ code: 'archive/disk-full', mend: expect.stringContaining('Make room') });
    }
    for (const { room, digest, faults, faultsAfter } of all) {
      expect(faults, `${room} KiB`).toEqual([]);
      expect(faultsAfter, `${room} KiB`).toEqual([]);
      expect(digest, `${room} KiB`).toBe(whole?.digest);
    }
  },
  60_000,
);
