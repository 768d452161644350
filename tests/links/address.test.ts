import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Address, addressProblem, parseAddress } from '../../src/links/index.ts';
import type { Reference } from '../../src/types.ts';
import { runs } from '../property.ts';

function web(raw: string): string {
  const address = parseAddress(raw);
  if (address.kind !== 'web') throw new Error(`${raw}: ${JSON.stringify(address)}`);
  return address.url.href;
}

describe('parseAddress: web addresses', () => {
  test.each([
    ['https://example.com/a', 'https://example.com/a'],
    ['HTTP://Example.COM:80/A', 'http://example.com/A'],
    ['  https://example.com/a \n', 'https://example.com/a'],
    ['\u3000https://example.com/a\u200b', 'https://example.com/a'],
    ['\ufeffhttps://example.com/', 'https://example.com/'],
    ['//example.com/a?b=c', 'https://example.com/a?b=c'],
    ['www.example.com/a', 'http://www.example.com/a'],
    ['https://例子.测试/路径?问=答', 'https://xn--fsqu00a.xn--0zwm56d/%E8%B7%AF%E5%BE%84?%E9%97%AE=%E7%AD%94'],
  ])('%s', (raw, href) => {
    expect(web(raw)).toBe(href);
  });

  test.each([
    'https://e.com/s?a=1&amp;b=2',
    'https://e.com/s?a=1&amp;amp;b=2',
    'https://e.com/s?a=1\\x26amp;b=2',
    'https://e.com/s?a=1\\x26b=2',
    'https://e.com/s?a=1\\u0026b=2',
    'https://e.com/s?a=1&#38;b=2',
    'https://e.com/s?a=1&#x26;b=2',
  ])('mends the ampersand of %s', (raw) => {
    expect(web(raw)).toBe('https://e.com/s?a=1&b=2');
  });

  test.each([
    'https://link.zhihu.com/?target=https%3A//example.com/%3Fa%3D1%26b%3D2',
    'https://example.com/s?wd=%C4%E3%BA%C3',
    'https://example.com/100%',
    'https://example.com/a%2Fb%20c?d=%26amp%3B&e=%e4%BD%a0',
    'https://mp.weixin.qq.com/s?__biz=MzA3MzI4MjgzMw==&mid=1&idx=1&sn=abc&chksm=def#rd',
    'https://example.com/a+b?c=d+e&&f',
  ])('keeps every escape of %s byte for byte', (raw) => {
    expect(web(raw)).toBe(raw);
  });

  test('addresses that differ only in the query are different', () => {
    expect(web('https://e.com/s?mid=1')).not.toBe(web('https://e.com/s?mid=2'));
  });
});

describe('parseAddress: everything else', () => {
  test.each<[string, Address]>([
    ['../openai.md', { kind: 'local', path: '../openai.md', fragment: null }],
    ['/docs/a%20b.md#top', { kind: 'local', path: '/docs/a b.md', fragment: 'top' }],
    ['文档.md#%E6%A0%87', { kind: 'local', path: '文档.md', fragment: '标' }],
    ['a%zz.md?raw=true', { kind: 'local', path: 'a%zz.md', fragment: null }],
    ['#标题', { kind: 'fragment', fragment: '标题' }],
    ['#', { kind: 'fragment', fragment: '' }],
    ['mailto:a@example.com', { kind: 'unsupported', scheme: 'mailto' }],
    ['JavaScript:alert(1)', { kind: 'unsupported', scheme: 'javascript' }],
    ['data:text/html,x', { kind: 'unsupported', scheme: 'data' }],
    ['ftp://example.com/', { kind: 'unsupported', scheme: 'ftp' }],
    ['tel:+861', { kind: 'unsupported', scheme: 'tel' }],
    ['file:///etc/passwd', { kind: 'unsupported', scheme: 'file' }],
  ])('%s', (raw, address) => {
    expect(parseAddress(raw)).toEqual(address);
  });

  test.each([
    ['', /empty/],
    [' \n', /empty/],
    ['https://', /host name/],
    ['https://exa mple.com/', /white space/],
    ['https://example.com:http/', /port/],
    ['https://example.com:99999/', /65535/],
    ['https://[::1', /host name/],
    ['http：//example.com', /colon/],
    ['http//example.com', /colon/],
    ['example.com:8080/a', /https:\/\//],
    ['localhost:3000', /https:\/\//],
    ['C:\\files\\a.md', /Windows/],
    ['?a=b', /query/],
    ['a\0b', /NUL/],
    [`https://example.com/${'a'.repeat(100_000)}`, /longer/],
    [`${'a'.repeat(100_000)}.md`, /too long/],
  ])('%j is invalid', (raw, reason) => {
    const address = parseAddress(raw);
    expect(address.kind).toBe('invalid');
    expect(address.kind === 'invalid' ? address.reason : '').toMatch(reason);
  });

  test('any string gets an answer, and a web address is one to itself', () => {
    const part = fc.constantFrom(
      'https://',
      'a.b',
      '/',
      '?',
      '&amp;',
      '%26',
      '%C4',
      '#',
      ' ',
      '\\x26',
      '中',
      ':',
      '@',
      '[',
    );
    const raw = fc.oneof(
      fc.string(),
      fc.array(part, { maxLength: 12 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(raw, (text) => {
        const address = parseAddress(text);
        if (address.kind !== 'web') return;
        expect(['http:', 'https:']).toContain(address.url.protocol);
        expect(web(address.url.href)).toBe(address.url.href);
      }),
      runs(500),
    );
  });
});

describe('addressProblem', () => {
  const reference: Reference = {
    file: 'a.md',
    line: 3,
    column: 5,
    raw: 'https://',
    address: 'https://',
    text: 'x',
    heading: null,
    note: null,
    form: 'inline',
    start: 9,
    end: 17,
  };

  test('names the place, the code and the mend', () => {
    expect(addressProblem(reference, parseAddress('https://'))).toEqual({
      file: 'a.md',
      line: 3,
      column: 5,
      code: 'link/invalid-url',
      message: 'the address "https://" has no host name after the scheme',
    });
    expect(addressProblem(reference, parseAddress('tel:1'))?.code).toBe('link/unsupported-scheme');
    expect(addressProblem(reference, parseAddress('https://a.b'))).toBeNull();
  });

  test('shows only the beginning of an endless address', () => {
    const raw = `https://${' '.repeat(9)}${'x'.repeat(100_000)}`;
    expect(addressProblem({ ...reference, raw }, parseAddress(raw))?.message.length).toBeLessThan(300);
  });
});
