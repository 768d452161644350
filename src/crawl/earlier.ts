import type { Archive } from '../archive/index.ts';
import type { LinkStatus } from '../types.ts';

/** What is needed of the links before a run once it has made its visits; all of them would fill the memory. */
export interface Earlier {
  /** Those that had moved or were blocked: what is so again is no news. */
  links: Pick<LinkStatus, 'id' | 'verdict'>[];
  /** Those that stand in lists which the run has not read. */
  elsewhere: LinkStatus[];
}

/**
 * Reads through the status that is still in place; null before the first run.
 * @param inRun files that the run has read
 */
export async function readEarlier(
  archive: Pick<Archive, 'lastRun' | 'statusLinks'>,
  inRun: ReadonlySet<string>,
): Promise<Earlier | null> {
  if ((await archive.lastRun()) === null) return null;
  const earlier: Earlier = { links: [], elsewhere: [] };
  for await (const link of archive.statusLinks()) {
    const { id, verdict, occurrences } = link;
    if (verdict === 'moved' || verdict === 'blocked') earlier.links.push({ id, verdict });
    if (occurrences.some(({ file }) => !inRun.has(file))) earlier.elsewhere.push(link);
  }
  return earlier;
}
