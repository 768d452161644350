import {
  createFetcher,
  FetchConfigurationError,
  type Fetcher,
  type FetcherOptions,
  type Gate,
  type Slot,
} from '../fetch/index.ts';
import { hostMatches } from '../links/index.ts';
import { platforms } from '../platforms/index.ts';
import { readNamed } from './named.ts';
import { type Options, UsageError } from './options.ts';
import type { Settings } from './settings.ts';
import type { Terminal } from './terminal.ts';
import { VERSION } from './version.ts';

const USER_AGENT = `Mozilla/5.0 (compatible; linkark/${VERSION}; +https://github.com/linkark/linkark)`;

/** Hosts of which the lists name no page only serve pictures, as to any reader's browser, which asks for several at once. */
const PICTURE_PACE = { concurrency: 4, intervalMs: 200 };

/**
 * Makes the fetchers of one run from flags, settings and the environment.
 * @param pageHosts hosts of the pages on the lists, as in `URL.host`
 * @param gate keeps the pace together with other processes
 * @throws UsageError where a file of cookies or certificates is not there
 */
export async function fetcherFactory(
  options: Options,
  settings: Settings,
  terminal: Terminal,
  pageHosts: ReadonlySet<string>,
  gate?: Gate,
) {
  const cookies = await fileText(options, 'cookies', terminal);
  const ca = await certificates(options, terminal);
  const hostCookies = await cookiesOfHosts(settings, terminal);
  const common: FetcherOptions = {
    timeout: options.amount('timeout'),
    maxRetries: options.amount('max-retries'),
    retryWaitTime: options.amount('retry-wait-time'),
    maxRetryAfter: settings.pace.retryAfterCap,
    maxRedirects: options.amount('max-redirects'),
    maxBody: options.amount('max-body'),
    userAgent: options.text('user-agent') ?? USER_AGENT,
    headers: Object.fromEntries(options.headers('header')),
    cookies: [cookies, ...hostCookies].filter((text) => text !== null).join('\n') || undefined,
    ca,
    insecure: options.on('insecure'),
    allowPrivate: options.on('allow-private'),
    robots: options.on('robots'),
    hostConcurrency: options.amount('host-concurrency'),
    hostRequestInterval: options.amount('host-request-interval'),
    hostRules: (host) => {
      const rules = rulesOf(host, options, settings);
      return pageHosts.has(host) || options.given('host-request-interval')
        ? rules
        : { ...PICTURE_PACE, ...present(rules) };
    },
    captures: !options.on('no-warc') && !options.on('no-snapshots'),
    restAfter: settings.pace.restAfter,
    gate,
  };
  return {
    main: (slot: Slot): Fetcher => made({ ...common, env: { ...terminal.env }, slot }),
    second: (): Fetcher | null => {
      const { proxy } = settings.secondOpinion;
      if (proxy === null) return null;
      return made({ ...common, captures: false, env: { HTTP_PROXY: proxy, HTTPS_PROXY: proxy } });
    },
  };
}

/** The same without what is not set. */
function present<T extends object>(rules: T): Partial<T> {
  return Object.fromEntries(Object.entries(rules).filter(([, value]) => value !== undefined)) as Partial<T>;
}

/** A proxy, header or certificate that can not be used is a person's mistake. */
function made(options: FetcherOptions): Fetcher {
  try {
    return createFetcher(options);
  } catch (error) {
    if (error instanceof FetchConfigurationError) throw new UsageError(error.message);
    throw error;
  }
}

/** How many visits of one host may be under way at once. */
export function hostConcurrency(host: string, options: Options, settings: Settings): number {
  return rulesOf(host, options, settings).concurrency ?? options.amount('host-concurrency');
}

/** Does a host want time between two requests? */
export function isPaced(host: string, options: Options, settings: Settings): boolean {
  return (rulesOf(host, options, settings).intervalMs ?? options.amount('host-request-interval')) > 0;
}

/** A host's rules: the configuration's, then what the command line says, then its platform's manners. */
function rulesOf(host: string, options: Options, settings: Settings) {
  const hostname = host.replace(/:\d+$/, '');
  const manners =
    platforms.find((platform) => platform.hosts.some((claim) => hostMatches(hostname, claim)))?.manners ?? {};
  const own = Object.entries(settings.hosts).find(([claim]) => hostMatches(hostname, claim))?.[1] ?? {};
  const wayback = new URL(settings.wayback.api).host === host ? settings.wayback.interval : undefined;
  const language = own.language ? { 'accept-language': own.language } : {};
  const flag = (name: string, value: number | undefined) => (options.given(name) ? undefined : value);
  return {
    concurrency: own.concurrency ?? flag('host-concurrency', manners.concurrency),
    intervalMs: own.interval ?? wayback ?? flag('host-request-interval', manners.intervalMs),
    cooldownMs: manners.cooldownMs,
    timeoutMs: own.timeout ?? undefined,
    headers: { ...manners.headers, ...own.headers, ...language },
  };
}

async function cookiesOfHosts(settings: Settings, terminal: Terminal): Promise<string[]> {
  const texts: string[] = [];
  for (const [host, { cookies }] of Object.entries(settings.hosts)) {
    if (!cookies) continue;
    const text = await readNamed(cookies, terminal);
    if (text === null) throw new UsageError(`hosts.${host}.cookies: there is no file ${cookies}`);
    texts.push(text);
  }
  return texts;
}

/** What `--ca` names; with it Node forgets NODE_EXTRA_CA_CERTS, so that file is read here too. */
async function certificates(options: Options, terminal: Terminal): Promise<string[] | undefined> {
  const own = await fileText(options, 'ca', terminal);
  if (own === null) return undefined;
  const extra = terminal.env.NODE_EXTRA_CA_CERTS;
  const text = extra ? await readNamed(extra, terminal) : null;
  return text === null ? [own] : [own, text];
}

async function fileText(options: Options, flag: string, terminal: Terminal): Promise<string | null> {
  const name = options.text(flag);
  if (name === null) return null;
  const text = await readNamed(name, terminal);
  if (text === null) throw new UsageError(`--${flag} ${name}: there is no such file`);
  return text;
}
