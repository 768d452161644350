import { expect, test } from 'vitest';
import { advance } from '../../src/health/index.ts';
import type { HealthState, Judgement } from '../../src/types.ts';

const NIGHTS = 365;
const LINKS = 200;
const START = Date.parse('2026-01-01T18:17:00Z');

const ALIVE: Judgement = { verdict: 'alive', reason: 'ok', marker: null, rule: 'web/article', explicit: false };
const DELETED: Judgement = { ...ALIVE, verdict: 'gone', reason: 'deleted-by-author', explicit: true };
const NOT_FOUND: Judgement = { ...ALIVE, verdict: 'gone', reason: 'not-found' };
const TIMEOUT: Judgement = { ...ALIVE, verdict: 'unreachable', reason: 'timeout' };
const WALL: Judgement = { ...ALIVE, verdict: 'blocked', reason: 'verification-wall' };

/** Numbers from 0 up to 1 from a seed: the same year every time (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Page {
  state: HealthState | null;
  /** What was seen since it was last seen alive. */
  seen: { judgement: Judgement; at: number }[];
  /** Is it really there? */
  there: boolean;
  /** How it shows that it is gone. */
  farewell: Judgement;
  /** Nights of an outage still to come. */
  outage: number;
  diedOn: number;
  /** Nights since its death in which something conclusive was seen. */
  conclusive: number;
  risesOn: number;
}

function simulate(seed: number) {
  const random = randomFrom(seed);
  const pages: Page[] = Array.from({ length: LINKS }, () => ({
    state: null,
    seen: [],
    there: true,
    farewell: random() < 0.6 ? DELETED : NOT_FOUND,
    outage: 0,
    diedOn: -1,
    conclusive: 0,
    risesOn: -1,
  }));
  const found = { falseDead: 0, unproven: 0, deaths: 0, late: [] as number[], risen: 0, reports: 0, newlyDead: 0 };
  let offline = 0;
  for (let night = 0; night < NIGHTS; night++) {
    if (offline === 0 && random() < 0.01) offline = 1 + Math.floor(random() * 5);
    const nobodyLooks = offline > 0;
    if (nobodyLooks) offline -= 1;
    const time = START + night * 86_400_000 + random() * 1_800_000;
    const at = new Date(time).toISOString();
    let newsTonight = false;
    for (const page of pages) {
      live(page, night, random, found);
      // A run that reaches nothing at all records nothing.
      if (nobodyLooks) continue;
      const judgement = look(page, random);
      const failing = judgement.verdict === 'gone' || judgement.verdict === 'unreachable';
      if (!page.there && failing) page.conclusive += 1;
      page.seen = judgement === ALIVE ? [] : [...page.seen, { judgement, at: time }];
      const { state, from } = advance(page.state, judgement, at);
      if (from !== null && state.health === 'dead') {
        newsTonight = true;
        found.newlyDead += 1;
        if (page.there) found.falseDead += 1;
        else found.late.push(page.conclusive);
        if (!isProven(page.seen)) found.unproven += 1;
      }
      if (from === 'dead' && state.health === 'healthy') newsTonight = true;
      page.state = state;
    }
    if (newsTonight) found.reports += 1;
  }
  const unreported = pages.filter((page) => !page.there && page.conclusive > 4 && page.state?.health !== 'dead');
  return { ...found, unreported: unreported.length };
}

/**
 * What happens to a page in the world. A site is away for up to two nights; one that is away for longer is called dead,
 * as the contract says, and recovers. Our own side is away for up to five.
 */
function live(page: Page, night: number, random: () => number, found: { deaths: number; risen: number }): void {
  if (page.outage > 0) page.outage -= 1;
  else if (page.there && random() < 0.004) page.outage = 1 + Math.floor(random() * 2);
  if (page.there && page.outage === 0 && random() < 0.0008) {
    Object.assign(page, { there: false, diedOn: night, conclusive: 0, risesOn: random() < 0.2 ? night + 30 : -1 });
    found.deaths += 1;
  } else if (!page.there && page.risesOn === night) {
    Object.assign(page, { there: true, risesOn: -1 });
    found.risen += 1;
  }
}

/** What a visit sees of it: walls hide both the living and the dead. */
function look(page: Page, random: () => number): Judgement {
  if (random() < 0.15) return WALL;
  if (page.outage > 0) return TIMEOUT;
  return page.there ? ALIVE : page.farewell;
}

/**
 * What is asked of a death, in the rule's own words: "`gone` by an explicit marker in 2 observations at least 20 hours
 * apart; any other failure in 3 observations in a row over at least 48 hours", where "a wall or an unclear answer between
 * two failures neither counts nor resets".
 */
function isProven(seen: Page['seen']): boolean {
  const failures = seen.filter(({ judgement }) => judgement !== WALL);
  const words = failures.filter(({ judgement }) => judgement === DELETED);
  const over = (times: Page['seen']): number => ((times.at(-1)?.at ?? 0) - (times[0]?.at ?? 0)) / 3_600_000;
  return (words.length >= 2 && over(words) >= 20) || (failures.length >= 3 && over(failures) >= 48);
}

/**
 * Whoever lives may be called dead for one reason only: two outages, or one and a night of ours without a network, with
 * nothing but walls between them, which the rule counts as one (21 times in 200 such years of 200 links).
 */
test.each([1, 2, 3, 5, 8, 13, 2026, 4711, 77_777, 1_000_003])(
  'a year of nights, seed %i: the dead are proven dead, hardly one of them lives, every death is reported in time',
  (seed) => {
    const year = simulate(seed);
    expect(year.deaths).toBeGreaterThan(20);
    expect(year.unproven).toBe(0);
    expect(year.falseDead).toBeLessThanOrEqual(3);
    expect(year.unreported).toBe(0);
    expect(Math.max(...year.late)).toBeLessThanOrEqual(4);
  },
);

test('an outage of two nights makes nobody dead, whatever walls stand around it', () => {
  const nights = [ALIVE, WALL, TIMEOUT, WALL, TIMEOUT, WALL, WALL];
  let state: HealthState | null = null;
  for (const [night, judgement] of nights.entries()) {
    state = advance(state, judgement, new Date(START + night * 86_400_000).toISOString()).state;
    expect(state.health).not.toBe('dead');
  }
  expect(state?.failures).toBe(2);
});
