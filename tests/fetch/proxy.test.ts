import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFetcher } from '../../src/fetch/index.ts';
import { proxyFor, readProxies } from '../../src/fetch/proxy.ts';
import type { Identity } from './certificates.ts';
import { newAuthority, newIdentity } from './certificates.ts';
import type { Listening } from './world.ts';
import { bodyText, closedPort, closeWorld, ending, fetchOnce, listenOn, tlsServer, webServer } from './world.ts';

let authority: Awaited<ReturnType<typeof newAuthority>>;
beforeAll(async () => {
  authority = await newAuthority('Proxy Test Authority');
});
afterAll(closeWorld);

/** A forward proxy that sends every request to the target, and writes down what it was asked. */
async function proxyTo(target: Listening, log: string[], identity: Identity | null = null): Promise<Listening> {
  const server = identity === null ? http.createServer() : https.createServer(identity);
  server.on('request', (request, response) => {
    log.push(
      `${request.method} ${request.url} ${request.headers['proxy-authorization'] ?? '-'} ${request.headers.host}`,
    );
    http.get({ port: target.port, host: '127.0.0.1', path: '/' }, (answer) => answer.pipe(response));
  });
  server.on('connect', (request, client) => {
    log.push(`CONNECT ${request.url} ${request.headers['proxy-authorization'] ?? '-'}`);
    const upstream = net.connect(target.port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.pipe(client).pipe(upstream);
    });
    upstream.on('error', () => client.destroy());
    client.on('error', () => upstream.destroy());
  });
  return listenOn(server, identity === null ? 'http' : 'https');
}

/** A proxy that refuses every tunnel with this answer. */
function refusingProxy(answer: string): Promise<Listening> {
  const server = http.createServer((_request, response) => response.writeHead(407).end());
  server.on('connect', (_request, client) => client.end(answer));
  return listenOn(server, 'http');
}

const PUBLIC = { allowPrivate: false } as const;

describe('proxies', () => {
  it('forwards http, with the whole address and its own password', async () => {
    const log: string[] = [];
    const target = await webServer((_request, response) => response.end('through'));
    const proxy = await proxyTo(target, log);
    const env = { HTTP_PROXY: proxy.url.replace('//', '//me:p%40ss@') };
    const exchange = await fetchOnce('http://site.example/path?q=1', { env, ...PUBLIC });
    expect(bodyText(exchange)).toBe('through');
    const password = Buffer.from('me:p@ss').toString('base64');
    expect(log).toEqual([`GET http://site.example/path?q=1 Basic ${password} site.example`]);
    expect(exchange.captures[0]?.request.target).toBe('/path?q=1');
    expect(exchange.captures[0]?.ip).toBeNull();
    expect(JSON.stringify(exchange)).not.toContain(password);
  });

  it('tunnels https, and checks the certificate of the target', async () => {
    const log: string[] = [];
    const target = await tlsServer(await newIdentity(authority, ['site.example']));
    const proxy = await proxyTo(target, log);
    const env = { https_proxy: proxy.url.replace('//', '//me:secret@') };
    const right = await fetchOnce('https://site.example/', { env, ca: authority.pem, ...PUBLIC });
    expect(bodyText(right)).toBe('ok');
    expect(log).toEqual([`CONNECT site.example:443 Basic ${Buffer.from('me:secret').toString('base64')}`]);
    const wrong = await fetchOnce('https://other.example/', { env, ca: authority.pem, ...PUBLIC });
    expect(ending(wrong)).toBe('unreachable/tls');
  });

  it('reaches the proxy itself over TLS where its address says so', async () => {
    const log: string[] = [];
    const target = await tlsServer(await newIdentity(authority, ['site.example']));
    const plain = await webServer((_request, response) => response.end('plain'));
    const tunnel = await proxyTo(target, log, await newIdentity(authority, ['127.0.0.1']));
    const forward = await proxyTo(plain, log, await newIdentity(authority, ['127.0.0.1']));
    const options = { env: { HTTPS_PROXY: tunnel.url, HTTP_PROXY: forward.url }, ...PUBLIC };
    expect(bodyText(await fetchOnce('https://site.example/', { ca: authority.pem, ...options }))).toBe('ok');
    expect(bodyText(await fetchOnce('http://site.example/', { ca: authority.pem, ...options }))).toBe('plain');
    const untrusted = await fetchOnce('https://site.example/', options);
    expect(untrusted.failure).toMatchObject({ reason: 'tls', local: true });
  });

  it('goes directly where NO_PROXY says so', async () => {
    const target = await webServer((_request, response) => response.end('direct'));
    const env = { HTTP_PROXY: `http://127.0.0.1:${await closedPort()}`, NO_PROXY: '127.0.0.0/8' };
    expect(bodyText(await fetchOnce(target.url, { env }))).toBe('direct');
  });

  it.each([
    ['*', 'http://a.example/', false],
    ['a.example', 'http://a.example/', false],
    ['a.example', 'http://www.a.example/', false],
    ['a.example', 'http://ba.example/', true],
    ['.a.example', 'http://www.a.example/', false],
    ['*.a.example', 'http://www.a.example/', false],
    ['A.Example.', 'http://a.example/', false],
    ['x, a.example:8080', 'http://a.example:8080/', false],
    ['a.example:8080', 'http://a.example/', true],
    ['a.example:80', 'http://a.example/', false],
    ['10.0.0.0/8 192.168.1.1', 'http://10.9.9.9/', false],
    ['10.0.0.0/8 192.168.1.1', 'http://192.168.1.1/', false],
    ['10.0.0.0/8', 'http://11.0.0.1/', true],
    ['::1', 'http://[::1]/', false],
    ['', 'http://a.example/', true],
  ])('NO_PROXY=%s and %s', (exceptions, url, proxied) => {
    const proxies = readProxies({ HTTP_PROXY: 'proxy:3128', NO_PROXY: exceptions }, () => {
      throw new Error('unusable');
    });
    expect(proxyFor(proxies, new URL(url)) !== null).toBe(proxied);
  });

  it('prefers the lower-case name, and knows http and https apart', () => {
    const proxies = readProxies({ HTTP_PROXY: 'http://upper:1', http_proxy: 'http://lower:2' }, () => {
      throw new Error('unusable');
    });
    expect(proxyFor(proxies, new URL('http://a.example/'))?.hostname).toBe('lower');
    expect(proxyFor(proxies, new URL('https://a.example/'))).toBeNull();
  });

  it('a proxy that can not be used is a mistake of the configuration, told without its password', () => {
    const make = () => createFetcher({ env: { HTTPS_PROXY: 'socks5://me:secret@127.0.0.1:1080' } });
    expect(make).toThrow(expect.objectContaining({ code: 'fetch/bad-proxy' }));
    expect(make).not.toThrow(/secret/);
  });

  it.each(['http', 'https'])('a proxy that is not there is a fault of this side (%s)', async (scheme) => {
    const dead = `http://127.0.0.1:${await closedPort()}`;
    const exchange = await fetchOnce(`${scheme}://site.example/`, {
      env: { HTTP_PROXY: dead, HTTPS_PROXY: dead },
      ...PUBLIC,
    });
    expect(ending(exchange)).toBe('unreachable/connect');
    expect(exchange.failure?.local).toBe(true);
  });

  it.each(['http', 'https'])('a proxy that wants a password is a fault of this side (%s)', async (scheme) => {
    const proxy = await refusingProxy('HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n');
    const exchange = await fetchOnce(`${scheme}://site.example/`, {
      env: { HTTP_PROXY: proxy.url, HTTPS_PROXY: proxy.url },
      ...PUBLIC,
    });
    expect(ending(exchange)).toBe('unreachable/connect');
    expect(exchange.failure).toMatchObject({ local: true, detail: expect.stringContaining('407') });
  });

  it.each([
    ['HTTP/1.1 403 Forbidden\r\n\r\n', 'connect', true],
    ['HTTP/1.1 502 Bad Gateway\r\n\r\n', 'connect', false],
    ['HTTP/1.1 502 Bad Gateway\r\n\r\ngetaddrinfo ENOTFOUND site.example', 'dns', false],
    ['HTTP/1.1 503 Service Unavailable\r\nX-Squid-Error: ERR_DNS_FAIL 0\r\n\r\n', 'dns', false],
    ['HTTP/1.1 502 Bad Gateway\r\nProxy-Status: p; error=connection_refused\r\n\r\n', 'connect', false],
    ['HTTP/1.1 504 Gateway Timeout\r\n\r\n', 'timeout', false],
  ])('a tunnel refused with %j', async (answer, reason, local) => {
    const proxy = await refusingProxy(answer);
    const exchange = await fetchOnce('https://site.example/', { env: { HTTPS_PROXY: proxy.url }, ...PUBLIC });
    expect([exchange.failure?.reason, exchange.failure?.local]).toEqual([reason, local]);
  });

  it('a forwarded answer that the proxy says is its own counts as none', async () => {
    const server = http.createServer((_request, response) => {
      response.writeHead(503, { 'x-squid-error': 'ERR_DNS_FAIL 0' }).end('<html>could not resolve</html>');
    });
    const proxy = await listenOn(server, 'http');
    const exchange = await fetchOnce('http://site.example/', { env: { HTTP_PROXY: proxy.url }, ...PUBLIC });
    expect(ending(exchange)).toBe('unreachable/dns');
  });

  it('a tunnel that never opens ends in time', async () => {
    const server = http.createServer();
    server.on('connect', () => undefined);
    const proxy = await listenOn(server, 'http');
    const exchange = await fetchOnce('https://site.example/', {
      env: { HTTPS_PROXY: proxy.url },
      timeout: 150,
      ...PUBLIC,
    });
    expect(ending(exchange)).toBe('unreachable/timeout');
  });
});
