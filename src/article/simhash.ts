/**
 * SimHash (Charikar 2002): texts that share most of their wording differ in few of 64 bits.
 * Features are pairs of neighbouring tokens; a token is one CJK character or a run of other letters and digits,
 * so Chinese is compared by character bigrams and Latin text by word bigrams.
 */

/** More text than this adds nothing to the comparison; characters. */
export const SIMHASH_CHARS = 200_000;
/** A run of letters and digits is cut after so many characters. */
const LONGEST = 64;
const LETTER_OR_DIGIT = /^[\p{L}\p{N}]$/u;

const BEYOND_ASCII = /[^\0-\x7f]/;

const HIGH = 0x811c9dc5;
const LOW = 0x01000193;

/** The SimHash of a text as 16 hex digits; a text without a letter or digit gives sixteen zeros. */
export function simhash(text: string): string {
  const sample = text.length > SIMHASH_CHARS ? text.slice(0, SIMHASH_CHARS) : text;
  const folded = (BEYOND_ASCII.test(sample) ? sample.normalize('NFKC') : sample).toLowerCase();
  const high = new Votes();
  const low = new Votes();
  // The hash of the token before, to be gone on with.
  let highBefore = HIGH;
  let lowBefore = LOW;
  for (let at = 0; at < folded.length; ) {
    const end = tokenEnd(folded, at);
    if (end === at) {
      at++;
      continue;
    }
    high.add(mixed(fnv(Math.imul(highBefore ^ 1, 0x01000193), folded, at, end)));
    low.add(mixed(fnv(Math.imul(lowBefore ^ 1, 0x01000193), folded, at, end)));
    highBefore = fnv(HIGH, folded, at, end);
    lowBefore = fnv(LOW, folded, at, end);
    at = end;
  }
  return high.hex() + low.hex();
}

/** Where the token that begins at `from` ends; `from` itself where none begins there. */
function tokenEnd(text: string, from: number): number {
  if (isCjk(text.charCodeAt(from))) return from + 1;
  let at = from;
  for (let length = 0; length < LONGEST && at < text.length; length++) {
    const step = stepOver(text, at);
    if (step === 0) break;
    at += step;
  }
  return at;
}

/** How many UTF-16 units the letter or digit at a place has; 0 where there is none. */
function stepOver(text: string, at: number): 0 | 1 | 2 {
  const code = text.charCodeAt(at);
  if (code < 0x80)
    return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || (code >= 65 && code <= 90) ? 1 : 0;
  if (code >= 0x4e00 && code <= 0x9fa5) return 1;
  const point = text.codePointAt(at) ?? code;
  return LETTER_OR_DIGIT.test(String.fromCodePoint(point)) ? (point > 0xffff ? 2 : 1) : 0;
}

function isCjk(code: number): boolean {
  if (code < 0x3040) return false;
  if (code <= 0x9fff) return code >= 0x4e00 || code <= 0x30ff || (code >= 0x3400 && code <= 0x4dbf);
  return (code >= 0xac00 && code <= 0xd7af) || (code >= 0xf900 && code <= 0xfaff);
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

/** The finaliser of MurmurHash3, so that every bit depends on every unit hashed. */
function mixed(value: number): number {
  let hash = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

/** FNV-1a over the UTF-16 units of a part of a text. */
function fnv(start: number, text: string, from: number, to: number): number {
  let hash = start;
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash;
}

/** So many hashes are counted in planes before they are counted one by one. */
const BATCH = 255;

/**
 * Counts for each of 32 bits in how many hashes it is set. The counts stand in eight planes first, one bit of every
 * count in each: adding a hash carries through two of them on average, where counting bit by bit takes 32 steps.
 */
class Votes {
  readonly #planes = new Int32Array(8);
  readonly #counts = new Int32Array(32);
  #pending = 0;
  #total = 0;

  add(hash: number): void {
    let carry = hash;
    for (let plane = 0; carry !== 0; plane++) {
      const before = this.#planes[plane] ?? 0;
      this.#planes[plane] = before ^ carry;
      carry &= before;
    }
    this.#total++;
    if (++this.#pending === BATCH) this.#flush();
  }

  #flush(): void {
    for (const [plane, bits] of this.#planes.entries()) {
      for (let bit = 0; bit < 32; bit++) {
        if ((bits >>> bit) & 1) this.#counts[bit] = (this.#counts[bit] ?? 0) + (1 << plane);
      }
    }
    this.#planes.fill(0);
    this.#pending = 0;
  }

  /** The bits that most hashes have set, as 8 hex digits. */
  hex(): string {
    this.#flush();
    let value = 0;
    for (const [bit, count] of this.#counts.entries()) if (count * 2 > this.#total) value |= 1 << bit;
    return (value >>> 0).toString(16).padStart(8, '0');
  }
}
