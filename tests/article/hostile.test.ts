import fc from 'fast-check';
import { parseDocument } from 'htmlparser2';
import MarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { buildArticle, extractArticle, visibleText } from '../../src/article/index.ts';
import { runs } from '../property.ts';
import { HEAVY, RUNNING } from './hostile-markup.ts';
import { pageOf } from './page-of.ts';

const ALLOWED =
  /^(?:a|p|br|hr|h[1-6]|blockquote|[uo]l|li|d[ltd]|pre|code|em|strong|del|ins|u|su[bp]|mark|q|cite|kbd|samp|var|abbr|small|ruby|r[tp]|img|figure|figcaption|details|summary|table|caption|thead|tbody|t[rdh]|input|span|div|section)$/;
const ATTRIBUTES = /^(?:href|src|alt|title|class|id|start|colspan|rowspan|type|checked|disabled|data-footnote-ref)$/;

/** What stands in a piece of HTML that should not; the parser of the test is not the parser of the project's output. */
function faults(html: string): string[] {
  const found: string[] = [];
  const queue = [...parseDocument(html).children];
  for (const node of queue) {
    if (node.type === 'comment' || node.type === 'directive') found.push(node.type);
    if (!('children' in node) || !('attribs' in node)) continue;
    if (!ALLOWED.test(node.name)) found.push(node.name);
    for (const [name, value] of Object.entries(node.attribs)) {
      if (!ATTRIBUTES.test(name)) found.push(`${node.name} ${name}`);
      if ((name === 'href' || name === 'src') && !/^(?:https?:\/\/|mailto:|tel:|#)/.test(value)) found.push(value);
    }
    queue.push(...node.children);
  }
  return found;
}

describe('markup that would run', () => {
  it.each(RUNNING.map((html) => [html]))('%j', (html) => {
    const article = buildArticle({ content: `<p>before</p>${html}<p>after</p>`, baseUrl: 'https://site.example/a' });
    expect(faults(article.html)).toEqual([]);
    // As a renderer that lets HTML through shows it.
    expect(faults(new MarkdownIt({ html: true }).render(article.markdown))).toEqual([]);
  });

  it('leaves nothing that runs, whatever the pieces are put together to', () => {
    const piece = fc.oneof(
      fc.constantFrom(...RUNNING),
      fc.constantFrom(
        '<',
        '>',
        '"',
        "'",
        '</',
        '<a href=',
        '<img src=',
        '<p>',
        '</p>',
        '`',
        '[',
        '](',
        '<!--',
        '-->',
        '&lt;',
        '\n',
        ' ',
      ),
      fc.string({ maxLength: 8 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const article = buildArticle({ content: pieces.join(''), baseUrl: 'https://site.example/a' });
        expect(faults(article.html)).toEqual([]);
        expect(faults(new MarkdownIt({ html: true }).render(article.markdown))).toEqual([]);
      }),
      runs(150),
    );
  });
});

describe('too much of something', () => {
  it.each(Object.entries(HEAVY))('%s', (_, make) => {
    const page = pageOf(make());
    expect(extractArticle(page)?.text).toContain('A plain sentence of the article, written to be kept.');
    expect(visibleText(page.$)).toContain('A plain sentence of the article');
  });
});
