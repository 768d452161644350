import pLimit from 'p-limit';
import { afterAll, describe, expect, it } from 'vitest';
import type { Listening } from './world.ts';
import { ask, closeWorld, ending, fetcherFor, rawServer, webServer } from './world.ts';

afterAll(closeWorld);

interface Entry {
  start: number;
  end: number;
}

/** A server that answers 429 to whoever asks sooner than `interval` ms after the last request, and logs them all. */
async function strictServer(
  interval: number,
  keepAlive: boolean,
): Promise<{ server: Listening; log: Entry[]; refused: () => number }> {
  const log: Entry[] = [];
  let refused = 0;
  const server = await webServer((_request, response) => {
    const now = performance.now();
    const last = log.at(-1);
    const entry = { start: now, end: now };
    log.push(entry);
    if (last !== undefined && now - last.start < interval) {
      refused += 1;
      response.writeHead(429).end();
      return;
    }
    if (!keepAlive) response.setHeader('connection', 'close');
    setTimeout(() => {
      entry.end = performance.now();
      response.end('ok');
    }, 3);
  });
  return { server, log, refused: () => refused };
}

describe('politeness, as the server sees it', () => {
  it.each([true, false])('never too fast, never too many at once, nobody fails (keep-alive: %s)', async (keepAlive) => {
    const interval = 40;
    const big = await strictServer(interval, keepAlive);
    const small = await Promise.all([1, 2, 3].map(() => strictServer(interval, keepAlive)));
    const limit = pLimit(4);
    const fetcher = fetcherFor({ hostConcurrency: 2, hostRequestInterval: interval, slot: (task) => limit(task) });
    const urls = Array.from({ length: 50 }, (_, n) => {
      const target = n % 5 === 0 ? small[(n / 5) % 3] : big;
      return `${target?.server.url}/${n}`;
    });
    const exchanges = await Promise.all(urls.map((url) => fetcher.fetch(ask(url))));
    expect(new Set(exchanges.map(ending))).toEqual(new Set(['status 200']));
    expect(exchanges.flatMap(({ tries }) => tries)).toEqual([]);
    for (const { log, refused } of [big, ...small]) {
      expect(refused()).toBe(0);
      const gaps = log.slice(1).map(({ start }, at) => start - (log[at]?.start ?? 0));
      expect(Math.min(interval, ...gaps)).toBeGreaterThanOrEqual(interval);
      const atOnce = log.map(({ start }) => log.filter((other) => other.start <= start && other.end > start).length);
      expect(Math.max(...atOnce)).toBeLessThanOrEqual(2);
    }
  });

  it('redirects and retries wait their turn like any request', async () => {
    const times: number[] = [];
    const server = await webServer((request, response, count) => {
      times.push(performance.now());
      if (count === 1) response.writeHead(503).end();
      else if (request.url === '/a') response.writeHead(302, { location: '/b' }).end();
      else response.end();
    });
    const fetcher = fetcherFor({ hostRequestInterval: 30, maxRetries: 2 });
    await Promise.all([fetcher.fetch(ask(`${server.url}/a`)), fetcher.fetch(ask(`${server.url}/c`))]);
    expect(times.length).toBe(4);
    const gaps = times.slice(1).map((time, at) => time - (times[at] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(30);
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
