import { openPage, type Page } from '../../src/article/index.ts';
import { judge, platformNamed } from '../../src/platforms/index.ts';
import type { Platform, Visit } from '../../src/platforms/platform.ts';
import type { Article, Exchange, Hop, Identity, Judgement, Observation } from '../../src/types.ts';

/** What a platform's folder in tests/platforms exports as `cases` from its cases.ts; the contract suite runs all of it. */
export interface PlatformCases {
  readonly platform: string;
  /** Spellings of one page: all give this key, and the canonical address where it is stated. */
  readonly same: readonly { readonly key: string; readonly url?: string; readonly spellings: readonly string[] }[];
  /** Addresses of this platform that name different pages. */
  readonly different: readonly string[];
  /** Addresses that are not this platform's pages: look-alike hosts, its home page, people, searches. */
  readonly refused: readonly string[];
  readonly visits: readonly VisitCase[];
  /** One for every marker of the platform. */
  readonly markers: readonly MarkerCase[];
}

export interface VisitCase {
  readonly name: string;
  readonly url: string;
  readonly answers: readonly Answer[];
  readonly verdict: Judgement['verdict'];
  readonly reason: Judgement['reason'];
  /** Id of the rule that must decide. */
  readonly rule?: string;
  /** Golden file `golden/<name>.md` beside the cases; null: there is no article to read. */
  readonly golden: string | null;
  /** Fields that the article must have. */
  readonly article?: Partial<Article>;
}

/** One answer of the stand-in web. */
export interface Answer {
  /** Part of the request's address that this answers; absent: whatever is asked next. */
  readonly ask?: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
  /** Where the redirects ended; absent: the address that was asked. */
  readonly finalUrl?: string;
  readonly hops?: readonly Hop[];
}

export interface MarkerCase {
  readonly rule: string;
  /** An answer on which the marker must match, and look-alikes on which it must not. */
  readonly matches: Answer;
  readonly not: readonly Answer[];
}

/** The answer as a page. */
export function pageOf(answer: Answer, asked: string): Page {
  const body = typeof answer.body === 'string' ? new TextEncoder().encode(answer.body) : answer.body;
  const type = typeof answer.body === 'string' && /^\s*[[{]/.test(answer.body) ? 'application/json' : 'text/html';
  const headers = { 'content-type': `${type}; charset=utf-8`, ...answer.headers };
  return openPage({ status: answer.status ?? 200, headers, body }, answer.finalUrl ?? asked);
}

const NOT_THERE: Answer = { status: 404, body: '' };

/** Plays a visit against the answers: every request takes the first unused answer that fits, else 404. */
function play(platform: Platform, identity: Identity, answers: readonly Answer[]): Visit {
  const left = [...answers];
  const exchanges: Exchange[] = [];
  const pages: Page[] = [];
  for (let ask = platform.ask(identity, exchanges); ask !== null; ask = platform.ask(identity, exchanges)) {
    if (exchanges.length > 250) throw new Error(`${platform.name} asks without end`);
    const { url } = ask;
    const index = left.findIndex((answer) => answer.ask === undefined || url.includes(answer.ask));
    const answer = left[index] ?? NOT_THERE;
    if (index >= 0) left.splice(index, 1);
    const page = pageOf(answer, url);
    pages.push(page);
    exchanges.push({
      ask,
      at: '2026-01-02T03:04:05.000Z',
      ms: 1,
      hops: [...(answer.hops ?? [])],
      finalUrl: page.url,
      tries: [],
      reply: { status: page.status, headers: page.headers, body: page.body },
      failure: null,
      captures: [],
    });
  }
  return { identity, exchanges, pages };
}

/** The observation of a visit, as the conductor takes it down. */
export function observe(platform: Platform, visit: Visit): Observation {
  const first = visit.exchanges[0];
  const last = visit.exchanges.at(-1);
  return {
    id: `${platform.name}/${visit.identity.key}`,
    run: '20260102T030405Z',
    at: '2026-01-02T03:04:05.000Z',
    ms: 1,
    via: last?.ask.via ?? 'http',
    status: last?.reply?.status ?? null,
    finalUrl: first?.finalUrl ?? null,
    hops: first?.hops ?? [],
    tries: [],
    failure: last?.failure ?? null,
    sighting: last?.reply?.status === 304 ? null : platform.sight(visit),
    bodySha256: null,
    etag: null,
    lastModified: null,
  };
}

/** Plays and judges one case. */
export function run(
  name: string,
  visitCase: VisitCase,
): { visit: Visit; judgement: Judgement; article: Article | null } {
  const platform = platformNamed(name);
  const identity = platform.identify(new URL(visitCase.url));
  if (identity === null) throw new Error(`${name} does not know ${visitCase.url}`);
  const visit = play(platform, identity, visitCase.answers);
  return { visit, judgement: judge(observe(platform, visit)), article: platform.read(visit) };
}

/** An article as a golden file: what a person reads when reviewing it. */
export function goldenText(article: Article): string {
  const { title, author, account, published, updated, partial, original, pictures, markdown, html, text } = article;
  const head = JSON.stringify({ title, author, account, published, updated, partial, original, pictures }, null, 2);
  return `${head}\n\n--- markdown\n${markdown}\n--- html\n${html}\n--- text\n${text}\n`;
}
