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

const OLD = 'https://www.toutiao.com/a6500000000000000001/';

/** A page of 2017 to 2020: an empty frame, its article in a script. */
function basePage(data: string): string {
  return `<!DOCTYPE html><html><head><meta charset=utf-8><title>盐田的四季</title></head><body><div id=app></div><script>;(function(window) {window.Raven && Raven.config({bid: 'toutiao_pc'});})(window);</script><script>var BASE_DATA = {
    headerInfo: { id: 0, isPgc: false, userName: '', chineseTag: '旅游', hasBar: true },
    ${data}
    mediaInfo: { uid: '60000000001', name: '盐场日记', avatar: '//p8.pstatp.com/large/a', follow: false },
    commentInfo: { groupId: '6500000000000000001', itemId: '6500000000000000002', comments_count: 29 }
  };`;
}

const BASE_2018 = `${basePage(`articleInfo: {
      title: '盐田的四季 &amp; 三道工序',
      content: '&lt;div&gt;&lt;h1&gt;春&lt;/h1&gt;&lt;p&gt;引潮入池，水深一指。&lt;/p&gt;&lt;p&gt;&lt;img src&#x3D;&quot;http://p99.pstatp.com/large/salt1&quot; img_width&#x3D;&quot;640&quot; alt&#x3D;&quot;盐田&quot; inline&#x3D;&quot;0&quot;&gt;&lt;/p&gt;&lt;p&gt;风大的日子 5 &amp;lt; 6。&lt;/p&gt;&lt;/div&gt;',
      groupId: '6500000000000000001',
      itemId: '6500000000000000002',
      type: 2,
      subInfo: { isOriginal: true, source: '盐场日记', time: '2018-03-04 05:06:07' },
      tagInfo: { tags: [{"name":"盐田"}], groupId: '6500000000000000001', repin: 0, },
    },`)}</script></body></html>`;

const BASE_2019 = `${basePage(`articleInfo: {
      title: '&quot;\\&quot;卤水\\&quot;怎么晒&quot;'.slice(6, -6),
      content: '&quot;\\u003Cdiv\\u003E\\u003Cp\\u003E晒七天，翻三次。\\u003C\\u002Fp\\u003E\\u003Cp\\u003E\\u003Cimg src\\u003D\\&quot;http:\\u002F\\u002Fp1.pstatp.com\\u002Flarge\\u002Fpgc-image\\u002Fsalt2\\&quot; inline\\u003D\\&quot;0\\&quot;\\u003E\\u003C\\u002Fp\\u003E\\u003C\\u002Fdiv\\u003E&quot;'.slice(6, -6),
      groupId: '6500000000000000001',
      itemId: '6500000000000000001',
      subInfo: { isOriginal: false, time: '2019-03-04 05:06:07' },
    },`)}</script></body></html>`;

const GALLERY = `${basePage('')}

  BASE_DATA.galleryInfo = {
    title: '盐田一日',
    isOriginal: true,
    mediaInfo: BASE_DATA.mediaInfo,
    gallery: JSON.parse("{\\"count\\":2,\\"sub_images\\":[{\\"url\\":\\"http:\\\\\\u002F\\\\\\u002Fp1.pstatp.com\\\\\\u002Forigin\\\\\\u002Fsalt3\\"},{\\"url\\":\\"http:\\\\\\u002F\\\\\\u002Fp3.pstatp.com\\\\\\u002Forigin\\\\\\u002Fsalt4\\"},{}],\\"sub_abstracts\\":[\\"\\\\u6e05\\\\u6668\\",\\"1 < 2\\"]}"),
    siblingList: [{"title":"别的图集","group_id":"6500000000000000009"}],
    publish_time: '2019-09-08 11:42:03',
    group_id: '6500000000000000001',
    item_id: '6500000000000000001',
    abstract: ''.replace(/<br \\/>/ig, ''),
    repin: 0
  }</script></body></html>`;

function renderPage(data: unknown): string {
  return `<!DOCTYPE html><html><head><meta charset="utf-8"><title>盐田的夜-今日头条</title></head><body><div id="root"></div><script id="RENDER_DATA" type="application/json">${encodeURIComponent(JSON.stringify(data))}</script></body></html>`;
}

const RENDERED = {
  title: '盐田的夜',
  itemId: '6500000000000000001',
  groupId: '6500000000000000001',
  source: '盐场日记',
  content: '<p>夜里收盐。</p><img src="https://p3-sign.toutiaoimg.com/salt5~tplv.image?x-expires=1">',
  seoTDK: { publishTimestamp: '1716186806' },
};

export const variants: readonly VisitCase[] = [
  {
    ...alive,
    name: 'an article of 2018 in its script',
    url: OLD,
    answers: [{ body: BASE_2018 }],
    golden: 'base-2018',
    article: { title: '盐田的四季 & 三道工序', author: '盐场日记', published: '2018-03-04T05:06:07+08:00' },
  },
  {
    ...alive,
    name: 'the same by its item',
    url: 'https://www.toutiao.com/i6500000000000000002/',
    answers: [{ body: BASE_2018 }],
    golden: 'base-2018',
  },
  {
    ...alive,
    name: 'an article of 2019 in its script',
    url: OLD,
    answers: [{ body: BASE_2019 }],
    golden: 'base-2019',
    article: { title: '"卤水"怎么晒', author: '盐场日记', published: '2019-03-04T05:06:07+08:00' },
  },
  {
    ...alive,
    name: 'an album of pictures of 2019',
    url: OLD,
    answers: [{ body: GALLERY }],
    golden: 'gallery',
    article: { title: '盐田一日', author: '盐场日记', published: '2019-09-08T11:42:03+08:00' },
  },
  {
    ...alive,
    name: 'an article in RENDER_DATA alone',
    url: OLD,
    answers: [{ body: renderPage({ data: RENDERED }) }],
    golden: 'render-data',
    article: { author: '盐场日记', published: '2024-05-20T14:33:26+08:00' },
  },
  {
    ...alive,
    name: 'the same on the mobile page',
    url: OLD,
    answers: [{ body: renderPage({ articleInfo: { ...RENDERED, publishTime: '2024-05-20 14:33:26' } }) }],
    golden: 'render-data',
  },
  {
    name: 'the data of another article',
    url: OLD,
    answers: [
      {
        body: renderPage({ data: { ...RENDERED, itemId: '6500000000000000007', groupId: '6500000000000000007' } }),
      },
    ],
    verdict: 'unclear',
    reason: 'unrecognised-page',
    golden: 'render-data',
  },
  ...[
    '%7B%22data%22',
    '%',
    encodeURIComponent(JSON.stringify({ data: { ...RENDERED, content: '<p> </p>' } })),
    encodeURIComponent(JSON.stringify({ data: { ...RENDERED, title: ' ' } })),
  ].map(
    (data): VisitCase => ({
      name: `data without an article: ${data.slice(0, 20)}, ${data.length}`,
      url: OLD,
      answers: [{ body: `<p>头条</p><script id="RENDER_DATA">${data}</script>` }],
      verdict: 'unclear',
      reason: 'unrecognised-page',
      golden: null,
    }),
  ),
  ...[basePage(''), `${basePage('')} BASE_DATA.galleryInfo = { title: 'x', gallery: JSON.parse("[1") };`].map(
    (script): VisitCase => ({
      name: `a script without an article, ${script.length}`,
      url: OLD,
      answers: [{ body: `${script}</script><p>头条</p></body></html>` }],
      verdict: 'blocked',
      reason: 'client-only',
      golden: null,
    }),
  ),
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
