import { describe, expect, it } from 'vitest';
import { type Metadata, readMetadata } from '../../src/article/index.ts';
import { pageOf } from './page-of.ts';

const LONG =
  'The keeper of the lock rises at four, opens the upper gate by hand, and writes the height of the water in a book that nobody reads. ';

/** What is read of a page with a headline, lines under it, a text, and lines below. */
function read(under: string, { head = '', below = '', title = 'The keeper of the lock' } = {}): Metadata {
  const body = `<h1>${title}</h1>${under}<div>${`<p>${LONG.repeat(3)}</p>`.repeat(4)}${below}</div>`;
  return readMetadata(
    pageOf(`<html lang="en"><head><title>The keeper of the lock</title>${head}</head><body>${body}</body></html>`),
  );
}

describe('the date of publication', () => {
  it.each([
    ['is not a fact of a table', '<table><tr><th>Opened</th><td>28 February 1998</td></tr></table>', null],
    ['may stand in a table', '<table><tr><th>Date posted</th><td>28 February 1998</td></tr></table>', '1998-02-28'],
    [
      'is not that of entries of a list',
      '<p><a href="/1">High water</a> (2004/10/10)</p><p><a href="/2">Low water</a> (2004/10/11)</p>',
      null,
    ],
    ['is the month where no day is named', '<p>Lock and Quay, May 2018</p><p>May 2018</p>', '2018-05'],
  ])('%s', (_, under, expected) => {
    expect(read(under).published).toBe(expected);
  });

  it('is that under the headline before one behind a long text, though that has a clock time', () => {
    expect(read('<p>2003-07-24</p>', { below: '<p>2005-08-30 13:22</p>' }).published).toBe('2003-07-24');
    expect(read('', { below: '<p>2005-08-30 13:22</p>' }).published).toBe('2005-08-30');
  });

  it.each([
    ['declared', '', '<meta name="citation_date" content="2018/05">', ''],
    ['at the foot, as a periodical gives it', '', '', '<p>——《河边月刊》2018年5月号</p>'],
  ])('is a month %s', (_, under, head, below) => {
    expect(read(under, { head, below }).published).toBe('2018-05');
  });

  it('is the day in the address rather than a month in the text', () => {
    const page = pageOf(
      `<title>A title of some length</title><h1>A title of some length</h1><p>May 2018</p><p>${LONG}</p>`,
      'https://site.example/2018/06/07/a',
    );
    expect(readMetadata(page).published).toBe('2018-06-07');
  });

  it('on a page without a headline is the first of several', () => {
    const post = (day: string): string => `<p>2005-06-${day} 03:25</p><p>${LONG}</p>`;
    expect(readMetadata(pageOf(`<div>${post('14')}${post('13')}${post('10')}</div>`)).published).toBe('2005-06-14');
  });
});

describe('the title', () => {
  it('is the headline that readers see, where machines are told another', () => {
    const head = '<meta property="og:title" content="This lock keeper will make you cry over the river">';
    const title = 'The river and the keeper: a life at the lock';
    expect(read('', { head, title }).title).toBe(title);
  });

  it('is not a heading that has nothing to do with it', () => {
    expect(read('', { title: 'All that is new today' }).title).toBe('The keeper of the lock');
  });

  it('may be one word', () => {
    const page = pageOf(`<title>Mosquito - Riverpedia</title><h1>Mosquito</h1><h2>Mosquito VR</h2><p>${LONG}</p>`);
    expect(readMetadata(page).title).toBe('Mosquito');
  });
});

describe('the author', () => {
  it.each([
    [
      'behind an empty link',
      '<a rel="author" href="/a"><img src="a.png"></a><a rel="author" href="/a">Mara Quill</a>',
      'Mara Quill',
    ],
    [
      'and the one beside',
      '<p><a rel="author">Mara Quill</a> and <a rel="author">Ann Reed</a></p>',
      'Mara Quill, Ann Reed',
    ],
    [
      'not the one of another story',
      '<p><a rel="author">Mara Quill</a></p><p><a rel="author">Ann Reed</a></p>',
      'Mara Quill',
    ],
    ['before a date', '<p>By Mara Quill, December 12th 2016</p>', 'Mara Quill'],
    ['in the label of a link', '<p><a rel="author">View all posts by Mara Quill</a></p>', 'Mara Quill'],
    ['not a button', '<p><a rel="author">+ Follow</a></p>', null],
  ])('%s', (_, under, expected) => {
    expect(read(under).author).toBe(expected);
  });
});
