import type { VisitCase } from '../cases.ts';

/** More skins of cnblogs: tables of 2010, code boxes with line numbers and folds, a skin that names nobody below the post. */

const alive = { verdict: 'alive', reason: 'ok' } as const;

const OLD = `<!DOCTYPE html><html><head><meta charset="utf-8"><title>修锁记 - 铁匠铺 - 博客园</title></head><body><div id="header"><h1><a id="Header1_HeaderTitle" class="headermaintitle" href="https://www.cnblogs.com/smithy/">铁匠铺</a></h1></div>
<div class="post"><div class="postTitle"><a id="cb_post_title_url" class="postTitle2" href="https://www.cnblogs.com/smithy/archive/2010/02/19/1669520.html">修锁记</a></div><div class="postText"><div id="cnblogs_post_body" class="blogpost-body"><p>锁芯进了沙。</p>
<div class="cnblogs_code" onclick="cnblogs_code_show('a')"><img id="code_img_closed_a" class="code_img_closed" src="http://images.cnblogs.com/OutliningIndicators/ContractedBlock.gif" alt=""><img id="code_img_opened_a" class="code_img_opened" style="display: none;" src="http://images.cnblogs.com/OutliningIndicators/ExpandedBlockStart.gif" alt=""><div id="cnblogs_code_open_a" class="cnblogs_code_hide"><pre><span style="color: #008080;"> 1</span> <span style="color: #0000ff;">for</span> (<span style="color: #0000ff;">int</span> i = 0; i &lt; 3; i++) {
<span style="color: #008080;"> 2</span>     turn(i);
<span style="color: #008080;"> 3</span> 
<span style="color: #008080;"> 4</span> }</pre></div><span class="cnblogs_code_collapse">View Code</span></div>
<pre class="brush:csharp;gutter:true;">var pins = 5;</pre><pre>1 pin
3 pins</pre><pre>7</pre>
<p><img src="https://images2015.cnblogs.com/blog/1/201002/lock.jpg" alt=""></p></div></div>
<p class="postfoot">posted on 2010-02-19 10:20 <a href="https://www.cnblogs.com/smithy/">老铁匠</a> 阅读(<span id="post_view_count">...</span>) <a href="https://i.cnblogs.com/EditPosts.aspx?postid=1669520">编辑</a></p></div></body></html>`;

const PLAIN = `<!DOCTYPE html><html lang="zh-cn"><head><meta charset="utf-8"><title>磨刀三法 - 博客园</title><link rel="canonical" href="https://www.cnblogs.com/smithy/p/12345679">
<script type="application/ld+json">{"@context":"https://schema.org","@type":"BlogPosting","headline":"磨刀三法","author":{"@type":"Person","name":"老铁匠"},"datePublished":"2024-05-09T14:45:00+08:00"}</script></head><body>
<h1 class="postTitle"><a id="cb_post_title_url" class="postTitle2 vertical-middle" href="https://www.cnblogs.com/smithy/p/12345679"><span role="heading" aria-level="2">磨刀三法</span></a></h1>
<div id="cnblogs_post_body" class="blogpost-body blogpost-body-html"><div class="cnb-toc"></div><p>粗石、细石、皮带。</p><p><span class="math display">\\[a = \\frac{F}{m}\\]</span></p><pre class="language-go highlighter-hljs" data-dark-theme="true"><code>sharpen(3)</code></pre></div>
<div class="postDesc">posted @ <span id="post-date" data-last-update-days="1" data-date-updated="2024-05-10 01:02">2024-05-09 14:45</span></div></body></html>`;

export const variants: readonly VisitCase[] = [
  {
    ...alive,
    name: 'a skin of 2010, lines numbered in the code',
    url: 'https://www.cnblogs.com/smithy/archive/2010/02/19/1669520.html',
    answers: [{ body: OLD }],
    golden: 'post-2010',
    article: { title: '修锁记', author: '老铁匠', published: '2010-02-19T10:20:00+08:00' },
  },
  {
    ...alive,
    name: 'a skin that names the author only in its data',
    url: 'https://www.cnblogs.com/smithy/p/12345679',
    answers: [{ body: PLAIN }],
    golden: 'post-2024',
    article: { author: '老铁匠', published: '2024-05-09T14:45:00+08:00' },
  },
];
