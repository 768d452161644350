import type { Article, Capture, Link, LinkRecord, LinkStatus, Run, SnapshotRef, Status, Transition } from '../types.ts';
import type { Shard } from './join.ts';

/** Sizes in bytes; null means no limit. */
export interface Budgets {
  /** One file; GitHub refuses 100 MB and more. */
  file: number | null;
  /** Pictures and WARC that one run may add. */
  run: number | null;
  /** The whole archive; GitHub asks for repositories under 1 GB. */
  archive: number | null;
}

export interface OpenOptions {
  /** Where link records live: `files:` (default, state/ in the archive), `memory:`, `redis://…`, `postgres://…`. */
  store?: string;
  /** With true, waits for another run's lock; otherwise (default) throws `archive/locked`. */
  wait?: boolean;
  /** No lock, no repair, no write: for `report` of someone else's archive, `search`, `show`. */
  readOnly?: boolean;
  budgets?: Partial<Budgets>;
  /** Program and version, for warcinfo: `linkark/0.1.0`. */
  software?: string;
}

/** The link records, one a link. */
export interface Records {
  get(id: string): Promise<LinkRecord | null>;
  /** In a run prefer `settle`, which also says that the link is done. */
  set(record: LinkRecord): Promise<void>;
  delete(id: string): Promise<boolean>;
  /** All records, sorted by id, one at a time. */
  all(): AsyncIterable<LinkRecord>;
}

/** The run that is under way, or that a stop left unfinished. */
export interface RunInProgress {
  id: string;
  startedAt: string;
  /** True where an earlier process began it. */
  resumed: boolean;
  /** Links that are done in it; they are not to be asked for again. */
  done: ReadonlySet<string>;
}

export interface PictureBytes {
  bytes: Uint8Array;
  contentType: string | null;
}

/** What `keep` is given. */
export interface KeepInput {
  /** When the page was fetched, ISO 8601 in UTC. */
  capturedAt: string;
  /** By the absolute address in `article.pictures`; those that failed are simply absent. */
  pictures: ReadonlyMap<string, PictureBytes>;
  source: PageSource;
  /** The list's note under the link; goes to the front matter. */
  note: string | null;
  /** Everything that went over the wire for this link, pictures included, in the order asked. */
  captures: readonly Capture[];
  /** Title to fall back on: the link's text in the list. */
  linkText: string | null;
}

/** Where the article came from. */
export interface PageSource {
  status: number;
  finalUrl: string;
  /** SHA-256 of the decoded body, hex. */
  sha256: string | null;
}

export interface LeftOut {
  id: string;
  url: string;
  bytes: number;
  why: 'file-budget' | 'run-budget' | 'archive-budget' | 'not-a-picture' | 'unsafe-svg';
}

/**
 * What became of it. `same`: the content is the kept one (missing pictures may have been added). `refused`: the new
 * one is much poorer than the kept one, which stays; `why` says so.
 */
export interface Kept {
  changed: 'new' | 'new-version' | 'same' | 'refused';
  ref: SnapshotRef | null;
  contentHash: string | null;
  why: string | null;
  leftOut: LeftOut[];
}

/** What a finished link leaves behind. */
export interface Settlement {
  /** The new record; absent where nothing was news. */
  record?: LinkRecord;
  transition?: Transition | null;
}

/** What a file holds: a whole, or the pieces of a large one. */
export type Content = string | Uint8Array | Iterable<string>;

/** Files by path below archive/. They may come one by one, so that they need not be held together. */
export type Files = Iterable<readonly [string, Content]> | AsyncIterable<readonly [string, Content]>;

export interface FinishInput {
  status: Status;
  /** Other files to put into the archive with the same stroke, by path below archive/: reports, reader, feed. */
  files?: Files;
  /** Folders (such as `reader`) in which whatever `files` does not name is removed. */
  replace?: readonly string[];
}

/** One fault that `verify` found; `path` is below archive/. */
export interface Fault {
  path: string;
  code:
    | 'missing'
    | 'extra'
    | 'changed'
    | 'bad-manifest'
    | 'bad-json'
    | 'bad-schema'
    | 'bad-status'
    | 'bad-state'
    | 'bad-warc'
    | 'bad-digest'
    | 'bad-changes'
    | 'bad-page';
  message: string;
}

export interface Archive {
  readonly dir: string;
  readonly records: Records;
  /** What the opening had to mend after a stop, for people; mostly empty. */
  readonly repairs: readonly string[];
  /** The unfinished run, if any. */
  readonly run: RunInProgress | null;

  /**
   * Begins a run. Where a stop left one unfinished it is gone on with: its id and start are returned and `done` names
   * what it has. With `fresh` the unfinished one is closed first: what it stored stays, its links are asked again.
   */
  beginRun(run: { id: string; startedAt: string }, options?: { fresh?: boolean }): Promise<RunInProgress>;
  /** Says that a link is done in this run, and stores its news, in one durable stroke. */
  settle(id: string, news?: Settlement): Promise<void>;
  /**
   * Keeps an article as a snapshot, if it is new or changed. Durable when it returns. With `settlement` the link is
   * settled in the same stroke: whatever a stop leaves, a page that is kept is also done.
   */
  keep(
    link: Pick<Link, 'id' | 'url' | 'platform'>,
    article: Article,
    input: KeepInput,
    settlement?: (kept: Kept) => Settlement,
  ): Promise<Kept>;
  /** The transitions of this run so far, resumed part included, in order of id. */
  transitions(): readonly Transition[];
  /** What this run left out for its size or kind. */
  leftOut(): readonly LeftOut[];
  /** Ends the run: WARC, state, changes.ndjson, status.json, the given files and manifest.json in one stroke. */
  finishRun(input: FinishInput): Promise<void>;
  /**
   * In a run: takes in what the archives of shards have and this one, from which they began, has not. The result does
   * not depend on the order of the shards.
   */
  join(shards: readonly Shard[]): Promise<void>;
  /** Forgets a run that must leave no trace (offline). Snapshots kept in it stay. */
  abandonRun(): Promise<void>;

  /** Bytes in the folders of what is kept, with what the present stroke adds: of `pages`, `assets` and `warc`. */
  sizes(): Promise<{ part: string; bytes: number }[]>;
  /** Writes files outside a run (`report`, `read`), manifest.json included, in one stroke. */
  writeFiles(files: Files, replace?: readonly string[]): Promise<void>;
  /** A file below archive/ as text or bytes; null where there is none. */
  readText(path: string): Promise<string | null>;
  readBytes(path: string): Promise<Uint8Array | null>;
  readStatus(): Promise<Status | null>;
  /** The links of the last finished run, in order of id, one at a time. */
  statusLinks(): AsyncIterable<LinkStatus>;
  /** The last finished run. */
  lastRun(): Promise<Run | null>;
  /** The kept page of a link, latest or a named version (`20261123T020000Z`); null where there is none. */
  readPage(id: string, version?: string): Promise<StoredPage | null>;
  /** Names of the earlier versions, oldest first. */
  versions(id: string): Promise<string[]>;
  /** The transitions of changes.ndjson, oldest first. */
  changes(): AsyncIterable<Transition>;

  /** Checks every byte; empty where all is well. */
  verify(): Promise<Fault[]>;
  /** Gives the lock back. */
  close(): Promise<void>;
}

/** A picture in page.json. */
export interface StoredPicture {
  url: string;
  alt: string;
  /** Path below archive/; null where it could not be had. */
  asset: string | null;
  width: number | null;
  height: number | null;
  bytes: number | null;
  /** Media type sniffed from the bytes. */
  type: string | null;
}

/** page.json, schema linkark/page@1. */
export interface StoredPage {
  schema: 'linkark/page@1';
  id: string;
  url: string;
  platform: string;
  title: string | null;
  author: string | null;
  account: string | null;
  published: string | null;
  updated: string | null;
  captured: string;
  language: string | null;
  note: string | null;
  partial: boolean;
  original: string | null;
  source: PageSource;
  /** SHA-256 over the normalised title, text and pictures, hex. */
  contentHash: string;
  text: string;
  markdown: string;
  html: string;
  pictures: StoredPicture[];
}
