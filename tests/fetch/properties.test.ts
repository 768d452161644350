import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Cookies } from '../../src/fetch/cookies.ts';
import { HeadMender, mendHead } from '../../src/fetch/mend.ts';
import { proxyFor, readProxies } from '../../src/fetch/proxy.ts';
import { forwardFault, proxyFault } from '../../src/fetch/proxy-answer.ts';
import { captureOf, shownUrl } from '../../src/fetch/record.ts';
import { parseRetryAfter } from '../../src/fetch/retry.ts';
import { Robots } from '../../src/fetch/robots.ts';
import type { Exchange } from '../../src/types.ts';
import { runs } from '../property.ts';

const NOW = Date.parse('2026-11-23T02:00:00Z');
const anyText = fc.string({ unit: 'binary', maxLength: 30 });
function pieces(...words: string[]): fc.Arbitrary<string> {
  return fc
    .array(fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...words) }, anyText), { maxLength: 16 })
    .map((parts) => parts.join(''));
}

it('a Retry-After is a time from now on, or says nothing', () => {
  const value = fc.oneof(
    pieces('Mon', 'Tue, ', '23 Nov 2026', ' ', '02:00:00', ' GMT', '1', '999999999999', '-', 'Z', '1e9', ',', '\t'),
    fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
  );
  fc.assert(
    fc.property(value, (text) => {
      const wait = parseRetryAfter(text, NOW);
      expect(wait === null || (Number.isFinite(wait) && wait >= 0)).toBe(true);
    }),
    runs(500),
  );
});

it('no cookies.txt and no Set-Cookie makes a header that cannot be sent', () => {
  const word = fc.oneof(
    fc.constantFrom('a.example', '.a.example', 'TRUE', '/', '0', '9999999999', 'name', '__Host-x', 'a b', ';', '"', '\0', '\x7f', '例子', ''),
    anyText,
  ); // biome-ignore format: a row of words
  const line = fc
    .tuple(
      fc.constantFrom('a.example', '.example', 'www.a.example', '#HttpOnly_a.example'),
      fc.array(word, { maxLength: 7 }),
    )
    .map(([domain, rest]) => [domain, ...rest].join('\t'));
  const usual = fc.tuple(word, word).map(([name, value]) => `.a.example\tTRUE\t/\tFALSE\t0\t${name}\t${value}`);
  const file = fc.array(fc.oneof(line, usual), { maxLength: 4 }).map((lines) => lines.join('\n'));
  const fields = fc.array(
    pieces(
      'name',
      '=',
      'value',
      '; ',
      'Domain=',
      'a.example',
      '.com',
      'Path=/',
      'Expires=',
      'Max-Age=',
      '1',
      '-',
      'Secure',
      'SameSite=x',
      '\0',
      '\n',
      '"',
      '例',
    ),
    { maxLength: 4 },
  );
  fc.assert(
    fc.property(file, fields, (text, set) => {
      const cookies = new Cookies(text).visit();
      const url = new URL('https://www.a.example/s?x=1');
      cookies.take(
        set.map((field) => Buffer.from(field).toString('latin1')),
        url,
      );
      // What RFC 9110 allows in a field, as undici checks it.
      expect(cookies.header(url) ?? 'x').toMatch(/^[\t\x20-\x7e\x80-\xff]+$/);
      expect(new Cookies('').visit().header(url)).toBeNull();
    }),
    runs(300),
  );
});

it('any robots.txt gives rules', async () => {
  const text = pieces(
    'User-agent: ',
    '*',
    'linkark',
    '\n',
    'Disallow: ',
    'Allow: ',
    '/',
    '*',
    '$',
    '%',
    '%zz',
    'Crawl-delay: ',
    '1',
    '-5',
    'x',
    'Sitemap: ',
    'Host: ',
    '#',
    '\r',
    '\0',
    '中',
    '*'.repeat(40),
  );
  await fc.assert(
    fc.asyncProperty(text, fc.constantFrom(200, 301, 404, 503), async (body, status) => {
      const url = 'https://a.example/robots.txt';
      const exchange: Exchange = {
        ask: { url, method: 'GET', headers: {}, body: null, via: 'http' }, at: '', ms: 0, hops: [], finalUrl: url, tries: [],
        reply: { status, headers: {}, body: new TextEncoder().encode(body) }, failure: null, captures: [],
      }; // biome-ignore format: a row of fields
      const rules = await new Robots(async () => exchange, 'linkark/1.0').rulesFor(new URL('https://a.example/x'));
      expect(typeof rules.isAllowed('https://a.example/a%20b?c=%zz')).toBe('boolean');
      expect(rules.isAllowed('https://a.example/x')).toBe(
        status === 503 ? false : rules.isAllowed('https://a.example/x'),
      );
      expect(rules.crawlDelay === null || (rules.crawlDelay > 0 && rules.crawlDelay <= 60)).toBe(true);
    }),
    runs(200),
  );
});

it('any answer of a proxy is a fault of a known kind, or none', () => {
  const field = fc.oneof(
    fc.constant(undefined),
    pieces('proxy; error=', 'dns_error', 'connection_refused', 'ERR_DNS_FAIL', ';', ' '),
    fc.array(anyText, { maxLength: 3 }),
  );
  fc.assert(
    fc.property(
      fc.integer({ min: 100, max: 599 }),
      field,
      field,
      pieces('no such host', 'could not resolve', 'dns', ' failed', '<html>'),
      (status, one, two, body) => {
        const headers = { 'proxy-status': one, 'x-squid-error': two };
        for (const fault of [proxyFault(status, headers, body), forwardFault(status, headers)])
          expect(['dns', 'connect', 'tls', 'timeout', 'reset', undefined]).toContain(fault?.failure.reason);
      },
    ),
    runs(300),
  );
});

describe('proxies from the environment', () => {
  const value = pieces(
    'http://',
    'https://',
    'socks5://',
    'proxy.example',
    ':',
    '8080',
    '99999',
    'user',
    '@',
    '[::1]',
    '10.0.0.0/8',
    '.a.example',
    '*',
    ',',
    ' ',
    '%zz',
    '/',
  );

  it('are read or refused by name', () => {
    fc.assert(
      fc.property(value, value, value, (http, https, none) => {
        const refused: string[] = [];
        try {
          const proxies = readProxies({ HTTP_PROXY: http, HTTPS_PROXY: https, NO_PROXY: none }, (name) => {
            refused.push(name);
            throw new Error(name);
          });
          const found = proxyFor(proxies, new URL('https://www.a.example/'));
          if (found !== null) expect(found.port).toBeLessThan(65_536);
          if (none.split(/[\s,]+/).includes('*')) expect(found).toBeNull();
        } catch {
          expect(refused).toHaveLength(1);
        }
      }),
      runs(300),
    );
  });
});

describe('heads', () => {
  const head = pieces(
    'HTTP/1.1 200 OK',
    '\r\n',
    '\n',
    ':',
    ' ',
    '\t',
    'Content-Length',
    '5',
    '5, 5',
    'Transfer-Encoding',
    'chunked',
    'x',
    '\0',
    'HTTP/1.1 100 ',
    '\r\n\r\n',
    'HTTP/2',
  );

  it('are mended once and for all, in lines that a parser takes', () => {
    fc.assert(
      fc.property(head, (text) => {
        const once = mendHead(`HTTP/1.1 200 OK\r\n${text}\r\n\r\n`);
        expect(mendHead(once)).toBe(once);
        for (const line of once.split('\r\n').slice(1, -2))
          expect(line).toMatch(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+:[^\r\n\0]*$/);
      }),
      runs(300),
    );
  });

  it('come out alike however the stream is cut, and nothing is lost of what follows', () => {
    fc.assert(
      fc.property(head, fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 }), (text, cuts) => {
        const stream = Buffer.from(`HTTP/1.1 200 OK\r\n${text}\r\n\r\nbody`, 'latin1');
        const passed = (sizes: readonly number[]): string => {
          const mender = new HeadMender(10_000);
          mender.expect();
          const out: Buffer[] = [];
          for (let at = 0, n = 0; at < stream.length; n += 1) {
            const size = sizes[n % sizes.length] ?? 1;
            out.push(mender.take(stream.subarray(at, at + size)) ?? Buffer.alloc(0));
            at += size;
          }
          return Buffer.concat(out).toString('latin1');
        };
        const whole = passed([stream.length]);
        expect(passed(cuts)).toBe(whole);
        expect(whole.endsWith('body')).toBe(true);
      }),
      runs(300),
    );
  });
});

it('no name, password or cookie leaves the room', () => {
  const headers = fc.array(
    fc.tuple(
      fc.constantFrom('Cookie', 'SET-COOKIE', 'authorization', 'Location', 'content-location', 'x-own'),
      fc.constantFrom('https://me:geheim@a.example/', '//me:geheim@a.example/', '/\\me:geheim@a.example'),
    ),
    { maxLength: 6 },
  );
  fc.assert(
    fc.property(headers, headers, (sent, received) => {
      const capture = captureOf(
        new URL('https://me:geheim@a.example/x'),
        '2026-11-23T02:00:00Z',
        {
          method: 'GET',
          target: '/x',
          headers: sent.map(([name, value]) => [name.toLowerCase(), value]),
          body: null,
        },
        {
          httpVersion: '1.1',
          status: 200,
          statusText: 'OK',
          headers: received.filter(([name]) => name !== 'x-own'),
          body: new Uint8Array(0),
          ip: null,
        },
        new Set(),
        null,
      );
      expect(JSON.stringify(capture)).not.toContain('geheim');
      expect(shownUrl('https://me:geheim@a.example/')).not.toContain('geheim');
    }),
    runs(200),
  );
});
