/**
 * linkark as a library: `check` does what the command of that name does, `readArchive` opens what it kept.
 * Nothing here prints, ends the process, or reads an environment or a configuration file that it was not handed.
 */
import { resolve } from 'node:path';
import { Writable } from 'node:stream';
import { leadsToFolder } from './archive/disk.ts';
import { type Archive, ArchiveError, openArchive } from './archive/index.ts';
import { checkSources } from './commands/check.ts';
import { parseConfig } from './commands/config.ts';
import { CHECK_FLAGS } from './commands/flags.ts';
import { readOptions } from './commands/options.ts';
import type { Terminal } from './commands/terminal.ts';
import { VERSION } from './commands/version.ts';
import type { Problem, Status, Transition } from './types.ts';

export type { Fault, StoredPage, StoredPicture } from './archive/index.ts';
export { ArchiveError, type ArchiveErrorCode } from './archive/index.ts';
export { UsageError } from './commands/options.ts';
export type {
  Counts,
  Evidence,
  Health,
  Hop,
  LinkStatus,
  Occurrence,
  Problem,
  Reason,
  ReasonOf,
  Run,
  SnapshotRef,
  Status,
  Suggestion,
  Transition,
  Verdict,
} from './types.ts';
export { HEALTHS, REASONS } from './types.ts';

/** `500ms`, `1s`, `2m`, `1h`, or `0`. */
export type Duration = `${number}${'ms' | 's' | 'm' | 'h'}` | '0';
/** `512KiB`, `32MiB`. */
export type Size = `${number}${'B' | 'KiB' | 'MiB' | 'GiB'}`;

/** Settings for one host. */
export interface HostConfiguration {
  concurrency?: number;
  interval?: Duration;
  timeout?: Duration;
  headers?: Record<string, string>;
  /** A cookies.txt for this host. */
  cookies?: string;
  /** The Accept-Language header. */
  language?: string;
}

/** What may stand in linkark.config.json; `linkark check --help` and docs/flags.md say what each means. */
export interface Configuration {
  /** Files, folders, globs; `sources` where it is absent. */
  sources?: string[];
  include?: string | string[];
  exclude?: string | string[];
  excludePath?: string | string[];
  remap?: string | string[];
  filesFrom?: string;
  baseline?: string;
  includeFragments?: boolean;
  due?: boolean;
  maxConcurrency?: number;
  hostConcurrency?: number;
  hostRequestInterval?: Duration;
  timeout?: Duration;
  maxRetries?: number;
  retryWaitTime?: Duration;
  maxRedirects?: number;
  maxBody?: Size;
  userAgent?: string;
  header?: string | string[];
  cookies?: string;
  ca?: string;
  insecure?: boolean;
  allowPrivate?: boolean;
  robots?: boolean;
  timeBudget?: Duration;
  archive?: string;
  store?: string;
  noSnapshots?: boolean;
  noImages?: boolean;
  noWarc?: boolean;
  suggest?: boolean;
  /** `FORMAT=FILE` writes a report; a format without a file goes nowhere here. */
  format?: string | string[];
  output?: string;
  lang?: 'zh' | 'en';
  noProgress?: boolean;
  quiet?: boolean;
  verbose?: boolean;
  failOn?: 'newly-dead' | 'dead' | 'gone' | 'blocked' | 'never';
  health?: {
    explicitCount?: number;
    explicitHours?: number;
    failureCount?: number;
    failureHours?: number;
    sightingHours?: number;
  };
  budget?: { run?: Size; archive?: Size; file?: Size };
  pace?: { retryAfterCap?: Duration; due?: Duration; restAfter?: number };
  wayback?: { api?: string; interval?: Duration };
  secondOpinion?: { proxy?: string };
  /** By host name; `.example.org` means that domain and every host below it. */
  hosts?: Record<string, HostConfiguration>;
}

/** How to check: a configuration, and what a program has in place of a terminal. */
export interface CheckOptions extends Configuration {
  /** The folder that paths are relative to; the working folder of the process where it is absent. */
  cwd?: string;
  /** Where HTTP_PROXY, HTTPS_PROXY, NO_PROXY and the like are looked up; nowhere where it is absent. */
  env?: Readonly<Record<string, string | undefined>>;
  /** Stops the run as Ctrl-C would: what was seen is kept, the next run goes on from there. */
  signal?: AbortSignal;
  /** The clock; the machine's where it is absent. */
  now?: () => Date;
}

/** What a check came to. */
export interface CheckResult {
  /** As the command would exit: 0 nothing to fail on, 1 offline or stopped, 2 what `failOn` names, 3 a source that could not be read. */
  exitCode: number;
  /** True where nothing at all could be reached; then nothing was recorded. */
  offline: boolean;
  /** What status.json now says; null where the sources name no links. */
  status: Status | null;
  /** The changes of health in this run, by id. */
  transitions: readonly Transition[];
  /** What a person should mend in the sources. */
  problems: readonly Problem[];
}

/**
 * Checks the links of the sources, keeps what is new in the archive and writes its reports: `linkark check` as a function.
 * @throws UsageError where an option makes no sense; ArchiveError where the archive is locked, full or damaged
 */
export async function check(options: CheckOptions = {}): Promise<CheckResult> {
  const { cwd, env, signal, now, ...configuration } = options;
  const { flags, settings } = parseConfig(JSON.stringify({ noProgress: true, ...configuration }), 'options');
  const terminal = silentTerminal(resolve(cwd ?? ''), env ?? {}, signal, now);
  const checked = await checkSources(readOptions(CHECK_FLAGS, [], flags), terminal, settings);
  return {
    exitCode: checked.exitCode,
    offline: checked.outcome?.offline ?? false,
    status: checked.outcome?.status ?? null,
    transitions: checked.outcome?.transitions ?? [],
    problems: checked.problems,
  };
}

/** An archive opened for reading. Paths are relative to its folder, as in status.json. */
export interface ReadableArchive {
  readonly dir: string;
  /** status.json; null where no run was finished yet. */
  status(): Promise<Status | null>;
  /** A link's kept page by the link's id, the latest or an earlier version by its name; null where there is none. */
  page: Archive['readPage'];
  /** Names of the earlier versions of a link's page (`20261123T020000Z`), oldest first. */
  versions: Archive['versions'];
  /** Every change of health ever noted, oldest first. */
  changes: Archive['changes'];
  /** A file of the archive as bytes, such as `assets/ab/….png`; null where there is none. */
  file(path: string): Promise<Uint8Array | null>;
  /** Checks every byte; empty where all is well. */
  verify: Archive['verify'];
  /** Gives back what is open. */
  close: Archive['close'];
}

/**
 * Opens an archive for reading; takes no lock and changes nothing. Close it when done.
 * @throws ArchiveError (`archive/not-found`) where the folder is not there
 */
export async function readArchive(dir: string): Promise<ReadableArchive> {
  const path = resolve(dir);
  if (!(await leadsToFolder(path))) {
    throw new ArchiveError('archive/not-found', `${dir}: there is no archive here`, 'Make one with check().', dir);
  }
  const archive = await openArchive(path, { readOnly: true });
  return {
    dir: path,
    status: () => archive.readStatus(),
    page: (id, version) => archive.readPage(id, version),
    versions: (id) => archive.versions(id),
    changes: () => archive.changes(),
    file: (name) => archive.readBytes(name),
    verify: () => archive.verify(),
    close: () => archive.close(),
  };
}

function silentTerminal(
  cwd: string,
  env: NonNullable<CheckOptions['env']>,
  signal: AbortSignal | undefined,
  now: (() => Date) | undefined,
): Terminal {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  return {
    cwd,
    env,
    version: VERSION,
    out: nowhere,
    err: nowhere,
    live: false,
    color: false,
    columns: 100,
    outColumns: null,
    stdin: async () => new Uint8Array(),
    stop: signal ?? new AbortController().signal,
    now: now ?? (() => new Date()),
  };
}
