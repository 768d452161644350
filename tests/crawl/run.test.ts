import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, describe, expect, test } from 'vitest';
import { openArchive, type Records } from '../../src/archive/index.ts';
import { type CrawlDeps, type Crew, type Report, unfinishedRun } from '../../src/crawl/index.ts';
import { readSeen } from '../../src/crawl/seen.ts';
import { selectLinks } from '../../src/crawl/select.ts';
import type { Fetcher } from '../../src/fetch/index.ts';
import type { Link, LinkRecord, LinkStatus } from '../../src/types.ts';
import { crawlNight, type FrozenAnswer, type FrozenWeb, frozenFetcher, nightAt, Shelf } from './frozen-web.ts';

const shelf = new Shelf();
afterAll(() => shelf.remove());

const URL_OF_BOAT = 'https://harbour.example/boats/7';
const LIST = `- [The seventh boat](${URL_OF_BOAT})\n`;

/** A page with an article of so many sentences. */
function article(title: string, sentences = 40): { status: number; body: Uint8Array } {
  const text = Array.from(
    { length: sentences },
    (_, at) => `<p>${title}: sentence ${at} says what lies at berth ${at}.</p>`,
  );
  const html = `<!doctype html><html lang="en"><head><title>${title}</title></head><body><article><h1>${title}</h1>${text.join('')}</article></body></html>`;
  return { status: 200, body: Buffer.from(html) };
}
const GONE = { status: 410, body: Buffer.from('<title>Gone</title>') };
const boat = article('The seventh boat');

/** This at the addresses of the lists, and nothing at made-up ones. */
const on =
  (answer: FrozenAnswer): FrozenWeb =>
  (url) =>
    /\/boats\/7(?:$|\?)|^https:\/\/harbour-\d\.example\/$/.test(url) ? answer : null;

const said = ({ verdict, reason, health }: LinkStatus): string => `${verdict} ${reason} ${health}`;

/** Asks as another fetcher does, and counts what it was asked. */
function counting(fetcher: Fetcher): Fetcher & { asked: string[] } {
  const asked: string[] = [];
  return {
    ...fetcher,
    asked,
    fetch: (ask, options) => {
      asked.push(ask.url);
      return fetcher.fetch(ask, options);
    },
  };
}

/** Fails on this side of the network for every address. */
const offline: Fetcher = {
  ...frozenFetcher(() => null, 0),
  fetch: async (ask) => ({
    ...{ ask, at: nightAt(0), ms: 0, hops: [], finalUrl: ask.url, tries: [], reply: null, captures: [] },
    failure: { verdict: 'unreachable', reason: 'connect', detail: 'no route', local: true },
  }),
};

describe('a second opinion', () => {
  const web: FrozenWeb = (url, night) => on(night === 0 ? boat : GONE)(url, night);

  test.each([
    ['there', on(boat), 'alive ok healthy'],
    ['gone too', on(GONE), 'gone not-found dead'],
  ])('is asked for before a link is called dead, and only then: it is %s', async (_, answer, says) => {
    const dir = shelf.place();
    const verdicts: string[] = [];
    const asked: number[] = [];
    for (let night = 0; night < 4; night++) {
      const second = counting(frozenFetcher(answer, night));
      const { outcome } = await crawlNight(dir, LIST, web, night, { deps: { second } });
      verdicts.push(...outcome.status.links.map(said));
      asked.push(second.asked.length);
    }
    expect(verdicts.slice(0, 3)).toEqual(['alive ok healthy', 'gone not-found suspect', says]);
    expect(asked.slice(0, 3)).toEqual([0, 0, 1]);
    // One that is dead stays dead without another question.
    if (says.endsWith('dead')) expect(asked[3]).toBe(0);
  });
});

describe('the address of the list', () => {
  const written = `${URL_OF_BOAT}?utm_source=list`;

  test('counts where the canonical one fails and it is there', async () => {
    const web: FrozenWeb = (url) => (url === written ? boat : null);
    const { outcome } = await crawlNight(shelf.place(), `- [A boat](${written})\n`, web, 0);
    expect(outcome.status.links.map(said)).toEqual(['alive ok healthy']);
  });

  test('says nothing where it fails too, nor where it is no address of the web', async () => {
    const both = await crawlNight(shelf.place(), `- [A boat](${written})\n`, () => null, 0);
    expect(both.outcome.status.links.map(said)).toEqual(['gone not-found suspect']);
    const remaps = [{ pattern: /^boat:/, replacement: 'https://harbour.example/boats/' }];
    const fetcher = counting(frozenFetcher(() => null, 0));
    const list = '- [A boat](boat:7)\n';
    const { outcome } = await crawlNight(shelf.place(), list, () => null, 0, {
      remaps,
      deps: { fetcher: () => fetcher },
    });
    expect(outcome.status.links.map(said)).toEqual(['gone not-found suspect']);
    expect(new Set(fetcher.asked)).toEqual(new Set([URL_OF_BOAT]));
  });
});

describe('a run that can not visit all', () => {
  const boats = [1, 2, 3].map((at) => `https://harbour-${at}.example/`);
  const list = boats.map((url) => `- <${url}>\n`).join('');

  test('says of each link when it was seen, and the next one begins with the others', async () => {
    const dir = shelf.place();
    await crawlNight(dir, list, on(boat), 0);
    // The second host never answers: the run is stopped once the others are done.
    const stop = new AbortController();
    const frozen = frozenFetcher(on(boat), 1);
    const stuck: Fetcher = {
      ...frozen,
      fetch: async (ask, request) => {
        if (ask.url !== boats[1]) return frozen.fetch(ask, request);
        if (!stop.signal.aborted) await new Promise((resolve) => stop.signal.addEventListener('abort', resolve));
        return offline.fetch(ask, request);
      },
    };
    let done = 0;
    const tell: CrawlDeps['tell'] = ({ kind }) => {
      if (kind === 'done' && ++done === 2) stop.abort();
    };
    const { outcome } = await crawlNight(dir, list, on(boat), 1, {
      options: { budget: 3_600_000 },
      deps: { fetcher: () => stuck, stop: stop.signal, tell },
    });
    expect(outcome.status.run.complete).toBe(false);
    expect(outcome.status.links.map(({ url, reason }) => [url, reason])).toEqual(
      expect.arrayContaining([
        [boats[0], 'ok'],
        [boats[1], 'over-budget'],
        [boats[2], 'ok'],
      ]),
    );
    const asked = counting(frozenFetcher(on(boat), 2));
    await crawlNight(dir, list, on(boat), 2, { options: { maxConcurrency: 1 }, deps: { fetcher: () => asked } });
    const order = asked.asked.filter((url) => boats.includes(url));
    expect(order[0]).toBe(boats[1]);
    expect(order).toHaveLength(3);
  });

  test('ends when its time is up, though memory was cleared meanwhile', async () => {
    // A clock that only the signal behind it knows is garbage, and then never strikes.
    setFlagsFromString('--expose-gc');
    const collectGarbage: () => void = runInNewContext('gc');
    const frozen = frozenFetcher(on(boat), 0);
    const slow: Fetcher = {
      ...frozen,
      fetch: async (ask, request) => {
        await sleep(0);
        collectGarbage();
        await sleep(60);
        return frozen.fetch(ask, request);
      },
    };
    const { outcome } = await crawlNight(shelf.place(), list, on(boat), 0, {
      options: { budget: 20, maxConcurrency: 1 },
      deps: { fetcher: () => slow },
    });
    expect(outcome.status.run.complete).toBe(false);
    expect(outcome.status.links.map(({ reason }) => reason)).toContain('over-budget');
  });

  test('with more time than a timer can run it still has all of it', async () => {
    const { outcome } = await crawlNight(shelf.place(), list, on(boat), 0, { options: { budget: 3_600_000_000 } });
    expect(outcome.status.run.complete).toBe(true);
  });

  test('leaves links alone that were seen healthy within the time asked for', async () => {
    const dir = shelf.place();
    await crawlNight(dir, list, (url, night) => on(url === boats[2] ? GONE : boat)(url, night), 0);
    const asked = counting(frozenFetcher(on(boat), 1));
    const { outcome } = await crawlNight(dir, list, on(boat), 1, {
      options: { due: 3 * 24 * 3_600_000 },
      deps: { fetcher: () => asked },
    });
    expect(asked.asked.filter((url) => boats.includes(url))).toEqual([boats[2]]);
    expect(outcome.status.links.map(({ verdict, reason }) => `${verdict} ${reason}`).sort()).toEqual([
      'alive ok',
      'skipped not-due',
      'skipped not-due',
    ]);
  });

  test('for want of a network says so and writes nothing, however many hosts there are', async () => {
    for (const some of [1, 3]) {
      const dir = shelf.place();
      const { outcome } = await crawlNight(
        dir,
        boats
          .slice(0, some)
          .map((url) => `- <${url}>\n`)
          .join(''),
        () => null,
        0,
        {
          deps: { fetcher: () => offline },
        },
      );
      expect(outcome.offline).toBe(true);
      expect(outcome.status.links.map(said)).toEqual(Array(some).fill('skipped offline unknown'));
      const archive = await openArchive(dir, { readOnly: true });
      expect([await archive.readStatus(), archive.run]).toEqual([null, null]);
      await archive.close();
    }
  });
});

describe('a page that has changed', () => {
  test('for the poorer does not replace the kept copy, and the run says why', async () => {
    const dir = shelf.place();
    await crawlNight(dir, LIST, on(boat), 0);
    const { outcome, events } = await crawlNight(dir, LIST, on(article('The seventh boat', 6)), 1);
    expect(events).toContainEqual(
      expect.objectContaining({
        kind: 'remark',
        message: expect.stringMatching(/^much shorter: \d+ % of the kept text$/),
      }),
    );
    expect(outcome.status.links[0]?.snapshot?.capturedAt).toBe(nightAt(0));
  });

  test('into another one than the list describes has drifted, and is not kept', async () => {
    const dir = shelf.place();
    const list = `- [The seventh boat in the old harbour](${URL_OF_BOAT})\n`;
    await crawlNight(dir, list, on(article('The seventh boat in the old harbour')), 0);
    const { outcome } = await crawlNight(dir, list, on(article('Cheap flights, best casino offers')), 1);
    expect(outcome.status.links.map(said)).toEqual(['drifted title-mismatch drifted']);
    expect(outcome.status.links[0]?.title).toBe('The seventh boat in the old harbour');
    expect(outcome.status.links[0]?.snapshot?.versions).toBe(1);
  });
});

describe('what a run was told to do', () => {
  test('places of pages are looked for where that is wanted', async () => {
    const list = `- [here](${URL_OF_BOAT}#sail)\n`;
    const { events } = await crawlNight(shelf.place(), list, on(boat), 0, { options: { fragments: true } });
    expect(events).toContainEqual({
      kind: 'problem',
      problem: expect.objectContaining({ code: 'link/no-place', line: 1 }),
    });
    const without = await crawlNight(shelf.place(), list, on(boat), 0);
    expect(without.events.map(({ kind }) => kind)).not.toContain('problem');
  });

  test('no WARC is written where none is wanted, but the copy is', async () => {
    const dir = shelf.place();
    await crawlNight(dir, LIST, on(boat), 0, { options: { warc: false } });
    const archive = await openArchive(dir, { readOnly: true });
    expect((await archive.sizes()).map(({ part, bytes }) => [part, bytes > 0])).toEqual([
      ['pages', true],
      ['assets', false],
      ['warc', false],
    ]);
    await archive.close();
  });

  test('a page is asked for on condition where no copy is wanted either', async () => {
    const dir = shelf.place();
    const web = on({ ...boat, headers: { etag: '"1"' } });
    const options = { snapshots: false };
    await crawlNight(dir, LIST, web, 0, { options });
    const { outcome, events } = await crawlNight(dir, LIST, web, 1, { options });
    expect(events.at(-1)).toMatchObject({ kind: 'done', verdict: 'alive', reason: 'not-modified' });
    expect(outcome.status.links[0]?.snapshot).toBeNull();
  });
});

describe('a crew', () => {
  /** Hands one report over for each of these links, in this order. */
  function crewOf(report: (link: Link) => Report, ids: (links: readonly Link[]) => string[]): Crew {
    return {
      run: { id: '20260501T010000Z', startedAt: '2026-05-01T01:00:00.000Z' },
      visit: async (links, { take }) => {
        const [first] = links;
        if (first !== undefined) for (const id of ids(links)) await take(id, report(first));
      },
    };
  }
  const report = (link: Link): Report => ({
    unanswered: null,
    found: {
      observation: {
        ...{ id: link.id, run: 'r', at: nightAt(0), ms: 1, via: 'http', status: 404, finalUrl: link.url, hops: [] },
        ...{ tries: [], failure: null, sighting: null, bodySha256: null, etag: null, lastModified: null },
      },
      judgement: { verdict: 'gone', reason: 'not-found', marker: '404', rule: 'http/404', explicit: false },
      article: null,
      pictures: new Map(),
      captures: [],
      places: [],
    },
  });

  test('may report of a link twice, and of links that nobody asked for: each counts once', async () => {
    const crew = crewOf(report, ([link]) => ['web/stranger-00000000', link?.id ?? '', link?.id ?? '']);
    const { outcome, events } = await crawlNight(shelf.place(), LIST, () => null, 0, { deps: { crew } });
    expect(outcome.status.run.id).toBe('20260501T010000Z');
    expect(outcome.status.links.map(said)).toEqual(['gone not-found suspect']);
    expect(events.filter(({ kind }) => kind === 'done')).toHaveLength(1);
  });

  test('that reports of links that were not asked after all leaves them as they were', async () => {
    const dir = shelf.place();
    await crawlNight(dir, LIST, on(boat), 0);
    const skipped = (link: Link): Report => {
      const { found } = report(link);
      const judgement = { verdict: 'skipped', reason: 'robots', marker: null, rule: 'fetch/robots', explicit: false };
      return { unanswered: [], found: { ...found, judgement: judgement as Report['found']['judgement'] } };
    };
    const crew = crewOf(skipped, ([link]) => [link?.id ?? '']);
    const { outcome } = await crawlNight(dir, LIST, () => null, 1, { deps: { crew } });
    expect(outcome.status.links).toMatchObject([{ verdict: 'skipped', reason: 'robots', health: 'healthy' }]);
  });
});

test('a run is gone on with within half a day, and no later', () => {
  const run = { id: 'r', startedAt: '2026-05-01T02:00:00.000Z', resumed: true, done: new Set<string>() };
  expect(unfinishedRun({ run }, new Date('2026-05-01T14:00:00.000Z'))).toBe(run);
  expect(unfinishedRun({ run }, new Date('2026-05-01T14:00:00.001Z'))).toBeNull();
  expect(unfinishedRun({ run: null }, new Date('2026-05-01T14:00:00.000Z'))).toBeNull();
});

describe('which links are asked', () => {
  const link = (id: string): Link => ({ id, url: `https://${id}.example/`, platform: 'web', key: id, occurrences: [] });
  const recordOf = (id: string, health: 'healthy' | 'suspect'): LinkRecord => ({
    ...{ id, url: link(id).url, platform: 'web', judgement: null, history: [], title: null, author: null },
    ...{ published: null, note: null, validators: null, snapshot: null, contentHash: null, suggestion: null },
    observation: {
      ...{ id, run: 'r', at: `2026-05-0${id.length}T00:00:00.000Z`, ms: 1, via: 'http', status: 200, finalUrl: null },
      ...{ hops: [], tries: [], failure: null, sighting: null, bodySha256: null, etag: null, lastModified: null },
    },
    health: {
      ...{ health, since: '', lastAlive: null, failures: 0, explicitFailures: 0, firstFailure: null },
      ...{ lastFailure: null, firstExplicit: null },
    },
  });
  const recordsOf = (stored: LinkRecord[]): Records => ({
    get: async (id) => stored.find((record) => record.id === id) ?? null,
    set: async () => {},
    delete: async () => false,
    all: async function* () {
      yield* stored;
    },
  });

  test('those not seen for longest first, without those done and those seen healthy lately', async () => {
    const stored = [recordOf('aaa', 'healthy'), recordOf('aa', 'suspect'), recordOf('a', 'healthy')];
    const { chosen, resting } = await selectLinks(['aaa', 'aa', 'a', 'new', 'done'].map(link), {
      records: recordsOf([...stored, recordOf('done', 'healthy')]),
      lastRun: null,
      due: 36 * 3_600_000,
      at: new Date('2026-05-04T00:00:00.000Z'),
      done: new Set(['done']),
    });
    expect(chosen.map(({ link }) => link.id)).toEqual(['new', 'a', 'aa']);
    expect(resting).toEqual(['aaa']);
  });

  test('a link seen in days to come, by a clock that ran ahead, does not rest until then', async () => {
    const { resting } = await selectLinks([link('aaa')], {
      records: recordsOf([recordOf('aaa', 'healthy')]),
      ...{ lastRun: null, due: 36 * 3_600_000, done: new Set() },
      at: new Date('2025-05-04T00:00:00.000Z'),
    });
    expect(resting).toEqual([]);
  });

  test('a long list is looked up in one reading of all records, with the same result', async () => {
    const links = Array.from({ length: 600 }, (_, at) => link(`l${at}`));
    const stored = [recordOf('elsewhere', 'healthy'), ...links.slice(0, 40).map(({ id }) => recordOf(id, 'healthy'))];
    let looked = 0;
    const records: Records = {
      ...recordsOf(stored),
      get: async () => Promise.reject(new Error(`looked up ${++looked}`)),
    };
    const seen = await readSeen(records, links, ({ id }) => ({ seen: id, rests: false }));
    expect(looked).toBe(0);
    expect([...seen.keys()]).toEqual(links.slice(0, 40).map(({ id }) => id));
    expect(await readSeen(recordsOf(stored), links.slice(0, 41), ({ id }) => ({ seen: id, rests: false }))).toEqual(
      seen,
    );
  });
});
