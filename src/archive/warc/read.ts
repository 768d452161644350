import * as fs from 'node:fs/promises';
import { crc32, inflateRawSync } from 'node:zlib';
import { archiveError, systemCode } from '../errors.ts';
import { isObject } from '../json.ts';

/** A record as it lies in a WARC file: where its gzip member begins, how long it is, and what it holds. */
export interface ReadRecord {
  offset: number;
  length: number;
  version: string;
  /** Field names in lower case; of a repeated field the first. */
  fields: Map<string, string>;
  block: Uint8Array;
}

/** Why a WARC file cannot be read on. */
export class WarcFault extends Error {
  readonly offset: number;
  constructor(offset: number, message: string) {
    super(message);
    this.name = 'WarcFault';
    this.offset = offset;
  }
}

const WINDOW = 1 << 18;
/** No record of ours is larger: bodies are limited by --max-body. */
const MAX_RECORD = 1 << 29;

/**
 * The records of a `.warc.gz`, one gzip member each, holding one at a time. Throws WarcFault at the first member that
 * is cut, broken, or not exactly one record.
 */
export async function* readWarc(path: string): AsyncGenerator<ReadRecord> {
  const handle = await fs.open(path, 'r').catch((error: unknown) => {
    throw archiveError(error, path);
  });
  try {
    const { size } = await handle.stat();
    for (let offset = 0; offset < size; ) {
      const { bytes, length } = await readMember(handle, offset, size);
      yield { offset, length, ...parseRecord(bytes, offset) };
      offset += length;
    }
  } finally {
    await handle.close();
  }
}

/** Inflates the gzip member at an offset. The window grows until the member is whole in it. */
async function readMember(
  handle: fs.FileHandle,
  offset: number,
  size: number,
): Promise<{ bytes: Uint8Array; length: number }> {
  for (let window = WINDOW; ; window *= 4) {
    const bytes = Buffer.alloc(Math.min(window, size - offset));
    await handle.read(bytes, 0, bytes.length, offset);
    const member = inflateMember(bytes);
    if (member === 'broken') throw new WarcFault(offset, 'the gzip member is broken');
    if (member !== 'cut') return member;
    if (bytes.length === size - offset) throw new WarcFault(offset, 'the file ends inside a gzip member');
  }
}

const HEADER = 10;
const TRAILER = 8;

/** Inflates the first gzip member of the bytes (RFC 1952; without optional header fields, as WARC writers make it). */
export function inflateMember(bytes: Uint8Array): { bytes: Uint8Array; length: number } | 'cut' | 'broken' {
  if (bytes.length < HEADER + TRAILER) return 'cut';
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b || bytes[2] !== 8 || bytes[3] !== 0) return 'broken';
  let result: unknown;
  try {
    result = inflateRawSync(bytes.subarray(HEADER), { info: true, maxOutputLength: MAX_RECORD });
  } catch (error) {
    return systemCode(error) === 'Z_BUF_ERROR' ? 'cut' : 'broken';
  }
  // With `info` the result names the engine, which knows how much it used.
  if (!isObject(result) || !(result.buffer instanceof Uint8Array) || !isObject(result.engine)) return 'broken';
  const used = Number(result.engine.bytesWritten);
  const end = HEADER + used;
  if (end + TRAILER > bytes.length) return 'cut';
  const view = new DataView(bytes.buffer, bytes.byteOffset + end, TRAILER);
  const whole = view.getUint32(0, true) === crc32(result.buffer) && view.getUint32(4, true) === result.buffer.length;
  return whole ? { bytes: result.buffer, length: end + TRAILER } : 'broken';
}

/** Takes a record apart and checks that nothing stands after it. */
export function parseRecord(bytes: Uint8Array, offset: number): Omit<ReadRecord, 'offset' | 'length'> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const headEnd = buffer.indexOf('\r\n\r\n');
  if (headEnd === -1) throw new WarcFault(offset, 'the record has no end of its head');
  const [version = '', ...lines] = buffer.toString('utf8', 0, headEnd).split('\r\n');
  if (!/^WARC\/1\.[01]$/.test(version)) throw new WarcFault(offset, 'the member is no WARC record');
  const fields = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon < 1) throw new WarcFault(offset, 'a line of the head is no field');
    const name = line.slice(0, colon).toLowerCase();
    if (!fields.has(name)) fields.set(name, line.slice(colon + 1).trim());
  }
  const length = Number(fields.get('content-length') ?? Number.NaN);
  const start = headEnd + 4;
  if (!Number.isSafeInteger(length) || start + length + 4 !== buffer.length) {
    throw new WarcFault(offset, 'Content-Length does not say how long the block is');
  }
  if (buffer.toString('latin1', start + length) !== '\r\n\r\n')
    throw new WarcFault(offset, 'the record does not end in two line breaks');
  return { version, fields, block: buffer.subarray(start, start + length) };
}

/** The part of an HTTP message after its head; null where there is no head. */
export function httpBody(block: Uint8Array): Uint8Array | null {
  const end = Buffer.from(block.buffer, block.byteOffset, block.length).indexOf('\r\n\r\n');
  return end === -1 ? null : block.subarray(end + 4);
}
