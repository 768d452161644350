import type { VisitCase } from '../cases.ts';

/** More of Toutiao: every element of an article, its mobile page, short posts. */

const ARTICLE = 'https://www.toutiao.com/article/7100000000000000001/';
const alive = { verdict: 'alive', reason: 'ok' } as const;

const RICH = `<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>码头的十二种绳结-今日头条</title><script id="RENDER_DATA" type="application/json">%7B%22app%22%3A1%7D</script></head><body><div id="root"><div class="article-detail-container"><div class="left-sidebar">12评论</div>
<div class="article-content"><h1>码头的十二种绳结</h1><div class="article-meta"><span class="original-tag">原创</span><span>2024-02-03 04:05</span><span class="dot">·</span><span class="name"><a href="/c/user/token/x/">港口记录</a></span></div>
<article class="syl-article-base tt-article-content syl-page-article syl-device-pc"><h1 class="pgc-h-arrow-right" data-track="1">一、平结</h1><p data-track="2">左压右，<strong>右压左</strong>。</p><blockquote class="pgc-blockquote-abstract"><p>绳子记得每一次打结。</p></blockquote>
<div class="pgc-img"><img src="https://p3-sign.toutiaoimg.com/tos-cn-i-qvj2lq49k0/knot~tplv-tt-large.image?x-expires=1&amp;x-signature=a" img_width="640" alt="平结"><p class="pgc-img-caption">平结</p></div><div class="pgc-img"><img data-src="//p9.toutiaoimg.com/origin/pgc-image/knot2" alt=""></div>
<ol><li><p>绕一圈</p></li><li><p>再穿过</p></li></ol><table><tbody><tr><td>结</td><td>步</td></tr><tr><td>平结</td><td>2</td></tr></tbody></table><pre class="syl-page-code hljs"><code class="language-text">tie(2)</code></pre><pre class="syl-page-code hljs cpp"><code>int knots = 12;</code></pre><pre>plain</pre><div class="tt-video-box" tt-videoid="v0" tt-poster="https://p1.toutiaoimg.com/poster"></div></article></div>
<div class="detail-like">赞</div></div></div></body></html>`;

const MOBILE = `<!DOCTYPE html><html><head><meta charset="utf-8"><title>码头的十二种绳结</title></head><body><div class="article"><h1 class="article__title">码头的十二种绳结</h1><div class="article__meta"><span class="article__author">港口记录</span>2024-02-03 04:05</div><article class="article__content"><p>左压右，右压左。</p></article></div></body></html>`;

const SHORT = `<!DOCTYPE html><html><head><meta charset="utf-8"><title>港口记录的微头条-今日头条</title></head><body><div class="wtt-content"><div class="author-info"><a class="name">港口记录</a><span class="time">2024-02-03 04:05</span></div>
<div class="weitoutiao-html">今天潮水晚了一刻钟。<a href="/trending/1/">#潮水#</a><div class="weitoutiao-img"><img src="https://p3-sign.toutiaoimg.com/tide~noop.image?x-expires=1"></div></div></div></body></html>`;

export const variants: readonly VisitCase[] = [
  {
    ...alive,
    name: 'an article with everything',
    url: ARTICLE,
    answers: [{ body: RICH }],
    golden: 'rich',
    article: { title: '码头的十二种绳结', author: '港口记录', published: '2024-02-03T04:05:00+08:00' },
  },
  {
    ...alive,
    name: 'its mobile page',
    url: 'https://m.toutiao.com/i7100000000000000001/',
    answers: [{ body: MOBILE }],
    golden: 'mobile',
    article: { author: '港口记录' },
  },
  {
    ...alive,
    name: 'a short post',
    url: 'https://www.toutiao.com/w/1700000000000001/',
    answers: [{ body: SHORT }],
    golden: 'short',
    article: { title: null, author: '港口记录' },
  },
  {
    name: 'an article without a title',
    url: ARTICLE,
    answers: [{ body: '<article class="syl-article-base"><p>只有一段话。</p></article>' }],
    verdict: 'unclear',
    reason: 'unrecognised-page',
    golden: null,
  },
];
