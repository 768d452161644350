import { describe, expect, it } from 'vitest';
import { type Metadata, openPage, readMetadata } from '../../src/article/index.ts';
import { chooseTitle } from '../../src/article/metadata/title.ts';
import { pageOf } from './page-of.ts';

const TITLE = '老渡口换了新船';
const PARAGRAPH =
  '河边的老渡口在清晨换上了一条新船，摆渡的人说，这是三十年来的第一次。镇上来看热闹的人把两岸站满了，孩子们坐在石阶上数船舷上的钉子。';
const TEXT = `<p>${PARAGRAPH}</p>`.repeat(4);
const ENGLISH =
  '<p>The harbour ferry has crossed the bay every half hour since the summer of the great storm.</p>'.repeat(5);

/** What is read of a Chinese page with a headline, lines under it, a text, and lines below that. */
function read(under: string, { head = '', text = TEXT, below = '' } = {}): Metadata {
  return readMetadata(
    pageOf(
      `<html lang="zh-CN"><head><title>${TITLE}_河边网</title>${head}</head><body><h1>${TITLE}</h1>${under}<div>${text}</div>${below}</body></html>`,
    ),
  );
}

describe('authors that the page marks', () => {
  it.each([
    [
      'side by side, each once',
      '<p><b itemprop="author">林小舟</b><b itemprop="author">陈一帆</b><b itemprop="author">林小舟</b></p>',
      '林小舟, 陈一帆',
    ],
    [
      'not those of another place',
      '<p><b itemprop="author">林小舟</b></p><p><b itemprop="author">陈一帆</b></p>',
      '林小舟',
    ],
    ['by a link that says so', '<p><a rel="author" href="/u">林小舟</a></p>', '林小舟'],
    ['by an element that is not seen', '<p itemprop="author"><meta itemprop="name" content="林小舟"></p>', '林小舟'],
    ['not a text that is called so', `<div itemprop="author">${PARAGRAPH.repeat(4)}</div>`, null],
  ])('%s', (_, under, author) => {
    expect(read(under).author).toBe(author);
  });

  it('as the list of a paper has them, apart by semicolons where names hold commas', () => {
    const head = '<meta name="citation_authors" content="Quill, Mara; Reed, Ann; Quill, Mara">';
    expect(read('', { head }).author).toBe('Quill, Mara; Reed, Ann');
  });
});

describe('authors that the page shows', () => {
  const reported = `（记者林小舟）${PARAGRAPH}`;
  it.each([
    ['in the line between title and date', '<p>河边人</p><p>2021-03-04 05:06</p>', '河边人'],
    ['not a line before something else', '<p>河边人</p><p>无关</p>', null],
    ['in the cell beside a label', '<table><tr><td>作者</td><td>林小舟</td></tr></table>', '林小舟'],
    ['in brackets that begin the text', `<p>本报江州3月4日电${reported}</p>`, '林小舟'],
  ])('%s', (_, under, author) => {
    expect(read(under).author).toBe(author);
  });

  const far = '<p>x</p>'.repeat(20);
  const link = (name: string, page = name): string => `<p><a href="/author/${page}/">${name}</a></p>`;
  it.each([
    ['in brackets that end the text', '', `<p>${PARAGRAPH}（记者林小舟）</p>`, '林小舟'],
    ['in brackets that are the last line', '', '<p>（林小舟 陈一帆）</p>', '林小舟 陈一帆'],
    ['not a label without a name', '', '<p>作者：</p>', null],
    [
      'by links to the page of one writer, wherever they stand',
      far,
      link('河边人') + link('河边人', 'other'),
      '河边人',
    ],
    ['not by links to the pages of two', far, link('河边人') + link('船上人'), null],
    ['not by links to pages of no name', far, link(' ', 'a') + link('长'.repeat(40), 'b'), null],
  ])('%s', (_, before, below, author) => {
    expect(read('', { below: before + below }).author).toBe(author);
  });
});

describe('dates that the page marks', () => {
  it.each([
    [
      'in what is not seen',
      '<meta itemprop="datePublished" content="2021-03-04T05:06:07+08:00">',
      '2021-03-04T05:06:07+08:00',
    ],
    ['in an attribute for people', '<i itemprop="datePublished" title="2021-03-04">long ago</i>', '2021-03-04'],
    [
      'in its text, behind a mark without one',
      '<i itemprop="datePublished">–</i><time pubdate>2021-03-04 05:06</time>',
      '2021-03-04T05:06:00+08:00',
    ],
    [
      'as the only time of the page',
      '<nav><time datetime="2021-03-04">x</time><time datetime="2021-03-04">y</time></nav>',
      '2021-03-04',
    ],
  ])('%s', (_, under, published) => {
    expect(read(under).published).toBe(published);
  });

  it.each([
    ['https://site.example/2021/03/04/1.html', '2021-03-04'],
    ['https://site.example/c/t20210304_1.html', '2021-03-04'],
    ['https://site.example/2021/02/30/1.html', null],
    ['https://site.example/c/120210304.html', null],
    ['about:blank', null],
  ])('in the address %s', (url, published) => {
    expect(readMetadata(pageOf(`<h1>${TITLE}</h1>${TEXT}`, url)).published).toBe(published);
  });
});

describe('the zone of times without one', () => {
  const published = (html: string, url = 'https://site.example/'): string | null =>
    readMetadata(pageOf(html, url)).published;
  const english = `<h1>The ferry that would not stop</h1><p>2021-03-04 05:06</p>${ENGLISH}`;

  it.each([
    ['is known on a Chinese host', `<html lang="en">${english}`, 'https://www.site.cn/', '2021-03-04T05:06:00+08:00'],
    ['is not known elsewhere', `<html lang="en">${english}`, 'https://site.example/', '2021-03-04'],
    [
      'is known on a page in simplified Chinese',
      `<h1>${TITLE}</h1><p>2021-03-04 05:06</p>${TEXT}`,
      'about:blank',
      '2021-03-04T05:06:00+08:00',
    ],
    [
      'is not known on a page in traditional Chinese',
      `<h1>老渡口換了新船</h1><p>2021-03-04 05:06</p><p>${'河邊的老渡口在清晨換上了一條新船，擺渡的人說。'.repeat(8)}</p>`,
      'https://site.example/',
      '2021-03-04',
    ],
    [
      'is the same in Taiwan',
      `<html lang="zh-TW"><h1>${TITLE}</h1><p>2021-03-04 05:06</p>${TEXT}`,
      'https://site.example/',
      '2021-03-04T05:06:00+08:00',
    ],
  ])('%s', (_, html, url, expected) => {
    expect(published(html, url)).toBe(expected);
  });
});

describe('the language', () => {
  const languageOf = (html: string, headers: Record<string, string> = {}): string | null => {
    const body = new TextEncoder().encode(html);
    return readMetadata(openPage({ status: 200, headers, body }, 'https://site.example/')).language;
  };

  it.each([
    ['of the document', '<html lang="zh-Hans-CN"><p>x', {}, 'zh-Hans-CN'],
    ['of the document as XML', '<html xml:lang="en-GB"><p>x', {}, 'en-GB'],
    ['of the header, the first of several', '<p>x', { 'content-language': 'de, en' }, 'de'],
    ['of Open Graph', '<meta property="og:locale" content="zh_CN"><p>x', {}, 'zh-CN'],
    ['of its data', '<script type="application/ld+json">{"@type":"Article","inLanguage":"fr"}</script><p>x', {}, 'fr'],
    ['not one that is none', '<html lang="not a language"><p>x', {}, null],
    ['not any where nothing says one', '<p>x', {}, null],
  ])('%s', (_, html, headers, expected) => {
    expect(languageOf(html, headers)).toBe(expected);
  });
});

describe('the title', () => {
  it.each<[string, Parameters<typeof chooseTitle>, string | null]>([
    [
      'behind the name of a column',
      [[], '河边网--老渡口在清晨换上了一条新船', ['老渡口在清晨换上了一条新船'], []],
      '老渡口在清晨换上了一条新船',
    ],
    [
      'is whole where it only ends like a heading',
      [[], '河边网 老渡口在清晨换上了一条新船', ['老渡口在清晨换上了一条新船'], []],
      '河边网 老渡口在清晨换上了一条新船',
    ],
    [
      'without the site before and behind it',
      [['Bay Courier | The ferry that would not stop | Bay Courier'], null, [], ['Bay Courier']],
      'The ferry that would not stop',
    ],
    [
      'that is the name of the site, where there is no other',
      [['Bay Courier'], null, [], ['Bay Courier']],
      'Bay Courier',
    ],
    [
      'that was cut, as the heading has it whole',
      [['The ferry that would not stop...'], null, ['The ferry that would not stop before the night'], []],
      'The ferry that would not stop before the night',
    ],
    [
      'that is longer than the heading, as it was declared',
      [['The ferry that would not stop before the night'], null, ['The ferry that would not stop'], []],
      'The ferry that would not stop before the night',
    ],
    ['of the first heading of some length, where nothing is declared', [[null, ' '], null, ['首页', TITLE], []], TITLE],
    ['of no page that has none', [[], null, ['首页'], []], null],
  ])('%s', (_, offered, expected) => {
    expect(chooseTitle(...offered)).toBe(expected);
  });
});
