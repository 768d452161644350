import { createCipheriv } from 'node:crypto';
import { type Answer, html, redirect } from '../answers.ts';
import { epoch, htmlText, type Story, wallClock, weave } from './story.ts';

/** A picture's address as Sohu hides it in data-src: AES-128-ECB, PKCS7, base64. */
function encrypted(address: string): string {
  const cipher = createCipheriv('aes-128-ecb', 'www.sohu.com6666', null);
  return cipher.update(address, 'utf8', 'base64') + cipher.final('base64');
}

/** An article, `https://www.sohu.com/a/<news>_<media>`; pictures only encrypted and in cfgs.imgsList. */
export function sohuArticle(news: string, media: string, story: Story, displayMode = '0'): Answer {
  const path = `www.sohu.com/a/${news}_${media}`;
  const time = wallClock(story.published);
  const body = weave(
    story,
    (text) => `<p>${htmlText(text)}</p>`,
    (address) => `<p class="ql-align-center"><img max-width="600" data-src="${encrypted(address)}"></p>`,
  );
  const list = story.pictures.map(
    (address) => `{
        "url": "${address.replace(/^https?:/, '')}",
        "width": "1166",
        "height": "1545",
      }`,
  );
  return html(`<!doctype html>
<html data-log-pv="{&quot;mpc&quot;:31}">
 <head>
 <title>${htmlText(story.title)}_模型_数据_研究</title>
 <meta name="copyright" content="Copyright © 2017 Sohu.com Inc. All Rights Reserved.">
 <meta name="mediaid" content="${htmlText(story.account)}">
 <meta property="og:type" content="news">
 <meta property="og:image" content="${(story.pictures[0] ?? '').replace(/^https?:/, '')}">
 <meta property="og:url" content="${path}">
 <meta property="og:release_date" content="${time}">
 <meta itemprop="dateUpdate" content="${time}">
 <meta itemprop="datePublished" content="${time}">
 <link rel="canonical" href="https://${path}">
 <meta property="og:title" content="${htmlText(story.title)}_模型_数据_研究">
 <meta charset="utf-8">
 </head>
 <body class="article-page" data-region="157" data-spm="content" data-newsid="${news}">
 <div class="wrapper-box">
  <header id="main-header" class="error-head"><ul><li class="nav-item"><a target="_blank" href="http://news.sohu.com/">新闻</a></li></ul></header>
  <div class="area clearfix" id="article-container">
  <div class="column left"><div class="user-info" id="user-info" data-spm="author">
   <h4><a href="https://mp.sohu.com/profile?xpt=stand-in" target="_blank">${htmlText(story.account)}</a></h4></div></div>
  <div class="left main"><div class="text">
    <div class="text-title">
    <h1>${htmlText(story.title)} <span class="article-tag"> </span></h1>
    <div class="article-info"><span class="time" id="news-time" data-val="${epoch(story.published)}000"> ${time} </span>
     <div class="area"><span>发布于：</span><span>北京市</span></div></div>
    </div>
    <article class="article" id="mp-editor"><!-- 政务处理 -->
    <p data-role="original-title" style="display:none">原标题：${htmlText(story.title)}</p>
    ${body}
    <p>返回搜狐，查看更多<a href="//www.sohu.com/?strategyid=00001" id="backsohucom"><span class="backword">返回搜狐，查看更多</span></a></p>
    <p data-role="editor-name">责任编辑：<span></span></p>
    </article>
    <div class="lookall-box"><a id="showall">展开全文</a></div>
    <div class="statement">平台声明：该文观点仅代表作者本人，搜狐号系信息发布平台，搜狐仅提供信息存储空间服务。</div>
  </div></div>
  </div>
 </div>
 <script>
try {
    var cfgs = {
    channel_id: "31",
    news_id: "${news}",
    media_id: "${media}",
    title: "${story.title.replaceAll('"', '\\"')}",
    imgsList: [
      ${list.join(',\n      ')}
                ],
    // 展示模式控制（0-无限制 1-8分 2-登录 3-订阅 4-付费）
    displayMode: "${displayMode}",
    HVTitle: ""
  }
} catch (e) {
  var html = '<div class="err-js"><p>页面加载错误，请刷新</p></div>';
}
 </script>
 </body>
</html>
`);
}

/** What is left of a removed article. */
export const sohuRemoved = (status = 404): Answer =>
  html(
    '<!DOCTYPE html><html><head><meta charset="utf-8"><title>404 Not Found</title></head><body><div class="error-wrap"><p>404,您访问的页面已经不存在!</p></div></body></html>',
    status,
  );

/** A removed article that is sent to the front page instead. */
export const sohuToHome = (): Answer => redirect('https://www.sohu.com/', 302);

/** The front page. */
export const sohuHome = (): Answer =>
  html(
    '<!DOCTYPE html><html><head><meta charset="utf-8"><title>搜狐</title></head><body><nav><a href="//news.sohu.com/">新闻</a><a href="//sports.sohu.com/">体育</a></nav><ul><li><a href="/a/100000001_1">今日要闻一条</a></li><li><a href="/a/100000002_1">又一条要闻</a></li></ul></body></html>',
  );
