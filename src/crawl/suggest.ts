import type { Archive } from '../archive/index.ts';
import type { Fetcher } from '../fetch/index.ts';
import type { LinkStatus, Status, Suggestion } from '../types.ts';

/** Where to look for copies, and how fast. */
export interface WaybackSettings {
  /** The availability API: answers `{archived_snapshots: {closest: {available, url, timestamp, status}}}`. */
  api: string;
  /** Least time between two questions, in milliseconds. */
  interval: number;
}

/**
 * Looks for a Wayback copy of every link that is gone or dead and has none noted yet.
 * @returns the status with what was found; what was not found stays as it was
 */
export async function suggestCopies(
  status: Status,
  archive: Archive,
  fetcher: Pick<Fetcher, 'fetch'>,
  settings: WaybackSettings,
  stop: AbortSignal,
): Promise<Status> {
  const links: LinkStatus[] = [];
  for (const link of status.links) {
    const wanted = isLost(link) && link.suggestion?.kind !== 'wayback' && !stop.aborted;
    const copy = wanted ? await findCopy(link.url, fetcher, settings.api, stop) : null;
    if (copy !== null) await remember(link.id, copy, archive);
    links.push(copy === null ? link : { ...link, suggestion: copy });
  }
  return { ...status, links };
}

function isLost(link: LinkStatus): boolean {
  return link.platform !== 'local' && (link.verdict === 'gone' || link.health === 'dead' || link.health === 'drifted');
}

async function remember(id: string, suggestion: Suggestion, archive: Archive): Promise<void> {
  const record = await archive.records.get(id);
  if (record) await archive.settle(id, { record: { ...record, suggestion } });
}

async function findCopy(
  url: string,
  fetcher: Pick<Fetcher, 'fetch'>,
  api: string,
  signal: AbortSignal,
): Promise<Suggestion | null> {
  const question = new URL(api);
  question.searchParams.set('url', url);
  const ask = { url: question.href, method: 'GET', headers: {}, body: null, via: 'api' } as const;
  const { reply } = await fetcher.fetch(ask, { signal, kind: 'page' });
  if (reply?.status !== 200) return null;
  const closest = closestOf(reply.body);
  return closest === null ? null : { url: closest, kind: 'wayback' };
}

function closestOf(body: Uint8Array): string | null {
  try {
    const answer: unknown = JSON.parse(new TextDecoder().decode(body));
    const closest = field(field(answer, 'archived_snapshots'), 'closest');
    const url = field(closest, 'url');
    const usable = field(closest, 'available') === true && String(field(closest, 'status') ?? '200').startsWith('2');
    return usable && typeof url === 'string' && /^https?:\/\//.test(url) ? url.replace(/^http:/, 'https:') : null;
  } catch {
    return null;
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
}
