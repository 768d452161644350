import { HEALTHS, type Health } from '../../types.ts';
import type { Entry } from '../entries.ts';
import { keepListState } from './memory.ts';
import type { Model } from './model.ts';

export const SORTS = ['list', 'newest', 'oldest', 'changed', 'title'] as const;
export type Sort = (typeof SORTS)[number];

/** What the reader has chosen to see. Empty strings choose nothing. */
export interface Choice {
  q: string;
  health: Health | '';
  platform: string;
  source: string;
  sort: Sort;
}

/** Reads the choice from the address; `n` names a link to go to. */
export function readChoice(hash: string): { choice: Choice; goTo: string | null; search: boolean } {
  const given = new URLSearchParams(hash.replace(/^#/, ''));
  const health = given.get('health') ?? '';
  const sort = given.get('sort') ?? '';
  const choice: Choice = {
    q: given.get('q') ?? '',
    health: HEALTHS.find((known) => known === health) ?? '',
    platform: given.get('platform') ?? '',
    source: given.get('source') ?? '',
    sort: SORTS.find((known) => known === sort) ?? 'list',
  };
  return { choice, goTo: given.get('n'), search: given.has('search') };
}

/** Writes the choice into the address, so that going back, reloading and sharing find it again. */
export function writeChoice(choice: Choice): void {
  const said = new URLSearchParams();
  for (const [name, value] of Object.entries(choice)) if (value !== '' && value !== 'list') said.set(name, value);
  const hash = said.toString() === '' ? '' : `#${said.toString()}`;
  keepListState(hash);
  try {
    history.replaceState(null, '', hash === '' ? location.pathname + location.search : hash);
  } catch {
    // Some browsers refuse this to files; the choice then lives in the page only.
  }
}

export function isPlain(choice: Choice): boolean {
  return (
    choice.q === '' && choice.health === '' && choice.platform === '' && choice.source === '' && choice.sort === 'list'
  );
}

/** One thing to show: an entry, and the line it is shown for where the list's own order holds. */
export interface Shown {
  n: number;
  row: number;
}

/** The lines to show, in order, but for the search. With an order of one's own every link is shown once. */
export function chosenRows(model: Model, choice: Choice): Shown[] {
  const fits = (entry: Entry | undefined) =>
    entry !== undefined &&
    (choice.health === '' || entry.health === choice.health) &&
    (choice.platform === '' || entry.platform === choice.platform);
  const shown: Shown[] = [];
  const seen = new Set<number>();
  for (const [row, { entry: n, group }] of model.rows.entries()) {
    if (!fits(model.entries[n])) continue;
    if (choice.source !== '' && model.groups[group]?.file !== choice.source) continue;
    if (choice.sort !== 'list' && seen.has(n)) continue;
    seen.add(n);
    shown.push({ n, row });
  }
  return choice.sort === 'list' ? shown : shown.sort(bySort(model, choice.sort));
}

/** The same for hits of a search, which come in their own order unless another is chosen. */
export function chosenHits(model: Model, choice: Choice, hits: readonly number[]): Shown[] {
  const allowed = new Map<number, Shown>();
  for (const shown of chosenRows(model, choice)) if (!allowed.has(shown.n)) allowed.set(shown.n, shown);
  if (choice.sort === 'list') return hits.map((n) => allowed.get(n)).filter((shown) => shown !== undefined);
  const wanted = new Set(hits);
  return [...allowed.values()].filter(({ n }) => wanted.has(n));
}

function bySort(model: Model, sort: Exclude<Sort, 'list'>): (a: Shown, b: Shown) => number {
  const by = (key: (entry: Entry) => string | null, direction: 1 | -1) => (a: Shown, b: Shown) => {
    const left = keyOf(model.entries[a.n], key);
    const right = keyOf(model.entries[b.n], key);
    // What has no date comes last in either direction.
    if (left === right) return a.row - b.row;
    if (left === null) return 1;
    if (right === null) return -1;
    return left < right ? -direction : direction;
  };
  if (sort === 'newest') return by((entry) => entry.published, -1);
  if (sort === 'oldest') return by((entry) => entry.published, 1);
  if (sort === 'changed') return by((entry) => entry.since, -1);
  const order = new Intl.Collator(document.documentElement.lang);
  return (a, b) => order.compare(model.entries[a.n]?.title ?? '', model.entries[b.n]?.title ?? '') || a.row - b.row;
}

function keyOf(entry: Entry | undefined, key: (entry: Entry) => string | null): string | null {
  return entry === undefined ? null : key(entry);
}
