import { type Directory, lowerBound, Shard } from './postings.ts';
import { isExact, neededTerms } from './terms.ts';

/** Gives the units of a shard, by its number. */
export type LoadShard = (shard: number) => Promise<string>;

/** The index opened for asking; shards are loaded when they are first needed and kept. */
export interface Lookup {
  /**
   * The documents that can hold a folded literal. Where `exact` is true they do hold it; otherwise each has all its
   * pairs or words, but perhaps not side by side.
   */
  candidates(literal: string): Promise<{ docs: Set<number>; exact: boolean }>;
}

/** A prefix may run over several shards; past this many the rest is left out, and longer input narrows it. */
const MOST_SHARDS = 24;

export function openLookup(directory: Directory, load: LoadShard): Lookup {
  const open = new Map<number, Promise<Shard>>();
  const shard = (number: number): Promise<Shard> => {
    const known = open.get(number);
    if (known !== undefined) return known;
    const loading = load(number).then((units) => new Shard(units, directory.docs));
    open.set(number, loading);
    return loading;
  };
  const find = async (term: string, prefix: boolean): Promise<number[]> => {
    const [from, to] = shardRange(directory.firsts, term, prefix);
    const lists: number[][] = [];
    for (let number = from; number <= to; number++) lists.push((await shard(number)).find(term, prefix));
    return lists.flat();
  };
  return {
    async candidates(literal) {
      const needed = neededTerms(literal);
      const lists = await Promise.all(needed.map(({ term, prefix }) => find(term, prefix)));
      lists.sort((a, b) => a.length - b.length);
      let docs = new Set(lists[0] ?? []);
      for (const list of lists.slice(1)) docs = new Set(list.filter((doc) => docs.has(doc)));
      return { docs, exact: isExact(literal) };
    },
  };
}

/** First and last shard in which a term, or a term with this prefix, can be; empty where there are none. */
function shardRange(firsts: readonly string[], term: string, prefix: boolean): [number, number] {
  if (firsts.length === 0) return [0, -1];
  const at = lowerBound(firsts, term);
  const from = firsts[at] === term ? at : Math.max(0, at - 1);
  if (!prefix) return [from, from];
  let to = from;
  while (to + 1 < firsts.length && to - from + 1 < MOST_SHARDS && (firsts[to + 1] ?? '').startsWith(term)) to++;
  return [from, to];
}
