import { describe, expect, test } from 'vitest';
import { decodeSource, type Format, formatOf, readSource, rewrite } from '../../src/sources/index.ts';

/** Address and text of each link. */
const links = (format: Format, text: string): [string, string][] =>
  readSource('f', text, format).references.map((reference) => [reference.address, reference.text]);

describe('bare addresses', () => {
  test.each<[string, string, string[]]>([
    ['a host of one label', 'see www.a and www.b/c, www.d，www.e.', []],
    ['a host that ends where it begins', 'https://ａ.example and https://〇.example', []],
    ['a host of Chinese labels behind a Latin one', 'www.a.例子.测试/x，y', ['http://www.a.例子.测试/x']],
    ['brackets that were open before it', '[(https://a.b/c)]', ['https://a.b/c']],
    ['brackets of its own', 'https://a.b/c[d](e)', ['https://a.b/c[d](e)']],
    ['a semicolon that ends no entity', 'https://a.b/c&;', ['https://a.b/c&']],
  ])('%s', (_, text, addresses) => {
    expect(links('text', text).map(([address]) => address)).toEqual(addresses);
  });
});

describe('tags', () => {
  test.each<[string, string, [string, string][]]>([
    [
      'of an attribute written twice the first counts',
      '<a href="https://1.x" href="https://2.x">a</a>',
      [['https://1.x', 'a']],
    ],
    ['an attribute without a value is an empty address', '<a href>a</a>', [['', 'a']]],
    ['an element that closes itself stays open in HTML', '<a href="https://1.x"/>a</a>', [['https://1.x', 'a']]],
    ['text of a script is nobody’s', '<a href="https://1.x">a<script>&amp;b</script>c</a>', [['https://1.x', 'ac']]],
    [
      'declarations and CDATA are nobody’s text',
      '<a href="https://1.x">a<!x><?y?><![CDATA[z]]></a>',
      [['https://1.x', 'a']],
    ],
    [
      'a picture names the link around it',
      '<a href="https://1.x"><img alt="the bridge"></a>',
      [['https://1.x', 'the bridge']],
    ],
    [
      'a picture without words leaves the title of the link',
      '<a href="https://1.x" title="t"><img src="p.png"></a>',
      [
        ['https://1.x', 't'],
        ['p.png', 'p.png'],
      ],
    ],
    [
      'a link that the next one ends',
      '<a href="https://1.x">a<a href="https://2.x">b',
      [
        ['https://1.x', 'a'],
        ['https://2.x', 'b'],
      ],
    ],
  ])('%s', (_, text, expected) => {
    expect(links('html', text)).toEqual(expected);
  });

  test('links in a heading are under it, and an empty heading is none', () => {
    const page = '<h2>One</h2><h3> </h3><a href="1">a</a><h2><a href="2">b</a> Two <a href="3">c</a></h2>';
    expect(readSource('f', page, 'html').references.map(({ heading }) => heading)).toEqual([
      'One',
      'b Two c',
      'b Two c',
    ]);
  });

  test('the first base that has an address counts', () => {
    const page = '<base target="_top"><base href="https://a.b/c/"><base href="https://no.no/"><a href="d">x</a>';
    expect(links('html', page)).toEqual([['https://a.b/c/d', 'x']]);
  });

  test('in bookmarks a name without an address is nobody’s text', () => {
    expect(links('bookmarks', '<DT><A HREF="https://a.b">A</A><DT><A NAME="x">anchor</A>')).toEqual([
      ['https://a.b', 'A'],
    ]);
  });
});

describe('tables and records', () => {
  test.each<[string, Format, string, [string, string][]]>([
    ['a row that ends before the address', 'csv', 'title,url\nA\nB,https://a.b\nC, \n', [['https://a.b', 'B']]],
    ['of two columns of a name the first', 'csv', 'url,url,title\nhttps://1.x,https://2.x,T', [['https://1.x', 'T']]],
    ['a quoted cell that never ends', 'csv', 'url,title\nhttps://1.x,"T', [['https://1.x', 'T']]],
    [
      'of two keys of a name the first',
      'json',
      '{"url":"https://1.x","URL":"https://2.x"}',
      [['https://1.x', 'https://1.x']],
    ],
    ['a byte order mark before JSON', 'json', '\ufeff["https://a.b"]', [['https://a.b', 'https://a.b']]],
    [
      'a byte order mark before values of a line each',
      'json',
      '\ufeff{"url":"https://a.b"}\r\n{"url":"https://c.d"}',
      [
        ['https://a.b', 'https://a.b'],
        ['https://c.d', 'https://c.d'],
      ],
    ],
  ])('%s', (_, format, text, expected) => {
    expect(links(format, text)).toEqual(expected);
  });
});

test('bookmarks are known on standard input too', () => {
  expect(formatOf('-', '<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL>')).toBe('bookmarks');
});

test.each<[string, number[], number | null]>([
  ['the smallest of three bytes', [0xe0, 0xa0, 0x80], null],
  ['three bytes for what fits in two', [0x61, 0xe0, 0x9f, 0xbf], 2],
  ['the smallest of four bytes', [0xf0, 0x90, 0x80, 0x80], null],
  ['four bytes for what fits in three', [0x61, 0xf0, 0x8f, 0xbf, 0xbf], 2],
  [
    'well-formed characters of every length before the fault',
    [0xc2, 0x80, 0xe0, 0xa0, 0x80, 0xf0, 0x90, 0x80, 0x80, 0x80],
    10,
  ],
])('UTF-8: %s', (_, bytes, at) => {
  const { problem } = decodeSource('f', Uint8Array.from(bytes));
  expect(problem?.message.match(/^byte (\d+) /)?.[1] ?? null).toBe(at === null ? null : `${at}`);
});

describe('Markdown', () => {
  test.each<[string, string, [string, string][]]>([
    ['a picture by reference', '![the bridge][p]\n\n[p]: https://a.b/p.png', [['https://a.b/p.png', 'the bridge']]],
    [
      'a picture by reference in a link by reference',
      '[![the bridge][p]][l]\n\n[p]: p.png\n[l]: https://a.b',
      [
        ['https://a.b', 'the bridge'],
        ['p.png', 'the bridge'],
      ],
    ],
    ['a picture without words', '![](p.png)', [['p.png', 'p.png']]],
    ['a picture whose label nothing defines', '![the bridge][p]', []],
    [
      'the words of a picture in a link of HTML',
      '<a href="https://a.b">![the bridge](p.png)</a>',
      [
        ['https://a.b', 'the bridge'],
        ['p.png', 'the bridge'],
      ],
    ],
    ['a label of white space defines nothing', '[a][ ]\n\n[ ]: https://a.b', [['https://a.b', 'https://a.b']]],
    ['a label spelt with other white space', '[a][b\nC]\n\n[B  c]: https://a.b', [['https://a.b', 'a']]],
  ])('%s', (_, text, expected) => {
    expect(links('markdown', text)).toEqual(expected);
  });

  test('a heading is the words of its picture too', () => {
    const text = '# ![the bridge](p.png) ![by night][n]\n\n[a](1)\n\n[n]: n.png';
    expect(readSource('f', text, 'markdown').references.map(({ heading }) => heading)).toEqual(
      Array(3).fill('the bridge by night'),
    );
  });
});

describe('links among thousands of brackets', () => {
  /** Brackets that close nothing, so many that they are looked at one by one. */
  const flood = 'a] '.repeat(300);

  test.each<[string, string, string | null]>([
    ['pointed', '[x](<https://a.b/c d>)', 'https://a.b/c d'],
    ['with a title', "[x](https://a.b 't')", 'https://a.b'],
    ['with brackets inside', '[x](https://a.b/(c(d)e))', 'https://a.b/(c(d)e)'],
    ['with brackets behind backslashes', '[x](https://a.b/\\(c\\()', 'https://a.b/(c('],
    ['opened in code', '`[` [x](https://a.b)', 'https://a.b'],
    ['of a label that is defined', '[x][r]', 'https://r.r'],
    ['of a label alone', '[r]', 'https://r.r'],
    ['pointed, without an end', '[x](<c d', null],
    ['without an end', `[x](${'('.repeat(40)}`, null],
    ['to two things at once', '[x](c d)', null],
  ])('%s', (_, link, address) => {
    for (const text of [`${flood}${link}\n\n[r]: https://r.r\n`, `${link} ${flood}\n\n[r]: https://r.r\n`])
      expect(links('markdown', text)).toEqual(address === null ? [] : [[address, link.includes('[x]') ? 'x' : 'r']]);
  });

  test('a bracket before a destination that closes nothing is spared, but not hundreds of times', () => {
    const text = `${'`[` x](y) '.repeat(300)}[x](https://a.b)`;
    expect(links('markdown', text).at(-1)).toEqual(['https://a.b', 'x']);
  });

  test('brackets that nothing closes', () => {
    const text = `${'[ '.repeat(300)}${'[a](https://a.b) '.repeat(300)}`;
    expect(links('markdown', text)).toHaveLength(300);
  });

  test('words keep the marks that were put out of action', () => {
    const text = `${'*_~'.repeat(1_000)} [2 * 3_4~5](https://a.b)\n- [*x*](https://c.d)`;
    expect(links('markdown', text)).toEqual([
      ['https://a.b', '2 * 3_4~5'],
      ['https://c.d', 'x'],
    ]);
  });

  test('an address keeps its ampersands where a run of thousands stands elsewhere', () => {
    const text = `${'&'.repeat(1_500)} [a](https://a.b/?c&d) ${'x'.repeat(1_200)}&`;
    expect(links('markdown', text)).toEqual([['https://a.b/?c&d', 'a']]);
  });

  test('items after hundreds of lazy lines are items', () => {
    const text = `- a\n${'b\n'.repeat(300)}- [c](https://c.d)\n`;
    expect(links('markdown', text)).toEqual([['https://c.d', 'c']]);
  });
});

describe('rewriting what is hard to spell', () => {
  const change = (format: Format, text: string, address: string): string =>
    rewrite(
      text,
      readSource('f', text, format).references.map((reference) => ({ reference, address })),
      format,
    );

  test.each<[string, Format, string, string, string]>([
    ['a path in plain text', 'text', 'x https://a.b y', '../kept/a b.md', 'x ../kept/a%20b.md y'],
    ['in pointed brackets in plain text', 'text', '<https://a.b>', 'https://c.d/e.', '<https://c.d/e.>'],
    ['Chinese that would end the address', 'text', 'x https://a.b', 'https://c.d/路', 'x <https://c.d/%E8%B7%AF>'],
  ])('%s', (_, format, text, address, expected) => {
    expect(change(format, text, address)).toBe(expected);
  });
});
