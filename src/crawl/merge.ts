import type { Archive, Shard } from '../archive/index.ts';
import type { LinkStatus, Run, Status } from '../types.ts';
import { assembleStatus, byPlace } from './status.ts';

/** What came of a merge. */
export interface Merged {
  status: Status;
  /** The status of the archive before. */
  before: Status | null;
}

/**
 * Joins what shards of one run have left into the archive that they began from, as if one run had done it all. The
 * order of the shards does not matter. The caller ends the run with `archive.finishRun`.
 * @param missing true where some shard has left nothing: links that no shard names then stay as they were
 * @returns null where none of the shards has anything that the archive has not
 */
export async function mergeShards(
  archive: Archive,
  shards: readonly Shard[],
  missing: boolean,
): Promise<Merged | null> {
  const before = await archive.readStatus();
  const whole = joinRuns(shards.map(({ status }) => status.run));
  if (whole.id === before?.run.id && whole.finishedAt === before.run.finishedAt) return null;
  // A shard that had nothing to do left the archive as it was.
  const active = shards.filter(({ status }) => status.run.finishedAt !== before?.run.finishedAt);
  const run = joinRuns(active.map(({ status }) => status.run));
  await archive.beginRun(run, { fresh: true });
  await archive.join(active);
  const named = joinLinks(active.map(({ status }) => status.links));
  const kept = missing || active.length < shards.length ? unnamed(before, named) : [];
  const complete = run.complete && kept.length === 0;
  if (!complete) await noteVisits(archive, run, active);
  return { status: assembleStatus({ ...run, complete }, [...named.values(), ...kept]), before };
}

/** The shards' runs as one: from the first beginning to the last end, complete where all are. */
function joinRuns(runs: readonly Run[]): Omit<Run, 'counts'> {
  const [first] = [...runs].sort((a, b) => order(a.startedAt, b.startedAt) || order(a.id, b.id));
  if (first === undefined) throw new Error('there is nothing to merge');
  const finishedAt = runs.reduce((last, { finishedAt: at }) => (at > last ? at : last), first.finishedAt);
  return { id: first.id, startedAt: first.startedAt, finishedAt, complete: runs.every(({ complete }) => complete) };
}

/** Every link once. Links to files stand in every shard, and links of other lists where any shard had them. */
function joinLinks(lists: readonly LinkStatus[][]): Map<string, LinkStatus> {
  const joined = new Map<string, LinkStatus>();
  for (const link of lists.flat()) {
    const known = joined.get(link.id);
    if (known === undefined) joined.set(link.id, link);
    else {
      const best = knowledge(link) > knowledge(known) ? link : known;
      joined.set(link.id, { ...best, occurrences: allPlaces(link, known) });
    }
  }
  return joined;
}

/** Greater for the entry that knows more: asked rather than skipped, then the later one; else any fixed order. */
function knowledge(link: LinkStatus): string {
  return [link.verdict === 'skipped' ? 0 : 1, link.checkedAt ?? '', link.occurrences.length, JSON.stringify(link)].join(
    ' ',
  );
}

function allPlaces(a: LinkStatus, b: LinkStatus): LinkStatus['occurrences'] {
  const places = [...a.occurrences, ...b.occurrences].map((place) => [JSON.stringify(place), place] as const);
  return [...new Map(places).values()].sort(byPlace);
}

/** Links that only a shard without a result can know: they stay as they were. */
function unnamed(before: Status | null, named: ReadonlyMap<string, LinkStatus>): LinkStatus[] {
  return (before?.links ?? []).filter(({ id }) => !named.has(id));
}

/** A run that did not visit all links says of each when it was last visited; shards that did visit all have not. */
async function noteVisits(archive: Archive, run: Pick<Run, 'startedAt'>, shards: readonly Shard[]): Promise<void> {
  const { startedAt: seenAt } = run;
  for (const { status } of shards) {
    for (const { id, verdict, platform } of status.run.complete ? status.links : []) {
      const record = verdict === 'skipped' || platform === 'local' ? null : await archive.records.get(id);
      if (record === null || record.seenAt === seenAt || (record.observation?.at ?? '') >= seenAt) continue;
      await archive.settle(id, { record: { ...record, seenAt } });
    }
  }
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
