import { ARCHIVE_FLAG, CHECK_FLAGS, type Flag, LANG_FLAG, QUEUE_FLAG, STORE_FLAG } from './flags.ts';
import type { Options } from './options.ts';
import type { Settings } from './settings.ts';
import type { Terminal } from './terminal.ts';

/** Does the work of a command and says the exit code. */
export type Action = (options: Options, terminal: Terminal, settings: Settings) => Promise<number>;

/** A command as data: its help comes from here, its code is loaded only when it is called. */
export interface Command {
  readonly name: string;
  readonly operands: string;
  readonly summary: string;
  readonly flags: readonly Flag[];
  /** It writes nothing that could be left half done: a signal ends it at once. */
  readonly readsOnly?: true;
  /** Runs it and says the exit code. */
  load(): Promise<Action>;
}

const SWITCH = { kind: 'switch' } as const;
const TEXT = { kind: 'text' } as const;

/** Flags of `check` that are about the machine that asks: they are said to the workers. */
const OF_THE_MACHINE: readonly string[] = ['max-concurrency', 'header', 'cookies', 'ca'];

/** Those that a worker may say otherwise than the run. */
const OF_THE_WORKER: readonly string[] = ['timeout', 'user-agent', 'insecure', 'allow-private', 'lang', 'quiet'];

export const COMMANDS: readonly Command[] = [
  {
    name: 'check',
    operands: '[FILE|DIR|GLOB|-]…',
    summary: 'visit the links of the sources (default: sources/), keep what is new, report',
    flags: CHECK_FLAGS,
    load: async () => (await import('./check.ts')).check,
  },
  {
    name: 'report',
    operands: '',
    summary: 'render the reports again from what is stored; no network',
    flags: [
      ARCHIVE_FLAG,
      STORE_FLAG,
      LANG_FLAG,
      ...CHECK_FLAGS.filter((flag) => ['format', 'output', 'fail-on'].includes(flag.name)),
    ],
    load: async () => (await import('./report.ts')).report,
  },
  {
    name: 'read',
    operands: '[--serve [PORT]]',
    summary: 'build the offline reader',
    flags: [
      ARCHIVE_FLAG,
      STORE_FLAG,
      LANG_FLAG,
      { name: 'open', type: SWITCH, default: null, group: 'Reading', config: false, help: 'open it in the browser' },
      {
        name: 'serve',
        type: SWITCH,
        default: null,
        group: 'Reading',
        config: false,
        help: 'serve it on 127.0.0.1; a port may follow (default: 8765)',
      },
    ],
    load: async () => (await import('./read.ts')).read,
  },
  {
    name: 'search',
    operands: 'WORDS…',
    summary: 'search the texts of the archive, Chinese included',
    flags: [
      ARCHIVE_FLAG,
      LANG_FLAG,
      {
        name: 'limit',
        type: { kind: 'integer', least: 1 },
        value: 'N',
        default: '20',
        group: 'Searching',
        config: false,
        help: 'most articles shown',
      },
    ],
    readsOnly: true,
    load: async () => (await import('./search.ts')).search,
  },
  {
    name: 'show',
    operands: 'LINK',
    summary: 'everything known of one link: occurrences, health, history, versions',
    flags: [ARCHIVE_FLAG, STORE_FLAG, LANG_FLAG],
    readsOnly: true,
    load: async () => (await import('./show.ts')).show,
  },
  {
    name: 'diff',
    operands: 'LINK [FROM [TO]]',
    summary: 'text difference between two kept versions',
    flags: [ARCHIVE_FLAG, LANG_FLAG],
    readsOnly: true,
    load: async () => (await import('./diff.ts')).diff,
  },
  {
    name: 'fix',
    operands: '[FILE…]',
    summary: 'rewrite sources: redirects to their target, dead links to a kept or Wayback copy',
    flags: [
      ARCHIVE_FLAG,
      LANG_FLAG,
      {
        name: 'write',
        type: SWITCH,
        default: null,
        group: 'Mending',
        config: false,
        help: 'write the files (default: print a diff)',
      },
      {
        name: 'dead',
        type: { kind: 'choice', of: ['snapshot', 'wayback', 'keep'] },
        value: 'STYLE',
        default: 'snapshot',
        group: 'Mending',
        help: 'what a dead link becomes: snapshot, wayback, keep',
      },
    ],
    load: async () => (await import('./fix.ts')).fix,
  },
  {
    name: 'verify',
    operands: '',
    summary: 'check the archive against its hashes and formats',
    flags: [ARCHIVE_FLAG, LANG_FLAG],
    readsOnly: true,
    load: async () => (await import('./verify.ts')).verify,
  },
  {
    name: 'export',
    operands: '',
    summary: 'the whole archive as one file',
    flags: [
      ARCHIVE_FLAG,
      LANG_FLAG,
      {
        name: 'wacz',
        type: TEXT,
        value: 'FILE',
        default: null,
        group: 'Exporting',
        config: false,
        help: 'write a WACZ for ReplayWeb.page',
      },
      {
        name: 'epub',
        type: TEXT,
        value: 'FILE',
        default: null,
        group: 'Exporting',
        config: false,
        help: 'write a book',
      },
    ],
    load: async () => (await import('./export.ts')).exportArchive,
  },
  {
    name: 'merge',
    operands: 'DIR…',
    summary: 'join the results of shards into the archive that they began from',
    flags: [
      ARCHIVE_FLAG,
      STORE_FLAG,
      LANG_FLAG,
      ...CHECK_FLAGS.filter((flag) => ['format', 'output', 'fail-on', 'quiet'].includes(flag.name)),
    ],
    load: async () => (await import('./merge.ts')).merge,
  },
  {
    name: 'enqueue',
    operands: '[FILE|DIR|GLOB|-]…',
    summary: 'put the links of the sources in a queue for workers; take in what they find with --wait',
    flags: [
      QUEUE_FLAG,
      {
        name: 'wait',
        type: SWITCH,
        default: null,
        group: 'Queue',
        config: false,
        help: 'wait for the workers, take in what they find, keep and report it as check does',
      },
      {
        name: 'status',
        type: SWITCH,
        default: null,
        group: 'Queue',
        config: false,
        help: 'put nothing in: say what stands in the queue and which hosts were given up',
      },
      ...CHECK_FLAGS.filter((flag) => flag.name !== 'shard' && !OF_THE_MACHINE.includes(flag.name)),
    ],
    load: async () => (await import('./enqueue.ts')).enqueue,
  },
  {
    name: 'worker',
    operands: '',
    summary: 'visit what stands in a queue, until it is stopped',
    flags: [
      QUEUE_FLAG,
      {
        name: 'drain',
        type: SWITCH,
        default: null,
        group: 'Queue',
        config: false,
        help: 'end when the queue is empty',
      },
      {
        name: 'lease',
        type: { kind: 'duration' },
        value: 'D',
        default: '30s',
        group: 'Queue',
        config: false,
        help: 'how long a worker may be silent before its hosts are given to others; the same for all workers',
      },
      ...CHECK_FLAGS.filter((flag) => [...OF_THE_MACHINE, ...OF_THE_WORKER].includes(flag.name)),
    ],
    load: async () => (await import('./worker.ts')).worker,
  },
  {
    name: 'init',
    operands: '',
    summary: 'write a starting configuration, a sources folder and the nightly workflow',
    flags: [LANG_FLAG],
    load: async () => (await import('./init.ts')).init,
  },
];
