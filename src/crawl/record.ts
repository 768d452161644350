import { extendHistory } from '../archive/index.ts';
import { advance, type Thresholds } from '../health/index.ts';
import type { Article, Judgement, Link, LinkRecord, Observation, Run, Span, Suggestion, Transition } from '../types.ts';

/** What one visit brought, ready to be joined with what was known. */
export interface Outcome {
  observation: Observation;
  judgement: Judgement;
  /** What was read; null where nothing was. */
  article: Pick<Article, 'title' | 'author' | 'account' | 'published'> | null;
  kept: Pick<LinkRecord, 'snapshot' | 'contentHash'> | null;
  suggestion: Suggestion | null;
}

/**
 * Joins an outcome with the link's record. Pure.
 * @param confirmedAt when the last complete run saw the link as the record says, null if unknown
 * @returns the new record, `news` false where it says nothing that the old one does not, and the change of health
 */
export function joinOutcome(
  link: Link,
  previous: LinkRecord | null,
  outcome: Outcome,
  confirmedAt: string | null,
  thresholds: Thresholds,
): { record: LinkRecord; news: boolean; transition: Transition | null } {
  const { observation, judgement } = outcome;
  const before = previous?.health ? confirmed(previous.health, confirmedAt) : null;
  const { state, from } = advance(before, judgement, observation.at, thresholds);
  const titles = describe(previous, outcome);
  const record: LinkRecord = {
    id: link.id,
    url: link.url,
    platform: link.platform,
    observation,
    judgement,
    health: state,
    history: extend(previous?.history ?? [], observation, judgement),
    ...titles,
    note: noteOf(link),
    validators: validatorsOf(previous, observation),
    snapshot: outcome.kept?.snapshot ?? previous?.snapshot ?? null,
    contentHash: outcome.kept?.contentHash ?? previous?.contentHash ?? null,
    suggestion: outcome.suggestion ?? (judgement.verdict === 'gone' ? (previous?.suggestion ?? null) : null),
  };
  const transition =
    from === null
      ? null
      : {
          at: observation.at,
          id: link.id,
          url: link.url,
          title: titles.title,
          from,
          to: state.health,
          verdict: judgement.verdict,
          reason: judgement.reason,
          marker: judgement.marker,
        };
  return { record, news: previous === null || essence(previous) !== essence(record), transition };
}

/**
 * True where an outcome says only what the record says already of a page that stands: joining them would bring no news
 * and no transition. So it is with almost every link of almost every night, and costs a fraction of joining.
 */
export function confirms(link: Link, previous: LinkRecord, outcome: Outcome): boolean {
  const { judgement, observation, article, kept, suggestion } = outcome;
  const nothingNew = article === null && kept === null && suggestion === null && previous.suggestion === null;
  return (
    nothingNew &&
    observation.status === 304 &&
    judgement.reason === 'not-modified' &&
    isWell(previous.judgement) &&
    isWell(previous.history.at(-1)) &&
    isUnfailing(previous.health) &&
    previous.url === link.url &&
    previous.platform === link.platform &&
    previous.note === noteOf(link)
  );
}

function isWell(said: Pick<Span, 'verdict' | 'reason'> | null | undefined): boolean {
  return said?.verdict === 'alive' && isFull(said.reason);
}

function isUnfailing(health: LinkRecord['health']): boolean {
  if (health?.health !== 'healthy') return false;
  const { failures, explicitFailures, firstFailure, lastFailure, firstExplicit } = health;
  return failures + explicitFailures === 0 && (firstFailure ?? lastFailure ?? firstExplicit) === null;
}

/** When the link was last seen as its record says: by the last run, if that was complete and the later one. */
export function confirmedAt(record: LinkRecord | null, last: Run | null): string | null {
  if (record?.observation == null) return null;
  const { at } = record.observation;
  const noted = record.seenAt !== undefined && record.seenAt > at ? record.seenAt : at;
  return last?.complete && last.startedAt > noted ? last.startedAt : noted;
}

function confirmed(health: NonNullable<LinkRecord['health']>, at: string | null): NonNullable<LinkRecord['health']> {
  const later = at !== null && health.lastAlive !== null && at > health.lastAlive && health.failures === 0;
  return later && health.health === 'healthy' ? { ...health, lastAlive: at } : health;
}

/** Does a judgement say that the page is there, here or at a new address? */
export function isThere({ verdict }: Judgement): boolean {
  return verdict === 'alive' || verdict === 'moved';
}

function describe(previous: LinkRecord | null, outcome: Outcome): Pick<LinkRecord, 'title' | 'author' | 'published'> {
  const { article, judgement, observation } = outcome;
  return {
    title: article?.title ?? previous?.title ?? (isThere(judgement) ? (observation.sighting?.title ?? null) : null),
    author: article ? (article.author ?? article.account) : (previous?.author ?? null),
    published: article ? article.published : (previous?.published ?? null),
  };
}

function noteOf({ occurrences }: Link): string | null {
  return occurrences.find(({ note }) => note !== null)?.note ?? null;
}

/** An ETag that moves while the body stays is no news. */
function validatorsOf(previous: LinkRecord | null, seen: Observation): LinkRecord['validators'] {
  const old = previous?.validators ?? null;
  if (seen.failure || seen.status === null || seen.status >= 300) return old;
  if (seen.etag === null && seen.lastModified === null) return null;
  const same = old !== null && previous?.observation?.bodySha256 === seen.bodySha256;
  return same ? old : { etag: seen.etag, lastModified: seen.lastModified };
}

/** A new span where the outcome is another than the last one's. */
function extend(history: readonly Span[], seen: Observation, { verdict, reason, marker }: Judgement): Span[] {
  const last = history.at(-1);
  if (last?.verdict === verdict && sameReason(last, { verdict, reason })) return [...history];
  return [...extendHistory(history, { from: seen.at, verdict, reason, ...(marker === null ? {} : { marker }) })];
}

/** A 304 says the same as the 200 before it. */
function sameReason(a: Pick<Span, 'verdict' | 'reason'>, b: Pick<Span, 'verdict' | 'reason'>): boolean {
  return a.reason === b.reason || (a.verdict === 'alive' && isFull(a.reason) && isFull(b.reason));
}

function isFull(reason: string): boolean {
  return reason === 'ok' || reason === 'not-modified';
}

/** What a record says, without the times, tokens and counters that move although nothing happened. */
function essence(record: LinkRecord): string {
  const { observation, judgement, health, seenAt: _, ...rest } = record;
  const alive = judgement?.verdict === 'alive';
  return JSON.stringify([
    judgement?.verdict,
    alive && isFull(judgement.reason) ? 'ok' : judgement?.reason,
    judgement?.verdict === 'moved' ? observation?.finalUrl : null,
    health && { ...health, lastAlive: null },
    rest,
  ]);
}
