import { type Element, isText } from 'domhandler';
import { buildArticle, chinaTime, type Page, type Rewrite } from '../../article/index.ts';
import type { Article, Identity, Sighting } from '../../types.ts';
import { escapeHtml } from '../escape.ts';
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
  pictureUrl: () => wholePicture,
  rewrite,
  drop: [
    '.article-cut-off, .video-card, .read-btn, .opus-module-title, .opus-module-author, .opus-module-extend',
    '.opus-module-bottom, .opus-module-stat, .opus-module-copyright, .opus-module-collection, .opus-module-topic',
  ],
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
    '.opus-module-top',
  ]);
  const windowTitle = titleOf(page).replace(/\s?-\s?(?:哔哩哔哩|bilibili)\s*$/i, '');
  const title =
    textOf(page, '.title-container h1.title', '.article-container h1', 'h1.title', '.opus-module-title__text') ??
    (windowTitle || null);
  if (at === null || title === null) return null;
  const shown = textOf(page, '.publish-text', '.opus-module-author__pub__text', '.create-time');
  const edited = /^编辑于/.test(shown ?? '');
  return {
    proof: at.proof,
    body: at.proof.startsWith('.opus') ? postOf(page, at.body) : at.body,
    title,
    author: textOf(page, 'a.up-name', '.up-name', '.opus-module-author__name', '.article-author .name'),
    published: publishedAt(page) ?? (edited ? null : chinaTime(shown)),
    updated: edited ? chinaTime(shown) : null,
    language: 'zh-CN',
  };
}

/** Seconds since the epoch in the state of a post's page; what it shows may be the time of the last change. */
function publishedAt(page: Page): string | null {
  for (const script of page.$('script:not([src])').toArray()) {
    const seconds = /"pub_ts":"?(\d{10})\b/.exec(page.$(script).text())?.[1];
    if (seconds !== undefined) return chinaTime(seconds);
  }
  return null;
}

/** A copy of a post in which line breaks are tags, with the pictures that stand above it. */
function postOf(page: Page, body: Element): Element {
  const copy = page.$(body).clone();
  for (const node of copy.find('p, span').contents().toArray()) {
    if (!isText(node) || !node.data.includes('\n')) continue;
    page.$(node).replaceWith(node.data.trim().split(/\n+/).map(escapeHtml).join('<br>'));
  }
  const above = page.$('.opus-module-top img').not(page.$(body).find('img'));
  return copy.prepend(above.clone()).get(0) ?? body;
}

/** A picture's address without what asks the server for a smaller one (`@1192w.webp`). */
function wholePicture({ attribs }: Element): string | undefined {
  const raw = attribs['data-src'] ?? attribs.src ?? '';
  return /^(?:https?:)?\/\/[\w.-]+\.hdslb\.com\//.test(raw) ? raw.replace(/@[^/]*$/, '') : undefined;
}

/** Formulas are pictures of the API, code of the former editor stands in an attribute. */
function rewrite({ name, attribs, children }: Element): Rewrite | undefined {
  const source = /\/mathjax\/tex\?formula=([^&]+)/.exec(attribs.src ?? attribs['data-src'] ?? '')?.[1];
  if (name === 'img' && source !== undefined) {
    return { kind: 'formula', tex: new URLSearchParams(`tex=${source}`).get('tex') ?? '', display: false };
  }
  const code = name === 'pre' && children.length === 0 ? attribs.codecontent : undefined;
  const language = /@([a-z][\w+#.-]*)$/.exec(attribs['data-lang'] ?? '')?.[1] ?? null;
  return code === undefined ? undefined : { kind: 'code', text: code, language };
}
