import { describe, expect, it } from 'vitest';
import { extractArticle } from '../../src/article/index.ts';
import { pageOf } from './page-of.ts';

const TEXT = [
  'The night ferry leaves the quay at ten, when the last of the market carts have been hosed down and chained.',
  'Nobody speaks much on the way across, because the engine is loud, the benches are cold and the tea is worse.',
  'On the far side a man with a lamp counts the passengers, writes the number in a book, and goes back to sleep.',
  'By morning the boat is tied up again, the book is full of small neat numbers, and the carts come rolling in.',
];
const read = (body: string): string =>
  extractArticle(pageOf(`<title>The night ferry</title><body><h1>The night ferry</h1>${body}`))?.text ?? '';
const inEach = (open: string): string => TEXT.map((text) => `${open}<p>${text}</p></div>`).join('');
const plain = TEXT.map((text) => `<p>${text}</p>`).join('');
const story = (inner: string): string => `<article>${inner}</article>`;

describe('names of furniture on what is the article', () => {
  it.each([
    ['parts of a page builder', story(inEach('<div class="builder-element builder-widget">'))],
    ['paragraphs behind a paywall', story(TEXT.map((text) => `<p class="paywall">${text}</p>`).join(''))],
    ['a wrapper for pictures', `<div class="LightboxWrapper-bgeFLR">${plain}</div>`],
    ['a layout with a rail', `<div class="layout-with-rail">${plain}</div>`],
    ['the address of a heading', story(inEach('<div class="section" id="sharing-tea-with-the-crew">'))],
    ['a hash', story(TEXT.map((text) => `<p id="e1ad" class="css-1ad x9bio">${text}</p>`).join(''))],
    ['a hash with capitals', story(inEach('<div class="sc-bgAdFq">'))],
  ])('do not hide it: %s', (_, body) => {
    expect(read(body).split('\n')).toEqual(TEXT);
  });

  it('still say what stands beside it', () => {
    const beside =
      '<div class="rail"><p>Other boats sail from here too, says the harbour office, and they are dearer.</p></div>';
    expect(read(`<div class="layout-with-rail">${plain}${beside}</div>`).split('\n')).toEqual(TEXT);
  });

  it('are believed of comments, however much text they hold', () => {
    const comments = `<div class="widget comment"><p>${'I took it once and it was grand, truly. '.repeat(20)}</p></div>`;
    expect(read(`<div class="widget">${plain}</div>${comments.repeat(2)}`)).not.toContain('I took it once');
  });
});

describe('the end of an article', () => {
  it('is not the head of a column', () => {
    const table = '<table><tr><th>Hour</th><th>Comment</th></tr><tr><td>ten</td><td>leaves the quay</td></tr></table>';
    expect(read(story(plain + table))).toContain('leaves the quay');
  });

  it.each([
    ['More than just a boat', `<p>${TEXT[0]} It is also the post.</p>`, true],
    ['More stories', '<p><a href="/a">A bridge that nobody wanted to build</a></p><p>It stands now.</p>', false],
    ['相关链接', '<p>这条航线开通于三十年前，每晚一班，风雨无阻，船票从未涨过价。</p>', true],
    ['相关链接', '<p><a href="/a">老渡口换了新船，两岸居民出行更方便</a></p>', false],
    ['相关推荐', '<p>换一换</p><p>这条航线开通于三十年前，每晚一班，风雨无阻，船票从未涨过价。</p>', false],
  ])('at %s is decided by what follows (%#)', (label, after, kept) => {
    expect(read(story(`${plain}<h2>${label}</h2>${after}`)).includes(label)).toBe(kept);
  });
});

describe('links inside an article', () => {
  it('among plain items leave a list what it is', () => {
    const list =
      '<ul><li><a href="/a">Lamp</a></li><li>A book, ruled by hand, for the numbers</li><li><a href="/b">Tea</a></li></ul>';
    expect(read(story(plain + list + plain.replaceAll('.', ', again.')))).toContain('ruled by hand');
  });

  it('with a title and a summary lead away', () => {
    const box = `<div><a href="/a">The bridge that nobody in the town had wanted</a><p>It took nine years and three mayors, and then it stood there, empty.</p></div>`;
    expect(read(story(plain + box + plain.replaceAll('.', ', again.')))).not.toContain('nine years');
  });
});
