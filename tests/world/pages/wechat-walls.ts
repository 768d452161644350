import { type Answer, html } from '../answers.ts';

/* WeChat's pages that are no articles; all are answered with 200. */

const PREAMBLE = `<meta http-equiv="Content-Type" content="text/html; charset=utf-8">
    <meta name="viewport" content="width=device-width,initial-scale=1.0">
    <title></title>
    <link rel="stylesheet" type="text/css" href="//res.wx.qq.com/t/wx_fed/weui-source/res/2.6.4/weui.min.css" reportloaderror>
    <link rel="stylesheet" href="//res.wx.qq.com/mmbizappmsg/zh_CN/htmledition/js/assets/msg.mhujrzgy2c2f26e4.css" reportloaderror>`;

function errorPage(texts: string, extra = ''): Answer {
  return html(`<!DOCTYPE html>
<html class="">
<head>
    ${PREAMBLE}
</head>
<body id="activity-detail" class="zh_CN wx_wap_page   discuss_tab appmsg_skin_default appmsg_style_default ">
<div class="fullscreen-layout-padding" id="js_fullscreen_layout_padding"></div>
<div class="weui-msg">
    <div class="weui-msg__icon-area"><i class="weui-icon-warn weui-icon_msg-primary"></i></div>
    <div class="weui-msg__text-area">
        ${texts}
    </div>
    <div class="weui-msg__extra-area"><div class="weui-footer"><p class="weui-footer__links">
        <a class="weui-footer__link" href="https://mp.weixin.qq.com/webpoc/ruleCenter?type=oa">微信公众平台运营中心</a>
    </p></div></div>
</div>
${extra}
<script type="text/javascript" nonce="" reportloaderror>
    var biz = '' || '';
    var mid = '' || '' || '';
</script>
</body>
</html>`);
}

const warn = (text: string): string => `<div class="weui-msg__title warn">${text}</div>`;
const heading = (text: string, tips: string): string => `<h2 class='weui-msg__title title'>
            ${text}
        </h2>
        <div class="weui-msg__desc"><p class="tips">${tips}</p></div>`;

/** Deleted by its author. */
export const wechatDeleted = (): Answer => errorPage(warn('该内容已被发布者删除'));
/** The same as a client is shown that asks for English. */
export const wechatDeletedInEnglish = (): Answer => errorPage(warn('The content has been deleted by the author.'));
/** Taken down by the platform, with its reason. */
export const wechatViolation = (): Answer =>
  errorPage(
    heading('此内容因违规无法查看', '由用户投诉并经平台审核，涉嫌过度营销、骚扰用户，查看<a href="#">对应规则</a>'),
  );
/** Taken down for infringement. */
export const wechatInfringement = (): Answer =>
  errorPage(heading('此内容被投诉且经审核涉嫌侵权，无法查看', '由权利人投诉'));
/** The account itself is closed. */
export const wechatAccountClosed = (): Answer => errorPage(warn('此账号已自主注销，内容无法查看'));
/** The account is banned. */
export const wechatAccountBanned = (): Answer => errorPage(warn('此帐号已被屏蔽, 内容无法查看'));
/** An address that names nothing. */
export const wechatParamError = (): Answer => errorPage(warn('参数错误'), `<script>var ret='-2'*1;</script>`);
/** A link of Sogou's that lived for some hours. */
export const wechatLinkExpired = (): Answer => errorPage('<h2 class="weui-msg__title">链接已过期</h2>');
/** The account moved, and the page says where the article went. */
export const wechatMigrated = (target: string): Answer =>
  errorPage(
    '<h2 class="weui-msg__title">该公众号已迁移</h2>',
    `<script>var transferTargetLink = '${target.replaceAll('&', '\\x26amp;')}';</script>`,
  );
/** The older wall, in words. */
export const wechatVerifyText = (): Answer =>
  errorPage(
    `<h2 class="weui-msg__title">环境异常</h2><p class="weui-msg__desc">当前环境异常，完成验证后即可继续访问。</p>`,
    `<p class="weui-btn-area"><a class="weui-btn weui-btn_primary" id="js_verify">去验证</a></p><script>var PAGE_MID='mmbizwap:secitptpage/template/verify.html';</script>`,
  );
/** Asked too often. */
export const wechatTooOften = (): Answer => errorPage('<div class="weui-msg__title warn">访问过于频繁</div>');

/** Withheld for now; the only one with a title, and in a charset without its hyphen. */
export const wechatWithheld = (): Answer =>
  html(`<!DOCTYPE html>
<html>
<head>
    <meta http-equiv="content-type" content="text/html;charset=utf8">
    <title>该内容暂时无法查看</title>
</head>
<body>
<div class="panel">
    <div class="mesg-block">
        <p>该内容暂时无法查看</p>
    </div>
</div>
</body>
</html>`);
