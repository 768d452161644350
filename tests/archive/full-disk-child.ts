/**
 * Runs nights on file systems that are too small, makes them larger and goes on: `full-disk-child.ts FOLDER ROOM…`, in
 * a mount namespace of its own, as root there; `ROOM` is what a night is left, in KiB. A line of JSON each.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { ArchiveError, openArchive } from '../../src/archive/index.ts';
import { readTree, runNight, simulate } from './nights.ts';

/** What became of two nights, one of which began with so much room. */
export interface Squeezed {
  room: number;
  /** Code of the error that ended that night; null where there was room enough. */
  code: string | null;
  mend: string | null;
  /** Faults and versions after the failure. */
  faults: string[];
  /** Digest of the whole archive after the night was gone on with; faults then. */
  digest: string;
  faultsAfter: string[];
}

const [folder = '', ...rooms] = process.argv.slice(2);
const nights = simulate(4, 2, 12);

function mount(place: string, options: string): void {
  const done = spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'none', place], { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(done.stderr);
}

async function faultsOf(dir: string): Promise<string[]> {
  const archive = await openArchive(dir, { readOnly: true });
  const faults = await archive.verify();
  await archive.close();
  return faults.map(({ path, code }) => `${path}: ${code}`);
}

for (const [index, room] of rooms.map(Number).entries()) {
  const place = join(folder, String(index));
  mkdirSync(place);
  mount(place, 'size=8m');
  const dir = join(place, 'archive');
  // The first night brings every page, the second a change here and there.
  const squeezed = index % 2;
  if (squeezed === 1) await runNight(dir, 0, nights[0] ?? []);
  const { blocks, bfree, bsize } = statfsSync(place);
  mount(place, `remount,size=${(blocks - bfree) * bsize + room * 1024}`);
  const error = await runNight(dir, squeezed, nights[squeezed] ?? []).then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error !== null && !(error instanceof ArchiveError)) throw error;
  const faults = await faultsOf(dir);
  mount(place, 'remount,size=8m');
  if (error !== null) await runNight(dir, squeezed, nights[squeezed] ?? []);
  if (squeezed === 0) await runNight(dir, 1, nights[1] ?? []);
  const digest = createHash('sha256')
    .update(JSON.stringify([...readTree(dir)]))
    .digest('hex');
  const told: Squeezed = {
    ...{ room, code: error?.code ?? null, mend: error?.mend ?? null, faults, digest },
    faultsAfter: await faultsOf(dir),
  };
  console.log(JSON.stringify(told));
}
