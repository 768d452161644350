import { type Answer, answer, html } from '../answers.ts';
import { gbk } from './gbk.ts';
import { htmlText, type Story, wallClock, weave } from './story.ts';

const thumbnail = (address: string): string =>
  `<p class="f_center"><img src="https://nimg.ws.126.net/?url=${encodeURIComponent(address)}&amp;thumbnail=660x2147483647&amp;quality=80&amp;type=jpg"/><br></p>`;

/** A subscription article of the layout since 2021; `story.account` is the subscribed account. */
export function neteaseArticle(id: string, story: Story): Answer {
  const url = `https://www.163.com/dy/article/${id}.html`;
  const body = weave(
    story,
    (text) => `<p id="${text.length.toString(36).toUpperCase()}">${htmlText(text)}</p>`,
    thumbnail,
  );
  return html(`<!DOCTYPE HTML>
<!--[if IE 6 ]> <html class="ne_ua_ie6 ne_ua_ielte8" id="ne_wrap"> <![endif]-->
<!--[if !IE]><!--> <html id="ne_wrap" data-category="科技" data-publishtime="${wallClock(story.published, true)}" data-protocol="https"> <!--<![endif]-->
<head>
    <title>${htmlText(story.title)}|模型|算法|数据_网易订阅</title>
    <meta charset="utf-8">
    <meta name="keywords" content="模型,算法,数据">
    <meta name="author" content="网易">
    <meta name="Copyright" content="网易版权所有">
    <base target="_blank"><!--[if lte IE 6]></base><![endif]-->
    <meta property="og:type" content="news">
    <meta property="og:title" content="${htmlText(story.title)}">
    <meta property="og:url" content="${url}">
    <meta property="article:author" content="网易">
    <meta property="article:published_time" content="${story.published}">
    <link rel="canonical" href="${url}">
    <script>var errors = { notFound: '404', gone: '内容不存在或已被删除' };</script>
</head>
<body>
<div class="ntes_nav_wrap" id="js_N_NTES_wrap"><a href="https://www.163.com/" title="网易首页">网易首页</a><ul><li><a href="https://m.163.com/newsapp/#f=topnav"><em>网易新闻</em></a></li></ul></div>
<div class="wrapper clearfix" id="contain" data-docid="${id}" data-ptime="${wallClock(story.published, true)}">
  <div class="post_main">
    <div class="post_crumb"><a href="https://www.163.com/">网易首页</a> &gt; <a href="https://dy.163.com/">网易号</a> &gt; 正文
      <a class="to_reg" href="https://dy.163.com/wemedia/index.html">申请入驻</a></div>
    <h1 class="post_title">${htmlText(story.title)}</h1>
    <!-- 来源 -->
    <div class="post_info">
          ${wallClock(story.published, true)}　来源: <a href="https://www.163.com/dy/media/T1512041896308.html">${htmlText(story.account)}</a>
        <img src="https://static.ws.126.net/163/f2e/dy_media/ipLocation.f6d00eb.svg" style="vertical-align: top;">北京
        &nbsp;<a href="https://www.163.com/special/0077jt/tipoff.html" target="_blank" class="post_jubao">举报</a>
    </div>
    <div class="post_content" id="content" data-cover="">
      <div class="post_top"><div class="post_top_share"><span class="post_top_share_title">分享至</span></div></div>
      <div class="post_body">${body}
      </div>
      <div class="post_statement">特别声明：以上内容(如有图片或视频亦包括在内)为自媒体平台“网易号”用户上传并发布，本平台仅提供信息存储服务。</div>
    </div>
  </div>
  <div class="post_side"><h2>热点推荐</h2><ul><li><a href="https://www.163.com/dy/article/ZZZZZZZZ05118O92.html">另一条不相干的新闻</a></li></ul></div>
</div>
</body>
</html>`);
}

/** A news page of 2019: `.post_time_source`, `#endText`, an og:title that is cut at a straight quote. */
export function netease2019(url: string, story: Story): Answer {
  const body = weave(story, (text) => `<p>　　${htmlText(text)}</p>`, thumbnail);
  return html(`<!DOCTYPE HTML>
<html id="ne_wrap" class="ua-mac"><head>
    <title>${htmlText(story.title)}_网易财经</title>
    <meta charset="utf-8">
    <meta property="og:title" content="${story.title.split('"')[0] ?? ''}" ${story.title.includes('"') ? '暗=""' : ''}>
    <meta property="og:url" content="${url}">
    <meta property="article:author" content="网易">
    <meta property="article:published_time" content="${story.published}">
    <script type="text/javascript" src="//news.163.com/special/00014P2P/face_map.js" charset="gbk"></script>
</head>
<body class="w9">
<div class="post_content_main" id="epContentLeft">
  <h1>${htmlText(story.title)}</h1>
  <div class="post_time_source">
      ${wallClock(story.published, true)}　来源: <a id="ne_article_source" href="http://#" target="_blank">${htmlText(story.account)}</a>
      <a href="http://jubao.aq.163.com/" target="_blank" class="post_jubao">举报</a>
  </div>
  <div class="post_body">
    <div class="post_topshare"><span class="post_topshare_title">分享到：</span><ul class="post_share"><li>易信</li><li>微信</li></ul></div>
    <div class="post_text" id="endText">
    ${body}
      <div class="gg200x300"><iframe src="https://static.163.com/ad.html"></iframe></div>
      <p></p><div class="ep-source cDGray"><span class="left"><a href="http://money.163.com/"><img src="https://static.ws.126.net/cnews/css13/img/end_money.png" alt="netease" width="13" height="12" class="icon"></a> 本文来源：${htmlText(story.account)} </span><span class="ep-editor">责任编辑：${htmlText(story.author)}_NF0000</span></div>
    </div>
  </div>
</div>
</body></html>`);
}

/** A channel page of 2015 in GB2312, declared in header and meta: `#h1title`, `.ep-time-soure` (sic), `#endText`. */
export function netease2015(url: string, story: Story): Answer {
  const body = weave(
    story,
    (text) => `<p>　　${htmlText(text)}</p>`,
    (address) => `<p class="f_center"><img alt="" src="${address}" /></p>`,
  );
  const page = `<!DOCTYPE HTML>
<html id="ne_wrap">
<head>
<meta http-equiv="Content-Type" content="text/html; charset=gb2312" />
<title>${htmlText(story.title)}_网易新闻中心</title>
<link rel="canonical" href="${url}" />
</head>
<body>
<div class="ep-content-main" id="epContentLeft">
  <h1 id="h1title" class="ep-h1">${htmlText(story.title)}</h1>
  <div class="clearfix"><div class="ep-time-soure cDGray">
        ${wallClock(story.published, true)}　来源: <a id="ne_article_source" href=http://www.example.com/ target=_blank rel="nofollow">${htmlText(story.account)}</a>(上海)    </div></div>
  <div id="endText" class="end-text">
  ${body}
    <div class="ep-source cDGray"><span class="left"><img src="http://img1.cache.netease.com/cnews/css13/img/end_news.png" alt="" width="13" height="12" class="icon"> 本文来源：${htmlText(story.account)} </span><span class="ep-editor">责任编辑：${htmlText(story.author)}</span></div>
  </div>
</div>
</body></html>`;
  return answer(200, [['Content-Type', 'text/html; charset=GB2312']], gbk(page));
}

/** A page of 2004: tables, GBK bytes, and no word anywhere about the charset. */
export function netease2004(story: Story): Answer {
  const page = `<html>
<head>
<title>${htmlText(story.title)}_商业频道</title>
<META NAME="robots" CONTENT="index, follow">
</head>
<body leftmargin="0" topmargin="0">
<table width="559" border="0" cellspacing="0" cellpadding="0"><tr><td align="center" colspan="2"><!---title--->
        <h1>${htmlText(story.title)}</h1>
        <!---title---></td></tr>
<tr><TD height=21 class=graysl>
              ${wallClock(story.published, true)}
                            来源:<font color="#D73727">
              ${htmlText(story.account)}
              </font></TD></tr></table>
<table width="560"><tr><td><span class="grayb">${story.paragraphs.map((text) => `<P>　　${htmlText(text)}</P>`).join('\n')}</span></td></tr></table>
</body>
</html>`;
  return answer(200, [['Content-Type', 'text/html']], gbk(page));
}

/** What is left of an article that was removed. */
export const neteaseRemoved = (status = 404): Answer =>
  html(
    '<!DOCTYPE html><html><head><meta charset="utf-8"><title>网易-404</title></head><body><div class="wrap"><p class="tips">内容不存在或已被删除</p><a href="https://www.163.com/">返回首页</a></div></body></html>',
    status,
  );
