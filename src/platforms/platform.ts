import type { Page } from '../article/page.ts';
import type { Article, Ask, Exchange, Identity, ReasonOf, Sighting, Verdict } from '../types.ts';

/** How a host of this platform wants to be asked; the configuration overrides it. Times in milliseconds. */
export interface Manners {
  concurrency?: number;
  intervalMs?: number;
  /** How long to leave the host alone after 429 where it names no time of its own. */
  cooldownMs?: number;
  headers?: Readonly<Record<string, string>>;
}

/**
 * A sign by which a platform says what became of a page. Data, so that it can be listed, tested and dated.
 * `where` names the only place that is looked at. `final-url`, `header`, `json` and `html` are machine signs and decide
 * before the article is looked for, so an article must never be able to carry them; `text` (sought in the visible text
 * of `selector`, the platform's error container) and `title` count only where the article is missing.
 */
export interface Marker {
  /** `<platform>/<what>`; stable, it is evidence in reports. */
  readonly rule: string;
  /** In a few words, what the visitor sees. */
  readonly situation: string;
  readonly where: 'final-url' | 'header' | 'json' | 'html' | 'text' | 'title';
  /** `text`: the error container. `html`: the elements whose tags or script are looked at. `json`: path such as `error.code`. `header`: its name, lower-case. */
  readonly selector?: string;
  /** A string is contained in (`json`: equals) what is looked at; a pattern is tested against it. */
  readonly match: string | RegExp;
  readonly says: Says;
  /** True where the platform says in its own words that the page is gone for good. */
  readonly explicit: boolean;
  /** Where the marker is known from, and the month it was last seen. */
  readonly source: string;
  readonly seen: string;
}

/** A verdict with one of its reasons. */
export type Says = { [V in Verdict]: { verdict: V; reason: ReasonOf<V> } }[Verdict];

/** What a status code proves where no marker and no article decided. */
export interface StatusRule {
  readonly says: Says;
  readonly explicit: boolean;
  readonly source: string;
}

/** What one visit brought: the requests in order and, beside each, its answer opened (null where there was none). */
export interface Visit {
  readonly identity: Identity;
  readonly exchanges: readonly Exchange[];
  readonly pages: readonly (Page | null)[];
}

/**
 * A platform: which addresses are its own, what to ask, how to see what came, how to read it.
 * All members are pure. One folder in src/platforms/ default-exports one of these from its index.ts.
 */
export interface Platform {
  readonly name: string;
  /** Exact host names, or with a leading dot the domain and every host below it (`.sohu.com`). */
  readonly hosts: readonly string[];
  readonly manners: Manners;
  readonly markers: readonly Marker[];
  /** Status codes that prove something else here than in general (null: this status proves nothing). */
  readonly statuses?: Readonly<Record<number, StatusRule | null>>;
  /** The address that a redirector or wall address of this platform carries inside itself, or null where it carries none. */
  unwrap?(url: URL): URL | null;
  /** The page that an address of one of the hosts means, or null where it is not one of this platform's articles. */
  identify(url: URL): Identity | null;
  /** True for a form of address that is walled for everybody: a wall there says nothing about how the host likes us. */
  isWalledForm?(identity: Identity): boolean;
  /** The next request, given those answered so far; null when the visit is complete. The first call has none answered. */
  ask(identity: Identity, answered: readonly Exchange[]): Ask | null;
  /**
   * The facts at little cost, for runs that keep nothing: only where they are beyond doubt and lead to the verdict of
   * `sight`. Null where only that can tell.
   */
  glance?(visit: Visit): Sighting | null;
  /** The facts that the verdict rests on. */
  sight(visit: Visit): Sighting;
  /** The article, or null where the page holds none. */
  read(visit: Visit): Article | null;
  /** Headers for a picture of an article at this address; `referer` is absent unless set here. */
  pictureHeaders?(url: string): Record<string, string>;
  /** True for the platform's stand-in picture (hotlink notice) that must not be kept as the picture. */
  isPlaceholder?(picture: { bytes: Uint8Array; sha256: string; width: number | null; height: number | null }): boolean;
}
