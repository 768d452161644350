import { validateHeaderName, validateHeaderValue } from 'node:http';
import { sleepFor } from './abort.ts';
import type { Gate } from './gate.ts';
import type { Proxies, ProxyEnvironment } from './proxy.ts';
import { readProxies } from './proxy.ts';

/** How one host is asked; what is absent follows the general options. Times in milliseconds. */
export interface HostRules {
  concurrency?: number | undefined;
  intervalMs?: number | undefined;
  /** Least rest of the host after a 429, whatever Retry-After says. */
  cooldownMs?: number | undefined;
  timeoutMs?: number | undefined;
  headers?: Readonly<Record<string, string>> | undefined;
}

/** Runs a task when one of the run's slots is free (the conductor's p-limit). */
export type Slot = <T>(task: () => Promise<T>) => Promise<T>;

/** What resolves names; the same shape as `dns.promises.lookup(name, { all: true })`. */
export type Resolve = (hostname: string) => Promise<{ address: string; family: number }[]>;

/** What a fetcher can be told. Everything has a default; times in milliseconds, sizes in bytes. */
export interface FetcherOptions {
  /** Longest wait for the first byte of an answer, connection included, and for its body (30 000). */
  timeout?: number | undefined;
  /** Retries a visit may make beyond the first try of each address (3). */
  maxRetries?: number | undefined;
  /** First wait before a retry; doubles with each (1000). */
  retryWaitTime?: number | undefined;
  /** Longest wait before a retry of our own choosing (30 000). */
  maxRetryWait?: number | undefined;
  /** Longest Retry-After that is waited out; a longer one defers the ask (300 000). */
  maxRetryAfter?: number | undefined;
  maxRedirects?: number | undefined;
  /** Most bytes of a body, before and after decoding (32 MiB). */
  maxBody?: number | undefined;
  /** Most bytes of header names and values of one answer (64 KiB). */
  maxHeaderSize?: number | undefined;
  /** Most header fields of one answer (1000). */
  maxHeaderCount?: number | undefined;
  /** A body slower than this many bytes a second ends when `timeout` has passed; a faster one has four times as long (8192). */
  minBodyRate?: number | undefined;
  userAgent?: string | undefined;
  /** Sent with every first request of a visit; Authorization and Cookie do not follow a redirect to another origin. */
  headers?: Readonly<Record<string, string>> | undefined;
  /** Text of a Netscape cookies.txt. */
  cookies?: string | undefined;
  /**
   * PEM texts of further certificate authorities, beside Node's own. Where there are any, and Node is older than 22.15,
   * the text of the file that NODE_EXTRA_CA_CERTS names must be among them.
   */
  ca?: string | readonly string[] | undefined;
  insecure?: boolean | undefined;
  allowPrivate?: boolean | undefined;
  robots?: boolean | undefined;
  /** Requests at once to one host (2). */
  hostConcurrency?: number | undefined;
  /** Least time between the starts of two requests to one host (1000). */
  hostRequestInterval?: number | undefined;
  /** Rules for a host as in `URL.host`: the name, and the port where it is not the scheme's own. Asked once a host. */
  hostRules?: ((host: string) => HostRules) | undefined;
  slot?: Slot | undefined;
  /** HTTP_PROXY, HTTPS_PROXY and NO_PROXY, lower case too. */
  env?: ProxyEnvironment | undefined;
  /** Keep what went over the wire, for the WARC (true). */
  captures?: boolean | undefined;
  /** 429 answers, or walls, in a row after which a host rests for the run (6). */
  restAfter?: number | undefined;
  /** Epoch milliseconds; fractions welcome. */
  clock?: (() => number) | undefined;
  /** 0 up to but not 1. */
  random?: (() => number) | undefined;
  /** Waits; ends early, without rejecting, when the signal aborts. */
  sleep?: ((ms: number, signal?: AbortSignal) => Promise<void>) | undefined;
  resolve?: Resolve | undefined;
  /** Keeps the hosts' pace together with other processes (none). */
  gate?: Gate | undefined;
}

/** The same with every default filled in. */
export interface Settings {
  timeout: number;
  maxRetries: number;
  retryWaitTime: number;
  maxRetryWait: number;
  maxRetryAfter: number;
  maxRedirects: number;
  maxBody: number;
  maxHeaderSize: number;
  maxHeaderCount: number;
  minBodyRate: number;
  userAgent: string;
  headers: Readonly<Record<string, string>>;
  cookies: string;
  ca: readonly string[];
  insecure: boolean;
  allowPrivate: boolean;
  robots: boolean;
  hostConcurrency: number;
  hostRequestInterval: number;
  hostRules: (host: string) => HostRules;
  slot: Slot;
  proxies: Proxies;
  captures: boolean;
  restAfter: number;
  clock: () => number;
  random: () => number;
  sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  resolve: Resolve | null;
  gate: Gate | null;
}

/** The settings can not be used: a mistake of whoever wrote them, not of the network. */
export class FetchConfigurationError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = 'FetchConfigurationError';
    this.code = code;
  }
}

const MIB = 1024 * 1024;

/** Fills in the defaults; throws FetchConfigurationError for a proxy or a header that can not be used. */
export function settingsOf(options: FetcherOptions): Settings {
  const ca = options.ca ?? [];
  const headers = options.headers ?? {};
  checkHeaders(headers);
  return {
    timeout: options.timeout ?? 30_000,
    maxRetries: options.maxRetries ?? 3,
    retryWaitTime: options.retryWaitTime ?? 1000,
    maxRetryWait: options.maxRetryWait ?? 30_000,
    maxRetryAfter: options.maxRetryAfter ?? 300_000,
    maxRedirects: options.maxRedirects ?? 10,
    maxBody: options.maxBody ?? 32 * MIB,
    maxHeaderSize: options.maxHeaderSize ?? 64 * 1024,
    maxHeaderCount: options.maxHeaderCount ?? 1000,
    minBodyRate: options.minBodyRate ?? 8192,
    userAgent: options.userAgent ?? 'linkark (+https://github.com/linkark/linkark)',
    headers,
    cookies: options.cookies ?? '',
    ca: typeof ca === 'string' ? [ca] : ca,
    insecure: options.insecure ?? false,
    allowPrivate: options.allowPrivate ?? false,
    robots: options.robots ?? false,
    hostConcurrency: Math.max(1, options.hostConcurrency ?? 2),
    hostRequestInterval: options.hostRequestInterval ?? 1000,
    hostRules: remembered(options.hostRules ?? (() => ({}))),
    slot: options.slot ?? ((task) => task()),
    proxies: readProxies(options.env ?? {}, unusableProxy),
    captures: options.captures ?? true,
    restAfter: options.restAfter ?? 6,
    // Monotonic, so that a corrected wall clock neither hurries nor stalls a host.
    clock: options.clock ?? (() => performance.timeOrigin + performance.now()),
    random: options.random ?? Math.random,
    sleep: options.sleep ?? sleepFor,
    resolve: options.resolve ?? null,
    gate: options.gate ?? null,
  };
}

/** A host's rules do not change in a run, and are looked at several times a request. */
function remembered(rulesOf: (host: string) => HostRules): (host: string) => HostRules {
  const known = new Map<string, HostRules>();
  return (host) => {
    const rules = known.get(host) ?? rulesOf(host);
    known.set(host, rules);
    return rules;
  };
}

function unusableProxy(name: string): never {
  throw new FetchConfigurationError(
    'fetch/bad-proxy',
    `${name} is not the address of an HTTP proxy: write it as http://host:port`,
  );
}

function checkHeaders(headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) {
    try {
      validateHeaderName(name);
      validateHeaderValue(name, value);
    } catch {
      // The value is not shown: it may be a secret.
      throw new FetchConfigurationError(
        'fetch/bad-header',
        `The header ${JSON.stringify(name)} can not be sent as it is written`,
      );
    }
  }
}
