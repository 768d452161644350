/**
 * SimHash (Charikar 2002): texts that share most of their wording differ in few of 64 bits.
 * Features are pairs of neighbouring tokens; a token is one CJK character or a run of other letters and digits,
 * so Chinese is compared by character bigrams and Latin text by word bigrams.
 */

const TOKEN = /[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af]|[\p{L}\p{N}]{1,64}/gu;
/** More text than this adds nothing to the comparison; characters. */
const LIMIT = 200_000;

/** The SimHash of a text as 16 hex digits; a text without a letter or digit gives sixteen zeros. */
export function simhash(text: string): string {
  const high = new Int32Array(32);
  const low = new Int32Array(32);
  let previous = '';
  const sample = text.length > LIMIT ? text.slice(0, LIMIT) : text;
  for (const [token] of sample.normalize('NFKC').toLowerCase().matchAll(TOKEN)) {
    vote(high, hash32(previous, token, 0x811c9dc5));
    vote(low, hash32(previous, token, 0x01000193));
    previous = token;
  }
  return hex(high) + hex(low);
}

/** In how many of the 64 bits two SimHashes differ, 0–64. */
export function hammingDistance(a: string, b: string): number {
  let bits = BigInt(`0x${a}`) ^ BigInt(`0x${b}`);
  let count = 0;
  while (bits > 0n) {
    count += Number(bits & 1n);
    bits >>= 1n;
  }
  return count;
}

function vote(counters: Int32Array, hash: number): void {
  for (let bit = 0; bit < 32; bit++) counters[bit] = (counters[bit] ?? 0) + ((hash >>> bit) & 1 ? 1 : -1);
}

/**
 * Hash of two tokens with U+0001 between them: FNV-1a over UTF-16 units with a final avalanche (the finaliser of
 * MurmurHash3), so that every bit depends on every unit.
 */
function hash32(first: string, second: string, seed: number): number {
  let hash = fnv(Math.imul(fnv(seed, first) ^ 1, 0x01000193), second);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function fnv(start: number, text: string): number {
  let hash = start;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash;
}

function hex(counters: Int32Array): string {
  let value = 0;
  for (let bit = 0; bit < 32; bit++) if ((counters[bit] ?? 0) > 0) value |= 1 << bit;
  return (value >>> 0).toString(16).padStart(8, '0');
}
