import { describe, expect, test } from 'vitest';
import { confirmedAt, joinOutcome, type Outcome } from '../../src/crawl/record.ts';
import { THRESHOLDS } from '../../src/health/index.ts';
import type { Judgement, Link, LinkRecord, Observation, Run } from '../../src/types.ts';

const LINK: Link = { id: 'web/a-1', url: 'https://a.test/', platform: 'web', key: 'a', occurrences: [] };
const ALIVE: Judgement = { verdict: 'alive', reason: 'ok', marker: 'article', rule: 'web/article', explicit: false };
const SAME: Judgement = { ...ALIVE, reason: 'not-modified', marker: '304' };
const GONE: Judgement = { verdict: 'gone', reason: 'not-found', marker: '404', rule: 'http/404', explicit: false };

function seen(at: string, changes: Partial<Observation> = {}): Observation {
  return {
    id: LINK.id,
    run: 'r',
    at,
    ms: 5,
    via: 'http',
    status: 200,
    finalUrl: LINK.url,
    hops: [],
    tries: [],
    failure: null,
    sighting: null,
    bodySha256: 'aa',
    etag: null,
    lastModified: null,
    ...changes,
  };
}

function outcome(judgement: Judgement, observation: Observation): Outcome {
  return { judgement, observation, article: null, kept: null, suggestion: null };
}

function join(
  previous: LinkRecord | null,
  judgement: Judgement,
  observation: Observation,
  confirmed: string | null = null,
) {
  return joinOutcome(LINK, previous, outcome(judgement, observation), confirmed, THRESHOLDS);
}

describe('joinOutcome', () => {
  const first = join(null, ALIVE, seen('2026-11-01T02:00:00Z'));

  test('the first visit is news and a change of health', () => {
    expect(first.news).toBe(true);
    expect(first.transition).toMatchObject({ from: 'unknown', to: 'healthy' });
  });

  test('the same again is no news, whatever the time, the duration and the tries were', () => {
    const again = seen('2026-11-02T02:00:00Z', { ms: 900, tries: [{ at: 'x', reason: 'reset' }] });
    expect(join(first.record, ALIVE, again)).toMatchObject({ news: false, transition: null });
    expect(join(first.record, SAME, { ...again, status: 304, bodySha256: null })).toMatchObject({ news: false });
  });

  test('another verdict is news, and history gets a span', () => {
    const gone = join(first.record, GONE, seen('2026-11-03T02:00:00Z', { status: 404 }));
    expect(gone.news).toBe(true);
    expect(gone.transition).toMatchObject({ from: 'healthy', to: 'suspect', reason: 'not-found' });
    expect(gone.record.history.map(({ verdict }) => verdict)).toEqual(['alive', 'gone']);
  });

  test('last alive is when a run last confirmed it, not when it was first seen so', () => {
    const gone = join(first.record, GONE, seen('2026-11-09T02:00:00Z'), '2026-11-08T02:00:00Z');
    expect(gone.record.health?.lastAlive).toBe('2026-11-08T02:00:00Z');
  });

  test('an ETag that moves while the body stays is no news', () => {
    const tagged = join(null, ALIVE, seen('2026-11-01T02:00:00Z', { etag: '"1"' }));
    const moved = join(tagged.record, ALIVE, seen('2026-11-02T02:00:00Z', { etag: '"2"' }));
    expect(moved).toMatchObject({ news: false, record: { validators: { etag: '"1"' } } });
    const changed = join(tagged.record, ALIVE, seen('2026-11-02T02:00:00Z', { etag: '"2"', bodySha256: 'bb' }));
    expect(changed).toMatchObject({ news: true, record: { validators: { etag: '"2"' } } });
  });

  test('what was known of a page stays known when it is gone', () => {
    const titled = joinOutcome(
      LINK,
      null,
      {
        ...outcome(ALIVE, seen('2026-11-01T02:00:00Z')),
        article: { title: '标题', author: null, account: '账号', published: '2026-01-01' },
      },
      null,
      THRESHOLDS,
    );
    const gone = join(titled.record, GONE, seen('2026-11-02T02:00:00Z'));
    expect(gone.record).toMatchObject({ title: '标题', author: '账号', published: '2026-01-01' });
  });
});

describe('confirmedAt', () => {
  const record = join(null, ALIVE, seen('2026-11-01T02:00:00Z')).record;
  const run = (complete: boolean): Run => ({
    id: 'r',
    startedAt: '2026-11-05T02:00:00Z',
    finishedAt: '2026-11-05T02:01:00Z',
    complete,
    counts: { links: 1, alive: 1, moved: 0, drifted: 0, gone: 0, blocked: 0, unclear: 0, unreachable: 0, skipped: 0 },
  });

  test('a complete run confirms every link that is as its record says', () => {
    expect(confirmedAt(record, run(true))).toBe('2026-11-05T02:00:00Z');
  });

  test('an incomplete one confirms nothing by itself', () => {
    expect(confirmedAt(record, run(false))).toBe('2026-11-01T02:00:00Z');
    expect(confirmedAt(null, run(true))).toBeNull();
  });
});
