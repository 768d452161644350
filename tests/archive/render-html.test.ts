import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rewriteHtml } from '../../src/archive/render-html.ts';
import { runs } from '../property.ts';

const inside = fc
  .array(
    fc.constantFrom(
      ...['stone', ' ', '&#x26;', '&#x3C;b>', '&amp;', '&nbsp;', '"', '渡口', '\u0007', '>', '<em>x</em>', '<br>'],
      ...['<a href="https://a.example/x?y=1#z">this</a>', '<a href="https://b.example/&#x22;">that</a>', '<a>bare</a>'],
      ...['<a href="javascript:alert(1)">no</a>', '<img src="https://p.example/1.png" alt="a">', '<script>no</script>'],
    ),
    { maxLength: 5 },
  )
  .map((parts) => parts.join(''));
const line = fc.oneof(
  fc.tuple(fc.constantFrom('p', 'h2', 'blockquote'), inside).map(([tag, words]) => `<${tag}>${words}</${tag}>`),
  fc.constantFrom('<pre><code>one\n&#x3C;p>two&#x3C;/p>\nthree</code></pre>', '<abbr title="a\n<p>b</p>\nc">d</abbr>'),
);

describe('rewriteHtml', () => {
  it('makes of lines by themselves what it makes of them inside an element, where the parser reads every one', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), (lines) => {
        const html = lines.join('\n');
        expect(`<div>${rewriteHtml(html, [], '../')}</div>`).toBe(rewriteHtml(`<div>${html}</div>`, [], '../'));
      }),
      runs(300),
    );
  });

  it('takes no line for a paragraph that stands within a tag, a comment or an element that is left out', () => {
    expect(rewriteHtml('<abbr title="a\n<p>b</p>\n">c</abbr>', [], '')).toBe(
      '<abbr title="a\n&lt;p&gt;b&lt;/p&gt;\n">c</abbr>',
    );
    expect(rewriteHtml('<!--\n<p>b</p>\n-->', [], '')).toBe('');
    expect(rewriteHtml('<style>\n<p>b</p>\n</style>', [], '')).toBe('');
  });
});
