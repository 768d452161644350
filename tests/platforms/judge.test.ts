import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeBy, type Rules } from '../../src/platforms/judge.ts';
import type { Marker } from '../../src/platforms/platform.ts';
import { NOTHING_SEEN } from '../../src/platforms/sight.ts';
import { type Hop, type Identity, type Observation, REASONS, type Sighting } from '../../src/types.ts';
import { runs } from '../property.ts';

const ASKED = 'https://site.example/a/1';
const HOME = 'https://www.site.example/';

function marker(rule: string, where: Marker['where'], says: Marker['says'], explicit = false): Marker {
  return { rule, situation: '', where, match: 'x', says, explicit, source: 'test', seen: '2026-01' };
}

const rules: Rules = {
  name: 'site',
  markers: [
    marker('site/wall', 'final-url', { verdict: 'blocked', reason: 'verification-wall' }),
    marker('site/code', 'json', { verdict: 'gone', reason: 'not-found' }, true),
    marker('site/deleted', 'text', { verdict: 'gone', reason: 'deleted-by-author' }, true),
  ],
  statuses: { 403: null, 404: null },
};
const plain: Rules = { ...rules, statuses: {} };

/** The number in the path is the page; the host and the scheme do not matter. */
function identify(url: URL): Identity {
  return { platform: 'site', key: url.pathname, url: url.href };
}

function seen(part: Partial<Observation>, sighting: Partial<Sighting> | null = {}): Observation {
  return {
    id: 'site/x',
    run: 'r',
    at: '2026-01-01T00:00:00.000Z',
    ms: 1,
    via: 'http',
    status: 200,
    finalUrl: ASKED,
    hops: [],
    tries: [],
    failure: null,
    sighting: sighting === null ? null : { ...NOTHING_SEEN, ...sighting },
    bodySha256: null,
    etag: null,
    lastModified: null,
    ...part,
  };
}

function word(observation: Observation, by: Rules = plain): string {
  const { verdict, reason, rule, explicit } = judgeBy(observation, by, identify);
  return `${verdict}/${reason} by ${rule}${explicit ? ' (explicit)' : ''}`;
}

const proof = { proof: '#article', identity: 'same', chars: 900 } as const;
const hit = (rule: string): Partial<Sighting> => ({ markers: [{ rule, literal: 'x' }], chars: 20 });
const hop = (status: number, url = ASKED): Hop => ({ url, status });

describe('the ladder', () => {
  it.each([
    [
      'a failure is its own verdict',
      seen({ status: null, failure: { verdict: 'unreachable', reason: 'dns', detail: '', local: false } }, null),
      'unreachable/dns by fetch/dns',
    ],
    [
      'a wall stands before proof',
      seen({}, { ...proof, ...hit('site/wall') }),
      'blocked/verification-wall by site/wall',
    ],
    ['304 is alive', seen({ status: 304 }, null), 'alive/not-modified by http/304'],
    ['proof is alive', seen({}, proof), 'alive/ok by site/article'],
    ['proof cut short is partial', seen({}, { ...proof, partial: 'vip' }), 'alive/partial by site/partial'],
    ['words in an article decide nothing', seen({}, { ...proof, ...hit('site/deleted') }), 'alive/ok by site/article'],
    [
      'words of the error container',
      seen({}, hit('site/deleted')),
      'gone/deleted-by-author by site/deleted (explicit)',
    ],
    [
      'an unknown rule decides nothing',
      seen({}, hit('site/forgotten')),
      'unclear/unrecognised-page by site/unrecognised',
    ],
    [
      'proof with an error status needs the identity',
      seen({ status: 404 }, { ...proof, identity: 'unknown' }),
      'gone/not-found by http/404',
    ],
    ['proof with an error status and the identity', seen({ status: 403 }, proof), 'alive/ok by site/article'],
    [
      'another identity at the same address',
      seen({}, { ...proof, identity: 'other' }),
      'unclear/unrecognised-page by site/other-identity',
    ],
    [
      'another identity after a redirect',
      seen({ hops: [hop(302)], finalUrl: 'https://site.example/a/2' }, { ...proof, identity: 'other' }),
      'gone/soft-404 by site/redirected-to-other',
    ],
    [
      'the front page in place of the article',
      seen({ hops: [hop(302)], finalUrl: HOME }, { ...proof, identity: 'other' }),
      'gone/redirected-home by site/redirected-home',
    ],
    [
      'the front page with content of its own',
      seen({ hops: [hop(301)], finalUrl: HOME }, { ...proof, identity: 'unknown' }),
      'gone/redirected-home by site/redirected-home',
    ],
    [
      'the front page in a language',
      seen({ hops: [hop(302)], finalUrl: 'https://site.example/zh-cn/' }, { chars: 9 }),
      'gone/redirected-home by site/redirected-home',
    ],
    [
      'a query at the root is content',
      seen({ hops: [hop(302)], finalUrl: 'https://site.example/?p=12' }, { ...proof, identity: 'unknown' }),
      'alive/ok by site/article',
    ],
    [
      "another site's front page proves nothing",
      seen({ hops: [hop(302)], finalUrl: 'https://other.example/' }, { chars: 9 }),
      'unclear/unrecognised-page by site/unrecognised',
    ],
    ['404', seen({ status: 404 }), 'gone/not-found by http/404'],
    ['410 is explicit', seen({ status: 410 }), 'gone/not-found by http/410 (explicit)'],
    ['401', seen({ status: 401 }), 'blocked/login-wall by http/401'],
    ['402', seen({ status: 402 }), 'blocked/paywall by http/402'],
    ['403', seen({ status: 403 }), 'blocked/forbidden by http/403'],
    ['429', seen({ status: 429 }), 'blocked/rate-limited by http/429'],
    ['503', seen({ status: 503 }), 'unreachable/server-error by http/5xx'],
    ['a firewall refuses a GET', seen({ status: 405 }), 'blocked/forbidden by http/405'],
    ['no HTTP at all', seen({ status: 999 }), 'blocked/forbidden by http/999'],
    ['a status that proves nothing', seen({ status: 409 }), 'unclear/empty-page by site/empty'],
    ['words of a page sent with 429', seen({ status: 429 }, hit('site/deleted')), 'blocked/rate-limited by http/429'],
    [
      'words of a page sent with 403',
      seen({ status: 403 }, hit('site/deleted')),
      'gone/deleted-by-author by site/deleted (explicit)',
    ],
    ['a twin of a made-up address', seen({}, { ...proof, twin: 'sibling' }), 'gone/soft-404 by site/sibling'],
    [
      'a twin that says no such thing',
      seen({}, { ...proof, twin: 'everywhere' }),
      'unclear/unrecognised-page by site/everywhere',
    ],
    [
      'a twin with words',
      seen({}, { ...proof, ...hit('site/deleted'), twin: 'everywhere' }),
      'gone/deleted-by-author by site/deleted (explicit)',
    ],
    ['a twin of others', seen({}, { ...proof, twin: 'cluster' }), 'blocked/verification-wall by site/cluster'],
    ['an empty page', seen({}), 'unclear/empty-page by site/empty'],
    ['a page of unknown shape', seen({}, { chars: 40 }), 'unclear/unrecognised-page by site/unrecognised'],
  ])('%s', (_, observation, expected) => {
    expect(word(observation)).toBe(expected);
  });

  it('lets a platform say that a status proves nothing', () => {
    expect(word(seen({ status: 404 }), rules)).toBe('unclear/empty-page by site/empty');
  });

  it('keeps the literal that decided', () => {
    expect(judgeBy(seen({}, hit('site/code')), plain, identify)).toMatchObject({
      marker: 'x',
      rule: 'site/code',
      explicit: true,
    });
    expect(judgeBy(seen({ status: 404 }), plain, identify).marker).toBe('404');
    expect(judgeBy(seen({}, proof), plain, identify).marker).toBe('#article');
  });
});

describe('moved', () => {
  const to = (statuses: number[], finalUrl: string): Observation =>
    seen({ hops: statuses.map((status) => hop(status)), finalUrl }, proof);

  it.each([
    ['permanent to another identity', to([301], 'https://site.example/b/1'), 'moved/permanent-redirect'],
    ['permanent all the way', to([308, 301], 'https://site.example/b/1'), 'moved/permanent-redirect'],
    ['one step was temporary', to([301, 302], 'https://site.example/b/1'), 'alive/ok'],
    ['another host, the same identity', to([301], 'https://www.site.example/a/1'), 'alive/ok'],
    ['a cleaned query, the same identity', to([301], `${ASKED}?utm=1`), 'alive/ok'],
  ])('%s', (_, observation, expected) => {
    expect(word(observation)).toMatch(new RegExp(`^${expected} `));
  });
});

const sightings = fc.record({
  proof: fc.constantFrom(null, '#article'),
  identity: fc.constantFrom('same' as const, 'other' as const, 'unknown' as const),
  title: fc.constant(null),
  chars: fc.nat(2000),
  simhash: fc.constant(null),
  markers: fc.subarray([
    { rule: 'site/wall', literal: 'x' },
    { rule: 'site/code', literal: 'x' },
    { rule: 'site/deleted', literal: 'x' },
  ]),
  partial: fc.constantFrom(null, 'vip'),
  movedTo: fc.constantFrom(null, 'https://site.example/', 'https://site.example/a/9', 'no address'),
});

const observations = fc.record({
  status: fc.option(fc.integer({ min: 100, max: 599 })),
  finalUrl: fc.constantFrom(null, ASKED, HOME, 'https://site.example/b/1', 'no address'),
  hops: fc.array(fc.record({ url: fc.constantFrom(ASKED, 'no address'), status: fc.constantFrom(301, 302, 308) }), {
    maxLength: 3,
  }),
});

describe('for every observation', () => {
  it('the judgement is of the closed lists, the same twice, and survives storage', () => {
    fc.assert(
      fc.property(observations, fc.option(sightings), (part, sighting) => {
        const observation = seen(part, sighting);
        const judgement = judgeBy(observation, plain, identify);
        expect(REASONS[judgement.verdict]).toContain(judgement.reason);
        expect(judgeBy(JSON.parse(JSON.stringify(observation)), plain, identify)).toEqual(judgement);
      }),
      runs(500),
    );
  });

  it('a page of another identity is never alive, and a page with proof and identity never gone without a machine sign', () => {
    fc.assert(
      fc.property(observations, sightings, (part, sighting) => {
        const { verdict } = judgeBy(seen(part, sighting), plain, identify);
        if (part.status !== 304 && sighting.identity === 'other') expect(['alive', 'moved']).not.toContain(verdict);
        const machine = sighting.markers.some(({ rule }) => rule !== 'site/deleted');
        if (sighting.proof !== null && sighting.identity === 'same' && !machine)
          expect(['alive', 'moved']).toContain(verdict);
      }),
      runs(500),
    );
  });
});
