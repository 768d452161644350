import { afterAll, describe, expect, it } from 'vitest';
import type { FetcherOptions } from '../../src/fetch/index.ts';
import { deferredUntil } from '../../src/fetch/index.ts';
import { backoff, parseRetryAfter } from '../../src/fetch/retry.ts';
import { ask, bodyText, closedPort, closeWorld, ending, fetcherFor, fetchOnce, rawServer, webServer } from './world.ts';

afterAll(closeWorld);

/** Waits no longer than it must, and writes down how long it was told to. */
function waiting(): { waits: number[]; options: FetcherOptions } {
  const waits: number[] = [];
  let passed = 0;
  return {
    waits,
    options: {
      maxRetries: 3,
      retryWaitTime: 1000,
      random: () => 0.5,
      clock: () => 1_700_000_000_000 + passed,
      sleep: (ms) => {
        waits.push(ms);
        passed += ms;
        return Promise.resolve();
      },
    },
  };
}

describe('retries', () => {
  it('503 twice, then 200', async () => {
    const server = await webServer((_request, response, count) => {
      response.writeHead(count < 3 ? 503 : 200).end('at last');
    });
    const { waits, options } = waiting();
    const exchange = await fetchOnce(server.url, options);
    expect(bodyText(exchange)).toBe('at last');
    expect(exchange.tries.map(({ reason }) => reason)).toEqual(['HTTP 503', 'HTTP 503']);
    expect(waits).toEqual([500, 1000]);
  });

  it('a 503 that stays is an answer, and is left to the judge', async () => {
    const server = await webServer((_request, response) => response.writeHead(503).end('closed'));
    const exchange = await fetchOnce(server.url, waiting().options);
    expect(ending(exchange)).toBe('status 503');
    expect(exchange.tries.length).toBe(3);
    expect(exchange.captures.length).toBe(1);
  });

  it.each([404, 403, 410, 501])('a %i is not asked again', async (status) => {
    let asked = 0;
    const server = await webServer((_request, response, count) => {
      asked = count;
      response.writeHead(status).end();
    });
    expect(ending(await fetchOnce(server.url, waiting().options))).toBe(`status ${status}`);
    expect(asked).toBe(1);
  });

  it('429 with Retry-After 2', async () => {
    const server = await webServer((_request, response, count) => {
      response.writeHead(count === 1 ? 429 : 200, count === 1 ? { 'retry-after': '2' } : {}).end('now');
    });
    const { waits, options } = waiting();
    const exchange = await fetchOnce(server.url, options);
    expect(bodyText(exchange)).toBe('now');
    expect(exchange.tries.map(({ reason }) => reason)).toEqual(['HTTP 429, Retry-After 2 s']);
    expect(waits.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThanOrEqual(2000);
  });

  it('a host cools down for as long as its rules say, even where Retry-After says 0', async () => {
    const server = await webServer((_request, response, count) => {
      response.writeHead(count === 1 ? 429 : 200, { 'retry-after': '0' }).end();
    });
    const { waits, options } = waiting();
    await fetchOnce(server.url, { ...options, hostRules: () => ({ cooldownMs: 60_000 }) });
    expect(waits.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThanOrEqual(60_000);
  });

  it('a Retry-After beyond the limit defers this ask, and those that come after it', async () => {
    let asked = 0;
    const server = await webServer((_request, response, count) => {
      asked = count;
      response.writeHead(429, { 'retry-after': '3600' }).end();
    });
    const fetcher = fetcherFor(waiting().options);
    for (const path of ['/1', '/2']) {
      const exchange = await fetcher.fetch(ask(server.url + path));
      expect(ending(exchange)).toBe('blocked/rate-limited');
      expect(exchange.failure && deferredUntil(exchange.failure)).toBe('2023-11-14T23:13:20.000Z');
    }
    expect(asked).toBe(1);
  });

  it('a Retry-After until the end of time defers, and ends nothing', async () => {
    const server = await webServer((_request, response) =>
      response.writeHead(503, { 'retry-after': 'Sat, 13 Sep 275760 00:00:00 GMT' }).end(),
    );
    let now = 1_700_000_000_000;
    const clock = () => {
      now += 1;
      return now;
    };
    expect(ending(await fetchOnce(server.url, { clock }))).toBe('skipped/over-budget');
  });

  it('a timeout longer than a timer can run is no timeout of none', async () => {
    const server = await webServer((_request, response) => setTimeout(() => response.end('fine'), 50));
    const timeout = 3_600_000_000;
    expect(bodyText(await fetchOnce(server.url, { timeout }))).toBe('fine');
    expect(bodyText(await fetchOnce(server.url, { hostRules: () => ({ timeoutMs: timeout }) }))).toBe('fine');
  });

  it('a long maintenance defers as well, and is no rate limit', async () => {
    const server = await webServer((_request, response) => response.writeHead(503, { 'retry-after': '3600' }).end());
    const exchange = await fetchOnce(server.url, waiting().options);
    expect(ending(exchange)).toBe('skipped/over-budget');
    expect(exchange.failure?.detail).toContain('deferred until');
  });

  it('a host that answers 429 again and again rests; its links are blocked, not unreachable', async () => {
    let asked = 0;
    const server = await webServer((_request, response, count) => {
      asked = count;
      response.writeHead(429).end();
    });
    const fetcher = fetcherFor(waiting().options);
    const ends = [];
    for (let n = 0; n < 5; n += 1) ends.push(ending(await fetcher.fetch(ask(`${server.url}/${n}`))));
    expect(ends).toEqual([
      'status 429',
      'status 429',
      'blocked/rate-limited',
      'blocked/rate-limited',
      'blocked/rate-limited',
    ]);
    expect(asked).toBe(6);
  });

  it('a host that shows walls in a row rests; a page between them ends the row', async () => {
    const server = await webServer((_request, response) => response.end());
    const fetcher = fetcherFor({ restAfter: 3 });
    fetcher.reportWall(server.url);
    fetcher.reportWall(server.host);
    fetcher.reportPage(server.url);
    fetcher.reportWall(server.host);
    fetcher.reportWall(server.host);
    expect(ending(await fetcher.fetch(ask(server.url)))).toBe('status 200');
    fetcher.reportWall(server.host);
    expect(ending(await fetcher.fetch(ask(server.url)))).toBe('blocked/rate-limited');
  });

  it('every try that failed is kept', async () => {
    const exchange = await fetchOnce(`http://127.0.0.1:${await closedPort()}/`, waiting().options);
    expect(exchange.tries.length).toBe(4);
    expect(new Set(exchange.tries.map(({ reason }) => reason.split(':')[0]))).toEqual(new Set(['connect']));
  });

  it('a host that is dead is asked once a visit after a few visits', async () => {
    const url = `http://127.0.0.1:${await closedPort()}/`;
    const fetcher = fetcherFor(waiting().options);
    const tries = [];
    for (let n = 0; n < 5; n += 1) tries.push((await fetcher.fetch(ask(url))).tries.length);
    expect(tries).toEqual([4, 4, 4, 1, 1]);
  });

  it('nothing is retried any more where nothing has ever been reached', async () => {
    const resolve = () => Promise.reject(Object.assign(new Error('no'), { code: 'EAI_AGAIN' }));
    const fetcher = fetcherFor({ ...waiting().options, resolve });
    const tries = [];
    for (let n = 0; n < 10; n += 1) tries.push((await fetcher.fetch(ask(`http://h${n}.example/`))).tries.length);
    expect(tries).toEqual([4, 4, 4, 4, 4, 4, 4, 4, 1, 1]);
  });

  it('an old connection that the server has closed costs no retry', async () => {
    const server = await rawServer((socket, _head, count) => {
      if (count === 1) socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok');
      else if (count === 2) socket.resetAndDestroy();
      else socket.end('HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nnew');
    });
    const fetcher = fetcherFor({ maxRetries: 0 });
    await fetcher.fetch(ask(`${server.url}/first`));
    const exchange = await fetcher.fetch(ask(`${server.url}/second`));
    expect(bodyText(exchange)).toBe('new');
    expect(exchange.tries).toEqual([]);
  });

  it('one connection carries one ask after another', async () => {
    const ports = new Set<number>();
    const server = await webServer((request, response) => {
      ports.add(request.socket.remotePort ?? 0);
      response.end('ok');
    });
    const fetcher = fetcherFor({ hostConcurrency: 1 });
    await Promise.all([1, 2, 3].map((n) => fetcher.fetch(ask(`${server.url}/${n}`))));
    expect(ports.size).toBe(1);
    fetcher.release(server.host);
    await fetcher.fetch(ask(server.url));
    expect(ports.size).toBe(2);
  });

  it('a signal ends what waits and what is under way', async () => {
    const server = await webServer((request, response) => {
      if (request.url === '/fast') response.end();
    });
    const stop = new AbortController();
    const fetcher = fetcherFor({ hostConcurrency: 1, timeout: 60_000 });
    const under = fetcher.fetch(ask(`${server.url}/hung`), { signal: stop.signal });
    const waits = fetcher.fetch(ask(`${server.url}/hung`), { signal: stop.signal });
    const other = fetcher.fetch(ask(`${server.url}/fast`));
    setTimeout(() => stop.abort(), 30);
    expect(ending(await under)).toBe('skipped/over-budget');
    expect(ending(await waits)).toBe('skipped/over-budget');
    expect(ending(await other)).toBe('status 200');
  });

  it('closing ends everything', async () => {
    const server = await webServer(() => undefined);
    const fetcher = fetcherFor({ hostConcurrency: 1, timeout: 60_000 });
    const asks = [1, 2].map((n) => fetcher.fetch(ask(`${server.url}/${n}`)));
    setTimeout(() => fetcher.close(), 30);
    for (const each of await Promise.all(asks)) expect(ending(each)).toBe('skipped/over-budget');
    expect(ending(await fetcher.fetch(ask(server.url)))).toBe('skipped/over-budget');
  });
});

describe('Retry-After', () => {
  const now = Date.UTC(2026, 10, 23, 12, 0, 0);
  it.each([
    ['120', 120_000],
    [' 0 ', 0],
    ['Mon, 23 Nov 2026 12:00:30 GMT', 30_000],
    ['Monday, 23-Nov-26 12:00:30 GMT', 30_000],
    ['Mon Nov 23 12:00:30 2026', 30_000],
    ['Sun, 22 Nov 2026 12:00:00 GMT', 0],
    ['Mon, 23 Nov 2026 12:00:30', 30_000],
    ['Mon, 23 Nov 2026 20:00:30 +0800', 30_000],
    ['-5', null],
    ['-5 GMT', null],
    ['999999999999999999', null],
    ['1.5', null],
    ['soon', null],
    ['2026', 2_026_000],
    ['', null],
    [undefined, null],
  ])('%j', (value, expected) => {
    expect(parseRetryAfter(value, now)).toBe(expected);
  });

  it('names a time of Greenwich where it names no zone, wherever the machine stands', () => {
    const zone = process.env.TZ;
    process.env.TZ = 'Asia/Shanghai';
    try {
      for (const written of ['Mon, 23 Nov 2026 12:00:30', 'Mon Nov 23 12:00:30 2026', 'Monday, 23-Nov-26 12:00:30']) {
        expect(parseRetryAfter(written, now)).toBe(30_000);
      }
    } finally {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
  });

  it('backs off within its bounds', () => {
    expect(backoff(0, 1000, 30_000, () => 0.999)).toBeLessThan(1000);
    expect(backoff(3, 1000, 30_000, () => 0.999)).toBeLessThan(8000);
    expect(backoff(1000, 1000, 30_000, () => 0.999)).toBeLessThan(30_000);
    expect(backoff(5, 1000, 30_000, () => 0)).toBe(0);
  });
});
