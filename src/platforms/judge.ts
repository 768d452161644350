import type { Identity, Judgement, Observation, ReasonOf, Sighting, Verdict } from '../types.ts';
import type { Marker, Says, StatusRule } from './platform.ts';

/** What a platform brings to the ladder: its markers, and what its status codes prove where that differs. */
export interface Rules {
  readonly name: string;
  readonly markers: readonly Marker[];
  readonly statuses: Readonly<Record<number, StatusRule | null>>;
}

/** Which page an address means; handed in, so that the ladder knows no registry. */
export type Identify = (url: URL) => Identity;

interface Case {
  readonly seen: Observation;
  readonly sighting: Sighting | null;
  readonly rules: Rules;
  readonly identify: Identify;
}

type Rung = (c: Case) => Judgement | null;

/**
 * The one ladder for all platforms: the first rung that knows an answer decides. Walls stand before proof because they
 * are recognised by machine signs that no article carries; words in an error container count only where proof is missing.
 */
const LADDER: readonly Rung[] = [
  byFailure,
  byMachineMarker,
  byNotModified,
  byTwin,
  byProof,
  byRefusal,
  byErrorMarker,
  byMovedTo,
  byOtherIdentity,
  byStatus,
  byRedirectHome,
];

/** Judges one observation. Pure: the same observation and rules give the same judgement on any machine at any time. */
export function judgeBy(seen: Observation, rules: Rules, identify: Identify): Judgement {
  const c: Case = { seen, sighting: seen.sighting, rules, identify };
  for (const rung of LADDER) {
    const judgement = rung(c);
    if (judgement !== null) return judgement;
  }
  return byRest(c);
}

/** A judgement from loose parts; the union keeps verdict and reason together at every place that calls this. */
function say(says: Says, marker: string | null, rule: string, explicit = false): Judgement {
  return { ...says, marker, rule, explicit } as Judgement;
}

function is<V extends Verdict>(verdict: V, reason: ReasonOf<V>): Says {
  return { verdict, reason } as Says;
}

/* ---- 1. no usable answer ---- */

function byFailure({ seen }: Case): Judgement | null {
  const { failure } = seen;
  if (failure === null) return null;
  const says = { verdict: failure.verdict, reason: failure.reason } as Says;
  return say(says, failure.reason, `fetch/${failure.reason}`);
}

/* ---- 2. machine markers ---- */

function byMachineMarker(c: Case): Judgement | null {
  return byMarker(c, ({ where }) => where !== 'text' && where !== 'title');
}

function byMarker({ sighting, rules }: Case, applies: (marker: Marker) => boolean): Judgement | null {
  for (const { rule, literal } of sighting?.markers ?? []) {
    const marker = rules.markers.find((candidate) => candidate.rule === rule);
    if (marker !== undefined && applies(marker)) return say(marker.says, literal, rule, marker.explicit);
  }
  return null;
}

/* ---- 3. the same page for everything ---- */

/**
 * One page for every address is an error page where it says so or is the site's own; walls and failures are sent for
 * every address too, so a page that only answers made-up addresses alike says nothing. Several links that are
 * answered alike, where a made-up address is not, stand behind a wall no rule knows.
 */
function byTwin(c: Case): Judgement | null {
  const { sighting, rules } = c;
  if (sighting?.twin === 'sibling')
    return say(is('gone', 'soft-404'), 'same page as a made-up address', `${rules.name}/sibling`);
  if (sighting?.twin === 'everywhere') {
    const rest = say(is('unclear', 'unrecognised-page'), 'same page as a made-up address', `${rules.name}/everywhere`);
    return byMarker(c, () => true) ?? rest;
  }
  if (sighting?.twin === 'cluster') {
    return say(is('blocked', 'verification-wall'), 'same page as other links of the host', `${rules.name}/cluster`);
  }
  return null;
}

/* ---- 4. positive proof ---- */

function byNotModified({ seen }: Case): Judgement | null {
  return seen.status === 304 ? say(is('alive', 'not-modified'), '304', 'http/304') : null;
}

function byProof(c: Case): Judgement | null {
  const { seen, sighting, rules } = c;
  if (sighting === null || sighting.proof === null || sighting.identity === 'other') return null;
  // An error status, or the front page in place of an article, needs a page that names the identity asked for.
  const doubtful = (seen.status !== null && seen.status >= 400) || endsAtHome(seen);
  if (doubtful && sighting.identity !== 'same') return null;
  if (sighting.partial !== null) return say(is('alive', 'partial'), sighting.partial, `${rules.name}/partial`);
  if (movedForGood(c)) {
    return say(is('moved', 'permanent-redirect'), String(seen.hops[0]?.status), `${rules.name}/permanent-redirect`);
  }
  return say(is('alive', 'ok'), sighting.proof, `${rules.name}/article`);
}

/**
 * Moved means: every redirect on the way was permanent (301, 308) and the canonical identity at the end is another one.
 * A step from http to https, to another host of the same platform, or a cleaned query keeps the identity: not moved.
 */
function movedForGood({ seen, identify }: Case): boolean {
  if (seen.hops.length === 0 || seen.finalUrl === null) return false;
  if (!seen.hops.every((hop) => hop.status === 301 || hop.status === 308)) return false;
  const from = identityOf(seen.hops[0]?.url, identify);
  const to = identityOf(seen.finalUrl, identify);
  return from !== null && to !== null && (from.platform !== to.platform || from.key !== to.key);
}

function identityOf(url: string | undefined, identify: Identify): Identity | null {
  const parsed = parse(url);
  return parsed === null ? null : identify(parsed);
}

/* ---- 5. words of the error container ---- */

/** With 429, or a status by which this platform turns visitors away, its error page speaks of the visitor, not of the page. */
function byRefusal(c: Case): Judgement | null {
  const { status } = c.seen;
  if (status === null) return null;
  return status === 429 || c.rules.statuses[status]?.says.verdict === 'blocked' ? byStatus(c) : null;
}

function byErrorMarker(c: Case): Judgement | null {
  return byMarker(c, (marker) => marker.where === 'text' || marker.where === 'title');
}

function byMovedTo({ seen, sighting, rules }: Case): Judgement | null {
  const target = parse(sighting?.movedTo ?? undefined);
  if (target === null) return null;
  const asked = parse(seen.hops[0]?.url ?? seen.finalUrl ?? undefined);
  if (asked !== null && isHome(target) && !isHome(asked) && sameSite(asked, target)) {
    return say(is('gone', 'redirected-home'), target.href, `${rules.name}/points-home`);
  }
  return say(is('unclear', 'unrecognised-page'), target.href, `${rules.name}/points-elsewhere`);
}

/** A different article is not the page that was asked for; whether that one is gone, only a redirect can say. */
function byOtherIdentity({ seen, sighting, rules }: Case): Judgement | null {
  if (sighting?.identity !== 'other') return null;
  if (endsAtHome(seen)) return say(is('gone', 'redirected-home'), seen.finalUrl, `${rules.name}/redirected-home`);
  if (seen.hops.length > 0 && sighting.proof !== null) {
    return say(is('gone', 'soft-404'), seen.finalUrl, `${rules.name}/redirected-to-other`);
  }
  if (seen.status !== null && seen.status >= 400) return null;
  return say(is('unclear', 'unrecognised-page'), sighting.proof, `${rules.name}/other-identity`);
}

/* ---- 6. status codes ---- */

/** What a status code proves where a platform says nothing else. Exported for the table in docs/verdicts.md. */
export const STATUS_RULES: Readonly<Record<number, StatusRule>> = {
  401: { says: is('blocked', 'login-wall'), explicit: false, source: 'RFC 9110' },
  402: { says: is('blocked', 'paywall'), explicit: false, source: 'RFC 9110' },
  403: { says: is('blocked', 'forbidden'), explicit: false, source: 'RFC 9110' },
  404: { says: is('gone', 'not-found'), explicit: false, source: 'RFC 9110' },
  405: {
    says: is('blocked', 'forbidden'),
    explicit: false,
    source: 'firewalls (Alibaba Cloud, AWS) refuse a GET with it',
  },
  406: { says: is('blocked', 'forbidden'), explicit: false, source: 'firewalls (ModSecurity) refuse a GET with it' },
  407: { says: is('blocked', 'forbidden'), explicit: false, source: 'RFC 9110' },
  408: { says: is('unreachable', 'timeout'), explicit: false, source: 'RFC 9110' },
  410: { says: is('gone', 'not-found'), explicit: true, source: 'RFC 9110' },
  412: {
    says: is('blocked', 'forbidden'),
    explicit: false,
    source: 'firewalls refuse a request without conditions with it',
  },
  418: {
    says: is('blocked', 'forbidden'),
    explicit: false,
    source: 'answer of sites to visitors that they take for robots',
  },
  423: { says: is('blocked', 'withheld'), explicit: false, source: 'RFC 4918' },
  428: {
    says: is('blocked', 'forbidden'),
    explicit: false,
    source: 'firewalls refuse a visitor without cookies with it',
  },
  429: { says: is('blocked', 'rate-limited'), explicit: false, source: 'RFC 6585' },
  444: { says: is('blocked', 'forbidden'), explicit: false, source: 'nginx: refused without an answer' },
  451: { says: is('blocked', 'forbidden'), explicit: false, source: 'RFC 7725' },
  566: { says: is('blocked', 'forbidden'), explicit: false, source: 'Tencent EdgeOne: stopped by its firewall' },
  567: { says: is('blocked', 'forbidden'), explicit: false, source: 'Tencent EdgeOne: stopped by its firewall' },
  999: {
    says: is('blocked', 'forbidden'),
    explicit: false,
    source: 'answer of LinkedIn to visitors that it takes for robots',
  },
};

function byStatus({ seen, rules }: Case): Judgement | null {
  const { status } = seen;
  if (status === null) return null;
  const own = rules.statuses[status];
  if (own === null) return null;
  const rule = own ?? STATUS_RULES[status];
  if (rule !== undefined) {
    const id = own === undefined ? `http/${status}` : `${rules.name}/${status}`;
    return say(rule.says, String(status), id, rule.explicit);
  }
  if (status >= 500) return say(is('unreachable', 'server-error'), String(status), 'http/5xx');
  return null;
}

/* ---- 7. the front page in place of the article ---- */

function byRedirectHome({ seen, rules }: Case): Judgement | null {
  if (!endsAtHome(seen)) return null;
  return say(is('gone', 'redirected-home'), seen.finalUrl, `${rules.name}/redirected-home`);
}

function endsAtHome(seen: Observation): boolean {
  const asked = parse(seen.hops[0]?.url);
  const final = parse(seen.finalUrl ?? undefined);
  if (asked === null || final === null) return false;
  return isHome(final) && !isHome(asked) && sameSite(asked, final);
}

const HOME_PATH = /^\/(?:(?:index|default|home)(?:\.(?:html?|shtml|php|jsp|aspx?))?|[a-z]{2}(?:[-_][a-z]{2,4})?\/?)?$/i;
const HOME_QUERY = /^(?:utm_\w+|from|ref|referer|source|src|spm|wid|lang|locale)$/i;

/** Is this a site's front page? A query other than tracking means content (`/?p=12`), so it is not. */
function isHome(url: URL): boolean {
  return HOME_PATH.test(url.pathname) && [...url.searchParams.keys()].every((key) => HOME_QUERY.test(key));
}

const SECOND_LEVEL = new Set(['ac', 'co', 'com', 'edu', 'gov', 'net', 'org']);

function sameSite(a: URL, b: URL): boolean {
  return siteOf(a.hostname) === siteOf(b.hostname);
}

/** The domain a site is registered under, by the common pattern `name.tld` or `name.com.cn`; enough to compare two hosts. */
function siteOf(hostname: string): string {
  const labels = hostname.split('.');
  const long = SECOND_LEVEL.has(labels.at(-2) ?? '') && (labels.at(-1) ?? '').length === 2;
  return labels.slice(long ? -3 : -2).join('.');
}

/* ---- 8. the rest ---- */

function byRest({ seen, sighting, rules }: Case): Judgement {
  if (sighting !== null && sighting.chars > 0) {
    return say(is('unclear', 'unrecognised-page'), null, `${rules.name}/unrecognised`);
  }
  const marker = seen.status === null ? null : String(seen.status);
  return say(is('unclear', 'empty-page'), marker, `${rules.name}/empty`);
}

function parse(url: string | undefined): URL | null {
  return url !== undefined && URL.canParse(url) ? new URL(url) : null;
}
