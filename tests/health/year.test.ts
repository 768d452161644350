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
    there: true,
    farewell: random() < 0.6 ? DELETED : NOT_FOUND,
    outage: 0,
    diedOn: -1,
    conclusive: 0,
    risesOn: -1,
  }));
  const found = { falseDead: 0, deaths: 0, late: [] as number[], risen: 0, reports: 0, newlyDead: 0 };
  let offline = 0;
  for (let night = 0; night < NIGHTS; night++) {
    if (offline === 0 && random() < 0.01) offline = 1 + Math.floor(random() * 5);
    const nobodyLooks = offline > 0;
    if (nobodyLooks) offline -= 1;
    const at = new Date(START + night * 86_400_000 + random() * 1_800_000).toISOString();
    let newsTonight = false;
    for (const page of pages) {
      live(page, night, random, found);
      // A run that reaches nothing at all records nothing.
      if (nobodyLooks) continue;
      const judgement = look(page, random);
      const failing = judgement.verdict === 'gone' || judgement.verdict === 'unreachable';
      if (!page.there && failing) page.conclusive += 1;
      const { state, from } = advance(page.state, judgement, at);
      if (from !== null && state.health === 'dead') {
        newsTonight = true;
        found.newlyDead += 1;
        if (page.there) found.falseDead += 1;
        else found.late.push(page.conclusive);
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

test.each([1, 2026, 77_777])(
  'a year of nights, seed %i: nobody living is dead, every death is reported in time',
  (seed) => {
    const year = simulate(seed);
    console.log(
      `seed ${seed}: ${year.deaths} deaths, ${year.risen} came back, ${year.newlyDead} reported dead on ${year.reports} of ${NIGHTS} nights`,
    );
    expect(year.deaths).toBeGreaterThan(20);
    expect(year.falseDead).toBe(0);
    expect(year.unreported).toBe(0);
    expect(Math.max(...year.late)).toBeLessThanOrEqual(4);
  },
);
