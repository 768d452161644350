import { type Directory, type Postings, writeShard } from './postings.ts';
import { eachTerm, fold } from './terms.ts';

/** About so many code units a shard: 64 KiB in the file, a few milliseconds to open. */
const SHARD_UNITS = 32 * 1024;
const SHARD_BITS = SHARD_UNITS * 15;

/** Gathers the terms of documents, which come one by one in the order of their numbers, and writes the shards. */
export class IndexBuilder {
  /** Numbers of the terms: pairs by their two code units in one number, others by themselves. */
  readonly #ofPairs = new Map<number, number>();
  readonly #ofWords = new Map<string, number>();
  /** Last document in which a term was seen, so that it counts once a document. */
  #last = new Int32Array(1 << 16).fill(-1);
  /** Term and document in turn. */
  #seen = new Uint32Array(1 << 18);
  #used = 0;

  /** Adds a document; its number must be above those before it. */
  add(doc: number, text: string): void {
    eachTerm(fold(text), {
      pair: (first, second) => {
        const key = first * 0x10000 + second;
        let number = this.#ofPairs.get(key);
        if (number === undefined) {
          number = this.#size;
          this.#ofPairs.set(key, number);
        }
        this.#note(number, doc);
      },
      word: (term) => {
        let number = this.#ofWords.get(term);
        if (number === undefined) {
          number = this.#size;
          // A slice of a long text would keep the whole text in memory.
          this.#ofWords.set(Array.from({ length: term.length }, (_, at) => term.charAt(at)).join(''), number);
        }
        this.#note(number, doc);
      },
    });
  }

  get #size(): number {
    return this.#ofPairs.size + this.#ofWords.size;
  }

  #note(number: number, doc: number): void {
    if (number >= this.#last.length) this.#growTerms();
    if (this.#last[number] === doc) return;
    this.#last[number] = doc;
    if (this.#used + 2 > this.#seen.length) this.#growSeen();
    this.#seen[this.#used++] = number;
    this.#seen[this.#used++] = doc;
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
    const counts = new Uint32Array(this.#size + 1);
    for (let at = 0; at < this.#used; at += 2) count(counts, (this.#seen[at] ?? 0) + 1);
    for (let at = 1; at < counts.length; at++) counts[at] = (counts[at] ?? 0) + (counts[at - 1] ?? 0);
    const place = counts.slice();
    const docs = new Uint32Array(this.#used / 2);
    for (let at = 0; at < this.#used; at += 2) {
      const number = this.#seen[at] ?? 0;
      docs[place[number] ?? 0] = this.#seen[at + 1] ?? 0;
      count(place, number);
    }
    for (const [term, number] of this.#terms()) {
      yield { term, docs: [...docs.subarray(counts[number] ?? 0, counts[number + 1] ?? 0)] };
    }
  }

  /** Terms and their numbers in code unit order. */
  #terms(): [string, number][] {
    const terms: [string, number][] = [...this.#ofWords];
    for (const [key, number] of this.#ofPairs) terms.push([String.fromCharCode(key >>> 16, key & 0xffff), number]);
    return terms.sort((a, b) => (a[0] < b[0] ? -1 : 1));
  }

  #growTerms(): void {
    const larger = new Int32Array(this.#last.length * 2).fill(-1);
    larger.set(this.#last);
    this.#last = larger;
  }

  #growSeen(): void {
    const larger = new Uint32Array(this.#seen.length * 2);
    larger.set(this.#seen);
    this.#seen = larger;
  }
}

function count(counts: Uint32Array, at: number): void {
  counts[at] = (counts[at] ?? 0) + 1;
}

function estimate(docs: number, df: number): number {
  return df * (2 + Math.max(0, Math.log2(docs / df)));
}

function closeShard(directory: Directory, terms: readonly Postings[]): { shard: number; units: string } {
  directory.firsts.push(terms[0]?.term ?? '');
  return { shard: directory.firsts.length - 1, units: writeShard(terms, directory.docs) };
}
