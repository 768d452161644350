import type { Marker } from '../platform.ts';

/** Smallest blocks only: a sentence that is a block of its own is a notice, one inside a paragraph is a quotation. */
const NOTICE = 'h1, h2, h3, h4, p, span, em, strong, li, title + div, div:not(:has(div, p))';
const LISTS = 'public scrapers of 163.com: lists of error texts';

/** What 163.com says instead of an article. No page with these was seen kept; the words are from public scrapers. */
export const markers: readonly Marker[] = [
  {
    rule: 'netease/error-isp',
    situation: 'the network of the visitor is turned away',
    where: 'final-url',
    match: /^https?:\/\/[\w.]*163\.com\/special\/0077jt\/error_isp\.html/,
    says: { verdict: 'blocked', reason: 'forbidden' },
    explicit: false,
    source: 'search excerpts of 163.com redirects by network',
    seen: '2025-06',
  },
  {
    rule: 'netease/title-404',
    situation: 'error page with its own title',
    where: 'title',
    match:
      /^(?:网易\s?[-_]\s?404|(?:内容|视频|动态|视频\/动态)不存在或(?:已)?被删除|网页跑丢了|404[!！,，]?\s?页面找不到了)$/,
    says: { verdict: 'gone', reason: 'not-found' },
    explicit: true,
    source: LISTS,
    seen: '2025-10',
  },
  {
    rule: 'netease/removed',
    situation: 'notice that the content does not exist or was deleted',
    where: 'text',
    selector: NOTICE,
    match:
      /^(?:抱歉[,，!！]?\s?)?(?:您(?:访问|查看)的)?(?:内容|文章|视频|动态|视频\/动态)不存在或(?:已)?被删除[。.！!]?$/,
    says: { verdict: 'gone', reason: 'not-found' },
    explicit: true,
    source: LISTS,
    seen: '2025-10',
  },
  {
    rule: 'netease/not-viewable',
    situation: 'notice that this content can not be viewed',
    where: 'text',
    selector: NOTICE,
    match: /^(?:抱歉[,，!！]?\s?)?该内容无法查看[。.！!]?$/,
    says: { verdict: 'gone', reason: 'removed-by-platform' },
    explicit: true,
    source: LISTS,
    seen: '2025-10',
  },
  {
    rule: 'netease/page-lost',
    situation: 'notice that the page was not found',
    where: 'text',
    selector: NOTICE,
    match: /^(?:404[!！,，]?\s?页面找不到了|(?:抱歉[,，!！]?\s?)?网页跑丢了)[。.！!~～]*$/,
    says: { verdict: 'gone', reason: 'not-found' },
    explicit: true,
    source: LISTS,
    seen: '2025-10',
  },
  {
    rule: 'netease/front-page',
    situation: 'the front page in place of the article',
    where: 'title',
    match: /^(?:网易|手机网易网|网易新闻|网易手机网)$/,
    says: { verdict: 'gone', reason: 'redirected-home' },
    explicit: false,
    source: LISTS,
    seen: '2025-10',
  },
];
