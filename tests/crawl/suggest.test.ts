import { describe, expect, it } from 'vitest';
import { openArchive } from '../../src/archive/index.ts';
import { suggestCopies } from '../../src/crawl/suggest.ts';
import type { Fetcher } from '../../src/fetch/index.ts';
import type { Exchange, LinkStatus } from '../../src/types.ts';
import { freshFolder } from '../archive/folder.ts';
import { record } from '../archive/samples.ts';
import { link, statusOf } from '../report/scene.ts';

const API = 'https://wayback.example/available?v=1';
const SETTINGS = { api: API, interval: 0 };
const COPY = 'https://web.archive.org/web/2026/https://example.test/web/x';
const lost = (changes: Partial<LinkStatus> = {}): LinkStatus =>
  link({ id: 'web/x', verdict: 'gone', reason: 'not-found', ...changes });

/** Answers every question alike, and remembers what was asked. */
function wayback(answer: unknown, status: number | null = 200): Pick<Fetcher, 'fetch'> & { asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    async fetch(ask) {
      asked.push(ask.url);
      const body = Buffer.from(typeof answer === 'string' ? answer : JSON.stringify(answer));
      const exchange: Exchange = {
        ...{ ask, at: '2026-01-01T00:00:00.000Z', ms: 0, hops: [], finalUrl: ask.url, tries: [], failure: null },
        reply: status === null ? null : { status, headers: {}, body },
        captures: [],
      };
      return exchange;
    },
  };
}

async function suggested(links: LinkStatus[], fetcher: Pick<Fetcher, 'fetch'>, stop = new AbortController().signal) {
  const archive = await openArchive(freshFolder(), { software: 'test' });
  try {
    return (await suggestCopies(statusOf(links), archive, fetcher, SETTINGS, stop)).links;
  } finally {
    await archive.close();
  }
}
const closest = (changes: Record<string, unknown>) => ({
  archived_snapshots: { closest: { available: true, url: COPY, timestamp: '2026', status: '200', ...changes } },
});

describe('a copy in the Wayback Machine', () => {
  it.each([
    ['as the service names it', closest({}), COPY],
    ['without TLS', closest({ url: COPY.replace('https:', 'http:') }), COPY],
    ['without a status', closest({ status: null }), COPY],
    ['of a redirect', closest({ status: '302' }), null],
    ['that is not available', closest({ available: false }), null],
    ['that says "true" and no more', closest({ available: 'true' }), null],
    ['under another scheme', closest({ url: 'javascript:alert(1)' }), null],
    ['without an address', closest({ url: 7 }), null],
    ['none', { archived_snapshots: {} }, null],
    ['nothing at all', null, null],
    ['a page in place of JSON', '<html>', null],
  ])('%s', async (_, answer, expected) => {
    const [first] = await suggested([lost()], wayback(answer));
    expect(first?.suggestion).toEqual(expected === null ? null : { url: expected, kind: 'wayback' });
  });

  it.each([500, 404, null])('is not believed with status %s', async (status) => {
    const [first] = await suggested([lost()], wayback(closest({}), status));
    expect(first?.suggestion).toBeNull();
  });

  it.each([
    ['gone', lost(), 1],
    ['dead', lost({ verdict: 'unreachable', reason: 'dns', health: 'dead' }), 1],
    ['drifted', link({ id: 'web/x', health: 'drifted' }), 1],
    ['gone, with a redirect to suggest', lost({ suggestion: { url: 'https://a.example/', kind: 'redirect' } }), 1],
    ['gone, with a copy noted already', lost({ suggestion: { url: COPY, kind: 'wayback' } }), 0],
    ['a file of the repository', lost({ platform: 'local' }), 0],
    ['alive', link({ id: 'web/x' }), 0],
    ['blocked', link({ id: 'web/x', verdict: 'blocked', reason: 'login-wall', health: 'blocked' }), 0],
  ])('is looked for where a link is %s', async (_, entry, questions) => {
    const fetcher = wayback(closest({}));
    await suggested([entry], fetcher);
    expect(fetcher.asked).toHaveLength(questions);
    for (const url of fetcher.asked) {
      expect(Object.fromEntries(new URL(url).searchParams)).toEqual({ v: '1', url: entry.url });
    }
  });

  it('is remembered with what is known of the link', async () => {
    const archive = await openArchive(freshFolder(), { software: 'test' });
    await archive.records.set(record('web/x'));
    await archive.beginRun({ id: '20260101T000000Z', startedAt: '2026-01-01T00:00:00.000Z' });
    const [entry, unknown] = [lost(), lost({ id: 'web/y' })];
    const { links } = await suggestCopies(
      statusOf([entry, unknown]),
      archive,
      wayback(closest({})),
      SETTINGS,
      new AbortController().signal,
    );
    expect(links.map(({ suggestion }) => suggestion?.url)).toEqual([COPY, COPY]);
    expect(await archive.records.get('web/x')).toEqual({
      ...record('web/x'),
      suggestion: { url: COPY, kind: 'wayback' },
    });
    expect(await archive.records.get('web/y')).toBeNull();
    await archive.close();
  });

  it('is not looked for once the run is stopped, and nothing else changes', async () => {
    const stop = new AbortController();
    const fetcher = wayback(closest({}));
    const first: Pick<Fetcher, 'fetch'> = {
      fetch: async (ask, request) => {
        stop.abort();
        return fetcher.fetch(ask, request);
      },
    };
    const links = [lost({ id: 'web/a' }), lost({ id: 'web/b' })];
    const after = await suggested(links, first, stop.signal);
    expect(after).toEqual([{ ...links[0], suggestion: { url: COPY, kind: 'wayback' } }, links[1]]);
  });
});
