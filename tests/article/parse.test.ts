import type { AnyNode, Document } from 'domhandler';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPlainUtf8 } from '../../src/article/charset.ts';
import { openPage, plainText } from '../../src/article/index.ts';
import { parseMarkup, parseUtf8 } from '../../src/article/parse.ts';
import { runs } from '../property.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A tree as plain data, in the order of the page. */
function outline(root: AnyNode | null): string[] {
  const out: string[] = [];
  const stack: AnyNode[] = root === null ? [] : [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node.type === 'text' || node.type === 'comment') out.push(`${node.type} ${node.data}`);
    else if ('attribs' in node) out.push(`${node.name} ${JSON.stringify(node.attribs)} ${node.children.length}`);
    if ('children' in node) for (const child of [...node.children].reverse()) stack.push(child);
  }
  return out;
}

describe('parsing from bytes', () => {
  it('gives the tree of the whole text, wherever it is cut', () => {
    const part = fc.constantFrom(
      '<p class="甲">春天&amp;来了</p>',
      '<script>var a = "<p>x</p>" + "春";</script>',
      `<script>${'var n = 1;\n'.repeat(600)}</script>`,
      `<SCRIPT src=a></SCRIPT>`,
      '长'.repeat(5000),
      'plain words '.repeat(700),
      '<!-- note -->',
      '😀&#x4e2d;&nbsp;',
      '<div title=\'a "b" 丙\'>',
      '</div><br/>',
      '<style>p { color: red }</style>',
      '<script>never closed ',
      `<script nonce="1">\n(function (a) {\n  'use strict';${'a = "长";'.repeat(9000)}}());</script>`,
      `<script>window.data = {${'"键": "值",'.repeat(9000)}}</script>`,
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 24 }), (parts) => {
        const html = parts.join('');
        expect(outline(parseUtf8(bytes(html)))).toEqual(outline(parseMarkup(html)));
      }),
      runs(120),
    );
  });

  it('keeps long data and leaves long programs out, from bytes and from text alike', () => {
    const program = `!function (t, e) { "object" == typeof exports ? e() : t.x = e() }(this, ${'0,'.repeat(40_000)}0)`;
    const data = `var list = [${'"长",'.repeat(30_000)}""]`;
    const html = `<p>a</p><script id="1">${program}</script><script id="2">${data}</script><script id="3">'use strict'; short</script>`;
    const scripts = (root: Document | null): number[] =>
      (root?.children ?? []).flatMap((node) =>
        'attribs' in node && node.name === 'script' ? [plainText(node).length] : [],
      );
    expect(scripts(parseUtf8(bytes(html)))).toEqual([0, data.length, 19]);
    expect(scripts(parseMarkup(html))).toEqual([0, data.length, 19]);
  });

  it('gives way where elements stand too deep', () => {
    const html = `${'<div>'.repeat(2000)}x`;
    expect(parseUtf8(bytes(html))).toBeNull();
    expect(
      openPage({ status: 200, headers: {}, body: bytes(html) }, 'https://site.example/').$('div').length,
    ).toBeGreaterThan(400);
  });

  it('is for UTF-8 alone', () => {
    expect(isPlainUtf8(bytes('<p>春天</p>'), null)).toBe(true);
    expect(isPlainUtf8(bytes('<p>春天</p>'), 'text/html; charset=gbk')).toBe(true);
    expect(isPlainUtf8(Uint8Array.of(0xb4, 0xba, 0xcc, 0xec), null)).toBe(false);
    expect(isPlainUtf8(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61), null)).toBe(false);
    expect(isPlainUtf8(bytes('plain'), 'text/html; charset=big5')).toBe(false);
  });

  it('names the encoding whichever is asked for first', () => {
    const page = openPage({ status: 200, headers: {}, body: bytes('<p>春天</p>') }, 'https://site.example/');
    expect(page.$('p').text()).toBe('春天');
    expect([page.charset, page.text]).toEqual(['utf-8', '<p>春天</p>']);
  });
});
