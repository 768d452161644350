import { readFileSync } from 'node:fs';
import { openPage } from '../../src/article/index.ts';
import { linkId } from '../../src/links/index.ts';
import { judge } from '../../src/platforms/index.ts';
import type { Platform, Visit } from '../../src/platforms/platform.ts';
import type { Article, Exchange, Hop, Identity, Judgement } from '../../src/types.ts';

/** One answer of a site, as a test states it. */
export interface Answer {
  body: string | Uint8Array;
  status?: number;
  type?: string;
  finalUrl?: string;
  hops?: Hop[];
}

/** The bytes of a fixture of a platform. */
export function fixture(platform: string, name: string): Uint8Array {
  return readFileSync(new URL(`${platform}/fixtures/${name}`, import.meta.url));
}

function identityOf(platform: Platform, url: string): Identity {
  const identity = platform.identify(new URL(url));
  if (identity === null) throw new Error(`${platform.name} does not know ${url}`);
  return identity;
}

/** The visit of an address that got these answers. */
export function visitOf(platform: Platform, url: string, ...answers: readonly Answer[]): Visit {
  const identity = identityOf(platform, url);
  const exchanges: Exchange[] = [];
  const pages = answers.map(({ body, status = 200, type = 'text/html', finalUrl, hops = [] }) => {
    const ask = platform.ask(identity, exchanges);
    if (ask === null) throw new Error(`${platform.name} asks no more`);
    const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
    const reply = { status, headers: { 'content-type': type }, body: bytes };
    exchanges.push({
      ask,
      at: '2026-11-23T02:00:00Z',
      ms: 12,
      hops,
      finalUrl: finalUrl ?? ask.url,
      tries: [],
      reply,
      failure: null,
      captures: [],
    });
    return openPage(reply, finalUrl ?? ask.url);
  });
  return { identity, exchanges, pages };
}

/** What the site's answers mean, through the platform's sighting and the ladder. */
export function judged(platform: Platform, visit: Visit): Judgement {
  const last = visit.exchanges.at(-1);
  return judge({
    id: linkId(visit.identity),
    run: '20261123T020000Z',
    at: '2026-11-23T02:00:00Z',
    ms: 12,
    via: 'http',
    status: last?.reply?.status ?? null,
    finalUrl: last?.finalUrl ?? null,
    hops: last?.hops ?? [],
    tries: [],
    failure: null,
    sighting: platform.sight(visit),
    bodySha256: null,
    etag: null,
    lastModified: null,
  });
}

/** `verdict reason rule` in one line, for tables. */
export function word(platform: Platform, url: string, ...answers: readonly Answer[]): string {
  const { verdict, reason, rule } = judged(platform, visitOf(platform, url, ...answers));
  return `${verdict} ${reason} ${rule}`;
}

export function read(platform: Platform, url: string, ...answers: readonly Answer[]): Article | null {
  return platform.read(visitOf(platform, url, ...answers));
}
