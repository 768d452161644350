import type { Answer, VisitCase } from '../cases.ts';
import { articleBody, articlePage, type Fields, messagePage } from './pages.ts';

/** More of what mp.weixin.qq.com shows: every medium, shares of all years, pages saved by a browser, paid previews. */

const SHORT = 'https://mp.weixin.qq.com/s/Ab-c_D0123456789efghij';
const LONG =
  'https://mp.weixin.qq.com/s?__biz=MzAwMDAwMDAwMQ==&mid=2650000001&idx=1&sn=0123456789abcdef0123456789abcdef';
const alive = { verdict: 'alive', reason: 'ok', url: SHORT } as const;

const base: Fields = {
  title: '茶山四记',
  account: '山里人家',
  author: '',
  epoch: 1767225600,
  kind: 0,
  link: SHORT,
  content: '',
};
const share = (fields: Partial<Fields>, body = '<div class="share_content_page"></div>'): Answer[] => [
  { body: articlePage({ ...base, ...fields }, body) },
];

const MEDIA = `<section><h2>声音</h2>
<p><mp-common-mpaudio class="js_editor_audio" data-voice_encode_fileid="MzAwMDAwMDAwMV8y" data-name="采茶歌"></mp-common-mpaudio></p>
<p><mpvoice name="没有编号的录音"></mpvoice></p>
<p><qqmusic class="res_iframe" music_name="山歌" singer="阿秀" mid="003a1tne1nSz1Y" play_url="http://isure.stream.qqmusic.qq.com/x.m4a"></qqmusic></p>
<p><mp-common-qqmusic music_name="无号之歌" play_url="https://example.org/a?b=1&amp;amp;c=2"></mp-common-qqmusic></p>
<p><qqmusic music_name="哑歌"></qqmusic></p>
<h2>影像</h2>
<p><iframe class="video_iframe rich_pages" data-mpvid="wxv_1234567890123456789" data-src="https://mp.weixin.qq.com/mp/readtemplate?t=pages/video_player_tmpl&amp;vid=wxv_1234567890123456789"></iframe></p>
<p><iframe class="video_iframe" src="//v.qq.com/txp/iframe/player.html?vid=b0123456789"></iframe></p>
<p><iframe class="video_iframe"></iframe></p>
<p><iframe class="other_iframe" data-src="https://example.org/embed"></iframe></p>
<p><mpvideosnap class="js_uneditable" data-nickname="山里人家" data-desc="杀青的三分钟"></mpvideosnap><mp-common-videosnap></mp-common-videosnap></p>
<h2>图</h2>
<p><img data-src="//mmbiz.qpic.cn/mmbiz_png/tea1/640?wx_fmt=png&amp;tp=webp#imgIndex=0" alt="茶芽"></p>
<p><img data-backsrc="http://mmbiz.qpic.cn/mmbiz_jpg/tea2/0?wx_fmt=jpeg"></p>
<p><img src="https://mmbiz.qlogo.cn/mmbiz_jpg/tea3/0?wx_fmt=jpeg"></p>
<p><img src="https://example.org/foreign.jpg"><img data-src="http://[broken"></p>
<svg viewBox="0 0 10 10"><foreignObject><p>画里的字</p></foreignObject></svg>
<svg viewBox="0 0 1 1"><style>p{}</style></svg>
<svg viewBox="0 0 1 1"></svg>
<mp-common-product data-name="卖茶"></mp-common-product>
<p>热水<strong style="color: red">八十度</strong>，<em>三分钟</em>。<br>再一泡。</p>
<blockquote class="js_blockquote_wrap"><section class="js_blockquote_digest"><p>水是茶之母。</p></section></blockquote>
<table><tbody><tr><td>春</td><td>嫩</td></tr><tr><td>秋</td><td>香</td></tr></tbody></table>
<section class="code-snippet__fix code-snippet__js"><ul class="code-snippet__line-index code-snippet__js"><li></li><li></li></ul><pre class="code-snippet__js" data-lang="python"><code><span leaf="">def brew(t):</span></code><code><span leaf="">    return t * 2</span></code></pre></section>
<p><span class="wx_text_underline">见<a href="https://mp.weixin.qq.com/s?__biz=MzAwMDAwMDAwMQ==&amp;mid=1&amp;idx=1&amp;sn=0#wechat_redirect">上一记</a></span></p></section>`;
const media: Fields = {
  ...base,
  title: '茶山&#39;四&#x8bb0;&nbsp;&copy;',
  author: '阿秀',
  content: MEDIA,
  extra: "modify_time: '1767312000' * 1,",
};

/** A share of before cgiDataNew: its words and pictures stand in variables, and are written into the page by a script. */
function formerShare(kind: number, script: string, body = ''): string {
  return `<!DOCTYPE html><html lang="zh_CN"><head><meta charset="utf-8"><title>云海</title>
<meta property="og:title" content="云海" /><meta property="og:url" content="${LONG.replaceAll('&', '&amp;')}&amp;chksm=e8#rd" /><meta name="author" content="" /></head>
<body id="activity-detail" class="zh_CN page_share_text"><div id="js_article" class="rich_media"><div id="js_content"><div id="js_top_profile"><div class="wx_follow_nickname">山里人家</div></div></div>${body}</div>
<script>window.biz = '' || 'MzAwMDAwMDAwMQ=='; window.mid = '' || '' || '2650000001'; window.idx = '' || '1'; window.sn = '' || '0123456789abcdef0123456789abcdef';
window.item_show_type = '${kind}' || ''; window.ct = '1663300000'; var nickname = htmlDecode("山里&amp;#39;人家"); var createTime='2022-09-16 11:46';
if (!window.__second_open__) { ${script} }</script></body></html>`;
}

const SAVED_TEXT = formerShare(
  10,
  '',
  '<div class="share_notice"><p id="js_text_title">云海</p><p id="js_text_desc" class="share_notice_inner">早上五点上山。<br>云在脚下，<a href="https://example.org/map">地图</a>。</p></div>',
);

const SAVED = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>老茶树</title></head><body id="activity-detail" class="en_US"><div id="js_article"><div id="img-content">
<h1 class="rich_media_title" id="activity-name"><span class="pay__tag">已付费</span>老茶树 &amp; 新芽</h1>
<div id="meta_content" class="rich_media_meta_list"><span class="rich_media_meta rich_media_meta_text" id="js_author_name">老周</span>
<span id="profileBt"><a id="js_name">山里人家</a></span><em id="publish_time" class="rich_media_meta rich_media_meta_text">2020-02-11 18:47</em><em id="js_ip_wording_wrp">云南</em></div>
<div class="rich_media_content" id="js_content" style="visibility: visible;"><p>三百岁。</p><p><img src="https://mmbiz.qpic.cn/mmbiz_jpg/tree/640?wx_fmt=jpeg&amp;tp=webp&amp;wxfrom=5&amp;wx_lazy=1" data-src="https://mmbiz.qpic.cn/mmbiz_jpg/tree/640?wx_fmt=jpeg"></p></div></div></div></body></html>`;

/** A paid article as of 2020: only a summary, and the wall. */
const WALLED = `<!DOCTYPE html><html><head><meta charset="utf-8"><meta property="og:title" content="茶课" /></head><body><div id="js_article">
<h1 id="activity-name">茶课</h1><div class="pay__summary-content"><p>这一课讲怎样看水。</p></div><div class="rich_media_content" id="js_content"></div><div class="pay__mask"></div></div>
<script>var ct = "1600000000"; var is_pay_subscribe = "1" * 1;</script></body></html>`;
const MASKED = WALLED.replace('var is_pay_subscribe = "1" * 1;', '').replace(
  '"js_content"></div>',
  '"js_content"><p>试读的一段。</p></div>',
);

const ALBUM = 'https://mp.weixin.qq.com/mp/appmsgalbum?__biz=MzAwMDAwMDAwMQ==&action=getalbum&album_id=1234567890';
const ONE = JSON.stringify({
  getalbum_resp: {
    article_list: {
      title: '只有一篇',
      url: 'http://mp.weixin.qq.com/s/Ab-c_D0123456789efghij#rd',
      msgid: '1',
      itemidx: '1',
    },
    base_info: { title: '单篇专辑' },
    continue_flag: '0',
  },
});

export const variants: readonly VisitCase[] = [
  {
    ...alive,
    name: 'an article with every medium',
    answers: [{ body: articlePage(media, articleBody(media)) }],
    golden: 'media',
    article: { updated: '2026-01-02T08:00:00+08:00' },
  },
  {
    ...alive,
    name: 'a video share',
    answers: share({
      kind: 5,
      content: '杀青，\n三分钟。',
      extra: "video_page_infos: [{ video_id: JsDecode('wxv_1234567890123456789') }],",
    }),
    golden: 'video',
  },
  { ...alive, name: 'a video share without a word', answers: share({ kind: 5 }), golden: 'video-bare' },
  {
    ...alive,
    name: 'a text share of 2022',
    url: LONG,
    answers: [
      {
        body: formerShare(
          10,
          "var videoContentNoEncode = window.a_value_which_never_exists || ''; var TextContentNoEncode = window.a_value_which_never_exists || '早上五点上山。\\x0a\\x0a云在脚下 \\x26amp; 头上。';",
        ),
      },
    ],
    golden: 'words-2022',
    article: { title: '云海', account: '山里人家', published: '2022-09-16T11:46:40+08:00' },
  },
  {
    ...alive,
    name: 'a text share saved by a browser',
    url: LONG,
    answers: [{ body: SAVED_TEXT }],
    golden: 'words-saved',
  },
  {
    ...alive,
    name: 'a picture share of 2022',
    url: LONG,
    answers: [
      {
        body: formerShare(
          8,
          `window.picture_page_info_list = [{ cdn_url: 'https://mmbiz.qpic.cn/mmbiz_jpg/cloud1/0?wx_fmt=jpeg\\x26amp;from=appmsg', share_cover: { cdn_url: 'https://mmbiz.qpic.cn/cover/0' } }, { cdn_url: '', }, { width: 1 }].slice(0, 20);`,
          '<p id="js_image_desc">两张里好的一张。</p>',
        ),
      },
    ],
    golden: 'pictures-2022',
  },
  {
    ...alive,
    name: 'a sound share of 2021',
    url: LONG,
    answers: [
      {
        body: formerShare(
          7,
          "var voiceid = 'MzAwMDAwMDAwMV8z'; var ContentNoEncode = window.a_value_which_never_exists || '溪水声。';",
        ),
      },
    ],
    golden: 'sound-2021',
  },
  {
    ...alive,
    name: 'an article saved by a browser, without data',
    answers: [{ body: SAVED }],
    golden: 'saved',
    article: {
      title: '老茶树 & 新芽',
      author: '老周',
      account: '山里人家',
      published: '2020-02-11T18:47:00+08:00',
      language: 'en',
    },
  },
  {
    ...alive,
    name: 'a paid article of which there is only a summary',
    reason: 'partial',
    answers: [{ body: WALLED }],
    golden: 'summary',
  },
  {
    ...alive,
    name: 'a paid article behind its mask',
    reason: 'partial',
    answers: [{ body: MASKED }],
    golden: 'masked',
  },
  {
    ...alive,
    name: 'an album of one article, without brackets',
    url: ALBUM,
    answers: [{ body: ONE }],
    golden: 'album-one',
  },
  {
    name: 'an album that is not there',
    url: ALBUM,
    answers: [{ body: '{"base_resp":{"ret":-2}}' }],
    verdict: 'unclear',
    reason: 'unrecognised-page',
    golden: null,
  },
  {
    name: 'an album behind the captcha',
    url: ALBUM,
    answers: [{ body: '<html></html>' }],
    verdict: 'unclear',
    reason: 'empty-page',
    golden: null,
  },
  {
    name: 'removed after a complaint, told in a heading with its reason below',
    url: SHORT,
    answers: [
      {
        body: `<html><body><div class="weui-msg"><div class="weui-msg__text-area"><h2 class="weui-msg__title title">此内容被投诉且经审核涉嫌侵权，无法查看</h2><p class="weui-msg__desc">查看详情</p></div></div></body></html>`,
      },
    ],
    verdict: 'gone',
    reason: 'removed-by-platform',
    rule: 'wechat/complaint',
    golden: null,
  },
  {
    name: 'deleted, told in English',
    url: SHORT,
    answers: [{ body: messagePage('The content has been deleted by the author.') }],
    verdict: 'gone',
    reason: 'deleted-by-author',
    golden: null,
  },
  {
    name: 'deleted, told in traditional characters',
    url: SHORT,
    answers: [{ body: messagePage('該內容已被發佈者刪除') }],
    verdict: 'gone',
    reason: 'deleted-by-author',
    golden: null,
  },
  {
    name: 'not viewable for now',
    url: SHORT,
    answers: [
      {
        body: '<!DOCTYPE html><html><head><title>提示</title></head><body><div class="mesg-block"><p>该内容暂时无法查看</p></div></body></html>',
      },
    ],
    verdict: 'blocked',
    reason: 'withheld',
    golden: null,
  },
  {
    name: 'the captcha of former years, in words',
    url: SHORT,
    answers: [
      {
        body: '<html><body><div class="weui-msg"><h2 class="weui-msg__title">环境异常</h2><p class="weui-msg__desc">当前环境异常，完成验证后即可继续访问。</p><a id="js_verify">去验证</a></div></body></html>',
      },
    ],
    verdict: 'blocked',
    reason: 'verification-wall',
    golden: null,
  },
];
