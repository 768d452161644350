import { type Answer, type Handler, html, redirect } from '../answers.ts';
import { epoch, htmlText, type Story, wallClock, weave } from './story.ts';

/** What names one WeChat article for ever; `token` is the short link's, where it has one. */
export interface WechatIdentity {
  biz: string;
  mid: string;
  idx: string;
  sn: string;
  token?: string;
}

const LONG = 'https://mp.weixin.qq.com/s?';

/** The address that the list names: short where there is a token. */
function wechatUrl(id: WechatIdentity): string {
  return id.token === undefined ? longUrl(id) : `https://mp.weixin.qq.com/s/${id.token}`;
}

function longUrl(id: WechatIdentity): string {
  return `${LONG}__biz=${id.biz}&mid=${id.mid}&idx=${id.idx}&sn=${id.sn}`;
}

/** A string as WeChat writes it into its script: JsDecode('…') with a few characters as \x escapes. */
function jsDecode(text: string): string {
  const escaped = text.replace(/[\n\r"&'<>\\]/g, (sign) => `\\x${sign.charCodeAt(0).toString(16).padStart(2, '0')}`);
  return `JsDecode('${escaped}')`;
}

const picture = (address: string, index: number): string =>
  `<section style="text-align: center;" nodeleaf=""><img data-src="${htmlText(address)}" class="rich_pages wxw-img" data-ratio="0.56" data-type="png" data-w="1080" data-imgfileid="5000012${index}" style="visibility: visible !important;"  /></section>`;

/** The article's own HTML, as it stands in #js_content and in content_noencode. */
function wechatBody(story: Story): string {
  const paragraph = (text: string): string =>
    `<p style="margin-bottom: 24px;line-height: 1.75em;"><span leaf="" style="font-size: 16px;">${htmlText(text)}</span></p>`;
  return `<section data-pm-slice="0 0 []">${weave(story, paragraph, picture)}</section>`;
}

/* ---- parts that every page of the present layout has ---- */

const HEAD = `<meta name="wechat-enable-text-zoom-em" content="true">
    <meta http-equiv="Content-Type" content="text/html; charset=utf-8">
    <meta name="viewport" content="width=device-width,initial-scale=1.0,maximum-scale=1.0,user-scalable=0,viewport-fit=cover">
    <link rel="shortcut icon" type="image/x-icon" href="//res.wx.qq.com/a/wx_fed/assets/res/NTI4MWU5.ico" reportloaderror>
    <meta name="referrer" content="origin-when-cross-origin">
    <script type="text/javascript" nonce="899229603" reportloaderror>
        window.logs = { pagetime: {} };
        window.LANG = "zh_CN";
    </script>`;

/** Scripts of real pages name walls and deletions too: whoever looks for words in the raw page is misled. */
const MISLEADING_SCRIPT = `<script type="text/javascript" nonce="899229603" reportloaderror>
    var tips = { deleted: '该内容已被发布者删除', banned: '此内容因违规无法查看', env: '环境异常', again: '访问过于频繁' };
    function onError(code) { return code === -2 ? '参数错误' : tips[code] || '系统出错'; }
</script>`;

const A11Y = ['colon">：', 'comma">，', 'period">。', 'type_video">视频', 'like_btn_txt">在看', 'share_btn_txt">分享']
  .map((part) => `<span aria-hidden="true" class="weui-a11y_ref" style="display:none" id="js_a11y_${part}</span>`)
  .join('\n');

function openGraph(story: Story, url: string): string {
  const cover = story.pictures[0] ?? '';
  return `<meta name="description" content="" />
    <meta name="author" content="${htmlText(story.author)}" />
    <meta property="og:title" content="${htmlText(story.title)}" />
    <meta property="og:url" content="${htmlText(url)}" />
    <meta property="og:image" content="${htmlText(cover)}" />
    <meta property="og:description" content="" />
    <meta property="og:site_name" content="微信公众平台" />
    <meta property="og:type" content="article" />
    <meta property="og:article:author" content="${htmlText(story.author)}" />
    <meta property="twitter:card" content="summary" />
    <meta property="twitter:title" content="${htmlText(story.title)}" />
    <meta property="twitter:creator" content="${htmlText(story.author)}" />
    <title></title>`;
}

function pictureList(addresses: string[], watermark: string): string {
  const entries = addresses.map(
    (address) => `{
            cdn_url: ${jsDecode(htmlText(address))},
            width: '1201' * 1,
            height: '1601' * 1,
            is_qr_code: '0' * 1,
            poi_info: [
            ],
            disable_theme_color: true,
            watermark_info: {
                cdn_url: ${jsDecode(watermark)},
                is_uploader: true,
            },
            share_cover: {
                cdn_url: ${jsDecode(watermark)},
            },
        },`,
  );
  return `[\n${entries.join('\n')}\n]`;
}

interface CgiData {
  story: Story;
  id: WechatIdentity;
  /** item_show_type: 0 article, 8 album, 10 text. */
  kind: 0 | 8 | 10;
  content: string;
}

function cgiScript({ story, id, kind, content }: CgiData): string {
  const at = epoch(story.published);
  const list = pictureList(kind === 8 ? story.pictures : [], 'http://mmbiz.qpic.cn/mmbiz_png/watermark/0?wx_fmt=png');
  return `<script type="text/javascript" nonce="899229603" reportloaderror>
    function JsDecode(str) {
        return str && str.replace(/\\\\x5c/g, '\\\\').replace(/\\\\x0d/g, '\\r').replace(/\\\\x22/g, '"').replace(/\\\\x26/g, '&')
            .replace(/\\\\x27/g, '\\'').replace(/\\\\x3c/g, '<').replace(/\\\\x3e/g, '>').replace(/\\\\x0a/g, '\\n');
    }
    try {
        window.cgiDataNew = {
            base_resp: {
                ret: '0' * 1,
                errmsg: JsDecode('ok'),
                cookie_count: '0' * 1,
                sessionid: JsDecode('svr_763b91bd211'),
            },
            user_name: JsDecode('gh_fe02be2b2ff0'),
            nick_name: ${jsDecode(story.account)},
            title: ${jsDecode(story.title)},
            desc: JsDecode(''),
            content_noencode: ${jsDecode(content)},
            create_time: JsDecode('${wallClock(story.published)}'),
            cdn_url: ${jsDecode(story.pictures[0] ?? '')},
            link: ${jsDecode(wechatUrl(id))},
            author: ${jsDecode(story.author)},
            advertisement_info: [
            ],
            ori_create_time: '${at}' * 1,
            copyright_info: {
                copyright_stat: '0' * 1,
            },
            bizuin: JsDecode('${id.biz}'),
            mid: '${id.mid}' * 1,
            idx: '${id.idx}' * 1,
            sn: JsDecode('${id.sn}'),
            item_show_type: '${kind}' * 1,
            picture_page_info_list: ${list},
            create_timestamp: '${at}' * 1,
            ip_wording: {
                country_name: JsDecode('中国'),
                province_name: JsDecode('北京'),
            },
        };
    } catch (e) {
        console.error(e);
    }
</script>`;
}

function variables(story: Story, id: WechatIdentity): string {
  return `<script type="text/javascript" nonce="899229603" reportloaderror>
    var biz = "${id.biz}" || "";
    var sn = "${id.sn}" || "" || "";
    var mid = "${id.mid}" || "" || "";
    var idx = "${id.idx}" || "" || "";
    window.__allowLoadResFromMp = true;
</script>
<script type="text/javascript" nonce="899229603" reportloaderror>
    var nickname = htmlDecode("${htmlText(story.account)}");
    var ct = "${epoch(story.published)}";
    var user_name = "gh_fe02be2b2ff0";
    var msg_title = '${story.title.replaceAll("'", "\\'")}'.html(false);
    var createTime = '${wallClock(story.published)}';
</script>`;
}

/** An article of the layout since the end of 2025: #js_article, hidden #js_content, cgiDataNew, empty #publish_time. */
export function wechatArticle(story: Story, id: WechatIdentity): Answer {
  return html(articlePage(story, id, wechatBody(story), ''));
}

/** A shared article: #js_content is empty and the text only in cgiDataNew; names the original. */
export function wechatRepost(story: Story, id: WechatIdentity, original: { url: string; account: string }): Answer {
  const source = `<div class="original_area_primary"><a id="js_share_source" href="javascript:;" data-url="${htmlText(original.url)}">阅读全文</a><span id="js_share_author">${htmlText(original.account)}</span></div>`;
  return html(articlePage(story, id, null, source));
}

function articlePage(story: Story, id: WechatIdentity, body: string | null, extra: string): string {
  const panel = body === null ? 'original_panel_content" aria-hidden="true' : 'js_underline_content';
  return `<!DOCTYPE html>
<html class="">
<head>
    ${HEAD}
    ${openGraph(story, wechatUrl(id))}
</head>
<body id="activity-detail" class="zh_CN wx_wap_page appmsg_skin_default appmsg_style_default ">
${MISLEADING_SCRIPT}
<div id="js_article" style="position:relative;" class="rich_media">
  <div id="js_base_container" class="rich_media_inner">
    <div id="page-content" class="rich_media_area_primary">
      <div id="img-content" class="rich_media_wrp">
        <h1 class="rich_media_title " id="activity-name">
            ${htmlText(story.title)}</h1>
        <div id="meta_content" class="rich_media_meta_list">
          <span class="rich_media_meta rich_media_meta_text">${htmlText(story.author)}</span>
          <span class="rich_media_meta rich_media_meta_nickname" id="profileBt">
            <a href="javascript:void(0);" class="wx_tap_link" id="js_name">
              ${htmlText(story.account)}              </a>
            <div id="js_profile_card"></div>
          </span>
          <span id="meta_content_hide_info"><em id="publish_time" class="rich_media_meta rich_media_meta_text"></em></span>
        </div>
        ${extra}
        <div class="rich_media_content ${panel}" id="js_content" style="visibility: hidden; opacity: 0; ">${body ?? ''}</div>
      </div>
    </div>
  </div>
</div>
${A11Y}
${variables(story, id)}
${cgiScript({ story, id, kind: 0, content: wechatBody(story) })}
</body>
</html>`;
}

/** An article as captured from 2018 to 2024: no cgiDataNew, no og tags, the date in #post-date, facts in script variables. */
export function wechatOldArticle(story: Story, id: WechatIdentity): Answer {
  return html(`<!DOCTYPE html>
<!--headTrap<body></body><head></head><html></html>-->
<html>
<head>
    <meta http-equiv="Content-Type" content="text/html; charset=utf-8">
    <meta name="viewport" content="width=device-width,initial-scale=1.0">
    <link rel="dns-prefetch" href="//mmbiz.qpic.cn">
    <title>${htmlText(story.title)}</title>
</head>
<body id="activity-detail" class="zh_CN sougou_body">
${MISLEADING_SCRIPT}
<div id="js_article" class="rich_media">
  <div class="rich_media_inner">
    <div id="page-content" class="rich_media_area_primary">
      <div id="img-content">
        <h2 class="rich_media_title" id="activity-name">
            ${htmlText(story.title)} </h2>
        <div id="meta_content" class="rich_media_meta_list">
          <em id="post-date" class="rich_media_meta rich_media_meta_text">${story.published.slice(0, 10)}</em>
          <em class="rich_media_meta rich_media_meta_text">${htmlText(story.author)}</em>
          <a class="rich_media_meta rich_media_meta_link rich_media_meta_nickname" href="##" id="post-user">${htmlText(story.account)}</a>
          <span class="rich_media_meta rich_media_meta_text rich_media_meta_nickname">${htmlText(story.account)}</span>
          <div id="js_profile_qrcode" class="profile_container" style="display:none;"><div class="profile_inner">
            <strong class="profile_nickname">${htmlText(story.account)}</strong><p class="profile_meta"><label class="profile_meta_label">微信号</label></p></div></div>
        </div>
        <div class="rich_media_content " id="js_content">${wechatBody(story)}</div>
      </div>
    </div>
  </div>
</div>
<script nonce="2119129463" type="text/javascript">
    var biz = "" || "${id.biz}";
    var sn = "" || "" || "${id.sn}";
    var mid = "" || "" || "${id.mid}";
    var idx = "" || "" || "${id.idx}";
    var nickname = "${htmlText(story.account)}";
    var appmsg_type = "9";
    var ct = "${epoch(story.published)}";
    var publish_time = "${story.published.slice(0, 10)}" || "";
    var msg_title = "${htmlText(story.title)}";
    var msg_link = "${htmlText(longUrl(id))}";
</script>
</body>
</html>`);
}

/** An album of pictures with a caption: no #js_content, no #activity-name; everything is in cgiDataNew. */
export function wechatAlbum(story: Story, id: WechatIdentity): Answer {
  return html(sharePage(story, id, 8, 'page_share_img', '<div class="share_content_page_hd"></div>'));
}

/** A text without pictures: #js_content holds only the account's name. */
export function wechatText(story: Story, id: WechatIdentity): Answer {
  const shell = `<div id="js_content"><div id="js_top_profile" class="profile_area_hide"><div class="wx_follow_nickname">${htmlText(story.account)}</div></div></div>`;
  return html(sharePage(story, id, 10, 'page_share_text', shell));
}

function sharePage(story: Story, id: WechatIdentity, kind: 8 | 10, bodyClass: string, shell: string): string {
  return `<!DOCTYPE html>
<html class="">
<head>
    ${HEAD}
    ${openGraph(story, wechatUrl(id))}
</head>
<body id="" class="zh_CN wx_wap_page
                                            wx_wap_desktop_fontsize_2   page_share_common
${bodyClass} pages_skin_default
 discuss_tab appmsg_skin_default appmsg_style_default ">
${MISLEADING_SCRIPT}
<div id="js_article" class="share_content_page">
${shell}
<div class="share_content_page_bd" id="js_base_container"></div>
</div>
${A11Y}
${variables(story, id)}
${cgiScript({ story, id, kind, content: story.paragraphs.join('\n\n') })}
</body>
</html>`;
}

/* ---- the captcha in front of long links ---- */

/** Answers a long link as WeChat answers a stranger: 302 to the captcha page. */
export const toWechatCaptcha: Handler = (request) =>
  redirect(
    `https://mp.weixin.qq.com/mp/wappoc_appmsgcaptcha?poc_token=HMUCqGqj0000stand0in&target_url=${encodeURIComponent(request.url.href)}`,
  );

/** The captcha shell: no visible text, an empty .weui-msg, the wanted address in the script. */
export const wechatCaptcha: Handler = (request) =>
  html(`<!DOCTYPE html>
<html>
    <head>
        <meta http-equiv=Content-Type content="text/html;charset=utf-8">
        <title></title>
<link rel="stylesheet" type="text/css" href="//res.wx.qq.com/t/wx_fed/weui-source/res/2.5.14/weui.min.css">
<link rel="stylesheet" href="//res.wx.qq.com/mmbizwap/zh_CN/htmledition/style/page/secitptpage/verify80b352.css" media="all">
    </head>
    <body class="zh_CN " ontouchstart="">
<div class="weui-msg">
  <div id="tips" style="display:none;" class="top_tips warning"></div>
      </div>
<script type="text/javascript">
var PAGE_MID='mmbizwap:secitptpage/verify.html';
</script>
${A11Y}
<script src="https://captcha.gtimg.com/TCaptcha.js"></script>
<script nonce="" type="text/javascript">
  window.cgiData = {
    register_code : "0" * 1,
    target_url : "${request.url.searchParams.get('target_url') ?? ''}",
    cap_appid : "2003810213",
    timeout_ms : "30000" * 1,
    poc_token : "${request.url.searchParams.get('poc_token') ?? ''}",
  }
  seajs.use('secitptpage/template/verify.js');
</script>
    </body>
</html>`);
