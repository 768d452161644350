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

/** Words in one group; and terms of a group between two lengths, so that few documents are read past to come to one. */
const GROUP = 64;

/** Terms that are found and read together: some words that follow each other, or all pairs that begin with one character. */
interface Group {
  head: BitWriter;
  tail: BitWriter;
}

/**
 * A shard: first where each group's terms and documents lie, then the terms of all groups and how many documents each
 * has, then the documents. So one term costs the reading of one group. Words are written as what they have not in
 * common with the word before; of pairs the second characters as gaps in the list of all that occur in the shard, which
 * costs half of what gaps between code points would. Terms come in code unit order.
 */
export function writeShard(terms: readonly Postings[], docs: number): string {
  const out = new BitWriter();
  const words = terms.filter(({ term }) => !isPair(term));
  const wordGroups: Group[] = [];
  for (let at = 0; at < words.length; at += GROUP) wordGroups.push(writeWords(words.slice(at, at + GROUP), docs));
  const pairs = terms.filter(({ term }) => isPair(term));
  const seconds = [...new Set(pairs.map(({ term }) => term.charCodeAt(1)))].sort((a, b) => a - b);
  const byFirst = new Map<number, Postings[]>();
  for (const pair of pairs) {
    const known = byFirst.get(pair.term.charCodeAt(0));
    if (known === undefined) byFirst.set(pair.term.charCodeAt(0), [pair]);
    else known.push(pair);
  }
  const rank = new Map(seconds.map((unit, at) => [unit, at]));
  const pairGroups = [...byFirst.values()].map((group) => writePairs(group, rank, docs));
  const groups = [...wordGroups, ...pairGroups];
  out.gamma(wordGroups.length + 1);
  writeRising(out, [...byFirst.keys()]);
  for (const { head, tail } of groups) {
    out.gamma(head.length + 1);
    out.gamma(tail.length + 1);
  }
  writeRising(out, seconds);
  for (const { head } of groups) out.append(head);
  for (const { tail } of groups) out.append(tail);
  return out.toString();
}

function isPair(term: string): boolean {
  return term.length === 2 && isDense(term.charCodeAt(0));
}

function writeWords(terms: readonly Postings[], docs: number): Group {
  const head = new BitWriter();
  head.gamma(terms.length);
  for (const [at, { term }] of terms.entries()) writeTerm(head, terms[at - 1]?.term ?? '', term);
  return { head, tail: writeLists(head, terms, docs) };
}

function writePairs(terms: readonly Postings[], rank: ReadonlyMap<number, number>, docs: number): Group {
  const head = new BitWriter();
  head.gamma(terms.length);
  writeDocs(
    head,
    terms.map(({ term }) => rank.get(term.charCodeAt(1)) ?? 0),
    rank.size,
  );
  return { head, tail: writeLists(head, terms, docs) };
}

/** The documents of a group's terms; how many each has goes to the head, and a length between every so many terms. */
function writeLists(head: BitWriter, terms: readonly Postings[], docs: number): BitWriter {
  const tail = new BitWriter();
  for (let at = 0; at < terms.length; at += GROUP) {
    const start = tail.length;
    for (const { docs: list } of terms.slice(at, at + GROUP)) {
      head.gamma(list.length);
      writeDocs(tail, list, docs);
    }
    if (at + GROUP < terms.length) head.gamma(tail.length - start + 1);
  }
  return tail;
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

/** A shard opened for asking; of its terms only the groups that are asked for are read. */
export class Shard {
  readonly #units: string;
  readonly #docs: number;
  /** First characters of the groups of pairs, in order. */
  readonly #firsts: number[];
  /** Second characters of all pairs, in order. */
  readonly #seconds: number[];
  /** How many groups of words stand before those of pairs. */
  readonly #words: number;
  /** Bits at which the head and the tail of each group begin. */
  readonly #heads: number[] = [];
  readonly #tails: number[] = [];

  constructor(units: string, docs: number) {
    this.#units = units;
    this.#docs = docs;
    const reader = new BitReader(units);
    this.#words = reader.gamma() - 1;
    this.#firsts = readRising(reader);
    let heads = 0;
    let tails = 0;
    for (let left = this.#words + this.#firsts.length; left > 0; left--) {
      this.#heads.push(heads);
      this.#tails.push(tails);
      heads += reader.gamma() - 1;
      tails += reader.gamma() - 1;
    }
    this.#seconds = readRising(reader);
    const start = reader.at;
    this.#heads = this.#heads.map((at) => at + start);
    this.#tails = this.#tails.map((at) => at + start + heads);
  }

  /** The documents of a term, or of all terms that begin with it, each once and in order. */
  find(term: string, prefix: boolean): number[] {
    const found: number[][] = [];
    for (let group = this.#wordGroup(term); group < this.#words; group++) {
      const { names, reader } = this.#openWords(group);
      if (!prefix && names[0] !== undefined && names[0] > term) break;
      const chosen = names.map((name) => (prefix ? name.startsWith(term) : name === term));
      if (chosen.includes(true)) found.push(...this.#lists(group, reader, chosen));
      else if (names[0] !== undefined && names[0] > term) break;
    }
    const pair = this.#firsts.indexOf(term.charCodeAt(0));
    if (pair >= 0 && (term.length === 2 || (prefix && term.length === 1))) {
      const group = this.#words + pair;
      const reader = this.#headOf(group);
      const second = term.charCodeAt(1);
      const ranks = readDocs(reader, reader.gamma(), this.#seconds.length);
      const chosen = ranks.map((rank) => term.length === 1 || this.#seconds[rank] === second);
      if (chosen.includes(true)) found.push(...this.#lists(group, reader, chosen));
    }
    return union(found, this.#docs);
  }

  /** The last group of words whose first word is not above the one sought; the first one where there is none. */
  #wordGroup(term: string): number {
    let low = 0;
    let high = this.#words;
    while (low < high) {
      const middle = (low + high) >> 1;
      const reader = this.#headOf(middle);
      reader.gamma();
      if (readTerm(reader, '') <= term) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, low - 1);
  }

  #openWords(group: number): { names: string[]; reader: BitReader } {
    const reader = this.#headOf(group);
    const names: string[] = [];
    for (let left = reader.gamma(); left > 0; left--) names.push(readTerm(reader, names[names.length - 1] ?? ''));
    return { names, reader };
  }

  #headOf(group: number): BitReader {
    return new BitReader(this.#units, this.#heads[group]);
  }

  /** The documents of the chosen terms of a group; the reader stands behind their names. Those between are read past. */
  #lists(group: number, head: BitReader, chosen: readonly boolean[]): number[][] {
    const lists: number[][] = [];
    let start = this.#tails[group] ?? 0;
    for (let at = 0; at < chosen.length; at += GROUP) {
      const wanted = chosen.slice(at, at + GROUP);
      const counts = wanted.map(() => head.gamma());
      const reader = new BitReader(this.#units, start);
      for (const [n, count] of counts.slice(0, wanted.lastIndexOf(true) + 1).entries()) {
        const list = readDocs(reader, count, this.#docs);
        if (wanted[n] === true) lists.push(list);
      }
      if (at + GROUP < chosen.length) start += head.gamma() - 1;
    }
    return lists;
  }
}

/** All documents of some lists, each once and in order. */
function union(lists: readonly number[][], docs: number): number[] {
  if (lists.length <= 1) return lists[0] ?? [];
  const seen = new Uint8Array(docs);
  for (const list of lists) for (const doc of list) seen[doc] = 1;
  const all: number[] = [];
  for (const [doc, is] of seen.entries()) if (is === 1) all.push(doc);
  return all;
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
