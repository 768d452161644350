import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { redirectOf } from '../../src/fetch/redirect.ts';
import { runs } from '../property.ts';
import { ask, bodyText, closeWorld, ending, fetcherFor, fetchOnce, rawServer, webServer } from './world.ts';

afterAll(closeWorld);

describe('redirects', () => {
  it('keeps the chain, with a capture of every hop', async () => {
    const server = await webServer((request, response) => {
      if (request.url === '/a') response.writeHead(301, { location: '/b' }).end('to b');
      else if (request.url === '/b') response.writeHead(302, { location: 'c?x=1#part' }).end();
      else response.end(`at ${request.url}`);
    });
    const exchange = await fetchOnce(`${server.url}/a`);
    expect(exchange.hops).toEqual([
      { url: `${server.url}/a`, status: 301 },
      { url: `${server.url}/b`, status: 302 },
    ]);
    expect(exchange.finalUrl).toBe(`${server.url}/c?x=1#part`);
    expect(bodyText(exchange)).toBe('at /c?x=1');
    expect(exchange.captures.map(({ url, response }) => [url, response.status])).toEqual([
      [`${server.url}/a`, 301],
      [`${server.url}/b`, 302],
      [`${server.url}/c?x=1#part`, 200],
    ]);
  });

  it('stops a circle', async () => {
    const server = await webServer((request, response) => {
      response.writeHead(302, { location: request.url === '/a' ? '/b' : '/a' }).end();
    });
    const exchange = await fetchOnce(`${server.url}/a`);
    expect(ending(exchange)).toBe('unreachable/too-many-redirects');
    expect(exchange.hops.length).toBe(2);
  });

  it('follows so many and no more', async () => {
    const server = await webServer((request, response) => {
      const at = Number(request.url?.slice(1));
      if (at < 4) response.writeHead(302, { location: `/${at + 1}` }).end();
      else response.end('there');
    });
    expect(ending(await fetchOnce(`${server.url}/0`, { maxRedirects: 4 }))).toBe('status 200');
    expect(ending(await fetchOnce(`${server.url}/0`, { maxRedirects: 3 }))).toBe('unreachable/too-many-redirects');
  });

  it('goes through a chain whose server hangs up after every answer without saying so', async () => {
    const heard = new WeakSet<object>();
    const server = await rawServer((socket, head) => {
      // The connection looks open until it is used again.
      if (heard.has(socket)) return void socket.resetAndDestroy();
      heard.add(socket);
      const at = Number(/^GET \/(\d+)/.exec(head)?.[1]);
      const start = at < 8 ? `HTTP/1.1 302 Found\r\nlocation: /${at + 1}` : 'HTTP/1.1 200 OK';
      socket.write(`${start}\r\ncontent-length: 2\r\n\r\nok`);
    });
    const exchange = await fetchOnce(`${server.url}/0`);
    expect(ending(exchange)).toBe('status 200');
    expect(exchange.tries).toEqual([]);
  });

  it.each(['http://127.0.0.1:9/', 'http://169.254.169.254/latest/', 'http://[::ffff:7f00:1]/', 'http://localhost/'])(
    'refuses the way to %s',
    async (target) => {
      const server = await webServer((_request, response) => {
        response.writeHead(302, { location: target }).end();
      });
      const resolve = () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]);
      // The first address is reached through a proxy, so that it may be public.
      const exchange = await fetchOnce('http://public.example/', {
        allowPrivate: false,
        resolve,
        env: { HTTP_PROXY: server.url },
      });
      expect(ending(exchange)).toBe('skipped/private-address');
      expect(exchange.hops.length).toBe(1);
    },
  );

  it('keeps the answer where the way leads nowhere that can be asked', async () => {
    const server = await webServer((request, response) => {
      response.writeHead(302, request.url === '/app' ? { location: 'weixin://dl/chat' } : {}).end();
    });
    expect(ending(await fetchOnce(`${server.url}/app`))).toBe('status 302');
    expect(ending(await fetchOnce(`${server.url}/none`))).toBe('status 302');
  });

  it('follows by the header, whatever the body does', async () => {
    const server = await rawServer((socket, head) => {
      if (head.startsWith('GET /end ')) socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok');
      else socket.end('HTTP/1.1 302 Found\r\nlocation: /end\r\ncontent-length: 500\r\n\r\ncut');
    });
    expect(bodyText(await fetchOnce(server.url))).toBe('ok');
  });

  it('reads UTF-8 and other bytes in Location', async () => {
    const server = await rawServer((socket, head) => {
      if (head.startsWith('GET / ')) socket.end(Buffer.from('HTTP/1.1 302 Found\r\nlocation: /页\r\n\r\n', 'utf8'));
      else if (head.startsWith('GET /%E9%A1%B5 ')) {
        socket.end(Buffer.from('HTTP/1.1 302 Found\r\nlocation: /\xd2\xb3\r\n\r\n', 'latin1'));
      } else socket.end(`HTTP/1.1 200 OK\r\n\r\n${head.split(' ')[1]}`);
    });
    expect(bodyText(await fetchOnce(server.url))).toBe('/%D2%B3');
  });

  it.each([
    [301, 'GET'],
    [302, 'GET'],
    [303, 'GET'],
    [307, 'POST'],
    [308, 'POST'],
  ])('a POST answered with %i goes on as %s', async (status, method) => {
    const seen: string[] = [];
    const server = await webServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => {
        body += String(chunk);
      });
      request.on('end', () => {
        seen.push(`${request.method} ${request.headers['content-type'] ?? '-'} ${body}`);
        if (request.url === '/') response.writeHead(status, { location: '/next' });
        response.end();
      });
    });
    const headers = { 'content-type': 'application/json' };
    const exchange = await fetcherFor().fetch(ask(`${server.url}/`, { method: 'POST', body: '{"a":1}', headers }));
    expect(ending(exchange)).toBe('status 200');
    expect(seen).toEqual([
      'POST application/json {"a":1}',
      method === 'POST' ? 'POST application/json {"a":1}' : 'GET - ',
    ]);
  });

  it('takes the fragment along, unless the target has one', () => {
    const from = new URL('https://example.com/a#here');
    expect(redirectOf(301, '/b', from, 'GET')?.url.href).toBe('https://example.com/b#here');
    expect(redirectOf(301, '/b#there', from, 'GET')?.url.href).toBe('https://example.com/b#there');
  });

  it('never throws and never leaves http, whatever Location says', () => {
    const from = new URL('https://example.com/a/b?c');
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 60 }),
        fc.constantFrom(301, 302, 303, 307, 308),
        (text, status) => {
          const location = Buffer.from(text, 'utf8').toString('latin1');
          const redirect = redirectOf(status, location, from, 'GET');
          if (redirect !== null) expect(redirect.url.protocol).toMatch(/^https?:$/);
        },
      ),
      runs(300),
    );
  });
});
