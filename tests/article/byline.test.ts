import { describe, expect, it } from 'vitest';
import { type Metadata, readMetadata } from '../../src/article/index.ts';
import { pageOf } from './page-of.ts';

const TEXT =
  '<p>河边的老渡口在清晨换上了一条新船，摆渡的人说，这是三十年来的第一次。镇上来看热闹的人把两岸站满了，孩子们坐在石阶上数船舷上的钉子。</p>'.repeat(
    4,
  );

/** What is read of a page with a headline, the given lines under it, and a text. */
function read(
  under: string,
  { head = '', above = '', below = '', url = 'https://site.example/a/1.html' } = {},
): Metadata {
  const title = '老渡口换了新船';
  return readMetadata(
    pageOf(
      `<html lang="zh-CN"><head><title>${title}_河边网</title>${head}</head><body>${above}<h1>${title}</h1>${under}<div>${TEXT}</div>${below}</body></html>`,
      url,
    ),
  );
}

describe('an author in a line under the headline', () => {
  it.each([
    ['beside a label of its own', '<p><span>作者</span> <span>林小舟</span></p>', '林小舟'],
    ['behind a bar', '<p>作者｜林小舟</p>', '林小舟'],
    ['behind a stroke', '<p>文丨林小舟 编辑丨赵一</p>', '林小舟'],
    ['padded to three characters', '<p>作者：林\u3000舟</p>', '林舟'],
    [
      'in several links',
      '<p>作者：<a href="/u/1">林小舟</a>、<a href="/u/2">陈一帆</a> <span>字号</span></p>',
      '林小舟 陈一帆',
    ],
    [
      'in a row of labels',
      '<div><small>时间:</small>2014-05-06 10:11<small>来源:</small>河边网 <small>作者:</small>林小舟 <small>点击:</small>18次</div>',
      '林小舟',
    ],
    [
      'of a row that names nobody',
      '<div><span>来源：</span><span>作者：</span><span>评论：</span><span>点击：</span></div>',
      null,
    ],
    [
      'beside a label that is not part of it',
      '<div><a href="/u/9">河边人</a>\n<span>最新推荐文章于 2021-03-04 05:06:07 发布</span></div>',
      '河边人',
    ],
    ['before the date', '<div><span>原创</span><span>河边人</span><span>2021-03-04 05:06</span></div>', '河边人'],
    ['that is the whole line', '<p>本报记者林小舟 陈一帆</p>', '林小舟 陈一帆'],
    ['of a forum', '<div class="authi"><a href="home.php?mod=space&amp;uid=7" class="xw1">河边人</a></div>', '河边人'],
    [
      'of a blog',
      '<p>由 <a href="https://site.example/author/riverside/">河边人</a> 在 2021年3月4日 发布</p>',
      '河边人',
    ],
    [
      'in English, linked',
      '<p>By <a href="/m">Mara Quill</a> and <a href="/a">Ann Reed</a> <span>Staff writers</span></p>',
      'Mara Quill and Ann Reed',
    ],
    ['who is the site', '<p><a href="/">河边网</a> <span>发布: 2021-01-02 03:04</span></p>', null],
  ])('%s', (_, under, expected) => {
    expect(read(under).author).toBe(expected);
  });

  it('is no word of a menu', () => {
    expect(
      read('', { below: '<ul><li><a href="/about">关于我们</a></li><li><a href="/x">常回家</a></li></ul>' }).author,
    ).toBeNull();
  });
});

describe('declared authors', () => {
  it.each([
    [
      'the paper before its publisher',
      '<meta name="author" content="河边出版社"><meta name="citation_authors" content="林\u3000舟">',
      '林舟',
    ],
    [
      'all of a paper',
      '<meta name="citation_author" content="Mara Quill"><meta name="citation_author" content="Ann Reed">',
      'Mara Quill, Ann Reed',
    ],
    [
      'not the publisher',
      '<meta name="dc.publisher" content="河边出版社"><meta name="author" content="河边出版社">',
      null,
    ],
    [
      'not the site behind its channel',
      '<meta name="SiteName" content="河边新闻网"><meta name="author" content="河边">',
      null,
    ],
  ])('%s', (_, head, expected) => {
    expect(read('', { head }).author).toBe(expected);
  });
});

describe('the date of publication', () => {
  it.each([
    ['in elements side by side', '<p><span>2021-03-04</span><span>05:06</span></p>', '2021-03-04T05:06:00+08:00'],
    ['on a calendar sheet', '<div><span>2021</span><span>03</span>/<span>04</span></div>', '2021-03-04'],
    [
      'behind a relative time',
      '<p>发表于 <span title="2021-3-4 05:06:07">昨天 05:06</span></p>',
      '2021-03-04T05:06:07+08:00',
    ],
    ['not of a registration', '<p>河ICP备20210304号</p>', null],
    ['a month where no day is named', '<p>2021年3月号</p>', '2021-03'],
    ['not of another article', '<ul><li><a href="/b">新桥在傍晚时分合龙通车了</a> 2021-01-02</li></ul>', null],
    ['in numbers that can be read both ways', '<p>发布日期：3/4/2021</p>', null],
    ['in numbers that another date orders', '<p>发布日期：3/4/2021</p><p>更新：25/4/2021</p>', '2021-04-03'],
  ])('%s', (_, under, expected) => {
    expect(read(under).published).toBe(expected);
  });

  it('is not the clock of the page', () => {
    const above = '<div>今天是2024年5月6日 星期一</div>';
    expect(read('<p>2021-03-04 来源：河边网</p>', { above }).published).toBe('2021-03-04');
  });

  it('agrees with the address where two are shown', () => {
    const under = '<p>活动时间：2021-05-01 09:00</p><p>2021-03-04</p>';
    expect(read(under, { url: 'https://site.example/c/2021-03-04/1.html' }).published).toBe('2021-03-04');
  });

  it('takes the year from the declared change where the day is the same', () => {
    const head = '<meta itemprop="dateUpdate" content="2021-03-04 05:06:07">';
    expect(read('<p>发布时间：03-04 05:06</p>', { head }).published).toBe('2021-03-04T05:06:07+08:00');
    expect(read('<p>发布时间：03-05 05:06</p>', { head }).published).toBeNull();
  });

  it('is read in the order of the page’s own country', () => {
    const page = (lang: string): string | null =>
      readMetadata(
        pageOf(`<html lang="${lang}"><title>A new ferry</title><h1>A new ferry</h1><p>Published 3/4/2021</p>`),
      ).published;
    expect([page('en-US'), page('en-GB'), page('en')]).toEqual(['2021-03-04', '2021-04-03', null]);
  });

  it('is not that of one of many times on the page', () => {
    const below = '<time datetime="2020-01-01">a</time><time datetime="2020-01-02">b</time>';
    expect(read('', { below: `<nav>${'<p>x</p>'.repeat(60)}${below}</nav>` }).published).toBeNull();
  });
});

it('reads the title that a Chinese authority declares', () => {
  const head =
    '<meta name="ArticleTitle" content="关于新渡船开航的通告"><meta name="PubDate" content="2021-03-04 05:06">';
  const page = readMetadata(
    pageOf(`<html lang="zh-CN"><head><title>河边区政府</title>${head}</head><body>${TEXT}</body></html>`),
  );
  expect(page).toMatchObject({ title: '关于新渡船开航的通告', published: '2021-03-04T05:06:00+08:00' });
});

it('takes no label before a date for a name', () => {
  const lines =
    '<div class="up-time">最新推荐文章于 2021-05-06 07:08:09 发布</div><div><a class="follow-nickName" href="/u">河边人</a> <span>于 2021-03-04 05:06:07 发布</span></div>';
  expect(read(lines).author).toBe('河边人');
});

describe('names and dates beside the usual', () => {
  it('takes the name on the line below a label in English', () => {
    expect(read('<div>By</div><div>Jane Rivers</div>').author).toBe('Jane Rivers');
    expect(read('<div class="author"><span>By</span></div>').author).toBeNull();
  });

  it('leaves the trade behind a name out', () => {
    expect(read('<p>By Jane Rivers, Ferry Times Staff</p>').author).toBe('Jane Rivers');
    const head = '<meta name="author" content="Jane Rivers, National Boats Writer">';
    expect(read('', { head }).author).toBe('Jane Rivers');
  });

  it('believes a name before the headline where it stands alone below', () => {
    const page = (line: string): Metadata =>
      readMetadata(pageOf(`<title>河生：老渡口换了新船</title><h1>河生：老渡口换了新船</h1>${line}<div>${TEXT}</div>`));
    expect(page('<p>来源：河边网</p><p>河生</p>').author).toBe('河生');
    expect(page('<p>来源：河边网</p>').author).toBeNull();
  });

  it('reads a date among links to the author and the topics under the headline', () => {
    const line =
      '<p>21/06/2014 <a href="/1">Boats and more</a> <a href="/2">Books of all kinds</a> <a href="/3">News of today</a></p>';
    expect(read(line).published).toBe('2014-06-21');
  });

  it('does not take the head of the comments for the headline', () => {
    const comments = '<h3>《老渡口换了新船》已有1件评论</h3><p>2019-08-09 10:11</p>';
    const page = pageOf(
      `<title>老渡口换了新船</title><body><div>2019-08-01 08:09</div><div class="title">老渡口换了新船</div><div>${TEXT}</div>${comments}`,
    );
    expect(readMetadata(page).published?.slice(0, 10)).toBe('2019-08-01');
  });

  it('takes no greeting for a title', () => {
    const page = pageOf(`<title>欢迎您访问河边网</title><body><h1>老渡口换了新船</h1><div>${TEXT}</div>`);
    expect(readMetadata(page).title).toBe('老渡口换了新船');
  });
});
