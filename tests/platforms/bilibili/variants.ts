import type { VisitCase } from '../cases.ts';

/** More of Bilibili: columns of the former editor, the same as posts, posts of pictures, films with little said of them. */

const COLUMN = 'https://www.bilibili.com/read/cv10000001';
const OPUS = 'https://www.bilibili.com/opus/700000000000000001';
const VIDEO = 'https://www.bilibili.com/video/BV17x411w7KC/';
const alive = { verdict: 'alive', reason: 'ok' } as const;

const FORMER = `<!DOCTYPE html><html><head><meta charset="utf-8"><title>纸船的水线 - 哔哩哔哩</title><link rel="canonical" href="https://www.bilibili.com/read/cv10000001"></head><body>
<div class="article-container"><div class="title-container"><h1 class="title">纸船的水线</h1></div><div class="article-read-panel"><span class="create-time">2019-08-09 10:11</span></div>
<div class="article-author"><a class="name">折纸的人</a></div><div id="read-article-holder" class="read-article-holder"><h1>一、吃水</h1><p><span class="font-size-20">水线是 <img type="latex" class="latex" src="//api.bilibili.com/x/web-frontend/mathjax/tex?formula=h%3D%5Cfrac%7Bm%7D%7B%5Crho%20A%7D" alt="h%3D1"> 。</span></p>
<figure class="img-box" contenteditable="false"><img src="//i0.hdslb.com/bfs/article/line.jpg@1320w_976h.webp" data-size="100"><figcaption class="caption">水线</figcaption></figure><figure class="img-box"><img class="cut-off-1" data-src="//i0.hdslb.com/bfs/article/card/cut.png"></figure><p><img src="https://example.org/foreign@2x.png"></p>
<figure class="code-box"><pre class="language-clike" data-lang="text/x-csrc@c" codecontent="float h = m / a;&#10;"></pre></figure><pre codecontent="bare"></pre><pre class="language-python"><code>h = m / a</code></pre>
<figure class="video-card nomal" data-vote-display="x"><img src="//i0.hdslb.com/bfs/archive/card.jpg" class="video-card"></figure><ul class="list-paddingleft-2"><li><p>轻纸</p></li><li><p>重纸</p></li></ul><blockquote><p>水不等人。</p></blockquote></div></div></body></html>`;

function opus(modules: string, script = ''): string {
  return `<!DOCTYPE html><html><head><meta charset="utf-8"><title>纸船三问 - 哔哩哔哩</title><link rel="canonical" href="${OPUS}"></head><body><div id="app"><div class="opus-detail"><div class="bili-opus-view">${modules}
<div class="opus-module-bottom"><span>转发</span></div></div></div></div><script>${script}</script></body></html>`;
}

const AUTHOR =
  '<div class="opus-module-author"><div class="opus-module-author__name">折纸的人</div><div class="opus-module-author__pub"><div class="opus-module-author__pub__text">编辑于 2024年05月07日 09:10</div></div></div>';

const ARTICLE = opus(
  `<div class="opus-module-title"><span class="opus-module-title__text">纸船三问</span></div>${AUTHOR}<div class="opus-module-content opus-paragraph-children"><p style="text-align:left;"><span>第一问：\n纸怕水吗？\n\n怕。</span></p><h2><span>第二问</span></h2>
<div class="opus-para-pic center"><div class="bili-album"><div class="bili-album__watch"><div class="bili-album__watch__content"><img src="//i0.hdslb.com/bfs/new_dyn/two.png@1192w.avif" loading="lazy"></div></div></div><p class="opus-pic-view__caption">第二只</p></div>
<ol><li><p><span style="font-weight:700;">涂蜡</span></p></li></ol><p><span>看<a class="opus-text-rich-hl link" href="//www.bilibili.com/video/BV17x411w7KC/">视频</a>&lt;这里</span></p></div>`,
  'window.__INITIAL_STATE__={"detail":{"modules":[{"module_author":{"name":"折纸的人","pub_ts":"1715000000"}}]}};(function(){}());',
);

const PICTURES = opus(
  `<div class="opus-module-top"><div class="opus-module-top__album"><div class="horizontal-scroll-album"><img src="//i1.hdslb.com/bfs/new_dyn/one.jpg@!web-dynamic"><img src="//i1.hdslb.com/bfs/new_dyn/two.jpg@!web-dynamic"></div></div></div>${AUTHOR}<div class="opus-module-content"><p><span>两只都浮着。</span></p></div>`,
);
const WORDLESS = opus(
  '<div class="opus-module-top"><div class="opus-module-top__album"><img src="//i1.hdslb.com/bfs/new_dyn/one.jpg@!web-dynamic"></div></div>',
);

const view = (data: unknown): string => JSON.stringify({ code: 0, data });

export const variants: readonly VisitCase[] = [
  {
    ...alive,
    name: 'a column of the former editor',
    url: COLUMN,
    answers: [{ body: FORMER }],
    golden: 'read-2019',
    article: { author: '折纸的人', published: '2019-08-09T10:11:00+08:00' },
  },
  {
    ...alive,
    name: 'a column as a post, changed since',
    url: OPUS,
    answers: [{ body: ARTICLE }],
    golden: 'opus-article',
    article: { title: '纸船三问', published: '2024-05-06T20:53:20+08:00', updated: '2024-05-07T09:10:00+08:00' },
  },
  {
    ...alive,
    name: 'a post with an album above it',
    url: OPUS,
    answers: [{ body: PICTURES }],
    golden: 'opus-album',
    article: { published: null },
  },
  { ...alive, name: 'a post of one picture', url: OPUS, answers: [{ body: WORDLESS }], golden: 'opus-picture' },
  {
    ...alive,
    name: 'a film without words',
    url: VIDEO,
    answers: [{ body: view({ bvid: 'BV17x411w7KC', title: '无字', pubdate: 'soon' }) }],
    golden: 'view-bare',
    article: { author: null, published: null },
  },
  {
    name: 'another film under the number',
    url: VIDEO,
    answers: [{ body: view({ bvid: 'BV1xx411c7mD', title: '别的' }) }],
    verdict: 'unclear',
    reason: 'unrecognised-page',
    golden: null,
  },
  {
    name: 'a page in place of the API',
    url: VIDEO,
    answers: [{ body: '<title>验证码_哔哩哔哩</title><p>请完成验证</p>' }],
    verdict: 'blocked',
    reason: 'verification-wall',
    golden: null,
  },
];
