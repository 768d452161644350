import { createHash } from 'node:crypto';
import * as fs from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { hashFile, makeFolder, readBytes, sha256, statPath, writeSynced } from './disk.ts';
import { archiveError } from './errors.ts';
import type { FileSum } from './manifest.ts';

/** A stroke of changes as the journal holds it. Paths `to` and `remove` are below archive/. */
export interface Placing {
  op: 'place';
  /** The staging folder, below archive/. */
  stage: string;
  files: { from: string; to: string; bytes: number; sha256: string }[];
  remove: string[];
  /** True for the stroke that ends a run: once in place, the journal is over. */
  ends: boolean;
}

type Pieces = AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>;

/** Files of one stroke that are open at once, waiting for the disk. */
const MOST_SYNCING = 16;

/** Files on their way into the archive, all or none of which will count. */
export class Stage {
  readonly #dir: string;
  readonly #stage: string;
  readonly #files = new Map<string, { from: string; sum: FileSum; staged: boolean }>();
  readonly #remove = new Set<string>();
  /** Files that the disk may not have yet. */
  readonly #syncing = new Set<Promise<void>>();
  #failure: { error: unknown } | null = null;
  #hasFolder = false;
  #kept = false;

  constructor(dir: string, stage: string) {
    this.#dir = dir;
    this.#stage = stage;
  }

  /** Adds a file. What stands there already with the same bytes is not written again. */
  async add(path: string, data: string | Uint8Array): Promise<FileSum> {
    const bytes = typeof data === 'string' ? Buffer.from(data) : data;
    const sum = { bytes: bytes.length, sha256: sha256(bytes) };
    const from = this.#nameFor(path);
    const staged = !(await holds(join(this.#dir, path), sum));
    if (staged) await this.#write(from, bytes);
    this.#files.set(path, { from, sum, staged });
    this.#remove.delete(path);
    return sum;
  }

  /** Writes a staged file. The disk takes it while the next is made; `settle` waits for all. */
  async #write(name: string, bytes: Uint8Array): Promise<void> {
    if (!this.#hasFolder) await makeFolder(join(this.#dir, this.#stage));
    this.#hasFolder = true;
    const synced = writeSynced(join(this.#dir, this.#stage, name), bytes)
      .catch((error: unknown) => {
        this.#failure ??= { error };
      })
      .finally(() => this.#syncing.delete(synced));
    this.#syncing.add(synced);
    if (this.#syncing.size >= MOST_SYNCING) await Promise.race(this.#syncing);
    this.#mustHold();
  }

  #mustHold(): void {
    if (this.#failure !== null) throw this.#failure.error;
  }

  /** Adds a file made piece by piece. */
  async addStream(path: string, pieces: Pieces): Promise<FileSum> {
    const from = this.#nameFor(path);
    const target = join(this.#dir, this.#stage, from);
    const sum = await writeStream(target, pieces);
    const staged = !(await holds(join(this.#dir, path), sum));
    this.#files.set(path, { from, sum, staged });
    this.#remove.delete(path);
    return sum;
  }

  remove(path: string): void {
    this.#remove.add(path);
  }

  /** What is to be changed so far, for manifest.json. */
  sums(): Map<string, FileSum | null> {
    const sums = new Map<string, FileSum | null>();
    for (const path of this.#remove) sums.set(path, null);
    for (const [path, file] of this.#files) sums.set(path, file.sum);
    return sums;
  }

  placing(ends: boolean): Placing {
    return {
      op: 'place',
      stage: this.#stage,
      files: [...this.#files].map(([to, file]) => ({ from: file.from, to, ...file.sum })),
      remove: [...this.#remove],
      ends,
    };
  }

  /** Takes back what turned out to be there already, before the stroke is named in the journal. */
  async settle(): Promise<void> {
    await Promise.all(this.#syncing);
    this.#mustHold();
    await makeFolder(join(this.#dir, this.#stage));
    for (const file of this.#files.values()) {
      if (!file.staged) await fs.rm(join(this.#dir, this.#stage, file.from), { force: true });
    }
  }

  /** To be called when the journal names this stroke: from then on it is to be finished, not given up. */
  keep(): void {
    this.#kept = true;
  }

  /** Gives everything up, unless the stroke counts already. */
  async discard(): Promise<void> {
    if (this.#kept) return;
    await Promise.all(this.#syncing);
    await fs.rm(join(this.#dir, this.#stage), { recursive: true, force: true });
  }

  #nameFor(path: string): string {
    return this.#files.get(path)?.from ?? this.#files.size.toString(36);
  }
}

/** True where a file has exactly these bytes. */
async function holds(path: string, sum: FileSum): Promise<boolean> {
  const stats = await statPath(path);
  if (stats === null || !stats.isFile() || stats.size !== sum.bytes) return false;
  if (sum.bytes > 1 << 22) return (await hashFile(path))?.sha256 === sum.sha256;
  const bytes = await readBytes(path);
  return bytes !== null && sha256(bytes) === sum.sha256;
}

/** Bytes, or characters, that wait to be written together. */
const MOST_WAITING = 1 << 18;

/** Writes pieces to a new file, durable at the end. */
export async function writeStream(path: string, pieces: Pieces): Promise<FileSum> {
  await makeFolder(dirname(path));
  const hash = createHash('sha256');
  let total = 0;
  try {
    const handle = await fs.open(path, 'w');
    try {
      let waiting: Uint8Array[] = [];
      let text = '';
      let size = 0;
      const take = (bytes: Uint8Array): void => {
        hash.update(bytes);
        total += bytes.length;
        size += bytes.length;
        waiting.push(bytes);
      };
      const takeText = (): void => {
        if (text !== '') take(Buffer.from(text));
        text = '';
      };
      const flush = async (): Promise<void> => {
        takeText();
        if (size > 0) await handle.writeFile(Buffer.concat(waiting));
        waiting = [];
        size = 0;
      };
      for await (const piece of pieces) {
        // Lines are short and many: they are made bytes of together.
        if (typeof piece === 'string') text += piece;
        else {
          takeText();
          take(piece);
        }
        if (size + text.length > MOST_WAITING) await flush();
      }
      await flush();
      await handle.datasync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    await fs.rm(path, { force: true }).catch(() => undefined);
    throw archiveError(error, path);
  }
  return { bytes: total, sha256: hash.digest('hex') };
}
