import type { Marker } from '../platform.ts';

const NOTICE = 'h1, h2, h3, h4, p, span, em, strong, li, div:not(:has(div, p))';
const LISTS = 'public scrapers of sohu.com: lists of error texts';

/** What sohu.com says instead of an article. No page with these was seen kept; the words are from public scrapers. */
export const markers: readonly Marker[] = [
  {
    rule: 'sohu/page-gone',
    situation: 'notice that the page no longer exists',
    where: 'text',
    selector: NOTICE,
    match:
      /^(?:404\s?[,，!！]?\s?)?(?:抱歉[,，!！]?\s?)?您(?:所)?访问的页面(?:已经|已)?(?:不存在|不见)(?:了|啦)?[!！。.~]*$/,
    says: { verdict: 'gone', reason: 'not-found' },
    explicit: true,
    source: LISTS,
    seen: '2025-10',
  },
  {
    rule: 'sohu/title-404',
    situation: 'error page with its own title',
    where: 'title',
    match: /^(?:404 Not Found|404|页面不存在|404[,，]您访问的页面已经不存在[!！]?|搜狐-404|404[-_—]搜狐\S{0,6})$/,
    says: { verdict: 'gone', reason: 'not-found' },
    explicit: true,
    source: LISTS,
    seen: '2025-10',
  },
  {
    rule: 'sohu/front-page',
    situation: 'the front page or the news stream in place of the article',
    where: 'title',
    match: /^(?:手机搜狐网|手机搜狐|搜狐新闻-时间线|搜狐新闻|搜狐|搜狐网)$/,
    says: { verdict: 'gone', reason: 'redirected-home' },
    explicit: false,
    source: LISTS,
    seen: '2025-10',
  },
];
