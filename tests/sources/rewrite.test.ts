import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Format, readSource, rewrite } from '../../src/sources/index.ts';
import { runs } from '../property.ts';

/** Gives every link of a text the same new address; `pick` chooses which. */
function change(text: string, address: string, format: Format = 'markdown', pick = /./): string {
  const { references } = readSource('f', text, format);
  return rewrite(
    text,
    references.filter((reference) => pick.test(reference.address)).map((reference) => ({ reference, address })),
    format,
  );
}

describe('rewrite', () => {
  test.each<[string, string, string]>([
    ['[a](https://b.c "t")', 'https://d.e/f?g=1&h=2#i', '[a](https://d.e/f?g=1&h=2#i "t")'],
    ['[a](<https://b.c>)', 'https://d.e/(f', '[a](<https://d.e/\\(f>)'],
    ['[a](https://b.c)', 'https://d.e/(f)', '[a](https://d.e/(f))'],
    ['[a](https://b.c)', 'https://d.e/f)(', '[a](https://d.e/f\\)\\()'],
    ['[a](https://b.c)', 'https://d.e/?f&copy;g|h', '[a](https://d.e/?f\\&copy;g\\|h)'],
    ['[a](https://b.c)', '../archive/a b.md', '[a](../archive/a%20b.md)'],
    ["[a][r] [r]\n\n[R]: https://b.c 't'", 'https://d.e', "[a][r] [r]\n\n[R]: https://d.e 't'"],
    ['![a](https://b.c)', 'https://d.e', '![a](https://d.e)'],
    ['<https://b.c>', 'https://d.e', '<https://d.e>'],
    ['<https://b.c>', '../d.md', '[https://b.c](../d.md)'],
    ['x https://b.c，y', 'https://d.e', 'x https://d.e，y'],
    ['x https://b.c.', 'https://d.e/f.', 'x <https://d.e/f.>.'],
    ['(https://b.c)', 'https://d.e/(f', '(<https://d.e/(f>)'],
    ['x https://b.c_d', '../d.md', 'x [https://b.c\\_d](../d.md)'],
    ['<a href="https://b.c">x</a>', 'https://d.e/?f=1&g="', '<a href="https://d.e/?f=1&amp;g=&#34;">x</a>'],
    ['<p><img src=https://b.c></p>', "https://d.e/'", '<p><img src=https://d.e/&#39;></p>'],
  ])('%s', (text, address, expected) => {
    expect(change(text, address)).toBe(expected);
  });

  test.each<[Format, string, string]>([
    ['html', "<a href='https://b.c'>", "<a href='https://d.e/?f,g&amp;h'>"],
    ['bookmarks', '<DT><A HREF="https://b.c">x</A>', '<DT><A HREF="https://d.e/?f,g&amp;h">x</A>'],
    ['opml', '<opml><outline url="https://b.c"/></opml>', '<opml><outline url="https://d.e/?f,g&amp;h"/></opml>'],
    ['csv', 'url,t\nhttps://b.c,x', 'url,t\n"https://d.e/?f,g&h",x'],
    ['csv', 'url,t\n"https://b.c",x', 'url,t\n"https://d.e/?f,g&h",x'],
    ['csv', 'url,t\n https://b.c ,x', 'url,t\n https://d.e/?f%2Cg&h ,x'],
    ['json', '["https://b.c"]', '["https://d.e/?f,g&h"]'],
    ['text', 'x https://b.c，y', 'x https://d.e/?f,g&h，y'],
  ])('%s', (format, text, expected) => {
    expect(change(text, 'https://d.e/?f,g&h', format)).toBe(expected);
  });

  test('changes only the chosen one, and nothing where the address is the same', () => {
    const text = '\ufeff[a](https://b.c)\r\n\t[d](https://e.f/?g&amp;h) \r\n';
    expect(change(text, 'https://x.y', 'markdown', /b\.c/)).toBe(text.replace('https://b.c', 'https://x.y'));
    expect(change(text, 'https://e.f/?g&h', 'markdown', /e\.f/)).toBe(text);
  });

  test('refuses edits that overlap, contradict each other or were made for another text', () => {
    const text = '[a][r] [b][r]\n\n[r]: https://c.d';
    const [one, two] = readSource('f', text, 'markdown').references;
    if (one === undefined || two === undefined) throw new Error('two links expected');
    expect(() =>
      rewrite(
        text,
        [
          { reference: one, address: 'https://1' },
          { reference: two, address: 'https://2' },
        ],
        'markdown',
      ),
    ).toThrow(RangeError);
    expect(() => rewrite(`x${text}`, [{ reference: one, address: 'https://1' }], 'markdown')).toThrow(RangeError);
    const inside = { ...two, start: one.start + 1, raw: one.raw.slice(1) };
    expect(() =>
      rewrite(
        text,
        [
          { reference: one, address: 'https://1' },
          { reference: inside, address: 'https://2' },
        ],
        'markdown',
      ),
    ).toThrow(RangeError);
  });

  const SHELLS: [Format, string, string][] = [
    ['markdown', '[a](', ' "t") after'],
    ['markdown', '[a](<', '>)'],
    ['markdown', '| x |\n|---|\n| [a](', ') |'],
    ['markdown', '> - ', '，后面'],
    ['markdown', '(', ').'],
    ['markdown', '<', '>'],
    ['markdown', '[a]\n\n[a]: ', "\n't'"],
    ['markdown', 'x <a href="', '">y</a>'],
    ['html', "<a href='", "'>y</a>"],
    ['html', '<a href=', ' >y</a>'],
    ['json', '[{"url": "', '"}]'],
    ['csv', 'a,url\n1,', '\n'],
    ['csv', 'a,url\n1,"', '"\n'],
    ['text', 'a ', '）'],
    ['opml', '<opml><outline text="x" url="', '"/></opml>'],
  ];
  const piece = fc.constantFrom(
    'a',
    'Z',
    '(',
    ')',
    '[',
    ']',
    '&',
    '&amp;',
    '&copy;',
    '*',
    '_',
    '~',
    ',',
    '.',
    ';',
    ':',
    "'",
    '|',
    '!',
    '$',
    '=',
    '%26',
    '%C4',
    '%E4%B8%AD',
    '/',
    '?',
    '+',
    '@',
    '-',
  );
  const address = fc.array(piece, { maxLength: 12 }).map((pieces) => new URL(`https://d.e/${pieces.join('')}`).href);

  test('what is read again is the new address, all around it is untouched, and once more changes nothing', () => {
    fc.assert(
      fc.property(fc.constantFrom(...SHELLS), address, ([format, before, after], next) => {
        const text = `${before}https://b.c/old${after}`;
        const once = change(text, next, format);
        const [read, ...more] = readSource('f', once, format).references;
        expect(more).toEqual([]);
        expect(read?.address.replaceAll('%7C', '|')).toBe(next.replaceAll('%7C', '|'));
        expect(once.startsWith(before)).toBe(true);
        expect(once.endsWith(after)).toBe(true);
        expect(change(once, read?.address ?? '', format)).toBe(once);
      }),
      { ...runs(600), examples: [[['markdown', '(', ').'], 'https://d.e/(!)']] },
    );
  });
});
