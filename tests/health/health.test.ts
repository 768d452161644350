import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { advance, THRESHOLDS } from '../../src/health/index.ts';
import type { Health, HealthState, Judgement } from '../../src/types.ts';
import { runs } from '../property.ts';

const START = Date.parse('2026-11-23T02:00:00Z');
const at = (hours: number) => new Date(START + hours * 3_600_000).toISOString();

const ALIVE: Judgement = { verdict: 'alive', reason: 'ok', marker: null, rule: 'web/article', explicit: false };
const MOVED: Judgement = { ...ALIVE, verdict: 'moved', reason: 'permanent-redirect' };
const DELETED: Judgement = { ...ALIVE, verdict: 'gone', reason: 'deleted-by-author', explicit: true };
const NOT_FOUND: Judgement = { ...ALIVE, verdict: 'gone', reason: 'not-found' };
const TIMEOUT: Judgement = { ...ALIVE, verdict: 'unreachable', reason: 'timeout' };
const WALL: Judgement = { ...ALIVE, verdict: 'blocked', reason: 'verification-wall' };
const STRANGE: Judgement = { ...ALIVE, verdict: 'unclear', reason: 'unrecognised-page' };
const DRIFTED: Judgement = { ...ALIVE, verdict: 'drifted', reason: 'title-mismatch' };
const SKIPPED: Judgement = { ...ALIVE, verdict: 'skipped', reason: 'not-due' };

function live(...nights: [hours: number, judgement: Judgement][]): HealthState {
  let state: HealthState | null = null;
  for (const [hours, judgement] of nights) state = advance(state, judgement, at(hours)).state;
  if (state === null) throw new Error('no nights');
  return state;
}

const table: [name: string, nights: [number, Judgement][], health: Health][] = [
  ['one alive', [[0, ALIVE]], 'healthy'],
  ['one moved', [[0, MOVED]], 'healthy'],
  [
    'only walls',
    [
      [0, WALL],
      [24, STRANGE],
    ],
    'blocked',
  ],
  [
    'a wall after a good night',
    [
      [0, ALIVE],
      [24, WALL],
    ],
    'healthy',
  ],
  ['never asked', [[0, SKIPPED]], 'unknown'],
  [
    'drifted',
    [
      [0, ALIVE],
      [24, DRIFTED],
    ],
    'drifted',
  ],
  [
    'drifted and back',
    [
      [0, DRIFTED],
      [24, ALIVE],
    ],
    'healthy',
  ],
  ["the site's words once", [[0, DELETED]], 'suspect'],
  [
    "the site's words 19 hours apart",
    [
      [0, DELETED],
      [19, DELETED],
    ],
    'suspect',
  ],
  [
    "the site's words 20 hours apart",
    [
      [0, DELETED],
      [20, DELETED],
    ],
    'dead',
  ],
  [
    'words, a wall, words',
    [
      [0, DELETED],
      [24, WALL],
      [48, DELETED],
    ],
    'dead',
  ],
  [
    'words, alive, words',
    [
      [0, DELETED],
      [24, ALIVE],
      [48, DELETED],
    ],
    'suspect',
  ],
  [
    'two timeouts',
    [
      [0, TIMEOUT],
      [48, TIMEOUT],
    ],
    'suspect',
  ],
  [
    'three within 47 hours',
    [
      [0, TIMEOUT],
      [24, NOT_FOUND],
      [47, TIMEOUT],
    ],
    'suspect',
  ],
  [
    'three over 48 hours',
    [
      [0, TIMEOUT],
      [24, NOT_FOUND],
      [48, TIMEOUT],
    ],
    'dead',
  ],
  [
    'walls neither count nor reset',
    [
      [0, TIMEOUT],
      [24, WALL],
      [48, TIMEOUT],
    ],
    'suspect',
  ],
  [
    'walls between three failures',
    [
      [0, TIMEOUT],
      [12, WALL],
      [24, TIMEOUT],
      [36, STRANGE],
      [48, TIMEOUT],
    ],
    'dead',
  ],
  [
    'dead and risen',
    [
      [0, DELETED],
      [24, DELETED],
      [48, ALIVE],
    ],
    'healthy',
  ],
  [
    'dead behind a wall',
    [
      [0, DELETED],
      [24, DELETED],
      [48, WALL],
    ],
    'dead',
  ],
  [
    'three looks within the hour are one',
    [
      [0, TIMEOUT],
      [0.2, TIMEOUT],
      [0.4, TIMEOUT],
      [48, TIMEOUT],
    ],
    'suspect',
  ],
];

describe('advance', () => {
  test.each(table)('%s', (_name, nights, health) => {
    expect(live(...nights).health).toBe(health);
  });

  test('says the health before, only where it changed', () => {
    const first = advance(null, ALIVE, at(0));
    expect(first.from).toBe('unknown');
    expect(advance(first.state, ALIVE, at(24)).from).toBeNull();
    expect(advance(first.state, DELETED, at(24)).from).toBe('healthy');
  });

  test('since is when the health began and stays while it lasts', () => {
    expect(live([0, ALIVE], [24, ALIVE]).since).toBe(at(0));
    expect(live([0, ALIVE], [24, TIMEOUT], [48, TIMEOUT]).since).toBe(at(24));
  });

  test('counts failures and forgets them when the page is back', () => {
    expect(live([0, TIMEOUT], [24, WALL], [48, TIMEOUT]).failures).toBe(2);
    expect(live([0, TIMEOUT], [24, ALIVE]).failures).toBe(0);
  });

  test('a dead link that stays dead is no news', () => {
    const dead = live([0, DELETED], [24, DELETED]);
    expect(advance(dead, DELETED, at(48)).state).toEqual(dead);
  });

  test('words said twice within the hour are words once, and an hour later twice', () => {
    expect(live([0, DELETED], [0.5, DELETED])).toMatchObject({ failures: 1, explicitFailures: 1 });
    expect(live([0, DELETED], [THRESHOLDS.sightingHours, DELETED])).toMatchObject({ failures: 2, explicitFailures: 2 });
  });

  test('words within the hour of another failure are counted, for they were not heard before', () => {
    expect(live([0, TIMEOUT], [0.5, DELETED])).toMatchObject({
      failures: 1,
      explicitFailures: 1,
      firstExplicit: at(0.5),
    });
    expect(live([0, TIMEOUT], [0.5, DELETED], [21, DELETED]).health).toBe('dead');
  });

  test('times of a clock that ran ahead are taken back to the first time of the right one, and counting goes on', () => {
    const ahead = 24 * 365 * 20;
    const back = live([ahead, TIMEOUT], [0, TIMEOUT]);
    expect(back).toMatchObject({ failures: 1, firstFailure: at(0), lastFailure: at(0), health: 'suspect' });
    expect(live([ahead, TIMEOUT], [0, TIMEOUT], [24, TIMEOUT], [48, TIMEOUT]).health).toBe('dead');
    expect(live([ahead, DELETED], [0, DELETED]).health).toBe('suspect');
    expect(live([ahead, DELETED], [0, DELETED], [20, DELETED]).health).toBe('dead');
  });

  test('only words count as words', () => {
    expect(live([0, DELETED], [24, NOT_FOUND])).toMatchObject({ failures: 2, explicitFailures: 1, health: 'suspect' });
    expect(live([0, DELETED], [21, DELETED], [22, ALIVE], [44, TIMEOUT])).toMatchObject({ explicitFailures: 0 });
    const thrice = { ...THRESHOLDS, explicitCount: 3 };
    const twice = advance(advance(null, DELETED, at(0), thrice).state, DELETED, at(30), thrice).state;
    expect(twice.health).toBe('suspect');
    expect(advance(twice, TIMEOUT, at(40), { ...thrice, explicitCount: 2, failureCount: 9 }).state.health).toBe(
      'suspect',
    );
  });

  test('thresholds are configuration', () => {
    const eager = { ...THRESHOLDS, failureCount: 1, failureHours: 0 };
    expect(advance(null, TIMEOUT, at(0), eager).state.health).toBe('dead');
  });
});

describe('properties', () => {
  const night = fc.tuple(
    fc.integer({ min: 1, max: 60 }),
    fc.constantFrom(ALIVE, MOVED, DELETED, NOT_FOUND, TIMEOUT, WALL, STRANGE, DRIFTED, SKIPPED),
  );
  const nights = fc.array(night, { minLength: 1, maxLength: 40 }).map((gaps) => {
    let hours = 0;
    return gaps.map(([gap, judgement]): [number, Judgement] => {
      hours += gap;
      return [hours, judgement];
    });
  });

  test('an alive observation makes any link healthy', () => {
    fc.assert(
      fc.property(nights, (past) => live(...past, [5000, ALIVE]).health === 'healthy'),
      runs(100),
    );
  });

  test('without two failures nobody is dead', () => {
    fc.assert(
      fc.property(nights, (past) => {
        const state = live(...past);
        return state.health !== 'dead' || state.failures >= 2;
      }),
      runs(100),
    );
  });

  test('walls and unclear answers never change the health of a link that was seen', () => {
    fc.assert(
      fc.property(nights, fc.constantFrom(WALL, STRANGE, SKIPPED), (past, judgement) => {
        const state = live(...past);
        const after = advance(state, judgement, at(9000)).state;
        return state.health === 'unknown' || JSON.stringify(after) === JSON.stringify(state);
      }),
      runs(100),
    );
  });

  test('what was alive within 20 hours is not dead', () => {
    fc.assert(
      fc.property(nights, (past) => {
        const state = live(...past);
        const last = past.at(-1)?.[0] ?? 0;
        const alive = state.lastAlive === null ? -Infinity : (Date.parse(state.lastAlive) - START) / 3_600_000;
        return state.health !== 'dead' || last - alive >= THRESHOLDS.explicitHours;
      }),
      runs(100),
    );
  });
});
