import type { PictureBytes, StoredPage } from '../archive/index.ts';
import type { Fetcher } from '../fetch/index.ts';
import type { Thresholds } from '../health/index.ts';
import { hostKey } from '../links/index.ts';
import { platformNamed } from '../platforms/index.ts';
import type { Article, Capture, Exchange, Judgement, Link, LinkRecord, Observation, Problem } from '../types.ts';
import { Doubts, type PagesOfHost } from './doubt.ts';
import { missingPlaces } from './fragments.ts';
import { fetchPictures } from './pictures.ts';
import { isThere } from './record.ts';
import { identityOf, type Visited, visitLink } from './visit.ts';
import { drift } from './witness.ts';

/** What a visit needs of the kept copy. */
export type KnownPage = Pick<StoredPage, 'title' | 'text'> & {
  pictures: readonly Pick<StoredPage['pictures'][number], 'url' | 'asset'>[];
};

/** What is known of a link before it is asked. */
export interface Known {
  record: LinkRecord | null;
  /** The kept copy; null where there is none. */
  page(): Promise<KnownPage | null>;
}

/** What a visit found, with all that is to be kept: plain data, so another process may have made it. */
export interface Found {
  observation: Observation;
  judgement: Judgement;
  /** Null where nothing is to be kept. */
  article: Article | null;
  /** By their address in the article. */
  pictures: Map<string, PictureBytes>;
  /** Everything that went over the wire, for the WARC. */
  captures: Capture[];
  /** Places (`#…`) that the list points at and the page does not have. */
  places: Problem[];
}

/** What the first stage of a visit found. The pages themselves are given up: their trees take forty times their size. */
export interface Looked extends Visited {
  /** What the page holds; null where it is not there or holds none. */
  article: Article | null;
  /** Places (`#…`) that the list points at and the page does not have. */
  places: Problem[];
}

/** What a run wants of each visit. */
export interface LookOptions {
  snapshots: boolean;
  images: boolean;
  warc: boolean;
  /** Look for the places (`#…`) that the lists point at. */
  fragments: boolean;
  thresholds: Thresholds;
}

export interface LookDeps {
  fetcher: Fetcher;
  /** Asks once more by another route before a link is called dead; null where none is configured. */
  second: Fetcher | null;
  /** The run's id. */
  run: string;
  /** Ends what is under way. */
  signal: AbortSignal;
  /** Ends the fetching of pictures. */
  stop: AbortSignal;
  /** 0 up to but not 1; for made-up addresses. */
  random(): number;
  /** Short pages that hosts have shown before, where an earlier process began this run. */
  pages?: PagesOfHost;
}

/** Reasons that are about us, not about the page. */
const WALLS: ReadonlySet<string> = new Set(['verification-wall', 'js-challenge', 'login-wall', 'rate-limited']);

/** Visits links and reads what is there; writes nothing. */
export class Looker {
  readonly #options: LookOptions;
  readonly #deps: LookDeps;
  readonly #doubts: Doubts;

  constructor(options: LookOptions, deps: LookDeps) {
    const { fetcher, run, signal, second, random, pages } = deps;
    this.#options = options;
    this.#deps = deps;
    this.#doubts = new Doubts({ fetcher, run, signal, second, thresholds: options.thresholds, random }, pages);
  }

  /** What doubts remember of hosts; see LookDeps.pages. */
  get pages(): PagesOfHost {
    return this.#doubts.pages;
  }

  /** First stage: asks the page and says what is believed of it; null where the run was stopped before it answered. */
  async look(link: Link, record: LinkRecord | null): Promise<Looked | null> {
    const { fetcher, run, signal } = this.#deps;
    const validators = record?.judgement?.verdict === 'alive' && this.#has(record) ? record.validators : null;
    const brief = !this.#options.snapshots && !record?.snapshot;
    let visited = await visitLink(link.id, identityOf(link), validators, { fetcher, run, signal, brief });
    if (signal.aborted && visited.observation.failure) return null;
    visited = await this.#doubts.settle(link, record, visited);
    this.#watchWall(link, visited);
    const { judgement, visit, glanced } = visited;
    const there = isThere(judgement);
    const reads = there && !glanced && judgement.reason !== 'not-modified';
    return {
      ...visited,
      article: reads ? platformNamed(link.platform).read(visit) : null,
      places: there && this.#options.fragments ? missingPlaces(link, visit) : [],
      visit: { ...visit, pages: [] },
    };
  }

  /** Second stage: reads the article and fetches what belongs to it. */
  async finish(link: Link, known: Known, looked: Looked): Promise<Found> {
    const { article, judgement } = await this.#compare(link, known, looked);
    const { observation, visit, places } = looked;
    const { images, warc, snapshots } = this.#options;
    const keeps = article !== null && snapshots;
    const captures: Capture[] = keeps ? visit.exchanges.flatMap((exchange) => exchange.captures) : [];
    const pictures =
      keeps && images
        ? await fetchPictures(link, article, await known.page(), captures, {
            fetcher: this.#deps.fetcher,
            signal: this.#deps.stop,
          })
        : new Map<string, PictureBytes>();
    return {
      ...{ observation, judgement, article, pictures },
      captures: warc ? captures : [],
      places: isThere(judgement) ? places : [],
    };
  }

  #has(record: LinkRecord): boolean {
    return record.snapshot !== null || !this.#options.snapshots;
  }

  /** Several walls in a row, and the host rests for the run. */
  #watchWall(link: Link, { judgement, visit }: Visited): void {
    const host = hostKey(new URL(link.url));
    if (WALLS.has(judgement.reason)) {
      if (!platformNamed(link.platform).isWalledForm?.(visit.identity)) this.#deps.fetcher.reportWall(host);
    } else if (judgement.verdict !== 'unreachable') this.#deps.fetcher.reportPage(host);
  }

  /** The article of a page, unless that has become another one. */
  async #compare(
    link: Link,
    known: Known,
    { judgement, article }: Looked,
  ): Promise<{ article: Article | null; judgement: Judgement }> {
    if (article === null) return { article, judgement };
    const stored = known.record?.snapshot ? await known.page() : null;
    const texts = link.occurrences.map((occurrence) => occurrence.text);
    const drifted = drift(texts, stored, { title: article.title, text: article.text });
    return drifted ? { article: null, judgement: drifted } : { article, judgement };
  }
}

/** What an exchange without an answer says of whether we are offline. */
export type Unanswered = Pick<Exchange, 'failure' | 'finalUrl'> & { reply: null };

/** The exchanges of a visit that nothing answered; null where something did. */
export function unanswered({ visit }: Pick<Visited, 'visit'>): Unanswered[] | null {
  if (visit.exchanges.some((exchange) => exchange.reply !== null)) return null;
  return visit.exchanges.map(({ failure, finalUrl }) => ({ failure, finalUrl, reply: null }));
}
