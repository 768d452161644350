/** What a flag takes. From this come parsing, --help, the documentation and the JSON Schema of the configuration. */
export type FlagType =
  | { kind: 'switch' }
  | { kind: 'integer'; least: number }
  | { kind: 'duration' }
  | { kind: 'size' }
  | { kind: 'text' }
  | { kind: 'regex' }
  | { kind: 'remap' }
  | { kind: 'header' }
  | { kind: 'shard' }
  | { kind: 'choice'; of: readonly string[] }
  /** `FORMAT` or `FORMAT=FILE`. */
  | { kind: 'format'; of: readonly string[] };

export interface Flag {
  /** Without the dashes. */
  readonly name: string;
  readonly short?: string;
  readonly type: FlagType;
  /** What stands for the value in --help. */
  readonly value?: string;
  readonly repeat?: true;
  /** As one would write it; null where it has none. */
  readonly default: string | null;
  readonly help: string;
  readonly group: string;
  /** False where it makes no sense in a configuration file. */
  readonly config?: false;
}

const FORMATS = ['compact', 'detailed', 'json', 'junit', 'markdown', 'sarif', 'github'] as const;
export const FAIL_LEVELS = ['newly-dead', 'dead', 'gone', 'blocked', 'never'] as const;
const LANGUAGES = ['zh', 'en'] as const;

const SWITCH: FlagType = { kind: 'switch' };
const TEXT: FlagType = { kind: 'text' };
const DURATION: FlagType = { kind: 'duration' };

/** The flag that names the archive; every command that reads one has it. */
export const ARCHIVE_FLAG: Flag = {
  name: 'archive',
  type: TEXT,
  value: 'DIR',
  default: 'archive',
  group: 'Keeping',
  help: 'the archive',
};

export const STORE_FLAG: Flag = {
  name: 'store',
  type: TEXT,
  value: 'URI',
  default: null,
  group: 'Keeping',
  help: 'where records are stored: files (in the archive), memory:, redis://…, postgres://…',
};

export const LANG_FLAG: Flag = {
  name: 'lang',
  type: { kind: 'choice', of: LANGUAGES },
  value: 'LANG',
  default: null,
  group: 'Reporting',
  help: 'language of reports and messages: zh or en (default: that of the sources)',
};

/** The flag that names a queue. */
export const QUEUE_FLAG: Flag = {
  name: 'queue',
  type: TEXT,
  value: 'URL',
  default: null,
  group: 'Queue',
  config: false,
  help: 'the Redis of the queue: redis://host:6379 or rediss://… (or the variable LINKARK_QUEUE); ?namespace=NAME keeps several queues apart in it',
};

export const CHECK_FLAGS: readonly Flag[] = [
  {
    name: 'include',
    type: { kind: 'regex' },
    value: 'RE',
    repeat: true,
    default: null,
    group: 'Which links',
    help: 'check only addresses that match',
  },
  {
    name: 'exclude',
    type: { kind: 'regex' },
    value: 'RE',
    repeat: true,
    default: null,
    group: 'Which links',
    help: 'leave out addresses that match',
  },
  {
    name: 'exclude-path',
    type: { kind: 'regex' },
    value: 'RE',
    repeat: true,
    default: null,
    group: 'Which links',
    help: 'leave out source files whose path matches',
  },
  {
    name: 'remap',
    type: { kind: 'remap' },
    value: "'RE REPLACEMENT'",
    repeat: true,
    default: null,
    group: 'Which links',
    help: 'rewrite addresses before they are asked',
  },
  {
    name: 'files-from',
    type: TEXT,
    value: 'FILE',
    default: null,
    group: 'Which links',
    help: 'read the names of the source files from FILE (- for standard input), one a line; pictures and the like are passed over',
  },
  {
    name: 'baseline',
    type: TEXT,
    value: 'FILE',
    default: null,
    group: 'Which links',
    help: 'leave out links that FILE names: lines of --dump, or what was already gone in a status.json',
  },
  {
    name: 'include-fragments',
    type: SWITCH,
    default: null,
    group: 'Which links',
    help: 'check that the #fragment of a remote page exists',
  },
  {
    name: 'due',
    type: SWITCH,
    default: null,
    group: 'Which links',
    help: 'skip links that were seen healthy within the last week',
  },
  {
    name: 'shard',
    type: { kind: 'shard' },
    value: 'I/N',
    default: null,
    group: 'Which links',
    config: false,
    help: 'check the I-th of N parts, split by host',
  },
  {
    name: 'dump',
    type: SWITCH,
    default: null,
    group: 'Which links',
    config: false,
    help: 'print the links and ask nothing',
  },

  {
    name: 'max-concurrency',
    type: { kind: 'integer', least: 1 },
    value: 'N',
    default: '64',
    group: 'Asking',
    help: 'requests under way at once',
  },
  {
    name: 'host-concurrency',
    type: { kind: 'integer', least: 1 },
    value: 'N',
    default: '2',
    group: 'Asking',
    help: 'requests under way at once to one host',
  },
  {
    name: 'host-request-interval',
    type: DURATION,
    value: 'D',
    default: '1s',
    group: 'Asking',
    help: 'least time between two requests to one host',
  },
  { name: 'timeout', type: DURATION, value: 'D', default: '30s', group: 'Asking', help: 'longest time for one answer' },
  {
    name: 'max-retries',
    type: { kind: 'integer', least: 0 },
    value: 'N',
    default: '3',
    group: 'Asking',
    help: 'further tries where that may help',
  },
  {
    name: 'retry-wait-time',
    type: DURATION,
    value: 'D',
    default: '1s',
    group: 'Asking',
    help: 'first wait before a further try; it doubles',
  },
  {
    name: 'max-redirects',
    type: { kind: 'integer', least: 0 },
    value: 'N',
    default: '10',
    group: 'Asking',
    help: 'redirects followed for one link',
  },
  {
    name: 'max-body',
    type: { kind: 'size' },
    value: 'SIZE',
    default: '32MiB',
    group: 'Asking',
    help: 'largest answer that is read',
  },
  {
    name: 'user-agent',
    type: TEXT,
    value: 'S',
    default: null,
    group: 'Asking',
    help: 'the User-Agent header (default: an honest one of linkark)',
  },
  {
    name: 'header',
    type: { kind: 'header' },
    value: "'K: V'",
    repeat: true,
    default: null,
    group: 'Asking',
    help: 'a header to send with every request',
  },
  {
    name: 'cookies',
    type: TEXT,
    value: 'FILE',
    default: null,
    group: 'Asking',
    help: 'cookies of your browser, as a Netscape cookies.txt',
  },
  { name: 'ca', type: TEXT, value: 'FILE', default: null, group: 'Asking', help: 'trust these certificates too (PEM)' },
  { name: 'insecure', type: SWITCH, default: null, group: 'Asking', help: 'do not verify certificates' },
  {
    name: 'allow-private',
    type: SWITCH,
    default: null,
    group: 'Asking',
    help: 'ask private, loopback and link-local addresses too',
  },
  {
    name: 'robots',
    type: SWITCH,
    default: null,
    group: 'Asking',
    help: "honour robots.txt (off: one visit to a link that a person listed is a reader's visit)",
  },
  {
    name: 'time-budget',
    type: DURATION,
    value: 'D',
    default: null,
    group: 'Asking',
    help: 'stop in time; what is left is first next time',
  },

  ARCHIVE_FLAG,
  STORE_FLAG,
  { name: 'no-snapshots', type: SWITCH, default: null, group: 'Keeping', help: 'check only: keep no articles' },
  { name: 'no-images', type: SWITCH, default: null, group: 'Keeping', help: 'keep articles without their pictures' },
  { name: 'no-warc', type: SWITCH, default: null, group: 'Keeping', help: 'keep no WARC evidence' },
  { name: 'suggest', type: SWITCH, default: null, group: 'Keeping', help: 'look for a Wayback copy of what is gone' },

  {
    name: 'format',
    type: { kind: 'format', of: FORMATS },
    value: 'FORMAT[=FILE]',
    repeat: true,
    default: 'compact',
    group: 'Reporting',
    help: `how to report: ${FORMATS.join(', ')}`,
  },
  {
    name: 'output',
    short: 'o',
    type: TEXT,
    value: 'FILE',
    default: null,
    group: 'Reporting',
    help: 'write the report to FILE instead of the terminal',
  },
  LANG_FLAG,
  { name: 'no-progress', type: SWITCH, default: null, group: 'Reporting', help: 'no progress display' },
  { name: 'quiet', short: 'q', type: SWITCH, default: null, group: 'Reporting', help: 'print only what is wrong' },
  {
    name: 'verbose',
    short: 'v',
    type: SWITCH,
    default: null,
    group: 'Reporting',
    help: 'print every link as it is done',
  },
  {
    name: 'fail-on',
    type: { kind: 'choice', of: FAIL_LEVELS },
    value: 'LEVEL',
    default: 'gone',
    group: 'Reporting',
    help: `exit with 2 on: ${FAIL_LEVELS.join(', ')}; each level includes those before it, never none`,
  },
];

/** Flags that every command has. */
export const GLOBAL_FLAGS: readonly Flag[] = [
  {
    name: 'config',
    type: TEXT,
    value: 'FILE',
    default: 'linkark.config.json',
    group: 'General',
    config: false,
    help: 'the configuration file',
  },
  { name: 'help', short: 'h', type: SWITCH, default: null, group: 'General', config: false, help: 'print this help' },
  {
    name: 'version',
    short: 'V',
    type: SWITCH,
    default: null,
    group: 'General',
    config: false,
    help: 'print the version',
  },
];
