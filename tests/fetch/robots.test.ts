import { afterAll, describe, expect, it } from 'vitest';
import { looksOffline } from '../../src/fetch/index.ts';
import type { Outcome } from '../../src/fetch/offline.ts';
import type { Failure } from '../../src/types.ts';
import { ask, closedPort, closeWorld, ending, fetcherFor, rawServer, webServer } from './world.ts';

afterAll(closeWorld);

describe('robots.txt', () => {
  const options = { robots: true, userAgent: 'linkark/1.0 (+https://example.com)' };

  it('is asked once an origin and honoured for every address', async () => {
    let asked = 0;
    const server = await webServer((request, response) => {
      if (request.url !== '/robots.txt') return response.end('page');
      asked += 1;
      return response.end('User-agent: linkark\nDisallow: /private\n\nUser-agent: *\nDisallow: /\n');
    });
    const fetcher = fetcherFor(options);
    const paths = ['/a', '/private/b', '/c'];
    const ends = await Promise.all(paths.map(async (path) => ending(await fetcher.fetch(ask(server.url + path)))));
    expect(ends).toEqual(['status 200', 'blocked/robots', 'status 200']);
    expect(asked).toBe(1);
  });

  it('knows us by our own name behind a compatible one', async () => {
    const server = await webServer((request, response) => {
      if (request.url === '/robots.txt') response.end('User-agent: linkark\nDisallow: /\n');
      else response.end();
    });
    const userAgent = 'Mozilla/5.0 (compatible; linkark/1.0; +https://example.com)';
    expect(ending(await fetcherFor({ ...options, userAgent }).fetch(ask(`${server.url}/a`)))).toBe('blocked/robots');
  });

  it('is honoured where a redirect leads', async () => {
    const server = await webServer((request, response) => {
      if (request.url === '/robots.txt') response.end('User-agent: *\nDisallow: /closed\n');
      else response.writeHead(302, { location: '/closed' }).end();
    });
    expect(ending(await fetcherFor(options).fetch(ask(`${server.url}/open`)))).toBe('blocked/robots');
  });

  it('is not asked for by default', async () => {
    const asked: string[] = [];
    const server = await webServer((request, response) => {
      asked.push(request.url ?? '');
      response.end();
    });
    await fetcherFor().fetch(ask(`${server.url}/a`));
    expect(asked).toEqual(['/a']);
  });

  it.each([
    [404, 'status 404'],
    [500, 'blocked/robots'],
  ])('that answers %i', async (status, expected) => {
    const server = await webServer((_request, response) =>
      response.writeHead(status).end('User-agent: *\nDisallow: /'),
    );
    expect(ending(await fetcherFor(options).fetch(ask(`${server.url}/a`)))).toBe(expected);
  });

  it('that does not answer leaves the page to show why', async () => {
    const server = await rawServer((socket, head) => {
      if (head.startsWith('GET /robots.txt')) socket.resetAndDestroy();
      else socket.end('HTTP/1.1 200 OK\r\n\r\n');
    });
    expect(ending(await fetcherFor(options).fetch(ask(`${server.url}/a`)))).toBe('status 200');
  });

  it('its Crawl-delay slows its own host', async () => {
    const times: number[] = [];
    const server = await webServer((request, response) => {
      if (request.url === '/robots.txt') return response.end('User-agent: *\nCrawl-delay: 0.1\n');
      times.push(performance.now());
      return response.end();
    });
    const fetcher = fetcherFor(options);
    await Promise.all([1, 2, 3].map((n) => fetcher.fetch(ask(`${server.url}/${n}`))));
    const [first = 0, second = 0, third = 0] = times;
    expect(Math.min(second - first, third - second)).toBeGreaterThanOrEqual(100);
  });
});

describe('looking offline', () => {
  const failed = (reason: Failure['reason'], local: boolean, finalUrl: string | null = null): Outcome => ({
    failure: { verdict: 'unreachable', reason, detail: '', local },
    reply: null,
    finalUrl,
  });
  const noName = (host: string) => failed('dns', false, `https://${host}/`);
  const answered: Outcome = { failure: null, reply: { status: 500, headers: {}, body: new Uint8Array() } };
  const skipped: Outcome = {
    failure: { verdict: 'skipped', reason: 'private-address', detail: '', local: false },
    reply: null,
  };

  it.each<[string, Outcome[], boolean]>([
    ['nothing was asked', [], false],
    ['all was skipped', [skipped, skipped], false],
    ['one local failure', [failed('connect', true)], true],
    ['local failures and skipped ones', [failed('dns', true), failed('connect', true), skipped], true],
    ['one answer among them', [failed('dns', true), answered, failed('dns', true)], false],
    ['one refusal among them', [failed('dns', true), failed('connect', false)], false],
    ['one dead name', [noName('a.example')], false],
    ['one dead host with many links', [noName('a.example'), noName('a.example'), noName('a.example')], false],
    ['two dead names', [noName('a.example'), noName('b.example')], false],
    [
      'every one of many names is said not to exist',
      [noName('a.example'), noName('b.example'), noName('c.example')],
      true,
    ],
    [
      'many dead names and a certificate',
      [noName('a.example'), noName('b.example'), noName('c.example'), failed('tls', false)],
      false,
    ],
    ['many sites that time out', [failed('timeout', false), failed('timeout', false), failed('timeout', false)], false],
    [
      'a host that rests',
      [
        failed('dns', true),
        { failure: { verdict: 'blocked', reason: 'rate-limited', detail: '', local: false }, reply: null },
      ],
      false,
    ],
  ])('%s', (_name, outcomes, expected) => {
    expect(looksOffline(outcomes)).toBe(expected);
  });

  it('a resolver that answers nobody is local, until anything has answered', async () => {
    const server = await webServer((_request, response) => response.end());
    const fetcher = fetcherFor({
      resolve: () => Promise.reject(Object.assign(new Error('no'), { code: 'EAI_AGAIN' })),
    });
    expect((await fetcher.fetch(ask('http://a.example/'))).failure).toMatchObject({ reason: 'dns', local: true });
    await fetcher.fetch(ask(server.url));
    expect((await fetcher.fetch(ask('http://a.example/'))).failure).toMatchObject({ reason: 'dns', local: false });
  });

  it('a closed port is not local', async () => {
    const exchange = await fetcherFor().fetch(ask(`http://127.0.0.1:${await closedPort()}/`));
    expect(exchange.failure).toMatchObject({ reason: 'connect', local: false });
  });
});
