import type { Health, HealthState, Judgement } from '../types.ts';

const HOUR_MS = 3_600_000;

/** When failing becomes dead. All times in hours; the values are those of the contract unless configured. */
export interface Thresholds {
  /** Sightings of the site's own words (or 410) that are enough. */
  explicitCount: number;
  /** Least time between the first of them and the last. */
  explicitHours: number;
  /** Failing observations in a row that are enough without such words. */
  failureCount: number;
  /** Least time between the first of them and the last. */
  failureHours: number;
  /** Failures closer together than this are one sighting: looking twice within the hour proves nothing more. */
  sightingHours: number;
}

export const THRESHOLDS: Thresholds = {
  explicitCount: 2,
  explicitHours: 20,
  failureCount: 3,
  failureHours: 48,
  sightingHours: 1,
};

/** The health of a link that was never asked. */
function unknownHealth(at: string): HealthState {
  return {
    health: 'unknown',
    since: at,
    lastAlive: null,
    failures: 0,
    explicitFailures: 0,
    firstFailure: null,
    lastFailure: null,
    firstExplicit: null,
  };
}

/**
 * Joins one more verdict with what was known. Pure.
 * @param previous what was known, null for a link never asked
 * @param at time of the observation, ISO 8601
 * @returns the state afterwards, and the health before where it is another one now
 */
export function advance(
  previous: HealthState | null,
  judgement: Judgement,
  at: string,
  thresholds: Thresholds = THRESHOLDS,
): { state: HealthState; from: Health | null } {
  const before = previous ?? unknownHealth(at);
  const next = step(before, judgement, at, thresholds);
  if (next.health === before.health) return { state: { ...next, since: before.since }, from: null };
  return { state: { ...next, since: at }, from: before.health };
}

function step(before: HealthState, judgement: Judgement, at: string, thresholds: Thresholds): HealthState {
  switch (judgement.verdict) {
    case 'alive':
    case 'moved':
      return { ...standing(before), health: 'healthy', lastAlive: at };
    case 'drifted':
      return { ...standing(before), health: 'drifted' };
    case 'gone':
    case 'unreachable':
      return failing(before, judgement.explicit, at, thresholds);
    case 'blocked':
    case 'unclear':
      return before.health === 'unknown' ? { ...before, health: 'blocked' } : before;
    case 'skipped':
      return before;
  }
}

function standing(before: HealthState): HealthState {
  return { ...before, failures: 0, explicitFailures: 0, firstFailure: null, lastFailure: null, firstExplicit: null };
}

function failing(known: HealthState, explicit: boolean, at: string, thresholds: Thresholds): HealthState {
  // A dead link that stays dead is no news: its counts rest, so that nothing changes night after night.
  if (known.health === 'dead') return known;
  const before = notAfter(known, at);
  const repeated = hours(before.lastFailure, at) < thresholds.sightingHours;
  const repeatedWords = repeated && before.firstExplicit !== null;
  const counted: HealthState = {
    ...before,
    failures: before.failures + (repeated ? 0 : 1),
    explicitFailures: before.explicitFailures + (explicit && !repeatedWords ? 1 : 0),
    firstFailure: before.firstFailure ?? at,
    lastFailure: repeated ? before.lastFailure : at,
    firstExplicit: before.firstExplicit ?? (explicit ? at : null),
  };
  return { ...counted, health: isDead(counted, explicit, at, thresholds) ? 'dead' : 'suspect' };
}

/** A clock that ran ahead has left times to come, and to wait for those would be to wait for years: they become `at`. */
function notAfter(state: HealthState, at: string): HealthState {
  const earlier = (time: string | null) => (time !== null && Date.parse(time) > Date.parse(at) ? at : time);
  const { firstFailure, lastFailure, firstExplicit } = state;
  return {
    ...state,
    firstFailure: earlier(firstFailure),
    lastFailure: earlier(lastFailure),
    firstExplicit: earlier(firstExplicit),
  };
}

function isDead(state: HealthState, explicit: boolean, at: string, thresholds: Thresholds): boolean {
  const byWords =
    explicit &&
    state.explicitFailures >= thresholds.explicitCount &&
    hours(state.firstExplicit, at) >= thresholds.explicitHours;
  const byCount = state.failures >= thresholds.failureCount && hours(state.firstFailure, at) >= thresholds.failureHours;
  return byWords || byCount;
}

/** Hours from one time to a later one; endless where the first is not known. */
function hours(from: string | null, to: string): number {
  return from === null ? Number.POSITIVE_INFINITY : (Date.parse(to) - Date.parse(from)) / HOUR_MS;
}
