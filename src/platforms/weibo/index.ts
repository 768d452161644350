import type { Element } from 'domhandler';
import { buildArticle, chinaTime, type Page, plainText, type Rewrite } from '../../article/index.ts';
import { parseMarkup } from '../../article/parse.ts';
import type { Article, Identity, Sighting } from '../../types.ts';
import { escapeHtml } from '../escape.ts';
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
  redirectors: [{ host: 'weibo.cn', parameter: 'u' }],
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
  if (status === null) return { ...lookOf(page), markers: matchMarkers(markers, page) };
  const bid = text(status, 'bid') ?? bidOf(String(jsonAt(status, 'id')));
  return {
    ...lookOf(page),
    proof: '$render_data.status',
    identity: bid === null ? 'unknown' : bid === visit.identity.key ? 'same' : 'other',
    title: titleOfPost(status),
    partial: cutOf(status),
  };
}

/** The list's form of a long post ends in a link to the whole. */
function cutOf(status: unknown): string | null {
  return />全文<\/a>\s*$/.test(`${text(status, 'text')}`) ? '全文' : null;
}

function readPost(visit: Visit): Article | null {
  const page = lastPage(visit);
  const status = page === null ? null : statusIn(page);
  if (page === null || status === null) return null;
  return buildArticle({
    content: postHtml(status) + quotedHtml(jsonAt(status, 'retweeted_status')),
    baseUrl: page.url,
    title: titleOfPost(status),
    author: text(status, 'user.screen_name'),
    published: weiboTime(text(status, 'created_at')),
    language: 'zh-CN',
    partial: cutOf(status) !== null,
    options: { rewrite, linkUrl: behindSina },
  });
}

/** A post's words, its pictures, and the film or article that it shows as a card. */
function postHtml(status: unknown): string {
  const images = [jsonAt(status, 'pics')]
    .flat()
    .flatMap((picture) => text(picture, 'large.url') ?? text(picture, 'url') ?? []);
  const card = /^(?:video|article|webpage)$/.test(String(jsonAt(status, 'page_info.type')))
    ? text(status, 'page_info.page_url')
    : null;
  const name = text(status, 'page_info.page_title') ?? text(status, 'page_info.content1') ?? card;
  return [
    `<div>${text(status, 'text') ?? ''}</div>`,
    ...images.map((url) => `<p><img src="${escapeHtml(url)}" alt=""></p>`),
    ...(card === null ? [] : [`<p><a href="${escapeHtml(card)}">${escapeHtml(`${name}`)}</a></p>`]),
  ].join('');
}

/** The post that this one passes on, after the name of who wrote it. */
function quotedHtml(quoted: unknown): string {
  if (text(quoted, 'text') === null) return '';
  const name = text(quoted, 'user.screen_name');
  return `<blockquote>${name === null ? '' : `<p>@${escapeHtml(name)}：</p>`}${postHtml(quoted)}</blockquote>`;
}

/** Small pictures of faces become their names (`[笑]`); other small pictures before a link are ornaments. */
function rewrite({ attribs, children }: Element): Rewrite | undefined {
  if (attribs.class !== 'url-icon') return undefined;
  const [face] = children;
  const name = face?.type === 'tag' ? face.attribs.alt : undefined;
  return name === undefined || name === '' ? 'drop' : { kind: 'text', text: name };
}

/** The address behind weibo.cn/sinaurl; undefined for every other link. */
function behindSina({ attribs }: Element): string | undefined {
  const target = /^https?:\/\/(?:www\.)?weibo\.cn\/sinaurl\?(?:[^#]*&)?(?:u|toasturl)=([^&#]+)/.exec(
    `${attribs.href}`,
  )?.[1];
  const address = new URLSearchParams(`u=${target}`).get('u');
  return address !== null && URL.canParse(address) ? address : undefined;
}

function titleOfPost(status: unknown): string | null {
  const name = text(status, 'status_title') ?? text(status, 'page_info.content2');
  if (name !== null) return name;
  const plain = plainText(parseMarkup((text(status, 'text') ?? '').slice(0, 5000)));
  return [...plain.trim()].slice(0, 60).join('') || null;
}

function text(record: unknown, path: string): string | null {
  const value = jsonAt(record, path);
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

function findLongPost(page: Page): Found | null {
  const at = bodyOf(page, [
    '.WB_editor_iframe_new',
    '.WB_editor_iframe_word',
    '.WB_editor_iframe',
    '.f-art',
    '#main .article',
  ]);
  const shown = textOf(page, '.authorinfo .time', '.main_editor .time', '.f-art-user .time');
  const title = textOf(page, '.main_editor .title', '.f-art-tit h2', '.title');
  if (at === null || title === null) return null;
  return {
    ...at,
    title,
    author: textOf(page, '.authorinfo em.W_autocut', '.authorinfo .W_autocut a', '.f-art-user .m-text-cut'),
    published: weiboTime(shown) ?? chinaTime(shown),
    language: 'zh-CN',
  };
}
