import { buildArticle, chinaTime, type Page } from '../../article/index.ts';
import type { Article, Identity, Sighting } from '../../types.ts';
import { bodyOf, type Found, htmlPlatform, lookOf, namedKey, textOf } from '../html-platform.ts';
import type { Platform, Visit } from '../platform.ts';
import { jsonAt, lastPage, matchMarkers, titleOf } from '../sight.ts';
import { identifyBilibili } from './identify.ts';
import { markers } from './markers.ts';

const columns = htmlPlatform({
  name: 'bilibili',
  hosts: ['bilibili.com', '.bilibili.com'],
  manners: { concurrency: 1, intervalMs: 1500, headers: { 'accept-language': 'zh-CN,zh;q=0.9' } },
  markers,
  statuses: {
    412: {
      says: { verdict: 'blocked', reason: 'verification-wall' },
      explicit: false,
      source: 'public API notes: 412 for visitors under suspicion',
    },
  },
  renames: true,
  identify: identifyBilibili,
  keyOf,
  find: findColumn,
  drop: ['.article-cut-off, .video-card, .opus-module-author, .opus-module-extend, .read-btn'],
});

/** Bilibili: videos by the API's own answer, columns (cv) and posts (opus) by their pages. */
const bilibili: Platform = {
  ...columns,
  ask(identity, answered) {
    if (!isVideo(identity)) return columns.ask(identity, answered);
    if (answered.length > 0) return null;
    const url = `https://api.bilibili.com/x/web-interface/view?bvid=${identity.key}`;
    return { url, method: 'GET', headers: { referer: identity.url }, body: null, via: 'api' };
  },
  sight: (visit) => (isVideo(visit.identity) ? sightVideo(visit) : columns.sight(visit)),
  read: (visit) => (isVideo(visit.identity) ? readVideo(visit) : columns.read(visit)),
};

export default bilibili;

function isVideo(identity: Identity): boolean {
  return identity.key.startsWith('BV');
}

function sightVideo(visit: Visit): Sighting {
  const page = lastPage(visit);
  if (page === null) return columns.sight(visit);
  const bvid = jsonAt(page.json, 'data.bvid');
  const alive = String(jsonAt(page.json, 'code')) === '0' && typeof bvid === 'string';
  return {
    ...lookOf(page),
    proof: alive ? 'data.bvid' : null,
    identity: typeof bvid !== 'string' ? 'unknown' : bvid === visit.identity.key ? 'same' : 'other',
    title: string(page, 'data.title') ?? (page.json === undefined ? titleOf(page) || null : null),
    markers: alive ? [] : matchMarkers(markers, page),
  };
}

/** A video as an article: its description and its picture; the film itself stays where it is. */
function readVideo(visit: Visit): Article | null {
  const page = lastPage(visit);
  if (page === null || string(page, 'data.bvid') !== visit.identity.key) return null;
  const lines = (string(page, 'data.desc') ?? '').split('\n').map((line) => `<p>${escapeHtml(line)}</p>`);
  const picture = string(page, 'data.pic');
  const cover = picture === null ? '' : `<p><img src="${escapeHtml(picture)}" alt=""></p>`;
  const link = `<p><a href="${visit.identity.url}">${visit.identity.url}</a></p>`;
  return buildArticle({
    content: [cover, ...lines, link].join(''),
    baseUrl: visit.identity.url,
    title: string(page, 'data.title'),
    author: string(page, 'data.owner.name'),
    published: chinaTime(numberAt(page, 'data.pubdate')),
    language: 'zh-CN',
  });
}

function string(page: Page, path: string): string | null {
  const value = jsonAt(page.json, path);
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

function numberAt(page: Page, path: string): number | null {
  const value = jsonAt(page.json, path);
  return typeof value === 'number' ? value : null;
}

function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
}

/** A column that was moved to /opus/ keeps its number in the state of the page (`rid_str`). */
function keyOf(page: Page, identity: Identity): string | null {
  if (identity.key.startsWith('cv')) {
    for (const script of page.$('script:not([src])').toArray()) {
      const source = page.$(script).text();
      if (source.includes(`"rid_str":"${identity.key.slice(2)}"`)) return identity.key;
    }
  }
  return namedKey(page, identifyBilibili);
}

function findColumn(page: Page): Found | null {
  const at = bodyOf(page, [
    '#read-article-holder',
    '.read-article-holder',
    '#article-content',
    '.opus-module-content',
    '.opus-paragraph-children',
  ]);
  const windowTitle = titleOf(page).replace(/\s?-\s?(?:哔哩哔哩|bilibili)\s*$/i, '');
  const title =
    textOf(page, '.title-container h1.title', '.article-container h1', 'h1.title', '.opus-module-title__text') ??
    (windowTitle || null);
  if (at === null || title === null) return null;
  return {
    ...at,
    title,
    author: textOf(page, 'a.up-name', '.up-name', '.opus-module-author__name', '.article-author .name'),
    published: chinaTime(textOf(page, '.publish-text', '.opus-module-author__pub__text', '.create-time')),
    language: 'zh-CN',
  };
}
