import { type Element, isTag } from 'domhandler';
import { readCode } from '../../article/code.ts';
import { chinaTime, type Page, plainText, type Rewrite } from '../../article/index.ts';
import type { Identity } from '../../types.ts';
import { bodyOf, type Found, htmlPlatform, textOf } from '../html-platform.ts';
import type { Marker } from '../platform.ts';
import { jsonAt } from '../sight.ts';

const markers: readonly Marker[] = [
  {
    rule: 'jianshu/not-found',
    situation: 'error page: the page does not exist',
    where: 'text',
    selector: '.error, .error-block, .error-page, ._3Xq0r2, .main h3, .main-top h3, .dialog-page h3',
    match: /(?:您|你)要找的页面不存在|页面不存在|文章(?:已被?删除|不存在)/,
    says: { verdict: 'gone', reason: 'not-found' },
    explicit: true,
    source: 'not verified on a kept page; error page of jianshu.com',
    seen: '2025-01',
  },
  {
    rule: 'jianshu/locked',
    situation: 'the note is locked or hidden',
    where: 'text',
    selector: '.error, .error-block, .error-page, ._3Xq0r2, .main h3, .dialog-page h3',
    match: /(?:文章|该文章|此文章)(?:已被|被)(?:作者)?(?:锁定|隐藏|设为私密)/,
    says: { verdict: 'gone', reason: 'removed-by-platform' },
    explicit: true,
    source: 'not verified on a kept page; error page of jianshu.com',
    seen: '2025-01',
  },
  {
    rule: 'jianshu/sign-in',
    situation: 'the login page in place of the note',
    where: 'final-url',
    match: /^https?:\/\/(?:www\.|m\.)?jianshu\.com\/sign_in\b/,
    says: { verdict: 'blocked', reason: 'login-wall' },
    explicit: false,
    source: 'address of the login page',
    seen: '2025-01',
  },
];

/** Notes of jianshu.com (简书). */
export default htmlPlatform({
  name: 'jianshu',
  hosts: ['jianshu.com', '.jianshu.com'],
  manners: { concurrency: 1, intervalMs: 2000, headers: { 'accept-language': 'zh-CN,zh;q=0.9' } },
  markers,
  redirectors: [
    { host: 'links.jianshu.com', parameter: 'to' },
    // until about 2018
    { host: 'link.jianshu.com', parameter: 't' },
  ],
  identify,
  find,
  rewrite,
  drop: ['.image-container-fill, .support-author, .follow-detail, ._3Pnjry'],
});

function identify(url: URL): Identity | null {
  const id = /^\/(?:mobile\/)?p\/([0-9a-f]{6,12})\/?$/i.exec(url.pathname)?.[1]?.toLowerCase();
  return id === undefined ? null : { platform: 'jianshu', key: id, url: `https://www.jianshu.com/p/${id}` };
}

function find(page: Page): Found | null {
  const at = bodyOf(page, ['article._2rhmJa', '.show-content-free', '.show-content', '.note .content', 'article']);
  const note = noteOf(page);
  const title =
    textOf(page, 'h1._1RuRku', '.article h1.title', 'h1.title', 'section > h1', 'h1') ?? text(note, 'public_title');
  if (at === null || title === null) return null;
  return {
    ...at,
    title,
    author: textOf(page, '.FxYr8x a', '.author .name a', '.author .name', '._22gUMi') ?? text(note, 'user.nickname'),
    published:
      chinaTime(`${jsonAt(note, 'first_shared_at')}`) ??
      chinaTime(page.$('time[datetime]').attr('datetime')) ??
      chinaTime(textOf(page, '.publish-time', 'time')),
    partial: /free/.test(text(note, 'paid_type') ?? 'free') ? null : 'note.data.paid_type',
    language: 'zh-CN',
  };
}

/** The note's record in the page's own state. */
function noteOf(page: Page): unknown {
  const source = page.$('script#__NEXT_DATA__').first().text();
  try {
    return jsonAt(JSON.parse(source), 'props.initialState.note.data');
  } catch {
    return undefined;
  }
}

/** Code names its language by a bare class (`<code class="python">`); films stand in an attribute. */
function rewrite(element: Element): Rewrite | undefined {
  const { name, attribs, children } = element;
  if (attribs['data-video-url'] !== undefined) {
    const words = plainText(element).replace(/\s+/g, ' ').trim();
    return { kind: 'link', text: words || '视频', url: attribs['data-video-url'], block: true, embed: true };
  }
  const code = name === 'pre' ? children.find(isTag) : undefined;
  const language = /^[a-z][\w+#.-]*$/.exec(code?.attribs.class ?? '')?.[0];
  return code?.name === 'code' && language !== undefined
    ? { kind: 'code', text: readCode(element).text, language }
    : undefined;
}

function text(record: unknown, path: string): string | null {
  const value = jsonAt(record, path);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}
