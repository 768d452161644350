import { createHash, hash } from 'node:crypto';
import { withoutSecrets } from '../archive/index.ts';
import { openPage, type Page } from '../article/index.ts';
import type { Fetcher } from '../fetch/index.ts';
import { judge, platformNamed, type Visit } from '../platforms/index.ts';
import type { Exchange, Identity, Judgement, Observation, Sighting, Validators } from '../types.ts';

/** A platform that asks without end is a bug, or a page made to keep us busy. */
const MAX_ASKS = 200;

/** One visit with what it means. */
export interface Visited {
  observation: Observation;
  judgement: Judgement;
  visit: Visit;
  /** True where the page was only glanced at: it is there, and its article was not looked for. */
  glanced: boolean;
}

export interface VisitDeps {
  fetcher: Pick<Fetcher, 'fetch'>;
  run: string;
  signal: AbortSignal;
  /** With true a page that is there beyond doubt is not looked at more closely: nothing of it is to be kept. */
  brief?: boolean;
}

/**
 * Asks for one page as its platform says, and judges what came. Never throws for what the network does.
 * @param id the link's id
 * @param validators of the last full answer, for a conditional request; null asks for the whole page
 */
export async function visitLink(
  id: string,
  identity: Identity,
  validators: Validators | null,
  deps: VisitDeps,
): Promise<Visited> {
  const platform = platformNamed(identity.platform);
  const exchanges: Exchange[] = [];
  const pages: (Page | null)[] = [];
  while (exchanges.length < MAX_ASKS) {
    const ask = platform.ask(identity, exchanges);
    if (ask === null) break;
    const exchange = await deps.fetcher.fetch(ask, {
      signal: deps.signal,
      kind: 'page',
      ...(exchanges.length === 0 && validators ? { validators } : {}),
    });
    exchanges.push(exchange);
    pages.push(exchange.reply ? openPage(exchange.reply, exchange.finalUrl) : null);
  }
  const visit: Visit = { identity, exchanges, pages };
  const readable = exchanges.some(({ reply }) => reply !== null && reply.status !== 304);
  const glanced = (readable && deps.brief === true && platform.glance?.(visit)) || null;
  const sighting = glanced ?? (readable ? platform.sight(visit) : null);
  const observation = observe(id, visit, sighting, deps.run);
  return { observation, judgement: judge(observation), visit, glanced: glanced !== null };
}

/** What a link's page is to its platform. */
export function identityOf({ platform, key, url }: Identity): Identity {
  return { platform, key, url };
}

/** Takes down what a visit saw. */
function observe(id: string, visit: Visit, sighting: Sighting | null, run: string): Observation {
  const first = visit.exchanges[0];
  const last = visit.exchanges.at(-1);
  if (!first || !last) throw new Error(`the platform of ${id} asked nothing`);
  const replied = last.reply;
  return {
    id,
    run,
    at: first.at,
    ms: visit.exchanges.reduce((sum, exchange) => sum + exchange.ms, 0),
    via: last.ask.via,
    status: replied?.status ?? null,
    finalUrl: withoutSecrets(first.finalUrl),
    hops: first.hops.map(({ url, status }) => ({ url: withoutSecrets(url), status })),
    tries: visit.exchanges.flatMap((exchange) => exchange.tries),
    // A step that failed after the page was seen says nothing against the page.
    failure: sighting?.proof ? null : last.failure,
    sighting,
    bodySha256: sighting ? digest(visit.exchanges) : null,
    etag: first.reply?.headers.etag ?? null,
    lastModified: first.reply?.headers['last-modified'] ?? null,
  };
}

/** SHA-256 over all answers in order, hex. */
function digest(exchanges: readonly Exchange[]): string {
  const bodies = exchanges.flatMap(({ reply }) => reply?.body ?? []);
  const [only] = bodies;
  if (only !== undefined && bodies.length === 1) return hash('sha256', only);
  const sum = createHash('sha256');
  for (const body of bodies) sum.update(body);
  return sum.digest('hex');
}
