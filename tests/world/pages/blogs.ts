import { type Answer, html } from '../answers.ts';
import { htmlText, type Story, wallClock, weave } from './story.ts';

/* Smaller platforms and blogs of no platform at all. */

const paragraph = (text: string): string => `<p>${htmlText(text)}</p>`;
const figure = (address: string): string => `<p><img src="${htmlText(address)}" alt="图"></p>`;

/** A blog as any generator writes it: JSON-LD, `article`, `time`, a side bar that is no article. */
export function blogPost(url: string, story: Story): Answer {
  const data = JSON.stringify({
    '@context': 'https://schema.org',
    '@type': 'BlogPosting',
    headline: story.title,
    datePublished: story.published,
    author: { '@type': 'Person', name: story.author },
  });
  return html(`<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>${htmlText(story.title)} | ${htmlText(story.account)}</title>
<link rel="canonical" href="${htmlText(url)}">
<meta property="og:title" content="${htmlText(story.title)}"><meta property="og:type" content="article"><meta property="article:published_time" content="${story.published}">
<script type="application/ld+json">${data.replaceAll('<', '\\u003c')}</script></head>
<body><header><nav><a href="/">首页</a> <a href="/archives/">归档</a> <a href="/about/">关于</a></nav></header>
<main><article><h1>${htmlText(story.title)}</h1><p class="meta"><span class="author">${htmlText(story.author)}</span> <time datetime="${story.published}">${story.published.slice(0, 10)}</time></p>
${weave(story, paragraph, figure)}
</article></main>
<aside><h3>最近的文章</h3><ul><li><a href="/p/1">别的一篇</a></li><li><a href="/p/2">又一篇</a></li></ul></aside>
<footer>© ${htmlText(story.account)}</footer></body></html>`);
}

/** A page with a title, a sentence and nothing to tell who wrote it or when. */
export function plainPage(title: string, sentences: string): Answer {
  return html(
    `<!doctype html><html><head><meta charset="utf-8"><title>${htmlText(title)}</title></head><body><h1>${htmlText(title)}</h1><p>${htmlText(sentences)}</p></body></html>`,
  );
}

/** CSDN; the visible time is a later change, the true one in data-time. */
export function csdnPost(user: string, id: string, story: Story): Answer {
  return html(`<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><link rel="canonical" href="https://blog.csdn.net/${user}/article/details/${id}"/><title>${htmlText(story.title)}-CSDN博客</title></head><body class="nodata">
<div class="article-header-box"><div class="article-title-box"><h1 class="title-article" id="articleContentId">${htmlText(story.title)}</h1></div>
<div class="article-info-box"><a class="follow-nickName " href="https://blog.csdn.net/${user}" target="_blank" rel="noopener" title="${htmlText(story.author)}">${htmlText(story.author)}</a>
<span class="time">最新推荐文章于&nbsp;2026-01-01 00:00:00&nbsp;发布</span><span class="time blog-postTime" data-time="${wallClock(story.published, true)}">于&nbsp;${wallClock(story.published, true)}&nbsp;发布</span></div></div>
<article class="baidu_pl"><div id="article_content" class="article_content clearfix"><div id="content_views" class="htmledit_views">${weave(story, paragraph, figure)}</div></div></article>
<script>var postTime = "${wallClock(story.published, true)}";</script></body></html>`);
}

/** CSDN's cookie challenge. */
export const csdnChallenge = (): Answer =>
  html(
    `<html><script>var arg1='0123456789ABCDEF0123456789ABCDEF01234567';document.cookie='acw_sc__v2='+arg1;location.reload()</script></html>`,
  );

/** cnblogs; the h1 is the blog's name. */
export function cnblogsPost(blog: string, id: string, story: Story): Answer {
  const url = `https://www.cnblogs.com/${blog}/p/${id}`;
  return html(`<!DOCTYPE html><html lang="zh-cn"><head><meta charset="utf-8" /><title>${htmlText(story.title)} - ${htmlText(story.author)} - 博客园</title><link rel="canonical" href="${url}" /></head><body>
<h1 id="Header1_HeaderTitle"><a href="https://www.cnblogs.com/${blog}">${htmlText(story.account)}</a></h1>
<div id="topics"><div class="post"><h2 class="postTitle"><a id="cb_post_title_url" class="postTitle2 vertical-middle" href="${url}" title="发布于 ${wallClock(story.published)}"><span role="heading" aria-level="2">${htmlText(story.title)}</span></a></h2>
<div id="cnblogs_post_body" class="blogpost-body cnblogs-markdown">${weave(story, paragraph, figure)}</div>
<div class="postDesc">posted @ <span id="post-date">${wallClock(story.published)}</span>&nbsp;<a href="https://www.cnblogs.com/${blog}">${htmlText(story.author)}</a></div></div></div></body></html>`);
}

/** Juejin, rendered on the server. */
export function juejinPost(id: string, story: Story): Answer {
  return html(`<!doctype html><html><head><meta charset="utf-8"><title>${htmlText(story.title)} - 掘金</title><link rel="canonical" href="https://juejin.cn/post/${id}"></head><body>
<article itemscope itemtype="http://schema.org/Article" class="article"><meta itemprop="headline" content="${htmlText(story.title)}"><meta itemprop="datePublished" content="${new Date(Date.parse(story.published)).toISOString()}"><div itemprop="author" itemscope itemtype="http://schema.org/Person"><meta itemprop="name" content="${htmlText(story.author)}"></div>
<h1 class="article-title" data-v-7cdd11fb>
          ${htmlText(story.title)}
        </h1><div class="author-info-block"><div class="author-name" data-v-7cdd11fb><a href="/user/1/posts" class="username"><span class="name">${htmlText(story.author)}</span></a></div></div>
<div id="article-root" itemprop="articleBody"><div class="article-viewer markdown-body cache"><style>.markdown-body{word-break:break-word}</style>${weave(story, paragraph, figure)}</div></div></article></body></html>`);
}

/** Toutiao's script challenge: a body without a word in it. */
export const toutiaoChallenge = (): Answer =>
  html(
    `<html><head><meta charset="UTF-8" /></head><body></body><script src="https://sf1-cdn-tos.toutiaostatic.com/obj/rc-web-sdk/acrawler.js"></script><script>var glb;(glb="undefined"==typeof window?global:window)._$jsvmprt=function(b,e,f){return b};window.byted_acrawler&&window.byted_acrawler.init({aid:99999999,dfp:0});</script></html>`,
  );

/** A GitHub repository's page. */
export function githubRepository(name: string, story: Story): Answer {
  return html(
    `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>GitHub - ${name}: ${htmlText(story.title)}</title><meta property="og:site_name" content="GitHub"><meta property="og:title" content="GitHub - ${name}: ${htmlText(story.title)}"><meta property="og:url" content="https://github.com/${name}"></head><body><main><strong itemprop="name"><a href="/${name}">${name.split('/')[1] ?? name}</a></strong><article class="markdown-body entry-content container-lg" itemprop="text"><h1>${htmlText(story.title)}</h1>${weave(story, paragraph, figure)}</article></main></body></html>`,
  );
}

/** A paper's page on arXiv. */
export function arxivAbstract(id: string, story: Story): Answer {
  return html(
    `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>[${id}] ${htmlText(story.title)}</title><link rel="canonical" href="https://arxiv.org/abs/${id}"/><meta property="og:title" content="${htmlText(story.title)}"/><meta name="citation_title" content="${htmlText(story.title)}"/><meta name="citation_author" content="${htmlText(story.author)}"/><meta name="citation_date" content="${story.published.slice(0, 10).replaceAll('-', '/')}"/><meta name="citation_arxiv_id" content="${id}"/><meta name="citation_pdf_url" content="https://arxiv.org/pdf/${id}"/></head><body><div id="abs"><h1 class="title mathjax"><span class="descriptor">Title:</span>${htmlText(story.title)}</h1><div class="authors"><span class="descriptor">Authors:</span><a href="#">${htmlText(story.author)}</a></div><blockquote class="abstract mathjax"><span class="descriptor">Abstract:</span>${htmlText(story.paragraphs.join(' '))}</blockquote></div></body></html>`,
  );
}
