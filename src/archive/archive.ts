import { join } from 'node:path';
import type { Article, Link, LinkStatus, Run, Status, Transition } from '../types.ts';
import { Allowance } from './assets.ts';
import { leadsToFolder, readBytes, readLines, readText, statPath } from './disk.ts';
import type {
  Archive,
  Budgets,
  Fault,
  Files,
  FinishInput,
  KeepInput,
  Kept,
  LeftOut,
  OpenOptions,
  Records,
  RunInProgress,
  Settlement,
  StoredPage,
} from './door.ts';
import { ArchiveError } from './errors.ts';
import { finish, writeOutside } from './finish.ts';
import { joinShards, type Shard } from './join.ts';
import { compareText, parseJson } from './json.ts';
import { type Lock, takeLock } from './lock.ts';
import { MANIFEST, readManifest } from './manifest.ts';
import { listVersions, readPage } from './page-file.ts';
import { requireInnerPath, requireLinkId, WORK } from './paths.ts';
import { openRecords } from './records.ts';
import { planSnapshot } from './snapshots.ts';
import type { Stage } from './stage.ts';
import { isStatus, isTransition } from './status.ts';
import { readLinks, readRun } from './status-file.ts';
import { type OpenedStore, openStore } from './stores.ts';
import { verifyArchive } from './verify.ts';
import { recordsOf } from './warc/capture.ts';
import { spoolFiles } from './warc/spool.ts';
import { type Entry, Workbench } from './workbench.ts';

const MIB = 1024 * 1024;

/** Folders of what is kept; the others are made from it. */
const KEPT_FOLDERS: readonly string[] = ['pages', 'assets', 'warc'];

/** GitHub refuses files of 100 MB and asks for repositories under 1 GB. */
const DEFAULT_BUDGETS: Budgets = { file: 95 * MIB, run: 512 * MIB, archive: 950 * MIB };

/**
 * Opens the archive in a folder, makes the folder where there is none, takes its lock and mends what a stop left
 * behind. Throws ArchiveError: locked, read-only, disk full, not a folder, store not reachable, state damaged.
 */
export async function openArchive(dir: string, options: OpenOptions = {}): Promise<Archive> {
  const readOnly = options.readOnly === true;
  const stats = await statPath(dir);
  // A run that ends beside this one may take a folder away at any moment, but no link to one.
  if (stats !== null && !stats.isDirectory() && !(await leadsToFolder(dir))) {
    throw new ArchiveError('archive/not-a-folder', `${dir} is not a folder`, 'Choose a folder with --archive.', dir);
  }
  const lock = readOnly ? null : await takeLock(join(dir, WORK, 'lock'), options.wait === true);
  let bench: Workbench | null = null;
  try {
    const opened = await Workbench.open(dir, readOnly);
    bench = opened;
    const store = await openStore(options.store ?? 'files:', () => opened.store);
    return new FolderArchive(dir, options, opened, store, lock);
  } catch (error) {
    await bench?.close(lock !== null);
    await lock?.release();
    if (lock !== null) await bench?.leave();
    throw error;
  }
}

class FolderArchive implements Archive {
  readonly dir: string;
  readonly records: Records;
  readonly #options: OpenOptions;
  readonly #bench: Workbench;
  readonly #store: OpenedStore;
  readonly #lock: Lock | null;
  readonly #leftOut: LeftOut[] = [];
  #allowance: Promise<Allowance> | null = null;
  #closed = false;

  constructor(dir: string, options: OpenOptions, bench: Workbench, store: OpenedStore, lock: Lock | null) {
    this.dir = dir;
    this.#options = options;
    this.#bench = bench;
    this.#store = store;
    this.#lock = lock;
    this.records = openRecords(store);
  }

  get repairs(): readonly string[] {
    return this.#bench.repairs;
  }

  get run(): RunInProgress | null {
    return this.#bench.run;
  }

  async beginRun(run: { id: string; startedAt: string }, options: { fresh?: boolean } = {}): Promise<RunInProgress> {
    this.#mustWrite();
    const pending = this.#bench.run;
    if (pending !== null && options.fresh !== true) return pending;
    requireInnerPath(run.id);
    await this.#bench.log([{ op: 'run', id: run.id, startedAt: run.startedAt }]);
    this.#bench.run = { id: run.id, startedAt: run.startedAt, resumed: false, done: new Set() };
    return this.#bench.run;
  }

  async settle(id: string, news: Settlement = {}): Promise<void> {
    this.#mustWrite();
    requireLinkId(id);
    await this.#bench.log(await this.#newsEntries(id, news));
    this.#noteDone(id, news);
  }

  /** What is to be logged of a settled link. A record in another store is stored before, so that none is lost. */
  async #newsEntries(id: string, { record, transition }: Settlement): Promise<Entry[]> {
    const done: Entry = transition ? { op: 'done', id, transition } : { op: 'done', id };
    if (record === undefined) return [done];
    if (this.#store.files === null) {
      await this.records.set(record);
      return [done];
    }
    requireLinkId(record.id);
    return [{ op: 'set', key: record.id, value: record }, done];
  }

  #noteDone(id: string, { transition }: Settlement): void {
    this.#bench.run?.done.add(id);
    if (transition) this.#bench.transitions.push(transition);
  }

  async keep(
    link: Pick<Link, 'id' | 'url' | 'platform'>,
    article: Article,
    input: KeepInput,
    settlement?: (kept: Kept) => Settlement,
  ): Promise<Kept> {
    this.#mustWrite();
    requireLinkId(link.id);
    this.#allowance ??= this.#countAllowance();
    const stage = this.#bench.newStage();
    try {
      const plan = await planSnapshot(this.dir, link, article, input, stage, await this.#allowance);
      if (plan.writes) {
        await this.#spool(link, article, input, plan.kept, stage);
        const news = settlement?.(plan.kept);
        await this.#bench.commit(stage, false, news === undefined ? [] : await this.#newsEntries(link.id, news));
        if (news !== undefined) this.#noteDone(link.id, news);
      } else {
        await stage.discard();
        if (settlement !== undefined) await this.settle(link.id, settlement(plan.kept));
      }
      this.#leftOut.push(...plan.kept.leftOut);
      return plan.kept;
    } catch (error) {
      await stage.discard().catch(() => undefined);
      throw error;
    }
  }

  transitions(): readonly Transition[] {
    return [...this.#bench.transitions].sort((a, b) => compareText(a.id, b.id));
  }

  leftOut(): readonly LeftOut[] {
    return [...this.#leftOut].sort((a, b) => compareText(a.id, b.id) || compareText(a.url, b.url));
  }

  async finishRun(input: FinishInput): Promise<void> {
    this.#mustWrite();
    const { software, budgets } = this.#options;
    await finish(this.#bench, input, this.transitions(), {
      software: software ?? 'linkark',
      maxWarcBytes: budgets?.file === undefined ? DEFAULT_BUDGETS.file : budgets.file,
    });
    this.#leftOut.length = 0;
    this.#allowance = null;
  }

  async join(shards: readonly Shard[]): Promise<void> {
    this.#mustWrite();
    await joinShards(this, this.#bench, shards);
  }

  async abandonRun(): Promise<void> {
    this.#mustWrite();
    await this.#bench.abandon();
  }

  async writeFiles(files: Files, replace: readonly string[] = []): Promise<void> {
    this.#mustWrite();
    await writeOutside(this.#bench, files, replace);
  }

  async readText(path: string): Promise<string | null> {
    requireInnerPath(path);
    return readText(join(this.dir, path));
  }

  async readBytes(path: string): Promise<Uint8Array | null> {
    requireInnerPath(path);
    return readBytes(join(this.dir, path));
  }

  async readStatus(): Promise<Status | null> {
    const value = parseJson((await readText(join(this.dir, 'status.json'))) ?? '');
    return isStatus(value) ? value : null;
  }

  async lastRun(): Promise<Run | null> {
    return readRun(join(this.dir, 'status.json'));
  }

  statusLinks(): AsyncIterable<LinkStatus> {
    return readLinks(join(this.dir, 'status.json'));
  }

  readPage(id: string, version?: string): Promise<StoredPage | null> {
    return readPage(this.dir, id, version);
  }

  versions(id: string): Promise<string[]> {
    return listVersions(this.dir, id);
  }

  async *changes(): AsyncGenerator<Transition> {
    for await (const { line } of readLines(join(this.dir, 'changes.ndjson'))) {
      const value = parseJson(line);
      if (isTransition(value)) yield value;
    }
  }

  async sizes(): Promise<{ part: string; bytes: number }[]> {
    const sums = new Map(KEPT_FOLDERS.map((part) => [part, 0]));
    const changed = new Map([...this.#bench.changed, ...(this.#bench.stroke?.sums() ?? [])]);
    const count = (path: string, bytes: number) => {
      const part = path.slice(0, path.indexOf('/'));
      const sum = sums.get(part);
      if (sum !== undefined) sums.set(part, sum + bytes);
    };
    for await (const entry of readManifest(this.#bench.locate(MANIFEST)))
      if (entry !== null && !changed.has(entry.path)) count(entry.path, entry.bytes);
    for (const [path, sum] of changed) count(path, sum?.bytes ?? 0);
    return [...sums].map(([part, bytes]) => ({ part, bytes }));
  }

  verify(): Promise<Fault[]> {
    return verifyArchive(this.#bench);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    try {
      if (this.#lock !== null && this.#bench.run === null && !this.#bench.isIdle) {
        await writeOutside(this.#bench, [], []);
      }
    } finally {
      try {
        await this.#bench.close(this.#lock !== null);
        await this.#store.keyv.disconnect();
      } finally {
        await this.#lock?.release();
        if (this.#lock !== null) await this.#bench.leave();
      }
    }
  }

  /** Stages the evidence of a new version beside it; it becomes a WARC when the run ends. */
  async #spool(
    link: Pick<Link, 'id' | 'url'>,
    article: Article,
    input: KeepInput,
    kept: Kept,
    stage: Stage,
  ): Promise<void> {
    const { run } = this.#bench;
    if (run === null || input.captures.length === 0 || !kept.changed.startsWith('new')) return;
    const facts = { linkId: link.id, url: link.url, title: article.title, text: article.text, at: input.capturedAt };
    const records = recordsOf(input.captures, facts);
    const bytes = records.reduce((sum, record) => sum + record.member.length, 0);
    const why = (await this.#allowance)?.take(bytes) ?? null;
    if (why !== null) kept.leftOut.push({ id: link.id, url: link.url, bytes, why });
    else for (const [path, data] of spoolFiles(run, link.id, records)) await stage.add(path, data);
  }

  #mustWrite(): void {
    if (this.#lock !== null && !this.#closed) return;
    throw new ArchiveError(
      'archive/closed',
      'The archive is not open for writing.',
      'Open it without readOnly.',
      this.dir,
    );
  }

  async #countAllowance(): Promise<Allowance> {
    let bytes = 0;
    for await (const entry of readManifest(this.#bench.locate(MANIFEST))) bytes += entry?.bytes ?? 0;
    return new Allowance({ ...DEFAULT_BUDGETS, ...this.#options.budgets }, bytes);
  }
}
