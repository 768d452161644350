import type { VisitCase } from '../cases.ts';
import { ANSWER, ARTICLE, dataPage, PIN, QUESTION, TARDIS } from './pages.ts';

/** More of what Zhihu shows: content of all years, the page's own tree, pins, films, columns, paid texts. */

const COLUMN = `https://zhuanlan.zhihu.com/p/${ARTICLE.id}`;
const ANSWER_URL = 'https://www.zhihu.com/question/54000001/answer/137000001';
const alive = { verdict: 'alive', reason: 'ok' } as const;
const article = (content: string, fields: Record<string, unknown> = {}): string =>
  dataPage({ articles: { [ARTICLE.id]: { ...ARTICLE, content, ...fields } } });
const answer = (content: string, fields: Record<string, unknown> = {}): string =>
  dataPage({ answers: { 137000001: { ...ANSWER, content, ...fields } } });

const SCIENCE = `<p data-pid="a1">升力 <img src="https://www.zhihu.com/equation?tex=L" alt="L" eeimg="1"/> 满足</p>
<p data-pid="a2"><img src="https://www.zhihu.com/equation?tex=L%3D%5Cfrac12%5Crho+v%5E2" alt="L=\\frac12\\rho v^2S C_L \\\\" eeimg="1"/></p>
<p data-pid="a3"><img src="https://www.zhihu.com/equation?tex=D" alt="D=0.1" eeimg="2"/></p>
<h2>折法</h2><ol><li data-pid="a4">对折</li><li data-pid="a5">压平</li></ol><blockquote data-pid="a6">纸要<i>薄</i>，手要<u>稳</u>。</blockquote><hr/>
<figure data-size="normal"><img src="https://picx.zhimg.com/v2-cap_1440w.jpg" data-caption="" data-size="normal" data-rawwidth="800" data-original-token="v2-cap" class="origin_image zh-lightbox-thumb" data-original="https://picx.zhimg.com/v2-cap_r.jpg"/><figcaption>第一架</figcaption></figure>
<p>见<sup data-text="折纸史" data-url="" data-draft-type="reference" data-numero="1">[1]</sup>，又见<sup data-text="折纸史" data-url="" data-draft-type="reference" data-numero="1">[1]</sup>。</p>
<p><a class="member_mention" href="//www.zhihu.com/people/abc" data-hash="abc">@风筝客</a>问<span class="nolink">无链接</span>，<a href="https://www.zhihu.com/question/1" class="internal">旧问题</a>。</p><p class="ztext-empty-paragraph"><br/></p>
<a data-draft-node="block" data-draft-type="mcn-link-card" data-mcn-id="1">卖纸</a><a data-draft-node="block" data-draft-type="ad-link-card" data-ad-id="2">广告</a>
<a href="" data-draft-type="link-card">没有去处的卡片</a><a href="https://example.org/untitled" data-draft-type="link-card" data-image=""></a>
<div class="highlight"><pre><code class="language-text">无语言
<span></span></code></pre></div><div class="highlight"><pre><code class="language-cpp"><span class="cp">#include</span> &lt;cmath&gt;
double g = 9.8;</code></pre></div>
<table data-draft-node="block" data-draft-type="table" data-size="normal" data-row-style="normal"><tbody><tr><th>纸</th><th>秒</th></tr><tr><td>宣纸</td><td>7</td></tr></tbody></table>`;

/** An answer of 2013: pictures without figures, addresses cut for the eye, films of other sites. */
const EARLY = `飞机要用<b>报纸</b>折。<br><br>图纸：<a href="//link.zhihu.com/?target=http%3A//www.example.com/plans/long/way" class=" external" target="_blank" rel="nofollow noreferrer"><span class="invisible">http://www.</span><span class="visible">example.com/plans/</span><span class="invisible">long/way</span><span class="ellipsis"></span><i class="icon-external"></i></a>
<br><noscript><img src="https://pic1.zhimg.com/aa_b.jpg" data-rawwidth="500" class="content_image" width="500"></noscript><img src="//zhstatic.zhihu.com/assets/zhihu/ztext/whitedot.jpg" data-rawwidth="500" class="content_image lazy" width="500" data-actualsrc="https://pic1.zhimg.com/aa_b.jpg">
<br><img src="data:image/gif;base64,R0" data-thumbnail="https://pic2.zhimg.com/bb_b.jpg" class="content_image"><img data-original="" src="https://pic3.zhimg.com/cc_b.jpg">
<a class="video-link" href="https://link.zhihu.com/?target=http%3A//v.youku.com/v_show/id_X.html" data-title="试飞" data-poster="https://pic4.zhimg.com/dd.jpg">http://v.youku.com/v_show/id_X.html</a><a href="http://[bad">坏链接</a><a>没有地址</a>`;

const TREE = `<!doctype html><html><head><meta charset="utf-8"><title>纸飞机怎样折得远？ - 知乎</title></head><body><h1 class="QuestionHeader-title">纸飞机怎样折得远？</h1>
<div class="ContentItem AnswerItem" name="999"><div class="RichContent-inner"><span class="RichText ztext"><p>别人的回答。</p></span></div></div>
<div class="ContentItem AnswerItem" name="137000001"><div class="AuthorInfo"><meta itemprop="name" content="答的人"></div><meta itemprop="dateCreated" content="2016-11-24T15:03:20.000Z"><meta itemprop="dateModified" content="2016-11-24T23:20:00+08:00">
<div class="RichContent"><div class="RichContent-inner"><span class="RichText ztext CopyrightRichText-richText"><p>机头<span class="ztext-math" data-eeimg="2" data-tex="m&gt;2"><span>m&gt;2</span></span>克。<sup data-text="称重表" data-url="https://example.org/scale" data-draft-type="reference" data-numero="1"><a id="ref_1_0" href="#ref_1" class="ReferenceLink">[1]</a></sup></p>
<figure><img src="data:image/svg+xml;utf8,x" class="lazy" data-actualsrc="https://pic1.zhimg.com/v2-t_720w.webp"><noscript><img src="https://pic1.zhimg.com/v2-t_720w.webp"></noscript></figure>
<div class="RichText-LinkCardContainer"><a target="_blank" href="https://link.zhihu.com/?target=https%3A//example.org/fold" class="LinkCard new"><span class="LinkCard-contents"><span class="LinkCard-title two-line" data-text="true">折法大全</span><span class="LinkCard-desc">example.org</span></span><span class="LinkCard-image"><img src="https://pic2.zhimg.com/v2-card_180x120.jpg" alt=""></span></a></div>
<div class="RichText-MCNLinkCardContainer"><a class="MCNLinkCard">卖纸</a></div>
<h2 data-into-catalog-status="">参考</h2><ol class="ReferenceList"><li id="ref_1"><a class="ReferenceList-backLink">^</a><span>称重表</span> <a href="https://link.zhihu.com/?target=https%3A//example.org/scale" class="external">https://example.org/scale</a></li></ol></span></div>
<div class="ContentItem-time"><a>发布于 2016-11-24 23:03</a></div></div></div></body></html>`;

const PAID_TREE = TREE.replace(
  '<div class="ContentItem-time">',
  '<div class="KfeCollection-PaidAnswerFooter">开通会员</div><div class="ContentItem-time">',
);
const EMPTY_TREE =
  '<title>404 - 知乎</title><div class="AnswerItem" name="137000001"><div class="RichContent-inner"><span class="RichText"><b></b></span></div></div>';
const PICTURE_TREE = `<title>知乎</title><link rel="canonical" href="${COLUMN}"><div class="Post-RichText"><p><img src="https://pic1.zhimg.com/v2-only.jpg"></p></div>`;

const FILM = {
  title: '一分钟试飞',
  description: '操场上，<b>逆风</b>。',
  publishedAt: 1600000000,
  author: { name: '折纸的人' },
};
const SERIES = { title: '折纸手记', intro: '一年折一百架。', author: { name: '折纸的人' }, updated: 1600000000 };

export const variants: readonly VisitCase[] = [
  {
    ...alive,
    name: 'formulas, captions, notes, code, a table',
    url: COLUMN,
    answers: [{ body: article(SCIENCE) }],
    golden: 'science',
  },
  { ...alive, name: 'an answer of 2013', url: ANSWER_URL, answers: [{ body: answer(EARLY) }], golden: 'early' },
  {
    ...alive,
    name: 'an answer saved without its data, among others',
    url: ANSWER_URL,
    answers: [{ body: TREE }],
    golden: 'tree',
    article: { author: '答的人', published: '2016-11-24T23:03:20+08:00', updated: '2016-11-24T23:20:00+08:00' },
  },
  {
    ...alive,
    name: 'a paid answer saved without its data',
    url: ANSWER_URL,
    answers: [{ body: PAID_TREE }],
    reason: 'partial',
    golden: 'tree-paid',
  },
  {
    ...alive,
    name: 'a column of one picture and no title',
    url: COLUMN,
    answers: [{ body: PICTURE_TREE }],
    golden: 'tree-picture',
  },
  {
    name: 'an answer without any content',
    url: ANSWER_URL,
    answers: [{ body: EMPTY_TREE, status: 404 }],
    verdict: 'gone',
    reason: 'not-found',
    golden: null,
  },
  {
    ...alive,
    name: 'a pin with every piece',
    url: 'https://www.zhihu.com/pin/17000001',
    answers: [
      {
        body: dataPage({
          pins: {
            17000001: {
              ...PIN,
              excerptTitle: '今天二十米',
              content: [
                { type: 'text', ownText: '风<b>小</b>。' },
                { type: 'text' },
                {
                  type: 'image',
                  originalUrl: 'https://pic1.zhimg.com/v2-o.jpg',
                  url: 'https://pic1.zhimg.com/v2-s.jpg',
                },
                { type: 'image' },
                { type: 'video', videoId: '123' },
                { type: 'link', url: 'https://example.org/no-title' },
              ],
            },
          },
        }),
      },
    ],
    golden: 'pin-pieces',
  },
  {
    ...alive,
    name: 'a pin of 2024, as HTML',
    url: 'https://www.zhihu.com/pin/17000001',
    answers: [
      {
        body: dataPage({ pins: { 17000001: { ...PIN, content: undefined, contentHtml: '<p>换了<b>宣纸</b>。</p>' } } }),
      },
    ],
    golden: 'pin-html',
  },
  {
    ...alive,
    name: 'a film',
    url: 'https://www.zhihu.com/zvideo/160',
    answers: [{ body: dataPage({ zvideos: { 160: FILM } }) }],
    golden: 'film',
  },
  {
    ...alive,
    name: 'a column itself',
    url: 'https://www.zhihu.com/column/c_170',
    answers: [{ body: dataPage({ columns: { c_170: SERIES } }) }],
    golden: 'series',
  },
  {
    ...alive,
    name: 'a question without a text, its answers of one moment',
    url: 'https://www.zhihu.com/question/54000001',
    answers: [
      {
        body: dataPage({
          questions: { 54000001: { ...QUESTION, detail: '' } },
          answers: {
            2: { ...ANSWER, author: undefined },
            1: { ...ANSWER, content: '<p>先来的。</p>' },
            3: { ...ANSWER, question: { id: '7' } },
          },
        }),
      },
    ],
    golden: 'question-bare',
  },
  {
    ...alive,
    name: 'a question without answers',
    url: 'https://www.zhihu.com/question/54000001',
    answers: [{ body: dataPage({ questions: { 54000001: QUESTION } }) }],
    golden: 'question-open',
  },
  {
    ...alive,
    name: 'an answer that has to be bought',
    url: ANSWER_URL,
    answers: [{ body: answer('<p>试读。</p>', { answerType: 'paid', paidInfo: { hasPurchased: false } }) }],
    reason: 'partial',
    golden: 'answer-paid',
  },
  {
    ...alive,
    name: 'an answer that was bought',
    url: ANSWER_URL,
    answers: [{ body: answer('<p>全文。</p>', { answerType: 'paid', paidInfo: { hasPurchased: true } }) }],
    golden: 'answer-bought',
  },
  {
    ...alive,
    name: 'a text that ends in an offer',
    url: COLUMN,
    answers: [{ body: article('<p>开头。</p><p>购买该盐选专栏查看完整 12 篇内容</p>') }],
    reason: 'partial',
    golden: 'offer',
  },
  {
    name: "the reader's page of another article",
    url: 'https://zhuanlan.zhihu.com/p/7',
    answers: [{ body: TARDIS }],
    verdict: 'unclear',
    reason: 'unrecognised-page',
    golden: null,
  },
  {
    name: "the reader's page without a text",
    url: COLUMN,
    answers: [
      { body: '<title>知乎</title><p>x</p><script>window.g_initialProps = {"renderHtml":{"type":"art"}};</script>' },
    ],
    verdict: 'unclear',
    reason: 'unrecognised-page',
    golden: null,
  },
];
