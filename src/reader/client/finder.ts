import { SEARCH_DIRECTORY, searchShardPath } from '../paths.ts';
import { type Lookup, openLookup } from '../search/lookup.ts';
import type { Directory } from '../search/postings.ts';
import { holdsAll, parseQuery } from '../search/query.ts';
import { deliver } from './delivery.ts';
import type { Model } from './model.ts';

/** What a query found, best first. */
export interface Found {
  literals: string[];
  /** Numbers of entries. */
  hits: number[];
  /** Those hits of which only their page can say whether the words stand side by side. */
  unsure: Set<number>;
}

let lookup: Promise<Lookup> | null = null;

function openIndex(): Promise<Lookup> {
  lookup ??= deliver('directory', 0, SEARCH_DIRECTORY).then((value) => {
    const directory: Directory = isDirectory(value) ? value : { docs: 0, firsts: [] };
    return openLookup(directory, async (shard) => {
      const units = await deliver('search', shard, searchShardPath(shard));
      return typeof units === 'string' ? units : '';
    });
  });
  return lookup;
}

function isDirectory(value: unknown): value is Directory {
  return typeof value === 'object' && value !== null && 'docs' in value && 'firsts' in value;
}

/** Finds the entries in whose text, title, author, address or notes all literals of a query occur. */
export async function findEntries(model: Model, query: string): Promise<Found> {
  const { literals } = parseQuery(query);
  const index = await openIndex();
  let hits: number[] | null = null;
  const unsure = new Set<number>();
  for (const literal of literals) {
    const { docs, exact } = await index.candidates(literal);
    const one = [literal];
    const from: Iterable<number> = hits ?? model.entries.keys();
    const left: number[] = [];
    for (const n of from) {
      const words = model.words[n];
      const said = words !== undefined && holdsAll(words, one);
      if (!said && !docs.has(n)) continue;
      left.push(n);
      if (!said && !exact) unsure.add(n);
    }
    hits = left;
  }
  const ranked = rank(model, hits ?? [], literals);
  return { literals, hits: ranked, unsure };
}

/** Hits in titles first, then the newest. */
function rank(model: Model, hits: number[], literals: readonly string[]): number[] {
  const inTitle = new Set(hits.filter((n) => holdsAll(model.titles[n] ?? '', literals)));
  const date = (n: number) => model.entries[n]?.published ?? '';
  return hits.sort(
    (a, b) =>
      Number(inTitle.has(b)) - Number(inTitle.has(a)) || (date(a) < date(b) ? 1 : date(a) > date(b) ? -1 : a - b),
  );
}
