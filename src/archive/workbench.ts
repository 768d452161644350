import { rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Transition } from '../types.ts';
import { hashFile, listNames, makeFolder, moveFile, removeTree, statPath, syncFolder, writeDurable } from './disk.ts';
import { FileStore, type StoreEntry } from './file-store.ts';
import { Journal, type Place } from './journal.ts';
import { compareText, isObject } from './json.ts';
import type { FileSum } from './manifest.ts';
import { WORK } from './paths.ts';
import { type Placing, Stage } from './stage.ts';

/** Everything that the journal may hold. */
export type Entry =
  | StoreEntry
  | { op: 'run'; id: string; startedAt: string }
  | { op: 'done'; id: string; transition?: Transition }
  | { op: 'abandon' }
  | Placing;

/** The run that the journal knows of. */
export interface RunState {
  id: string;
  startedAt: string;
  resumed: boolean;
  done: Set<string>;
}

/**
 * The archive's working folder: the journal, staged files, and what both say after a stop. All changes to kept files
 * go the same way: staged aside, named in the journal (the moment they count from), moved into place. A stop before
 * that moment leaves the old state, one after it is gone on with at the next opening.
 */
export class Workbench {
  readonly dir: string;
  readonly journal: Journal;
  readonly store: FileStore;
  readonly repairs: string[] = [];
  /** Files changed since manifest.json was written: their sums, or null for removed. */
  readonly changed = new Map<string, FileSum | null>();
  transitions: Transition[] = [];
  /** What the end of a run has staged so far; null at any other time. */
  stroke: Stage | null = null;
  run: RunState | null = null;
  readonly #unplaced = new Map<string, string>();
  #stages = 0;
  #broken: unknown = null;
  /** True where the journal holds more than a run's beginning and records. */
  #material = false;

  private constructor(dir: string, journal: Journal, store: FileStore) {
    this.dir = dir;
    this.journal = journal;
    this.store = store;
  }

  static async open(dir: string, readOnly: boolean): Promise<Workbench> {
    const early: { entry: Entry; place: Place }[] = [];
    const { journal, damaged } = await Journal.open(join(dir, WORK, 'journal.log'), readOnly, (value, place) => {
      const entry = asEntry(value);
      if (entry === null) return;
      // The values of records stay on the disk.
      early.push({ entry: entry.op === 'set' ? { op: 'set', key: entry.key, value: null } : entry, place });
    });
    const bench = new Workbench(dir, journal, new FileStore(join(dir, 'state'), journal));
    if (damaged > 0) bench.repairs.push(`${damaged} damaged lines of the journal were left out`);
    const placings = bench.#replay(early);
    try {
      if (readOnly) await bench.#findUnplaced(placings);
      else await bench.#recover(placings);
      return bench;
    } catch (error) {
      await bench.close(false);
      throw error;
    }
  }

  /** True where nothing waits to be written when the archive is closed. */
  get isIdle(): boolean {
    return this.#broken !== null || (this.run === null && !this.#holdsWork);
  }

  /** Where a file of the archive lies: in its place, or, after a stop and not yet mended, still staged. */
  locate(path: string): string {
    return this.#unplaced.get(path) ?? join(this.dir, path);
  }

  /** Files that count but are not yet in their place. */
  unplaced(): Iterable<string> {
    return this.#unplaced.keys();
  }

  newStage(): Stage {
    return new Stage(this.dir, `${WORK}/stage/${(this.#stages++).toString(36).padStart(6, '0')}`);
  }

  /** Makes entries durable in one stroke: all of them count, or none. */
  async log(entries: readonly Entry[]): Promise<void> {
    if (this.#broken !== null) throw this.#broken;
    const places = await this.journal.append(entries);
    for (const [index, entry] of entries.entries()) {
      const place = places[index];
      if (place !== undefined && isStoreEntry(entry)) this.store.replay(entry, place);
    }
    if (entries.some((entry) => entry.op !== 'run' && entry.op !== 'abandon')) this.#material = true;
  }

  /** Makes staged files count, and `more` with them in the same stroke, and moves the files into place. */
  async commit(stage: Stage, ends = false, more: readonly Entry[] = []): Promise<void> {
    const placing = stage.placing(ends);
    await stage.settle();
    await this.log([placing, ...more]);
    stage.keep();
    this.#note(placing);
    try {
      await this.#place(placing);
    } catch (error) {
      // What counts is not in place: nothing more may be written until the next opening has put that right.
      this.#broken = error;
      throw error;
    }
  }

  /**
   * Empties the working folder, once state/ and manifest.json say all that it said. The journal goes last: after a stop
   * in between, the next opening finds there that the run has ended, where a spool without it would go into the WARC
   * files of the next run once more.
   */
  async clear(): Promise<void> {
    await removeTree(join(this.dir, WORK, 'stage'));
    await removeTree(join(this.dir, WORK, 'spool'));
    await this.journal.reset();
    await this.store.merged();
    this.changed.clear();
    this.transitions = [];
    this.run = null;
    this.#material = false;
  }

  /** Forgets the run, if nothing but its beginning was written also on the disk. */
  async abandon(): Promise<void> {
    await this.log([{ op: 'abandon' }]);
    this.run = null;
    this.transitions = [];
    if (!this.#holdsWork) await this.clear();
  }

  get #holdsWork(): boolean {
    return this.#material || this.store.hasChanges;
  }

  /** Ends the work: nothing that is empty stays behind. */
  async close(tidy: boolean): Promise<void> {
    const empty = tidy && this.journal.isEmpty;
    await this.store.disconnect();
    await this.journal.close();
    const work = join(this.dir, WORK);
    if (!empty) return;
    for (const name of ['journal.log', 'stage', 'spool', '.gitignore']) await removeTree(join(work, name));
  }

  /** To be called when the lock is given back: the empty folder goes, and with it an archive that holds nothing. */
  async leave(): Promise<void> {
    await rmdir(join(this.dir, WORK)).catch(() => undefined);
    await rmdir(this.dir).catch(() => undefined);
  }

  #replay(entries: readonly { entry: Entry; place: Place }[]): Placing[] {
    const placings: Placing[] = [];
    for (const { entry, place } of entries) {
      if (isStoreEntry(entry)) this.store.replay(entry, place);
      else if (entry.op === 'place') {
        this.#note(entry);
        this.#stages = Math.max(this.#stages, stageNumber(entry.stage) + 1);
        placings.push(entry);
      } else this.#replayRun(entry);
      if (entry.op !== 'run' && entry.op !== 'abandon') this.#material = true;
    }
    return placings;
  }

  #replayRun(entry: Extract<Entry, { op: 'run' | 'done' | 'abandon' }>): void {
    if (entry.op === 'run') {
      this.run = { id: entry.id, startedAt: entry.startedAt, resumed: true, done: new Set() };
    } else if (entry.op === 'abandon') {
      this.run = null;
      this.transitions = [];
    } else {
      this.run?.done.add(entry.id);
      if (entry.transition !== undefined) this.transitions.push(entry.transition);
    }
  }

  #note(placing: Placing): void {
    for (const file of placing.files) this.changed.set(file.to, { bytes: file.bytes, sha256: file.sha256 });
    for (const path of placing.remove) this.changed.set(path, null);
  }

  /** For reading only: finds what a stop left staged although it counts. */
  async #findUnplaced(placings: readonly Placing[]): Promise<void> {
    for (const placing of placings) {
      for (const file of placing.files) {
        const from = join(this.dir, placing.stage, file.from);
        if ((await hashFile(from))?.sha256 === file.sha256) this.#unplaced.set(file.to, from);
        else this.#unplaced.delete(file.to);
      }
    }
  }

  /** Goes on with what a stop interrupted, and takes away what never came to count. */
  async #recover(placings: readonly Placing[]): Promise<void> {
    const staged = new Set(await listNames(join(this.dir, WORK, 'stage')));
    for (const placing of placings) {
      if (!staged.has(placing.stage.slice(placing.stage.lastIndexOf('/') + 1))) continue;
      await this.#place(placing, true);
      this.repairs.push(`finished an interrupted write of ${placing.files.length} files`);
    }
    if (placings.some((placing) => placing.ends)) await this.clear();
    await removeTree(join(this.dir, WORK, 'stage'));
    await makeFolder(join(this.dir, WORK));
    await this.#ignoreWork();
  }

  /** The working folder hides itself from version control. */
  async #ignoreWork(): Promise<void> {
    const path = join(this.dir, WORK, '.gitignore');
    if ((await statPath(path)) === null) await writeDurable(path, '*\n');
  }

  async #place(placing: Placing, again = false): Promise<void> {
    const folders = new Set<string>();
    for (const file of placing.files) {
      const from = join(this.dir, placing.stage, file.from);
      const to = join(this.dir, file.to);
      if ((await statPath(from)) === null) continue;
      if (again && (await hashFile(from))?.sha256 !== file.sha256) continue;
      await moveFile(from, to);
      folders.add(dirname(to));
    }
    for (const path of placing.remove) {
      await removeTree(join(this.dir, path));
      await removeEmptyAbove(this.dir, path);
    }
    for (const folder of [...folders].sort(compareText)) await syncFolder(folder);
    await removeTree(join(this.dir, placing.stage));
  }
}

function isStoreEntry(entry: Entry): entry is StoreEntry {
  return entry.op === 'set' || entry.op === 'del' || entry.op === 'clear';
}

async function removeEmptyAbove(root: string, path: string): Promise<void> {
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
    try {
      await rmdir(join(root, path.slice(0, end)));
    } catch {
      return;
    }
  }
}

/** A stage's number; numbers that the journal names are not given out again, or old strokes would claim new files. */
function stageNumber(stage: string): number {
  return Number.parseInt(stage.slice(stage.lastIndexOf('/') + 1), 36) || 0;
}

/** The journal is ours and behind checksums: only its kind is looked at. */
function asEntry(value: unknown): Entry | null {
  if (!isObject(value)) return null;
  switch (value.op) {
    case 'set':
    case 'del':
      return typeof value.key === 'string' ? (value as Entry) : null;
    case 'run':
    case 'done':
      return typeof value.id === 'string' ? (value as Entry) : null;
    case 'place':
      return typeof value.stage === 'string' && Array.isArray(value.files) ? (value as Entry) : null;
    case 'clear':
    case 'abandon':
      return value as Entry;
    default:
      return null;
  }
}
