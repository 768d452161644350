import { type HostQueue, openQueue, QueueError } from '../queue/index.ts';
import { Options, UsageError } from './options.ts';
import type { Settings } from './settings.ts';
import type { Terminal } from './terminal.ts';

/** Flags of the run that a worker asks by. Secrets are not among them: they are said to each worker. */
const OF_THE_RUN = [
  'host-concurrency',
  'host-request-interval',
  'timeout',
  'max-retries',
  'retry-wait-time',
  'max-redirects',
  'max-body',
  'user-agent',
  'insecure',
  'allow-private',
  'robots',
  'no-snapshots',
  'no-warc',
] as const;

/** How a run's hosts are to be asked, as it travels with the run. */
interface Asking {
  flags: { name: string; value: string | number | boolean | null; given: boolean }[];
  settings: Pick<Settings, 'pace' | 'wayback' | 'hosts'>;
}

/**
 * Opens the queue that --queue or the variable LINKARK_QUEUE names.
 * @throws UsageError where none is named or the name is no address; QueueError where it can not be reached
 */
export async function openNamedQueue(command: string, options: Options, terminal: Terminal): Promise<HostQueue> {
  const address = options.text('queue') ?? terminal.env.LINKARK_QUEUE;
  if (!address) throw new UsageError(`${command}: say which queue with --queue redis://host:6379`);
  try {
    return await openQueue(address);
  } catch (error) {
    if (error instanceof QueueError && error.code === 'queue/address') {
      throw new UsageError(`--queue: ${error.message}. ${error.mend}`);
    }
    throw error;
  }
}

/** What travels with a run: its flags and settings for asking, without headers, cookies and proxies. */
export function askingOf(options: Options, { pace, wayback, hosts }: Settings): Asking {
  const flags = OF_THE_RUN.map((name) => ({
    name,
    value: options.number(name) ?? options.text(name) ?? options.on(name),
    given: options.given(name),
  }));
  const open = Object.entries(hosts).map(([host, { headers: _, cookies: __, ...rules }]) => [host, rules] as const);
  return { flags, settings: { pace, wayback, hosts: Object.fromEntries(open) } };
}

/** The options and settings by which a worker asks: the run's, but what the worker itself was told goes first. */
export function workerAsking(
  asking: unknown,
  own: Options,
  settings: Settings,
): { options: Options; settings: Settings } {
  if (!isAsking(asking)) throw new QueueError('queue/refused', 'The run says not how to ask', 'Put it in again.');
  const values = new Map<string, (string | number | boolean | [string, string])[]>();
  const given = new Set<string>();
  for (const { name, value, given: said } of asking.flags) {
    const mine = own.given(name) ? (own.number(name) ?? own.text(name) ?? own.on(name)) : null;
    const chosen = mine ?? value;
    if (chosen !== null) values.set(name, [chosen]);
    if (said || mine !== null) given.add(name);
  }
  for (const name of ['cookies', 'ca']) {
    const text = own.text(name);
    if (text !== null) values.set(name, [text]);
  }
  values.set('header', own.headers('header'));
  const { pace, wayback, hosts } = asking.settings;
  return {
    options: new Options([], values, given),
    settings: { ...settings, pace, wayback, hosts: withSecrets(hosts, settings.hosts) },
  };
}

/** The run's rules of hosts with the worker's own headers and cookies. */
function withSecrets(hosts: Settings['hosts'], own: Settings['hosts']): Settings['hosts'] {
  const all: Settings['hosts'] = { ...hosts };
  for (const [host, { headers, cookies }] of Object.entries(own)) {
    all[host] = { ...all[host], ...(headers ? { headers } : {}), ...(cookies ? { cookies } : {}) };
  }
  return all;
}

function isAsking(value: unknown): value is Asking {
  return typeof value === 'object' && value !== null && 'flags' in value && 'settings' in value;
}
