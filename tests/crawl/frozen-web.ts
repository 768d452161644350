import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeShard, openArchive, openShard } from '../../src/archive/index.ts';
import {
  type CrawlDeps,
  type CrawlEvent,
  type CrawlOptions,
  type CrawlOutcome,
  crawl,
  planLinks,
  type Selection,
} from '../../src/crawl/index.ts';
import { mergeShards } from '../../src/crawl/merge.ts';
import { PUBLISHED_FOLDERS, publish } from '../../src/crawl/publish.ts';
import type { Fetcher } from '../../src/fetch/index.ts';
import { THRESHOLDS } from '../../src/health/index.ts';
import { formatOf, readSource } from '../../src/sources/index.ts';
import type { Exchange, Status, Transition } from '../../src/types.ts';

/** What an address answers; `headers` as sent. */
export interface FrozenAnswer {
  status: number;
  headers?: Record<string, string>;
  body: Uint8Array;
}

export type FrozenWeb = (url: string, night: number) => FrozenAnswer | null;

const OPTIONS: CrawlOptions = {
  maxConcurrency: 8,
  hostConcurrency: () => 2,
  thresholds: THRESHOLDS,
  due: null,
  budget: null,
  snapshots: true,
  images: true,
  warc: true,
  fragments: false,
};

/** A night begins at 02:00 and takes no time at all: whoever runs it sees the same clock. */
export function nightAt(night: number): string {
  return new Date(Date.UTC(2026, 4, 1 + night, 2)).toISOString();
}

/** Answers from a table at a time that stands still. */
export function frozenFetcher(web: FrozenWeb, night: number): Fetcher {
  const at = nightAt(night);
  return {
    async fetch(ask, request) {
      const answer: FrozenAnswer = web(ask.url, night) ?? {
        status: 404,
        body: Buffer.from('<title>Not found</title>'),
      };
      const headers = { 'content-type': 'text/html; charset=utf-8', ...answer.headers };
      const etag = answer.headers?.etag;
      const unchanged = etag !== undefined && etag === request?.validators?.etag;
      const [status, body] = unchanged ? [304, new Uint8Array(0)] : [answer.status, answer.body];
      const exchange: Exchange = {
        ...{ ask, at, ms: 0, hops: [], finalUrl: ask.url, tries: [], failure: null },
        reply: { status, headers, body },
        captures: [
          {
            url: ask.url,
            at,
            request: { method: 'GET', target: new URL(ask.url).pathname, headers: [], body: null },
            response: {
              ...{ httpVersion: '1.1', status, statusText: '', headers: Object.entries(headers), body },
              truncated: null,
            },
            ip: null,
          },
        ],
      };
      return exchange;
    },
    reportWall: () => {},
    reportPage: () => {},
    release: () => {},
    close: async () => {},
  };
}

/** One run over a list, all of it or one shard; ends as `check` ends. */
export async function runNight(
  dir: string,
  list: string,
  web: FrozenWeb,
  night: number,
  shard: { index: number; of: number } | null = null,
): Promise<void> {
  await crawlNight(dir, list, web, night, { shard });
}

/** What a night may do otherwise than the others. */
export interface Given {
  shard?: { index: number; of: number } | null;
  remaps?: Selection['remaps'];
  options?: Partial<CrawlOptions>;
  deps?: Partial<CrawlDeps>;
}

/** The same, with what it told on the way and what came of it. An offline run is not ended. */
export async function crawlNight(
  dir: string,
  list: string,
  web: FrozenWeb,
  night: number,
  { shard = null, remaps = [], options = {}, deps: other = {} }: Given = {},
): Promise<{ outcome: CrawlOutcome; events: CrawlEvent[] }> {
  const { references } = readSource('list.md', list, formatOf('list.md', list));
  const plan = planLinks(references, { include: [], exclude: [], baseline: new Set(), remaps, shard });
  const events: CrawlEvent[] = [];
  const archive = await openArchive(dir, { software: 'linkark/test' });
  const deps: CrawlDeps = {
    archive,
    fetcher: () => frozenFetcher(web, night),
    second: null,
    files: { exists: async () => true, anchors: async () => null },
    now: () => new Date(nightAt(night)),
    stop: new AbortController().signal,
    random: () => 0.5,
    tell: (event) => events.push(event),
    ...other,
  };
  const outcome = await crawl(plan, { ...OPTIONS, ...options }, deps);
  if (outcome.offline) await archive.close();
  else await end(archive, outcome.status, await archive.readStatus(), outcome.transitions);
  return { outcome, events };
}

/** Merges shards into an archive as the command does. */
export async function merge(dir: string, from: readonly string[], missing = false): Promise<boolean> {
  const opened = await Promise.all(from.map((shard) => openShard(shard)));
  const shards = opened.filter((shard) => shard !== null);
  const archive = await openArchive(dir, { software: 'linkark/test' });
  const merged = await mergeShards(archive, shards, missing);
  if (merged === null) await archive.close();
  else await end(archive, merged.status, merged.before, archive.transitions());
  for (const shard of shards) await closeShard(shard);
  return merged !== null;
}

async function end(
  archive: Awaited<ReturnType<typeof openArchive>>,
  status: Status,
  before: Status | null,
  transitions: readonly Transition[],
): Promise<void> {
  const report = { status, before, transitions, problems: [], language: 'en', leftOut: 0 } as const;
  await archive.finishRun({ status, files: publish(archive, report), replace: PUBLISHED_FOLDERS });
  await archive.close();
}

/** A folder for archives that begin as copies of others. */
export class Shelf {
  readonly #root = mkdtempSync(join(tmpdir(), 'linkark-merge-'));
  #count = 0;

  place(from?: string): string {
    const dir = join(this.#root, String(this.#count++), 'archive');
    if (from !== undefined && existsSync(from)) cpSync(from, dir, { recursive: true });
    return dir;
  }

  remove(): void {
    rmSync(this.#root, { recursive: true, force: true });
  }
}

/** Every file below a folder as text, by path. */
export function treeOf(dir: string): Record<string, string> {
  const found: Record<string, string> = {};
  if (!existsSync(dir)) return found;
  for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    found[path.slice(dir.length + 1)] = readFileSync(path, 'latin1');
  }
  return found;
}
