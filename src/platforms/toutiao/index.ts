import { type Element, isTag } from 'domhandler';
import { readCode } from '../../article/code.ts';
import { chinaTime, type Page, type Rewrite } from '../../article/index.ts';
import type { Identity } from '../../types.ts';
import { bodyOf, type Found, htmlPlatform, textOf } from '../html-platform.ts';
import type { Marker } from '../platform.ts';
import { visibleText } from '../sight.ts';
import { toldBy } from './data.ts';

const markers: readonly Marker[] = [
  {
    rule: 'toutiao/challenge',
    situation: 'a script that has to compute a signature first, no text',
    where: 'html',
    selector: 'script',
    match: /_\$jsvmprt|\b__ac_nonce\b|\b__ac_signature\b/,
    says: { verdict: 'blocked', reason: 'js-challenge' },
    explicit: false,
    source: 'public crawlers: first answer without cookies',
    seen: '2026-09',
  },
  {
    rule: 'toutiao/login',
    situation: 'the login page in place of the article',
    where: 'final-url',
    match: /^https?:\/\/sso\.toutiao\.com\//,
    says: { verdict: 'blocked', reason: 'login-wall' },
    explicit: false,
    source: 'public scrapers: final addresses',
    seen: '2025-10',
  },
  {
    rule: 'toutiao/title-404',
    situation: 'error page with its own title',
    where: 'title',
    match: /^404错误页/,
    says: { verdict: 'gone', reason: 'not-found' },
    explicit: true,
    source: 'public scrapers: lists of error texts',
    seen: '2025-10',
  },
  {
    rule: 'toutiao/deleted',
    situation: 'notice that the content was deleted',
    where: 'text',
    selector: '.error-tips, .error-tip, .error-text',
    match: /内容已(?:被)?删除/,
    says: { verdict: 'gone', reason: 'removed-by-platform' },
    explicit: true,
    source: 'public scrapers: lists of error texts',
    seen: '2025-10',
  },
  {
    rule: 'toutiao/not-found',
    situation: 'notice that the content does not exist',
    where: 'text',
    selector: '.error-tips, .error-tip, .error-text',
    match: /(?:你|您)?访问的(?:内容|页面)不存在/,
    says: { verdict: 'gone', reason: 'not-found' },
    explicit: true,
    source: 'public scrapers: lists of error texts',
    seen: '2025-10',
  },
];

/** Articles and short posts of toutiao.com (今日头条). Without a browser's cookies it mostly shows its challenge. */
export default htmlPlatform({
  name: 'toutiao',
  hosts: ['toutiao.com', '.toutiao.com'],
  manners: { concurrency: 1, intervalMs: 2000, headers: { 'accept-language': 'zh-CN,zh;q=0.9' } },
  markers,
  identify,
  keyOf: (page, { key }) => {
    const ids = toldBy(page)?.ids ?? [];
    return ids.includes(key) ? key : (ids[0] ?? null);
  },
  find: (page) => shown(page) ?? toldBy(page)?.found ?? null,
  rewrite,
});

/** All forms of an article share one space of ids: /article/, /group/, /item/, /a…, /i…. Short posts stand at /w/. */
function identify(url: URL): Identity | null {
  const [, form, id] = /^\/(?:(article|group|item|w|video)\/|[ai])(\d{16,20})\/?$/.exec(url.pathname) ?? [];
  if (id === undefined) return null;
  const kind = form === 'w' || form === 'video' ? form : 'article';
  return { platform: 'toutiao', key: id, url: `https://www.toutiao.com/${kind}/${id}/` };
}

/** The article in the page's tree, as its script writes it there. */
function shown(page: Page): Found | null {
  const at = bodyOf(page, [
    'article.tt-article-content',
    'article.syl-article-base',
    '.article-box .article-content',
    '.article-content article',
    '.article__content',
    '.weitoutiao-html',
  ]);
  const title = textOf(page, '.article-content > h1', 'h1.article-title', '.article-box h1', 'h1.article__title', 'h1');
  if (at === null || (title === null && at.proof !== '.weitoutiao-html')) return null;
  return {
    ...at,
    title,
    author:
      textOf(page, '.article-meta .name a', '.article-meta .name', '.article__author', '.author-info .name') ??
      nameIn(page, '.article-sub span'),
    published: chinaTime(textOf(page, '.article-meta', '.article-sub', '.article__meta', '.time')),
    language: 'zh-CN',
  };
}

/** The one of these that is neither the badge of originality nor a date. */
function nameIn(page: Page, selector: string): string | null {
  for (const element of page.$(selector).toArray()) {
    const text = visibleText([element]);
    if (text !== '' && text !== '原创' && chinaTime(text) === null) return text;
  }
  return null;
}

/** `<pre class="syl-page-code hljs cpp">`: the first class is the editor's own, no language. */
function rewrite(element: Element): Rewrite | undefined {
  if (element.name !== 'pre' || !/\bsyl-page-code\b/.test(element.attribs.class ?? '')) return undefined;
  const inner = element.children.find(isTag)?.attribs.class ?? '';
  const names = `${element.attribs.class} ${inner.replaceAll('language-', '')}`.split(/\s+/);
  const language = names.find(
    (name) => /^[a-z][\w+#.-]*$/.test(name) && !/^(?:syl-page-code|hljs|text|plain\w*)$/.test(name),
  );
  return { kind: 'code', text: readCode(element).text, language: language ?? null };
}
