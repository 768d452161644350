import { expect, it } from 'vitest';
import { toMarkdown } from '../../src/article/index.ts';

const md = (html: string): string => toMarkdown(html, 'https://site.example/').trimEnd();
const annotation = '<annotation encoding="application/x-tex">q^2</annotation>';

it.each([
  ['a picture of a blog', '<img class="tex" alt="x^2" src="/f.png">', '$x^2$'],
  [
    'a picture of an encyclopedia, in a line of its own',
    '<img class="mwe-math-fallback-image-display" alt="{\\displaystyle x^{2}}" src="/f.svg">',
    '$$\nx^{2}\n$$',
  ],
  ['a picture of a drawing service', '<img src="https://latex.codecogs.com/png?x" alt="x+y">', '$x+y$'],
  [
    'pictures with their source beside',
    '<img data-formula="x_1" src="f.png"> <img data-latex="y_1" src="f.png">',
    '$x_1$ $y_1$',
  ],
  ['a picture that stands alone', '<img eeimg="2" alt="a=b" src="f.png">', '$$\na=b\n$$'],
  ['a picture that ends its line', '<img eeimg="1" alt="a \\\\" src="f.png">', '$$\na \\\\\n$$'],
  [
    'marks that a script would draw',
    '<i class="math inline">\\(x\\)</i> <i class="math display">\\[y\\]</i>',
    '$x$\n\n$$\ny\n$$',
  ],
  ['MathML with its words', '<math alttext="x"><mi>x</mi></math>', '$x$'],
  [
    'MathML with its source, in a line of its own',
    `<math display="block"><semantics><mi>q</mi>${annotation}</semantics></math>`,
    '$$\nq^2\n$$',
  ],
  [
    'MathML drawn by KaTeX',
    `<span class="katex-display"><span class="katex"><math>${annotation}</math></span></span>`,
    '$$\nq^2\n$$',
  ],
  [
    'source in an attribute',
    '<b class="ztext-math" data-tex="\\alpha">α</b> <b class="math" data-tex="\\beta" data-display="true">β</b>',
    '$\\alpha$\n\n$$\n\\beta\n$$',
  ],
  [
    'scripts with and without signs',
    '<script type="math/tex">$x$</script> <script type="math/tex">\\(y\\)</script>',
    '$x$ $y$',
  ],
  [
    'scripts with signs of a line of its own',
    '<script type="math/tex">$$x$$</script> <script type="math/tex">\\[y\\]</script>',
    '$$\nx\n$$\n\n$$\ny\n$$',
  ],
])('a formula is read from %s', (_, html, expected) => {
  expect(md(html)).toBe(expected);
});

it.each([
  [
    'a picture without words',
    '<img src="https://latex.codecogs.com/png?x" alt="">',
    '![](https://latex.codecogs.com/png?x)',
  ],
  ['MathML without source', '<math><mi>z</mi></math>', 'z'],
  ['what KaTeX drew without source', '<span class="katex">z</span>', 'z'],
  ['a class that says math of plain words', '<p class="math">two words</p>', 'two words'],
  ['marks around nothing', '<b class="math">\\(\\)</b>', '**\\\\(\\\\)**'],
  ['marks with elements between', '<span class="math">\\(<b>x</b>\\)</span>', '\\\\(**x**\\\\)'],
  ['an empty script', 'a<script type="math/tex"> </script>', 'a'],
  ['more than any formula', `<math alttext="${'x'.repeat(20_001)}"><mi>z</mi></math>`, 'z'],
])('no formula is made of %s', (_, html, expected) => {
  expect(md(html)).toBe(expected);
});
