import fc from 'fast-check';
import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { describe, expect, it } from 'vitest';
import { toMarkdown, toText } from '../../src/article/index.ts';
import { runs } from '../property.ts';

const BASE = 'https://site.example/';
const md = (html: string): string => toMarkdown(html, BASE).trimEnd();

/** What a reader of the Markdown sees, and which of it is bold. */
function read(markdown: string): { text: string; bold: string } {
  const tree = fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  const seen = { text: '', bold: '' };
  const walk = (node: Nodes, bold: boolean): void => {
    const value = node.type === 'break' ? '\n' : 'value' in node ? node.value : '';
    seen.text += value;
    if (bold) seen.bold += value;
    if ('children' in node) for (const child of node.children) walk(child, bold || node.type === 'strong');
  };
  walk(tree, false);
  return seen;
}

const letters = (text: string): string => text.replace(/[\s\p{P}\p{S}]+/gu, '');

describe('emphasis beside Chinese', () => {
  it.each([
    ['moves quotation marks out', '他说<b>“你好。”</b>然后走了', '他说“**你好**。”然后走了'],
    ['moves both brackets out', '前<b>（注）</b>后', '前（**注**）后'],
    ['moves a colon out', '<b>要点：</b>正文', '**要点**：正文'],
    ['leaves punctuation alone where it does no harm', '<b>要点：</b> 正文', '**要点：** 正文'],
    ['leaves letters alone', '前<b>中</b>后', '前**中**后'],
    [
      'puts the marker inside a link',
      '见<b><a href="https://a.example/">此处</a></b>后',
      '见[**此处**](https://a.example/)后',
    ],
    ['drops a marker that holds only dots', '是<b>……</b>吗', '是……吗'],
    ['drops the weaker of two that touch', '前<b>粗</b><i>斜</i>后', '前**粗**斜后'],
    ['joins codes that come to stand side by side', '字<i><code>x</code></i><code>y</code>字', '字`xy`字'],
    [
      'joins marks that come to stand side by side',
      '字<i><b>中</b><del>文</del></i><del>字</del>后',
      '字**中**~~文字~~后',
    ],
    ['strikes through', '前<del>“删”</del>后', '前“~~删~~”后'],
  ])('%s', (_, html, expected) => {
    expect(md(`<p>${html}</p>`)).toBe(expected);
  });

  it('keeps references that are not its own', () => {
    expect(md('<p>他说<b>“x”</b>后 &amp;lt; &amp;copy;</p>')).toBe('他说“**x**”后 \\&lt; \\&copy;');
  });

  it('gives up marks that can not stand where there are dozens of them, and never the words', () => {
    const line = '前<b>粗</b><i>斜</i>后';
    expect(md(`<p>${line.repeat(10)}</p>`)).toBe('前**粗**斜后'.repeat(10));
    expect(md(`<p>${line.repeat(30)}</p>`)).toBe('前粗斜后'.repeat(30));
    expect(md(`<p>${'<b>“中。”</b>字'.repeat(1_001)}</p>`)).toBe('“中。”字'.repeat(1_001));
  });

  const pieces = fc.constantFrom(...'中文字“”（）。，…、：a1 '.split(''), '<br>', '词语', '<code>x</code>');
  const run = fc.array(pieces, { maxLength: 5 }).map((parts) => parts.join(''));
  const wrapped = fc
    .tuple(fc.constantFrom('b', 'i', 'del', 'a href="https://a.example/"', 'b', ''), run, run)
    .map(([tag, inner, after]) => (tag === '' ? inner : `<${tag}>${inner}</${tag.split(' ')[0]}>`) + after);
  const nested = fc
    .tuple(fc.constantFrom('b', 'i', 'span', 'a href="https://b.example/"'), fc.array(wrapped, { maxLength: 3 }), run)
    .map(([tag, inner, after]) => `<${tag}>${inner.join('')}</${tag.split(' ')[0]}>${after}`);
  const source = fc.array(fc.oneof(wrapped, nested), { maxLength: 5 }).map((parts) => `<p>字${parts.join('')}字</p>`);

  it('parses back to the same text, without references', () => {
    fc.assert(
      fc.property(source, (html) => {
        const markdown = md(html);
        expect(markdown).not.toContain('&#x');
        const shown = toText(html, BASE).replace(/\s+/g, '');
        expect(read(markdown).text.replace(/\s+/g, '')).toBe(shown);
      }),
      runs(500),
    );
  });

  it('keeps every bold letter bold where nothing else is marked', () => {
    const plain = fc.array(
      fc.tuple(fc.boolean(), fc.array(fc.constantFrom(...'中文“”（）。…：a'), { minLength: 1, maxLength: 6 })),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(plain, (parts) => {
        const html = parts.map(([bold, chars]) => (bold ? `<b>${chars.join('')}</b>` : chars.join(''))).join('');
        const bold = parts.flatMap(([isBold, chars]) => (isBold ? chars : [])).join('');
        expect(letters(read(md(`<p>字${html}字</p>`)).bold)).toBe(letters(bold));
      }),
      runs(300),
    );
  });
});
