import type { Entry, Group, List, Row } from './entries.ts';

/** Lines of the list in one shard of its data. */
export const SHARD_ROWS = 1000;

/** The list's table of contents for the browser. */
export interface ListMeta {
  groups: Group[];
  shards: number;
  rows: number;
  entries: number;
  /** How many of the links have a kept copy. */
  kept: number;
}

/** The fields of an entry in the order in which its data has them, and what each may hold. */
const FIELDS: Readonly<Record<keyof Entry, 'number' | 'string' | 'string or null'>> = {
  n: 'number',
  id: 'string',
  url: 'string',
  title: 'string',
  platform: 'string',
  health: 'string',
  reason: 'string',
  since: 'string or null',
  lastAlive: 'string or null',
  author: 'string or null',
  published: 'string or null',
  captured: 'string or null',
  versions: 'number',
  minutes: 'number',
};
const NAMES = Object.keys(FIELDS) as (keyof Entry)[];

/** An entry without names. */
export type PackedEntry = readonly Entry[keyof Entry][];

/** A line without names: entry, group, and the note where there is one. */
export type PackedRow = [entry: number, group: number] | [entry: number, group: number, note: Row['note']];

export interface ListShard {
  entries: PackedEntry[];
  rows: PackedRow[];
}

function packEntry(entry: Entry): PackedEntry {
  return NAMES.map((name) => entry[name]);
}

/** An entry from its data; null where that is none. */
export function unpackEntry(packed: PackedEntry): Entry | null {
  const entry = Object.fromEntries(NAMES.map((name, at) => [name, packed[at] ?? null]));
  return isEntry(entry) ? entry : null;
}

function isEntry(fields: object): fields is Entry {
  return Object.entries(fields).every(
    ([name, value]) =>
      (value === null ? 'string or null' : typeof value) === FIELDS[name as keyof Entry] ||
      (typeof value === 'string' && FIELDS[name as keyof Entry] === 'string or null'),
  );
}

export function unpackRow([entry, group, note]: PackedRow): Row {
  return { entry, group, note: note ?? [] };
}

/** The shards of the list: the lines of each, and the entries that are met there for the first time. */
export function* listShards(list: List): Generator<ListShard> {
  const earlier = new Uint8Array(list.entries.length);
  for (let start = 0; start < list.rows.length; start += SHARD_ROWS) {
    const rows = list.rows.slice(start, start + SHARD_ROWS);
    const entries: PackedEntry[] = [];
    for (const { entry } of rows) {
      const found = list.entries[entry];
      if (earlier[entry] === 1 || found === undefined) continue;
      earlier[entry] = 1;
      entries.push(packEntry(found));
    }
    yield {
      entries,
      rows: rows.map((row) => (row.note.length === 0 ? [row.entry, row.group] : [row.entry, row.group, row.note])),
    };
  }
}

/** Kinds of data files. A page opened from disk cannot read files, but it can run a script that hands its data over. */
export type DataKind = 'meta' | 'list' | 'directory' | 'search' | 'page';

/** A data file for the browser: a call of the one global function, with JSON that is also safe as a script. */
export function dataScript(kind: DataKind, key: number, value: unknown): string {
  const json = JSON.stringify(value).replace(
    /[<\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `__linkark("${kind}",${key},${json})\n`;
}

/** The same for bit strings: UTF-16 with a byte order mark, which browsers heed above all else. */
export function bitsScript(kind: DataKind, key: number, units: string): Uint8Array {
  const script = `\ufeff__linkark("${kind}",${key},"${units}")\n`;
  const bytes = new Uint8Array(script.length * 2);
  for (let at = 0; at < script.length; at++) {
    const code = script.charCodeAt(at);
    bytes[at * 2] = code & 0xff;
    bytes[at * 2 + 1] = code >> 8;
  }
  return bytes;
}

/**
 * A page that is also such a data file: read as HTML it is the page, run as a script it hands its own HTML over. So the
 * search shows where a hit stands without a second copy of all texts, and a page opened from disk, which may not look
 * into another, still learns its text. What is one language is a comment or a string in the other: `<!--` begins a
 * comment in both. The three signs that could end or fill the string are written as references, whatever they came from.
 */
export function pageScript(id: string, html: string): string {
  const text = html.replace(/[`\\$]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  return `<!-- A page, and a script that hands it to the search.\n__linkark("page",${JSON.stringify(id)},\`-->\n${text}<!--\`)\n-->\n`;
}

/** The value that a data file hands over; null where the file is none. For reading the index outside a browser. */
export function readDataScript(bytes: Uint8Array): unknown {
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  const text = new TextDecoder(utf16 ? 'utf-16le' : 'utf-8').decode(bytes);
  const found = /^__linkark\("[a-z]+",\d+,/.exec(text);
  const end = text.lastIndexOf(')');
  if (found === null || end < 0) return null;
  try {
    return JSON.parse(text.slice(found[0].length, end));
  } catch {
    return null;
  }
}
