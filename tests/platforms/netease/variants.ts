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

/** A column of 2015: an album of pictures and a notice of rights, in the generation's own container, within its text. */
const COLUMN = `<html id="ne_wrap"><head><meta charset="utf-8"><title>潮位与菜价_网易财经</title></head><body><h1><a name="top" class="fn_logo"><span class="fn_hidden">网易商业</span></a></h1><div class="con_1"><h2><span>江边谈</span></h2><div class="con1_top"><span class="con1_fb">No.12</span><h2 class="con1_ltle">潮位与菜价</h2><span class="con1_author">老渡</span><span class="con1_date">2015-07-03 11:31:09</span><a class="con1_review">0人参与评论</a></div>
<div class="entext"><p>[摘要：潮大的日子，青菜便宜两毛。]</p><p>船多，菜就多。</p><div id="endText" class="end-text"><p></p><p>本文为老渡独家授权发布。</p></div></div></div></body></html>`;

/** Text of 2015 with the day's headlines below it, between marks of the editor's. */
const HEADLINES = `<html id="ne_wrap"><head><meta charset="utf-8"><title>码头今日停电_网易新闻</title></head><body><div id="epContentLeft"><h1 id="h1title">码头今日停电</h1><div class="ep-time-soure">2015-07-04 04:27:40　来源: <a id="ne_article_source">江面日报</a></div><div id="endText" class="end-text"><p>码头上午停电，吊机停在半空。</p><table><tr><td>风</td><td>三级</td></tr></table>
<p><!--biaoqian开始--><style>.biaoqian{margin:0}</style></p><table width="100%"><tbody><tr><td><p><a href="http://i.money.163.com/"><b>会赚钱的客户端：</b></a></p><p><img src="http://img1.cache.netease.com/a.jpg"></p></td><td><p>打新神器：</p><p><img src="http://img1.cache.netease.com/b.jpg"></p></td></tr></tbody></table><div class="biaoqian"><h1>重点推荐</h1><span><a href="http://money.163.com/stock">更多精彩资讯</a></span></div><div><p><b>要闻</b></p><p><a href="http://money.163.com/15/0704/06/AAAA.html">别的新闻</a></p></div><!--biaoqian结束--><p></p>
<div class="gg200x300"><iframe src="http://g.163.com/r"></iframe></div><div class="ep-source"><span class="left">本文来源：江面日报</span><span class="ep-editor">责任编辑：N1</span></div></div></div></body></html>`;

/** 2005, with the line of time and source in a box between the headline and the cell of the text. */
const Y2005 = `<text id="http://biz.163.com/05/0425/08/1I1I1I1I00020QGP.html"><html><head><title>盐价走稳_网易商业报道</title></head><body><div class="siteUrl"><a href="http://www.163.com">网易</a> --&gt; <a href="http://biz.163.com">商业频道</a></div><div id="main"><h1>盐价走稳</h1><div id="subjection">http://biz.163.com　2005-04-25 08:24:06　来源: 盐田日报　　　<a href="#0">网友评论 <span>0</span>&nbsp;条</a></div><div id="text"><table border=0><tr><td class=f14>　　本季晴天多，晒盐的池子比去年多开了三个，收盐的船却少了一条，码头上的盐包堆到了第二层，看仓的人说，雨来之前还能再堆一层，价钱自然走稳；到了月底，外地的车来得勤，第二层又矮了下去，账房把算盘拨了两遍，说这一季不亏也不赚，只是人比往年轻省些，夜里也不用再守着池子听雨。</td></tr></table></div></div></body></html>`;

export const variants: readonly VisitCase[] = [
  {
    ...alive,
    name: 'column of 2015 with a notice in the container of articles',
    url: 'http://money.163.com/15/0703/11/ATJPATJP00253B0H.html',
    answers: [{ body: COLUMN }],
    golden: 'column-2015',
    article: { title: '潮位与菜价', author: '老渡', account: '江边谈', published: '2015-07-03T11:31:09+08:00' },
  },
  {
    ...alive,
    name: 'channel of 2015 with the headlines of the day in the text',
    url: 'http://money.163.com/15/0704/04/ATLEATLE00253B0H.html',
    answers: [{ body: HEADLINES }],
    golden: 'headlines-2015',
    article: { author: '江面日报', pictures: [] },
  },
  {
    ...alive,
    name: 'channel of 2005 with its line below the headline',
    url: 'http://biz.163.com/05/0425/08/1I1I1I1I00020QGP.html',
    answers: [{ body: Y2005 }],
    golden: 'channel-2005',
    article: { title: '盐价走稳', author: '盐田日报', published: '2005-04-25T08:24:06+08:00' },
  },
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
