import { describe, expect, test } from 'vitest';
import { decodeSource, type Format, formatOf, isSourceFile, readSource } from '../../src/sources/index.ts';

const brief = (format: Format, text: string) =>
  readSource('f', text, format).references.map(
    ({ line, column, address, text: title, heading, note, start, end, raw }) => {
      expect(text.slice(start, end)).toBe(raw);
      return [`${line}:${column}`, address, title, heading, note];
    },
  );

describe('formatOf', () => {
  test.each<[string, string, Format]>([
    ['a/b.MD', '', 'markdown'],
    ['b.markdown', '<html>', 'markdown'],
    ['b.html', '<!doctype html>', 'html'],
    ['b.html', '\ufeff<!DOCTYPE NETSCAPE-Bookmark-file-1>', 'bookmarks'],
    ['b.txt', '', 'text'],
    ['b.opml', '', 'opml'],
    ['b.tsv', '', 'csv'],
    ['b.jsonl', '', 'json'],
    ['-', '[{"url": "https://a.b"}]', 'json'],
    ['-', '[a](https://b.c)', 'markdown'],
    ['-', '<?xml version="1.0"?>\n<opml version="2.0">', 'opml'],
    ['feeds.xml', '<opml>', 'opml'],
    ['-', '  <html lang="zh">', 'html'],
    ['README', '', 'markdown'],
  ])('%s %j', (file, text, format) => {
    expect(formatOf(file, text)).toBe(format);
  });

  test('isSourceFile goes by the name', () => {
    expect(['a.md', 'b.CSV', 'c.opml'].every(isSourceFile)).toBe(true);
    expect(['a.png', 'md', 'Makefile'].some(isSourceFile)).toBe(false);
  });
});

describe('decodeSource', () => {
  const bytes = (...values: number[]) => Uint8Array.from(values);

  test('UTF-8 with and without a byte order mark, which stays', () => {
    expect(decodeSource('a', new TextEncoder().encode('\ufeff中文🎉'))).toEqual({
      text: '\ufeff中文🎉',
      problem: null,
    });
    expect(decodeSource('a', bytes())).toEqual({ text: '', problem: null });
  });

  test.each<[string, Uint8Array, number, number]>([
    ['GBK', bytes(0x61, 0x0d, 0x0a, 0x0a, 0xc4, 0xe3), 3, 5],
    ['UTF-16', bytes(0xff, 0xfe, 0x61, 0x00), 1, 1],
    ['overlong', bytes(0x0d, 0xc0, 0x80), 2, 2],
    ['surrogate', bytes(0xed, 0xa0, 0x80), 1, 1],
    ['above U+10FFFF', bytes(0x61, 0xf4, 0x90, 0x80, 0x80), 1, 2],
    ['cut short', bytes(0xe4, 0xb8), 1, 1],
  ])('%s is a problem with line and mend', (_, source, line, byte) => {
    const { problem } = decodeSource('a.md', source);
    expect(problem).toMatchObject({ file: 'a.md', line, code: 'source/not-utf8' });
    expect(problem?.message).toContain(`byte ${byte} `);
    expect(problem?.message).toContain('save the file as UTF-8');
  });

  test('a binary file', () => {
    expect(decodeSource('a.md', bytes(0x0a, 0x00)).problem).toMatchObject({ line: 2, code: 'source/binary' });
  });
});

describe('text', () => {
  test('one a line or in prose', () => {
    expect(brief('text', 'https://a.b/c?d=1&amp;e\n见 www.f.g，<https://h.i/.>\r\n')).toEqual([
      ['1:1', 'https://a.b/c?d=1&amp;e', 'https://a.b/c?d=1&amp;e', null, null],
      ['2:3', 'http://www.f.g', 'www.f.g', null, null],
      ['2:12', 'https://h.i/.', 'https://h.i/.', null, null],
    ]);
  });
});

describe('html', () => {
  test('links, areas, pictures, headings', () => {
    const page =
      '<!doctype html><script>"<a href=x>"</script><h1 id=t>Top <a href="#t">¶</a></h1>\n<a  HREF = "https://a.b/?c=1&amp;d=2"\n>x <b>y</b></a><a name="z">n</a><map><area alt=q href=https://e.f></map><img src="p.png"><!-- <a href=no> -->';
    expect(brief('html', page)).toEqual([
      ['1:58', '#t', '¶', 'Top ¶', null],
      ['2:1', 'https://a.b/?c=1&d=2', 'x y', 'Top ¶', null],
      ['3:38', 'https://e.f', 'q', 'Top ¶', null],
      ['3:73', 'p.png', 'p.png', 'Top ¶', null],
    ]);
    expect(readSource('f', page, 'html').anchors).toEqual(['t', 'z']);
  });

  test('relative addresses against a base', () => {
    expect(
      brief('html', '<base href="https://a.b/c/"><a href="d?e">x</a><a href="#f">y</a>').map(([, address]) => address),
    ).toEqual(['https://a.b/c/d?e', '#f']);
  });
});

describe('bookmarks', () => {
  test('folders are headings, DD is the note', () => {
    const file =
      '<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<H1>Bookmarks</H1>\n<DL><p>\n<DT><H3 ADD_DATE="1">One</H3>\n<DL><p>\n<DT><A HREF="https://a.b/?c=1&amp;d" ICON="data:,x">A &amp; B</A>\n<DD>a note\n<DT><A HREF="https://e.f">E</A>\n</DL><p>\n<DT><A HREF="https://g.h"></A>\n</DL>';
    expect(brief('bookmarks', file)).toEqual([
      ['6:5', 'https://a.b/?c=1&d', 'A & B', 'One', 'a note'],
      ['8:5', 'https://e.f', 'E', 'One', null],
      ['10:5', 'https://g.h', 'https://g.h', null, null],
    ]);
  });
});

describe('opml', () => {
  test('the page before the feed, outlines as headings', () => {
    const file =
      '<?xml version="1.0"?>\n<opml version="2.0"><body>\n<outline text="G">\n<outline text="A" xmlUrl="https://a.b/f" htmlUrl="https://a.b/?c&amp;d" description="n"/>\n<outline text="F" xmlUrl="https://e.f/feed"></outline>\n</outline>\n<outline type="link" text="L" url="https://g.h"/></body></opml>';
    expect(brief('opml', file)).toEqual([
      ['4:1', 'https://a.b/?c&d', 'A', 'G', 'n'],
      ['5:1', 'https://e.f/feed', 'F', 'G', null],
      ['7:1', 'https://g.h', 'L', null, null],
    ]);
  });
});

describe('csv', () => {
  test('named columns, quotes, empty rows', () => {
    const file =
      '\ufeffTitle,URL,Note,Section\r\n"A, ""x""",https://a.b,,S\r\n\r\nB, "https://c.d/?e=1,2" ,n,\r\nC,"https://f.g\n",,';
    expect(brief('csv', file).slice(0, 1)).toEqual([['2:12', 'https://a.b', 'A, "x"', 'S', null]]);
    expect(brief('csv', file).map(([place, address]) => [place, address])).toEqual([
      ['2:12', 'https://a.b'],
      ['4:4', '"https://c.d/?e=1'],
      ['5:4', 'https://f.g'],
    ]);
  });

  test.each([
    ['标题\t链接\n一\thttps://a.b\n', ['2:3', 'https://a.b', '一']],
    ['a;url\nx;https://a.b/c,d\n', ['2:3', 'https://a.b/c,d', 'https://a.b/c,d']],
    ['https://a.b\nhttps://c.d', ['1:1', 'https://a.b', 'https://a.b']],
  ])('%j', (file, first) => {
    expect(brief('csv', file)[0]?.slice(0, 3)).toEqual(first);
  });

  test('a table without addresses is a problem', () => {
    expect(readSource('f.csv', 'a,b\n1,2\n', 'csv').problems).toMatchObject([
      { line: 1, code: 'source/no-address-column' },
    ]);
    expect(readSource('f.csv', '', 'csv').problems).toEqual([]);
  });
});

describe('json', () => {
  test('objects, strings, headings, escapes', () => {
    const file =
      '{\n"Papers": [{"title": "A", "url": "https:\\/\\/a.b\\/c", "note": "n"}, "https://d.e", "no"],\n"x": {"href": "https://f.g", "category": "K", "deep": [[{"link": "https://h.i"}]]}}';
    expect(brief('json', file)).toEqual([
      ['2:35', 'https://a.b/c', 'A', 'Papers', 'n'],
      ['2:69', 'https://d.e', 'https://d.e', 'Papers', null],
      ['3:16', 'https://f.g', 'https://f.g', 'K', null],
      ['3:67', 'https://h.i', 'https://h.i', 'deep', null],
    ]);
  });

  test('one value a line', () => {
    const file = '{"url":"https://a.b"}\n\n{"url":"https://c.d"\n{"url":"https://e.f"}\n';
    expect(brief('json', file).map(([place, address]) => [place, address])).toEqual([
      ['1:9', 'https://a.b'],
      ['4:9', 'https://e.f'],
    ]);
    expect(readSource('f', file, 'json').problems).toMatchObject([{ line: 3, code: 'source/bad-json' }]);
  });

  test('what is not JSON', () => {
    expect(readSource('f', '[\n1,,2]', 'json').problems).toMatchObject([
      { line: 2, column: 3, code: 'source/bad-json' },
    ]);
    expect(readSource('f', `${'['.repeat(50_000)}"https://a.b"${']'.repeat(50_000)}`, 'json').references.length).toBe(
      1,
    );
  });
});

describe('a line that nobody wrote', () => {
  const line = `${'word '.repeat(20_000)}[a](https://b.c)`;

  test.each<[Format, string, number]>([
    ['markdown', `# T\n\n${line}\n\n[z](https://y.x)\n`, 3],
    ['text', `${line}\r\nhttps://y.x`, 1],
    ['markdown', `a\n${'\u6f22'.repeat(30_000)} <https://b.c>\n<https://y.x>`, 2],
  ])('%s: its line is named, and all links are read', (format, text, at) => {
    const { problems, references } = readSource('f', text, format);
    const long = problems.filter(({ code }) => code === 'source/long-line');
    expect(long).toEqual([expect.objectContaining({ file: 'f', line: at })]);
    expect(references.length).toBe(2);
  });

  test('long lines are usual in formats that programs write', () => {
    const links = Array.from({ length: 5_000 }, (_, at) => ({ url: `https://b.c/${at}` }));
    expect(readSource('f', JSON.stringify(links), 'json').problems).toEqual([]);
  });
});
