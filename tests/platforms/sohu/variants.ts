import { createCipheriv } from 'node:crypto';
import type { VisitCase } from '../cases.ts';

/** More of sohu.com: newspapers' articles with their reporter, films, the mobile site, channel pages of several years. */

const A = 'https://www.sohu.com/a/661234567_120001';
const alive = { verdict: 'alive', reason: 'ok' } as const;

function hide(address: string, key = 'www.sohu.com6666'): string {
  const cipher = createCipheriv('aes-128-ecb', key, null);
  return cipher.update(address, 'utf8', 'base64') + cipher.final('base64');
}

function present(head: string, title: string, body: string, script = ''): string {
  return `<!DOCTYPE html><html><head><title>${title}_河_桥</title><meta charset="utf-8"><meta property="og:url" content="www.sohu.com/a/661234567_120001">${head}</head><body class="article-page" data-newsid="661234567">
<div class="text"><div class="text-title"><h1>${title}<span class="article-tag"><a class="tag">图集</a></span></h1></div>${body}</div>
<div class="bottom-relate-wrap"><p>相关推荐</p></div><script>${script}</script></body></html>`;
}

const MEDIA = '<meta name="mediaid" content="渡口晚报"><meta itemprop="datePublished" content="2020-11-26 08:04">';

const REPORTED = present(
  MEDIA,
  '摆渡人的第四年',
  `<div class="article-info"><span class="time" id="news-time" data-val="1606349049000">2020-11-26 08:04</span></div><article class="article" id="mp-editor">
<p data-role="original-title" style="display:none">原标题：摆渡人的第四年</p><p>第四年，他<strong>换了</strong>一条船。记者 们都来拍照。</p>
<p style="text-align: center;"><img src="//q5.itc.cn/q_70/images03/20201126/boat.jpeg" alt="新船" /></p><p class="ql-align-center"><span style="font-size: 14px;">新船下水。</span></p>
<table><tbody><tr><td>年</td><td>渡次</td></tr><tr><td>第四年</td><td>九百</td></tr></tbody></table>
<p>渡口晚报记者 沈舟 河西报道</p> <p>编辑 何岸 校对 林津</p><p>声明：转载此文是出于传递更多信息之目的。<a href="//www.sohu.com/?strategyid=00001" id="backsohucom">返回搜狐，查看更多</a></p>
<p data-role="editor-name">责任编辑：<span></span></p></article><div class="statement">平台声明</div>`,
);

const CHANGED_KEY = present(
  '<meta property="og:release_date" content="2024-02-03 04:05">',
  '换了钥匙',
  `<div id="user-info"><h4><a href="//mp.sohu.com/profile?xpt=x">锁匠</a></h4></div><article class="article" id="mp-editor"><p>门上挂着新锁，字也换了。</p>
<p><img data-src="${hide('//q1.itc.cn/images01/20240203/one.jpeg', 'www.sohu.com9999')}"></p><p><img data-src="${hide('//q1.itc.cn/images01/20240203/two.jpeg', 'www.sohu.com9999')}"></p><p><img data-src="no-cipher" src="data:image/gif;base64,R0"></p><p><img data-src="no-cipher" src="http://q1.itc.cn/images01/20240203/shown.jpeg"></p><p><img data-src="//q1.itc.cn/images01/20240203/plain.jpeg"></p></article>`,
  'cfgs = { imgsList: [ { "url": "//q1.itc.cn/images01/20240203/one.jpeg", "width": "1", } ], displayMode: "0" };',
);

const FILM = present(
  '<meta name="mediaid" content="河边放映"><meta itemprop="datePublished" content="2022-01-02 03:04">',
  '水车三分钟',
  '<article class="article" id="mp-editor"></article>',
  'window.sohu_mp = {}; window.sohu_mp.article_video = { vid: 123456 };',
);

const MOBILE = `<!DOCTYPE html><html><head><meta charset="utf-8"><title>水车三分钟_手机搜狐网</title><link rel="canonical" href="https://m.sohu.com/a/661234567_120001"></head><body>
<section id="article-wrapper"><h2 class="title-info">水车三分钟</h2><div class="author-info"><span class="name">河边放映</span></div><p class="time">2022-01-02 03:04</p>
<article class="article-content"><div id="articleContent" class="display-content"><p>水车一转，三分钟就是一石水。</p><p><img src="//q2.itc.cn/images01/20220102/wheel.jpeg"></p><div class="lookall-box">展开剩余50%</div></div></article></section></body></html>`;

/** Channel pages between 2008 and 2016, with the rest of the page around the text. */
function channel(byline: string, tail: string): string {
  return `<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>钟楼停摆三日-搜狐新闻</title></head><body><div class="content-wrapper"><div class="content-box clear"><h1 itemprop="headline">钟楼停摆三日</h1>
<div class="time-fun clear"><div class="time-source">${byline}</div></div>
<div class="text clear" id="contentText"><div class="original-title">原标题：钟楼停摆三日</div><div itemprop="articleBody"><p>第一日，没有人听见。</p><p>第三日，卖豆腐的来问时辰。</p><table class="tableImg"><tr><td><img src="http://photocdn.sohu.com/20160126/Img1.jpg" alt="钟楼"></td></tr></table></div>${tail}</div></div></div></body></html>`;
}

const MICRODATA = channel(
  '<div class="time" id="pubtime_baidu">2016年01月26日02:50</div><div class="source" id="source_baidu">来源：<span id="media_span" itemprop="publisher"><span itemprop="name">城南报</span></span> <span id="author_baidu">作者：严更</span></div>',
  '<div class="editShare clear"><div class="editer">(责任编辑：米粒 UN649)</div></div>',
);
const EARLIER = channel(
  '<div class="source">2008年05月12日14:53 [<a href="#c">我来说两句</a>] 来源：河岸报</div>',
  '<p>(责任编辑：米粒)</p>',
);
const EDITED = channel('<div class="time">2012年03月04日05:06</div>', '<p>(责任编辑：米粒)</p>');

/** Tables of 2005: no class for the title, the source in the line of time, no editor. */
const TABLES = `<html><head><title>水位尺旁的人-搜狐新闻中心</title></head><body><table><tr><td><font>NEWS.SOHU.COM</font> <font>2005年6月1日09:12　来源：[ <a href="http://news.example/"><font>江边日报</font></a> ]</font></td></tr>
<tr><td id="fontzoom" class="content"><p>　　他一天读三次，读完把数字喊给对岸。</p><center><img src="http://photo.sohu.com/20050601/Img2.jpg"></center></td></tr></table></body></html>`;

/** The same with the search for its words that stood below the text. */
const SEARCHED = TABLES.replace(
  '</center></td>',
  '</center><br><table width=100%><tr><td><table width=100%><form name=sogouform target=_blank><tr><td><a href=http://www.sogou.com?pid=02021501><img src=http://photocdn.sohu.com/logo/sogou_logo.gif></a></td><td><table><tr><td><input type=text name=query value="水位"><select name="searchtype"><option>网页</option></select><br>共找到 <b>13</b>个相关新闻.</td></tr></table></td></tr><input type=hidden name=pid></form></table></td></tr></table></td>',
);
const NAMELESS =
  '<html><head><title>-搜狐</title></head><body><td class="content">没有题目也没有时间的一段话。</td></body></html>';

export const variants: readonly VisitCase[] = [
  {
    ...alive,
    name: "a newspaper's article that names its reporter",
    url: A,
    answers: [{ body: REPORTED }],
    golden: 'reporter',
    article: { author: '沈舟', account: '渡口晚报', published: '2020-11-26T08:04:09+08:00' },
  },
  {
    ...alive,
    name: 'pictures hidden with another key',
    url: A,
    answers: [{ body: CHANGED_KEY }],
    golden: 'other-key',
    article: { author: '锁匠', account: null },
  },
  { ...alive, name: 'a page of one film', url: A, answers: [{ body: FILM }], rule: 'sohu/article', golden: 'film' },
  {
    ...alive,
    name: 'the mobile site',
    url: A,
    answers: [{ body: MOBILE }],
    golden: 'mobile',
    article: { author: '河边放映', published: '2022-01-02T03:04:00+08:00' },
  },
  {
    ...alive,
    name: 'a channel page of 2016',
    url: 'http://news.sohu.com/20160126/n435816457.shtml',
    answers: [{ body: MICRODATA }],
    golden: 'channel-2016',
    article: { author: '严更', account: '城南报', published: '2016-01-26T02:50:00+08:00' },
  },
  {
    ...alive,
    name: 'a channel page of 2008',
    url: 'http://news.sohu.com/20080512/n256810000.shtml',
    answers: [{ body: EARLIER }],
    golden: 'channel-2008',
    article: { author: '河岸报', published: '2008-05-12T14:53:00+08:00' },
  },
  {
    ...alive,
    name: 'a channel page that names only its editor',
    url: 'http://news.sohu.com/20120304/n336600000.shtml',
    answers: [{ body: EDITED }],
    golden: 'channel-2012',
    article: { author: '米粒' },
  },
  {
    ...alive,
    name: 'a page of tables that names only its source',
    url: 'http://news.sohu.com/20050601/n225789000.shtml',
    answers: [{ body: TABLES }],
    golden: 'tables-2005',
    article: { title: '水位尺旁的人', author: '江边日报', published: '2005-06-01T09:12:00+08:00' },
  },
  {
    ...alive,
    name: 'the same with a search below it',
    url: 'http://news.sohu.com/20050601/n225789000.shtml',
    answers: [{ body: SEARCHED }],
    golden: 'tables-2005',
  },
  {
    name: 'a page without a title',
    url: 'http://news.sohu.com/20050601/n225789000.shtml',
    answers: [{ body: NAMELESS }],
    verdict: 'unclear',
    reason: 'unrecognised-page',
    golden: null,
  },
];
