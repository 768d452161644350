import type { Health } from '../types.ts';
import type { Entry, Group, Row } from './entries.ts';
import { noteViews } from './note.ts';
import { articlePath } from './paths.ts';
import type { Language } from './strings.ts';
import {
  type Child,
  h,
  healthMark,
  labelled,
  outward,
  phrase,
  phraseIn,
  platformText,
  reasonText,
  type View,
} from './view.ts';

/** What all lines of a list have in common. */
export interface ListContext {
  language: Language;
  /** From the page to archive/. */
  root: string;
  entries: readonly Entry[];
  groups: readonly Group[];
}

/** One line of the list; `extra` comes under it (a snippet), `fragment` goes to the article's address. */
export function rowView(
  context: ListContext,
  entry: Entry,
  note: Row['note'],
  extra: View | null = null,
  fragment = '',
): View {
  const { language, root } = context;
  const title =
    entry.captured === null
      ? outward(entry.url, { class: 'title', ...labelled(language, 'title', 'noCopyHint') }, entry.title)
      : h('a', { class: 'title', href: `${root}${articlePath(entry.id)}${fragment}` }, entry.title);
  return h(
    'li',
    { class: 'row', 'data-n': String(entry.n) },
    h('p', { class: 'row-title' }, title),
    metaView(language, entry),
    standingView(language, entry),
    extra,
    note.length === 0 ? null : h('div', { class: 'note' }, ...noteViews(note)),
  );
}

function metaView(language: Language, entry: Entry): View {
  const parts: Child[] = [
    healthMark(language, entry.health),
    platformText(language, entry.platform),
    entry.author === null ? null : h('span', { class: 'author' }, entry.author),
    entry.published === null ? null : phrase(language, 'day', entry.published),
    entry.minutes === 0 ? null : phrase(language, 'minutes', String(entry.minutes)),
    entry.captured === null ? phrase(language, 'noCopy') : null,
    entry.versions > 1 ? phrase(language, 'versions', String(entry.versions)) : null,
  ];
  return h('p', { class: 'meta' }, ...parts);
}

/** Plain health needs no words; anything else says why and since when. */
function standingView(language: Language, entry: Entry): View | null {
  if (entry.health === 'healthy' && (entry.reason === 'ok' || entry.reason === 'not-modified')) return null;
  const since = entry.since === null ? null : phraseIn('span', { class: 'since' }, language, 'since', entry.since);
  const why = entry.health === 'unknown' ? phrase(language, 'neverChecked') : reasonText(language, entry.reason);
  // A Chinese full stop brings its own room.
  const gap = since === null ? null : h('span', { class: 'gap' }, ' ');
  return h('p', { class: `standing ${entry.health}` }, why, gap, since);
}

/** Lines of the list under their files and headings; a file is named where it begins in these lines. */
export function groupViews(context: ListContext, rows: readonly Row[], before: Row | null = null): View[] {
  const { groups, entries, language } = context;
  const out: View[] = [];
  let items: View[] = [];
  let group = before?.group ?? -1;
  const endGroup = () => {
    if (items.length > 0) out.push(h('ul', { class: 'rows' }, ...items));
    items = [];
  };
  for (const row of rows) {
    const entry = entries[row.entry];
    const place = groups[row.group];
    if (entry === undefined || place === undefined) continue;
    if (row.group !== group) {
      endGroup();
      if (place.file !== groups[group]?.file) out.push(h('h2', { class: 'file', id: `f-${row.group}` }, place.file));
      if (place.heading !== null) out.push(h('h3', { class: 'heading', id: `g-${row.group}` }, place.heading));
      group = row.group;
    }
    items.push(rowView({ ...context, language }, entry, row.note));
  }
  endGroup();
  return out;
}

/** The counts of the healths, in the order of concern. */
export const HEALTH_ORDER: readonly Health[] = ['healthy', 'suspect', 'dead', 'blocked', 'drifted', 'unknown'];
