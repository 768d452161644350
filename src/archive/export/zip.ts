import * as fs from 'node:fs/promises';
import { dirname } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { makeFolder } from '../disk.ts';
import { archiveError } from '../errors.ts';

import { centralHeader, endRecords, localHeader, ZIP_LIMIT, type ZipEntry } from './zip-format.ts';

/** Small writes wait until so many bytes are together. */
const BUFFER = 1 << 18;

/**
 * Writes a ZIP to a file, entry by entry, holding only what is compressed at the moment; with ZIP64 where sizes ask
 * for it (APPNOTE 4.4, 4.5.3). Nothing depends on the time or the machine.
 */
export class ZipWriter {
  readonly #handle: fs.FileHandle;
  readonly #path: string;
  readonly #entries: ZipEntry[] = [];
  #offset = 0;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;

  private constructor(path: string, handle: fs.FileHandle) {
    this.#path = path;
    this.#handle = handle;
  }

  static async create(path: string): Promise<ZipWriter> {
    await makeFolder(dirname(path));
    try {
      return new ZipWriter(path, await fs.open(path, 'w'));
    } catch (error) {
      throw archiveError(error, path);
    }
  }

  /** Adds an entry held in memory, compressed unless `store` is set or compression gains nothing. */
  async add(name: string, data: string | Uint8Array, store = false): Promise<void> {
    const bytes = typeof data === 'string' ? Buffer.from(data) : data;
    const packed = store ? bytes : deflateRawSync(bytes, { level: 9 });
    const method = packed.length < bytes.length ? 8 : 0;
    const body = method === 8 ? packed : bytes;
    const entry = this.#entry(name, method, false);
    entry.crc = crc32(bytes);
    entry.size = bytes.length;
    entry.packed = body.length;
    await this.#write(localHeader(entry));
    await this.#write(body);
  }

  /**
   * Adds an entry piece by piece, stored as it is. `large` must be true where it may reach 4 GiB: only then its headers
   * have the wide fields, which some readers do not know. Throws where it reaches that without.
   */
  async addStored(name: string, pieces: AsyncIterable<Uint8Array>, large: boolean): Promise<void> {
    const entry = this.#entry(name, 0, large);
    await this.#write(localHeader(entry));
    for await (const piece of pieces) {
      entry.crc = crc32(piece, entry.crc);
      entry.size += piece.length;
      await this.#write(piece);
    }
    entry.packed = entry.size;
    if (entry.size >= ZIP_LIMIT && !large)
      throw new RangeError(`${name} has become too large for its place in the ZIP`);
    await this.#flush();
    await this.#writeAt(localHeader(entry), entry.offset);
  }

  /** Writes the directory and makes the file durable. */
  async finish(): Promise<void> {
    const start = this.#offset;
    for (const entry of this.#entries) await this.#write(centralHeader(entry));
    await this.#write(endRecords(this.#entries.length, start, this.#offset - start));
    await this.#flush();
    await this.#handle.datasync();
    await this.#handle.close();
  }

  /** Gives the file up. */
  async abort(): Promise<void> {
    await this.#handle.close().catch(() => undefined);
    await fs.rm(this.#path, { force: true });
  }

  #entry(name: string, method: number, large: boolean): ZipEntry {
    const entry = { name: Buffer.from(name), method, crc: 0, size: 0, packed: 0, offset: this.#offset, large };
    this.#entries.push(entry);
    return entry;
  }

  async #write(bytes: Uint8Array): Promise<void> {
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
    this.#offset += bytes.length;
    if (this.#waitingBytes >= BUFFER) await this.#flush();
  }

  async #flush(): Promise<void> {
    const bytes = Buffer.concat(this.#waiting);
    this.#waiting = [];
    this.#waitingBytes = 0;
    await this.#writeAt(bytes, this.#offset - bytes.length);
  }

  async #writeAt(bytes: Uint8Array, position: number): Promise<void> {
    try {
      for (let at = 0; at < bytes.length; ) {
        const { bytesWritten } = await this.#handle.write(bytes, at, bytes.length - at, position + at);
        at += bytesWritten;
      }
    } catch (error) {
      throw archiveError(error, this.#path);
    }
  }
}
