import { chinaTime, type Page } from '../../article/index.ts';
import type { Identity } from '../../types.ts';
import { bodyOf, type Found, htmlPlatform, metaOf, textOf } from '../html-platform.ts';
import type { Marker } from '../platform.ts';
import { titleOf } from '../sight.ts';

const markers: readonly Marker[] = [
  {
    rule: 'juejin/challenge',
    situation: 'a script that has to compute a signature first',
    where: 'html',
    selector: 'script',
    match: /_\$jsvmprt|\/byted_acrawler|captcha-(?:verify|sdk)[\w./-]*\.js/,
    says: { verdict: 'blocked', reason: 'js-challenge' },
    explicit: false,
    source: 'ByteDance challenge page, as on toutiao.com',
    seen: '2025-10',
  },
  {
    rule: 'juejin/not-found',
    situation: 'error page of the site',
    where: 'title',
    match: /^(?:404|找不到页面|页面不存在|页面找不到了)(?:\s?[-–_]\s?掘金)?$/,
    says: { verdict: 'gone', reason: 'not-found' },
    explicit: true,
    source: 'not verified on a kept page; error page of juejin.cn',
    seen: '2025-01',
  },
  {
    rule: 'juejin/lost',
    situation: 'error page of the site: the page got lost',
    where: 'text',
    selector: '.not-found, .error-view, .view-404, .page-404, .not-found-view',
    match: /页面(?:不存在|找不到了|走丢了|丢失)|文章(?:不存在|已被?删除)|链接失效/,
    says: { verdict: 'gone', reason: 'not-found' },
    explicit: true,
    source: 'not verified on a kept page; error page of juejin.cn',
    seen: '2025-01',
  },
];

/** Posts of juejin.cn (掘金); ids of 24 hex digits are from before 2020 and are redirected for good to numbers. */
export default htmlPlatform({
  name: 'juejin',
  hosts: ['juejin.cn', '.juejin.cn', 'juejin.im', '.juejin.im'],
  manners: { concurrency: 1, intervalMs: 1500, headers: { 'accept-language': 'zh-CN,zh;q=0.9' } },
  markers,
  renames: true,
  identify,
  find,
  redirectors: [{ host: 'link.juejin.cn', parameter: 'target' }],
  drop: ['.copy-code-btn, .code-block-extension-header, .article-suspended-panel'],
});

function identify(url: URL): Identity | null {
  const [, kind, id] =
    /^\/(?:spost\/|(post|entry|pin)\/)(\d{15,20}|[0-9a-f]{24})\/?(?:detail\/?)?$/.exec(url.pathname) ?? [];
  if (id === undefined) return null;
  const form = kind ?? 'post';
  return { platform: 'juejin', key: form === 'post' ? id : `${form}-${id}`, url: `https://juejin.cn/${form}/${id}` };
}

function find(page: Page): Found | null {
  const at = bodyOf(page, [
    '#article-root .markdown-body',
    '.article-content .markdown-body',
    '.markdown-body',
    '.pin-content',
  ]);
  const window = titleOf(page).replace(/(?:\s-\s沸点)?\s-\s掘金$/, '');
  const title = textOf(page, 'h1.article-title', '.article-title') ?? metaOf(page, 'headline') ?? window;
  if (at === null || title === '') return null;
  return {
    ...at,
    title,
    author:
      textOf(
        page,
        '.author-info-block .author-name .username',
        '.author-name .username',
        '.author-info-box .username',
        '.pin-header .username',
      ) ??
      (page.$('[itemprop="author"] meta[itemprop="name"]').attr('content')?.trim() || null),
    published: chinaTime(metaOf(page, 'datePublished') ?? page.$('time[datetime]').attr('datetime')),
    language: 'zh-CN',
  };
}
