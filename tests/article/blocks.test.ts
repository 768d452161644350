import { describe, expect, it } from 'vitest';
import { buildArticle, cleanHtml, toMarkdown, toText } from '../../src/article/index.ts';

const BASE = 'https://site.example/dir/page.html';
const html = (source: string): string => cleanHtml(source, BASE);
const md = (source: string): string => toMarkdown(source, BASE).trimEnd();

describe('tables', () => {
  it('have their caption before them in Markdown', () => {
    const table =
      '<table><caption>The <i>table</i></caption><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>';
    expect(md(table)).toBe('The *table*\n\n| a | b |\n| - | - |\n| 1 | 2 |');
    expect(toText(table, BASE)).toBe('The table\na\tb\n1\t2');
  });

  it('have line breaks where a cell held paragraphs, and keep what else it held', () => {
    expect(html('<table><tr><td><p>a</p><p>b</p></td><td><p>c</p><ul><li>d</ul></td></tr></table>')).toBe(
      '<table><tr><td>a<br>b</td><td>c<ul><li>d</li></ul></td></tr></table>',
    );
    expect(html('<table><tr><td><p>a</p><pre>b</pre></td><td><h3>c</h3>d</td></tr></table>')).toBe(
      '<table><tr><td><p>a</p><pre><code>b</code></pre></td><td><h3>c</h3><p>d</p></td></tr></table>',
    );
  });

  it('are kept where they hold only pictures', () => {
    expect(html('<table><tr><td><img src="a.png"></td><td><img src="b.png"></td></tr></table>')).toContain('<td>');
    expect(html('<table><tr><td><iframe src="/ad"></iframe></td><td></td></tr></table>')).toBe('');
  });

  it('span columns and rows only in their cells', () => {
    expect(html('<table><tr colspan="2"><td rowspan="2" colspan="1">a</td><td colspan="101">b</td></tr></table>')).toBe(
      '<table><tr><td rowspan="2">a</td><td>b</td></tr></table>',
    );
  });

  it.each([
    [
      'inside another',
      '<table><tr><td>a</td><td><table><tr><td>1</td><td>2</td></tr></table></td></tr></table>',
      'a\n1\t2',
    ],
    ['that say so', '<table role="presentation"><tr><td>a</td><td>b</td></tr></table>', 'a\nb'],
    ['of one column', '<table><tr><td>a</td></tr><tr><td>b</td></tr></table>', 'a\nb'],
    [
      'of which one cell holds nearly all',
      `<table><tr><td>${'a '.repeat(250)}</td><td>b</td></tr></table>`,
      `${'a '.repeat(250).trim()}\nb`,
    ],
    [
      'of which two cells hold nearly all',
      `<table><tr><td>${'a '.repeat(250)}</td><td>${'b '.repeat(250)}</td></tr></table>`,
      `${'a '.repeat(250).trim()}\t${'b '.repeat(250).trim()}`,
    ],
    [
      'that hold nothing but spaces',
      '<p>a</p><table><tr><td> </td><td><iframe src="/ad"></iframe></td></tr></table>',
      'a',
    ],
  ])('for layout or data: %s', (_, source, text) => {
    expect(toText(source, BASE)).toBe(text);
  });
});

describe('lists', () => {
  it.each([
    ['a list in a list without an item', '<ul><li>a</li><ol><li>b</li></ol></ul>', '- a\n  1. b'],
    ['a list in a list before any item', '<ul><ol><li>b</li></ol><li>a</li></ul>', '- 1. b\n- a'],
    [
      'text and blocks without an item',
      '<ul>text<p>words</p><blockquote>q</blockquote><li>a</li></ul>',
      '- text\n\n- words\n\n- > q\n\n- a',
    ],
    [
      'items of several paragraphs',
      '<ul><li><p>a</p><p>b</p></li><li><h3>c</h3>d</li></ul>',
      '- a\n\n  b\n\n- ### c\n\n  d',
    ],
    [
      'tasks done and to do, and what is no task',
      '<ul><li><input type="CHECKBOX" checked> a</li><li><input type="checkbox"> b</li><li><input> c</li></ul>',
      '- [x] a\n- [ ] b\n- c',
    ],
  ])('%s', (_, source, expected) => {
    expect(md(source)).toBe(expected);
  });

  it('that begin where no list begins, begin at one', () => {
    for (const start of ['-3', '0', 'x', '99999999'])
      expect(html(`<ol start="${start}"><li>a</li></ol>`)).toBe('<ol><li>a</li></ol>');
  });
});

describe('headings', () => {
  it.each([
    ['a paragraph', '<h2>a <p>b</p></h2>', '<h2>a<br>b</h2>'],
    ['a quotation', '<h2>a<blockquote>b</blockquote></h2>', '<h2>a<br>b</h2>'],
    ['code', '<h2>a<pre>b</pre></h2>', '<h2>a<br><code>b</code></h2>'],
    ['bold words', '<h2><b>a</b> b</h2>', '<h2>a b</h2>'],
  ])('stay one line with %s inside', (_, source, expected) => {
    expect(html(source)).toBe(expected);
  });
});

describe('marks inside a line', () => {
  it('an abbreviation keeps its own words and lends them to none beside it', () => {
    expect(html('<abbr title="World Wide Web">WWW</abbr><abbr>x</abbr>')).toBe(
      '<p><abbr title="World Wide Web">WWW</abbr><abbr>x</abbr></p>',
    );
  });

  it.each([
    ['raised and lowered signs that Unicode has', 'x<sup>2+n</sup> y<sub>10</sub>', 'x²⁺ⁿ y₁₀'],
    ['one that it has not', 'x<sup>z</sup> y<sub>q</sub>', 'x^z y_q'],
    ['some that it has not', 'x<sup>a+b</sup>', 'x^(a+b)'],
    ['words, which are left as they are', 'x<sup>not a sign but words</sup>', 'xnot a sign but words'],
    ['a raised figure that leads to a note', 'x<sup><a href="#n">1</a></sup>', 'x¹'],
    ['raised words that lead elsewhere', 'x<sup><a href="/n">note</a></sup>', 'x[note](https://site.example/n)'],
    ['nothing raised', 'x<sup></sup>', 'x'],
    ['a link that leads nowhere', '<a href="">a</a> <a>b</a> <a href="javascript:x">c</a>', 'a b c'],
  ])('%s', (_, source, expected) => {
    expect(md(`<p>${source}</p>`)).toBe(expected);
  });
});

describe('film and sound', () => {
  it.each([
    [
      'named by their title',
      '<audio src="/a.mp3" title=" the\n song "></audio>',
      '[the song](https://site.example/a.mp3)',
    ],
    ['named by their address', '<video data-src="/v.mp4"></video>', '<https://site.example/v.mp4>'],
    ['of a source inside', '<video>\n<source src="/v.mp4"></video>', '<https://site.example/v.mp4>'],
    ['of a known player', '<iframe src="//www.youtube.com/embed/x"></iframe>', '<https://www.youtube.com/embed/x>'],
    ['of another page', '<iframe src="https://ads.example/x"></iframe>', ''],
    ['without an address', '<video><track src="t.vtt"></video><iframe></iframe>', ''],
  ])('%s', (_, source, expected) => {
    expect(md(source)).toBe(expected);
  });

  it('are no words of the article', () => {
    expect(toText('<p>a</p><video src="/v.mp4" title="the film"></video>', BASE)).toBe('a');
  });
});

describe('pictures for readers without scripts', () => {
  it.each([
    [
      'the twin of one that is shown in a wrapper',
      '<p><img data-src="a.jpg"></p><noscript><img src="b.jpg"></noscript>',
      ['a.jpg'],
    ],
    [
      'the twin that stands before',
      '<noscript><img src="b.jpg"></noscript> <!-- x --> <img data-src="a.jpg">',
      ['a.jpg'],
    ],
    ['beside one without an address', '<img alt="x"><noscript><img src="b.jpg"></noscript>', ['b.jpg']],
    ['beside words', '<p>x</p><noscript><picture><img src="b.jpg"></picture> words</noscript>', ['b.jpg']],
  ])('%s', (_, source, names) => {
    expect([...html(source).matchAll(/[ab]\.jpg/g)].map(String)).toEqual(names);
  });
});

describe('what a platform puts in the place of an element', () => {
  const build = (source: string): ReturnType<typeof buildArticle> =>
    buildArticle({
      content: source,
      baseUrl: BASE,
      options: {
        rewrite: ({ name, attribs }) => {
          if (name === 'x-code') return { kind: 'code', text: attribs.text ?? '', language: attribs.lang ?? null };
          if (name === 'x-note') return { kind: 'footnote', text: attribs.text ?? '', url: attribs.url ?? null };
          if (name === 'x-card') return { kind: 'link', text: 'card', url: attribs.url ?? '', block: true };
          if (name === 'x-word') return { kind: 'text', text: attribs.text ?? '' };
          if (name === 'x-picture') return { kind: 'picture', url: attribs.url ?? '', alt: 'seen' };
          return name === 'x-open' ? 'unwrap' : name === 'x-gone' ? 'drop' : undefined;
        },
      },
    });

  it.each([
    ['code, unless it is empty', '<x-code text="a" lang="js"></x-code><x-code text=" "></x-code>', '```js\na\n```\n'],
    [
      'a card, as words where its address would run',
      'a<x-card url="/c"></x-card><x-card url="javascript:x"></x-card>b',
      'a\n\n[card](https://site.example/c)\n\ncard\n\nb\n',
    ],
    ['words', 'a <x-word text="b"></x-word> c', 'a b c\n'],
    [
      'a picture, unless it has no address',
      '<x-picture url="/p.png"></x-picture><x-picture></x-picture>',
      '![seen](https://site.example/p.png)\n',
    ],
    ['what it holds, or nothing', '<x-open><b>a</b></x-open><x-gone>b</x-gone>', '**a**\n'],
    [
      'notes, the same one once',
      'a<x-note text="n" url="/n"></x-note> b<x-note text="n" url="/n"></x-note> c<x-note text="n"></x-note>',
      'a[^1] b[^1] c[^2]\n\n[^1]: n <https://site.example/n>\n\n[^2]: n\n',
    ],
    ['a note of an address alone', 'a<x-note url="/n"></x-note>', 'a[^1]\n\n[^1]: <https://site.example/n>\n'],
  ])('%s', (_, source, expected) => {
    expect(build(source).markdown).toBe(expected);
  });

  it('a note that is named twice is led back to once', () => {
    expect(
      build('a<x-note text="n"></x-note> b<x-note text="n"></x-note>').html.match(/id="[^"]*fnref-1"/g),
    ).toHaveLength(1);
  });
});

it('past the most elements that a copy holds, every block goes on as text', () => {
  const rest =
    '<h2>head</h2><pre>code</pre>a<br>b <code>c</code> <i class="math inline">\\(x\\)</i><hr><img src="p.png"><ul><li>item</li></ul>';
  expect(html(`${'<hr>'.repeat(50_001)}${rest}`)).toMatch(/<hr>\n<p>head code a b c x item<\/p>$/);
});
