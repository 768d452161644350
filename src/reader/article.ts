import type { LinkStatus, Occurrence } from '../types.ts';
import { renderBody } from './body.ts';
import type { Entry, Group, List } from './entries.ts';
import { renderFrame } from './frame.ts';
import type { KeptPage } from './input.ts';
import { element, type Page, type PageChild } from './markup.ts';
import { noteViews } from './note.ts';
import { noteBlocks } from './note-markdown.ts';
import { articlePath } from './paths.ts';
import { LANG_TAG, type Language } from './strings.ts';
import { h, healthMark, labelled, outward, phrase, phraseIn, platformText, reasonText, type View } from './view.ts';

export interface ArticleContext {
  language: Language;
  collection: string;
  list: List;
}

/** What one page of an article shows. */
export interface ArticlePage {
  link: LinkStatus;
  entry: Entry;
  kept: KeptPage;
  /** Name of the earlier version that is shown; null for the latest. */
  version: string | null;
  /** When each earlier version was captured, oldest first. */
  versions: readonly { name: string; captured: string }[];
  previous: Entry | null;
  next: Entry | null;
}

/** Path from an article's page back to archive/. */
export function rootOf(path: string): string {
  return '../'.repeat(path.split('/').length - 1);
}

/** An article, latest or an earlier version: readable without scripts. */
export function renderArticle(context: ArticleContext, page: ArticlePage): string {
  const { language, collection } = context;
  const { link, entry, kept, version } = page;
  const root = rootOf(articlePath(entry.id, version ?? undefined));
  const title = kept.title ?? entry.title;
  const body = renderBody(kept.html, { language, root, pictures: kept.pictures });
  const attrs: Record<string, string> = { 'data-app': 'article' };
  if (page.previous !== null) attrs['data-previous'] = root + articlePath(page.previous.id);
  if (page.next !== null) attrs['data-next'] = root + articlePath(page.next.id);
  return renderFrame(
    { language, root, collection, title, kind: 'article', attrs },
    element(
      'article',
      {},
      element(
        'header',
        { class: 'head' },
        placeView(context, link, root),
        h('h1', { lang: languageTag(kept) }, title),
        byline(language, entry, kept),
        version === null ? null : olderView(language, root, entry.id, kept),
        standing(language, link, kept),
      ),
      sideView(context, page, root),
      element('div', { class: 'prose', id: 'text', lang: languageTag(kept) }, body),
    ),
    neighbours(context, page, root),
  );
}

/** The language of an article for the browser's line breaking and fonts. */
export function languageTag(kept: Pick<KeptPage, 'language' | 'text'>): string {
  if (kept.language !== null && /^[a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{2,8}){0,3}$/.test(kept.language)) return kept.language;
  const sample = kept.text.slice(0, 4000);
  const han = sample.match(/\p{Script=Han}/gu)?.length ?? 0;
  return han * 8 > sample.length ? LANG_TAG.zh : LANG_TAG.en;
}

function placeView({ language }: ArticleContext, link: LinkStatus, root: string): View {
  return h(
    'p',
    { class: 'place' },
    platformText(language, link.platform),
    ...link.occurrences
      .slice(0, 1)
      .map((first) => h('a', { href: `${root}index.html#n=${link.id}` }, placeText(first))),
  );
}

function byline(language: Language, entry: Entry, kept: KeptPage): View {
  const names = [...new Set([kept.author, kept.account].filter((name) => name !== null && name !== ''))];
  return h(
    'p',
    { class: 'byline' },
    ...names.map((name) => h('span', { class: 'author' }, name)),
    kept.published === null ? null : phrase(language, 'published', kept.published),
    phrase(language, 'minutes', String(entry.minutes)),
  );
}

function olderView(language: Language, root: string, id: string, kept: KeptPage): View {
  return h(
    'p',
    { class: 'older' },
    phrase(language, 'olderVersion', kept.captured),
    ' ',
    phraseIn('a', { href: root + articlePath(id) }, language, 'toLatest'),
  );
}

/** When the copy was kept and how the original is now, in plain words. */
function standing(language: Language, link: LinkStatus, kept: KeptPage): View {
  const failing = link.health !== 'healthy' && link.health !== 'unknown';
  return h(
    'div',
    { class: `standing ${link.health}` },
    h(
      'p',
      {},
      phraseIn('span', { class: 'kept' }, language, 'keptOn', kept.captured),
      kept.partial ? h('span', {}, phrase(language, 'partialCopy')) : null,
    ),
    h(
      'p',
      {},
      phraseIn('span', { class: 'label' }, language, 'originalNow'),
      healthMark(language, link.health),
      link.health === 'unknown' ? phrase(language, 'neverChecked') : reasonText(language, link.reason),
      link.since === null ? null : phrase(language, 'since', link.since),
      failing && link.lastAlive !== null ? phrase(language, 'lastAlive', link.lastAlive) : null,
    ),
    h(
      'p',
      { class: 'address' },
      phraseIn('span', { class: 'label' }, language, 'original'),
      outward(link.url, {}, link.url),
    ),
    kept.original === null
      ? null
      : h(
          'p',
          { class: 'address' },
          phraseIn('span', { class: 'label' }, language, 'repost'),
          outward(kept.original, {}, kept.original),
        ),
  );
}

function sideView(context: ArticleContext, page: ArticlePage, root: string): Page | null {
  const { language } = context;
  const parts: PageChild[] = page.link.occurrences.flatMap((at) => noteView(language, at) ?? []);
  if (page.versions.length > 0) parts.push(versionsView(language, page, root));
  return parts.length === 0
    ? null
    : element('aside', { class: 'side', ...labelled(language, 'aria-label', 'about') }, ...parts);
}

function noteView(language: Language, at: Occurrence): View | null {
  if (at.note === null) return null;
  return h(
    'section',
    { class: 'note' },
    phraseIn('h2', {}, language, 'note'),
    ...noteViews(noteBlocks(at.note)),
    h('p', { class: 'note-place' }, placeText(at)),
  );
}

function placeText({ file, heading }: Group): string {
  return heading === null ? file : `${file} › ${heading}`;
}

function versionsView(language: Language, page: ArticlePage, root: string): View {
  const { entry, version, versions } = page;
  const latest = h(
    'li',
    {},
    phraseIn(
      'a',
      { href: root + articlePath(entry.id), 'aria-current': version === null ? 'page' : null },
      language,
      'versionLatest',
    ),
  );
  const older = [...versions].reverse().map(({ name, captured }) =>
    h(
      'li',
      {},
      phraseIn(
        'a',
        {
          class: 'version',
          href: root + articlePath(entry.id, name),
          'aria-current': version === name ? 'page' : null,
        },
        language,
        'versionOf',
        captured,
      ),
      ' ',
      phraseIn('a', { class: 'changes', href: root + articlePath(entry.id, name, 'diff') }, language, 'changesShort'),
    ),
  );
  return h(
    'section',
    { class: 'versions' },
    phraseIn('h2', {}, language, 'versionsTitle'),
    h('ol', { reversed: true }, latest, ...older),
  );
}

function neighbours({ language }: ArticleContext, page: ArticlePage, root: string): View {
  const link = (entry: Entry | null, key: 'previous' | 'next') =>
    entry === null
      ? null
      : h(
          'a',
          { class: key, href: root + articlePath(entry.id), rel: key === 'previous' ? 'prev' : 'next' },
          phraseIn('span', { class: 'label' }, language, key),
          h('span', { class: 'name' }, entry.title),
        );
  return h(
    'nav',
    { class: 'neighbours', ...labelled(language, 'aria-label', 'neighbours') },
    link(page.previous, 'previous'),
    link(page.next, 'next'),
    phraseIn('a', { class: 'home', href: `${root}index.html#n=${page.entry.id}` }, language, 'backToList'),
  );
}
