import { buildArticle, type Page } from '../../article/index.ts';
import type { Article, Identity, Sighting } from '../../types.ts';
import { bodyOf, type Found, htmlPlatform, lookOf, textOf } from '../html-platform.ts';
import type { Platform, Visit } from '../platform.ts';
import { jsonAt, lastPage, matchMarkers } from '../sight.ts';
import { bidOf, identifyWeibo, unwrapWeibo } from './identify.ts';
import { markers } from './markers.ts';
import { statusIn, weiboTime } from './status.ts';

const longPosts = htmlPlatform({
  name: 'weibo',
  hosts: ['weibo.com', '.weibo.com', 'weibo.cn', '.weibo.cn'],
  manners: { concurrency: 1, intervalMs: 3000, headers: { 'accept-language': 'zh-CN,zh;q=0.9' } },
  markers,
  statuses: {
    418: {
      says: { verdict: 'blocked', reason: 'verification-wall' },
      explicit: false,
      source: 'public crawlers: answer of m.weibo.cn to visitors under suspicion',
    },
    432: {
      says: { verdict: 'blocked', reason: 'verification-wall' },
      explicit: false,
      source: 'public crawlers: answer of m.weibo.cn to visitors under suspicion',
    },
  },
  identify: identifyWeibo,
  find: findLongPost,
});

/** Weibo: posts by the state that the mobile page carries, long articles (ttarticle) by their page. */
const weibo: Platform = {
  ...longPosts,
  unwrap: unwrapWeibo,
  sight: (visit) => (isPost(visit.identity) ? sightPost(visit) : longPosts.sight(visit)),
  read: (visit) => (isPost(visit.identity) ? readPost(visit) : longPosts.read(visit)),
};

export default weibo;

function isPost(identity: Identity): boolean {
  return !identity.key.startsWith('article-');
}

function sightPost(visit: Visit): Sighting {
  const page = lastPage(visit);
  if (page === null) return longPosts.sight(visit);
  const status = statusIn(page);
  const bid = status === null ? null : (text(status, 'bid') ?? bidOf(text(status, 'id') ?? ''));
  return {
    ...lookOf(page),
    proof: status === null ? null : '$render_data.status',
    identity: bid === null ? 'unknown' : bid === visit.identity.key ? 'same' : 'other',
    title: status === null ? null : titleOfPost(status),
    markers: status === null ? matchMarkers(markers, page) : [],
  };
}

function readPost(visit: Visit): Article | null {
  const page = lastPage(visit);
  const status = page === null ? null : statusIn(page);
  if (page === null || status === null) return null;
  const pictures = jsonAt(status, 'pics');
  const images = (Array.isArray(pictures) ? pictures : []).flatMap((picture: unknown) => {
    const url = text(picture, 'large.url') ?? text(picture, 'url');
    return url === null ? [] : [`<p><img src="${url.replace(/"/g, '%22')}" alt=""></p>`];
  });
  const quoted = text(status, 'retweeted_status.text');
  return buildArticle({
    content: [
      `<div>${text(status, 'text') ?? ''}</div>`,
      ...(quoted === null ? [] : [`<blockquote>${quoted}</blockquote>`]),
      ...images,
    ].join(''),
    baseUrl: page.url,
    title: titleOfPost(status),
    author: text(status, 'user.screen_name'),
    published: weiboTime(text(status, 'created_at')),
    language: 'zh-CN',
    options: { dropSelectors: ['.url-icon'] },
  });
}

function titleOfPost(status: unknown): string | null {
  const name = text(status, 'status_title') ?? text(status, 'page_info.content2');
  if (name !== null) return name;
  const plain = (text(status, 'text') ?? '').slice(0, 5000).replace(/<[^<>]{0,2000}>/g, '');
  return [...plain.trim()].slice(0, 60).join('') || null;
}

function text(record: unknown, path: string): string | null {
  const value = jsonAt(record, path);
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

function findLongPost(page: Page): Found | null {
  const at = bodyOf(page, ['.WB_editor_iframe_new', '.WB_editor_iframe', '.f-art', '#main .article']);
  const title = textOf(page, '.main_editor .title', '.f-art-tit h2', '.title');
  if (at === null || title === null) return null;
  return {
    ...at,
    title,
    author: textOf(page, '.authorinfo em.W_autocut', '.authorinfo .W_autocut a', '.f-art-user .m-text-cut'),
    published: weiboTime(textOf(page, '.authorinfo .time', '.main_editor .time', '.f-art-user .time')),
    language: 'zh-CN',
  };
}
