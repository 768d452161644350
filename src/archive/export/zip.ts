import * as fs from 'node:fs/promises';
import { dirname } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { makeFolder } from '../disk.ts';
import { archiveError } from '../errors.ts';

interface Entry {
  name: Buffer;
  method: number;
  crc: number;
  size: number;
  packed: number;
  offset: number;
}

const LIMIT = 0xffffffff;
/** 1 January 1980: the same archive gives the same bytes. */
const DOS_DATE = 0x21;
/** Names are UTF-8. */
const FLAGS = 0x800;

/**
 * Writes a ZIP to a file, entry by entry, holding only what is compressed at the moment; with ZIP64 where sizes ask
 * for it (APPNOTE 4.4, 4.5.3). Nothing depends on the time or the machine.
 */
export class ZipWriter {
  readonly #handle: fs.FileHandle;
  readonly #path: string;
  readonly #entries: Entry[] = [];
  #offset = 0;

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
    const entry = this.#entry(name, method);
    entry.crc = crc32(bytes);
    entry.size = bytes.length;
    entry.packed = body.length;
    await this.#write(Buffer.concat([localHeader(entry, false), body]));
  }

  /** Adds an entry piece by piece, stored as it is. `large` must be true where it reaches 4 GiB: only
   * then the local header has the wide fields, which some players do not expect. */
  async addStored(name: string, pieces: AsyncIterable<Uint8Array>, large: boolean): Promise<void> {
    const entry = this.#entry(name, 0);
    await this.#write(localHeader(entry, large));
    for await (const piece of pieces) {
      entry.crc = crc32(piece, entry.crc);
      entry.size += piece.length;
      await this.#write(piece);
    }
    entry.packed = entry.size;
    await this.#writeAt(localHeader(entry, large), entry.offset);
  }

  /** Writes the directory and makes the file durable. */
  async finish(): Promise<void> {
    const start = this.#offset;
    for (const entry of this.#entries) await this.#write(centralHeader(entry));
    await this.#write(endRecords(this.#entries.length, start, this.#offset - start));
    await this.#handle.datasync();
    await this.#handle.close();
  }

  /** Gives the file up. */
  async abort(): Promise<void> {
    await this.#handle.close().catch(() => undefined);
    await fs.rm(this.#path, { force: true });
  }

  #entry(name: string, method: number): Entry {
    const entry = { name: Buffer.from(name), method, crc: 0, size: 0, packed: 0, offset: this.#offset };
    this.#entries.push(entry);
    return entry;
  }

  async #write(bytes: Uint8Array): Promise<void> {
    await this.#writeAt(bytes, this.#offset);
    this.#offset += bytes.length;
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

function localHeader(entry: Entry, large: boolean): Buffer {
  const extra = large ? Buffer.alloc(20) : Buffer.alloc(0);
  if (large) {
    extra.writeUInt16LE(1, 0);
    extra.writeUInt16LE(16, 2);
    extra.writeBigUInt64LE(BigInt(entry.size), 4);
    extra.writeBigUInt64LE(BigInt(entry.packed), 12);
  }
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE(large ? 45 : 20, 4);
  head.writeUInt16LE(FLAGS, 6);
  head.writeUInt16LE(entry.method, 8);
  head.writeUInt16LE(DOS_DATE, 12);
  head.writeUInt32LE(entry.crc, 14);
  head.writeUInt32LE(large ? LIMIT : entry.packed, 18);
  head.writeUInt32LE(large ? LIMIT : entry.size, 22);
  head.writeUInt16LE(entry.name.length, 26);
  head.writeUInt16LE(extra.length, 28);
  return Buffer.concat([head, entry.name, extra]);
}

function centralHeader(entry: Entry): Buffer {
  const wide = [entry.size, entry.packed, entry.offset].filter((value) => value >= LIMIT);
  const extra = Buffer.alloc(wide.length === 0 ? 0 : 4 + 8 * wide.length);
  if (wide.length > 0) {
    extra.writeUInt16LE(1, 0);
    extra.writeUInt16LE(8 * wide.length, 2);
    wide.forEach((value, index) => {
      extra.writeBigUInt64LE(BigInt(value), 4 + 8 * index);
    });
  }
  const head = Buffer.alloc(46);
  head.writeUInt32LE(0x02014b50, 0);
  head.writeUInt16LE(wide.length > 0 ? 45 : 20, 4);
  head.writeUInt16LE(wide.length > 0 ? 45 : 20, 6);
  head.writeUInt16LE(FLAGS, 8);
  head.writeUInt16LE(entry.method, 10);
  head.writeUInt16LE(DOS_DATE, 14);
  head.writeUInt32LE(entry.crc, 16);
  head.writeUInt32LE(Math.min(entry.packed, LIMIT), 20);
  head.writeUInt32LE(Math.min(entry.size, LIMIT), 24);
  head.writeUInt16LE(entry.name.length, 28);
  head.writeUInt16LE(extra.length, 30);
  head.writeUInt32LE(Math.min(entry.offset, LIMIT), 42);
  return Buffer.concat([head, entry.name, extra]);
}

function endRecords(count: number, start: number, size: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Math.min(count, 0xffff), 8);
  end.writeUInt16LE(Math.min(count, 0xffff), 10);
  end.writeUInt32LE(Math.min(size, LIMIT), 12);
  end.writeUInt32LE(Math.min(start, LIMIT), 16);
  if (count < 0xffff && size < LIMIT && start < LIMIT) return end;
  const wide = Buffer.alloc(56);
  wide.writeUInt32LE(0x06064b50, 0);
  wide.writeBigUInt64LE(44n, 4);
  wide.writeUInt16LE(45, 12);
  wide.writeUInt16LE(45, 14);
  wide.writeBigUInt64LE(BigInt(count), 24);
  wide.writeBigUInt64LE(BigInt(count), 32);
  wide.writeBigUInt64LE(BigInt(size), 40);
  wide.writeBigUInt64LE(BigInt(start), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(start + size), 8);
  locator.writeUInt32LE(1, 16);
  return Buffer.concat([wide, locator, end]);
}
