import { chinaTime, type Page } from '../../article/index.ts';
import type { Identity } from '../../types.ts';
import { bodyOf, type Found, htmlPlatform, metaOf, textOf } from '../html-platform.ts';
import type { Marker } from '../platform.ts';
import { titleOf } from '../sight.ts';

const LISTS = 'public scrapers: lists of error texts';

const markers: readonly Marker[] = [
  {
    rule: 'baijiahao/wappass',
    situation: 'Baidu asks for a verification',
    where: 'final-url',
    match: /^https?:\/\/wappass\.baidu\.com\//,
    says: { verdict: 'blocked', reason: 'verification-wall' },
    explicit: false,
    source: LISTS,
    seen: '2025-10',
  },
  {
    rule: 'baijiahao/verification',
    situation: 'Baidu asks for a verification',
    where: 'title',
    match: /^(?:百度)?安全验证$/,
    says: { verdict: 'blocked', reason: 'verification-wall' },
    explicit: false,
    source: LISTS,
    seen: '2025-10',
  },
  {
    rule: 'baijiahao/not-found',
    situation: 'notice that the page is not there',
    where: 'text',
    selector: '.error-tip, .error-text, .errorMsg, .error, h1, h2, p, span, div:not(:has(div, p))',
    match:
      /^(?:抱歉[，,]?\s?(?:你|您)?(?:找|访问)的页面(?:不见|不存在|找不到)(?:啦|了)?|文章暂时找不到了|这里空空如也)[。.!！~]*$/,
    says: { verdict: 'gone', reason: 'not-found' },
    explicit: true,
    source: LISTS,
    seen: '2025-10',
  },
  {
    rule: 'baijiahao/deleted',
    situation: 'notice that the article was deleted',
    where: 'text',
    selector: '.error-tip, .error-text, .errorMsg, .error, h1, h2, p, span, div:not(:has(div, p))',
    match: /^(?:抱歉[，,]?\s?)?(?:该|此|当前)?(?:文章|内容)(?:已被?(?:作者)?删除|已下线|已失效|不存在)[。.!！]*$/,
    says: { verdict: 'gone', reason: 'removed-by-platform' },
    explicit: true,
    source: LISTS,
    seen: '2025-10',
  },
];

/** Articles of Baidu's open platform (百家号). */
export default htmlPlatform({
  name: 'baijiahao',
  hosts: ['baijiahao.baidu.com'],
  manners: { concurrency: 1, intervalMs: 2000, headers: { 'accept-language': 'zh-CN,zh;q=0.9' } },
  markers,
  identify,
  find,
  drop: [
    '[class*="index-module_accountAuthentication"], [class*="index-module_disclaimer"], .recent-article',
    '[class*="index-module_report"], [data-testid="report-btn"]',
  ],
});

function identify(url: URL): Identity | null {
  const id = /^\/(?:s|builder\/preview\/s)\/?$/.test(url.pathname) ? url.searchParams.get('id') : null;
  if (id === null || !/^\d{10,20}$/.test(id)) return null;
  return { platform: 'baijiahao', key: id, url: `https://baijiahao.baidu.com/s?id=${id}` };
}

/** Class names end in a hash that changes with every build, so only their beginnings are looked for. */
function find(page: Page): Found | null {
  const at = bodyOf(page, [
    '[data-testid="article"]',
    '[class*="index-module_articleWrap"]',
    '#article .article-content',
    '.article-content',
    '#ssr-content .dpu8C',
  ]);
  const windowTitle = titleOf(page);
  const title =
    textOf(page, '.article-title h2', '.article-title', '[class*="index-module_articleTitle"]') ?? windowTitle;
  if (at === null || title === '') return null;
  return {
    ...at,
    title,
    author: textOf(page, '.author-name', '[data-testid="author-name"]', '[class*="index-module_authorName"]'),
    published:
      chinaTime(metaOf(page, 'datePublished') ?? metaOf(page, 'dateUpdate')) ??
      chinaTime(pubDate(page)) ??
      chinaTime(textOf(page, '[data-testid="updatetime"]', '[class*="index-module_articleSource"]', '.article-source')),
    language: 'zh-CN',
  };
}

/** Time in the data that the page carries for Baidu's own search; the visible one leaves out the year. */
function pubDate(page: Page): string | undefined {
  const data = page.$('script[type="application/ld+json"]').first().text();
  return /"pubDate"\s*:\s*"([\dT:-]{10,30})"/.exec(data)?.[1];
}
