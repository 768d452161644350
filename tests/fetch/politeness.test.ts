import diagnosticsChannel from 'node:diagnostics_channel';
import pLimit from 'p-limit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Listening } from './world.ts';
import { ask, closeWorld, ending, fetcherFor, rawServer, webServer } from './world.ts';

/**
 * When each request went onto the wire, per origin. Server and client share this process, so a moment's stall of it
 * brings requests closer together at the server than they were sent.
 */
const sent = new Map<string, number[]>();

function onSent(message: unknown): void {
  const { origin } = (message as { request: { origin: string } }).request;
  sent.set(origin, [...(sent.get(origin) ?? []), performance.now()]);
}

/** Shortest time between two requests sent to an origin, ms; null when fewer than two were sent. */
function shortestGap(origin: string): number | null {
  const times = sent.get(origin) ?? [];
  const gaps = times.slice(1).map((time, at) => time - (times[at] ?? 0));
  return gaps.length === 0 ? null : Math.min(...gaps);
}

/** The turn is noted just before the wire is written; a machine with other work may pause between the two. */
const PREEMPTION = 15;

beforeAll(() => diagnosticsChannel.subscribe('undici:client:sendHeaders', onSent));
beforeEach(() => sent.clear());
afterAll(async () => {
  diagnosticsChannel.unsubscribe('undici:client:sendHeaders', onSent);
  await closeWorld();
});

/** A server that answers 429 to whoever asks much sooner than `interval` ms after the last request. */
async function strictServer(interval: number, keepAlive: boolean): Promise<{ server: Listening; most: () => number }> {
  let last = Number.NEGATIVE_INFINITY;
  let inFlight = 0;
  let most = 0;
  const server = await webServer((_request, response) => {
    const now = performance.now();
    const early = now - last < interval / 2;
    last = now;
    inFlight += 1;
    most = Math.max(most, inFlight);
    if (!keepAlive) response.setHeader('connection', 'close');
    setTimeout(() => {
      inFlight -= 1;
      response.writeHead(early ? 429 : 200).end('ok');
    }, 3);
  });
  return { server, most: () => most };
}

describe('politeness', () => {
  it.each([true, false])('never too fast, never too many at once, nobody fails (keep-alive: %s)', async (keepAlive) => {
    const interval = 40;
    const big = await strictServer(interval, keepAlive);
    const small = await Promise.all([1, 2, 3].map(() => strictServer(interval, keepAlive)));
    const limit = pLimit(4);
    const fetcher = fetcherFor({
      hostConcurrency: 2,
      hostRequestInterval: interval,
      maxRetries: 3,
      slot: (task) => limit(task),
    });
    const urls = Array.from({ length: 50 }, (_, n) => {
      const target = n % 5 === 0 ? small[(n / 5) % 3] : big;
      return `${target?.server.url}/${n}`;
    });
    const exchanges = await Promise.all(urls.map((url) => fetcher.fetch(ask(url))));
    expect(new Set(exchanges.map(ending))).toEqual(new Set(['status 200']));
    for (const { server, most } of [big, ...small]) {
      expect(shortestGap(server.url)).toBeGreaterThan(interval - PREEMPTION);
      expect(most()).toBeLessThanOrEqual(2);
    }
  });

  it('redirects and retries wait their turn like any request', async () => {
    const server = await webServer((request, response, count) => {
      if (count === 1) response.writeHead(503).end();
      else if (request.url === '/a') response.writeHead(302, { location: '/b' }).end();
      else response.end();
    });
    const fetcher = fetcherFor({ hostRequestInterval: 40, maxRetries: 2 });
    await Promise.all([fetcher.fetch(ask(`${server.url}/a`)), fetcher.fetch(ask(`${server.url}/c`))]);
    expect(sent.get(server.url)?.length).toBe(4);
    expect(shortestGap(server.url)).toBeGreaterThan(40 - PREEMPTION);
  });

  it('a host that hangs holds up no other', async () => {
    const hung = await rawServer(() => undefined);
    const quick = await webServer((_request, response) => response.end());
    const limit = pLimit(3);
    const fetcher = fetcherFor({ hostConcurrency: 2, timeout: 300, slot: (task) => limit(task) });
    const order: string[] = [];
    const asks = [...Array.from({ length: 6 }, () => hung.url), ...Array.from({ length: 6 }, () => quick.url)].map(
      async (url) => {
        await fetcher.fetch(ask(url));
        order.push(url === quick.url ? 'quick' : 'hung');
      },
    );
    await Promise.all(asks);
    expect(order.slice(0, 6)).toEqual(Array.from({ length: 6 }, () => 'quick'));
  });
});
