import type { Fetcher } from '../fetch/index.ts';
import type { Thresholds } from '../health/index.ts';
import { hostKey, parseAddress } from '../links/index.ts';
import { identify, judge } from '../platforms/index.ts';
import { looksLikeSibling, siblingUrl, speaksLikeWall, twinOf } from '../platforms/web/index.ts';
import type { Link, LinkRecord, Sighting } from '../types.ts';
import { isThere, joinOutcome } from './record.ts';
import { identityOf, type VisitDeps, type Visited, visitLink } from './visit.ts';

/** A page with more visible text than this is no error page that a host sends for every address. */
const SHORT_CHARS = 2000;

/** So many different links of one host with the same page are a wall, whatever it says. */
const CLUSTER = 3;

export interface DoubtDeps extends VisitDeps {
  /** Asks once more by another route before a link is called dead; null where none is configured. */
  second: Fetcher | null;
  thresholds: Thresholds;
  random(): number;
}

/** Short pages seen on each host in this run, with how many links showed each. */
export type PagesOfHost = Map<string, { sighting: Sighting; links: number }[]>;

/** What a run does where one answer is not enough to believe it. */
export class Doubts {
  readonly #deps: DoubtDeps;
  readonly #siblings = new Map<string, Promise<Sighting | null>>();
  readonly pages: PagesOfHost;

  constructor(deps: DoubtDeps, pages: PagesOfHost = new Map()) {
    this.#deps = deps;
    this.pages = pages;
  }

  /** Asks on where an answer may be wrong; returns what is believed in the end. */
  async settle(link: Link, record: LinkRecord | null, visited: Visited): Promise<Visited> {
    let believed = await this.#asWritten(link, visited);
    believed = await this.#againstSibling(link, believed);
    believed = this.#againstOthers(link, believed);
    return this.#secondOpinion(link, record, believed);
  }

  /**
   * The canonical address is our idea of the page's address. Where it fails without the site's own words, or with the
   * words of another host than the list names, the address of the list is asked too, and its page counts if it is there.
   */
  async #asWritten(link: Link, visited: Visited): Promise<Visited> {
    const { verdict, explicit } = visited.judgement;
    const doubtful = verdict === 'gone' || verdict === 'unreachable' || verdict === 'unclear';
    const written = doubtful ? writtenAddress(link) : null;
    if (written === null || this.#deps.signal.aborted) return visited;
    if (explicit && hostKey(new URL(written)) === hostKey(new URL(link.url))) return visited;
    const other = await visitLink(link.id, { ...identityOf(link), url: written }, null, this.#deps);
    return isThere(other.judgement) ? other : visited;
  }

  /** Some hosts send one page for whatever is not there; a made-up address shows which one. Asked once a host and run. */
  async #againstSibling(link: Link, visited: Visited): Promise<Visited> {
    const sighting = shortPage(link, visited);
    const { verdict } = visited.judgement;
    if (sighting === null || (verdict !== 'alive' && verdict !== 'unclear')) return visited;
    const host = hostKey(new URL(link.url));
    const known = this.#siblings.get(host) ?? this.#askSibling(link);
    this.#siblings.set(host, known);
    const sibling = await known;
    return sibling !== null && looksLikeSibling(sighting, sibling) ? likeSibling(visited, sighting) : visited;
  }

  async #askSibling(link: Link): Promise<Sighting | null> {
    const url = siblingUrl(link.url, this.#deps.random);
    if (url === link.url) return null;
    const { observation } = await visitLink(link.id, { ...identityOf(link), url }, null, this.#deps);
    return observation.status === 200 ? observation.sighting : null;
  }

  /** Many different links with one and the same short page: a wall that no rule knows. */
  #againstOthers(link: Link, visited: Visited): Visited {
    const sighting = shortPage(link, visited);
    if (sighting === null) return visited;
    const { verdict } = visited.judgement;
    const page = visited.visit.pages.findLast((candidate) => candidate !== null);
    // Where the page could be read, likeness alone says nothing: a site may say the same at several addresses.
    const suspicious = verdict === 'unclear' || (verdict === 'alive' && page != null && speaksLikeWall(page));
    if (!suspicious) return visited;
    const host = hostKey(new URL(link.url));
    const pages = this.pages.get(host) ?? [];
    this.pages.set(host, pages);
    const same = pages.find((page) => looksLikeSibling(sighting, page.sighting));
    if (same) same.links += 1;
    else pages.push({ sighting, links: 1 });
    return same && same.links >= CLUSTER ? rejudged(visited, { ...sighting, twin: 'cluster' }) : visited;
  }

  /** Before a link is called dead, another route may know better. */
  async #secondOpinion(link: Link, record: LinkRecord | null, visited: Visited): Promise<Visited> {
    const { second, thresholds } = this.#deps;
    const failing = visited.judgement.verdict === 'gone' || visited.judgement.verdict === 'unreachable';
    if (second === null || !failing || record?.health?.health === 'dead') return visited;
    const outcome = { ...visited, article: null, kept: null, suggestion: null };
    const { record: next } = joinOutcome(link, record, outcome, null, thresholds);
    if (next.health?.health !== 'dead') return visited;
    const other = await visitLink(link.id, identityOf(link), null, { ...this.#deps, fetcher: second });
    return isThere(other.judgement) ? other : visited;
  }
}

/** What a page of the generic web showed, if it is short enough to be an error page or a wall. */
function shortPage(link: Link, { observation }: Visited): Sighting | null {
  const { sighting, status } = observation;
  const short = sighting !== null && sighting.chars > 0 && sighting.chars <= SHORT_CHARS;
  // A page that names the very address that was asked is that page, however short it is.
  return link.platform === 'web' && status === 200 && short && sighting.identity !== 'same' ? sighting : null;
}

/** The same page as for a made-up address: gone only where the page itself fits that. */
function likeSibling(visited: Visited, sighting: Sighting): Visited {
  const page = visited.visit.pages.findLast((candidate) => candidate !== null);
  return rejudged(visited, { ...sighting, ...(page ? twinOf(page) : { twin: 'everywhere' }) });
}

function rejudged(visited: Visited, sighting: Sighting): Visited {
  const observation = { ...visited.observation, sighting };
  return { ...visited, observation, judgement: judge(observation) };
}

/** The first address of the list that is not the canonical one, without its fragment; null where there is none. */
function writtenAddress(link: Link): string | null {
  for (const { raw } of link.occurrences) {
    const address = parseAddress(raw);
    if (address.kind !== 'web') continue;
    const url = new URL(address.url);
    url.hash = '';
    if (link.url.startsWith('https:')) url.protocol = 'https:';
    if (url.href !== link.url && identify(url).key === link.key) return url.href;
  }
  return null;
}
