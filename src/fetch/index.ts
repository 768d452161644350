import type { Ask, Exchange, Failure } from '../types.ts';
import { Connections } from './connections.ts';
import { Cookies } from './cookies.ts';
import { Hosts } from './hosts.ts';
import type { FetcherOptions } from './options.ts';
import { settingsOf } from './options.ts';
import { Pace } from './pace.ts';
import { MAX_ROBOTS_BYTES, Robots } from './robots.ts';
import { secureContextWith } from './tls.ts';
import type { FetchRequest, Shared } from './visit.ts';
import { Visit } from './visit.ts';

export type { Gate, LaneRules, Pass } from './gate.ts';
export { looksOffline } from './offline.ts';
export type { FetcherOptions, HostRules, Slot } from './options.ts';
export { FetchConfigurationError } from './options.ts';
export type { FetchRequest } from './visit.ts';

/** Asks the web, politely and within limits. */
export interface Fetcher {
  /** Makes one ask, redirects and retries included. Never rejects for what the network does. */
  fetch(ask: Ask, request?: FetchRequest): Promise<Exchange>;
  /** Tells that a host (as in `URL.host`, or an address on it) showed a wall: several in a row, and it rests for the run. */
  reportWall(host: string): void;
  /** Tells that a host showed a real page, which ends the row of walls. */
  reportPage(host: string): void;
  /** Tells that nothing more will be asked of a host for now: its idle connections are closed. */
  release(host: string): void;
  /** Stops whatever waits or is under way, and closes all connections. */
  close(): Promise<void>;
}

/** Makes a fetcher; throws FetchConfigurationError where an option can not be used. */
export function createFetcher(options: FetcherOptions = {}): Fetcher {
  const settings = settingsOf(options);
  const closing = new AbortController();
  const pace = new Pace({
    ...settings,
    rules: (host) => {
      const rules = settings.hostRules(host);
      return {
        concurrency: Math.max(1, rules.concurrency ?? settings.hostConcurrency),
        intervalMs: rules.intervalMs ?? settings.hostRequestInterval,
      };
    },
  });
  const connections = new Connections({
    maxHeaderSize: settings.maxHeaderSize,
    keepAliveMs: Math.min(30_000, Math.max(4000, settings.hostRequestInterval * 2)),
  });
  const hosts = new Hosts(pace, settings.restAfter);
  const shared: Shared = {
    settings,
    connections,
    context: secureContextWith(settings.ca),
    closing: closing.signal,
    pace,
    hosts,
    cookies: new Cookies(settings.cookies),
    robots: null,
  };
  const readRobots = (url: string) =>
    new Visit(
      shared,
      { url, method: 'GET', headers: {}, body: null, via: 'http' },
      { maxBytes: MAX_ROBOTS_BYTES },
    ).run();
  const polite: Shared = { ...shared, robots: settings.robots ? new Robots(readRobots, settings.userAgent) : null };
  return {
    fetch: (ask, request = {}) => new Visit(polite, ask, request).run(),
    reportWall: (host) => hosts.wall(hostOf(host)),
    reportPage: (host) => hosts.page(hostOf(host)),
    release: (host) => {
      if (pace.isIdle(hostOf(host))) connections.closeHost(hostOf(host));
    },
    close: async () => {
      closing.abort();
      pace.close();
      connections.close();
    },
  };
}

/** When a Failure says that its ask was put off, the ISO time until which it was; else null. */
export function deferredUntil(failure: Failure): string | null {
  return /deferred until (\S+)$/.exec(failure.detail)?.[1] ?? null;
}

function hostOf(text: string): string {
  return text.includes('://') && URL.canParse(text) ? new URL(text).host : text;
}
