import { constants } from 'node:buffer';
import { promisify } from 'node:util';
import * as zlib from 'node:zlib';
import type { Fault } from './faults.ts';
import { unreachable } from './faults.ts';

type Decoder = (bytes: Uint8Array, limit: number) => Promise<Uint8Array>;

const gunzip = promisify<Uint8Array, zlib.ZlibOptions, Buffer>(zlib.gunzip);
const inflate = promisify<Uint8Array, zlib.ZlibOptions, Buffer>(zlib.inflate);
const inflateRaw = promisify<Uint8Array, zlib.ZlibOptions, Buffer>(zlib.inflateRaw);
const brotli = promisify<Uint8Array, zlib.BrotliOptions, Buffer>(zlib.brotliDecompress);

const DECODERS: ReadonlyMap<string, Decoder> = new Map<string, Decoder>([
  ['gzip', (bytes, limit) => gunzip(bytes, { maxOutputLength: limit })],
  ['x-gzip', (bytes, limit) => gunzip(bytes, { maxOutputLength: limit })],
  ['br', (bytes, limit) => brotli(bytes, { maxOutputLength: limit })],
  // "deflate" means zlib (RFC 9110), but some servers send it bare.
  ['deflate', (bytes, limit) => (hasZlibHeader(bytes) ? inflate : inflateRaw)(bytes, { maxOutputLength: limit })],
  ...zstd(),
]);

/** Names that servers write into Content-Encoding though nothing is encoded. */
const NOTHING = new Set(['', 'identity', 'none', 'binary', '8bit', 'utf-8', 'utf8']);
/** No server applies more; a longer list is an attack on memory. */
const MOST_CODINGS = 3;

/**
 * Takes the content coding off a body. Decoding stops at `limit` bytes, so a bomb costs no more than that.
 * @param coding the Content-Encoding field, or null
 */
export async function decodeBody(
  body: Uint8Array,
  coding: string | null,
  limit: number,
): Promise<{ body: Uint8Array } | { fault: Fault }> {
  const names = (coding ?? '').split(',').map((name) => name.trim().toLowerCase());
  const codings = names.filter((name) => !NOTHING.has(name)).reverse();
  if (body.length === 0 || codings.length === 0) return { body };
  if (codings.length > MOST_CODINGS) return { fault: unreachable('bad-encoding', 'too many content codings') };
  // zlib refuses a limit beyond what a Buffer can hold.
  const most = Math.min(limit, constants.MAX_LENGTH);
  let bytes = body;
  for (const name of codings) {
    const decoder = DECODERS.get(name);
    if (decoder === undefined)
      return { fault: unreachable('bad-encoding', `unknown content coding ${JSON.stringify(name.slice(0, 40))}`) };
    try {
      bytes = await decoder(bytes, most);
    } catch (error) {
      return { fault: decodeFault(error, name, most) };
    }
  }
  return { body: bytes };
}

function decodeFault(error: unknown, name: string, limit: number): Fault {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ERR_BUFFER_TOO_LARGE') {
    return unreachable('too-large', `the body is larger than ${limit} bytes once decoded`);
  }
  // What zlib finds in the data has a number; anything else is a bug of this program.
  if (!(error instanceof Error && 'errno' in error)) throw error;
  if (code === 'Z_BUF_ERROR') return unreachable('truncated', `the ${name} data end too early`);
  return unreachable('bad-encoding', `the body is not the ${name} that it says it is`);
}

function hasZlibHeader(bytes: Uint8Array): boolean {
  const [first = 0, second = 0] = bytes;
  return (first & 15) === 8 && ((first << 8) | second) % 31 === 0;
}

/** Zstandard, where this Node has it (22.15 and later); the types of Node 20 do not know it. */
function zstd(): [string, Decoder][] {
  const decompress: unknown = Reflect.get(zlib, 'zstdDecompress');
  if (typeof decompress !== 'function') return [];
  const decoder: Decoder = (bytes, limit) =>
    new Promise((resolve, reject) => {
      const done = (error: Error | null, result: Uint8Array) => (error === null ? resolve(result) : reject(error));
      Reflect.apply(decompress, zlib, [bytes, { maxOutputLength: limit }, done]);
    });
  return [['zstd', decoder]];
}
