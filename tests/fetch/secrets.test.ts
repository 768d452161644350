import { afterAll, describe, expect, it } from 'vitest';
import { createFetcher } from '../../src/fetch/index.ts';
import { ask, bodyText, closedPort, closeWorld, ending, fetcherFor, fetchOnce, webServer } from './world.ts';

afterAll(closeWorld);

/** What the two hosts of a test resolve to. */
const resolve = () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]);

function cookieLine(
  domain: string,
  name: string,
  value: string,
  more: { shared?: string; path?: string; secure?: string } = {},
) {
  return [domain, more.shared ?? 'FALSE', more.path ?? '/', more.secure ?? 'FALSE', '0', name, value].join('\t');
}

describe('cookies', () => {
  it('go to their own domain, path and scheme only', async () => {
    const server = await webServer((request, response) => response.end(request.headers.cookie ?? '-'));
    const cookies = [
      '# Netscape HTTP Cookie File',
      cookieLine('site.example', 'own', '1'),
      cookieLine('.site.example', 'shared', '2', { shared: 'TRUE' }),
      `#HttpOnly_${cookieLine('site.example', 'quiet', '3')}`,
      cookieLine('site.example', 'deep', '4', { path: '/deep' }),
      cookieLine('site.example', 'safe', '5', { secure: 'TRUE' }),
      cookieLine('other.example', 'foreign', '6'),
      cookieLine('site.example', 'broken', '7\x7f'),
      cookieLine('no host', 'nowhere', '8'),
      cookieLine('words.example', 'word', '文'),
      'not a cookie at all',
    ].join('\r\n');
    const fetcher = fetcherFor({ cookies, resolve });
    const sent = async (url: string) =>
      bodyText(await fetcher.fetch(ask(url)))
        .split('; ')
        .sort()
        .join(' ');
    expect(await sent(`http://site.example:${server.port}/`)).toBe('own=1 quiet=3 shared=2');
    expect(await sent(`http://site.example:${server.port}/deep/er`)).toBe('deep=4 own=1 quiet=3 shared=2');
    expect(await sent(`http://www.site.example:${server.port}/`)).toBe('shared=2');
    expect(await sent(`http://notsite.example:${server.port}/`)).toBe('-');
    expect(await sent(`http://other.example:${server.port}/`)).toBe('foreign=6');
    const word = (await sent(`http://words.example:${server.port}/`)).replace('word=', '');
    expect(Buffer.from(word, 'latin1').toString()).toBe('文');
  });

  it('that a chain sets hold for that chain and for no other visit', async () => {
    const server = await webServer((request, response) => {
      if (request.headers.cookie === 'pass=yes') response.end('inside');
      else response.writeHead(302, { location: '/', 'set-cookie': 'pass=yes; Path=/' }).end();
    });
    const fetcher = fetcherFor();
    expect(bodyText(await fetcher.fetch(ask(`${server.url}/`)))).toBe('inside');
    const again = await fetcher.fetch(ask(`${server.url}/`));
    expect(again.hops.length).toBe(1);
  });

  it('do not make a circle look new for ever', async () => {
    const server = await webServer((_request, response, count) => {
      response.writeHead(302, { location: '/', 'set-cookie': `n=${count}; Path=/` }).end();
    });
    expect(ending(await fetchOnce(`${server.url}/`))).toBe('unreachable/too-many-redirects');
  });
});

describe('secrets', () => {
  it('stay with their origin', async () => {
    const seen: string[] = [];
    const server = await webServer((request, response) => {
      const { host, cookie, authorization } = request.headers;
      seen.push(`${host?.split(':')[0]} ${cookie ?? '-'} ${authorization ?? '-'} ${request.headers['x-own'] ?? '-'}`);
      const port = host?.split(':')[1];
      if (request.url === '/a') response.writeHead(302, { location: `http://b.example:${port}/b` });
      if (request.url === '/b') response.writeHead(302, { location: `http://a.example:${port}/c` });
      response.end();
    });
    const headers = { Cookie: 'sid=1', Authorization: 'Bearer 2', 'X-Own': '3' };
    await fetchOnce(`http://a.example:${server.port}/a`, { resolve, headers });
    expect(seen).toEqual(['a.example sid=1 Bearer 2 3', 'b.example - - 3', 'a.example - - 3']);
  });

  it('a name and password in an address are used and never shown', async () => {
    const server = await webServer((request, response) => {
      if (request.url === '/') response.writeHead(302, { location: '/in' });
      response.end(request.headers.authorization ?? '-');
    });
    const exchange = await fetchOnce(server.url.replace('//', '//user:topsecret@'));
    expect(bodyText(exchange)).toBe(`Basic ${Buffer.from('user:topsecret').toString('base64')}`);
    expect(JSON.stringify({ ...exchange, reply: null, captures: [] })).not.toContain('topsecret');
    expect(
      JSON.stringify(exchange.captures.map(({ url, request, response }) => [url, request, response.headers])),
    ).not.toMatch(/topsecret|Basic/);
  });

  it('are in no part of any exchange', async () => {
    const secrets = ['cookiesecret', 'bearersecret', 'keysecret', 'setsecret', 'hostsecret', 'asksecret', 'urlsecret'];
    const server = await webServer((request, response) => {
      response.setHeader('Set-Cookie', ['sid=setsecret; Path=/', 'b=setsecret']);
      if (request.url === '/reset') request.socket.resetAndDestroy();
      else if (request.url === '/hop') response.writeHead(302, { location: 'http://me:urlsecret@127.0.0.1:9/' }).end();
      else if (request.url === '/limited') response.writeHead(429, { 'retry-after': '9999' }).end();
      else response.end('plain');
    });
    const fetcher = fetcherFor({
      cookies: cookieLine('127.0.0.1', 'sid', 'cookiesecret'),
      headers: { Authorization: 'Bearer bearersecret', 'X-Api-Key': 'keysecret' },
      hostRules: () => ({ headers: { 'x-token': 'hostsecret' } }),
    });
    const urls = ['/', '/hop', '/reset', '/limited', '/again'].map((path) => server.url + path);
    urls.push(
      `http://me:urlsecret@127.0.0.1:${await closedPort()}/`,
      'http://me:urlsecret@/',
      'ftp://me:urlsecret@host/',
    );
    for (const url of urls) {
      const exchange = await fetcher.fetch(
        ask(url, { headers: { Cookie: 'a=asksecret', authorization: 'asksecret' } }),
      );
      const text = JSON.stringify(exchange).toLowerCase();
      for (const secret of secrets) expect([url, text.includes(secret)]).toEqual([url, false]);
    }
  });

  it('a header that can not be sent is told without its value', () => {
    const make = () => createFetcher({ headers: { 'X-Key': 'top\nsecret' } });
    expect(make).toThrow(expect.objectContaining({ code: 'fetch/bad-header' }));
    expect(make).not.toThrow(/secret/);
  });
});

describe('captures', () => {
  it('hold what went over the wire', async () => {
    const server = await webServer((_request, response) => {
      response.writeHead(200, 'Fine', ['X-B', '1', 'Content-Type', 'text/plain', 'X-A', '2', 'x-b', '3']).end('bytes');
    });
    const exchange = await fetchOnce(`${server.url}/p?q`, { userAgent: 'test/1' });
    const [capture] = exchange.captures;
    expect(capture?.request).toEqual({
      method: 'GET',
      target: '/p?q',
      headers: [
        ['host', server.host],
        ['connection', 'keep-alive'],
        ['user-agent', 'test/1'],
        ['accept', 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'],
        ['accept-language', 'zh-CN,zh;q=0.9,en;q=0.6'],
        ['accept-encoding', 'gzip, br, deflate'],
      ],
      body: null,
    });
    expect(capture?.response.headers.slice(0, 4)).toEqual([
      ['X-B', '1'],
      ['Content-Type', 'text/plain'],
      ['X-A', '2'],
      ['x-b', '3'],
    ]);
    expect(capture?.response).toMatchObject({ httpVersion: '1.1', status: 200, statusText: 'Fine', truncated: null });
    expect(Buffer.from(capture?.response.body ?? []).toString()).toBe('bytes');
    expect(capture?.ip).toBe('127.0.0.1');
    expect(exchange.reply?.headers['x-b']).toBe('1, 3');
  });

  it('can be left out', async () => {
    const server = await webServer((_request, response) => response.end('x'));
    expect((await fetchOnce(server.url, { captures: false })).captures).toEqual([]);
  });
});
