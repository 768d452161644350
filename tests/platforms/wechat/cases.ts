import type { Answer, MarkerCase, PlatformCases, VisitCase } from '../cases.ts';
import { articleBody, articlePage, CAPTCHA, type Fields, jsDecode, messagePage } from './pages.ts';
import { variants } from './variants.ts';

const SHORT = 'https://mp.weixin.qq.com/s/Ab-c_D0123456789efghij';
const LONG =
  'https://mp.weixin.qq.com/s?__biz=MzAwMDAwMDAwMQ==&mid=2650000001&idx=1&sn=0123456789abcdef0123456789abcdef';
const KEY = 'a-MzAwMDAwMDAwMQ-2650000001-1';

const article: Fields = {
  title: '屋顶上的小菜园',
  account: '城市种菜手记',
  author: '阿青',
  epoch: 1767225600,
  kind: 0,
  link: SHORT,
  content: `<section style="font-size: 16px;"><p>春天到了，先把土翻一遍。<strong>别急着下种</strong>，等三天。</p>
<p><img class="rich_pages" data-src="https://mmbiz.qpic.cn/mmbiz_jpg/garden1/640?wx_fmt=jpeg&amp;from=appmsg&amp;tp=webp&amp;wxfrom=5" data-ratio="0.66" alt="翻土"></p>
<section style="background-image: url(&quot;https://mmbiz.qpic.cn/mmbiz_png/garden2/0?wx_fmt=png&quot;);"><p>第二步，浇水。</p></section>
<p><mpvoice class="res_iframe" name="雨声" voice_encode_fileid="MzAwMDAwMDAwMV8x" src="/cgi-bin/readtemplate?t=tmpl/audio_tmpl"></mpvoice></p>
<p><iframe class="video_iframe" data-src="https://v.qq.com/iframe/preview.html?vid=a0123456789&amp;width=500"></iframe></p>
<pre class="code-snippet__js" data-lang="javascript"><code><span>const</span> days = 3;</code></pre>
<ul><li><p>番茄</p></li><li><p>黄瓜</p></li></ul>
<p><svg style="background-image:url(https://mmbiz.qpic.cn/mmbiz_gif/garden3/0?wx_fmt=gif)" viewBox="0 0 1 1"></svg></p>
<mp-common-profile data-nickname="别的号"></mp-common-profile>
<p>参考：<a href="https://example.com/soil">土壤手册</a></p></section>`,
};

const quoting: Fields = {
  ...article,
  title: '链接打不开时会看到什么',
  content:
    '<p>常见的提示有“该内容已被发布者删除”“此内容因违规无法查看”“环境异常”“参数错误”，还有 PAGE_MID=mmbizwap:secitptpage/verify.html。</p>',
};

const album: Fields = {
  ...article,
  title: '阳台四季',
  author: '',
  kind: 8,
  content: '春：\n播种。\n夏：看 <a class="wx_img_refer_link" data-seq="1">图1</a>',
  pictures: [
    'https://mmbiz.qpic.cn/mmbiz_jpg/season1/0?wx_fmt=jpeg&from=appmsg',
    'https://mmbiz.qpic.cn/mmbiz_jpg/season2/0?wx_fmt=jpeg&from=appmsg',
  ],
};
const albumBody = '<div id="img_swiper_content" class="share_content_page"></div>';

const words: Fields = { ...article, title: '今天没有文章', author: '', kind: 10, content: '今天没有文章。\n明天见。' };
const wordsBody =
  '<div id="js_content"><div id="js_top_profile"><div class="wx_follow_nickname">城市种菜手记</div></div></div>';
/** Without a title of its own: its words are the title, and stand under `text_page_info` alone. */
const untitled: Fields = {
  ...words,
  title: '今天也没有文章。\n明天见。',
  content: '',
  extra: `text_page_info: { content: JsDecode(''), content_noencode: ${jsDecode('今天也没有文章。\n明天见。')}, is_user_title: '0' * 1, },`,
};

const sound: Fields = {
  ...article,
  title: '夜里的雨',
  author: '',
  kind: 7,
  content: '录于凌晨两点。',
  extra: "voice_in_appmsg: [{ voice_id: JsDecode('MzAwMDAwMDAwMV8y'), title: JsDecode('夜雨') }, ],",
};

const repost: Fields = { ...article, title: '转：怎样堆肥', author: '', content: '<p>厨余和落叶，一层一层地铺。</p>' };
const repostBody = `<div id="img-content"><h1 id="activity-name">转：怎样堆肥</h1><a id="js_name">城市种菜手记</a>
<div class="original_panel_content" id="js_content" aria-hidden="true"></div>
<span id="js_share_source" data-url="https://mp.weixin.qq.com/s/Or-ginal_123456789abcd"></span><span id="js_share_author">堆肥社</span></div>`;

const paid: Fields = {
  ...article,
  title: '付费：堆肥十讲',
  content: '<p>第一讲，选桶。</p>',
  extra: "is_pay_subscribe: '1' * 1,",
};

const OLD = `<!DOCTYPE html><html><head><meta charset="utf-8"><title>老阳台</title></head><body id="activity-detail">
<script>var biz = "" || "MzAwMDAwMDAwMQ=="; var sn = "" || "" || ""; var mid = "" || "" || "2650000001"; var idx = "" || "" || "1";
var nickname = "城市种菜手记"; var ct = "1523000000"; var publish_time = "2018-04-06" || ""; var msg_title = "老阳台";</script>
<div id="js_article" class="rich_media"><div id="img-content"><h2 class="rich_media_title" id="activity-name">老阳台</h2>
<div id="meta_content" class="rich_media_meta_list"><em id="post-date" class="rich_media_meta rich_media_meta_text">2018-04-06</em>
<em class="rich_media_meta rich_media_meta_text">老陈</em><a id="post-user">城市种菜手记</a></div>
<div class="rich_media_content" id="js_content"><p>二十年前的照片。</p>
<p><img data-src="https://mmbiz.qpic.cn/mmbiz_jpg/old1/640?wx_fmt=jpeg" data-w="900"></p></div></div></div></body></html>`;

const ALBUM = 'https://mp.weixin.qq.com/mp/appmsgalbum?__biz=MzAwMDAwMDAwMQ==&action=getalbum&album_id=1234567890';

function albumPage(ids: readonly number[], more: boolean): string {
  const list = ids.map((id) => ({
    create_time: String(1767225600 + id * 86400),
    itemidx: '1',
    msgid: String(2650000000 + id),
    title: `第 ${id} 篇 <种>`,
    url: `http://mp.weixin.qq.com/s?__biz=MzAwMDAwMDAwMQ==&mid=${2650000000 + id}&idx=1&sn=00#rd`,
  }));
  const info = { title: '种菜专辑', nickname: '城市种菜手记' };
  return JSON.stringify({
    base_resp: { ret: 0 },
    getalbum_resp: { article_list: list, base_info: info, continue_flag: more ? '1' : '0' },
  });
}

const alive = { verdict: 'alive', reason: 'ok' } as const;
const page = (fields: Fields, body: string): Answer[] => [{ body: articlePage(fields, body) }];

const visits: VisitCase[] = [
  {
    ...alive,
    name: 'an article by its short link',
    url: SHORT,
    answers: page(article, articleBody(article)),
    golden: 'article',
    article: {
      title: '屋顶上的小菜园',
      author: '阿青',
      account: '城市种菜手记',
      published: '2026-01-01T08:00:00+08:00',
    },
  },
  {
    ...alive,
    name: 'an article by its long link',
    url: LONG,
    answers: page(article, articleBody(article)),
    golden: 'article-long',
  },
  {
    ...alive,
    name: 'an article that quotes the markers',
    url: SHORT,
    answers: page(quoting, articleBody(quoting)),
    golden: 'quoting',
  },
  { ...alive, name: 'a picture share', url: SHORT, answers: page(album, albumBody), golden: 'pictures' },
  { ...alive, name: 'a text share', url: SHORT, answers: page(words, wordsBody), golden: 'words' },
  {
    ...alive,
    name: 'a text share without a title',
    url: SHORT,
    answers: page(untitled, wordsBody),
    golden: 'untitled',
  },
  {
    ...alive,
    name: 'a text share of which only the title is left',
    url: SHORT,
    answers: page({ ...words, content: '' }, wordsBody),
    golden: 'title-only',
  },
  {
    name: 'a picture share of which only the account is left',
    url: SHORT,
    answers: page({ ...words, kind: 8, content: '' }, wordsBody),
    verdict: 'unclear',
    reason: 'unrecognised-page',
    golden: null,
  },
  { ...alive, name: 'a sound share', url: SHORT, answers: page(sound, albumBody), golden: 'sound' },
  {
    ...alive,
    name: 'a repost',
    url: SHORT,
    answers: page(repost, repostBody),
    golden: 'repost',
    article: { original: 'https://mp.weixin.qq.com/s/Or-ginal_123456789abcd' },
  },
  { ...alive, name: 'a page of 2018', url: LONG, answers: [{ body: OLD }], golden: 'old', article: { author: '老陈' } },
  {
    name: 'a paid article, unpaid',
    url: SHORT,
    answers: page(paid, articleBody(paid)),
    verdict: 'alive',
    reason: 'partial',
    golden: 'paid',
    article: { partial: true },
  },
  {
    ...alive,
    name: 'an album of two pages',
    url: ALBUM,
    answers: [
      { ask: 'begin_msgid=2650000002', body: albumPage([3], false) },
      { ask: 'f=json', body: albumPage([1, 2], true) },
    ],
    golden: 'album',
  },
  {
    name: 'another article under the same address',
    url: 'https://mp.weixin.qq.com/s/ZZZZZZZZZZZZZZZZZZZZZZ',
    answers: page(article, articleBody(article)),
    verdict: 'unclear',
    reason: 'unrecognised-page',
    golden: 'other',
  },
  {
    name: 'the captcha after a redirect',
    url: LONG,
    answers: [
      {
        body: CAPTCHA,
        hops: [{ url: LONG, status: 302 }],
        finalUrl: `https://mp.weixin.qq.com/mp/wappoc_appmsgcaptcha?poc_token=x&target_url=${encodeURIComponent(LONG)}`,
      },
    ],
    verdict: 'blocked',
    reason: 'verification-wall',
    rule: 'wechat/captcha-address',
    golden: null,
  },
  {
    name: 'the captcha at once',
    url: SHORT,
    answers: [{ body: CAPTCHA }],
    verdict: 'blocked',
    reason: 'verification-wall',
    rule: 'wechat/captcha-page',
    golden: null,
  },
  {
    name: 'an error page of unknown words',
    url: SHORT,
    answers: [{ body: messagePage('今日天气晴') }],
    verdict: 'unclear',
    reason: 'unrecognised-page',
    golden: null,
  },
  {
    name: 'an empty answer',
    url: SHORT,
    answers: [{ body: '' }],
    verdict: 'unclear',
    reason: 'empty-page',
    golden: null,
  },
  {
    name: 'a migrated account',
    url: LONG,
    answers: [
      {
        body: `${messagePage('该公众号已迁移')}<script>var transferTargetLink = 'https://mp.weixin.qq.com/s?__biz=MzAwMDAwMDAwMg==\\x26mid=1\\x26idx=1';</script>`,
      },
    ],
    verdict: 'moved',
    reason: 'account-migrated',
    golden: null,
  },
];

/** Other wordings of the same: title of the notice, and the reason that it gives. */
const wordings = [
  ['此内容已被发布者删除', 'gone', 'deleted-by-author'],
  ['该内容已被删除', 'gone', 'deleted-by-author'],
  ['此内容因违规已删除', 'gone', 'removed-by-platform'],
  ['接相关投诉，此内容违反相关规定', 'gone', 'removed-by-platform'],
  ['此内容被多人投诉，相关的内容无法进行查看。', 'gone', 'removed-by-platform'],
  ['该账号已被封禁', 'gone', 'account-removed'],
  ['此帐号被投诉且经审核涉嫌侵权。此帐号已注销，内容无法查看。', 'gone', 'account-removed'],
  ['该帐号已系统注销', 'gone', 'account-removed'],
  ['帐号已被系统回收', 'gone', 'account-removed'],
  ['此账号已迁移', 'moved', 'account-migrated'],
  ['请在手机微信中查看', 'blocked', 'client-only'],
] as const;

const ARTICLE: Answer = { body: articlePage(quoting, articleBody(quoting)) };

/** A word in the error container matches; the same word in an article, or only in a script, does not. */
function inWords(rule: string, title: string): MarkerCase {
  const script = `<script>var message = '${title}';</script><div class="weui-msg"><div class="weui-msg__title"></div></div>`;
  const quoted = { ...article, content: `<p>文章里写着“${title}”。</p>` };
  return {
    rule,
    matches: { body: messagePage(title) },
    not: [{ body: `<html><body>${script}</body></html>` }, { body: articlePage(quoted, articleBody(quoted)) }],
  };
}

const markers: MarkerCase[] = [
  {
    rule: 'wechat/captcha-address',
    matches: { body: '', finalUrl: 'https://mp.weixin.qq.com/mp/wappoc_appmsgcaptcha?poc_token=x' },
    not: [{ body: '', finalUrl: 'https://mp.weixin.qq.com/s/wappoc_appmsgcaptcha' }, ARTICLE],
  },
  { rule: 'wechat/captcha-page', matches: { body: CAPTCHA }, not: [ARTICLE, { body: messagePage('参数错误') }] },
  { rule: 'wechat/captcha-style', matches: { body: CAPTCHA }, not: [ARTICLE] },
  {
    rule: 'wechat/captcha-data',
    matches: { body: "<title></title><script>window.cgiData = {scene: '1', poc_token: 'x', target_url: ''};</script>" },
    not: [ARTICLE, { body: '<title></title><p>cgiData = {poc_token: 1}</p>' }],
  },
  {
    rule: 'wechat/login-address',
    matches: { body: '', finalUrl: 'https://open.weixin.qq.com/connect/oauth2/authorize?appid=x' },
    not: [{ body: '', finalUrl: 'https://example.com/?to=open.weixin.qq.com/connect/oauth2/' }],
  },
  inWords('wechat/deleted-by-author', '该内容已被发布者删除'),
  inWords('wechat/violation', '此内容因违规无法查看'),
  inWords('wechat/complaint', '此内容被投诉且经审核涉嫌侵权，无法查看'),
  inWords('wechat/stopped', '已停止访问该网页'),
  inWords('wechat/send-failed', '此内容发送失败无法查看'),
  inWords('wechat/account-blocked', '此帐号已被屏蔽, 内容无法查看'),
  inWords('wechat/account-cancelled', '此账号已自主注销，内容无法查看'),
  inWords('wechat/link-expired', '链接已过期'),
  inWords('wechat/account-migrated', '该公众号已迁移'),
  inWords('wechat/withheld', '该内容暂时无法查看'),
  inWords('wechat/private', '根据作者隐私设置，无法查看该内容'),
  inWords('wechat/verify-text', '环境异常'),
  inWords('wechat/too-often', '访问过于频繁，请稍后再试'),
  inWords('wechat/client-only', '请在微信客户端打开链接'),
  inWords('wechat/system-error', '系统出错'),
  inWords('wechat/bad-link', '参数错误'),
];

export const cases: PlatformCases = {
  platform: 'wechat',
  same: [
    {
      key: 's-Ab-c_D0123456789efghij',
      url: SHORT,
      spellings: [
        SHORT,
        `${SHORT}?scene=1&clicktime=2#rd`,
        'http://mp.weixin.qq.com/s/Ab-c~D0123456789efghij/',
        `https://mp.weixin.qq.com/mp/wappoc_appmsgcaptcha?poc_token=x&target_url=${encodeURIComponent(SHORT)}`,
      ],
    },
    {
      key: KEY,
      url: LONG,
      spellings: [
        LONG,
        `${LONG}&chksm=abc&scene=21&sharer_shareid=1&from=singlemessage#wechat_redirect`,
        LONG.replaceAll('&', '&amp;'),
        LONG.replaceAll('&', '\\x26amp;'),
        LONG.replace('==', '%3D%3D'),
        'http://mp.weixin.qq.com/mp/appmsg/show?__biz=MzAwMDAwMDAwMQ==&appmsgid=2650000001&itemidx=1&sign=0123456789ABCDEF0123456789abcdef#wechat_redirect',
      ],
    },
    { key: 'album-MzAwMDAwMDAwMQ-1234567890', url: ALBUM, spellings: [ALBUM, `${ALBUM}&scene=173#wechat_redirect`] },
    {
      key: 't-1500000000-a*b-c=',
      spellings: [
        'http://mp.weixin.qq.com/s?src=11&timestamp=1500000000&ver=1&signature=a*b-c=&new=1',
        'https://mp.weixin.qq.com/s?signature=a*b-c%3D&ver=1&timestamp=1500000000&src=11',
      ],
    },
  ],
  different: [
    SHORT,
    SHORT.toLowerCase(),
    LONG,
    LONG.replace('idx=1', 'idx=2'),
    LONG.replace('2650000001', '2650000002'),
    ALBUM,
    ALBUM.replace('1234567890', '1234567891'),
  ],
  refused: [
    'https://mp.weixin.qq.com/',
    'https://mp.weixin.qq.com/mp/profile_ext?action=home&__biz=MzAwMDAwMDAwMQ==',
    'https://weixin.qq.com/s/Ab-c_D0123456789efghij',
    'https://example.com/s/Ab-c_D0123456789efghij?host=mp.weixin.qq.com',
  ],
  visits: [
    ...visits,
    ...variants,
    ...wordings.map(([title, verdict, reason]) => ({
      name: `a notice: ${title}`,
      url: SHORT,
      answers: [{ body: messagePage(title) }],
      verdict,
      reason,
      golden: null,
    })),
  ],
  markers,
};
