import { describe, expect, it } from 'vitest';
import { extractArticle } from '../../src/article/index.ts';
import { pageOf } from './page-of.ts';

/** Pages in the shapes of widespread systems, with words of our own; what stands around the text is what those systems put there. */

const ZH = [
  '河边的老渡口在清晨换上了一条新船，摆渡的人说，这是三十年来的第一次，两岸的人都来看。',
  '新船比旧船宽了两尺，能多坐十二个人，船头装了一盏灯，夜里过河也看得清水面上的浮木。',
  '老船没有拆，停在岸边的棚子里，镇上打算把它修好，放进学校旁边的小陈列室，给孩子们看。',
  '从下个月起，末班船推迟到晚上九点，票价不变，遇到大水仍然停航，由码头的人挂旗通知。',
];
const EN = [
  'The keeper of the lock rises at four, opens the upper gate by hand, and writes the height of the water in a book.',
  'Nobody had read that book for years, until a student found that it goes back, day by day, to the great flood.',
  'The numbers are small and neat, the ink changes every winter, and not one morning of all those years is missing.',
  'Next spring the book will be copied, page by page, and the keeper will be asked to explain what cannot be read.',
];
const T = '老渡口换了新船';
const E = 'The book of the lock';
const zh = (open: string, close: string): string => ZH.map((text) => open + text + close).join('\n');
const en = (open: string, close: string): string => EN.map((text) => open + text + close).join('\n');
const menu = '<a href="/">首页</a><a href="/n">新闻</a><a href="/s">体育</a><a href="/b">论坛</a>';
const links = (count: number): string =>
  Array.from(
    { length: count },
    (_, at) => `<li><a href="/x/${at}">镇上的图书馆在第${at}个春天重新开放</a><span>2019-08-0${at + 1}</span></li>`,
  ).join('');

interface Shape {
  html: string;
  lines: readonly string[];
  title: string;
  author: string | null;
  published: string | null;
}

const chinese: Record<string, Shape> = {
  'a party paper of today': {
    html: `<title>${T}--社会--河边网</title><div class="nav">${menu}</div><div class="layout rm_txt cf"><div class="col col-1"><h1>${T}</h1><h4 class="sub"></h4><div class="author cf">本报记者　林小舟</div><div class="channel cf"><div class="col-1-1 fl">2021年04月05日08:30 | 来源：<a href="/">河边日报</a></div><div class="share"><a>分享到</a></div></div><div class="rm_txt_con cf">${zh('<p>　　', '</p>')}<div class="edit cf">(责编：赵一、钱二)</div><div class="share_con"><p>分享让更多人看到 </p></div></div><div class="pindao"><h2>推荐阅读</h2><ul>${links(4)}</ul></div></div></div>`,
    lines: ZH,
    title: T,
    author: '林小舟',
    published: '2021-04-05T08:30:00+08:00',
  },
  'an agency with a calendar sheet for its date': {
    html: `<title>\n${T}-河边网\n</title><div class="header"><div class="header-time left"><span class="year"><em> 2021</em></span><span class="day"><em>04</em>/<em>05</em></span><span class="time">08:30:12</span></div><div class="source">来源：河边网</div><h1><span class="title">${T}</span></h1><div class="setFont">字体：<span>小</span><span>中</span><span>大</span></div></div><div class="main"><div id="detail">${zh('<p>　　', '</p>')}<div id="articleEdit"><span class="tiyi1"><a>【纠错】</a></span><span class="editor"> 【责任编辑:赵一】 </span></div></div><div class="columBox hotnews"><h3>相关新闻</h3><ul>${links(5)}</ul></div></div>`,
    lines: ZH,
    title: T,
    author: null,
    published: '2021-04-05T08:30:12+08:00',
  },
  'a portal of twenty years ago': {
    html: `<title>${T}_新闻中心_河边网</title><center><table><tr><td>${menu}</td></tr></table><table><tr><td width=550><table><tr><td><a href="/">新闻中心</a>&gt;社会新闻&gt;正文</td></tr></table><font color=#05006C><b>${T}</b></font><table><tr><td>http://www.site.example 2005年04月05日08:30 <font color=#A20010>河边晨报</font></td></tr></table><div id=artibody class=content>${zh('<p>　　', '</p>')}</div><table><tr><td>【<a>评论</a>】【<a>推荐</a>】【<a>关闭</a>】</td></tr></table></td><td width=200>${links(8)}</td></tr></table></center>`,
    lines: ZH,
    title: T,
    author: null,
    published: '2005-04-05T08:30:00+08:00',
  },
  'a thread of a forum': {
    html: `<title>${T} - 户外 - 河边论坛 - Powered by Discuz!</title><div id="pt"><a href="/">论坛</a></div><div id="postlist"><table><tr><td class="pls">查看: 2311 | 回复: 3</td><td class="plc"><h1 class="ts"><a href="/f">[游记]</a> <span id="thread_subject">${T}</span></h1></td></tr></table><div id="post_1"><table class="plhin"><tr><td class="pls" rowspan="2"><div class="authi"><a href="home.php?mod=space&uid=7" class="xw1">河边人</a></div><p><em>中级会员</em></p></td><td class="plc"><div class="authi"><em>发表于 2014-4-5 08:30:21</em> | <a>只看该作者</a></div><table><tr><td class="t_f">${zh('', '<br>\r\n<br>')}</td></tr></table></td></tr><tr><td class="plc"><div class="sign">且行且珍惜</div></td></tr></table></div></div>`,
    lines: ZH,
    title: T,
    author: '河边人',
    published: '2014-04-05T08:30:21+08:00',
  },
  'a heading that holds the byline': {
    html: `<title>${T} - 河边网</title><div id="Article"><h1>${T}<br><span>2014-04-05 08:30:09&nbsp;&nbsp;来源：网络&nbsp;&nbsp;评论：<a>0</a> 点击：<span>811</span></span></h1><div class="content">${zh('<p>', '</p>')}</div><div class="related"><h5>延伸阅读：</h5><ul>${links(4)}</ul></div></div>`,
    lines: ZH,
    title: T,
    author: null,
    published: '2014-04-05T08:30:09+08:00',
  },
  'a community with a column in its title': {
    html: `<title>javascript - ${T} - 个人文章 - 河边社区</title><nav>${menu}</nav><main><h1 class="h2"><a href="/a/1" class="text-body">javascript 专栏</a></h1><h1>${T}</h1><div><a href="/u/boat"><strong>林小舟</strong></a><span>发布于 <time datetime="2021-04-05T08:30:00+08:00">2021-04-05</time></span></div><article class="article fmt">${zh('<p>', '</p>')}</article><div class="widget"><h3>相关推荐</h3>${links(4)}</div></main>`,
    lines: ZH,
    title: T,
    author: '林小舟',
    published: '2021-04-05T08:30:00+08:00',
  },
  'a topic that says how long ago it was': {
    html: `<title>${T} - 河边站</title><div class="header"><a href="/">河边站</a> › <a href="/go/x">程序员</a><h1>${T}</h1><small class="gray"><a href="/member/boat">boatman</a> · <span title="2021-04-05 08:30:00 +08:00">3 天前</span> · 2311 次点击</small></div><div class="topic_content"><div class="markdown_body">${zh('<p>', '</p>')}</div></div>`,
    lines: ZH,
    title: T,
    author: 'boatman',
    published: '2021-04-05T08:30:00+08:00',
  },
  'a cloud company’s blog': {
    html: `<title>${T}-开发者社区-河边云</title><div class="mod-header"><h2 class="title-text">${T}</h2><div>发布于 2021-04-05 08:30:00</div></div><div class="mod-content">${zh('<p>', '</p>')}<div class="code-block"><div>代码语言：javascript</div><div>复制</div><pre>open(book)</pre></div></div><div class="mod-foot">【版权声明】凡本网注明“来源：河边云”的文字、图片和音视频稿件，版权均属河边云所有。</div>`,
    lines: [...ZH, 'open(book)'],
    title: T,
    author: null,
    published: '2021-04-05T08:30:00+08:00',
  },
};

const english: Record<string, Shape> = {
  'a page builder': {
    html: `<title>${E} | Harbour</title><script type="application/ld+json">{"@type":"Article","headline":"${E}","datePublished":"2021-04-05T08:30:00+02:00","author":{"name":"Mara Quill"}}</script><div class="elementor-widget elementor-widget-nav-menu">${menu}</div><section class="elementor-section"><div class="elementor-widget"><h1>${E}</h1></div>${en('<div class="elementor-element elementor-widget elementor-widget-text-editor"><div class="elementor-widget-container"><p>', '</p></div></div>')}</section>`,
    lines: EN,
    title: E,
    author: 'Mara Quill',
    published: '2021-04-05T08:30:00+02:00',
  },
  'documentation with sticky headings': {
    html: `<title>${E} | Docs</title><nav class="navbar">${menu}</nav><div class="docsWrapper_BCFX"><aside class="theme-doc-sidebar-container"><ul>${links(6)}</ul></aside><main><article><div class="theme-doc-markdown markdown"><h1>${E}</h1>${en('<p>', '</p>')}<h2 class="anchor anchorWithStickyNavbar_LWe7" id="share-a-comment-with-users">How it ends</h2><p>${EN[3]?.replace('spring', 'autumn')}</p></div><footer class="theme-doc-footer"><a>Edit this page</a></footer></article></main></div>`,
    lines: [...EN, 'How it ends', EN[3]?.replace('spring', 'autumn') ?? ''],
    title: E,
    author: null,
    published: null,
  },
  'a magazine behind its wall': {
    html: `<title>${E} | The Quay Review</title><meta property="article:published_time" content="2021-04-05T08:30:00Z"><meta property="article:author" content="Mara Quill"><main><article class="article"><div class="LightboxWrapper-dPeRaf"><header class="ContentHeaderWrapper-abc"><h1>${E}</h1></header><div class="body__inner-container">${en('<p class="paywall">', '</p>')}</div><div class="InlineNewsletterWrapper"><p>Sign up for the daily letter.</p></div></div></article></main>`,
    lines: EN,
    title: E,
    author: 'Mara Quill',
    published: '2021-04-05T08:30:00Z',
  },
  'an encyclopedia that was last edited': {
    html: `<title>${E} - Riverpedia</title><div id="content"><h1>${E}</h1><div id="mw-content-text">${en('<p>', '</p>')}<div class="navbox"><ul>${links(6)}</ul></div></div></div><footer>This page was last edited on 5 May 2024, at 10:00.</footer>`,
    lines: EN,
    title: E,
    author: null,
    published: null,
  },
};

describe.each(Object.entries({ ...chinese, ...english }))('%s', (_, shape) => {
  const language = shape.lines.includes(ZH[0] ?? '') ? 'zh-CN' : 'en';
  const article = extractArticle(pageOf(`<!DOCTYPE html><html lang="${language}"><body>${shape.html}</body></html>`));

  it('gives its text and nothing else', () => {
    expect(article?.text.split('\n')).toEqual(shape.lines);
  });

  it('gives its title, author and date', () => {
    const { title, author, published } = shape;
    expect(article).toMatchObject({ title, author, published });
  });
});
