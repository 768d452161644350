import type { Records } from '../archive/index.ts';
import type { Link, LinkRecord, Run } from '../types.ts';
import { confirmedAt } from './record.ts';
import { NEVER_SEEN, readSeen } from './seen.ts';

/** A link that is to be asked. */
export interface Chosen {
  link: Link;
  /** When it was last seen, empty for never. */
  seen: string;
}

export interface SelectInput {
  records: Records;
  lastRun: Run | null;
  /** Leave links alone that were seen healthy within this time, in milliseconds; null asks all. */
  due: number | null;
  /** When the run begins. */
  at: Date;
  /** Links that are done already. */
  done: ReadonlySet<string>;
}

/** Which links a run asks, those not seen for longest first, and which rest because they were seen healthy lately. */
export async function selectLinks(
  links: readonly Link[],
  { records, lastRun, due, at, done }: SelectInput,
): Promise<{ chosen: Chosen[]; resting: string[] }> {
  const rests = (record: LinkRecord, seen: string): boolean => {
    const age = at.getTime() - Date.parse(seen);
    // A clock that ran ahead may have left a time to come, and until then the link would rest.
    return due !== null && record.health?.health === 'healthy' && age >= 0 && age < due;
  };
  const known = await readSeen(records, links, (record) => {
    const seen = confirmedAt(record, lastRun) ?? '';
    return { seen, rests: rests(record, seen) };
  });
  const chosen: Chosen[] = [];
  const resting: string[] = [];
  for (const link of links) {
    if (done.has(link.id)) continue;
    const { seen, rests: isResting } = known.get(link.id) ?? NEVER_SEEN;
    if (isResting) resting.push(link.id);
    else chosen.push({ link, seen });
  }
  chosen.sort((a, b) => (a.seen < b.seen ? -1 : a.seen > b.seen ? 1 : 0));
  return { chosen, resting };
}
