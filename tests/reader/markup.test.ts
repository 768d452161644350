import { describe, expect, it } from 'vitest';
import { renderBody } from '../../src/reader/body.ts';
import { toHtml } from '../../src/reader/markup.ts';
import { renderFormula } from '../../src/reader/math.ts';
import { noteViews } from '../../src/reader/note.ts';
import { noteBlocks } from '../../src/reader/note-markdown.ts';
import { h } from '../../src/reader/view.ts';

const PICTURE = `assets/ab/${'ab'.repeat(32)}.png`;

function body(html: string): string {
  const pictures = [{ url: 'https://p.example/a', alt: '', asset: PICTURE, width: 600, height: 400 }];
  return renderBody(html, { language: 'zh', root: '../../', pictures }).html;
}

function note(markdown: string): string {
  return noteViews(noteBlocks(markdown)).map(toHtml).join('');
}

describe('text and attributes', () => {
  it('are escaped', () => {
    expect(toHtml(h('p', { title: '"><script>' }, '<img src=x onerror=alert(1)> & \0'))).toBe(
      '<p title="&#34;&#62;&#60;script&#62;">&#60;img src=x onerror=alert(1)&#62; &#38; </p>',
    );
  });
});

describe('the body of an article', () => {
  it.each([
    '<script>alert(1)</script>',
    '<p onclick="alert(1)">文</p>',
    '<img src="javascript:alert(1)" onerror="alert(1)">',
    '<a href="javascript:alert(1)">文</a>',
    '<a href="data:text/html,<script>alert(1)</script>">文</a>',
    '<svg onload="alert(1)"><script>alert(1)</script></svg>',
    '<iframe src="https://evil.example"></iframe>',
    '<style>@import "https://evil.example"</style>',
    '<p style="background:url(https://evil.example)">文</p>',
    '<form action="https://evil.example"><input autofocus onfocus="alert(1)"></form>',
    '<base href="https://evil.example"><meta http-equiv="refresh" content="0;url=https://evil.example">',
    '<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
    '<template><img src=x onerror=alert(1)></template>',
    '<div class="math math-inline"><img src=x onerror=alert(1)></div>',
    '<img src="https://tracker.example/pixel.gif">',
    '<img srcset="https://tracker.example/a 2x" src="//tracker.example/b">',
    `<img src="https://evil.example/${PICTURE}">`,
  ])('runs and fetches nothing of %s', (html) => {
    expect(body(html)).not.toMatch(
      /<(?:script|style|iframe|form|base|meta|svg|template|noscript|input)|\son\w+=|\sstyle=|javascript:|\ssrc(?:set)?="(?!\.\.\/\.\.\/assets\/)/i,
    );
  });

  it('takes a picture from the archive, by its address or its path', () => {
    expect(body('<img src="https://p.example/a" alt="图">')).toContain(
      `src="../../${PICTURE}" alt="图" width="600" height="400"`,
    );
    expect(body(`<img src="../../../${PICTURE}">`)).toContain(`src="../../${PICTURE}"`);
  });

  it('says where a picture is missing', () => {
    expect(body('<img src="https://p.example/other" alt="曲线">')).toContain('图片未能保存');
  });

  it('begins its headings at the second level, whatever the page began with', () => {
    expect(body('<h4>甲</h4><h5>乙</h5>')).toBe('<h2>甲</h2><h3>乙</h3>');
    expect(body('<h1>甲</h1><h6>乙</h6>')).toBe('<h2>甲</h2><h6>乙</h6>');
  });

  it('lets wide tables scroll', () => {
    expect(body('<table><tr><td>甲</td></tr></table>')).toMatch(
      /^<div class="scroll" tabindex="0"[^>]*><table><tr><td>甲<\/td><\/tr><\/table><\/div>$/,
    );
  });

  it('keeps lists and tables well formed', () => {
    expect(body('<li>甲</li><ul><p>乙</p><li>丙</li></ul><td>丁</td>')).toBe('甲<ul>乙<li>丙</li></ul>丁');
  });

  it('makes no link without words', () => {
    expect(body('<p><a href="https://a.example"></a>文</p>')).toBe('<p>文</p>');
  });

  it.each([
    ['<a>甲</a>', '<a>甲</a>'],
    ['<a href="#">甲</a>', '<a>甲</a>'],
    ['<a href="mailto:a@b.example">甲</a>', '<a href="mailto:a@b.example" rel="noreferrer noopener">甲</a>'],
    ['<a href="/pages/x">甲</a>', '<a>甲</a>'],
    [
      '<a href="https://a.example/?x=%22&quot;">甲<a href="https://b.example/">乙</a></a>',
      '<a href="https://a.example/?x=%22&#34;" rel="noreferrer noopener">甲乙</a>',
    ],
  ])('leads where %s leads, if that is on the web or to a mailbox', (html, shown) => {
    expect(body(html)).toBe(shown);
  });

  it.each([
    ['<ol start="3"><li>甲</li></ol>', '<ol start="3"><li>甲</li></ol>'],
    ['<ol start="-2"><li>甲</li></ol>', '<ol start="-2"><li>甲</li></ol>'],
    ['<ol start="three"><li>甲</li></ol>', '<ol><li>甲</li></ol>'],
    ['<ol start="99999999"><li>甲</li></ol>', '<ol><li>甲</li></ol>'],
    ['甲<br>乙<hr>丙', '甲<br>乙<hr>丙'],
    ['<p><input type="checkbox" checked>买<input type="checkbox">卖<input value="x"></p>', '<p>☑ 买☐ 卖</p>'],
    ['<p id="">甲</p>', '<p>甲</p>'],
    ['<ruby>漢<rt>かん</rt></ruby><rt>x</rt>', '<ruby>漢<rt>かん</rt></ruby>x'],
  ])('shows %s', (html, shown) => {
    expect(body(html)).toBe(shown);
  });

  it('keeps the spans of cells within bounds', () => {
    const cells = body(
      '<table><tr><td colspan="2" rowspan="03">甲</td><th colspan="0" rowspan="12">乙</th><td colspan="999">丙</td></tr></table>',
    );
    expect(cells).toContain('<td colspan="2">甲</td><th rowspan="12">乙</th><td>丙</td>');
  });

  it('says so where a picture has no address, and takes its words from the record where the page has none', () => {
    expect(body('<img>')).toBe(
      '<span class="picture-missing"><span data-t="pictureMissing">图片未能保存</span></span>',
    );
    const pictures = [
      { url: 'https://p.example/a', alt: '  记录里的话 ', asset: PICTURE, width: 20, height: 20 },
      { url: 'https://p.example/b', alt: '', asset: PICTURE, width: 0, height: 20 },
    ];
    const shown = renderBody('<img src="https://p.example/a"><img src="https://p.example/b">', {
      language: 'zh',
      root: '',
      pictures,
    }).html;
    expect(shown).toContain(`src="${PICTURE}" alt="记录里的话" class="glyph" width="20" height="20"`);
    expect(shown).toContain(`src="${PICTURE}" alt="" loading`);
  });

  it('keeps ids apart from those of the page, and only once', () => {
    expect(body('<p id="content">甲</p><p id="content">乙</p><a href="#content">丙</a>')).toBe(
      '<p id="c-content">甲</p><p>乙</p><a href="#c-content">丙</a>',
    );
  });

  it('closes what the page left open, and bears any depth', () => {
    const deep = body(`${'<blockquote>'.repeat(50_000)}文`);
    expect(deep.match(/<blockquote>/g)?.length).toBe(deep.match(/<\/blockquote>/g)?.length);
    expect(deep).toContain('文');
  });
});

describe('a formula', () => {
  it('is MathML without styles, and the source is not shown twice', () => {
    const { html } = renderFormula('\\frac{a}{b} \\colorbox{red}{x}', true);
    expect(html).toContain('<mfrac>');
    expect(html).not.toMatch(/\sstyle=|annotation|class="katex/);
  });

  it.each([
    ['broken', '\\frac{'],
    ['unknown', '\\notacommand'],
    ['too deep', '{'.repeat(5000)],
    ['endless', '\\def\\a{\\a\\a}\\a'],
  ])('that is %s is shown as it is written', (_, tex) => {
    expect(renderFormula(tex, false).html).toContain('<code class="tex">');
  });

  it.each([
    ['\\mathcal{L}', 'ℒ'],
    ['\\mathbb{R}', 'ℝ'],
    ['\\mathbf{x}', '𝐱'],
    ['\\mathfrak{g}', '𝔤'],
    ['\\mathfrak{C}', 'ℭ'],
    ['\\mathbf{A}', '𝐀'],
    ['\\mathbf{7}', '𝟕'],
    ['\\mathbb{A}', '𝔸'],
    ['\\mathtt{a}', '𝚊'],
    ['\\mathcal{7}', '7'],
    ['\\mathbf{\\alpha}', 'α'],
  ])('shows the style of %s by its characters', (tex, sign) => {
    const { html } = renderFormula(tex, false);
    expect(html).toContain(`>${sign}<`);
    expect(html).not.toContain('mathvariant');
  });

  it('that is long scrolls, in a line too', () => {
    expect(renderFormula(`${'x + '.repeat(30)}y`, false).html).toMatch(/^<span class="formula scroll" tabindex="0"/);
    expect(renderFormula('x', false).html).toMatch(/^<span class="formula"><math/);
  });

  it('leads nowhere', () => {
    expect(renderFormula('\\href{javascript:alert(1)}{x}', false).html).not.toMatch(/<a|href=/);
  });
});

describe('a note', () => {
  it('keeps what Markdown says', () => {
    expect(note('写得**好**，见 [此](https://a.example) 与 `代码`。\n\n- 一\n- 二')).toBe(
      '<p>写得<strong>好</strong>，见 <a href="https://a.example" rel="noreferrer noopener">此</a> 与 <code>代码</code>。</p><ul><li>一</li><li>二</li></ul>',
    );
  });

  it.each([
    '[点](javascript:alert(1))',
    '<img src=x onerror=alert(1)>',
    '![图](https://tracker.example/a.png)',
    '<script>alert(1)</script>',
    '[a](data:text/html,x)',
  ])('is harmless: %s', (markdown) => {
    expect(note(markdown)).not.toMatch(/<(?:img|script)|href=/);
  });

  it.each([
    ['![](https://a.example/x.png)', ''],
    ['![图](https://a.example/x.png)', '<p>图</p>'],
    ['![图][1]\n\n[1]: https://a.example/x.png', '<p>图</p>'],
    ['甲[^1]乙\n\n[^1]: 脚注', '<p>甲乙</p><p>脚注</p>'],
    ['甲  \n乙', '<p>甲\n乙</p>'],
    ['[**重**](https://a.example)', '<p><a href="https://a.example" rel="noreferrer noopener">重</a></p>'],
    ['*斜***重**~~删~~', '<p><em>斜</em><strong>重</strong><del>删</del></p>'],
    ['<b>标签</b>', '<p>&#60;b&#62;标签&#60;/b&#62;</p>'],
    ['| 甲 | 乙 |\n|---|---|\n| 丙 | |', '<p>甲</p><p>乙</p><p>丙</p>'],
    ['# 题\n\n```\n代码\n```', '<p class="note-heading">题</p><pre tabindex="0"><code>代码</code></pre>'],
    [
      `${'长'.repeat(20_001)}\n\n\n\n[x](https://a.example)`,
      `<p>${'长'.repeat(20_001)}</p><p>[x](https://a.example)</p>`,
    ],
  ])('shows %.30s', (markdown, shown) => {
    expect(note(markdown)).toBe(shown);
  });

  it('that is nested without end stays text', () => {
    expect(note('> '.repeat(10_000))).toContain('<p>');
    expect(note('['.repeat(15_000))).toContain('[[[');
  });
});
