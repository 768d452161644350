import type { VisitCase } from '../cases.ts';

/** More of CSDN's blogs: the Markdown editor, cards of links, formulas without tags, templates of former years. */

const POST = 'https://blog.csdn.net/teatime/article/details/100200300';
const alive = { verdict: 'alive', reason: 'ok', url: POST } as const;

function post(header: string, views: string, script = '', below = ''): string {
  return `<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><link rel="canonical" href="${POST}"><title>茶温曲线-CSDN博客</title>${script}</head><body>
<div class="blog-content-box">${header}<article class="baidu_pl"><div id="article_content" class="article_content clearfix"><link rel="stylesheet" href="x.css">${views}</div></article></div>
${below}<div class="recommend-box"><h4>相关推荐</h4></div></body></html>`;
}

const MARKDOWN = post(
  '<div class="article-header"><h1 class="title-article" id="articleContentId">茶温曲线</h1><div class="bar-content"><a class="follow-nickName vip-name" href="https://blog.csdn.net/teatime">茶歇</a><span class="time blog-postTime" data-time="2023-04-05 06:07:08">已于&nbsp;2024-01-01 00:00:00&nbsp;修改</span></div></div>',
  `<div id="content_views" class="markdown_views prism-atom-one-dark"><!-- flowchart 箭头图标 勿删 --><svg xmlns="http://www.w3.org/2000/svg" style="display: none;"><path d="M5,0 0,2.5 5,5z"></path></svg>
<p></p><div class="toc"><h4>文章目录</h4><ul><li><a href="#_1">曲线</a></li></ul></div><p></p><h3><a name="t0"></a><a id="_1"></a>曲线</h3>
<p>温度 <span class="katex--inline"><span class="katex"><span class="katex-mathml">
      
       
        
         
          T
         
        
        
         T_0
        
       
      </span><span class="katex-html" aria-hidden="true"><span class="base">T<span>0</span></span></span></span></span> 起步，满足</p>
<p><span class="katex--display"><span class="katex-display"><span class="katex"><span class="katex-mathml">
         
          
           T
           =
          
         
         T = T_s +
\\Delta e^{-kt}
        
       </span><span class="katex-html"><span class="base">T=Ts+Δe</span></span></span></span></span></p>
<p>单位 <span class="katex--inline"><span class="katex"><span class="katex-html">K</span></span></span>。</p>
<pre data-index="0" class="prettyprint"><code class="prism language-cpp has-numbering" onclick="mdcp.copyCode(event)"><span class="token keyword">double</span> k <span class="token operator">=</span> <span class="token number">0.03</span><span class="token punctuation">;</span>
<span class="token comment">// 每分钟</span><div class="hljs-button {2}" data-title="复制"></div></code><ul class="pre-numbering" style=""><li style="color: rgb(153, 153, 153);">1</li><li>2</li></ul></pre>
<p>参考：<a href="https://link.csdn.net/?target=https%3A%2F%2Fexample.org%2Fcooling" rel="nofollow">冷却</a></p>
<p><a href="https://blog.csdn.net/teatime/article/details/100200301" class="has-card" title="上一篇"><span class="link-card-box" contenteditable="false"><span class="link-title">上一篇：水温</span><span class="link-desc">文章浏览阅读九次</span><span class="link-link"><img class="link-link-icon" src="https://g.csdnimg.cn/static/logo/favicon32.ico">https://blog.csdn.net/</span></span></a></p><p><a class="has-card" href="https://example.org/x">没有卡片的卡片</a></p>
<p><img src="https://img-blog.csdnimg.cn/direct/curve.png#pic_center" alt="在这里插入图片描述"></p></div>`,
);

const OLD_2018 = post(
  '<div class="article-header"><h1 class="title-article">茶温曲线</h1><div class="article-bar-top"><a class="article-vip" id="uid">茶歇</a><span class="time">2018年05月06日 15:47:53</span><span class="read-count">阅读数：12</span></div></div>',
  '<div id="content_views" class="htmledit_views"><p>那一年还用<script type="math/tex" id="MathJax-Element-1">T_0</script>手画。</p></div>',
);

const OLD_2014 = `<html><head><title>茶温曲线 - 茶歇的专栏 - 博客频道 - CSDN.NET</title></head><body><div id="blog_userface"><span><a class="user_name">teatime</a></span></div>
<div id="article_details" class="details"><div class="article_title"><span class="ico ico_type_Original"></span><h1><span class="link_title"><a href="/teatime/article/details/100200300">茶温曲线</a></span></h1></div>
<div class="article_manage clearfix"><div class="article_r"><span class="link_postdate">2014-05-06 07:08</span><span class="link_view">10人阅读</span></div></div>
<div id="article_content" class="article_content"><p>第一次记录茶温。</p><pre name="code" class="java">int t = 90;</pre></div></div></body></html>`;

const DATA_ONLY = post(
  '<h1 class="title-article" id="articleContentId">茶温曲线</h1><div class="bar-content"><span class="time">最新推荐文章于 2024-05-07 10:00:00 发布</span></div>',
  '<div id="content_views"><p>只有数据里写着日子。</p></div>',
  '<script type="application/ld+json">{"@context":"https://ziyuan.baidu.com/contexts/cambrian.jsonld","pubDate":"2021-02-03T04:05:06"}</script>',
  '<div class="hide-article-box"><span>关注博主即可阅读全文</span></div>',
);
const UNDATED = post(
  '<h1 class="title-article" id="articleContentId">茶温曲线</h1><div class="bar-content"><span class="time">最新推荐文章于 2024-05-07 10:00:00 发布</span></div>',
  '<div id="content_views"><p>哪里都没有写日子。</p></div>',
);

export const variants: readonly VisitCase[] = [
  {
    ...alive,
    name: 'a post of the Markdown editor',
    answers: [{ body: MARKDOWN }],
    golden: 'markdown',
    article: { author: '茶歇', published: '2023-04-05T06:07:08+08:00' },
  },
  {
    ...alive,
    name: 'the template of 2018',
    answers: [{ body: OLD_2018 }],
    golden: 'post-2018',
    article: { author: '茶歇', published: '2018-05-06T15:47:53+08:00' },
  },
  {
    ...alive,
    name: 'the template of 2014',
    answers: [{ body: OLD_2014 }],
    golden: 'post-2014',
    article: { author: 'teatime', published: '2014-05-06T07:08:00+08:00' },
  },
  {
    ...alive,
    name: 'a date only in the data, a text for followers',
    reason: 'partial',
    answers: [{ body: DATA_ONLY }],
    golden: 'followers',
    article: { published: '2021-02-03T04:05:06+08:00' },
  },
  {
    ...alive,
    name: 'a date of the last recommendation only',
    answers: [{ body: UNDATED }],
    golden: 'undated',
    article: { published: null },
  },
];
