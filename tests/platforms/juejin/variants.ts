import type { VisitCase } from '../cases.ts';

/** More of Juejin: posts of juejin.im, formulas and code of the present editor, short posts. */

const POST = 'https://juejin.cn/post/7000000000000000001';
const alive = { verdict: 'alive', reason: 'ok' } as const;

const FORMER = `<!doctype html><html data-n-head-ssr lang="zh"><head><title>把日志写成诗 - 掘金</title><meta charset="utf-8"><link rel="canonical" href="https://juejin.cn/post/6844903960826880000"></head><body>
<article class="article"><meta itemprop="url" content="https://juejin.cn/post/6844903960826880000"><meta itemprop="headline" content="把日志写成诗"><meta itemprop="datePublished" content="2019-10-10T15:39:26.000Z"><div itemprop="author" itemscope="itemscope"><meta itemprop="name" content="写诗的人"><meta itemprop="url" content="https://juejin.cn/user/1"></div>
<div class="author-info-block block"><a href="/user/1" class="avatar-link"></a><div class="author-info-box"><time datetime="2019-10-10T15:39:26.000Z" class="time">2019年10月10日</time></div></div>
<div itemprop="articleBody" class="article-content"><div class="markdown-body"><p>一行一个动词。</p><figure><img alt="诗" class="lazyload inited" data-src="https://user-gold-cdn.xitu.io/2019/10/10/poem?w=800&amp;h=600&amp;f=png&amp;s=9" src="data:image/svg+xml;utf8,&lt;?xml version=&quot;1.0&quot;?&gt;" data-width="800"><figcaption>诗</figcaption></figure>
<pre><code class="hljs bash copyable" lang="bash">tail -f poem.log
<span class="copy-code-btn">复制代码</span></code></pre></div></div></article></body></html>`;

const PRESENT = `<!doctype html><html data-n-head-ssr lang="zh"><head><title>钟摆的代码 - 掘金</title><meta charset="utf-8"></head><body><article class="article"><h1 class="article-title">钟摆的代码</h1>
<div class="author-info-block"><div class="author-info-box"><div class="author-name"><a class="username"><span class="name">修钟人</span></a></div><div class="meta-box"><time datetime="2024-03-04T05:06:07.000Z" title="x" class="time">2024-03-04</time></div></div></div>
<div id="article-root" class="main"><div class="article-viewer markdown-body cache result"><style>.x{}</style><p>周期 <span class="math math-inline"><span class="katex"><span class="katex-mathml"><math><semantics><mrow><mi>T</mi></mrow><annotation encoding="application/x-tex">T=2\\pi\\sqrt{l/g}</annotation></semantics></math></span><span class="katex-html" aria-hidden="true">T=2π</span></span></span>。</p>
<pre><div class="code-block-extension-header" style="background-color: #fafafa"><div class="code-block-extension-headerLeft"><div class="code-block-extension-foldBtn"><svg></svg></div></div><div class="code-block-extension-headerRight"><span class="code-block-extension-lang">rust</span><div class="code-block-extension-copyCodeBtn">体验AI代码助手</div><div>代码解读</div>复制代码</div></div><code class="hljs language-rust code-block-extension-codeShowNum" lang="rust"><span class="code-block-extension-codeLine" data-line-num="1"><span class="hljs-keyword">let</span> t = <span class="hljs-number">2.0</span>;</span>
<span class="code-block-extension-codeLine" data-line-num="2">tick(t);</span></code></pre>
<ul class="contains-task-list"><li class="task-list-item"><input class="task-list-item-checkbox" type="checkbox" checked disabled> 上弦</li></ul></div></div></article></body></html>`;

const PIN = `<!doctype html><html lang="zh"><head><title>今天修好了一座钟 - 沸点 - 掘金</title><meta charset="utf-8"></head><body><div class="pin-detail"><div class="pin-header"><a class="username">修钟人</a><time datetime="2024-05-06T07:08:09.000Z">1年前</time></div>
<div class="pin-content"><span>今天修好了一座钟，它比我大六十岁。</span><img src="https://p1-juejin.byteimg.com/tos-cn-i/clock.image"></div></div></body></html>`;

export const variants: readonly VisitCase[] = [
  {
    ...alive,
    name: 'a post of juejin.im, moved for good',
    url: 'https://juejin.im/post/5d9f4a1ce51d45781d5e4b8a',
    answers: [
      {
        body: FORMER,
        finalUrl: 'https://juejin.cn/post/6844903960826880000',
        hops: [{ url: 'https://juejin.cn/post/5d9f4a1ce51d45781d5e4b8a', status: 301 }],
      },
    ],
    verdict: 'moved',
    reason: 'permanent-redirect',
    golden: 'post-2019',
    article: { title: '把日志写成诗', author: '写诗的人', published: '2019-10-10T15:39:26Z' },
  },
  {
    ...alive,
    name: 'a post of 2024',
    url: POST,
    answers: [{ body: PRESENT }],
    golden: 'post-2024',
    article: { author: '修钟人', published: '2024-03-04T05:06:07Z' },
  },
  {
    ...alive,
    name: 'a short post',
    url: 'https://juejin.cn/pin/7000000000000000002',
    answers: [{ body: PIN }],
    golden: 'pin',
    article: { title: '今天修好了一座钟', author: '修钟人', published: '2024-05-06T07:08:09Z' },
  },
  {
    name: 'a page without a title',
    url: POST,
    answers: [{ body: '<div class="markdown-body"><p>没有题目。</p></div>' }],
    verdict: 'unclear',
    reason: 'unrecognised-page',
    golden: null,
  },
];
