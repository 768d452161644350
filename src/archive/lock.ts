import * as fs from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { kill, pid as ownPid } from 'node:process';
import { listNames, makeFolder, readText, statPath } from './disk.ts';
import { ArchiveError, archiveError, systemCode } from './errors.ts';
import { isObject, parseJson } from './json.ts';

/** Who holds an archive. */
interface Holder {
  pid: number;
  host: string;
  /** When the process started as the system counts it, so that a pid used again is told apart; null where unknown. */
  birth: string | null;
  since: string;
}

export interface Lock {
  release(): Promise<void>;
}

/** A lock file of another host, or one that cannot be read, is believed for this long after its last sign of life. */
const STALE_MS = 10 * 60_000;
const BEAT_MS = 60_000;
const WAIT_STEP_MS = 250;
/** So often in a row the lock may be neither to be had nor to be seen: others take and release it, or its folder. */
const MOST_MISSES = 50;
const MISS_STEP_MS = 5;

/**
 * Takes the lock file, or throws `archive/locked` naming the holder; with `wait`, waits for it. A lock is stale when
 * its process no longer runs on this host (or its pid now belongs to another process), or, for another host, when
 * its file was not touched for ten minutes.
 */
export async function takeLock(path: string, wait: boolean): Promise<Lock> {
  for (let misses = 0; misses < MOST_MISSES; misses++) {
    // Each time: the holder takes the folder away when it ends.
    await makeFolder(dirname(path));
    const lock = await tryLock(path);
    if (lock !== null) {
      await sweepDrafts(path);
      return lock;
    }
    const holder = await readHolder(path);
    const isGone = holder === null && (await statPath(path)) === null;
    const isHeld = !isGone && !(await isStale(path, holder));
    if (isHeld && !wait) throw lockedError(path, holder);
    if (isHeld) misses = 0;
    else if (!isGone) await breakLock(path, holder);
    await new Promise((resolve) => setTimeout(resolve, isHeld ? WAIT_STEP_MS : MISS_STEP_MS));
  }
  throw new ArchiveError(
    'archive/io',
    `${path}: the lock can neither be taken nor be seen`,
    'Check the folder, or choose another with --archive.',
    path,
  );
}

/** Takes away what processes that were killed while they took or broke the lock have left beside it. */
async function sweepDrafts(path: string): Promise<void> {
  const name = basename(path);
  for (const other of await listNames(dirname(path))) {
    const pid = other.startsWith(`${name}.`)
      ? /^(?:stale\.)?(\d+)\./.exec(other.slice(name.length + 1))?.[1]
      : undefined;
    if (pid !== undefined && !isRunning(Number(pid))) await fs.rm(join(dirname(path), other), { force: true });
  }
}

async function tryLock(path: string): Promise<Lock | null> {
  const mine: Holder = {
    pid: ownPid,
    host: hostname(),
    birth: await processBirth(ownPid),
    since: new Date().toISOString(),
  };
  const text = `${JSON.stringify(mine)}\n`;
  const draft = `${path}.${ownPid}.${Math.random().toString(36).slice(2)}`;
  try {
    // Written aside and linked: the lock is never seen half written.
    await fs.writeFile(draft, text, { flag: 'wx' });
    await fs.link(draft, path).catch(async (error: unknown) => {
      if (systemCode(error) === 'EEXIST') throw error;
      // File systems without hard links (FAT, some network shares).
      await fs.writeFile(path, text, { flag: 'wx' });
    });
  } catch (error) {
    if (systemCode(error) === 'EEXIST' || systemCode(error) === 'ENOENT') return null;
    throw archiveError(error, path);
  } finally {
    await fs.rm(draft, { force: true }).catch(() => undefined);
  }
  return heldLock(path, text);
}

function heldLock(path: string, text: string): Lock {
  const beat = setInterval(() => {
    const now = new Date();
    fs.utimes(path, now, now).catch(() => undefined);
  }, BEAT_MS);
  beat.unref();
  let held = true;
  return {
    async release() {
      if (!held) return;
      held = false;
      clearInterval(beat);
      if ((await readText(path)) === text) await fs.rm(path, { force: true });
    },
  };
}

async function readHolder(path: string): Promise<Holder | null> {
  const value = parseJson((await readText(path)) ?? '');
  if (!isObject(value) || typeof value.pid !== 'number' || typeof value.host !== 'string') return null;
  return {
    pid: value.pid,
    host: value.host,
    birth: typeof value.birth === 'string' ? value.birth : null,
    since: typeof value.since === 'string' ? value.since : 'an unknown time',
  };
}

async function isStale(path: string, holder: Holder | null): Promise<boolean> {
  if (holder !== null && holder.host === hostname()) {
    if (!isRunning(holder.pid)) return true;
    const birth = await processBirth(holder.pid);
    return holder.birth !== null && birth !== null && birth !== holder.birth;
  }
  const stats = await fs.stat(path).catch(() => null);
  return stats !== null && Date.now() - stats.mtimeMs > STALE_MS;
}

function isRunning(pid: number): boolean {
  try {
    kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
}

/** Start time of a process and the boot it belongs to, as Linux counts them; null elsewhere. */
async function processBirth(pid: number): Promise<string | null> {
  const stat = await fs.readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  const boot = await fs.readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
  const ticks = stat === null ? undefined : stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  return ticks === undefined ? null : `${boot.trim()}/${ticks}`;
}

/** Moves a stale lock aside by rename: of several that try, one wins, and nobody deletes a fresh lock. */
async function breakLock(path: string, holder: Holder | null): Promise<void> {
  const aside = `${path}.stale.${ownPid}.${Math.random().toString(36).slice(2)}`;
  try {
    await fs.rename(path, aside);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return;
    throw archiveError(error, path);
  }
  const moved = await readHolder(aside);
  const same = moved?.pid === holder?.pid && moved?.birth === holder?.birth && moved?.since === holder?.since;
  // Another process was quicker and has locked anew between the look and the move: give it back.
  if (!same) await fs.link(aside, path).catch(() => undefined);
  await fs.rm(aside, { force: true });
}

function lockedError(path: string, holder: Holder | null): ArchiveError {
  const who =
    holder === null ? 'another process' : `process ${holder.pid} on ${holder.host}, running since ${holder.since}`;
  return new ArchiveError(
    'archive/locked',
    `The archive is in use by ${who}.`,
    `Wait until it ends; if that process is no longer there, delete ${path}.`,
    path,
  );
}
