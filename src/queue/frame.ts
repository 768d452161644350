import { promisify } from 'node:util';
import { constants, gunzip, gzip } from 'node:zlib';

/** Frames larger than this are compressed. */
const SMALL = 2048;

/** Most bytes that a frame may unfold to: one of the largest pages with its pictures. */
const MOST_BYTES = 1024 * 1024 * 1024;

const squeeze = promisify<Buffer, object, Buffer>(gzip);
const unfold = promisify<Buffer, object, Buffer>(gunzip);

/**
 * Plain data as bytes. Byte arrays in it travel as they are behind the JSON that names their places; maps become
 * lists of pairs. `[0 plain or 1 gzip] [length of the JSON, 4 bytes] JSON [bytes…]`
 */
export async function pack(value: unknown): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let offset = 0;
  const json = JSON.stringify(value, function (this: Record<string, unknown>, key: string, item: unknown) {
    // A Buffer has turned itself into an object of numbers by now; its holder still has it.
    const original = this[key];
    if (original instanceof Uint8Array) {
      parts.push(original);
      offset += original.length;
      return { $bytes: [offset - original.length, original.length] };
    }
    return original instanceof Map ? [...original] : item;
  });
  const text = Buffer.from(json);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.length);
  const plain = Buffer.concat([length, text, ...parts]);
  if (plain.length <= SMALL) return Buffer.concat([Buffer.of(0), plain]);
  return Buffer.concat([Buffer.of(1), await squeeze(plain, { level: constants.Z_BEST_SPEED })]);
}

/** What `pack` packed; maps come back as lists of pairs. Throws where the bytes are no frame. */
export async function unpack(frame: Buffer): Promise<unknown> {
  const packed = frame.subarray(1);
  const plain = frame[0] === 1 ? await unfold(packed, { maxOutputLength: MOST_BYTES }) : packed;
  const end = 4 + plain.readUInt32BE(0);
  const bytes = plain.subarray(end);
  return JSON.parse(plain.toString('utf8', 4, end), (_, item: unknown) => {
    const place = placeOf(item);
    return place === null ? item : bytes.subarray(place.from, place.from + place.length);
  });
}

function placeOf(item: unknown): { from: number; length: number } | null {
  if (typeof item !== 'object' || item === null || !('$bytes' in item) || !Array.isArray(item.$bytes)) return null;
  const [from, length]: unknown[] = item.$bytes;
  return typeof from === 'number' && typeof length === 'number' ? { from, length } : null;
}
