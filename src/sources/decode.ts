import type { Problem } from '../types.ts';

/** The bytes of a list as text (a byte order mark stays as its first character), or why they are none. */
export type Decoded = { text: string; problem: null } | { text: null; problem: Problem };

/** Decodes a list strictly as UTF-8; codes `source/not-utf8`, `source/binary`. */
export function decodeSource(file: string, bytes: Uint8Array): Decoded {
  const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const bad = utf16 ? 0 : firstBadByte(bytes);
  if (bad !== null) {
    const guess = utf16 ? 'it looks like UTF-16' : 'it may be GBK or another older encoding';
    const message = `byte ${bad + 1} is not UTF-8; ${guess}: save the file as UTF-8`;
    return { text: null, problem: { file, line: lineOf(bytes, bad), column: null, code: 'source/not-utf8', message } };
  }
  const nul = bytes.indexOf(0);
  if (nul >= 0) {
    const message = `byte ${nul + 1} is NUL: this is not a text file; leave it out of the sources`;
    return { text: null, problem: { file, line: lineOf(bytes, nul), column: null, code: 'source/binary', message } };
  }
  return { text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes), problem: null };
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Index of the first byte at which the text stops being UTF-8, or null. */
function firstBadByte(bytes: Uint8Array): number | null {
  if (isUtf8(bytes)) return null;
  let at = 0;
  while (at < bytes.length) {
    const length = sequenceLength(bytes, at);
    if (length === 0) return at;
    at += length;
  }
  return bytes.length;
}

/** Bytes of the well-formed sequence that begins here (The Unicode Standard, table 3-7), 0 where there is none. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const length =
    first >= 0xc2 && first <= 0xdf ? 2 : first >= 0xe0 && first <= 0xef ? 3 : first >= 0xf0 && first <= 0xf4 ? 4 : 0;
  const low = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const high = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  for (let step = 1; step < length; step += 1) {
    const byte = bytes[at + step] ?? 0;
    if (byte < (step === 1 ? low : 0x80) || byte > (step === 1 ? high : 0xbf)) return 0;
  }
  return length;
}

function lineOf(bytes: Uint8Array, end: number): number {
  let line = 1;
  for (let at = 0; at < end; at += 1)
    if (bytes[at] === 0x0a || (bytes[at] === 0x0d && bytes[at + 1] !== 0x0a)) line += 1;
  return line;
}
