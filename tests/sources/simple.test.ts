import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readSource, rewrite } from '../../src/sources/index.ts';
import { libraryCost } from '../../src/sources/markdown/cost.ts';
import { parseDocument } from '../../src/sources/markdown/parse.ts';
import { readMarkdown } from '../../src/sources/markdown.ts';
import { runs } from '../property.ts';
import { document } from './generate.ts';

const simply = (text: string) => readMarkdown('a.md', text, 'simple');
const parsed = (text: string) => readMarkdown('a.md', text, 'library');

describe('the simple reader reads as the library does', () => {
  test('ordinary documents: links, places, texts, headings, notes and anchors', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const text = document(seed);
        expect(simply(text)).toEqual(parsed(text));
      }),
      runs(60),
    );
  });

  test.each([
    ['links', 'a [b](https://c.d/e "t") [f](<https://g.h/i j>) [k]() [l](m (n)) ![o](p) [q](r "s'],
    ['links in brackets', '[a [b] c](d) [[e](f)](g) [![h](i)](j) ![k [l](m)](n) \\[o](p) [q\\]](r) [s](t(u(v)))'],
    ['odd tags', 'a <!b [c](d)> <!> [e](f) <!--> [g](h) <!---> <![CDATA[ [i](j) ]]> <?[k](l)?> <o/> </p > </q r>'],
    [
      'odd destinations',
      '[a](b\u0001c) [d](\u0007) [e](f (g(h))) [i](j "k\\"l") [m](<n\\>o>) [p](<q\nr>) [s](t(u(v)w)x)',
    ],
    ['titles on lines of their own', '[a][b]\n\n[b]: c "d"\n e\n\n[c]: <d> (e)\n[a]: f\n(g'],
    ['odd headings', '# \n[a](b)\n#\t[c](d) ##\n### [e](f)#\n## ##'],
    ['odd indents', '>\t\ta\n>\n> -\t\tb [c](d)\n>\t\t\t[e](f)\n\n1)\ta\n\n\t\t[b](c)\n\n\t[d](e)'],
    ['references', '[a] [b][] [c][A] [d][e] [a][ [b](c)\n\n[a]: <f> "g"\n[B]: h\n\n![a] [^1]\n\n[^1]: [i](j)'],
    ['definitions over lines, and what is none', '[a]:\nb\n"c\nd"\n[e]: f "g" h\n\n[a] [e]\n\n> [i]: j\n\n[i]'],
    ['code', '`[a](b)` ``[c](d) ` [e](f)`` ` [g](h) ``` [i](j) \\`[k](l)`'],
    ['tags', 'a <b c="[d](e)"> <a href="f">g *h*</a> <!-- [i](j) --> <k@l.m> <https://n.o?p> <q [r](s)'],
    [
      'bare addresses',
      'https://a.b/c_d_ **https://e.f** (www.g.h) [https://i.j](k) <a href="l">https://m.n</a> `https://o.p`',
    ],
    ['entities and escapes', '# a\\*b &amp;amp; c\n\n[&copy; \\[ d\\\ne](f\\_g&amp;h)'],
    ['emphasis', '# **a *b* c** d_e_f _g_ *h **i** ~~j~~ 2 * 3 ~k~ a*b **l*\n\n[*m* __n__ ***o***](p)'],
    ['headings', '# a #\n## b # c #\n#\n#d [e](f)\n\ng\n[h](i)\n===\n\n- j\n  k\n  ---\n[l](m)'],
    ['fences', '```\n[a](b)\n``\n```\n[c](d)\n- ~~~\n  [e](f)\n\n  [g](h)\n[i](j)\n\n``` `k`\n[l](m)'],
    ['indented code', '    [a](b)\n\n[c](d)\n    [e](f)\n\n- g\n\n      [h](i)\n\n  [j](k)\n\n\t[l](m)\n'],
    [
      'comments, scripts, lone ends',
      '<!--\n[a](b)\n\n[c](d)\n-->\n[e](f)\n\n<script>\n[g](h)\n\n</script>\n\n<!-->\n[i](j)',
    ],
    [
      'tables',
      '| a | [b](c) |\n|:-:|---|\n| `d | [e](f) | g` |\n|https://h.i|[j](k \\| l)|\n> m\n\nn | o\n-|-|-\n[p](q)',
    ],
    ['quotations and notes', '[a](b)\n> c\nd\n> > e [f](g)\n\n> h\n\n[i](j) [k](l)\n>\n> m\n>\n> - n\n'],
    [
      'items',
      '1. [a](b)\n   > c\n2) d\n- e\n\n  [f](g)\n\n      h\n   i\n\n* * *\n10. [j](k)\n\n    > l\n-\n\n  [m](n)',
    ],
    ['items that interrupt nothing', 'a\n2. [b](c)\n-\n* [d](e)\n\n- - 1. [f](g)\n    > h'],
    ['tabs', '-\t[a](b)\n\n\t> c\n>\t[d](e)\n>\t\tf\n\n1.\t\tg\n'],
    ['ends of lines', '[a](b)\r\n\r\n> c\r\n\r\r[d](e)\r> f\r'],
    [
      'what hides links from the check',
      '<!-- linkark-disable-next-line -->\n[a](b)\n[c](d) <!-- linkark-disable-line -->\n[e](f)',
    ],
  ])('%s', (_, text) => {
    expect(simply(text)).toEqual(parsed(text));
  });

  test('whatever the order of marks, no link is lost that stands free', () => {
    const marks = fc.constantFrom(
      ...['[', '![', ']', '](', '(', ')', '`', '``', '*', '_', '**', '~~', '|', '&amp;', '#', '中文，', 'word', ' '],
      ...['\n', '\n\n', '\r\n', '\n> ', '\n- ', '\n1. ', '\n  ', '\n\n    ', '\n# ', '\n===\n', '\n| a | b |\n|-|-|\n'],
      ...['[a](https://l.example/1) ', '[b](<https://l.example/2> "t") ', '![p](https://l.example/3) ', '[a] '],
      ...['<https://l.example/4> ', ' https://l.example/5 ', '<a href="https://l.example/6">x</a> ', '\n\n[a]: /7\n\n'],
    );
    fc.assert(
      fc.property(fc.array(marks, { maxLength: 14 }), (parts) => {
        const text = parts.join('');
        const found = new Set(simply(text).references.map(({ line, address }) => `${line} ${address}`));
        const lost = parsed(text).references.filter(({ line, address }) => !found.has(`${line} ${address}`));
        expect(lost).toEqual([]);
      }),
      runs(200),
    );
  });

  test('but for Markdown in blocks of HTML, where more is found', () => {
    const text = '<div>\n[a](https://b.c)\n</div>';
    expect(parsed(text).references).toEqual([]);
    expect(simply(text).references).toMatchObject([{ line: 2, address: 'https://b.c' }]);
  });

  test('so that addresses can be written anew', () => {
    for (let seed = 0; seed < 20; seed += 1) {
      const text = document(seed);
      const edits = simply(text).references.map((reference) => ({
        reference,
        address: `https://new.example/${reference.start}?a=1&b=(2`,
      }));
      const written = simply(rewrite(text, edits, 'markdown')).references;
      expect(written.map(({ address }) => address)).toEqual(edits.map(({ address }) => address));
    }
  });
});

describe('what would cost the library too much', () => {
  const around = (flood: string) => `[a](https://b.c)\n\n${flood}\n\n> [d](https://e.f)\n`;
  /** One paragraph of 200 KB each, made to be slow. */
  const floods: [string, string][] = [
    ['brackets that open', '['.repeat(200_000)],
    ['links in links', `${'['.repeat(8_000)}a${'](https://x.y/z)'.repeat(8_000)}`],
    ['pictures in pictures', `${'!['.repeat(8_000)}a${'](https://x.y/z)'.repeat(8_000)}`],
    ['titles that do not close', '[a](b "'.repeat(28_000)],
    ['destinations that do not close', '[a](<b'.repeat(33_000)],
    ['destinations in destinations', '[a](b'.repeat(40_000)],
    ['closing brackets', ']('.repeat(100_000)],
    ['runs of backticks', Array.from({ length: 630 }, (_, at) => '`'.repeat(at)).join(' ')],
    ['tags that do not close', 'a <b c="d '.repeat(20_000)],
    ['attributes without end', `a ${`<b c=" d=' e=" f='`.repeat(11_000)}`],
    ['comments that do not close', `a ${'<!-- b'.repeat(33_000)}`],
    ['instructions that do not close', `a ${'<?'.repeat(100_000)}`],
    ['marks of emphasis', '**_**_'.repeat(33_000)],
    ['ends of sentences after an address', `www.a.b/${'.'.repeat(200_000)}c`],
    ['quotations in quotations', `${'> '.repeat(100_000)}a`],
    ['items in items', `${'- '.repeat(100_000)}a`],
    ['one wide table', `|${'a|'.repeat(30_000)}\n|${'-|'.repeat(30_000)}\n|${'a|'.repeat(30_000)}`],
    ['brackets of notes', '[^a]'.repeat(50_000)],
  ];

  test.each(floods)('%s: is read simply, and its place is told', (_, flood) => {
    const { references, problems } = readSource('a.md', around(flood), 'markdown');
    const lines = around(flood).split('\n').length;
    expect(references[0]).toMatchObject({ line: 1, address: 'https://b.c' });
    expect(references.at(-1)).toMatchObject({ line: lines - 1, address: 'https://e.f' });
    const told = problems.find(({ code }) => code === 'source/read-simply');
    expect(told?.line).toBeLessThanOrEqual(3);
  });

  test('ordinary documents never are', () => {
    for (let seed = 0; seed < 10; seed += 1) expect(readMarkdown('a.md', document(seed)).problems).toEqual([]);
  });

  test('only the part that is dear is read simply', () => {
    const plain = '*a* [b](https://c.d)\n\n'.repeat(500);
    const { pieces } = parseDocument(`${plain}${'['.repeat(20_000)}\n\n${plain}`);
    const by = [...pieces].map((piece) => piece.by);
    expect(by.filter((reader) => reader === 'simple').length).toBe(1);
    expect(by[0]).toBe('library');
    expect(by.at(-1)).toBe('library');
  });

  test('the library gets no more than a share of a long document', () => {
    const shares = [200_000, 400_000].map((length) => {
      const { pieces } = parseDocument(`${'&a'.repeat(4_000)}\n\n`.repeat(length / 8_000));
      const library = [...pieces].filter(({ by }) => by === 'library');
      expect(library[0]?.start).toBe(0);
      return library.reduce((sum, { start, cut }) => sum + cut - start, 0);
    });
    expect(shares[0]).toBeLessThan(160_000);
    expect((shares[1] ?? 0) - (shares[0] ?? 0)).toBeLessThan(20_000);
  });

  test('several such parts are one problem, which counts them', () => {
    const part = `${'['.repeat(50_000)}\n\n${'- [a](https://b.c)\n'.repeat(3)}\n`;
    const { problems } = readMarkdown('a.md', part.repeat(3));
    expect(problems).toMatchObject([
      { line: 1, message: expect.stringContaining('up to line 2, and in 2 later parts') },
    ]);
  });

  test('labels that a fence alone defines are none there either', () => {
    const text = `${'['.repeat(50_000)} [a]\n\n\`\`\`\n[a]: https://no.no\n\`\`\`\n\n[a](https://b.c)\n`;
    expect(readMarkdown('a.md', text).references.map(({ address }) => address)).toEqual(['https://b.c']);
  });
});

describe('the cost of a part to the library', () => {
  test('is its length for prose, more for marks, and grows with the square of a length beyond the measure', () => {
    expect(libraryCost('word '.repeat(100), 8192)).toBe(500);
    expect(libraryCost('[a](b)', 8192)).toBeGreaterThan(100);
    expect(libraryCost('word '.repeat(4000), 2000)).toBe(200_000);
  });

  test('is beyond all bounds for containers in containers, and dear for ends of sentences in a row', () => {
    expect(libraryCost(`a\n${'> '.repeat(20)}b`, 8192)).toBe(Number.POSITIVE_INFINITY);
    expect(libraryCost(`a\n${'> '.repeat(5)}b`, 8192)).toBeLessThan(500);
    expect(libraryCost('.'.repeat(8000), 8192)).toBeGreaterThan(1_000_000);
  });
});
