import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openPage, type Page, simhash } from '../../src/article/index.ts';
import { countChars, lookAt, shortText, visibleText } from '../../src/platforms/sight.ts';
import { runs } from '../property.ts';

function pageOf(html: string): Page {
  const body = new TextEncoder().encode(html);
  return openPage({ status: 200, headers: { 'content-type': 'text/html' }, body }, 'https://site.example/a');
}

const read = (html: string): string => visibleText(pageOf(html).$.root().toArray());

describe('visible text', () => {
  it('is parted by blocks, line breaks and pictures, with content or without, and by no inline element', () => {
    expect(read('<p>a<br>b<hr>c<img>d</p>e<div></div>f<b>g</b><i></i>h')).toBe('a b c d e fgh');
  });

  it('has no script, no head and nothing hidden, and goes on behind them', () => {
    expect(
      read('<title>t</title>a<script>b</script><p hidden>c<b>d</b></p><p style="display: none">e</p><p>f</p>'),
    ).toBe('a f');
  });

  it('has its white space collapsed, of whatever kind', () => {
    expect(read('<p> a\n\tb\u00a0\u3000c  d </p>\n')).toBe('a b c d');
  });
});

const pieces = fc.constantFrom(
  ...['stone ', 'arch', '渡口', ' ', '\n', '\u3000', '<p>', '</p>', '<b>', '</b>', '<br>', '<div hidden>', '</div>'],
  ...['<script>x</script>', '<a href="#">', '</a>', '<body>', '&nbsp;', '<!-- c -->'],
);

describe('lookAt and shortText', () => {
  it('see what the visible text says', () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
        const page = pageOf(parts.join(''));
        const text = visibleText(page.$.root().toArray());
        expect(lookAt(page.$.root().toArray())).toEqual({
          chars: countChars(text),
          simhash: countChars(text) === 0 ? null : simhash(text),
        });
        const body = page.$('body').toArray();
        expect(shortText(page)).toBe(body.length === 0 ? text : visibleText(body));
      }),
      runs(150),
    );
  });

  it('take no text for short that has more than 1500 characters', () => {
    expect(shortText(pageOf(`<p>${'ab '.repeat(750)}</p>`))?.length).toBe(2249);
    expect(shortText(pageOf(`<p>${'ab '.repeat(750)}c</p>`))).toBeNull();
  });
});
