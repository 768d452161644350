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
    marker('site/titled', 'title', { verdict: 'gone', reason: 'removed-by-platform' }),
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
    ['nor do words in its title', seen({}, { ...proof, ...hit('site/titled') }), 'alive/ok by site/article'],
    ['the title of an error page', seen({}, hit('site/titled')), 'gone/removed-by-platform by site/titled'],
    [
      'a machine sign beside proof',
      seen({}, { ...proof, ...hit('site/code') }),
      'gone/not-found by site/code (explicit)',
    ],
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

  it('lets a platform say that a status is a wall, whatever the page says', () => {
    const wall = { says: { verdict: 'blocked', reason: 'login-wall' }, explicit: true, source: 'test' } as const;
    const gone = { says: { verdict: 'gone', reason: 'removed-by-platform' }, explicit: false, source: 'test' } as const;
    const own: Rules = { ...rules, statuses: { 403: wall, 418: gone } };
    expect(word(seen({ status: 403 }, hit('site/deleted')), own)).toBe('blocked/login-wall by site/403 (explicit)');
    expect(word(seen({ status: 418 }, hit('site/deleted')), own)).toBe(
      'gone/deleted-by-author by site/deleted (explicit)',
    );
    expect(word(seen({ status: 418 }), own)).toBe('gone/removed-by-platform by site/418');
  });

  const dns = { verdict: 'unreachable', reason: 'dns', detail: 'no such name', local: false } as const;
  it.each([
    ['a failure', seen({ status: null, failure: dns }, null), 'dns'],
    ['a machine sign', seen({}, hit('site/code')), 'x'],
    ['304', seen({ status: 304 }, null), '304'],
    ['a made-up address', seen({}, { twin: 'sibling' }), 'same page as a made-up address'],
    ['every address', seen({}, { twin: 'everywhere' }), 'same page as a made-up address'],
    ['other links', seen({}, { twin: 'cluster' }), 'same page as other links of the host'],
    ['proof', seen({}, proof), '#article'],
    ['a part', seen({}, { ...proof, partial: 'vip' }), 'vip'],
    ['a redirect', seen({ hops: [hop(308), hop(301)], finalUrl: 'https://site.example/b/1' }, proof), '308'],
    ['a page that points home', seen({}, { movedTo: HOME }), HOME],
    ['a page that points elsewhere', seen({}, { movedTo: 'https://b.example/' }), 'https://b.example/'],
    ['another page', seen({}, { ...proof, identity: 'other' }), '#article'],
    [
      'another page after a redirect',
      seen({ hops: [hop(302)], finalUrl: `${ASKED}2` }, { ...proof, identity: 'other' }),
      `${ASKED}2`,
    ],
    ['the front page', seen({ hops: [hop(302)], finalUrl: HOME }, { identity: 'other' }), HOME],
    ['the front page without a sighting', seen({ hops: [hop(302)], finalUrl: HOME }, null), HOME],
    ['a status', seen({ status: 404 }), '404'],
    ['a server that failed', seen({ status: 502 }), '502'],
    ['an empty page', seen({ status: 409 }), '409'],
    ['an empty page without a status', seen({ status: null }), null],
    ['a page of unknown shape', seen({}, { chars: 40 }), null],
  ])('keeps the literal that decided: %s', (_, observation, literal) => {
    expect(judgeBy(observation, plain, identify).marker).toBe(literal);
  });
});

describe('a page that points elsewhere', () => {
  const home = 'gone/redirected-home by site/points-home';
  const elsewhere = 'unclear/unrecognised-page by site/points-elsewhere';

  it.each([
    ['at the front page', seen({}, { movedTo: HOME }), home],
    ['at another page', seen({}, { movedTo: 'https://site.example/a/9' }), elsewhere],
    ["at another site's front page", seen({}, { movedTo: 'https://other.example/' }), elsewhere],
    ['from the front page itself', seen({ finalUrl: HOME }, { movedTo: 'https://site.example/' }), elsewhere],
    ['from nowhere', seen({ finalUrl: null }, { movedTo: HOME }), elsewhere],
    [
      'after a redirect it is the address asked for that counts',
      seen({ hops: [hop(302)], finalUrl: HOME.replace('www.', 'm.') }, { movedTo: HOME, chars: 3 }),
      home,
    ],
    ['at no address', seen({}, { movedTo: 'no address', chars: 3 }), 'unclear/unrecognised-page by site/unrecognised'],
    ['with proof of its own', seen({}, { ...proof, movedTo: HOME }), 'alive/ok by site/article'],
  ])('%s', (_, observation, expected) => {
    expect(word(observation)).toBe(expected);
  });
});

describe('the front page', () => {
  const land = (from: string, to: string): string =>
    judgeBy(seen({ hops: [hop(302, from)], finalUrl: to }, { chars: 9 }), plain, identify).reason;

  it.each([
    [ASKED, 'https://site.example/index.html', true],
    [ASKED, 'https://site.example/Default.aspx', true],
    [ASKED, 'https://site.example/home', true],
    [ASKED, 'https://site.example/en', true],
    [ASKED, 'https://site.example/?utm_source=a&from=b', true],
    [ASKED, 'https://site.example/?from=b&p=12', false],
    [ASKED, 'https://site.example/news', false],
    [ASKED, 'https://site.example/indexes', false],
    [ASKED, 'no address', false],
    ['no address', HOME, false],
    [HOME, 'https://site.example/', false],
    ['https://a.com.cn/x', 'https://www.a.com.cn/', true],
    ['https://a.com.cn/x', 'https://b.com.cn/', false],
    ['https://a.co.uk/x', 'https://b.co.uk/', false],
    ['https://a.com.example/x', 'https://b.com.example/', true],
    ['https://a.site.cn/x', 'https://b.site.cn/', true],
    ['https://com.cn/x', 'https://www.com.cn/', false],
    ['https://ab.cd/x', 'https://a.bcd/', false],
  ])('%s that ends at %s: %s', (from, to, expected) => {
    expect(land(from, to) === 'redirected-home').toBe(expected);
  });
});

describe('a page of another identity', () => {
  const other = { ...proof, identity: 'other' } as const;

  it.each([
    ['with an error status', seen({ status: 404 }, other), 'gone/not-found by http/404'],
    ['with the lowest error status', seen({ status: 400 }, other), 'unclear/unrecognised-page by site/unrecognised'],
    ['with a status below', seen({ status: 399 }, other), 'unclear/unrecognised-page by site/other-identity'],
    ['without a status', seen({ status: null }, other), 'unclear/unrecognised-page by site/other-identity'],
    [
      'without proof, after a redirect',
      seen({ hops: [hop(302)], finalUrl: `${ASKED}2` }, { identity: 'other', chars: 3 }),
      'unclear/unrecognised-page by site/other-identity',
    ],
  ])('%s', (_, observation, expected) => {
    expect(word(observation)).toBe(expected);
  });
});

describe('proof of an unknown identity', () => {
  it.each([
    [400, 'unclear/unrecognised-page by site/unrecognised'],
    [399, 'alive/ok by site/article'],
    [500, 'unreachable/server-error by http/5xx'],
    [499, 'unclear/unrecognised-page by site/unrecognised'],
    [null, 'alive/ok by site/article'],
  ])('with status %s', (status, expected) => {
    expect(word(seen({ status }, { ...proof, identity: 'unknown' }))).toBe(expected);
  });
});

describe('moved', () => {
  const to = (statuses: number[], finalUrl: string): Observation =>
    seen({ hops: statuses.map((status) => hop(status)), finalUrl }, proof);

  it.each([
    [
      'permanent to another identity',
      to([301], 'https://site.example/b/1'),
      'moved/permanent-redirect by site/permanent-redirect',
    ],
    [
      'permanent all the way',
      to([308, 301], 'https://site.example/b/1'),
      'moved/permanent-redirect by site/permanent-redirect',
    ],
    ['one step was temporary', to([301, 302], 'https://site.example/b/1'), 'alive/ok by site/article'],
    ['another host, the same identity', to([301], 'https://www.site.example/a/1'), 'alive/ok by site/article'],
    ['a cleaned query, the same identity', to([301], `${ASKED}?utm=1`), 'alive/ok by site/article'],
    ['no redirect at all', seen({ finalUrl: 'https://site.example/b/1' }, proof), 'alive/ok by site/article'],
    ['an end that is not known', seen({ hops: [hop(301)], finalUrl: null }, proof), 'alive/ok by site/article'],
    ['an end that is no address', to([301], 'no address'), 'alive/ok by site/article'],
    [
      'a start that is no address',
      seen({ hops: [hop(301, 'x')], finalUrl: 'https://site.example/b/1' }, proof),
      'alive/ok by site/article',
    ],
  ])('%s', (_, observation, expected) => {
    expect(word(observation)).toBe(expected);
  });

  it('to another platform, though the key is the same', () => {
    const byHost = (url: URL): Identity => ({ platform: url.hostname, key: url.pathname, url: url.href });
    const judged = judgeBy(to([301], 'https://new.example/a/1'), plain, byHost);
    expect(judged.reason).toBe('permanent-redirect');
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
