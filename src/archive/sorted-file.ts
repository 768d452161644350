import { closeSync, openSync, readSync } from 'node:fs';
import { readLines } from './disk.ts';
import { ArchiveError, archiveError } from './errors.ts';
import { compareText, isObject, parseJson } from './json.ts';

/** One line of a sorted file: key and what is stored under it (anything JSON holds, with members besides `key`). */
export interface Row {
  key: string;
  /** The line as it stands, without its line break: `{"key":"…",…}`. */
  line: string;
}

/** Every n-th line is remembered; a look-up reads at most this many lines. */
const STRIDE = 16;
/** So many of these pieces, read last, are held: links of one host stand side by side, and are looked up together. */
const HELD = 64;

/**
 * A text file of JSON lines sorted by their `key`, read by key without being held in memory: one key and offset in
 * sixteen is. Made anew by merging, never changed in place.
 */
export class SortedFile {
  readonly path: string;
  /** True where the lines were out of order or doubled (a merge by hand): the next merge puts that right. */
  readonly unsorted: boolean;
  readonly count: number;
  readonly #keys: string[];
  readonly #offsets: number[];
  readonly #size: number;
  /** Opened by the first look-up. */
  #file: number | null = null;
  /** Pieces of the file by their number, the longest unused first: bytes, for of most lines nobody wants the text. */
  readonly #held = new Map<number, Buffer>();
  /** Rows of an unsorted file, last one of a key wins. */
  readonly #rows: Map<string, string> | null;

  private constructor(path: string, scan: Scan) {
    this.path = path;
    this.#keys = scan.keys;
    this.#offsets = scan.offsets;
    this.#size = scan.size;
    this.count = scan.count;
    this.unsorted = scan.rows !== null;
    this.#rows = scan.rows;
  }

  /** Opens it; a file that is not there is an empty one. Throws `archive/damaged` where a line is no row. */
  static async open(path: string): Promise<SortedFile> {
    const scan = await scanFile(path);
    return new SortedFile(path, scan.sorted ? scan : await loadUnsorted(path, scan));
  }

  /** The line of a key, or null. */
  async get(key: string): Promise<string | null> {
    if (this.#rows !== null) return this.#rows.get(key) ?? null;
    const slot = this.#slotOf(key);
    if (slot < 0) return null;
    const bytes = this.#held.get(slot) ?? this.#read(slot);
    this.#held.delete(slot);
    this.#held.set(slot, bytes);
    const [oldest] = this.#held.keys();
    if (this.#held.size > HELD && oldest !== undefined) this.#held.delete(oldest);
    return lineOf(bytes, key);
  }

  /** The bytes from a remembered line to the next; waited for, as the journal's are. */
  #read(slot: number): Buffer {
    const start = this.#offsets[slot] ?? 0;
    const bytes = Buffer.allocUnsafeSlow((this.#offsets[slot + 1] ?? this.#size) - start);
    try {
      this.#file ??= openSync(this.path, 'r');
      const length = readSync(this.#file, bytes, 0, bytes.length, start);
      return bytes.subarray(0, length);
    } catch (error) {
      throw archiveError(error, this.path);
    }
  }

  /** All rows in order of key, optionally from a key on. */
  async *rows(): AsyncGenerator<Row> {
    if (this.#rows !== null) {
      for (const key of [...this.#rows.keys()].sort(compareText)) yield { key, line: this.#rows.get(key) ?? '' };
      return;
    }
    for await (const { line } of readLines(this.path)) yield { key: keyOf(line) ?? '', line };
  }

  async close(): Promise<void> {
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
    this.#held.clear();
  }

  /** Number of the last remembered key that is not after `key`; -1 where all are after it. */
  #slotOf(key: string): number {
    let low = 0;
    let high = this.#keys.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compareText(this.#keys[middle] ?? '', key) <= 0) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}

interface Scan {
  keys: string[];
  offsets: number[];
  size: number;
  count: number;
  sorted: boolean;
  rows: Map<string, string> | null;
}

async function scanFile(path: string): Promise<Scan> {
  const scan: Scan = { keys: [], offsets: [], size: 0, count: 0, sorted: true, rows: null };
  let last: string | null = null;
  for await (const { line, offset, ended } of readLines(path)) {
    const key = keyOf(line);
    if (key === null || !ended) {
      throw new ArchiveError(
        'archive/damaged',
        `${path}: line ${scan.count + 1} is not a record`,
        'Restore the file from version control (or from a backup) and run again.',
        path,
      );
    }
    if (last !== null && compareText(last, key) >= 0) scan.sorted = false;
    if (scan.count % STRIDE === 0) {
      scan.keys.push(key);
      scan.offsets.push(offset);
    }
    scan.count++;
    scan.size = offset + Buffer.byteLength(line) + 1;
    last = key;
  }
  return scan;
}

async function loadUnsorted(path: string, scan: Scan): Promise<Scan> {
  const rows = new Map<string, string>();
  for await (const { line } of readLines(path)) rows.set(keyOf(line) ?? '', line);
  return { ...scan, rows, count: rows.size };
}

/** The line of a key among some, or null: found by its beginning where it stands as written here, else by reading all. */
function lineOf(bytes: Buffer, key: string): string | null {
  const at = bytes.indexOf(`{"key":${JSON.stringify(key)},`);
  if (at === 0 || bytes[at - 1] === LINE_FEED) {
    const end = bytes.indexOf(LINE_FEED, at);
    return bytes.toString('utf8', at, end === -1 ? bytes.length : end);
  }
  const lines = bytes.toString('utf8').split('\n');
  return lines.find((line) => keyOf(line) === key) ?? null;
}

const LINE_FEED = 10;

/** The key of a line: read from its beginning where it stands as written here, else by parsing; null for no row. */
export function keyOf(line: string): string | null {
  if (!line.endsWith('}')) return null;
  const end = line.startsWith('{"key":"') ? line.indexOf('"', 8) : -1;
  if (end > 0) {
    const key = line.slice(8, end);
    if (line[end + 1] === ',' && !key.includes('\\')) return key;
  }
  const value = parseJson(line);
  return isObject(value) && typeof value.key === 'string' ? value.key : null;
}

/** Merges rows with changes (null: removed) into sorted lines, each with its line break. */
export async function* mergeRows(
  rows: AsyncIterable<Row>,
  changes: ReadonlyMap<string, () => Promise<string | null>>,
): AsyncGenerator<string> {
  const keys = [...changes.keys()].sort(compareText);
  let next = 0;
  const changed = async function* (until: string | null): AsyncGenerator<string> {
    for (
      let key = keys[next];
      key !== undefined && (until === null || compareText(key, until) <= 0);
      key = keys[next]
    ) {
      next++;
      const line = await changes.get(key)?.();
      if (typeof line === 'string') yield `${line}\n`;
    }
  };
  for await (const row of rows) {
    const replaced = changes.has(row.key);
    yield* changed(row.key);
    if (!replaced) yield `${row.line}\n`;
  }
  yield* changed(null);
}
