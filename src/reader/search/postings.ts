import { BitReader, BitWriter } from './bits.ts';

/** The index's table of contents: how many documents there are and the first term of every shard. */
export interface Directory {
  docs: number;
  firsts: string[];
}

/** Documents of one term, in order. */
export interface Postings {
  term: string;
  docs: readonly number[];
}

/** Bits that a document number takes. */
function docWidth(docs: number): number {
  return Math.max(1, 32 - Math.clz32(Math.max(1, docs - 1)));
}

/** Rice parameter for gaps of a term in `df` of `docs` documents: near the best for evenly strewn documents. */
function riceWidth(docs: number, df: number): number {
  return Math.max(0, Math.floor(Math.log2((Math.max(1, docs) / df) * 0.69)));
}

function writeDocs(out: BitWriter, list: readonly number[], docs: number): void {
  if (list.length === 1) {
    out.put(list[0] ?? 0, docWidth(docs));
    return;
  }
  const width = riceWidth(docs, list.length);
  let before = -1;
  for (const doc of list) {
    const gap = doc - before - 1;
    out.unary(gap >>> width);
    out.put(gap, width);
    before = doc;
  }
}

function readDocs(reader: BitReader, df: number, docs: number): number[] {
  if (df === 1) return [reader.take(docWidth(docs))];
  const width = riceWidth(docs, df);
  const list: number[] = [];
  let before = -1;
  for (let n = 0; n < df; n++) {
    before += 1 + ((reader.unary() << width) | reader.take(width));
    list.push(before);
  }
  return list;
}

/** A shard: first all terms with their counts and lengths, then their documents. Terms come in code unit order. */
export function writeShard(terms: readonly Postings[], docs: number): string {
  const head = new BitWriter();
  const tail = new BitWriter();
  head.gamma(terms.length + 1);
  let before = '';
  for (const { term, docs: list } of terms) {
    writeTerm(head, before, term);
    head.gamma(list.length);
    const start = tail.length;
    writeDocs(tail, list, docs);
    if (list.length > 1) head.gamma(tail.length - start);
    before = term;
  }
  head.append(tail);
  return head.toString();
}

/** A term as what it has not in common with the one before it. */
function writeTerm(out: BitWriter, before: string, term: string): void {
  let common = 0;
  while (common < before.length && common < term.length && before[common] === term[common]) common++;
  out.gamma(common + 1);
  out.gamma(term.length - common);
  for (let at = common; at < term.length; at++) {
    const code = term.charCodeAt(at);
    // Terms are sorted, so where both have a unit at the first difference, this one's is the higher.
    if (at === common && at < before.length) out.gamma(code - before.charCodeAt(at));
    else if (code < 0x80) out.put(code, 8);
    else out.put(0x10000 | code, 17);
  }
}

function readTerm(reader: BitReader, before: string): string {
  const common = reader.gamma() - 1;
  const length = reader.gamma();
  let term = before.slice(0, common);
  for (let n = 0; n < length; n++) {
    if (n === 0 && common < before.length) term += String.fromCharCode(before.charCodeAt(common) + reader.gamma());
    else if (reader.take(1) === 0) term += String.fromCharCode(reader.take(7));
    else term += String.fromCharCode(reader.take(16));
  }
  return term;
}

/** A shard opened for asking. */
export class Shard {
  readonly #units: string;
  readonly #docs: number;
  readonly #terms: string[] = [];
  readonly #counts: number[] = [];
  readonly #offsets: number[] = [];

  constructor(units: string, docs: number) {
    this.#units = units;
    this.#docs = docs;
    const reader = new BitReader(units);
    const count = reader.gamma() - 1;
    let before = '';
    let offset = 0;
    for (let n = 0; n < count; n++) {
      before = readTerm(reader, before);
      const df = reader.gamma();
      this.#terms.push(before);
      this.#counts.push(df);
      this.#offsets.push(offset);
      offset += df === 1 ? docWidth(docs) : reader.gamma();
    }
    for (let n = 0; n < count; n++) this.#offsets[n] = (this.#offsets[n] ?? 0) + reader.at;
  }

  /** The documents of a term, or of all terms that begin with it, each once and in order. */
  find(term: string, prefix: boolean): number[] {
    let at = lowerBound(this.#terms, term);
    if (!prefix) return this.#terms[at] === term ? this.#read(at) : [];
    const all = new Set<number>();
    for (; this.#terms[at]?.startsWith(term); at++) for (const doc of this.#read(at)) all.add(doc);
    return [...all].sort((a, b) => a - b);
  }

  #read(at: number): number[] {
    return readDocs(new BitReader(this.#units, this.#offsets[at] ?? 0), this.#counts[at] ?? 0, this.#docs);
  }
}

/** First place whose string is not below the one sought. */
export function lowerBound(sorted: readonly string[], sought: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? '') < sought) low = middle + 1;
    else high = middle;
  }
  return low;
}
