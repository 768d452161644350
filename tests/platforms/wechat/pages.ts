/** WeChat pages in their real shape, with our own words. */

/** Escapes a value as the platform prints it inside JsDecode('…'). */
export function jsDecode(value: string): string {
  const escaped = value
    .replaceAll('\\', '\\x5c')
    .replaceAll('\r', '\\x0d')
    .replaceAll('"', '\\x22')
    .replaceAll('&', '\\x26')
    .replaceAll("'", '\\x27')
    .replaceAll('<', '\\x3c')
    .replaceAll('>', '\\x3e')
    .replaceAll('\n', '\\x0a');
  return `JsDecode('${escaped}')`;
}

export interface Fields {
  readonly title: string;
  readonly account: string;
  readonly author?: string;
  readonly content: string;
  readonly epoch: number;
  readonly kind: number;
  readonly link: string;
  readonly pictures?: readonly string[];
  readonly extra?: string;
}

/** The script with `cgiDataNew`, as it is since 2025: no JSON, but a JavaScript literal. */
function cgiScript(fields: Fields): string {
  const pictures = (fields.pictures ?? []).map(
    (url) => `{
                        cdn_url: ${jsDecode(url.replaceAll('&', '&amp;amp;'))},
                        width: '1080' * 1,
                        show_watermark: true,
                        watermark_info: {
                            cdn_url: ${jsDecode('https://mmbiz.qpic.cn/mmbiz_png/watermark/0?wx_fmt=png')},
                        },
                    },`,
  );
  return `<script type="text/javascript" h5only nonce="1" reportloaderror>
    (function() {
        function JsDecode(str) { return str; }
        try {
            window.cgiDataNew = {
                base_resp: { ret: '0' * 1, errmsg: JsDecode('ok'), },
                nick_name: ${jsDecode(fields.account)},
                title: ${jsDecode(fields.title)},
                desc: JsDecode(''),
                content_noencode: ${jsDecode(fields.content)},
                create_time: JsDecode('2026-01-01 00:00'),
                link: ${jsDecode(fields.link.replaceAll('&', '&amp;'))},
                author: ${jsDecode(fields.author ?? '')},
                ori_create_time: '${fields.epoch}' * 1,
                bizuin: JsDecode('MzAwMDAwMDAwMQ=='),
                mid: '2650000001' * 1,
                idx: '1' * 1,
                sn: JsDecode('0123456789abcdef0123456789abcdef'),
                item_show_type: '${fields.kind}' * 1,
                user_info: { is_paid: '0' * 1, },
                ${fields.extra ?? "is_pay_subscribe: '0' * 1,"}
                picture_page_info_list: [
                    ${pictures.join('\n')}
                ],
                desc_empty: true,
            };
        } catch (e) { window.cgiError = e; }
    })();
</script>`;
}

/** An article page with `body` as its visible tree. */
export function articlePage(fields: Fields, body: string): string {
  return `<!DOCTYPE html>
<html class=""><head>
<meta charset="utf-8">
<meta property="og:title" content="${fields.title}" />
<meta property="og:url" content="${fields.link.replaceAll('&', '&amp;')}" />
<meta property="og:site_name" content="微信公众平台" />
<meta name="author" content="${fields.author ?? ''}" />
<title></title>
<script>var PAGE_MID = 'mmbizwap:appmsg/newindex.html';</script>
</head><body id="activity-detail" class="zh_CN">
<div id="js_article" style="position:relative;" class="rich_media">${body}</div>
${cgiScript(fields)}
<script>var ct = "${fields.epoch}"; window.isPaySubscribe = '0' * 1;</script>
</body></html>`;
}

/** The tree around the text of an ordinary article; the text is hidden until a script shows it. */
export function articleBody(fields: Fields): string {
  return `<div id="img-content" class="rich_media_wrp">
<h1 class="rich_media_title " id="activity-name">${fields.title}</h1>
<div id="meta_content" class="rich_media_meta_list">
<span class="rich_media_meta rich_media_meta_nickname"><a href="javascript:void(0);" id="js_name">${fields.account}</a></span>
<em id="publish_time" class="rich_media_meta rich_media_meta_text"></em></div>
<div class="rich_media_content" id="js_content" style="visibility: hidden; opacity: 0; ">${fields.content}</div></div>`;
}

/** A page that says what became of an article. */
export function messagePage(title: string, desc = '', warn = ' warn'): string {
  return `<!DOCTYPE html><html class=""><head><meta charset="utf-8"><title></title>
<script>var quoted = '该内容已被发布者删除 此内容因违规无法查看 参数错误';</script></head>
<body class="zh_CN"><div class="weui-msg"><div class="weui-msg__icon-area"><i class="weui-icon-warn"></i></div>
<div class="weui-msg__text-area"><div class="weui-msg__title${warn}">${title}</div><div class="weui-msg__desc">${desc}</div></div>
<div class="weui-msg__extra-area"></div></div></body></html>`;
}

/** The captcha shell: no visible text at all. */
export const CAPTCHA = `<!DOCTYPE html><html><head><meta http-equiv=Content-Type content="text/html;charset=utf-8"><title></title>
<link rel="stylesheet" href="//res.wx.qq.com/mmbizwap/zh_CN/htmledition/style/page/secitptpage/verify000000.css" media="all">
</head><body class="zh_CN "><div class="weui-msg"><div id="tips" style="display:none;" class="top_tips warning"></div></div>
<script type="text/javascript">var PAGE_MID='mmbizwap:secitptpage/verify.html';</script>
<script src="https://captcha.gtimg.com/TCaptcha.js"></script>
<script nonce="">window.cgiData = { register_code : "0" * 1, target_url : "https://mp.weixin.qq.com/s/AAAAAAAAAAAAAAAAAAAAAA" }</script>
</body></html>`;
