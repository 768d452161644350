import { createReadStream } from 'node:fs';
import { createGzip, gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { bodyText, closedPort, closeWorld, ending, fetchOnce, rawServer, tcpServer, webServer } from './world.ts';

afterAll(closeWorld);

/** 1 GiB of zeros, gzipped: about 1 MB. */
function bomb(): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const zeros = createReadStream('/dev/zero', { end: 1024 ** 3 - 1, highWaterMark: 1024 * 1024 });
    zeros
      .pipe(createGzip({ level: 1 }))
      .on('data', (chunk: Buffer) => chunks.push(chunk))
      .on('end', () => resolve(Buffer.concat(chunks)))
      .on('error', reject);
  });
}

describe('faults of a hostile web', () => {
  it('reset before the answer', async () => {
    const server = await rawServer((socket) => socket.resetAndDestroy());
    expect(ending(await fetchOnce(server.url))).toBe('unreachable/reset');
  });

  it('closed before the answer', async () => {
    const server = await rawServer((socket) => socket.end());
    expect(ending(await fetchOnce(server.url))).toBe('unreachable/reset');
  });

  it('reset in the middle of the body', async () => {
    const server = await rawServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\nhalf of it');
      setTimeout(() => socket.resetAndDestroy(), 20);
    });
    const exchange = await fetchOnce(server.url);
    expect(ending(exchange)).toBe('unreachable/reset');
    expect(exchange.captures[0]?.response.truncated).toBe('disconnect');
  });

  it('body shorter than its Content-Length', async () => {
    const server = await rawServer((socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\nshort'));
    expect(ending(await fetchOnce(server.url))).toBe('unreachable/truncated');
  });

  it('body shorter than its Content-Length, over a connection that is to be closed', async () => {
    const server = await rawServer((socket) =>
      socket.end('HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 1000\r\n\r\nshort'),
    );
    expect(ending(await fetchOnce(server.url))).toBe('unreachable/truncated');
  });

  it('chunked body without its end', async () => {
    const server = await rawServer((socket) =>
      socket.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nfirst\r\n'),
    );
    expect(ending(await fetchOnce(server.url))).toBe('unreachable/truncated');
  });

  it('endless body', async () => {
    const server = await webServer((_request, response) => {
      const chunk = Buffer.alloc(256 * 1024, 'a');
      const more = () => {
        while (!response.destroyed && response.write(chunk));
      };
      response.on('drain', more);
      more();
    });
    expect(ending(await fetchOnce(server.url, { maxBody: 4 * 1024 * 1024 }))).toBe('unreachable/too-large');
  });

  it('body that says it is larger than the limit is not read at all', async () => {
    const server = await rawServer((socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 99999999\r\n\r\n'));
    expect(ending(await fetchOnce(server.url, { maxBody: 1000 }))).toBe('unreachable/too-large');
  });

  it('what came of a body that is too large is evidence, no more and no less', async () => {
    const server = await rawServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\nfirst');
      setTimeout(() => socket.write('x'.repeat(100)), 20);
    });
    const [capture] = (await fetchOnce(server.url, { maxBody: 50 })).captures;
    expect(Buffer.from(capture?.response.body ?? []).toString()).toBe('first');
    expect(capture?.response.truncated).toBe('length');
  });

  it('slow drip', async () => {
    const server = await rawServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n');
      const timer = setInterval(() => socket.write('.'), 20);
      socket.once('close', () => clearInterval(timer));
    });
    const exchange = await fetchOnce(server.url, { timeout: 200 });
    expect(ending(exchange)).toBe('unreachable/timeout');
    expect(exchange.captures[0]?.response.truncated).toBe('time');
  });

  it('slow drip of header bytes', async () => {
    const server = await rawServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nx: ');
      const timer = setInterval(() => socket.write('.'), 20);
      socket.once('close', () => clearInterval(timer));
    });
    expect(ending(await fetchOnce(server.url, { timeout: 200 }))).toBe('unreachable/timeout');
  });

  it('large body that keeps coming has more time than one timeout', async () => {
    const server = await rawServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 50000\r\n\r\n');
      let left = 50;
      const timer = setInterval(() => {
        socket.write('x'.repeat(1000));
        left -= 1;
        if (left === 0) clearInterval(timer);
      }, 10);
      socket.once('close', () => clearInterval(timer));
    });
    expect(ending(await fetchOnce(server.url, { timeout: 400 }))).toBe('status 200');
  });

  it('body that comes fast enough but never ends is given up all the same', async () => {
    const server = await rawServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      const timer = setInterval(() => socket.write('x'.repeat(1000)), 10);
      socket.once('close', () => clearInterval(timer));
    });
    expect(ending(await fetchOnce(server.url, { timeout: 100 }))).toBe('unreachable/timeout');
  });

  it('gzip bomb of 1 GiB', async () => {
    const bytes = await bomb();
    const server = await webServer((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-type': 'text/html' }).end(bytes);
    });
    const before = process.memoryUsage().rss;
    expect(ending(await fetchOnce(server.url))).toBe('unreachable/too-large');
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
  });

  it('gzip bomb inside a gzip', async () => {
    const bytes = gzipSync(gzipSync(Buffer.alloc(8 * 1024 * 1024)));
    const server = await webServer((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip, gzip' }).end(bytes);
    });
    expect(ending(await fetchOnce(server.url, { maxBody: 1024 * 1024 }))).toBe('unreachable/too-large');
  });

  it('10 000 headers', async () => {
    const fields = Array.from({ length: 10_000 }, (_, n) => `h${n}: v\r\n`).join('');
    const server = await rawServer((socket) => socket.write(`HTTP/1.1 200 OK\r\n${fields}content-length: 2\r\n\r\nok`));
    expect(ending(await fetchOnce(server.url))).toBe('unreachable/too-large');
  });

  it('endless header', async () => {
    const server = await rawServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nx: ');
      const more = () => {
        while (!socket.destroyed && socket.write('y'.repeat(65_536)));
      };
      socket.on('drain', more);
      more();
    });
    expect(ending(await fetchOnce(server.url))).toBe('unreachable/too-large');
  });

  it('port closed', async () => {
    expect(ending(await fetchOnce(`http://127.0.0.1:${await closedPort()}/`))).toBe('unreachable/connect');
  });

  it('hung connection', async () => {
    const server = await tcpServer(() => undefined);
    expect(ending(await fetchOnce(server.url, { timeout: 150 }))).toBe('unreachable/timeout');
  });

  it('hung TLS handshake', async () => {
    const server = await tcpServer(() => undefined);
    expect(ending(await fetchOnce(server.url.replace('http:', 'https:'), { timeout: 150 }))).toBe(
      'unreachable/timeout',
    );
  });

  it('dead DNS', async () => {
    const resolve = () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' }));
    const exchange = await fetchOnce('http://no-such-host.invalid/', { resolve });
    expect(ending(exchange)).toBe('unreachable/dns');
    expect(exchange.failure?.local).toBe(false);
  });

  it('DNS that never answers', async () => {
    const exchange = await fetchOnce('http://slow.invalid/', {
      resolve: () => new Promise(() => undefined),
      timeout: 100,
    });
    expect(ending(exchange)).toBe('unreachable/timeout');
  });

  it('something that is not HTTP', async () => {
    const server = await tcpServer((socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'));
    expect(ending(await fetchOnce(server.url))).toBe('unreachable/server-error');
  });

  it('bad content coding', async () => {
    const server = await webServer((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end('this is no gzip');
    });
    expect(ending(await fetchOnce(server.url))).toBe('unreachable/bad-encoding');
  });

  it('HTTP/1.0 body that ends with the connection', async () => {
    const server = await rawServer((socket) =>
      socket.end('HTTP/1.0 200 OK\r\ncontent-type: text/html\r\n\r\nold page'),
    );
    const exchange = await fetchOnce(server.url);
    expect(bodyText(exchange)).toBe('old page');
    expect(exchange.captures[0]?.response.httpVersion).toBe('1.0');
  });

  it('empty 200', async () => {
    const server = await rawServer((socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n'));
    const exchange = await fetchOnce(server.url);
    expect(ending(exchange)).toBe('status 200');
    expect(exchange.reply?.body.length).toBe(0);
  });

  it('GBK without charset comes untouched', async () => {
    const bytes = Buffer.from([0xd6, 0xd0, 0xce, 0xc4]);
    const server = await rawServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 4\r\n\r\n');
      socket.write(bytes);
    });
    expect(Buffer.from((await fetchOnce(server.url)).reply?.body ?? [])).toEqual(bytes);
  });

  it('204 has no body', async () => {
    const server = await rawServer((socket) => socket.write('HTTP/1.1 204 No Content\r\n\r\n'));
    expect(ending(await fetchOnce(server.url))).toBe('status 204');
  });

  it('interim answers are passed over', async () => {
    const server = await rawServer((socket) =>
      socket.write('HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok'),
    );
    expect(bodyText(await fetchOnce(server.url))).toBe('ok');
  });

  it('chunked body with trailers', async () => {
    const server = await rawServer((socket) =>
      socket.write(
        'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nx-sum: 5\r\n\r\n',
      ),
    );
    expect(bodyText(await fetchOnce(server.url))).toBe('abcde');
  });

  it('folded header', async () => {
    const server = await rawServer((socket) =>
      socket.write('HTTP/1.1 200 OK\r\nx-long: one\r\n two\r\ncontent-length: 2\r\n\r\nok'),
    );
    const exchange = await fetchOnce(server.url);
    expect(bodyText(exchange)).toBe('ok');
    expect(exchange.reply?.headers['x-long']).toMatch(/^one\s+two$/);
  });
});
