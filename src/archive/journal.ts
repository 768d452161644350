import { readSync } from 'node:fs';
import * as fs from 'node:fs/promises';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { makeFolder, readLines, statPath } from './disk.ts';
import { archiveError } from './errors.ts';
import { parseJson } from './json.ts';

/** Where one entry stands in the journal: byte offset and length of its JSON. */
export interface Place {
  offset: number;
  length: number;
}

interface Waiting {
  bytes: Buffer;
  done: () => void;
  failed: (error: unknown) => void;
}

const SUM = 9;
/** Between the entries of a line; JSON holds none. */
const BETWEEN = '\t';

/**
 * An append-only file of JSON entries: what is appended in one stroke is one line behind its CRC-32, so that all of it
 * counts or nothing. An append that has returned survives a kill at any moment; appends that come together are written
 * and synced together. A torn last line is cut off when the journal is opened again; a damaged line elsewhere is left
 * out and counted.
 */
export class Journal {
  readonly path: string;
  #handle: fs.FileHandle | null;
  /** Bytes that the disk has. */
  #durable: number;
  /** Bytes counted out to appends, durable or waiting. */
  #end: number;
  #queue: Waiting[] = [];
  #flushing: Promise<void> | null = null;

  private constructor(path: string, handle: fs.FileHandle | null, size: number) {
    this.path = path;
    this.#handle = handle;
    this.#durable = size;
    this.#end = size;
  }

  /** Opens the journal and hands every whole entry to `replay`, oldest first. `damaged` counts lines left out. */
  static async open(
    path: string,
    readOnly: boolean,
    replay: (entry: unknown, place: Place) => void,
  ): Promise<{ journal: Journal; damaged: number }> {
    let size = 0;
    let damaged = 0;
    let torn = false;
    for await (const { line, offset, ended } of readLines(path)) {
      const entries = ended ? decode(line) : null;
      let at = offset + SUM;
      for (const { entry, length } of entries ?? []) {
        replay(entry, { offset: at, length });
        at += length + BETWEEN.length;
      }
      if (!ended) torn = true;
      else if (entries === null) damaged++;
      if (ended) size = offset + Buffer.byteLength(line) + 1;
    }
    if (readOnly) {
      const handle = (await statPath(path)) === null ? null : await fs.open(path, 'r');
      return { journal: new Journal(path, handle, size), damaged };
    }
    await makeFolder(dirname(path));
    let handle: fs.FileHandle | null = null;
    try {
      handle = await fs.open(path, 'a+');
      if (torn) await handle.truncate(size);
      return { journal: new Journal(path, handle, size), damaged };
    } catch (error) {
      await handle?.close();
      throw archiveError(error, path);
    }
  }

  get isEmpty(): boolean {
    return this.#end === 0;
  }

  /** Adds entries in one stroke; returns where they stand once the disk has them. */
  append(entries: readonly unknown[]): Promise<Place[]> {
    const places: Place[] = [];
    if (entries.length === 0) return Promise.resolve(places);
    const texts = entries.map((entry) => JSON.stringify(entry));
    let at = this.#end + SUM;
    for (const text of texts) {
      const length = Buffer.byteLength(text);
      places.push({ offset: at, length });
      at += length + BETWEEN.length;
    }
    this.#end = at;
    const bytes = encode(texts);
    return new Promise((resolve, reject) => {
      this.#queue.push({ bytes, done: () => resolve(places), failed: reject });
      this.#flushing ??= this.#flush();
    });
  }

  async #flush(): Promise<void> {
    // Let appends of the same turn join.
    await Promise.resolve();
    while (this.#queue.length > 0) {
      const batch = this.#queue;
      this.#queue = [];
      const bytes = Buffer.concat(batch.map((waiting) => waiting.bytes));
      try {
        await this.#write(bytes);
        this.#durable += bytes.length;
        for (const waiting of batch) waiting.done();
      } catch (error) {
        // Offsets given out after this batch are no longer true: those appends fail with it.
        const lost = [...batch, ...this.#queue];
        this.#queue = [];
        this.#end = this.#durable;
        await this.#handle?.truncate(this.#durable).catch(() => undefined);
        for (const waiting of lost) waiting.failed(archiveError(error, this.path));
      }
    }
    this.#flushing = null;
  }

  async #write(bytes: Buffer): Promise<void> {
    if (this.#handle === null) throw new Error('the journal is closed');
    for (let at = 0; at < bytes.length; ) {
      const { bytesWritten } = await this.#handle.write(bytes, at, bytes.length - at);
      at += bytesWritten;
    }
    await this.#handle.datasync();
  }

  /**
   * Reads an entry back, and waits for it: it was written a short while ago, so the system still has it in memory, and
   * handing each of thousands to another thread takes ten times as long.
   */
  read(place: Place): unknown {
    if (this.#handle === null) throw new Error('the journal is closed');
    const bytes = Buffer.alloc(place.length);
    readSync(this.#handle.fd, bytes, 0, place.length, place.offset);
    return JSON.parse(bytes.toString('utf8'));
  }

  /** Empties it, once all that it says stands elsewhere. */
  async reset(): Promise<void> {
    await this.#flushing;
    try {
      await this.#handle?.truncate(0);
      await this.#handle?.datasync();
    } catch (error) {
      throw archiveError(error, this.path);
    }
    this.#durable = 0;
    this.#end = 0;
  }

  async close(): Promise<void> {
    await this.#flushing;
    await this.#handle?.close();
    this.#handle = null;
  }
}

function encode(texts: readonly string[]): Buffer {
  const payload = Buffer.from(texts.join(BETWEEN));
  return Buffer.concat([Buffer.from(`${checksum(payload)} `), payload, Buffer.from('\n')]);
}

/** The entries of a line and their lengths in bytes; null where the line is damaged. */
function decode(line: string): { entry: unknown; length: number }[] | null {
  if (line.length < SUM || line[SUM - 1] !== ' ') return null;
  const payload = line.slice(SUM);
  if (checksum(Buffer.from(payload)) !== line.slice(0, SUM - 1)) return null;
  const entries = payload.split(BETWEEN).map((text) => ({ entry: parseJson(text), length: Buffer.byteLength(text) }));
  return entries.every(({ entry }) => entry !== undefined) ? entries : null;
}

function checksum(bytes: Uint8Array): string {
  return crc32(bytes).toString(16).padStart(8, '0');
}
