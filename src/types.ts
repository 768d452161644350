/**
 * The words of linkark as plain data. This file imports nothing and everything may import it.
 * Times are ISO 8601 strings; what is not known is null, never invented.
 */

import type { Health, Judgement, Reason, ReasonOf, Verdict } from './verdicts.ts';

export * from './verdicts.ts';

/* ---- lists ---- */

/** One place where a source file names a link. Lines and columns count from 1, columns in UTF-16 code units. */
export interface Occurrence {
  /** Path as given, with forward slashes, relative to the working folder. */
  file: string;
  line: number;
  /** Where the link begins: the `[` of an inline link, the `<` of an autolink, the first letter of a bare URL. */
  column: number;
  /** The address exactly as written. */
  raw: string;
  text: string;
  heading: string | null;
  note: string | null;
}

/** How an occurrence is written; decides how `fix` may edit it. */
export type LinkForm = 'inline' | 'reference' | 'autolink' | 'bare' | 'html' | 'image' | 'entry';

/** An occurrence with what only the source's own room and `fix` need. */
export interface Reference extends Occurrence {
  form: LinkForm;
  /** `raw` with the entities and escapes of its format decoded, `http://` put before a bare `www.`: what is parsed as an address. */
  address: string;
  /** UTF-16 offsets of the address's own characters in the decoded text (in the definition, for reference links). */
  start: number;
  end: number;
}

/** Something in a source that a person should mend; never stops the rest. */
export interface Problem {
  file: string;
  line: number | null;
  column: number | null;
  /** Stable id, such as `source/not-utf8` or `link/invalid-url`. */
  code: string;
  /** What is wrong and what mends it, in one sentence. */
  message: string;
}

/** What an address means to its platform: the same `key` is the same page however it is spelt. */
export interface Identity {
  platform: string;
  /** Case-sensitive, unique in its platform, e.g. `s-8FOojNMnCe1D3q0TOgE_EQ` or `p-597586623`. */
  key: string;
  /** Canonical https address; it is what is asked for and what reports show. */
  url: string;
}

/** One page on the web, however many occurrences and spellings it has. */
export interface Link {
  /** `<platform>/<safe key>-<hash>`, see CONTRACT: ASCII, at most 100 characters, unique where case is folded. */
  id: string;
  url: string;
  platform: string;
  key: string;
  occurrences: Occurrence[];
}

/* ---- visits ---- */

/** One request that a visit makes. */
export interface Ask {
  url: string;
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body: string | null;
  via: 'http' | 'api';
}

/** One answered address on the way to the final one. */
export interface Hop {
  url: string;
  status: number;
}

/** One try that did not end in a usable answer, kept as evidence. */
export interface Try {
  at: string;
  reason: string;
}

/** Raw HTTP as it went over the wire, for the WARC: bodies after removal of transfer coding only. */
export interface Capture {
  url: string;
  at: string;
  request: { method: string; target: string; headers: [string, string][]; body: Uint8Array | null };
  response: {
    httpVersion: string;
    status: number;
    statusText: string;
    headers: [string, string][];
    /** Content-encoded bytes as received. */
    body: Uint8Array;
    /** Set when the body was cut. */
    truncated: 'length' | 'time' | 'disconnect' | null;
  };
  ip: string | null;
}

/** A usable answer; body with Content-Encoding removed, charset not yet decoded. */
export interface Reply {
  status: number;
  /** Lower-case names; repeated fields joined with `, `. Set-Cookie is left out. */
  headers: Record<string, string>;
  body: Uint8Array;
}

/** Why there is no usable answer. */
export interface Failure {
  verdict: 'unreachable' | 'skipped' | 'blocked';
  reason:
    | ReasonOf<'unreachable'>
    | 'private-address'
    | 'over-budget'
    | 'offline'
    | 'rate-limited'
    | 'robots'
    | 'invalid-url';
  /** For people, without secrets. */
  detail: string;
  /** True where the fault lies on this side of the network (no route, no DNS at all, proxy refused). */
  local: boolean;
}

/** One request with everything that came of it: either `reply` or `failure` is set, never both. */
export interface Exchange {
  ask: Ask;
  at: string;
  ms: number;
  hops: Hop[];
  finalUrl: string;
  tries: Try[];
  reply: Reply | null;
  failure: Failure | null;
  captures: Capture[];
}

/** What the page itself showed by its platform's rules: the facts from which the verdict can be computed again. */
export interface Sighting {
  /** Selector or JSON path of the article container that was found with content in it. */
  proof: string | null;
  /** Does the page name the identity that was asked for? */
  identity: 'same' | 'other' | 'unknown';
  title: string | null;
  /** Visible characters of the page, white space not counted; where it was only glanced at, those until it was certain. */
  chars: number;
  /** 64-bit SimHash of the visible text, 16 hex digits; null for an empty page. */
  simhash: string | null;
  /** Markers that matched, strongest first: rule id and the literal that matched. */
  markers: { rule: string; literal: string }[];
  /** Set where the article is there but cut short: the literal that shows it. */
  partial: string | null;
  /** Target the page itself points to for good (account migrated, meta refresh). */
  movedTo: string | null;
  /**
   * Set where the page is the same as for an address that nobody wrote (`sibling`: and says that nothing is there;
   * `everywhere`: and says no such thing), or as for several other links of its host (`cluster`).
   */
  twin?: 'sibling' | 'everywhere' | 'cluster';
}

/** What one visit saw: a fact, never revised. */
export interface Observation {
  id: string;
  run: string;
  at: string;
  ms: number;
  via: 'http' | 'api' | 'browser';
  status: number | null;
  finalUrl: string | null;
  hops: Hop[];
  tries: Try[];
  failure: Failure | null;
  sighting: Sighting | null;
  /** SHA-256 of the decoded body, hex. */
  bodySha256: string | null;
  etag: string | null;
  lastModified: string | null;
}

/** The part of an observation that status.json shows. */
export interface Evidence {
  status: number | null;
  finalUrl: string | null;
  hops: Hop[];
  marker: string | null;
  via: 'http' | 'api' | 'browser';
  ms: number;
}

/* ---- articles ---- */

/** A picture or other file of an article. */
export interface Picture {
  /** Absolute address to ask for. */
  url: string;
  alt: string;
  /** Filled once the bytes are kept: path below archive/, `assets/ab/<sha256>.png`. */
  asset: string | null;
}

/** What was extracted from a page. */
export interface Article {
  title: string | null;
  author: string | null;
  /** Account, column or site section that published it, where the platform has one apart from the author. */
  account: string | null;
  /** ISO 8601 with offset, or a plain date; the month alone (`2003-05`) where a page names no day. */
  published: string | null;
  updated: string | null;
  language: string | null;
  /** Clean HTML by the allow-list; `<img src>` are absolute addresses listed in `pictures`. */
  html: string;
  /** The same as Markdown (GFM, formulas as `$…$`). */
  markdown: string;
  /** Plain text, blocks separated by a line break. */
  text: string;
  pictures: Picture[];
  /** True where the platform shows only a part (paywall). */
  partial: boolean;
  /** Address of the original, where this is a repost. */
  original: string | null;
}

/** One kept version, as status.json shows it. Paths are relative to archive/. */
export interface SnapshotRef {
  path: string;
  capturedAt: string;
  sha256: string;
  versions: number;
  images: number;
}

export interface Suggestion {
  url: string;
  kind: 'redirect' | 'snapshot' | 'wayback';
}

/* ---- over time ---- */

/** What health needs to remember of one link between runs. */
export interface HealthState {
  health: Health;
  /** Since when this health holds. */
  since: string;
  lastAlive: string | null;
  /** Failing observations in a row (walls between them neither count nor reset). */
  failures: number;
  /** Those of them in which the site said so in its own words. */
  explicitFailures: number;
  firstFailure: string | null;
  /** The last failing observation that was counted; another one shortly after it is the same sighting. */
  lastFailure: string | null;
  /** First observation with the platform's own words in the present row of failures. */
  firstExplicit: string | null;
}

/** A change of health, one line of changes.ndjson. */
export interface Transition {
  at: string;
  id: string;
  url: string;
  title: string | null;
  from: Health;
  to: Health;
  verdict: Verdict;
  reason: Reason;
  marker: string | null;
}

/** One link's entry in status.json. */
export interface LinkStatus {
  id: string;
  url: string;
  platform: string;
  occurrences: Occurrence[];
  verdict: Verdict;
  reason: Reason;
  evidence: Evidence | null;
  health: Health;
  since: string | null;
  checkedAt: string | null;
  lastAlive: string | null;
  failures: number;
  title: string | null;
  author: string | null;
  published: string | null;
  snapshot: SnapshotRef | null;
  suggestion: Suggestion | null;
}

export type Counts = { links: number } & Record<Verdict, number>;

export interface Run {
  id: string;
  startedAt: string;
  finishedAt: string;
  complete: boolean;
  counts: Counts;
}

export interface Status {
  schema: 'linkark/status@1';
  run: Run;
  /** Sorted by id. */
  links: LinkStatus[];
}

/* ---- what the archive remembers ---- */

/** A stretch of equal outcomes: it lasts until the next span begins. */
export interface Span {
  from: string;
  verdict: Verdict;
  reason: Reason;
  marker?: string;
}

/** What the last full answer said of itself, for the next conditional request. */
export interface Validators {
  etag: string | null;
  lastModified: string | null;
}

/**
 * All that is remembered of one link between runs. It is written again only when something was news, so it holds
 * no time that moves by itself.
 */
export interface LinkRecord {
  id: string;
  url: string;
  platform: string;
  /** The observation that established the present state; null where it was never asked for. */
  observation: Observation | null;
  judgement: Judgement | null;
  health: HealthState | null;
  /** Oldest first, bounded: see `extendHistory` in the archive. */
  history: Span[];
  title: string | null;
  author: string | null;
  published: string | null;
  note: string | null;
  validators: Validators | null;
  snapshot: SnapshotRef | null;
  /** SHA-256 over the normalised title, text and pictures of the kept version, hex. */
  contentHash: string | null;
  suggestion: Suggestion | null;
  /** When the link was last visited; noted only by runs that did not visit all links, for the others say it themselves. */
  seenAt?: string;
}
