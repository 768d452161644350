import type { Counts, LinkStatus, Run, Status, Transition } from '../types.ts';
import { compareText, formatJson, isObject } from './json.ts';

/** Enough of a look to work with it; the schema itself is checked by `verify`. */
export function isStatus(value: unknown): value is Status {
  return isObject(value) && value.schema === 'linkark/status@1' && isObject(value.run) && Array.isArray(value.links);
}

/** True for a line of changes.ndjson. */
export function isTransition(value: unknown): value is Transition {
  return (
    isObject(value) &&
    ['at', 'id', 'url', 'from', 'to', 'verdict', 'reason'].every((name) => typeof value[name] === 'string')
  );
}

/** status.json as it is written: members in the contract's order whatever order they were given in, links by id. */
export function formatStatus(status: Status): string {
  return [...statusPieces(status)].join('');
}

/** The same piece by piece: of a list of a hundred thousand links it is a hundred megabytes. */
export function* statusPieces(status: Status): Generator<string> {
  const frame = formatJson({ schema: status.schema, run: orderRun(status.run), links: [] });
  if (status.links.length === 0) return yield frame;
  const end = frame.lastIndexOf(']');
  yield frame.slice(0, end);
  let before = '\n    ';
  for (const link of [...status.links].sort((a, b) => compareText(a.id, b.id))) {
    // Line breaks inside of strings are escaped, so these are those between members.
    yield before + JSON.stringify(orderLink(link), null, 2).replaceAll('\n', '\n    ');
    before = ',\n    ';
  }
  yield `\n  ${frame.slice(end)}`;
}

function orderRun(run: Run): Run {
  const { links, alive, moved, drifted, gone, blocked, unclear, unreachable, skipped } = run.counts;
  const counts: Counts = { links, alive, moved, drifted, gone, blocked, unclear, unreachable, skipped };
  return { id: run.id, startedAt: run.startedAt, finishedAt: run.finishedAt, complete: run.complete, counts };
}

function orderLink(link: LinkStatus): LinkStatus {
  return {
    id: link.id,
    url: link.url,
    platform: link.platform,
    occurrences: link.occurrences.map((place) => ({
      file: place.file,
      line: place.line,
      column: place.column,
      raw: place.raw,
      text: place.text,
      heading: place.heading,
      note: place.note,
    })),
    verdict: link.verdict,
    reason: link.reason,
    evidence: link.evidence && {
      status: link.evidence.status,
      finalUrl: link.evidence.finalUrl,
      hops: link.evidence.hops.map((hop) => ({ url: hop.url, status: hop.status })),
      marker: link.evidence.marker,
      via: link.evidence.via,
      ms: link.evidence.ms,
    },
    health: link.health,
    since: link.since,
    checkedAt: link.checkedAt,
    lastAlive: link.lastAlive,
    failures: link.failures,
    title: link.title,
    author: link.author,
    published: link.published,
    snapshot: link.snapshot && {
      path: link.snapshot.path,
      capturedAt: link.snapshot.capturedAt,
      sha256: link.snapshot.sha256,
      versions: link.snapshot.versions,
      images: link.snapshot.images,
    },
    suggestion: link.suggestion && { url: link.suggestion.url, kind: link.suggestion.kind },
  };
}
