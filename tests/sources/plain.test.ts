import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDocument } from '../../src/sources/markdown/parse.ts';
import { plainEnd } from '../../src/sources/markdown/plain.ts';
import { withoutFrontMatter } from '../../src/sources/markdown/prepare.ts';
import { MarkdownReader } from '../../src/sources/markdown/reader.ts';
import { readMarkdown } from '../../src/sources/markdown.ts';
import { runs } from '../property.ts';

/** The same document with every line given to the parser. */
function thoroughly(text: string) {
  const { pieces, definitions } = parseDocument(withoutFrontMatter(text), text.charCodeAt(0) === 0xfeff ? 1 : 0, true);
  const reader = new MarkdownReader(text, definitions);
  for (const piece of pieces) reader.read(piece);
  return reader.finish('a.md');
}

const word = fc.oneof(
  fc.constantFrom('bridge', '石桥', 'l’été', 'C++', '100%', '(old)', 'a/b', '"so"', 'x:', 'www', 'ht', 'v1.0', '🎉'),
  fc.constantFrom(
    'a*b',
    '_c_',
    '`d`',
    '&amp;',
    '&',
    '<b>',
    '\\]',
    '[e]',
    '!',
    '#',
    '~x~',
    '|',
    'me@x.org',
    '^1',
    '\u3000',
  ),
  fc.constantFrom(
    'www.x.org',
    'https://y.org/z',
    'HTTP://q',
    '\u00a0',
    '\u200b',
    '\ue05b',
    '\ud83c',
    '==',
    '--',
    '{x}',
  ),
);
const words = fc.oneof(
  fc.array(word, { maxLength: 4 }).map((parts) => parts.join(' ')),
  fc
    .array(fc.constantFrom('bridge', '石桥', 'v1.0', '(old)'), { minLength: 1, maxLength: 3 })
    .map((parts) => parts.join(' ')),
  fc.string({ maxLength: 6 }),
);
const address = fc.oneof(
  fc.constantFrom(
    'https://a.org/x',
    'http://b.org/?a=1&b=2',
    '/c_d_e',
    '#f',
    'mailto:g@h.org',
    'http://例子.测试/路',
    'i',
  ),
  fc.constantFrom('http://j.org/?k=1&copy;', 'l(m)', '<n o>', 'p "q"', '', 'r\\_s', 'http://t.org/*u*', 'v^w', 'x`y`'),
  fc.webUrl(),
);
const item = fc
  .tuple(
    fc.constantFrom('- ', '- ', '- ', '* ', '+ ', '1. ', '-  ', '  - ', '-\t', '-'),
    words,
    address,
    fc.oneof(fc.constant(''), words),
  )
  .map(([mark, text, to, tail]) => `${mark}[${text}](${to})${tail === '' ? '' : ` ${tail}`}`);
const other = fc.oneof(
  words.map((text) => `## ${text}`),
  words.map((text) => `#### ${text} ##`),
  fc.constantFrom('', '', '', '  ', '---', '===', '```', '> a note', '    code', '  more', '<div>', '</div>', '<h2>'),
  fc.constantFrom(
    '<!-- linkark-disable-next-line -->',
    '| a | b |',
    '|---|---|',
    '[e]: https://ref.org',
    '[^1]: note',
    'text',
  ),
  words,
);
const line = fc.oneof({ weight: 6, arbitrary: item }, { weight: 4, arbitrary: other });
const document = fc
  .tuple(
    fc.array(line, { maxLength: 12 }),
    fc.constantFrom('\n', '\n', '\r\n', '\r'),
    fc.constantFrom('', '\n', '\ufeff'),
  )
  .map(([lines, ending, start]) => start + lines.join(ending));

describe('plain lines of a list', () => {
  test('are read as the parser reads them', () => {
    fc.assert(
      fc.property(document, (text) => {
        expect(readMarkdown('a.md', text)).toEqual(thoroughly(text));
      }),
      runs(1500),
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
