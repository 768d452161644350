import type { VisitCase } from '../cases.ts';

/** More of Weibo: posts passed on, cards, faces and links of its own, long posts cut short, articles of several years. */

const POST = 'https://m.weibo.cn/status/MsZ1a2b3c';
const LONG = 'https://weibo.com/ttarticle/p/show?id=2309404000000000000001';
const alive = { verdict: 'alive', reason: 'ok' } as const;

const STATUS = {
  created_at: 'Tue Feb 14 03:01:02 +0800 2023',
  id: '4869000000000001',
  bid: 'MsZ1a2b3c',
  user: { screen_name: '守桥人' },
};

function mobile(status: unknown): string {
  return `<!DOCTYPE html><html><head><meta charset="utf-8"><title>微博正文</title></head><body><div id="app"></div><script>var config = {};</script>
<script>var $render_data = [${JSON.stringify({ status, call: 1 }).replaceAll('</', '<\\/')}][0] || {};</script></body></html>`;
}

const PASSED_ON = mobile({
  ...STATUS,
  text: '都来看<span class="url-icon"><img alt=[笑] src="https://h5.sinaimg.cn/m/emoticon/laugh.png" style="width:1em;" /></span>&amp;听。<br />见<a href="https://weibo.cn/sinaurl?u=https%3A%2F%2Fexample.org%2Fbridge%3Fa%3D1%26b%3D2" data-hide=""><span class=\'url-icon\'><img style=\'width: 1rem\' src=\'https://h5.sinaimg.cn/link.png\'></span><span class="surl-text">网页链接</span></a>和<a href="https://weibo.cn/sinaurl?u=%5B">坏的</a>',
  pics: [{ url: 'https://wx1.sinaimg.cn/orj360/one.jpg' }, { pid: 'none' }],
  page_info: { type: 'search_topic', page_url: 'https://m.weibo.cn/search?q=1', page_title: '#桥#' },
  retweeted_status: {
    text: '桥灯<a href="/n/y">试亮</a>',
    user: { screen_name: '灯匠' },
    pics: [{ large: { url: 'https://wx2.sinaimg.cn/large/two.jpg' } }],
    page_info: { type: 'video', page_url: 'https://video.weibo.com/show?fid=1034:1', content1: '灯匠的微博视频' },
  },
});

const CARD = mobile({
  ...STATUS,
  status_title: '桥史',
  bid: undefined,
  text: '写完了',
  page_info: { type: 'article', page_url: 'https://weibo.com/ttarticle/p/show?id=2309404000000000000001' },
  retweeted_status: { text: '原微博已删除' },
});
const CUT = mobile({ ...STATUS, text: '很长的第一段……<a href="/status/4869000000000001">全文</a>' });
const OTHER = mobile({ ...STATUS, bid: 'Zzzzzzzzz', text: '别的一条' });
const NAMELESS = mobile({ text: '没有编号的一条', created_at: '02-14', page_info: { content2: '卡片上的题目' } });

const BROKEN = '<title>微博</title><p>请稍候</p><script>var $render_data = [{"status":][0] || {};</script>';
const API = JSON.stringify({ ok: 1, data: { ...STATUS, id: 3501756485200075, bid: undefined, text: '接口里的一条' } });

const ARTICLE = `<!DOCTYPE html><html><head><meta charset="utf-8"><title>桥的十二个名字</title></head><body><div class="WB_artical"><div class="main_toppic"></div><div class="main_editor"><div class="title" node-type="articleTitle">桥的十二个名字</div>
<div class="authorinfo S_bg2"><div class="W_fl"><span class="W_icon"></span><em class="W_autocut">守桥人</em><span class="time">2021-07-15 10:26:49</span></div><div class="W_fr"><span class="num">阅读数：120</span></div></div>
<div class="preface">导语</div><div class="WB_editor_iframe_new" node-type="contentBody" style="visibility: hidden"><p align="justify">每个名字都是一次改道留下的。​</p><p class="picbox"><img src="https://wx3.sinaimg.cn/large/names.jpg" alt=""></p><p class="pic_info">十二块碑</p>
<p>见<a href="https://weibo.cn/sinaurl?u=https%3A%2F%2Fexample.org%2Fnames">名录</a>。</p></div></div></div></body></html>`;
const WORDS = ARTICLE.replace('WB_editor_iframe_new', 'WB_editor_iframe_word').replace(
  '2021-07-15 10:26:49',
  '07-15 10:26',
);

export const variants: readonly VisitCase[] = [
  {
    ...alive,
    name: 'a post that passes another one on',
    url: POST,
    answers: [{ body: PASSED_ON }],
    golden: 'passed-on',
  },
  {
    ...alive,
    name: 'a post with a title and the card of an article',
    url: 'https://m.weibo.cn/status/4869000000000001',
    answers: [{ body: CARD }],
    golden: 'card',
  },
  {
    ...alive,
    name: 'a long post, cut short',
    url: POST,
    reason: 'partial',
    answers: [{ body: CUT }],
    golden: 'cut',
    article: { partial: true },
  },
  {
    ...alive,
    name: 'a post of no number and no year',
    url: POST,
    answers: [{ body: NAMELESS }],
    golden: 'nameless',
    article: { published: null, title: '卡片上的题目' },
  },
  {
    ...alive,
    name: 'the answer of the API',
    url: 'https://m.weibo.cn/status/z0JH2lOMb',
    answers: [{ body: API }],
    golden: 'api',
  },
  {
    ...alive,
    name: 'a post of pictures alone',
    url: POST,
    answers: [{ body: mobile({ ...STATUS, text: ' ', pics: [{ url: 'https://wx1.sinaimg.cn/orj360/alone.jpg' }] }) }],
    golden: 'wordless',
    article: { title: null },
  },
  {
    name: 'another post under the address',
    url: POST,
    answers: [{ body: OTHER }],
    verdict: 'unclear',
    reason: 'unrecognised-page',
    golden: 'other',
  },
  {
    name: 'data that can not be read',
    url: POST,
    answers: [{ body: BROKEN }],
    verdict: 'unclear',
    reason: 'unrecognised-page',
    golden: null,
  },
  {
    ...alive,
    name: 'an article of 2021',
    url: LONG,
    answers: [{ body: ARTICLE }],
    golden: 'article-2021',
    article: { author: '守桥人', published: '2021-07-15T10:26:49+08:00' },
  },
  {
    ...alive,
    name: 'an article of the other editor, its year not told',
    url: LONG,
    answers: [{ body: WORDS }],
    golden: 'article-words',
    article: { published: null },
  },
];
