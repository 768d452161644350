import { describe, expect, it } from 'vitest';
import { extractArticle, readMetadata } from '../../src/article/index.ts';
import { pageOf } from './page-of.ts';

const ZH = [
  '清晨六点，老渡口的汽笛准时响起，船工们把缆绳一圈一圈收好，岸上的人提着菜篮慢慢往下走。',
  '这条航线已经开了四十多年，最忙的时候一天要来回三十趟，如今大桥通车，乘客只剩下附近的老人和学生。',
  '轮渡公司说，航线不会停，船也刚刚换了新的，票价还是两块钱，冬天舱里有热水。',
];
const EN = [
  'The harbour ferry has crossed the bay every half hour since the summer of the great storm, and its crew still knows most passengers by name.',
  'When the bridge opened, the council expected the line to close within a year, but schoolchildren and fishermen kept buying tickets.',
  'A new boat arrived last spring; it is quieter than the old one, and the coffee is better, the captain says.',
];
const paragraphs = (texts: string[]): string => texts.map((text) => `<p>${text}</p>`).join('');

const CHINESE = `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>老渡口换了新船_城事频道_河边网</title></head><body>
<div class="nav"><a href="/">首页</a><a href="/news">新闻</a><a href="/city">城事</a></div>
<div class="main"><h1>老渡口换了新船</h1>
<div class="info">2021年04月05日 08:30 来源：河边晚报 作者：林小舟 <a href="#c">评论</a></div>
<div id="content">${paragraphs(ZH)}<p><img data-src="/img/ship.jpg" src="/img/blank.gif" alt="新船"></p><p>责任编辑：赵一</p></div>
<div class="share">分享到：<a href="#">微博</a><a href="#">微信</a></div>
<h3>相关阅读</h3><ul><li><a href="/1">大桥通车一周年回顾与展望</a></li><li><a href="/2">江边步道今起封闭维修</a></li><li><a href="/3">公交线路调整的通知</a></li></ul></div>
<div class="footer">版权所有 河边网 联系我们 广告服务</div></body></html>`;

const ENGLISH = `<html lang="en"><head><title>The ferry that would not stop | Bay Courier</title>
<meta property="og:site_name" content="Bay Courier"><meta property="og:title" content="The ferry that would not stop | Bay Courier">
<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"Bay Courier"},
{"@type":"NewsArticle","headline":"The ferry that would not stop","datePublished":"2022-05-06T07:08:09-04:00",
"author":[{"@type":"Person","name":"Mara Quill"}],"publisher":{"@type":"Organization","name":"Bay Courier"},}]}</script></head>
<body><header><nav><a href="/">Home</a> <a href="/news">News</a></nav></header><main><article><h1>The ferry that would not stop</h1>
<p class="byline">By Mara Quill</p><div class="story-body">${paragraphs(EN)}<div class="newsletter-signup"><p>Sign up for our newsletter, it is free and comes every morning.</p></div></div></article>
<aside class="related"><h2>Related</h2><a href="/x">Storm closes the pier for the third time this winter</a></aside></main>
<section class="comments"><p>${'I took it last week and it was lovely, thank you for writing about it. '.repeat(6)}</p></section></body></html>`;

describe('extractArticle', () => {
  it('takes the text of a Chinese page and nothing of its furniture', () => {
    const article = extractArticle(pageOf(CHINESE));
    expect(article?.text.split('\n')).toEqual(ZH);
    expect(article).toMatchObject({
      title: '老渡口换了新船',
      author: '林小舟',
      published: '2021-04-05T08:30:00+08:00',
      language: 'zh-CN',
      pictures: [{ url: 'https://site.example/img/ship.jpg', alt: '新船', asset: null }],
    });
  });

  it('takes the text of an English page, with the facts of its JSON-LD although a comma is too many', () => {
    const article = extractArticle(pageOf(ENGLISH));
    expect(article?.text.split('\n')).toEqual(EN);
    expect(article).toMatchObject({
      title: 'The ferry that would not stop',
      author: 'Mara Quill',
      published: '2022-05-06T07:08:09-04:00',
    });
  });

  it('reads text that stands in a cell between line breaks, as old pages have it', () => {
    const html = `<table><tr><td><a href="/a">one</a><a href="/b">two</a></td><td>${ZH.join('<br><br>')}</td></tr></table>`;
    expect(extractArticle(pageOf(html))?.text.split('\n')).toEqual(ZH);
  });

  it('keeps a link inside a sentence whatever its class is called', () => {
    const html = `<article>${paragraphs(EN)}<p>Captain <a class="tag related" href="/c">Ines Vale</a> has sailed it for twenty years, in every weather.</p></article>`;
    expect(extractArticle(pageOf(html))?.text).toContain('Captain Ines Vale has sailed it');
  });

  it('keeps a list of finds whose every entry looks like a teaser', () => {
    const items = EN.map(
      (text, at) => `<div class="item"><h3><a href="/${at}">Find number ${at}</a></h3><p>${text}</p></div>`,
    );
    expect(extractArticle(pageOf(`<h1>Finds of the week</h1>${items.join('')}`))?.text).toContain(EN[2]);
  });

  it('resolves addresses against <base href>', () => {
    const html = `<base href="https://cdn.example/x/"><article>${paragraphs(EN)}<img src="p.png"></article>`;
    expect(extractArticle(pageOf(html))?.pictures[0]?.url).toBe('https://cdn.example/x/p.png');
  });

  it('finds a text that stays hidden until a script shows it', () => {
    expect(extractArticle(pageOf(`<div style="display:none">${paragraphs(EN)}</div>`))?.text).toContain(EN[0]);
  });

  it('finds a text whose head was never closed', () => {
    const html = `<html><head><title>A day on the water</title><meta name="x"><h1>A day on the water</h1>${paragraphs(EN)}</html>`;
    expect(extractArticle(pageOf(html))?.text).toContain(EN[0]);
  });

  it.each([
    [
      'an unclosed table',
      `<table><tr><td>Menu<td><a href="/">Home</a><tr><td colspan=2>${EN.map((text) => `<p>${text}`).join('')}</table>`,
    ],
    ['paragraphs in paragraphs', `<div>${EN.map((text) => `<p>${text}<p>`).join('')}</p></p></div>`],
    ['a body that was closed too early', `<html><body><a href="/">Home</a></body></html>${paragraphs(EN)}`],
    [
      'a form across the rows of a table',
      `<table><form><tr><td>${paragraphs(EN)}</td></tr><tr><td></form></td></tr></table>`,
    ],
    ['list items that hold the page', `<ul><li>Menu<li>Links<div>${paragraphs(EN)}</div></ul>`],
    ['elements that close themselves', `<div class="nav"/><div id="content">${paragraphs(EN)}</div>`],
  ])('finds the whole text in %s', (_, html) => {
    const text = extractArticle(pageOf(html))?.text ?? '';
    for (const part of EN) expect(text).toContain(part);
  });

  it('keeps what stands before a chapter that is called like the page', () => {
    const body = `<h1>Ferry</h1>${paragraphs(EN)}<h2>Ferry()</h2>${paragraphs(EN.map((text) => text.toUpperCase()))}`;
    const text = extractArticle(pageOf(`<title>Ferry - a glossary</title><article>${body}</article>`))?.text ?? '';
    for (const part of EN) expect(text).toContain(part);
  });

  it('gives null for a page without text', () => {
    expect(extractArticle(pageOf('<html><body><a href="/">Home</a></body></html>'))).toBeNull();
    expect(extractArticle(pageOf(''))).toBeNull();
  });

  it('gives the same for the same page', () => {
    expect(extractArticle(pageOf(CHINESE))).toEqual(extractArticle(pageOf(CHINESE)));
  });
});

describe('readMetadata', () => {
  const body = `<h1>A day on the water</h1>${paragraphs(EN)}`;
  const author = (head: string, line = ''): string | null =>
    readMetadata(
      pageOf(
        `<head><title>A day on the water - Bay Courier</title><meta property="og:site_name" content="Bay Courier">${head}</head><h1>A day on the water</h1>${line}${paragraphs(EN)}`,
      ),
    ).author;

  it.each([
    ['meta', '<meta name="author" content="Mara Quill">', '', 'Mara Quill'],
    ['the site itself', '<meta name="author" content="Bay Courier">', '', null],
    ['nobody', '<meta name="author" content="admin">', '', null],
    ['an address', '<meta property="article:author" content="https://x.example/mara">', '', null],
    ['microdata', '', '<span itemprop="author"><b itemprop="name">Mara Quill</b></span>', 'Mara Quill'],
    ['a byline', '', '<p>By Mara Quill</p>', 'Mara Quill'],
    ['作者', '', '<p>来源：河边晚报 作者：林小舟 编辑：赵一</p>', '林小舟'],
    ['文/', '', '<p>文/林小舟</p>', '林小舟'],
    ['记者', '', '<p>本报记者 林小舟 陈一帆 江州报道</p>', '林小舟 陈一帆'],
    ['责任编辑', '', '<p>责任编辑：赵一</p>', null],
  ])('author from %s', (_, head, line, expected) => {
    expect(author(head, line)).toBe(expected);
  });

  it.each([
    ['老渡口换了新船_城事频道_河边网', '老渡口换了新船'],
    ['老渡口换了新船 - 河边网', '老渡口换了新船'],
    ['The ferry | Bay Courier', 'The ferry'],
    ['Ferries - a short history', 'Ferries - a short history'],
  ])('title of %s', (title, expected) => {
    const html = `<head><title>${title}</title><meta property="og:site_name" content="Bay Courier"></head><p>x</p>`;
    expect(readMetadata(pageOf(html)).title).toBe(expected);
  });

  it('invents no date', () => {
    expect(readMetadata(pageOf(`<title>x</title>${body}<p>3小时前</p>`)).published).toBeNull();
  });

  it('reads the time of an unzoned date only where the page is Chinese', () => {
    const meta = '<meta property="article:published_time" content="2022-05-06 07:08:09">';
    expect(readMetadata(pageOf(`<html lang="zh-CN">${meta}${body}`)).published).toBe('2022-05-06T07:08:09+08:00');
    expect(readMetadata(pageOf(`<html lang="en">${meta}${body}`)).published).toBe('2022-05-06');
  });
});
