import type { Status } from '../types.ts';
import { readDataScript } from './data.ts';
import { buildList, compare, type Entry, fingerprint, type List } from './entries.ts';
import type { KeptPage } from './input.ts';
import { SEARCH_DIRECTORY, searchShardPath } from './paths.ts';
import { openLookup } from './search/lookup.ts';
import type { Directory } from './search/postings.ts';
import { holdsAll, parseQuery } from './search/query.ts';
import { makeSnippet, type SnippetPiece } from './search/snippet.ts';
import { fold } from './search/terms.ts';

export type { SnippetPiece } from './search/snippet.ts';

/** A text to search in. */
export interface SearchPage {
  id: string;
  title: string | null;
  author: string | null;
  published: string | null;
  note: string | null;
  text: string;
}

/** A page in which everything asked for occurs. */
export interface SearchHit {
  id: string;
  title: string | null;
  published: string | null;
  /** Does everything asked for occur in the title? Such hits come first. */
  inTitle: boolean;
  /** Occurrences in the text. */
  count: number;
  snippet: SnippetPiece[];
}

/**
 * Full-text search by reading every page: exact Chinese substrings, beginnings of Latin words, all of them required.
 * Hits in titles come first, then the newest.
 */
export async function searchPages(
  pages: AsyncIterable<SearchPage> | Iterable<SearchPage>,
  query: string,
): Promise<SearchHit[]> {
  const { literals } = parseQuery(query);
  const hits: SearchHit[] = [];
  if (literals.length === 0) return hits;
  for await (const page of pages) {
    const hit = matchPage(page, literals);
    if (hit !== null) hits.push(hit);
  }
  return hits.sort(byRank);
}

function matchPage(page: SearchPage, literals: readonly string[]): SearchHit | null {
  const title = fold(page.title ?? '');
  const around = [title, fold(page.author ?? ''), fold(page.note ?? '')].join('\n');
  if (!holdsAll(`${around}\n${fold(page.text)}`, literals)) return null;
  const snippet = makeSnippet(page.text, literals);
  const { id, published } = page;
  return {
    id,
    title: page.title,
    published,
    inTitle: holdsAll(title, literals),
    count: snippet.count,
    snippet: snippet.pieces,
  };
}

function byRank(a: SearchHit, b: SearchHit): number {
  return Number(b.inTitle) - Number(a.inTitle) || compare(b.published ?? '', a.published ?? '') || compare(a.id, b.id);
}

/** Where searchArchive finds what it needs; `archive.readStatus`, `readBytes` and `readPage` fit. */
export interface SearchSource {
  status: Status;
  /** A file below archive/; null where there is none. */
  file(path: string): Promise<Uint8Array | null>;
  page(id: string): Promise<KeptPage | null>;
}

/**
 * The same search on the reader's own index: only pages that can hold what is asked are read. Without an index every
 * page is.
 */
export async function searchArchive(source: SearchSource, query: string): Promise<SearchHit[]> {
  const list = buildList(source.status);
  const { literals } = parseQuery(query);
  return searchPages(readPages(source, await possible(source, list, literals)), query);
}

/** The entries that can hold what is asked: all of them where there is no index of this list, or not the whole of it. */
async function possible(source: SearchSource, list: List, literals: readonly string[]): Promise<readonly Entry[]> {
  const directory = await dataOf(source, SEARCH_DIRECTORY);
  // An index made for another list numbers its documents otherwise.
  if (!isDirectory(directory) || directory.list !== fingerprint(list)) return list.entries;
  const lost: number[] = [];
  const lookup = openLookup(directory, async (shard) => {
    const units = await dataOf(source, searchShardPath(shard));
    if (typeof units === 'string') return units;
    lost.push(shard);
    return '';
  });
  const notes = notesOf(source.status);
  let left = list.entries;
  for (const literal of literals) {
    const { docs } = await lookup.candidates(literal);
    left = left.filter(
      (entry) =>
        docs.has(entry.n) ||
        holdsAll(fold([entry.title, entry.author ?? '', notes.get(entry.id) ?? ''].join('\n')), [literal]),
    );
  }
  return lost.length === 0 ? left : list.entries;
}

async function dataOf(source: SearchSource, path: string): Promise<unknown> {
  const script = await source.file(path);
  return script === null ? null : readDataScript(script);
}

function isDirectory(value: unknown): value is Directory & { list: unknown } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'docs' in value &&
    typeof value.docs === 'number' &&
    'firsts' in value &&
    Array.isArray(value.firsts) &&
    'list' in value
  );
}

function notesOf(status: Status): Map<string, string> {
  return new Map(status.links.map((link) => [link.id, link.occurrences.map((at) => at.note ?? '').join('\n')]));
}

async function* readPages(source: SearchSource, entries: readonly Entry[]): AsyncGenerator<SearchPage> {
  const notes = notesOf(source.status);
  for (const entry of entries) {
    const kept = entry.captured === null ? null : await source.page(entry.id);
    const { id, title, author, published } = entry;
    const rest = { note: notes.get(id) ?? null, text: kept?.text ?? '' };
    yield {
      id,
      title,
      author: author ?? kept?.author ?? null,
      published: published ?? kept?.published ?? null,
      ...rest,
    };
  }
}
