import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalWeb } from '../../src/links/index.ts';
import { runs } from '../property.ts';

const canonical = (raw: string) => canonicalWeb(new URL(raw));

describe('canonicalWeb', () => {
  test.each([
    ['HTTPS://Example.COM:443/Path/?b=2&a=1#part', 'https://example.com/Path/?b=2&a=1'],
    ['http://example.com:8080', 'http://example.com:8080/'],
    ['https://例子.测试/路', 'https://xn--fsqu00a.xn--0zwm56d/%E8%B7%AF'],
    ['https://example.com/?', 'https://example.com/'],
    ['https://example.com/a?utm_source=x&id=1&UTM_Medium=y&fbclid=z', 'https://example.com/a?id=1'],
    ['https://example.com/a?utm_source=x', 'https://example.com/a'],
    ['https://example.com/a?spm=1.2&b', 'https://example.com/a?b'],
    ['https://example.com/#!/a?b=c', 'https://example.com/#!/a?b=c'],
    ['https://example.com/#/a', 'https://example.com/#/a'],
    ['https://example.com/#/', 'https://example.com/'],
    ['https://example.com/#a#!/b', 'https://example.com/'],
    ['https://example.com/?fbclid&id=1', 'https://example.com/?id=1'],
    ['https://example.com/#:~:text=a', 'https://example.com/'],
    ['https://user:secret@example.com/', 'https://example.com/'],
    ['https://www.bilibili.com/video/BV1?vd_source=1&p=2', 'https://www.bilibili.com/video/BV1?p=2'],
    ['https://example.com/?vd_source=1', 'https://example.com/?vd_source=1'],
  ])('%s', (raw, expected) => {
    expect(canonical(raw)).toBe(expected);
  });

  test.each([
    'https://example.com/?a=1&&b=&c',
    'https://example.com/?target=https%3A//a.b/%3Futm_source%3Dx%26c',
    'https://example.com/?wd=%c4%e3',
    'https://example.com/?utm=1&xutm_source=2&ref=main&from=here',
    'https://example.com/a//b/./%2e%2E%2fc;d=e'.replace('/./', '/'),
  ])('keeps %s as it is', (raw) => {
    expect(canonical(raw)).toBe(new URL(raw).href);
  });

  const names = fc.constantFrom('utm_source', 'spm', 'a', 'id', 'fbclid', 'sn', '', 'A', '%C4');
  const values = fc.constantFrom('', '=', '=1', '=%26', '=a+b', '==', '=utm_source');
  const query = fc.array(
    fc.tuple(names, values).map(([name, value]) => name + value),
    { maxLength: 6 },
  );
  const address = fc
    .tuple(
      fc.constantFrom('http:', 'https:'),
      fc.constantFrom('example.com', 'EXAMPLE.com:443', '例子.cn', 'u:p@a.b:81'),
      fc.constantFrom('', '/', '/a/B', '/%e4/中', '//'),
      query,
      fc.constantFrom('', '#', '#a', '#/r', '#!r', '#/r?utm_source=1'),
    )
    .map(
      ([scheme, host, path, parts, hash]) =>
        `${scheme}//${host}${path}${parts.length > 0 ? '?' : ''}${parts.join('&')}${hash}`,
    );

  test('is idempotent', () => {
    fc.assert(
      fc.property(address, (raw) => {
        const once = canonical(raw);
        expect(canonical(once)).toBe(once);
      }),
      runs(1000),
    );
  });

  test('addresses that differ in path case or in a parameter that chooses the page stay apart', () => {
    expect(canonical('https://mp.example.com/s/aB')).not.toBe(canonical('https://mp.example.com/s/ab'));
    fc.assert(
      fc.property(fc.webQueryParameters(), fc.webQueryParameters(), (one, two) => {
        const a = new URL(`https://example.com/?k=${one}`);
        const b = new URL(`https://example.com/?k=${two}`);
        fc.pre(a.href !== b.href && !/utm|spm|_g|bd_|hm|clid|mc_|_hs|__h|igsh|scid|s_/i.test(one + two));
        expect(canonicalWeb(a)).not.toBe(canonicalWeb(b));
      }),
      runs(100),
    );
  });
});
