import { describe, expect, it } from 'vitest';
import { buildArticle, cleanHtml, findPictures, toMarkdown, toText } from '../../src/article/index.ts';

const BASE = 'https://site.example/dir/page.html';
const md = (html: string): string => toMarkdown(html, BASE).trimEnd();
const html = (source: string): string => cleanHtml(source, BASE);

describe('paragraphs', () => {
  it('are made from whatever wrappers hold the text', () => {
    expect(html('<section><div>One<div>Two</div>Three</div></section>')).toBe('<p>One</p>\n<p>Two</p>\n<p>Three</p>');
  });

  it('are divided by two line breaks, not by one', () => {
    expect(html('a<br>b<br><br>c')).toBe('<p>a<br>b</p>\n<p>c</p>');
  });

  it('lose the spaces with which Chinese pages indent, and line breaks between Chinese characters', () => {
    expect(toText('<p>\u3000\u3000春天\n来了</p>', BASE)).toBe('春天来了');
  });

  it('keep emphasis across a border of blocks', () => {
    expect(html('<b>a<p>b</p></b>')).toBe('<p><strong>a</strong></p>\n<p><strong>b</strong></p>');
  });

  it('join what stands directly beside one another in the same emphasis', () => {
    expect(md('<b>one</b><b>two</b>')).toBe('**onetwo**');
  });
});

describe('Markdown', () => {
  it.each([
    ['headings', '<h2><b>Head</b></h2>', '## Head'],
    [
      'code with its language',
      '<pre class="language-js"><code>let a = 1;\n  b()</code></pre>',
      '```js\nlet a = 1;\n  b()\n```',
    ],
    [
      'code in numbered rows',
      '<pre><ol class="line-numbers"><li>1</li></ol><code>a</code><code>b</code></pre>',
      '```\na\nb\n```',
    ],
    ['ordered lists with a start', '<ol start="3"><li>x</li><li>y</li></ol>', '3. x\n4. y'],
    ['nested lists', '<ul><li>a<ul><li>b</li></ul></li></ul>', '- a\n  - b'],
    ['task lists', '<ul><li><input type="checkbox" checked> done</li></ul>', '- [x] done'],
    [
      'tables with a wide cell',
      '<table><tr><th>a</th><th>b</th></tr><tr><td colspan="2">c</td></tr></table>',
      '| a | b |\n| - | - |\n| c | |',
    ],
    ['formulas of pictures', '<p>so <img eeimg="1" alt="x^2 &lt; y" src="//eq.example/e?tex=x"></p>', 'so $x^2 < y$'],
    [
      'formulas of KaTeX',
      '<span class="katex"><math><semantics><annotation encoding="application/x-tex">a_1</annotation></semantics></math></span>',
      '$a_1$',
    ],
    ['formulas of MathJax', '<script type="math/tex; mode=display">\\sum x</script>', '$$\n\\sum x\n$$'],
    ['dollars that are money', '<p>from $5 to $6</p>', 'from \\$5 to \\$6'],
    ['raised figures', '<p>10<sup>2</sup> H<sub>2</sub>O</p>', '10² H₂O'],
    ['ruby', '<ruby>漢<rp>(</rp><rt>han</rt><rp>)</rp></ruby>', '漢(han)'],
    ['quotes', '<blockquote>a<p>b</p></blockquote>', '> a\n>\n> b'],
    ['details', '<details><summary>sum</summary>body</details>', 'sum\n\nbody'],
    [
      'captions',
      '<figure><img src="b.png" alt="B"><figcaption>cap</figcaption></figure>',
      '![B](https://site.example/dir/b.png)\n\ncap',
    ],
    ['text that looks like HTML', '<p>&lt;script&gt;x&lt;/script&gt;</p>', '\\<script>x\\</script>'],
    ['tables for layout', '<table><tr><td>only text</td></tr></table>', 'only text'],
  ])('%s', (_, source, expected) => {
    expect(md(source)).toBe(expected);
  });

  it('writes notes as footnotes', () => {
    const article = buildArticle({
      content: '<p>word<sup data-note="where it is from"></sup></p>',
      baseUrl: BASE,
      options: {
        rewrite: ({ attribs }) =>
          attribs['data-note'] === undefined
            ? undefined
            : { kind: 'footnote', text: attribs['data-note'], url: 'https://n.example/' },
      },
    });
    expect(article.markdown).toBe('word[^1]\n\n[^1]: where it is from <https://n.example/>\n');
    expect(article.html).toContain('href="#user-content-fn-1"');
    expect(article.html).toContain('id="user-content-fn-1"');
  });
});

describe('pictures', () => {
  const pictures = (source: string): string[] => findPictures(source, BASE).map(({ url }) => url);
  it.each([
    [
      'lazy attributes before the spacer in src',
      '<img src="data:image/gif;base64,AA" data-src="//cdn.example/a.jpg">',
      ['https://cdn.example/a.jpg'],
    ],
    ['data-original', '<img src="/s/blank.gif" data-original="/p/1.jpg">', ['https://site.example/p/1.jpg']],
    [
      'the largest of a srcset',
      '<img src="s.jpg" srcset="m.jpg 300w, l.jpg 900w">',
      ['https://site.example/dir/l.jpg'],
    ],
    [
      'commas inside a srcset address',
      '<img srcset="/w_1,h_2/a.jpg 1x, /w_2,h_4/a.jpg 2x">',
      ['https://site.example/w_2,h_4/a.jpg'],
    ],
    [
      'sources of a picture without src',
      '<picture><source srcset="a.webp"><img alt=""></picture>',
      ['https://site.example/dir/a.webp'],
    ],
    [
      'noscript twins once',
      '<img data-src="a.jpg"><noscript><img src="a.jpg?full"></noscript>',
      ['https://site.example/dir/a.jpg'],
    ],
    ['noscript where it is the only one', '<noscript><img src="a.jpg"></noscript>', ['https://site.example/dir/a.jpg']],
    ['no spacers or counters', '<img src="/spacer.gif"><img src="/x.png" width="1" height="1">', []],
    ['duplicates once', '<img src="a.jpg"><p>x</p><img src="a.jpg">', ['https://site.example/dir/a.jpg']],
    [
      'no address that could run',
      '<img src="javascript:alert(1)"><img src="data:image/svg+xml,<svg onload=alert(1)>">',
      [],
    ],
  ])('%s', (_, source, expected) => {
    expect(pictures(source)).toEqual(expected);
  });

  it('stand wherever the text has them, and are listed once', () => {
    const { html, markdown, pictures } = buildArticle({
      content: '<p>a<img src="/x.png" alt="1">b</p><p>c</p><img data-src="/x.png" alt="2"><img src="/x.png">',
      baseUrl: BASE,
    });
    expect(html.match(/<img/g)).toHaveLength(2);
    expect(markdown.match(/!\[/g)).toHaveLength(2);
    expect(pictures).toEqual([{ url: 'https://site.example/x.png', alt: '1', asset: null }]);
  });

  it('keeps alternative texts', () => {
    expect(findPictures('<img src="a.jpg" alt=" the\n bridge ">', BASE)[0]?.alt).toBe('the bridge');
  });

  it('keeps CSS backgrounds only where asked', () => {
    const source = '<section style="background-image: url(&quot;/b.png&quot;)">x</section>';
    expect(findPictures(source, BASE)).toEqual([]);
    expect(findPictures(source, BASE, { backgrounds: true }).map(({ url }) => url)).toEqual([
      'https://site.example/b.png',
    ]);
  });
});

describe('options', () => {
  it('leave out what selectors name', () => {
    expect(toText('<p>a</p><div class="ad">b</div>', BASE, { dropSelectors: ['.ad'] })).toBe('a');
  });

  it('let a platform name the address of a picture, or none', () => {
    const article = buildArticle({
      content: '<img id="1" src="a.jpg"><img id="2" src="b.jpg">',
      baseUrl: BASE,
      options: { pictureUrl: (img) => (img.attribs.id === '1' ? null : 'https://x.example/2.png') },
    });
    expect(article.pictures).toEqual([{ url: 'https://x.example/2.png', alt: '', asset: null }]);
  });
});
