import { describe, expect, it } from 'vitest';
import { baseAddress, linkAddress, webAddress } from '../../src/article/address.ts';
import { openPage, type Page, visibleText } from '../../src/article/index.ts';
import { pageOf } from './page-of.ts';

const bare = (body: string): Page =>
  openPage({ status: 200, headers: {}, body: new TextEncoder().encode(body) }, 'https://site.example/');

describe('a page without a word about its content', () => {
  it('has the charset, the text and the tree of its bytes, whichever is asked for first', () => {
    expect(bare('<p>中文').charset).toBe('utf-8');
    expect(bare('<p>中文').text).toBe('<p>中文');
    expect(bare('<p>中文').$('p').text()).toBe('中文');
    const page = bare('<p>中文');
    expect([page.$('p').text(), page.charset, page.text]).toEqual(['中文', 'utf-8', '<p>中文']);
  });

  it.each([
    ['data', '{"a": 1}', { a: 1 }],
    ['data behind a mark and white space', '\ufeff \n[1]', [1]],
    ['markup', ' <p>1</p>', undefined],
    ['words', 'a 1', undefined],
    ['nothing', '', undefined],
  ])('is JSON only where it is: %s', (_, body, value) => {
    expect(bare(body).json).toEqual(value);
  });
});

describe('addresses', () => {
  const BASE = 'https://site.example/a/b';
  it.each([
    ['c?d#e', 'https://site.example/a/c?d#e'],
    [' \tht\ntps://x.example/\0 ', 'https://x.example/'],
    ['//x.example', 'https://x.example/'],
    ['java\nscript:alert(1)', null],
    ['ftp://x.example/', null],
    ['https://[', null],
    ['', null],
    [null, null],
    [undefined, null],
    [`/${'x'.repeat(8_191)}`, `https://site.example/${'x'.repeat(8_191)}`],
    [`/${'x'.repeat(8_192)}`, null],
    [`${' '.repeat(20_000)}/c`, null],
  ])('%j', (raw, expected) => {
    expect(webAddress(raw, BASE)).toBe(expected);
  });

  it.each([
    ['mailto:a@b.example', 'mailto:a@b.example'],
    ['tel:+86 (21) 1', 'tel:+86 (21) 1'],
    ['mailto:a', null],
    ['tel:javascript', null],
    [`tel:${'1'.repeat(3_000)}`, null],
    ['/c', 'https://site.example/c'],
    [null, null],
  ])('%j of a link', (raw, expected) => {
    expect(linkAddress(raw, BASE)).toBe(expected);
  });

  it('are those of the page where its base is none of the web', () => {
    expect([baseAddress('/x/', BASE), baseAddress('data:x', BASE), baseAddress(undefined, BASE)]).toEqual([
      'https://site.example/x/',
      BASE,
      BASE,
    ]);
  });
});

describe('the text that a reader sees', () => {
  const { $ } = pageOf(
    `<head><title>t</title></head><body><h1>One</h1><p>two<br>three <b>four</b></p><div hidden>no</div>
<div style="color: red; display : NONE">no</div><div style="display:block">five</div><!-- no --><script>no</script>
<div style="${'x'.repeat(5_000)};display:none">six</div><svg><text>no</text></svg></body>`,
  );

  it('is that of the page, one line a block, without what is hidden', () => {
    expect(visibleText($)).toBe('One\ntwo\nthree four\nfive\nsix');
  });

  it('is that of what a selector finds, or of a node', () => {
    expect(visibleText($, 'h1, b')).toBe('One\nfour');
    expect(visibleText($, $('p').get(0))).toBe('two\nthree four');
    expect(visibleText($, 'h6')).toBe('');
  });
});
