import { createHash } from 'node:crypto';
import {
  closeSync,
  createReadStream,
  fdatasync,
  fsync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  type Stats,
  statSync,
  writeSync,
} from 'node:fs';
import * as fs from 'node:fs/promises';
import { platform } from 'node:os';
import { dirname, join } from 'node:path';
import { pid } from 'node:process';
import { promisify } from 'node:util';
import { ArchiveError, archiveError, systemCode } from './errors.ts';

/*
 * What the system answers from its memory (looking up, opening, writing to its cache, moving) is waited for in place: a
 * run makes tens of thousands of such calls, and handing each to another thread takes ten times as long as the call.
 * What waits for the disk itself (syncing, large files) goes its own way and holds nothing up.
 */

const datasync = promisify(fdatasync);
const sync = promisify(fsync);

/** What a path is; null where there is nothing. Symbolic links are not followed. */
export async function statPath(path: string): Promise<Stats | null> {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) ?? null;
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw archiveError(error, path);
  }
}

/** True where a folder is there, itself or behind symbolic links. */
export async function leadsToFolder(path: string): Promise<boolean> {
  try {
    return (await fs.stat(path)).isDirectory();
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return false;
    throw archiveError(error, path);
  }
}

/** The bytes of a file; null where there is none. */
export async function readBytes(path: string): Promise<Uint8Array | null> {
  try {
    return readFileSync(path);
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return null;
    throw archiveError(error, path);
  }
}

/** A file as UTF-8 text; null where there is none. */
export async function readText(path: string): Promise<string | null> {
  const bytes = await readBytes(path);
  return bytes === null ? null : new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

/** Other processes may take a folder away between two steps; more often than this it is the file system that refuses. */
const MAKE_ATTEMPTS = 5;

/**
 * Makes a folder and those above it. Step by step: Node's own `recursive` tries for ever where a folder says that it
 * does not exist and yet is there (/proc, some network shares).
 */
export async function makeFolder(path: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      const missing: string[] = [];
      for (let at = path; !isFolder(at); at = dirname(at)) missing.push(at);
      for (const folder of missing.reverse()) makeOne(folder);
      return;
    } catch (error) {
      if (systemCode(error) !== 'ENOENT') throw archiveError(error, path);
      if (attempt === MAKE_ATTEMPTS) {
        const mend = 'Choose another folder with --archive.';
        throw new ArchiveError('archive/not-found', `${path}: no folder can be made there`, mend, path, error);
      }
    }
  }
}

/** False where nothing is there; throws where something else is. */
function isFolder(path: string): boolean {
  try {
    if (statSync(path).isDirectory()) return true;
  } catch (error) {
    if (systemCode(error) === 'ENOENT' && dirname(path) !== path) return false;
    throw error;
  }
  throw Object.assign(new Error('not a folder'), { code: 'ENOTDIR' });
}

/** Another process may be quicker, and may have taken it away again by now. */
function makeOne(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
    if (!isFolder(folder)) throw Object.assign(new Error('the folder was taken away'), { code: 'ENOENT' });
  }
}

/** Writes a new file and waits until the disk has it. A file that could not be written whole is taken away again. */
export async function writeDurable(path: string, data: string | Uint8Array): Promise<void> {
  await makeFolder(dirname(path));
  await writeSynced(path, data);
}

/** The same where the folder is there. The data is handed to the system at once, and not held until the disk has it. */
export function writeSynced(path: string, data: string | Uint8Array): Promise<void> {
  let file: number | null = null;
  try {
    file = openSync(path, 'w');
    writeWhole(file, typeof data === 'string' ? Buffer.from(data) : data);
  } catch (error) {
    return giveUp(file, path, error);
  }
  return closeSynced(file, path);
}

async function closeSynced(file: number, path: string): Promise<void> {
  try {
    await datasync(file);
  } catch (error) {
    return giveUp(file, path, error);
  }
  closeSync(file);
}

async function giveUp(file: number | null, path: string, error: unknown): Promise<never> {
  if (file !== null) closeSync(file);
  await fs.rm(path, { force: true }).catch(() => undefined);
  throw archiveError(error, path);
}

function writeWhole(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
}

/** Moves a file over another in one step. Windows may refuse for a moment while a scanner holds it: tried again. */
export async function moveFile(from: string, to: string): Promise<void> {
  await makeFolder(dirname(to));
  for (let attempt = 1; ; attempt++) {
    try {
      renameSync(from, to);
      return;
    } catch (error) {
      const code = systemCode(error);
      const busy = platform() === 'win32' && (code === 'EPERM' || code === 'EBUSY' || code === 'EACCES');
      if (!busy || attempt === 10) throw archiveError(error, to);
      await new Promise((resolve) => setTimeout(resolve, 20 * attempt));
    }
  }
}

/** Characters that are written at once. */
const MOST_WAITING = 1 << 18;

/** Writes pieces of text to a new file, and waits until the disk has it. */
async function writePieces(path: string, pieces: Iterable<string>): Promise<void> {
  let file: number | null = null;
  try {
    file = openSync(path, 'w');
    let waiting = '';
    for (const piece of pieces) {
      waiting += piece;
      if (waiting.length < MOST_WAITING) continue;
      writeWhole(file, Buffer.from(waiting));
      waiting = '';
    }
    writeWhole(file, Buffer.from(waiting));
  } catch (error) {
    return giveUp(file, path, error);
  }
  return closeSynced(file, path);
}

/** Replaces a file in one step: at any moment it is the old one or the new one, whole. */
export function writeFileAtomic(path: string, data: string | Uint8Array): Promise<void> {
  return replaceAtomic(path, (temporary) => writeDurable(temporary, data));
}

/** The same of pieces of text, which are not held together. */
export function writePiecesAtomic(path: string, pieces: Iterable<string>): Promise<void> {
  return replaceAtomic(path, (temporary) => writePieces(temporary, pieces));
}

async function replaceAtomic(path: string, write: (temporary: string) => Promise<void>): Promise<void> {
  const temporary = join(dirname(path), `.${pid.toString(36)}-${(serial++).toString(36)}.linkark-tmp`);
  await write(temporary);
  try {
    const before = await statPath(path);
    if (before?.isFile()) await fs.chmod(temporary, before.mode).catch(() => undefined);
    await moveFile(temporary, path);
  } catch (error) {
    await fs.rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}

let serial = 0;

/**
 * Replaces a person's own file, through symbolic links, only while it is still what was read.
 * @returns `changed` where somebody wrote to it meanwhile, `read-only` where its owner may not write to it; then nothing was done
 */
export async function replaceFile(
  path: string,
  before: Uint8Array,
  after: string | Uint8Array,
): Promise<'written' | 'changed' | 'read-only'> {
  try {
    const target = await fs.realpath(path);
    const { mode } = await fs.stat(target);
    if ((mode & 0o200) === 0) return 'read-only';
    if (!(await fs.readFile(target)).equals(before)) return 'changed';
    await writeFileAtomic(target, after);
    return 'written';
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT') return 'changed';
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return 'read-only';
    throw archiveError(error, path);
  }
}

/** Makes renames inside a folder durable. Windows has no such call. */
export async function syncFolder(path: string): Promise<void> {
  if (platform() === 'win32') return;
  try {
    const folder = openSync(path, 'r');
    try {
      await sync(folder);
    } finally {
      closeSync(folder);
    }
  } catch {
    // Some network file systems refuse to sync folders; the rename itself has been done.
  }
}

export async function removeTree(path: string): Promise<void> {
  try {
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return;
    if (!stats.isDirectory()) rmSync(path, { force: true });
    else if (readdirSync(path).length === 0) rmdirSync(path);
    else await fs.rm(path, { recursive: true, force: true });
  } catch (error) {
    throw archiveError(error, path);
  }
}

/** Names in a folder, sorted by code unit; empty where there is no such folder. */
export async function listNames(path: string): Promise<string[]> {
  try {
    return statSync(path, { throwIfNoEntry: false }) === undefined ? [] : readdirSync(path).sort();
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw archiveError(error, path);
  }
}

/** A file in a tree: `path` is relative to the root with forward slashes. */
export interface TreeEntry {
  path: string;
  bytes: number;
  kind: 'file' | 'symlink' | 'other';
}

/** All files below a folder, sorted by path. Symbolic links are named and not followed. `enter` may leave folders out. */
export async function listTree(root: string, enter: (folder: string) => boolean = () => true): Promise<TreeEntry[]> {
  const found: TreeEntry[] = [];
  const open = [''];
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    for (const name of await listNames(join(root, folder))) {
      const path = folder === '' ? name : `${folder}/${name}`;
      const stats = await statPath(join(root, path));
      if (stats === null) continue;
      if (stats.isDirectory()) {
        if (enter(path)) open.push(path);
        continue;
      }
      found.push({
        path,
        bytes: stats.size,
        kind: stats.isFile() ? 'file' : stats.isSymbolicLink() ? 'symlink' : 'other',
      });
    }
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

/** SHA-256 of bytes or text, lower-case hex. */
export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/** Up to this size a file is read at once. */
const SMALL = 1 << 20;

/** Size and SHA-256 of a file, read piece by piece; null where there is none. */
export async function hashFile(path: string): Promise<{ bytes: number; sha256: string } | null> {
  const stats = await statPath(path);
  if (stats === null) return null;
  if (stats.size <= SMALL) {
    const whole = await readBytes(path);
    return whole === null ? null : { bytes: whole.length, sha256: sha256(whole) };
  }
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    for await (const piece of createReadStream(path, { highWaterMark: 1 << 18 })) {
      const chunk: Uint8Array = piece;
      hash.update(chunk);
      bytes += chunk.length;
    }
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw archiveError(error, path);
  }
  return { bytes, sha256: hash.digest('hex') };
}

/** The bytes of a file piece by piece, optionally from a place on. Nothing where there is no file. */
export async function* readPieces(path: string, start = 0): AsyncGenerator<Buffer> {
  try {
    for await (const piece of createReadStream(path, { start, highWaterMark: 1 << 20 })) yield piece;
  } catch (error) {
    const code = systemCode(error);
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw archiveError(error, path);
  }
}

/** The lines of a text file with the byte offset of each, without their line breaks. Nothing where there is no file. */
export async function* readLines(path: string): AsyncGenerator<{ line: string; offset: number; ended: boolean }> {
  let rest: Buffer = Buffer.alloc(0);
  let offset = 0;
  for await (const chunk of readPieces(path)) {
    const data = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let start = 0;
    for (let end = data.indexOf(10, start); end !== -1; end = data.indexOf(10, start)) {
      yield { line: data.toString('utf8', start, end), offset: offset + start, ended: true };
      start = end + 1;
    }
    rest = data.subarray(start);
    offset += start;
  }
  if (rest.length > 0) yield { line: rest.toString('utf8'), offset, ended: false };
}
