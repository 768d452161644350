/** Zhihu pages in their real shape, with our own words. */

/** A page whose data carry these entities; `body` is the visible tree. */
export function dataPage(entities: unknown, body = '', cdata = false): string {
  const json = JSON.stringify({ initialState: { common: {}, entities } }).replaceAll('</', '<\\u002F');
  const data = cdata ? `<![CDATA[${json}]]>` : json;
  return `<!doctype html><html lang="zh" data-ab-config="za_zse_ck_refer"><head><meta charset="utf-8">
<title data-rh="true">(99+ 封私信 / 81 条消息) 某页 - 知乎</title></head><body><div id="root">${body}</div>
<script id="js-initialData" type="text/json">${data}</script></body></html>`;
}

/** Content with one of everything that Zhihu alone writes. */
const CONTENT = `<p data-first-child="">论文见<a href="https://link.zhihu.com/?target=https%3A//example.org/a%3Fx%3D1%26y%3D2" class="external">这里</a>，
<a class="RichContent-EntityWord" href="https://zhida.zhihu.com/search?content_id=1&amp;q=x">词</a>不必链接。<sup data-text="手册第三页" data-url="https://example.org/p3" data-draft-type="reference" data-numero="1">[1]</sup></p>
<p>勾股：<img src="https://www.zhihu.com/equation?tex=a%5E2%2Bb%5E2" alt="a^2+b^2" eeimg="1"/> 成立。</p>
<figure data-size="normal"><noscript><img src="https://pic1.zhimg.com/v2-one_720w.jpg"/></noscript><img src="data:image/svg+xml;utf8,&lt;svg&gt;&lt;/svg&gt;" data-actualsrc="https://pic1.zhimg.com/v2-one_720w.jpg" data-original="https://pic1.zhimg.com/v2-one_r.jpg" class="lazy"/></figure>
<figure><img src="https://pic2.zhimg.com/v2-two_1440w.gif" data-thumbnail="https://pic2.zhimg.com/v2-two_b.jpg" data-original="https://pic2.zhimg.com/v2-two_r.jpg"/></figure>
<a href="https://link.zhihu.com/?target=https%3A//example.org/card" data-draft-node="block" data-draft-type="link-card" data-image="https://pic1.zhimg.com/v2-card_ipico.jpg" data-image-width="120" data-image-height="120" class="external">一张卡片</a>
<a class="video-box" href="https://link.zhihu.com/?target=https%3A//www.zhihu.com/video/123" data-lens-id="123"><img class="thumbnail" src="https://pic3.zhimg.com/v2-film_b.jpg"/><span class="content"><span class="title"></span><span class="url">https://www.zhihu.com/video/123</span></span></a>
<div class="highlight"><pre><code class="language-python"><span class="k">print</span>(1)</code></pre></div>
<table><tbody><tr><th>甲</th><th>乙</th></tr><tr><td>1</td><td>2</td></tr></tbody></table>
<p>完。</p>`;

export const ARTICLE = {
  id: '1995461159109826221',
  title: '纸飞机为什么会转弯',
  articleType: 'paid_column_content',
  content: CONTENT,
  created: 1700000000,
  updated: 1700003600,
  contentNeedTruncated: false,
  state: 'published',
  author: { name: '折纸的人', urlToken: 'fold' },
  column: { title: '折纸手记' },
};

export const QUESTION = {
  id: '54000001',
  title: '纸飞机怎样折得远？',
  detail: '<p>试了三种都不行。</p>',
  created: 1480000000,
  updatedTime: 1480000100,
  author: { name: '问的人' },
};

export const ANSWER = {
  id: '137000001',
  content: '<p>机头要重，<b>翼要平</b>。</p>',
  createdTime: 1480001000,
  updatedTime: 1480002000,
  author: { name: '答的人' },
  question: { id: '54000001', title: QUESTION.title },
  contentNeedTruncated: false,
};

export const OTHER_ANSWER = { ...ANSWER, id: '137000002', content: '<p>别的回答。</p>', author: { name: '别人' } };

export const PIN = {
  id: '17000001',
  content: [
    { type: 'text', content: '今天飞了 <b>二十米</b>。' },
    { type: 'image', url: 'https://pic1.zhimg.com/v2-pin.jpg' },
    { type: 'link', url: 'https://example.org/fly', title: '飞行记录' },
  ],
  created: 1700000000,
  author: { name: '折纸的人' },
};

export const CHALLENGE = `<!DOCTYPE html><html lang="en"><head><meta id="zh-zse-ck" charset="UTF-8" content="AAAA"></head><body><div style="opacity: 0.1">知乎，让每一次点击都充满意义</div><script data-assets-tracker-config='{"appName":"zse_ck"}' src="https://static.zhihu.com/zse-ck/v4/00.js"></script></body></html>`;

export const TARDIS = `<!DOCTYPE html><html><head><meta charset="utf-8"><title>知乎</title></head><body><div id="root"></div><script>window.g_initialProps = {"renderHtml":{"type":"art","title":"纸飞机为什么会转弯","content":"<p>因为翼尖。<\\/p>","created":1700000000,"author":{"name":"折纸的人"},"deeplink_url":"https://oia.zhihu.com/articles/1995461159109826221"}};</script></body></html>`;

/** The page as a visitor sees it, saved without its data. */
export const DOM = `<!doctype html><html><head><meta charset="utf-8"><title>(3 封私信 / 2 条消息) 纸飞机为什么会转弯 - 知乎</title></head><body>
<article class="Post-Main"><header><h1 class="Post-Title">纸飞机为什么会转弯</h1><div class="Post-Author"><div class="AuthorInfo"><meta itemprop="name" content="折纸的人"></div></div></header>
<meta itemprop="url" content="https://zhuanlan.zhihu.com/p/1995461159109826221"><meta itemprop="datePublished" content="2023-11-14T22:13:20.000Z">
<div class="RichText ztext Post-RichText"><p>因为翼尖，<span class="ztext-math" data-eeimg="1" data-tex="x^2">x²</span>。</p></div></article></body></html>`;

export function errorPage(words: string, title = '404 - 知乎'): string {
  return `<!DOCTYPE html><html><head><meta charset="utf-8"><title>${title}</title></head><body><div class="ErrorPage"><h1 class="ErrorPage-title">404</h1><p class="ErrorPage-subtitle">${words}</p></div></body></html>`;
}

export function apiError(code: number, message = '出错了'): string {
  return JSON.stringify({ error: { code, message, need_login: true } });
}
