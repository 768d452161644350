import fc from 'fast-check';
import { parseDocument } from 'htmlparser2';
import MarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { buildArticle, extractArticle, visibleText } from '../../src/article/index.ts';
import { runs } from '../property.ts';
import { CROWDED, HEAVY, RUNNING } from './hostile-markup.ts';
import { pageOf } from './page-of.ts';

const ALLOWED =
  /^(?:a|p|br|hr|h[1-6]|blockquote|[uo]l|li|d[ltd]|pre|code|em|strong|del|ins|u|s|su[bp]|mark|q|cite|kbd|samp|var|abbr|small|ruby|r[tp]|img|figure|figcaption|details|summary|table|caption|thead|tbody|t[rdh]|input|span|div|section)$/;
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

describe('more elements than any article has', () => {
  it.each(Object.entries(CROWDED))('%s', (_, make) => {
    const { text, html, pictures } = buildArticle({ content: make(), baseUrl: 'https://site.example/a' });
    expect(text).toContain('A plain sentence of the article, written to be kept.');
    expect(html.split('<').length).toBeLessThan(200_000);
    expect(pictures.length).toBeLessThanOrEqual(50_000);
  });

  it('keeps every word behind the last element that it takes', () => {
    const words = Array.from({ length: 30_000 }, (_, at) => `w${at}`);
    const { text, markdown } = buildArticle({
      content: words.map((word) => `<p>${word}</p>`).join(''),
      baseUrl: 'https://site.example/a',
    });
    expect(text.split(/\s+/)).toEqual(words);
    expect(markdown.trim().split(/\s+/)).toEqual(words);
  });
});

describe('tags that nobody closed', () => {
  const sentence = 'A sentence that is long enough to be taken for a part of the text, and not for a label.';

  it('reads an article inside a link that was never closed', () => {
    const page = pageOf(`<body><a href="/home">Home<div>${`<p>${sentence}</p>`.repeat(5)}</div></body>`);
    expect(extractArticle(page)?.text).toContain(sentence);
    expect(extractArticle(page)?.html).not.toContain('<a ');
  });

  it('leaves a link that ends with its item a link', () => {
    const article = buildArticle({
      content: '<ul><li><a href="/one">one</li><li>two</ul>',
      baseUrl: 'https://site.example/',
    });
    expect(article.markdown).toContain('[one](https://site.example/one)');
  });

  it('dissolves a heading that swallowed the text', () => {
    const article = buildArticle({
      content: `<h2>Title<p>${sentence}</p><p>${sentence}</p><ul><li>item</ul>`,
      baseUrl: 'https://site.example/',
    });
    expect(article.html).toContain(`<p>${sentence}</p>`);
    expect(article.html).toContain('<li>item</li>');
  });

  it('reads a line on from the bold word that it begins with', () => {
    const page = pageOf(`<body><div><b>First</b> ${`${sentence} `.repeat(6)}</div></body>`);
    expect(extractArticle(page)?.text).toMatch(/^First A sentence/);
  });
});
