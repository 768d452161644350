import { type Directory, type Postings, writeShard } from './postings.ts';
import { eachTerm, fold } from './terms.ts';

/** About so many code units a shard: 64 KiB in the file, a few milliseconds to open. */
const SHARD_UNITS = 32 * 1024;
const SHARD_BITS = SHARD_UNITS * 15;
/** Numbers in one piece of what was seen: 1 MiB. */
const PIECE = 1 << 18;

/** Gathers the terms of documents, which come one by one in the order of their numbers, and writes the shards. */
export class IndexBuilder {
  readonly #pairs = new PairNumbers();
  readonly #words = new Map<string, number>();
  #terms = 0;
  /** Last document in which a term was seen, so that it counts once a document. */
  #last = new Int32Array(1 << 16).fill(-1);
  /** The terms of all documents, one document after the other, in pieces that are never copied. */
  readonly #seen: Uint32Array[] = [];
  /** The last of them, and how much of it is used. */
  #piece = new Uint32Array(0);
  #used = PIECE;
  readonly #docs: { doc: number; terms: number }[] = [];

  /** Adds a document; its number must be above those before it. */
  add(doc: number, text: string): void {
    const counted = { doc, terms: 0 };
    this.#docs.push(counted);
    eachTerm(fold(text), {
      pair: (first, second) => {
        const number = this.#pairs.numberOf((first << 16) | second, this.#terms);
        this.#note(number, counted);
      },
      word: (term) => {
        let number = this.#words.get(term);
        if (number === undefined) {
          number = this.#terms;
          // A slice of a long text would keep the whole text in memory.
          this.#words.set(Array.from({ length: term.length }, (_, at) => term.charAt(at)).join(''), number);
        }
        this.#note(number, counted);
      },
    });
  }

  #note(number: number, counted: { doc: number; terms: number }): void {
    if (number === this.#terms) this.#terms++;
    if (number >= this.#last.length) {
      const larger = new Int32Array(this.#last.length * 2).fill(-1);
      larger.set(this.#last);
      this.#last = larger;
    }
    if (this.#last[number] === counted.doc) return;
    this.#last[number] = counted.doc;
    if (this.#used === PIECE) {
      this.#piece = new Uint32Array(PIECE);
      this.#seen.push(this.#piece);
      this.#used = 0;
    }
    this.#piece[this.#used++] = number;
    counted.terms++;
  }

  /** The shards in order of their terms, and the directory last: it is known only then. */
  *finish(docs: number): Generator<{ shard: number; units: string } | { directory: Directory }> {
    const directory: Directory = { docs, firsts: [] };
    let pending: Postings[] = [];
    let bits = 0;
    for (const postings of this.#sorted()) {
      pending.push(postings);
      bits += 12 + estimate(docs, postings.docs.length);
      if (bits < SHARD_BITS) continue;
      yield closeShard(directory, pending);
      pending = [];
      bits = 0;
    }
    if (pending.length > 0) yield closeShard(directory, pending);
    yield { directory };
  }

  /** All postings by term in code unit order. */
  *#sorted(): Generator<Postings> {
    const ends = new Uint32Array(this.#terms + 1);
    for (const number of this.#noted()) count(ends, number + 1);
    let sum = 0;
    for (const [at, size] of ends.entries()) {
      sum += size;
      ends[at] = sum;
    }
    // From here on where the next document of each term goes: in the end, where the documents of the next term begin.
    const docs = new Uint32Array(sum);
    const noted = this.#noted();
    for (const { doc, terms } of this.#docs) {
      for (let left = terms; left > 0; left--) {
        const number = noted.next().value ?? 0;
        docs[count(ends, number)] = doc;
      }
    }
    for (const [term, number] of this.#inOrder()) {
      yield { term, docs: [...docs.subarray(number === 0 ? 0 : ends[number - 1], ends[number])] };
    }
  }

  /** All that was noted, in order. */
  *#noted(): Generator<number, undefined> {
    for (const piece of this.#seen) {
      const length = piece === this.#piece ? this.#used : PIECE;
      for (const number of piece.subarray(0, length)) yield number;
    }
    return undefined;
  }

  /** Terms and their numbers in code unit order: words and pairs, each sorted by itself, taken together. */
  *#inOrder(): Generator<[string, number]> {
    const words = [...this.#words].sort((a, b) => (a[0] < b[0] ? -1 : 1));
    let next = 0;
    for (const key of this.#pairs.keys()) {
      const pair = String.fromCharCode(key >>> 16, key & 0xffff);
      for (let word = words[next]; word !== undefined && word[0] < pair; word = words[++next]) yield word;
      yield [pair, this.#pairs.numberOf(key | 0, 0)];
    }
    yield* words.slice(next);
  }
}

/** Counts one up; gives what it was before. */
function count(counts: Uint32Array, at: number): number {
  const before = counts[at] ?? 0;
  counts[at] = before + 1;
  return before;
}

function estimate(docs: number, df: number): number {
  return df * (2 + Math.max(0, Math.log2(docs / df)));
}

function closeShard(directory: Directory, terms: readonly Postings[]): { shard: number; units: string } {
  directory.firsts.push(terms[0]?.term ?? '');
  return { shard: directory.firsts.length - 1, units: writeShard(terms, directory.docs) };
}

/** Numbers of pairs, by their two code units in one number: a table with open addressing, a tenth of a Map in memory. */
class PairNumbers {
  /** Pairs; 0 is a free place, for no pair of dense script is 0. */
  #pairs = new Int32Array(1 << 16);
  #numbers = new Uint32Array(1 << 16);
  #size = 0;

  /** The number of a pair; `fresh` becomes the number of one that was not there. */
  numberOf(pair: number, fresh: number): number {
    const at = this.#placeOf(pair);
    if (this.#pairs[at] === pair) return this.#numbers[at] ?? 0;
    this.#pairs[at] = pair;
    this.#numbers[at] = fresh;
    this.#size++;
    if (this.#size * 2 > this.#pairs.length) this.#grow();
    return fresh;
  }

  /** All pairs, as unsigned numbers, in order. */
  keys(): Uint32Array {
    return new Uint32Array(this.#pairs.filter((pair) => pair !== 0)).sort();
  }

  #placeOf(pair: number): number {
    const mask = this.#pairs.length - 1;
    let at = (Math.imul(pair, 0x9e3779b1) >>> 7) & mask;
    while (this.#pairs[at] !== 0 && this.#pairs[at] !== pair) at = (at + 1) & mask;
    return at;
  }

  #grow(): void {
    const pairs = this.#pairs;
    const numbers = this.#numbers;
    this.#pairs = new Int32Array(pairs.length * 2);
    this.#numbers = new Uint32Array(pairs.length * 2);
    for (const [from, pair] of pairs.entries()) {
      if (pair === 0) continue;
      const at = this.#placeOf(pair);
      this.#pairs[at] = pair;
      this.#numbers[at] = numbers[from] ?? 0;
    }
  }
}
