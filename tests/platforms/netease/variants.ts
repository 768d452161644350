import { bytes } from '../answers.ts';
import type { VisitCase } from '../cases.ts';

/** More generations of 163.com: channels of 2004, 2008 and 2016, the open platform's films and lazy pictures, the mobile site. */

const DY = 'https://www.163.com/dy/article/ABCDEFGH0511TEST.html';
const alive = { verdict: 'alive', reason: 'ok' } as const;

const NOW = `<!DOCTYPE HTML><html id="ne_wrap"><head><title>灯塔看守人的第三本日记|灯塔|日记_网易订阅</title><meta charset="utf-8"><meta property="og:url" content="${DY}"></head><body><div id="contain" data-docid="not an id"><div class="post_main"><h1 class="post_title">灯塔看守人的第三本日记</h1>
<div class="post_info">2024-05-06 07:08:09　来源: <a id="ne_article_source" href="https://www.163.com/dy/media/T1.html">潮汐手记</a>福建 <a href="#" class="post_jubao">举报</a></div>
<div class="post_content" id="content"><div class="post_body"><p id="B1">第三本从<strong>雾</strong>写起。</p><div class="video-wrapper"><video src="https://flv.bn.netease.com/tide.mp4" poster="https://nimg.ws.126.net/?url=http%3A%2F%2Fp.jpg" title="涨潮"></video></div>
<p class="f_center"><img data-src="https://nimg.ws.126.net/?url=http%3A%2F%2Fdingyue.ws.126.net%2F2024%2F0506%2Flazy.jpg&amp;thumbnail=660x" src="https://static.ws.126.net/f2e/x.gif" alt="雾"><br></p><p><img src="https://nimg.ws.126.net/?url=broken&amp;thumbnail=660x"><img src="http://[bad"><img src="https://pic-bucket.ws.126.net/plain.png"></p>
<ol><li>看云</li><li>看鸟</li></ol><blockquote>雾是海的呼吸。</blockquote><p><em>（未完）</em></p></div><div class="post_recommends"><p>相关推荐</p></div></div></div></div></body></html>`;

const MOBILE = `<!DOCTYPE html><html><head><meta charset="utf-8"><title>灯塔看守人的第三本日记_手机网易网</title></head><body><article id="article-ABCDEFGH0511TEST"><div class="article-header"><h1>灯塔看守人的第三本日记</h1><div class="info"><span class="s-author">潮汐手记</span> 2024-05-06 07:08</div></div><div class="article-body"><p>第三本从雾写起。</p></div></article></body></html>`;

const Y2008 = `<html><head><meta charset="utf-8"><title>城门上的第九盏灯_网易新闻中心</title></head><body><div class="endContent"><h1 id="h1title">城门上的第九盏灯</h1><span class="info">2008-05-12 15:30:00　来源: 城门报(西安)　跟贴 12 条 手机看新闻</span>
<div id="endText"><p>　　第九盏灯只在起风时亮。</p><p>　　核心提示：灯油每年换一次。</p></div></div></body></html>`;

/** Nested cells of 2004: the outer one is the text, the title stands only in the window. */
const Y2004 = `<html><head><title>渡船改期-网易新闻</title></head><body><table><tr><td class="hui">2004-11-12 13:14:15　来源: 江面日报　李渡</td></tr><tr><td class="f14">　　从下月起，渡船每日少一班，最后一班提前到日落以前一个钟头；江上的老人说，从前日落以后才最忙，挑担的、赶戏的、送信的都在船上，<span class="f14">船头要站三个人才压得住浪</span>，现在桥通了，船也就可以歇一歇。船工把缆绳盘好，数了数，一共还剩十一根，够用到明年开春，再往后就没有人说得准了。（记者 李渡 江面报道）</td></tr></table></body></html>`;
const NO_BYLINE = Y2004.replace('来源', '出处');
const NO_TITLE = '<title>网易</title><div class="post_body"><p>没有题目的一段话，不知道是谁写的。</p></div>';

export const variants: readonly VisitCase[] = [
  {
    ...alive,
    name: 'open platform with a film and lazy pictures',
    url: DY,
    answers: [{ body: NOW }],
    golden: 'dy-2024',
    article: { author: '潮汐手记', published: '2024-05-06T07:08:09+08:00' },
  },
  {
    ...alive,
    name: 'the mobile site',
    url: 'https://m.163.com/dy/article/ABCDEFGH0511TEST.html',
    answers: [{ body: MOBILE }],
    golden: 'mobile',
    article: { author: '潮汐手记', published: '2024-05-06T07:08:00+08:00' },
  },
  {
    ...alive,
    name: 'channel of 2016 in GB2312',
    url: 'http://news.163.com/16/0221/11/BGBGBGBG00014JB5.html',
    answers: [{ body: bytes('netease', 'ep-2016-gb2312.html'), headers: { 'content-type': 'text/html' } }],
    golden: 'ep-2016',
    article: { author: '港务报', published: '2016-02-21T11:05:50+08:00' },
  },
  {
    ...alive,
    name: 'channel of 2008',
    url: 'http://news.163.com/08/0512/15/4BPBPBPB0001124J.html',
    answers: [{ body: Y2008 }],
    golden: 'channel-2008',
    article: { author: '城门报', published: '2008-05-12T15:30:00+08:00' },
  },
  {
    ...alive,
    name: 'nested cells of 2004',
    url: 'http://news.163.com/41112/1/15151515000112GU.html',
    answers: [{ body: Y2004 }],
    golden: 'cells-2004',
    article: { title: '渡船改期', author: '李渡', published: '2004-11-12T13:14:15+08:00' },
  },
  {
    name: 'cells without a line of time and source',
    url: 'http://news.163.com/41112/1/15151515000112GU.html',
    answers: [{ body: NO_BYLINE }],
    verdict: 'unclear',
    reason: 'unrecognised-page',
    golden: null,
  },
  {
    name: 'a page without any title',
    url: DY,
    answers: [{ body: NO_TITLE }],
    verdict: 'gone',
    reason: 'redirected-home',
    golden: null,
  },
];
