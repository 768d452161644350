import type {
  Counts,
  Evidence,
  Hop,
  Judgement,
  Link,
  LinkRecord,
  LinkStatus,
  Observation,
  Occurrence,
  Run,
  Status,
  Suggestion,
  Verdict,
} from '../types.ts';

const NO_COUNTS: Counts = {
  links: 0,
  alive: 0,
  moved: 0,
  drifted: 0,
  gone: 0,
  blocked: 0,
  unclear: 0,
  unreachable: 0,
  skipped: 0,
};

/** One link's entry. `skipped` is this run's reason for not asking; otherwise the record's last verdict stands. */
export function linkStatus(
  link: Link,
  record: LinkRecord | null,
  skipped: Extract<Judgement, { verdict: 'skipped' }>['reason'] | null,
): LinkStatus {
  const judgement = record?.judgement ?? null;
  const asked = skipped === null && judgement !== null;
  const observation = record?.observation ?? null;
  const checkedAt = observation?.at ?? null;
  return {
    id: link.id,
    url: link.url,
    platform: link.platform,
    occurrences: link.occurrences.length === 1 ? link.occurrences : [...link.occurrences].sort(byPlace),
    verdict: asked ? judgement.verdict : 'skipped',
    reason: asked ? judgement.reason : (skipped ?? 'over-budget'),
    evidence: asked && observation ? evidenceOf(link, observation, judgement) : null,
    health: record?.health?.health ?? 'unknown',
    since: shared(record?.health?.since ?? null, checkedAt),
    checkedAt,
    lastAlive: shared(record?.health?.lastAlive ?? null, checkedAt),
    failures: record?.health?.failures ?? 0,
    title: record?.title ?? null,
    author: record?.author ?? null,
    published: record?.published ?? null,
    snapshot: record?.snapshot ?? null,
    suggestion: suggest(record),
  };
}

function evidenceOf({ url }: Link, observation: Observation, { marker }: Judgement): Evidence {
  const { status, finalUrl, hops, via, ms } = observation;
  return { status, finalUrl: shared(finalUrl, url), hops: hops.length === 0 ? NO_HOPS : hops, marker, via, ms };
}

/** Entries of all links are held together; where two texts are equal one of them is enough. */
function shared(text: string | null, known: string | null): string | null {
  return text === known ? known : text;
}

const NO_HOPS: Hop[] = [];

/** What could stand in the link's place: its new address, a Wayback copy, or the kept one. */
function suggest(record: LinkRecord | null): Suggestion | null {
  const verdict = record?.judgement?.verdict;
  if (!record || !verdict) return null;
  if (verdict === 'moved' && record.observation?.finalUrl) {
    return { url: record.observation.finalUrl, kind: 'redirect' };
  }
  const lost = verdict === 'gone' || record.health?.health === 'dead' || record.health?.health === 'drifted';
  if (!lost) return null;
  return record.suggestion ?? (record.snapshot ? { url: record.snapshot.path, kind: 'snapshot' } : null);
}

/** The whole status: links sorted by id, counts of this run's verdicts. */
export function assembleStatus(run: Omit<Run, 'counts'>, links: LinkStatus[]): Status {
  const counts = { ...NO_COUNTS, links: links.length };
  for (const link of links) counts[link.verdict satisfies Verdict] += 1;
  const sorted = links.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  return { schema: 'linkark/status@1', run: { ...run, counts }, links: sorted };
}

/**
 * Adds to a run over some of the lists what the status before it said of the others: their links stay as they were.
 * @param before entries of links that stand in lists which this run did not read
 * @param inRun files that this run read
 * @param there which of the other files still exist
 */
export function withOtherLists(
  status: Status,
  before: readonly LinkStatus[],
  inRun: ReadonlySet<string>,
  there: ReadonlySet<string>,
): Status {
  const links = new Map(status.links.map((link) => [link.id, link]));
  for (const old of before) {
    const elsewhere = old.occurrences.filter(({ file }) => !inRun.has(file) && there.has(file));
    if (elsewhere.length === 0) continue;
    const link = links.get(old.id) ?? { ...old, occurrences: [] };
    links.set(old.id, { ...link, occurrences: [...link.occurrences, ...elsewhere].sort(byPlace) });
  }
  return assembleStatus(status.run, [...links.values()]);
}

/** Places in the order of the lists. */
export function byPlace(a: Occurrence, b: Occurrence): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.column - b.column;
}

/** `20261123T020000Z` for that second. */
export function runId(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
}
