import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { decodeBody } from '../../src/fetch/decode.ts';
import { HeadMender, mendHead } from '../../src/fetch/mend.ts';
import { runs } from '../property.ts';
import { ask, bodyText, closeWorld, ending, fetcherFor, fetchOnce, rawServer, webServer } from './world.ts';

afterAll(closeWorld);

const TEXT = Buffer.from('text 文字 '.repeat(50));

describe('content codings', () => {
  it.each([
    ['gzip', gzipSync(TEXT)],
    ['x-gzip', gzipSync(TEXT)],
    ['GZIP', gzipSync(TEXT)],
    ['br', brotliCompressSync(TEXT)],
    ['deflate', deflateSync(TEXT)],
    ['deflate', deflateRawSync(TEXT)],
    ['gzip, br', brotliCompressSync(gzipSync(TEXT))],
    ['identity', TEXT],
    ['utf-8', TEXT],
  ])('%s', async (coding, bytes) => {
    const server = await webServer((_request, response) =>
      response.writeHead(200, { 'content-encoding': coding }).end(bytes),
    );
    const exchange = await fetchOnce(server.url);
    expect(Buffer.from(exchange.reply?.body ?? [])).toEqual(TEXT);
    expect(Buffer.from(exchange.captures[0]?.response.body ?? [])).toEqual(bytes);
  });

  it.each([
    ['an unknown coding', 'lzma', TEXT, 'unreachable/bad-encoding'],
    ['too many codings', 'br, br, br, br', TEXT, 'unreachable/bad-encoding'],
    ['gzip that is none', 'gzip', TEXT, 'unreachable/bad-encoding'],
    ['gzip that ends too early', 'gzip', gzipSync(TEXT).subarray(0, 30), 'unreachable/truncated'],
    ['an empty body', 'gzip', Buffer.alloc(0), 'status 200'],
  ])('%s', async (_name, coding, bytes, expected) => {
    const server = await webServer((_request, response) =>
      response.writeHead(200, { 'content-encoding': coding }).end(bytes),
    );
    expect(ending(await fetchOnce(server.url))).toBe(expected);
  });

  it('never yields more than the limit, and never throws', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 200 }),
        fc.constantFrom('gzip', 'br', 'deflate', 'zstd', 'x'),
        fc.integer({ min: 1, max: 100 }),
        async (bytes, coding, limit) => {
          const bodies = [bytes, coding === 'gzip' ? gzipSync(bytes) : deflateSync(bytes)];
          for (const body of bodies) {
            const decoded = await decodeBody(body, coding, limit);
            if ('body' in decoded && body.length > 0) expect(decoded.body.length).toBeLessThanOrEqual(limit);
          }
        },
      ),
      runs(100),
    );
  });
});

describe('heads as careless servers write them', () => {
  it.each([
    ['line ends without CR', 'HTTP/1.1 200 OK\ncontent-length: 2\n\nok'],
    ['a blank before the colon', 'HTTP/1.1 200 OK\r\ncontent-length : 2\r\n\r\nok'],
    ['a name with a blank in it', 'HTTP/1.1 200 OK\r\nbad name: 1\r\ncontent-length: 2\r\n\r\nok'],
    ['the same length twice', 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\nContent-Length: 2\r\n\r\nok'],
    [
      'a length beside chunks',
      'HTTP/1.1 200 OK\r\ncontent-length: 9\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n',
    ],
    ['a control character', 'HTTP/1.1 200 OK\r\nx: a\x01b\r\ncontent-length: 2\r\n\r\nok'],
    ['a folded line', 'HTTP/1.1 200 OK\r\nx: a\r\n\tb\r\ncontent-length: 2\r\n\r\nok'],
    [
      'an interim answer, folded',
      'HTTP/1.1 103 Hi\r\nlink: a\r\n b\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok',
    ],
    ['no reason phrase', 'HTTP/1.1 200\r\ncontent-length: 2\r\n\r\nok'],
  ])('%s', async (_name, answer) => {
    const server = await rawServer((socket) => socket.write(Buffer.from(answer, 'latin1')));
    expect(bodyText(await fetchOnce(server.url, { timeout: 500 }))).toBe('ok');
  });

  it('an answer that has no body may still tell the length of one', async () => {
    const server = await rawServer((socket) =>
      socket.write('HTTP/1.1 304 Not Modified\r\ncontent-length: 99999999\r\netag: "v"\r\n\r\n'),
    );
    expect(ending(await fetchOnce(server.url, { timeout: 500 }))).toBe('status 304');
  });

  it('two different lengths are not guessed at', async () => {
    const server = await rawServer((socket) =>
      socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\nok'),
    );
    expect((await fetchOnce(server.url)).failure?.verdict).toBe('unreachable');
  });

  it('arrives the same in whatever pieces', async () => {
    const answer = 'HTTP/1.1 200 OK\r\nx: a\r\n b\r\ncontent-length: 2\r\n\r\nok';
    const server = await rawServer((socket) => {
      socket.setNoDelay(true);
      const letters = [...answer];
      const timer = setInterval(() => {
        const letter = letters.shift();
        if (letter === undefined) clearInterval(timer);
        else socket.write(letter);
      }, 1);
      socket.once('close', () => clearInterval(timer));
    });
    expect(bodyText(await fetchOnce(server.url))).toBe('ok');
  });

  it('a proper stream passes byte for byte, however it is cut', () => {
    const token = fc
      .stringMatching(/^[A-Za-z][A-Za-z-]{0,10}$/)
      .filter((name) => !/^(?:content-length|transfer-encoding)$/i.test(name));
    const value = fc.stringMatching(/^[\x20-\x7e]{0,20}$/);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(token, value), { maxLength: 6 }),
        fc.uint8Array({ maxLength: 40 }),
        fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 20 }),
        (fields, body, cuts) => {
          const head = `HTTP/1.1 200 OK\r\n${fields.map(([name, text]) => `${name}: ${text}\r\n`).join('')}\r\n`;
          const stream = Buffer.concat([Buffer.from(head, 'latin1'), body]);
          const mender = new HeadMender(10_000);
          mender.expect();
          const out: Buffer[] = [];
          for (let at = 0, n = 0; at < stream.length; n += 1) {
            const size = cuts[n % cuts.length] ?? 1;
            const piece = mender.take(stream.subarray(at, at + size));
            if (piece !== null) out.push(piece);
            at += size;
          }
          expect(Buffer.concat(out)).toEqual(stream);
        },
      ),
      runs(200),
    );
  });

  it('a mended head needs no mending', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', ':', ' ', '\r\n', '\n', '\t', '1', ','), maxLength: 40 }),
        (text) => {
          const once = mendHead(`HTTP/1.1 200 OK\r\n${text}\r\n\r\n`);
          expect(mendHead(once)).toBe(once);
        },
      ),
      runs(300),
    );
  });
});

describe('conditional requests and headers', () => {
  it('send the validators of the last visit', async () => {
    const server = await webServer((request, response) => {
      const known = request.headers['if-none-match'] === '"v1"' && request.headers['if-modified-since'] === 'then';
      response.writeHead(known ? 304 : 200).end();
    });
    const fetcher = fetcherFor();
    const validators = { etag: '"v1"', lastModified: 'then' };
    expect(ending(await fetcher.fetch(ask(server.url), { validators }))).toBe('status 304');
    expect(ending(await fetcher.fetch(ask(server.url), { validators: { etag: null, lastModified: null } }))).toBe(
      'status 200',
    );
  });

  it('later sources win, and there is no Referer unless the ask has one', async () => {
    const server = await webServer((request, response) => {
      const { 'user-agent': agent, referer, 'x-a': a, 'x-b': b, 'x-c': c, accept } = request.headers;
      response.end(JSON.stringify([agent, referer ?? null, a, b, c, accept]));
    });
    const fetcher = fetcherFor({
      userAgent: 'ua',
      headers: { 'X-B': 'user', 'x-c': 'user' },
      hostRules: () => ({ headers: { 'x-a': 'host', 'x-b': 'host', 'x-c': 'host' } }),
    });
    const plain = await fetcher.fetch(ask(server.url, { headers: { 'X-C': 'ask' } }), { kind: 'picture' });
    expect(JSON.parse(bodyText(plain))).toEqual([
      'ua',
      null,
      'host',
      'user',
      'ask',
      'image/avif,image/webp,image/*,*/*;q=0.8',
    ]);
    const referred = await fetcher.fetch(ask(server.url, { headers: { Referer: 'https://a.example/' } }));
    expect(JSON.parse(bodyText(referred))[1]).toBe('https://a.example/');
  });

  it('validators that can not be sent are left out', async () => {
    const server = await webServer((request, response) => response.end(request.headers['if-none-match'] ?? '-'));
    const validators = { etag: '"a\r\nX-Evil: 1"', lastModified: null };
    expect(bodyText(await fetcherFor().fetch(ask(server.url), { validators }))).toBe('-');
  });

  it('an ask that can not be sent is not tried again', async () => {
    const server = await webServer((_request, response) => response.end());
    const fetcher = fetcherFor({ maxRetries: 3 });
    const exchange = await fetcher.fetch(ask(server.url, { headers: { 'x-a': 'a\nb' } }));
    expect(ending(exchange)).toBe('skipped/invalid-url');
    expect(exchange.tries.length).toBe(1);
  });

  it('maxBytes of a request goes before maxBody', async () => {
    const server = await webServer((_request, response) => response.end('x'.repeat(100)));
    expect(ending(await fetcherFor().fetch(ask(server.url), { maxBytes: 50 }))).toBe('unreachable/too-large');
  });

  it.each([
    ['ftp://a.example/', 'skipped/invalid-url'],
    ['http://', 'skipped/invalid-url'],
    ['', 'skipped/invalid-url'],
  ])('%j is not asked', async (url, expected) => {
    expect(ending(await fetchOnce(url))).toBe(expected);
  });
});
