import type { Records } from '../archive/index.ts';
import type { Link, LinkRecord } from '../types.ts';

/** When a link was last seen, empty for never, and whether it may rest tonight. */
export interface Seen {
  seen: string;
  rests: boolean;
}

export const NEVER_SEEN: Seen = { seen: '', rests: false };

/** From so many links on all records are read through once instead of being looked up one by one. */
const LONG_LIST = 500;

/** What the records say of the links, by id; a link without a record is left out. */
export async function readSeen(
  records: Records,
  links: readonly Link[],
  seenIn: (record: LinkRecord) => Seen,
): Promise<Map<string, Seen>> {
  const seen = new Map<string, Seen>();
  if (links.length < LONG_LIST) {
    for (const { id } of links) {
      const record = await records.get(id);
      if (record !== null) seen.set(id, seenIn(record));
    }
    return seen;
  }
  const wanted = new Set(links.map(({ id }) => id));
  for await (const record of records.all()) if (wanted.has(record.id)) seen.set(record.id, seenIn(record));
  return seen;
}
