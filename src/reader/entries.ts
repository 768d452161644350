import type { Health, LinkStatus, Occurrence, Reason, Status, Transition } from '../types.ts';
import type { Block } from './note.ts';
import { noteBlocks } from './note-markdown.ts';

/** One link as the list shows it. The same record is in the list's data for the browser. */
export interface Entry {
  /** Place of its first occurrence in the list, from 0; also the number the search index knows it by. */
  n: number;
  id: string;
  url: string;
  title: string;
  platform: string;
  health: Health;
  reason: Reason;
  since: string | null;
  lastAlive: string | null;
  author: string | null;
  published: string | null;
  /** When the kept copy was captured; null where there is none. */
  captured: string | null;
  versions: number;
  /** Reading time in minutes; 0 where there is no copy. */
  minutes: number;
}

/** A source file and one of its headings. */
export interface Group {
  file: string;
  heading: string | null;
}

/** One occurrence: a line of the list. */
export interface Row {
  entry: number;
  group: number;
  note: Block[];
}

/** The whole list as the maintainer wrote it. */
export interface List {
  entries: Entry[];
  groups: Group[];
  rows: Row[];
}

interface Placed {
  link: LinkStatus;
  at: Occurrence;
}

/** Puts every occurrence in its place: by file, then line and column. Order depends on nothing else. */
export function buildList(status: Status): List {
  const placed: Placed[] = [];
  for (const link of status.links) for (const at of link.occurrences) placed.push({ link, at });
  placed.sort((a, b) => compare(a.at.file, b.at.file) || a.at.line - b.at.line || a.at.column - b.at.column);
  const list: List = { entries: [], groups: [], rows: [] };
  const numbers = new Map<string, number>();
  const groups = new Map<string, number>();
  for (const { link, at } of placed) {
    let entry = numbers.get(link.id);
    if (entry === undefined) {
      entry = list.entries.length;
      numbers.set(link.id, entry);
      list.entries.push(entryOf(link, entry, at));
    }
    const key = JSON.stringify([at.file, at.heading]);
    let group = groups.get(key);
    if (group === undefined) {
      group = list.groups.length;
      groups.set(key, group);
      list.groups.push({ file: at.file, heading: at.heading?.replace(DIRECTION_MARKS, '') ?? null });
    }
    list.rows.push({ entry, group, note: at.note === null ? [] : noteBlocks(at.note) });
  }
  // A heading may come back further down in a file; its rows are shown together.
  list.rows = list.rows
    .map((row, place) => ({ row, place }))
    .sort((a, b) => a.row.group - b.row.group || a.place - b.place)
    .map(({ row }) => row);
  return list;
}

function entryOf(link: LinkStatus, n: number, at: Occurrence): Entry {
  const { id, url, platform, health, reason, since, lastAlive, author, published, snapshot } = link;
  const title = firstText(link.title, at.text) ?? url;
  const captured = snapshot?.capturedAt ?? null;
  return {
    n,
    id,
    url,
    title,
    platform,
    health,
    reason,
    since,
    lastAlive,
    author,
    published,
    captured,
    versions: snapshot?.versions ?? 0,
    minutes: 0,
  };
}

/** Marks that turn the direction of the text behind them, beyond the title they stand in. */
const DIRECTION_MARKS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

function firstText(...texts: (string | null)[]): string | null {
  for (const text of texts) {
    const clean = text?.replace(DIRECTION_MARKS, '').replace(/\s+/g, ' ').trim() ?? '';
    if (clean !== '') return clean;
  }
  return null;
}

/** Code unit order: the same on every machine. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * Minutes to read a text, at least 1: 400 Chinese characters or 220 words of other scripts a minute, about what
 * studies of silent reading find for both.
 */
export function readingMinutes(text: string): number {
  let dense = 0;
  let words = 0;
  for (let at = 0; at < text.length; ) {
    const kind = kindAt(text, at);
    if (kind & DENSE) {
      for (; kindAt(text, at) & DENSE; at += unitsAt(text, at)) dense += unitsAt(text, at);
    } else if (kind & WORD) {
      words++;
      for (let length = 0; length < LONGEST_WORD && kindAt(text, at) & WORD; length++) at += unitsAt(text, at);
    } else at++;
  }
  return Math.max(1, Math.round(dense / 400 + words / 220));
}

/** A longer run of letters and digits is more than one word to read. */
const LONGEST_WORD = 40;
/** Kinds of a character: a letter or digit, and one of a script that is counted by characters. */
const WORD = 1;
const DENSE = 2;
const IS_WORD = /^[\p{L}\p{N}]/u;
const IS_DENSE = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
/** Kinds of the characters up to U+FFFF that were met, and 4 where that is known. */
const kinds = new Uint8Array(0x10000);

function kindAt(text: string, at: number): number {
  const point = text.codePointAt(at) ?? 0;
  const known = kinds[point] ?? 0;
  if (known !== 0) return known;
  const sign = String.fromCodePoint(point);
  const kind = (IS_WORD.test(sign) ? WORD : 0) | (IS_DENSE.test(sign) ? DENSE : 0) | 4;
  if (point < kinds.length) kinds[point] = kind;
  return kind;
}

/** UTF-16 units of the character at a place. */
function unitsAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xd800 && code < 0xdc00 && (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}

/**
 * When the archive last had news, ISO 8601: the latest change or observation. The reader shows this and not the run's
 * own time, so that a night without news changes none of its files.
 */
export function lastNews(status: Status, changes: readonly Transition[]): string {
  let latest = '';
  for (const { at } of changes) if (at > latest) latest = at;
  for (const { checkedAt } of status.links) if (checkedAt !== null && checkedAt > latest) latest = checkedAt;
  return latest === '' ? status.run.finishedAt : latest;
}

/** What is new: links that died or came back in the last days before the latest news and are still so, latest first. */
export function news(
  status: Status,
  changes: readonly Transition[],
  days = 14,
): { dead: Transition[]; recovered: Transition[] } {
  const since = Date.parse(lastNews(status, changes)) - days * 86_400_000;
  const present = new Map(status.links.map((link) => [link.id, link.health]));
  const latest = new Map<string, Transition>();
  for (const change of changes) latest.set(change.id, change);
  const fresh = [...latest.values()].filter(
    (change) => Date.parse(change.at) >= since && present.get(change.id) === change.to,
  );
  fresh.sort((a, b) => compare(b.at, a.at) || compare(a.id, b.id));
  return {
    dead: fresh.filter((change) => change.to === 'dead'),
    recovered: fresh.filter(
      (change) => change.to === 'healthy' && (change.from === 'dead' || change.from === 'suspect'),
    ),
  };
}

/** A short hash (FNV-1a, 32 bits, hex) of the order of the links: the search index knows them by their places in it. */
export function fingerprint(list: List): string {
  let hash = 0x811c9dc5;
  for (const { id } of list.entries) {
    for (let at = 0; at <= id.length; at++)
      hash = Math.imul(hash ^ (at < id.length ? id.charCodeAt(at) : 10), 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}
