import { BitReader, BitWriter } from './bits.ts';
import { isDense } from './terms.ts';

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

/** Terms that share one length in the head; the documents of those before are read past. */
const BLOCK = 16;

/** A stretch of terms whose documents follow each other in the tail: a first character's pairs, or a block of words. */
interface Group {
  terms: readonly Postings[];
}

/**
 * A shard: a head with all terms and how many documents each has, then a tail with the documents. Words are written as
 * what they have not in common with the word before; pairs by first character, the second ones as gaps in the list of
 * all that occur in the shard, which costs half of what gaps between code points would. Terms come in code unit order.
 */
export function writeShard(terms: readonly Postings[], docs: number): string {
  const head = new BitWriter();
  const tail = new BitWriter();
  const pairs = terms.filter(({ term }) => isPair(term));
  const words = terms.filter(({ term }) => !isPair(term));
  head.gamma(words.length + 1);
  for (let at = 0; at < words.length; at += BLOCK) {
    const block = words.slice(at, at + BLOCK);
    for (const [inside, { term }] of block.entries()) writeTerm(head, words[at + inside - 1]?.term ?? '', term);
    writeGroup(head, tail, { terms: block }, docs);
  }
  writePairs(head, tail, pairs, docs);
  head.append(tail);
  return head.toString();
}

function isPair(term: string): boolean {
  return term.length === 2 && isDense(term.charCodeAt(0));
}

function writePairs(head: BitWriter, tail: BitWriter, pairs: readonly Postings[], docs: number): void {
  const seconds = [...new Set(pairs.map(({ term }) => term.charCodeAt(1)))].sort((a, b) => a - b);
  const rank = new Map(seconds.map((unit, at) => [unit, at]));
  writeRising(head, seconds);
  const groups = new Map<number, Postings[]>();
  for (const pair of pairs) {
    const first = pair.term.charCodeAt(0);
    const known = groups.get(first);
    if (known === undefined) groups.set(first, [pair]);
    else known.push(pair);
  }
  writeRising(head, [...groups.keys()]);
  for (const terms of groups.values()) {
    head.gamma(terms.length);
    writeDocs(
      head,
      terms.map(({ term }) => rank.get(term.charCodeAt(1)) ?? 0),
      seconds.length,
    );
    writeGroup(head, tail, { terms }, docs);
  }
}

/** Numbers that rise, as gaps. */
function writeRising(out: BitWriter, list: readonly number[]): void {
  out.gamma(list.length + 1);
  let before = 0;
  for (const value of list) {
    out.gamma(value - before + 1);
    before = value;
  }
}

function readRising(reader: BitReader): number[] {
  const list: number[] = [];
  let before = 0;
  for (let left = reader.gamma() - 1; left > 0; left--) {
    before += reader.gamma() - 1;
    list.push(before);
  }
  return list;
}

/** The counts of a group's terms and the length of its documents to the head, the documents to the tail. */
function writeGroup(head: BitWriter, tail: BitWriter, { terms }: Group, docs: number): void {
  const start = tail.length;
  for (const { docs: list } of terms) {
    head.gamma(list.length);
    writeDocs(tail, list, docs);
  }
  head.gamma(tail.length - start + 1);
}

/** A term as what it has not in common with the one before it. */
function writeTerm(out: BitWriter, before: string, term: string): void {
  let common = 0;
  while (common < before.length && common < term.length && before[common] === term[common]) common++;
  out.gamma(common + 1);
  out.gamma(term.length - common);
  for (let at = common; at < term.length; at++) {
    const code = term.charCodeAt(at);
    if (code < 0x80) out.put(code, 8);
    else out.put(0x10000 | code, 17);
  }
}

function readTerm(reader: BitReader, before: string): string {
  const common = reader.gamma() - 1;
  let term = before.slice(0, common);
  for (let left = reader.gamma(); left > 0; left--) {
    term += String.fromCharCode(reader.take(1) === 0 ? reader.take(7) : reader.take(16));
  }
  return term;
}

/** A shard opened for asking. */
export class Shard {
  readonly #units: string;
  readonly #docs: number;
  /** Words first, then pairs; each part is in order. */
  readonly #words: string[] = [];
  readonly #pairs: string[] = [];
  /** Of each term, words before pairs: how many documents it has, and where its group's documents begin. */
  readonly #counts: number[] = [];
  readonly #starts: number[] = [];
  #tail = 0;

  constructor(units: string, docs: number) {
    this.#units = units;
    this.#docs = docs;
    const reader = new BitReader(units);
    const words = reader.gamma() - 1;
    for (let at = 0; at < words; at += BLOCK) {
      const length = Math.min(BLOCK, words - at);
      for (let n = 0; n < length; n++) this.#words.push(readTerm(reader, this.#words[this.#words.length - 1] ?? ''));
      this.#openGroup(reader, length);
    }
    const seconds = readRising(reader);
    for (const first of readRising(reader)) {
      const length = reader.gamma();
      for (const rank of readDocs(reader, length, seconds.length)) {
        this.#pairs.push(String.fromCharCode(first, seconds[rank] ?? 0));
      }
      this.#openGroup(reader, length);
    }
    const head = reader.at;
    this.#starts = this.#starts.map((start) => start + head);
  }

  #openGroup(reader: BitReader, length: number): void {
    for (let n = 0; n < length; n++) {
      this.#counts.push(reader.gamma());
      this.#starts.push(this.#tail);
    }
    this.#tail += reader.gamma() - 1;
  }

  /** The documents of a term, or of all terms that begin with it, each once and in order. */
  find(term: string, prefix: boolean): number[] {
    const all = new Set<number>();
    for (const [list, offset] of [
      [this.#words, 0],
      [this.#pairs, this.#words.length],
    ] as const) {
      let at = lowerBound(list, term);
      for (; at < list.length && (prefix ? list[at]?.startsWith(term) : list[at] === term); at++) {
        for (const doc of this.#read(offset + at)) all.add(doc);
      }
    }
    return [...all].sort((a, b) => a - b);
  }

  /** Documents of a term: those of its group that come before are read past. */
  #read(at: number): number[] {
    const start = this.#starts[at] ?? 0;
    const reader = new BitReader(this.#units, start);
    let before = at;
    while (before > 0 && this.#starts[before - 1] === start) before--;
    for (; before < at; before++) readDocs(reader, this.#counts[before] ?? 0, this.#docs);
    return readDocs(reader, this.#counts[at] ?? 0, this.#docs);
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
