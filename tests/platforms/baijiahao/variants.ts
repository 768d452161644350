import type { VisitCase } from '../cases.ts';

/** More of Baijiahao: class names of several builds, the year only in the data, films and lists in the text. */

const ARTICLE = 'https://baijiahao.baidu.com/s?id=1700000000000000001';
const alive = { verdict: 'alive', reason: 'ok', url: ARTICLE } as const;

function build(hash: string, source: string, data: string): string {
  return `<!DOCTYPE html><html><head><meta charset="utf-8"><title>井水的味道</title><script type="application/ld+json">{"@context":"https://ziyuan.baidu.com/contexts/cambrian.jsonld","@id":"${ARTICLE}","appid":"否"${data}}</script></head><body><div id="ssr-content"><div class="app-module_leftSection${hash}">
<div class="index-module_articleTitle${hash}">井水的味道</div><div class="index-module_articleDesc${hash}"><a class="index-module_authorLink${hash}"><p class="index-module_authorName${hash}">水井笔记</p></a><div class="index-module_articleSource${hash}">${source}</div><span class="index-module_accountAuthentication${hash}">优质创作者</span></div>
<div class="index-module_articleWrap${hash}"><div class="index-module_textWrap${hash}"><p><span class="bjh-p">先苦，<span class="bjh-strong">后甜</span>。</span></p></div><div class="index-module_mediaWrap${hash}"><div class="index-module_contentImg${hash}"><img src="https://pics1.baidu.com/feed/water.jpeg@f_auto?token=1" width="640"></div><p class="bjh-image-caption">井口</p></div>
<div class="index-module_textWrap${hash}"><h3 class="bjh-h3">三口井</h3><ul class="bjh-ul"><li>东井</li><li>西井</li></ul></div><div class="index-module_reportWrap${hash}">举报/反馈</div></div></div></div></body></html>`;
}

const TESTID = `<!DOCTYPE html><html><head><meta charset="utf-8"><title>井水的味道</title></head><body><div id="ssr-content"><div class="_18p7x"><div data-testid="author-name"><p><a>水井笔记</a></p></div><span data-testid="updatetime">2024-03-04 05:06</span></div>
<div data-testid="article"><div class="dpu8C"><p><span class="_2Zphx">先苦，后甜。</span></p></div><div class="_3QIJh"><video src="https://vd3.bdstatic.com/mda-x/well.mp4" poster="https://pics.baidu.com/p.jpg"></video></div><span data-testid="report-btn">举报/反馈</span></div></div></body></html>`;

export const variants: readonly VisitCase[] = [
  {
    ...alive,
    name: 'a build of 2021, the year only in the data',
    answers: [
      { body: build('_2Zphx', '<span>发布时间: 05-06</span><span>07:08</span>', ',"pubDate":"2021-05-06T07:08:09"') },
    ],
    golden: 'build-2021',
    article: { author: '水井笔记', published: '2021-05-06T07:08:09+08:00' },
  },
  {
    ...alive,
    name: 'a build of another hash, no year at all',
    answers: [{ body: build('__Os-HM', '发布时间: 05-06 07:08', '') }],
    golden: 'build-hash',
    article: { published: null },
  },
  {
    ...alive,
    name: 'a build of 2024',
    answers: [{ body: TESTID }],
    golden: 'build-2024',
    article: { title: '井水的味道', author: '水井笔记', published: '2024-03-04T05:06:00+08:00' },
  },
];
