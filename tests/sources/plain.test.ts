import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainEnd } from '../../src/sources/markdown/plain.ts';
import { readMarkdown } from '../../src/sources/markdown.ts';
import { runs } from '../property.ts';

/** The same document with every line given to the parser. */
const thoroughly = (text: string) => readMarkdown('a.md', text, 'library');

const plainWord = fc.constantFrom(
  'bridge',
  '石桥',
  'v1.0',
  '(old)',
  'l’été',
  'C++',
  '100%',
  'a/b',
  '"so"',
  'x:',
  '🎉',
  '-',
);
const oddWord = fc.oneof(
  fc.constantFrom(
    'a*b*',
    '_c_',
    '`d`',
    '&amp;',
    '&',
    '<b>',
    '\\]',
    '[e]',
    '![i]',
    '#',
    '~x~',
    '|',
    'me@x.org',
    '^1',
    '{x}',
  ),
  fc.constantFrom(
    'www.x.org',
    'https://y.org/z',
    'HTTP://q.r',
    'www',
    '\u3000',
    '\u00a0',
    '\u200b',
    '\ue05b',
    '\ud83c',
    '',
  ),
  fc.string({ maxLength: 3 }),
);
const plainWords = fc.array(plainWord, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(' '));
const oddWords = fc
  .tuple(fc.array(plainWord, { maxLength: 2 }), oddWord, fc.array(plainWord, { maxLength: 1 }))
  .map(([before, odd, after]) => [...before, odd, ...after].join(' '));
const plainAddress = fc.constantFrom('https://a.org/x', 'http://b.org/?a=1&b=2', '/c_d_e', '#f', 'http://例子.测试/路');
const oddAddress = fc.oneof(
  fc.constantFrom(
    'http://j.org/?k=1&copy;',
    'l(m)',
    '<n o>',
    'p "q"',
    '',
    'r\\_s',
    'http://t.org/*u*',
    'v^w',
    'x`y`',
    'z[1]',
  ),
  fc.string({ maxLength: 4 }),
);

interface Item {
  mark: string;
  text: string;
  address: string;
  tail: string;
}
const item = ({ mark, text, address, tail }: Item): string => `${mark}[${text}](${address})${tail}`;
const plainParts = {
  mark: fc.constantFrom('- ', '- ', '* ', '+ '),
  text: plainWords,
  address: plainAddress,
  tail: fc.oneof(
    fc.constant(''),
    plainWords.map((words) => ` ${words}`),
  ),
};
const plainLine = fc.oneof(
  { weight: 8, arbitrary: fc.record(plainParts).map(item) },
  { weight: 1, arbitrary: plainWords.map((words) => `## ${words}`) },
  { weight: 1, arbitrary: fc.constant('') },
);
/** One thing about the line is out of the ordinary. */
const oddLine = fc.oneof(
  fc.record({ ...plainParts, text: oddWords }).map(item),
  fc.record({ ...plainParts, address: oddAddress }).map(item),
  fc.record({ ...plainParts, tail: oddWords }).map(item),
  fc
    .record({ ...plainParts, mark: fc.constantFrom('1. ', '-  ', '  - ', '    - ', '-\t', '-', '', '> ', '# ') })
    .map(item),
  oddWords.map((words) => `## ${words}`),
  oddWords,
  plainWords,
  fc.constantFrom(
    '  ',
    '---',
    '===',
    '```',
    '> a note',
    '  > a note',
    '    code',
    '  more',
    '<div>',
    '</div>',
    '<h2>',
    '<a href="x">',
  ),
  fc.constantFrom('<!-- linkark-disable-next-line -->', '| a | b |', '|---|---|', '[e]: https://ref.org', '[^1]: note'),
);
const document = fc
  .tuple(
    fc.constantFrom('', '', '', '\n', '\ufeff', '---\nx: y\n---\n'),
    fc.array(plainLine, { maxLength: 3 }),
    fc.array(oddLine, { maxLength: 2 }),
    fc.array(fc.oneof({ weight: 6, arbitrary: plainLine }, { weight: 1, arbitrary: oddLine }), { maxLength: 4 }),
    fc.constantFrom('\n', '\n', '\r\n', '\r'),
  )
  .map(([start, plain, odd, more, ending]) => start + [...plain, ...odd, ...more].join(ending));

describe('plain lines of a list', () => {
  test('are read as the parser reads them', () => {
    fc.assert(
      fc.property(document, (text) => {
        expect(readMarkdown('a.md', text)).toEqual(thoroughly(text));
      }),
      runs(700),
    );
  });

  test('an ordinary list needs no parser', () => {
    const text =
      '# Links\n\n- [石桥 (old)](https://a.org/x?y=1&z=2) - Of stone: v1.0\n- [b](https://b.org/)\n\n## More\n\n* [c](/d)\n';
    expect(plainEnd(text, 0)).toBe(text.length);
    expect(readMarkdown('a.md', text)).toEqual(thoroughly(text));
  });

  test('an item is left to the parser where the next line may belong to it', () => {
    const text = '- [a](https://a.org/)\n- [b](https://b.org/)\n  > a note\n';
    expect(plainEnd(text, 0)).toBe(text.indexOf('- [b]'));
    expect(readMarkdown('a.md', text).references.map(({ note }) => note)).toEqual([null, 'a note']);
  });

  test('a line of a million characters that is not plain after all costs no more than its length', () => {
    const text = `- [${'a '.repeat(500_000)}](https://a.org/)`;
    expect(plainEnd(text, 0)).toBe(0);
  });
});
