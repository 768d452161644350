import type { Status, Transition } from '../types.ts';
import type { Entry, List, Row } from './entries.ts';
import { lastNews, news } from './entries.ts';
import { renderFrame } from './frame.ts';
import { groupViews, HEALTH_ORDER, type ListContext, rowView } from './list-view.ts';
import { LIST_META, listPagePath, SEARCH_DIRECTORY } from './paths.ts';
import { HEALTH_KEYS, type Key, type Language } from './strings.ts';
import { h, labelled, phrase, phraseIn, type View } from './view.ts';

/** Lines of the list on one page read without scripts. */
const PAGE_ROWS = 100;
/** Most lines of news. */
const MOST_NEWS = 8;

export interface ListPages {
  language: Language;
  collection: string;
  status: Status;
  changes: readonly Transition[];
  list: List;
}

/** How many pages the plain list has; at least one. */
export function listPageCount(list: List): number {
  return Math.max(1, Math.ceil(list.rows.length / PAGE_ROWS));
}

/** One page of the plain list: complete without scripts, and what scripts begin from. */
export function renderListPage(input: ListPages, page: number): string {
  const { language, list, collection } = input;
  const root = page === 0 ? '' : '../';
  const rows = list.rows.slice(page * PAGE_ROWS, (page + 1) * PAGE_ROWS);
  const before = list.rows[page * PAGE_ROWS - 1] ?? null;
  const context: ListContext = { language, root, entries: list.entries, groups: list.groups };
  const pages = listPageCount(list);
  const frame = {
    language,
    root,
    collection,
    title: null,
    kind: 'list' as const,
    data: page === 0 ? [LIST_META, SEARCH_DIRECTORY] : [],
    attrs: page === 0 ? { 'data-app': 'list' } : {},
  };
  return renderFrame(
    frame,
    page === 0 ? intro(input) : h('h1', { class: 'visually-hidden' }, collection),
    page === 0 ? newsView(input, context) : null,
    page === 0 ? h('div', { id: 'controls' }) : null,
    h(
      'div',
      { class: 'shelf' },
      page === 0 ? contentsView(language, list) : null,
      h(
        'section',
        { id: 'list', ...labelled(language, 'aria-label', 'list') },
        ...listViews(context, rows, before, language),
      ),
    ),
    pagesView(language, root, page, pages),
  );
}

function listViews(context: ListContext, rows: readonly Row[], before: Row | null, language: Language): View[] {
  if (rows.length === 0) return [phraseIn('p', { class: 'empty nothing' }, language, 'emptyList')];
  return groupViews(context, rows, before === null ? null : { ...before, group: -1 });
}

function intro({ language, status, changes, list, collection }: ListPages): View {
  const kept = list.entries.filter((entry) => entry.captured !== null).length;
  const counts = HEALTH_ORDER.map((health) => ({
    health,
    n: list.entries.filter((entry) => entry.health === health).length,
  }));
  return h(
    'header',
    { class: 'intro' },
    h('h1', {}, collection),
    h(
      'p',
      { class: 'sums' },
      phrase(language, 'countLinks', String(list.entries.length)),
      phrase(language, 'countKept', String(kept)),
      h(
        'span',
        {},
        phrase(language, 'runAt', lastNews(status, changes).slice(0, 10)),
        status.run.complete ? null : phrase(language, 'runIncomplete'),
      ),
    ),
    h(
      'ul',
      { class: 'tally' },
      ...counts
        .filter(({ n }) => n > 0)
        .map(({ health, n }) =>
          h('li', { class: `health ${health}` }, phrase(language, HEALTH_KEYS[health]), ' ', h('b', {}, String(n))),
        ),
    ),
    h('noscript', {}, phraseIn('p', { class: 'hint' }, language, 'scriptless')),
  );
}

function newsView({ language, status, changes, list }: ListPages, context: ListContext): View | null {
  const { dead, recovered } = news(status, changes);
  const byId = new Map(list.entries.map((entry) => [entry.id, entry]));
  const column = (key: Key, found: readonly Transition[]): View | null => {
    const entries = found.map((change) => byId.get(change.id)).filter((entry): entry is Entry => entry !== undefined);
    if (entries.length === 0) return null;
    const lines = entries.slice(0, MOST_NEWS).map((entry) => rowView(context, entry, []));
    return h(
      'section',
      { class: `news-${key}` },
      h('h2', {}, phrase(language, key), ' ', h('b', {}, String(entries.length))),
      h('ul', { class: 'rows' }, ...lines),
    );
  };
  const columns = [column('newlyDead', dead), column('recovered', recovered)].filter((part) => part !== null);
  return columns.length === 0 ? null : h('div', { class: 'news' }, ...columns);
}

/** The sources and headings beside the list; where there are very many, the sources only. */
function contentsView(language: Language, list: List): View | null {
  const files = [...new Set(list.groups.map((group) => group.file))];
  if (list.groups.length < 2) return null;
  const full = list.groups.length <= 120;
  const pageOf = new Map<number, number>();
  for (const [at, row] of list.rows.entries())
    if (!pageOf.has(row.group)) pageOf.set(row.group, Math.floor(at / PAGE_ROWS));
  const address = (group: number, id: string) => {
    const page = pageOf.get(group) ?? 0;
    return `${page === 0 ? '' : listPagePath(page)}#${id}`;
  };
  const items = files.slice(0, 400).map((file) => {
    const first = list.groups.findIndex((group) => group.file === file);
    const headings = full ? headingsOf(list, file) : [];
    return h(
      'li',
      {},
      h('a', { href: address(first, `f-${first}`), 'data-group': String(first) }, file),
      headings.length === 0
        ? null
        : h(
            'ul',
            {},
            ...headings.map(({ heading, at }) =>
              h('li', {}, h('a', { href: address(at, `g-${at}`), 'data-group': String(at) }, heading)),
            ),
          ),
    );
  });
  return h(
    'nav',
    { class: 'contents', ...labelled(language, 'aria-label', 'contents') },
    h('details', { open: true }, phraseIn('summary', {}, language, 'contents'), h('ul', {}, ...items)),
  );
}

/** The headings of a file and the places of their groups. */
function headingsOf(list: List, wanted: string): { heading: string; at: number }[] {
  return list.groups.flatMap(({ file, heading }, at) => (file === wanted && heading !== null ? [{ heading, at }] : []));
}

function pagesView(language: Language, root: string, page: number, pages: number): View | null {
  if (pages === 1) return null;
  const link = (to: number, key: Key) =>
    to < 0 || to >= pages ? null : phraseIn('a', { href: root + listPagePath(to) }, language, key);
  return h(
    'nav',
    { class: 'pages', id: 'pages', ...labelled(language, 'aria-label', 'pages') },
    link(page - 1, 'previousPage'),
    phrase(language, 'pageOf', String(page + 1), String(pages)),
    link(page + 1, 'nextPage'),
  );
}
