import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toMarkdown } from '../../src/article/index.ts';
import { countChars } from '../../src/platforms/sight.ts';
import { runs } from '../property.ts';

const BASE = 'https://site.example/';

/** Pieces of text of which some mean something to Markdown, to its extensions or to autolinks, alone or side by side. */
const WORDS = [
  'stone ', 'ferry', ' ', 'w', 'www.', 'W.', 'p:', '://', '/', ':', '@', 'a@b.c', '1.', '1)', '- ', '-', '+ ', '.', '!', '?', '(', ')',
  '"', "'", '“桥”', '渡口', '。', ';', '%', '—', 'é', '\u00a0', '\u3000', '&amp;', '_', '*', '#', '~', '|', '=', '[', ']', '\\', '$', '`',
  '&lt;', '>', '{', '\n',
] as const; // biome-ignore format: a row of signs
const ADDRESSES = [
  'https://a.example', 'http://127.0.0.1:80/p/1', '/more/1', '?q=1,2;3%20+4', 'a_b', '(x)', '#f', 'mailto:x@y.example', '~u', 'a=b==&c',
] as const; // biome-ignore format: a row of addresses

const words = fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 5 }).map((parts) => parts.join(''));
const link = fc.tuple(fc.constantFrom(...ADDRESSES), words).map(([href, text]) => `<a href="${href}">${text}</a>`);
const inline = fc.oneof(
  { weight: 4, arbitrary: words },
  { weight: 2, arbitrary: link },
  words.map((text) => `<em>${text}</em>`),
);
const block = fc
  .tuple(fc.constantFrom('p', 'p', 'h2'), fc.array(inline, { minLength: 1, maxLength: 4 }))
  .map(([tag, parts]) => `<${tag}>${parts.join('')}</${tag}>`);

describe('the Markdown of plain blocks', () => {
  it('is what the library writes of them inside a quotation', () => {
    fc.assert(
      fc.property(fc.array(block, { minLength: 1, maxLength: 4 }), (blocks) => {
        const quoted = toMarkdown(`<blockquote>${blocks.join('')}</blockquote>`, BASE);
        expect(toMarkdown(blocks.join(''), BASE)).toBe(quoted.replace(/^> ?/gm, ''));
      }),
      runs(300),
    );
  });
});

describe('countChars', () => {
  it('counts what is left without white space', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.constantFrom(...' \t\n\v\f\r\u00a0\u1680\u2003\u2028\u3000\ufeff\u200b'),
        (text, space) => {
          expect(countChars(text + space + text)).toBe((text + space + text).replace(/\s+/g, '').length);
        },
      ),
      runs(200),
    );
  });
});
