import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import { listNames } from './disk.ts';
import type { Journal, Place } from './journal.ts';
import { compareText, isObject, parseJson } from './json.ts';
import { mergeRows, type Row, SortedFile } from './sorted-file.ts';

/** Journal entries of the store. */
export type StoreEntry =
  | { op: 'set'; key: string; value: unknown; expires?: number }
  | { op: 'del'; key: string }
  | { op: 'clear' };

/** A value as keyv wants it: with the time (epoch ms) until which it counts, where it has one. */
export interface Stored {
  value: unknown;
  expires?: number | undefined;
}

/** A state file made anew: its name and its lines. */
export interface StateFile {
  name: string;
  lines: AsyncIterable<string>;
}

const SUFFIX = '.ndjson';
/** Entries in one line of the journal: many are not one stroke, and a line is read at once. */
const LINE = 200;

/**
 * The keyv store on files. Keys are `<table>/<rest>`; a table is one sorted NDJSON file, `state/<table>.ndjson`.
 * Between two merges, what changed stands in the journal; in memory there are only places in it. So a write is
 * durable when it returns, and state/ itself changes once a run, with a small diff.
 */
export class FileStore extends EventEmitter {
  /** Keyv looks here to decide whether the store can be iterated. */
  readonly opts = { url: 'files://', dialect: 'sqlite' };
  namespace?: string | undefined;
  readonly #folder: string;
  readonly #journal: Journal;
  readonly #tables = new Map<string, Promise<SortedFile>>();
  /** What the journal says of a key: where its value stands, or null for removed. */
  readonly #changes = new Map<string, Place | null>();
  /** True after `clear`: what stands in the files no longer counts. */
  #cleared = false;

  constructor(folder: string, journal: Journal) {
    super();
    this.#folder = folder;
    this.#journal = journal;
  }

  /** True where the journal says something that state/ does not. */
  get hasChanges(): boolean {
    return this.#cleared || this.#changes.size > 0;
  }

  /** Takes in an entry that stands in the journal. */
  replay(entry: StoreEntry, place: Place): void {
    if (entry.op === 'set') this.#changes.set(entry.key, place);
    else if (entry.op === 'del') this.#changes.set(entry.key, null);
    else this.#forgetAll();
  }

  async get(key: string): Promise<Stored | undefined> {
    const change = this.#changes.get(key);
    if (change === null) return undefined;
    const row = change === undefined ? await this.#rowOf(key) : this.#journal.read(change);
    return isObject(row) ? storedIn(row) : undefined;
  }

  async getMany(keys: string[]): Promise<(Stored | undefined)[]> {
    const values: (Stored | undefined)[] = [];
    for (const key of keys) values.push(await this.get(key));
    return values;
  }

  async set(key: string, stored: Stored): Promise<boolean> {
    const [place] = await this.#journal.append([setEntry(key, stored)]);
    if (place !== undefined) this.#changes.set(key, place);
    return true;
  }

  /** Sets many, synced together. */
  async setMany(entries: readonly { key: string; value: Stored }[]): Promise<void> {
    const writes: Promise<unknown>[] = [];
    for (let at = 0; at < entries.length; at += LINE) {
      const stroke = entries.slice(at, at + LINE).map(({ key, value }) => setEntry(key, value));
      writes.push(this.#journal.append(stroke).then((places) => this.#noteAll(stroke, places)));
    }
    await Promise.all(writes);
  }

  #noteAll(stroke: readonly StoreEntry[], places: readonly Place[]): void {
    for (const [index, entry] of stroke.entries()) {
      const place = places[index];
      if (place !== undefined) this.replay(entry, place);
    }
  }

  async delete(key: string): Promise<boolean> {
    if (!(await this.has(key))) return false;
    await this.#journal.append([{ op: 'del', key } satisfies StoreEntry]);
    this.#changes.set(key, null);
    return true;
  }

  async deleteMany(keys: string[]): Promise<boolean> {
    let any = false;
    for (const key of keys) any = (await this.delete(key)) || any;
    return any;
  }

  async has(key: string): Promise<boolean> {
    const change = this.#changes.get(key);
    if (change !== undefined) return change !== null;
    return (await this.#rowOf(key)) !== undefined;
  }

  async clear(): Promise<void> {
    await this.#journal.append([{ op: 'clear' } satisfies StoreEntry]);
    this.#forgetAll();
  }

  /** All entries as keyv wants them, sorted by key inside each table and tables by name. */
  async *iterator(): AsyncGenerator<[string, Stored]> {
    for (const name of await this.#names()) {
      for await (const line of mergeRows(this.#rowsOf(name), this.#changesOf(name))) {
        const row = parseJson(line);
        if (isObject(row) && typeof row.key === 'string') yield [row.key, storedIn(row)];
      }
    }
  }

  /** The state files whose content differs from what stands in state/, made by merging. */
  async changedFiles(): Promise<StateFile[]> {
    const files: StateFile[] = [];
    for (const name of await this.#names()) {
      const changes = this.#changesOf(name);
      const unsorted = !this.#cleared && (await this.#table(name)).unsorted;
      if (changes.size > 0 || this.#cleared || unsorted) {
        files.push({ name: `${name}${SUFFIX}`, lines: mergeRows(this.#rowsOf(name), changes) });
      }
    }
    return files;
  }

  /** To be called when the merged files stand in state/ and the journal has been emptied. */
  async merged(): Promise<void> {
    this.#changes.clear();
    this.#cleared = false;
    await this.disconnect();
  }

  async disconnect(): Promise<void> {
    // A table that could not be opened has nothing to close; its fault was said to who asked for it.
    for (const table of this.#tables.values()) await table.then((file) => file.close()).catch(() => undefined);
    this.#tables.clear();
  }

  #forgetAll(): void {
    this.#changes.clear();
    this.#cleared = true;
  }

  #table(name: string): Promise<SortedFile> {
    let table = this.#tables.get(name);
    if (table === undefined) {
      table = SortedFile.open(join(this.#folder, `${name}${SUFFIX}`));
      this.#tables.set(name, table);
    }
    return table;
  }

  async #rowOf(key: string): Promise<Record<string, unknown> | undefined> {
    if (this.#cleared) return undefined;
    const line = await (await this.#table(tableOf(key))).get(key);
    const row = line === null ? undefined : parseJson(line);
    return isObject(row) ? row : undefined;
  }

  async *#rowsOf(name: string): AsyncGenerator<Row> {
    if (!this.#cleared) yield* (await this.#table(name)).rows();
  }

  #changesOf(name: string): Map<string, () => Promise<string | null>> {
    const changes = new Map<string, () => Promise<string | null>>();
    for (const [key, place] of this.#changes) {
      if (tableOf(key) === name)
        changes.set(key, async () => (place === null ? null : rowLine(this.#journal.read(place))));
    }
    return changes;
  }

  /** Tables that stand in state/ or have changes. */
  async #names(): Promise<string[]> {
    const names = new Set<string>();
    for (const file of await listNames(this.#folder))
      if (file.endsWith(SUFFIX)) names.add(file.slice(0, -SUFFIX.length));
    for (const key of this.#changes.keys()) names.add(tableOf(key));
    return [...names].sort(compareText);
  }
}

/** The table of a key: what stands before the first slash, where that can be a file name; else `other`. */
function tableOf(key: string): string {
  const slash = key.indexOf('/');
  const name = slash > 0 ? key.slice(0, slash) : '';
  return /^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?$/.test(name) && !/^(?:con|prn|aux|nul|com\d|lpt\d)$/.test(name)
    ? name
    : 'other';
}

/** Keyv says "no end" by `undefined`; JSON leaves that out. */
function setEntry(key: string, { value, expires }: Stored): StoreEntry {
  return expires === undefined ? { op: 'set', key, value } : { op: 'set', key, value, expires };
}

function storedIn(row: Record<string, unknown>): Stored {
  return typeof row.expires === 'number' ? { value: row.value, expires: row.expires } : { value: row.value };
}

/** The line of state/ for a journal entry. */
function rowLine(entry: unknown): string {
  const row = isObject(entry) ? entry : {};
  return JSON.stringify(
    row.expires === undefined
      ? { key: row.key, value: row.value }
      : { key: row.key, expires: row.expires, value: row.value },
  );
}
