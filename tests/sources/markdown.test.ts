import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readSource } from '../../src/sources/index.ts';
import type { Reference } from '../../src/types.ts';

function read(text: string): Reference[] {
  return readSource('a.md', text, 'markdown').references;
}

/** Each link as `line:column form address`. */
function brief(text: string): string[] {
  return read(text).map(({ line, column, form, address }) => `${line}:${column} ${form} ${address}`);
}

/** The characters that `start` and `end` enclose are the address as written. */
function expectSpans(text: string): void {
  for (const reference of read(text)) expect(text.slice(reference.start, reference.end)).toBe(reference.raw);
}

describe('where links stand in Markdown', () => {
  test.each<[string, string, string[]]>([
    ['inline', 'a [b](https://c.d/e "t") f', ['1:3 inline https://c.d/e']],
    ['inline in pointed brackets', '[b](<https://c.d/e f>)', ['1:1 inline https://c.d/e f']],
    ['inline without address', '[b]()', ['1:1 inline ']],
    ['full reference', '[b][R]\n\n[r]: https://c.d/e "t"', ['1:1 reference https://c.d/e']],
    ['collapsed reference', '[R][]\n\n[r]: <https://c.d/e>', ['1:1 reference https://c.d/e']],
    ['shortcut reference', 'x [r]\n\n[r]: https://c.d/e', ['1:3 reference https://c.d/e']],
    ['first of two definitions', '[r]\n\n[r]: https://c.d/1\n[r]: https://c.d/2', ['1:1 reference https://c.d/1']],
    ['definition in a quotation', '[r]\n\n> [r]: https://c.d/1', ['1:1 reference https://c.d/1']],
    ['unused definition', '[r]: https://c.d/1', []],
    ['autolink', 'a <https://c.d/e>', ['1:3 autolink https://c.d/e']],
    ['bare', 'a https://c.d/e.', ['1:3 bare https://c.d/e']],
    ['bare www', 'a www.c.d/e', ['1:3 bare http://www.c.d/e']],
    ['heading', '# [b](https://c.d)', ['1:3 inline https://c.d']],
    ['list', '- a\n  * [b](https://c.d)\n3. https://e.f', ['2:5 inline https://c.d', '3:4 bare https://e.f']],
    [
      'table',
      '| a | b |\n|---|---|\n| [b](https://c.d) | https://e.f |',
      ['3:3 inline https://c.d', '3:22 bare https://e.f'],
    ],
    ['quotation', '> > [b](https://c.d)\n> https://e.f', ['1:5 inline https://c.d', '2:3 bare https://e.f']],
    ['footnote', 'a[^1]\n\n[^1]: see [b](https://c.d)', ['3:11 inline https://c.d']],
    ['emphasis', '**[b](https://c.d)** *https://e.f*', ['1:3 inline https://c.d', '1:23 bare https://e.f']],
    ['picture', '![b](https://c.d/e.png)', ['1:1 image https://c.d/e.png']],
    [
      'linked picture',
      '[![b](https://c.d/e.png)](https://f.g)',
      ['1:1 inline https://f.g', '1:2 image https://c.d/e.png'],
    ],
    ['HTML in text', 'a <a href="https://c.d">b</a>', ['1:3 html https://c.d']],
    [
      'HTML block',
      "<div>\n<a href='https://c.d'>b</a> <img src=https://e.f>\n</div>",
      ['2:1 html https://c.d', '2:29 image https://e.f'],
    ],
    ['HTML in a quotation over two lines', '> <div><a\n>  href="https://c.d">b</a></div>', ['1:8 html https://c.d']],
    ['front matter', '---\nurl: https://no.no\n---\n[b](https://c.d)', ['4:1 inline https://c.d']],
    ['TOML front matter', '+++\nurl = "https://no.no"\n+++\nhttps://c.d', ['4:1 bare https://c.d']],
    ['a rule is no front matter', '---\n\nhttps://c.d', ['3:1 bare https://c.d']],
    ['fences', '```\n[b](https://c.d)\n```\n~~~\nhttps://e.f\n~~~', []],
    ['inline code', '`[b](https://c.d)` and `https://e.f`', []],
    ['indented code', '    https://c.d', []],
    ['comment', '<!-- [b](https://c.d) <a href="https://e.f">x</a> -->', []],
    ['mail address', 'a@b.cd <a@b.cd>', ['1:8 autolink mailto:a@b.cd']],
    ['local', '[b](../c.md#d) [e](#f)', ['1:1 inline ../c.md#d', '1:16 inline #f']],
    ['emoji before', '🎉 [b](https://c.d)', ['1:4 inline https://c.d']],
    ['tab before', '-\t[b](https://c.d)', ['1:3 inline https://c.d']],
    ['CRLF', 'a\r\n\r\n[b](https://c.d)\r\n> n', ['3:1 inline https://c.d']],
    ['old Mac line ends', 'a\r\r[b](https://c.d)', ['3:1 inline https://c.d']],
    ['byte order mark', '\ufeff[b](https://c.d)', ['1:1 inline https://c.d']],
    ['escaped bracket', '\\[b](https://c.d)', ['1:6 bare https://c.d']],
    ['bracket that never closes', '[see https://c.d', ['1:6 bare https://c.d']],
  ])('%s', (_, text, expected) => {
    expect(brief(text)).toEqual(expected);
    expectSpans(text);
  });

  test('addresses that differ only in the query are different, and none of their escapes is touched', () => {
    const text = [
      '[a](https://mp.weixin.qq.com/s?__biz=A==&mid=1&idx=1&sn=x#rd)',
      '[a](https://mp.weixin.qq.com/s?__biz=A==&mid=2&idx=1&sn=x#rd)',
      '[a](https://link.zhihu.com/?target=https%3A//a.b/%3Fc%3Dd%26e)',
      '[a](https://a.b/s?wd=%C4%E3%BA%C3)',
    ].join('\n');
    expect(read(text).map(({ address }) => address)).toEqual(read(text).map(({ raw }) => raw));
    expect(new Set(read(text).map(({ address }) => address)).size).toBe(4);
  });

  test('raw is as written, address is decoded', () => {
    const [entity, escaped] = read('[a](https://b.c/?d=1&amp;e=2) [a](https://b.c/\\(d\\)_e)');
    expect([entity?.raw, entity?.address]).toEqual(['https://b.c/?d=1&amp;e=2', 'https://b.c/?d=1&e=2']);
    expect([escaped?.raw, escaped?.address]).toEqual(['https://b.c/\\(d\\)_e', 'https://b.c/(d)_e']);
  });

  test('a reference points at the address in its definition', () => {
    const text = 'a [b][c]\n\n[c]: <https://d.e/f>\n';
    expect(read(text)[0]).toMatchObject({ line: 1, column: 3, start: text.indexOf('https'), raw: 'https://d.e/f' });
  });
});

describe('the end of a bare address', () => {
  test.each([
    ['https://example.com，next', ['https://example.com']],
    ['见https://example.com/a。后面', ['https://example.com/a']],
    ['（https://example.com/a）', ['https://example.com/a']],
    ['「https://example.com/a」', ['https://example.com/a']],
    ['https://example.com/a中文', ['https://example.com/a']],
    ['https://a.b/c、https://d.e/f；www.g.h！', ['https://a.b/c', 'https://d.e/f', 'www.g.h']],
    ['https://example.com/a…b', ['https://example.com/a']],
    ['“https://example.com/a”', ['https://example.com/a']],
    ['https://example.com/a🎉', ['https://example.com/a']],
    ['(https://example.com/a_(b)).', ['https://example.com/a_(b)']],
    ['https://example.com/a?b=c&d=e*,', ['https://example.com/a?b=c&d=e']],
    ['https://example.com/a&quot;', ['https://example.com/a']],
    ['https://例子.测试/a，b', ['https://例子.测试/a']],
    ['https://www.例子.测试/a，b', ['https://www.例子.测试/a']],
    ['https://example.com.谢谢', ['https://example.com']],
    ['https://de.example.org/wiki/Köln', ['https://de.example.org/wiki/Köln']],
    ['https://example.com\u3000a', ['https://example.com']],
    ['xhttps://example.com', []],
    ['http:// https://', []],
  ])('%s', (text, raw) => {
    expect(read(text).map((reference) => reference.raw)).toEqual(raw);
  });

  test.each(['[a](https://zh.example.org/wiki/中文，标点)', '<https://zh.example.org/wiki/中文，标点>'])(
    '%s is kept whole',
    (text) => {
      expect(read(text)[0]?.address).toBe('https://zh.example.org/wiki/中文，标点');
    },
  );
});

describe('text, heading and note', () => {
  const first = (text: string) => read(text)[0];

  test.each([
    ['[ a **b**\n`c` ](https://d.e)', 'a b c'],
    ['[![alt](x.png)](https://d.e)', 'alt'],
    ['https://d.e/f', 'https://d.e/f'],
    ['<a href="https://d.e">x <b>y</b> &amp; *z*</a>', 'x y & z'],
    ['[](https://d.e)', 'https://d.e'],
  ])('text of %s', (text, expected) => {
    expect(first(text)?.text).toBe(expected);
  });

  test('the nearest heading, its own for a link in one', () => {
    const text =
      '[a](1)\n# One `x` [b](2)\n[c](3)\n\nTwo *y*\n===\n- [d](4)\n\n> ## Three\n> [e](5)\n\n[f](6)\n\n<h2>Four</h2>\n\n[g](7)';
    expect(read(text).map(({ heading }) => heading)).toEqual([
      null,
      'One x b',
      'One x b',
      'Two y',
      'Three',
      'Two y',
      'Four',
    ]);
  });

  test.each<[string, string, (string | null)[]]>([
    ['after a paragraph', '[a](1)\n\n> n *m*\n>\n> o\n', ['n *m*\n\no']],
    ['right below, lazy line', '[a](1)\n> n\nm', ['n\nm']],
    ['in a list item', '- [a](1)\n\n  > n\n  > m\n- [b](2)', ['n\nm', null]],
    ['after a list, for its last item', '- [a](1)\n- [b](2)\n\n> n', [null, 'n']],
    ['after a heading', '## [a](1)\n> n', ['n']],
    ['for the links of the last line', '[a](1)\n[b](2), [c](3)\n\n> n', [null, 'n', 'n']],
    ['nothing between but a definition or a comment', '[a][r]\n\n[r]: 1\n\n<!-- x -->\n\n> n', ['n']],
    ['not after another block', '[a](1)\n\nx\n\n> n', [null]],
    ['not after code', '[a](1)\n\n```\n```\n\n> n', [null]],
    ['not a second quotation', '[a](1)\n\n> n\n\n> m', ['n']],
    ['links in a note are links', '[a](1)\n\n> n [b](2)', ['n [b](2)', null]],
    ['a quotation in a quotation', '> [a](1)\n>\n> > n\n> > m', ['n\nm']],
    ['an empty quotation', '[a](1)\n\n>', [null]],
  ])('note %s', (_, text, notes) => {
    expect(read(text).map(({ note }) => note)).toEqual(notes);
  });
});

describe('anchors', () => {
  test('are those of GitHub', () => {
    const text =
      '# A b\n# A b\n# A-b 1\n## `c`, d!\n### 中文 标题：一\n<a name="x"></a>\n\n<h2 id="y">Z z</h2>\n\n# a b 1\n# __e_f__ [g](h)';
    expect(readSource('a.md', text, 'markdown').anchors).toEqual([
      ...['a-b', 'a-b-1', 'a-b-1-1', 'c-d', '中文-标题一', 'x', 'y', 'z-z', 'a-b-1-2', 'e_f-g'],
    ]);
  });
});

describe('switches', () => {
  test.each<[string, string[]]>([
    ['[a](1)\n\n<!-- linkark-disable -->\n\n[b](2)\n\n<!-- linkark-enable -->\n\n[c](3)', ['1', '3']],
    ['<!-- linkark-disable -->\n\n[b](2)\n', []],
    ['[a](1) <!-- linkark-disable-line --> [b](2)\n[c](3)', ['3']],
    ['<!-- linkark-disable-next-line -->\n[a](1)\n[b](2)', ['2']],
    ['<!-- linkark-disable-next-line -->\n\n[a](1)\n[b](2)', ['2']],
    ['<!-- linkark-disabled -->\n[a](1)', ['1']],
    ['```\n<!-- linkark-disable -->\n```\n[a](1)', ['1']],
  ])('%j', (text, left) => {
    expect(read(text).map(({ address }) => address)).toEqual(left);
  });
});

describe('long documents, which are read piece by piece', () => {
  const filler = Array.from(
    { length: 400 },
    (_, index) => `para ${index} [x](https://x.y/${index}) and words\n\n`,
  ).join('');

  test('links, references, fences and notes over the borders of pieces', () => {
    const text = [
      '[first][far]\n',
      filler,
      `\`\`\`\n${filler}\`\`\`\n`,
      `- item\n\n  ~~~\n  ${filler.replaceAll('\n', '\n  ')}\n  ~~~\n`,
      `<!--\n${filler}-->\n`,
      `<pre>\n${filler}</pre>\n`,
      Array.from({ length: 400 }, (_, index) => `${index + 2}. [i](https://l.m/${index})\n   > note ${index}\n`).join(
        '',
      ),
      '\n[far]: https://f.g/h\n',
    ].join('\n');
    const all = read(text);
    const of = (prefix: string) => all.filter(({ address }) => address.startsWith(prefix));
    expect(of('https://x.y/').length).toBe(400);
    expect(of('https://l.m/').map(({ note }) => note)).toEqual(
      Array.from({ length: 400 }, (_, index) => `note ${index}`),
    );
    expect(all[0]).toMatchObject({ form: 'reference', address: 'https://f.g/h' });
    expect(all.length).toBe(801);
    for (const { line, column } of all) expect(text.split('\n')[line - 1]?.charAt(column - 1)).toBe('[');
  });

  test('a long list without blank lines stays a list', () => {
    const text = Array.from(
      { length: 3000 },
      (_, index) => `* [**a** [${index}]](https://b.c/${index})\n  > note *${index}*\n`,
    ).join('');
    const all = read(text);
    expect(all.length).toBe(3000);
    expect(all[2999]).toMatchObject({ line: 5999, column: 3, text: 'a [2999]', note: 'note *2999*' });
  });

  test('a label that only a fence defines is not defined', () => {
    const text = `${filler}[a] [b](https://c.d)\n\n\`\`\`\n[a]: https://no.no\n\`\`\`\n`;
    expect(read(text).some(({ address }) => address === 'https://no.no')).toBe(false);
    expect(read(text).at(-1)?.address).toBe('https://c.d');
  });

  test('one long quotation', () => {
    const text = Array.from({ length: 2000 }, (_, index) => `> - [a](https://b.c/${index})\n>   > note\n`).join('');
    expect(read(text).length).toBe(2000);
  });
});

describe('hostile documents end, and the links in them are found', () => {
  const link = '\n\n[a](https://b.c)\n';
  test.each([
    ['quotations in one line', '>'.repeat(100_000)],
    ['lists in one line', '- '.repeat(50_000)],
    ['both', '> 1. '.repeat(20_000)],
    ['closing brackets', 'a]'.repeat(50_000)],
    ['opening brackets', '['.repeat(100_000)],
    ['nested brackets', `${'['.repeat(50_000)}a${']'.repeat(50_000)}`],
    ['bracket pairs', '[a]'.repeat(33_000)],
    ['marks of emphasis', '*_'.repeat(50_000)],
    ['lazy lines', '> a\nb\n> > c\n'.repeat(7_000)],
    ['lazy lines after one mark', `> a\n${'b\n'.repeat(20_000)}`],
    ['lazy lines after nested marks', `${'> '.repeat(200)}a\n${'b\n'.repeat(20_000)}`],
    ['lazy lines after an item', `${'- '.repeat(200)}a\n${'b\n'.repeat(20_000)}`],
    ['underlined headings', 'a\n=\n'.repeat(12_000)],
    ['underlined headings in a quotation', '> a\n> =\n'.repeat(6_000)],
    ['entities behind an address', `https://x.y/${'&a;'.repeat(20_000)}`],
    ['long line', 'x'.repeat(100_000)],
    ['long line of blanks', `a${' '.repeat(100_000)}b`],
    ['long address', `https://x.y/${'z'.repeat(100_000)}`],
    ['half addresses', 'http:///'.repeat(12_000) + 'www.a/'.repeat(16_000)],
    ['unclosed tag', `<a href="${'x'.repeat(100_000)}`],
  ])('%s', (_, flood) => {
    expect(read(flood + link).at(-1)?.address).toBe('https://b.c');
  });

  test('a line of 100 KB that is full of links', () => {
    const text = Array.from(
      { length: 2000 },
      (_, index) => `[t [${index}] \`]\`](https://example.com/some/path/${index}) [no]`,
    ).join(' ');
    const links = read(text);
    expect(links.length).toBe(2000);
    expect(links[1999]?.text).toBe('t [1999] ]');
  });

  test('links in lazy lines, beneath underlines and among ampersands', () => {
    const lines = Array.from({ length: 300 }, (_, index) => `[a](https://b.c/${index})`).join('\n');
    expect(read(`> q\n${lines}`).length).toBe(300);
    expect(read(`- q\n${lines}`).length).toBe(300);
    expect(read(lines.replaceAll('\n', '\n---\n')).length).toBe(300);
    expect(brief(`x${'&y'.repeat(2000)} <https://b.c/?a&b>`)).toEqual(['1:4003 autolink https://b.c/?a&b']);
  });

  test('links in what is nested too deep', () => {
    expect(brief(`${'> '.repeat(100)}[a](https://b.c)`)).toEqual(['1:201 inline https://b.c']);
  });
});

const list = new URL('../../../shared/source-list.md', import.meta.url);
test.skipIf(!existsSync(list))(
  'the list that it was made for has 18 web links (skipped where ../shared is absent)',
  () => {
    const references = read(readFileSync(list, 'utf8'));
    const web = new Set(references.map(({ address }) => address).filter((address) => address.startsWith('http')));
    expect(web.size).toBe(18);
  },
);

test('sources/chatgpt.md has 18 web links, each under a heading', () => {
  const references = read(readFileSync(new URL('../../sources/chatgpt.md', import.meta.url), 'utf8'));
  expect(new Set(references.map(({ address }) => address)).size).toBe(18);
  expect(references.every(({ address, heading }) => address.startsWith('https://') && heading !== null)).toBe(true);
});
