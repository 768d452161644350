import robotsModule from 'robots-parser';
import type { Exchange } from '../types.ts';

/**
 * robots.txt speaks to crawlers that find their own way (RFC 9309: "automatic clients known as crawlers"). linkark asks
 * for single pages that a person has listed, as a browser's bookmark does, and follows no links; so it is off by
 * default, and on for those who let it work through whole sites.
 */

/** Rules of one origin. */
interface RobotsRules {
  isAllowed(url: string): boolean;
  /** Seconds that the site wants between requests, or null. */
  crawlDelay: number | null;
}

/** robots.txt files beyond this are not read (RFC 9309 asks for at least 500 KiB). */
export const MAX_ROBOTS_BYTES = 512 * 1024;
/** A longer Crawl-delay is not followed: a hundred links would take days. */
const MAX_CRAWL_DELAY = 60;

type RobotsParser = typeof robotsModule.default;

/** The package's types describe a module with a default export; what it exports is the function itself. */
function parserOf(module: unknown): RobotsParser {
  const isParser = (value: unknown): value is RobotsParser => typeof value === 'function';
  if (!isParser(module)) throw new Error('robots-parser exports no function');
  return module;
}

const robotsParser = parserOf(robotsModule);

const ALL: RobotsRules = { isAllowed: () => true, crawlDelay: null };
const NONE: RobotsRules = { isAllowed: () => false, crawlDelay: null };

/**
 * The rules that an answer to /robots.txt makes (RFC 9309, 2.3.1): 4xx allows all, 5xx forbids all. Where there is no
 * answer all is allowed: the page itself is then asked and shows what is wrong.
 */
function robotsRules(exchange: Exchange, userAgent: string): RobotsRules {
  const { reply } = exchange;
  if (reply === null) return ALL;
  if (reply.status >= 500) return NONE;
  if (reply.status < 200 || reply.status >= 300) return ALL;
  const text = new TextDecoder().decode(reply.body);
  const rules = robotsParser(exchange.ask.url, text);
  const delay = rules.getCrawlDelay(userAgent);
  return {
    // The parser says undefined of addresses that are not its origin's.
    isAllowed: (url) => rules.isAllowed(url, userAgent) ?? true,
    crawlDelay: delay === undefined || !(delay > 0) ? null : Math.min(delay, MAX_CRAWL_DELAY),
  };
}

/** The name that robots.txt knows us by: `linkark` in `linkark/1.0` and in `Mozilla/5.0 (compatible; linkark/1.0; …)`. */
function productOf(userAgent: string): string {
  const compatible = /\(compatible; *([\w-]+)/.exec(userAgent)?.[1];
  return compatible ?? /^[\w-]+/.exec(userAgent)?.[0] ?? '*';
}

/** Keeps each origin's rules, fetched once. */
export class Robots {
  readonly #rules = new Map<string, Promise<RobotsRules>>();
  readonly #fetch: (url: string) => Promise<Exchange>;
  readonly #userAgent: string;

  constructor(fetch: (url: string) => Promise<Exchange>, userAgent: string) {
    this.#fetch = fetch;
    this.#userAgent = productOf(userAgent);
  }

  rulesFor(url: URL): Promise<RobotsRules> {
    const known = this.#rules.get(url.origin);
    if (known !== undefined) return known;
    const rules = this.#fetch(`${url.origin}/robots.txt`).then((exchange) => robotsRules(exchange, this.#userAgent));
    this.#rules.set(url.origin, rules);
    return rules;
  }
}
