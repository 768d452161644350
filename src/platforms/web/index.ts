import { type Page, readCanonical, readMetadata } from '../../article/index.ts';
import { canonicalWeb } from '../../links/index.ts';
import type { Article, Identity, Sighting } from '../../types.ts';
import { lookOf } from '../html-platform.ts';
import type { Platform, Visit } from '../platform.ts';
import { askOnce, jsonAt, lastPage, matchMarkers, NOTHING_SEEN, titleOf } from '../sight.ts';
import { articleOf, kindOf } from './content.ts';
import { captchaForm, emptyShell, loginAddress, passwordForm, paywall, refreshTarget } from './gates.ts';
import { glance } from './glance.ts';
import { markers } from './markers.ts';
import { parkedSignals } from './parked.ts';
import { errorSignals, hintsAtAbsence, isErrorPhrase } from './signals.ts';
import { blankWalls, titledWalls, wallSentences, walls } from './walls.ts';

export { clusters, looksLikeSibling, type Seen, siblingUrl } from './sibling.ts';
export { speaksLikeWall, twinOf } from './twin.ts';

/** The generic web: every address that no other platform knows. */
const web: Platform = { name: 'web', hosts: [], manners: {}, markers, identify, ask: askOnce, glance, sight, read };

export default web;

/** http and https, and the address with and without an empty path, are one page; the scheme written is the one asked. */
function identify(url: URL): Identity | null {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
  const address = canonicalWeb(url);
  return { platform: 'web', key: address.replace(/^https?:\/\//, ''), url: address };
}

/** Characters outside links from which on a page holds an article, and from which on it can be nothing else. */
const ARTICLE = 400;
const LONG = 1500;
/** Fewer characters than this prove nothing about a page. */
const LEAST = 20;
/** With fewer characters outside links than this a page has hardly any text. */
const BARE = 200;
/** With fewer, a page that says it is not free shows nothing of its text. */
const TEASER = 60;
/** A page that only asks for a password has fewer characters than this. */
const FORM = 600;
/** A page with fewer characters than this may be a mere stub that sends its visitor on. */
const STUB = 300;

interface Facts {
  markers: Sighting['markers'];
  partial: string | null;
  movedTo: string | null;
}

const sights = new WeakMap<Visit, Sighting>();

/** Kept beside the visit: reading asks again for what seeing has found, and it is dear. */
function sight(visit: Visit): Sighting {
  const known = sights.get(visit) ?? lookAt(visit);
  sights.set(visit, known);
  return known;
}

function lookAt(visit: Visit): Sighting {
  const page = lastPage(visit);
  if (page === null) return NOTHING_SEEN;
  const { kind, type } = kindOf(page);
  if (kind !== 'html') return sightFile(page, type);
  const look = lookOf(page);
  const { article, prose } = articleOf(page);
  const { markers: found, partial, movedTo } = factsOf(page, visit.identity.url, look.chars, prose);
  // One weak sign is not enough to say gone, but enough not to say alive.
  const clear = found.length === 0 && movedTo === null && !(prose < BARE && hintsAtAbsence(page));
  const proof = !clear ? null : prose >= LEAST ? 'main content' : look.chars >= LEAST ? 'body' : null;
  return {
    ...look,
    proof,
    identity: proof === null ? 'unknown' : sameAddress(page, visit.identity, prose),
    title: article?.title ?? readMetadata(page).title ?? (titleOf(page) || null),
    markers: found,
    partial: clear ? partial : null,
    movedTo,
  };
}

/** Codes by which an answer in JSON says itself that it is none. */
const NOT_FOUND: ReadonlySet<string> = new Set(['404', '410']);

/** Anything but HTML is what it is: there by its status and its type. */
function sightFile(page: Page, type: string): Sighting {
  const bytes = page.body.length;
  const isText = type.startsWith('text/') || /json|xml/.test(type);
  const look = isText ? lookOf(page) : { ...NOTHING_SEEN, chars: 0 };
  if (type.startsWith('text/') && page.status < 400 && isErrorPhrase(page.text.slice(0, 1000))) {
    return { ...look, markers: [{ rule: 'web/soft-404', literal: `text "${page.text.trim()}" + hardly any text` }] };
  }
  if (NOT_FOUND.has(String(jsonAt(page.json, 'code') ?? jsonAt(page.json, 'status')))) return look;
  return { ...look, proof: bytes === 0 ? null : `content-type ${type}`, title: articleOf(page).article?.title ?? null };
}

/** What speaks against the page, strongest first; walls only where there is no article behind them. */
function factsOf(page: Page, asked: string, chars: number, prose: number): Facts {
  const found: Sighting['markers'] = [];
  const say = (rule: string, literal: string | null): void => {
    if (literal !== null && found.length === 0) found.push({ rule: `web/${rule}`, literal });
  };
  say('login-url', prose >= ARTICLE ? null : loginAddress(page.url, asked));
  if (found.length === 0 && prose < ARTICLE) found.push(...matchMarkers(walls, page));
  if (found.length === 0 && chars < LEAST) found.push(...matchMarkers(blankWalls, page));
  if (found.length === 0 && prose < BARE) found.push(...matchMarkers(titledWalls, page));
  if (found.length === 0 && prose < BARE && chars < FORM) found.push(...matchMarkers(wallSentences, page));
  const free = paywall(page);
  const { status } = page;
  // An error status speaks for itself, more exactly than the words beside it.
  if (status < 400) {
    say('soft-404', softError(page, asked, prose));
    say('parked', two(parkedSignals(page)));
  }
  if (prose < TEASER) say('paywall', free);
  if (prose < BARE && chars < FORM) say('captcha-form', captchaForm(page));
  // Many sites keep a small login form at the top of every page.
  if (prose < STUB && chars < FORM && (status < 400 || status === 401 || status === 403)) {
    say('login-form', passwordForm(page));
  }
  const movedTo = chars < STUB && page.status < 400 ? refreshTarget(page) : null;
  if (movedTo === null && chars < LEAST * 5) say('empty-shell', emptyShell(page));
  return { markers: found, partial: free, movedTo };
}

/** Two signs make a soft 404, one of them strong where the page holds an article; null where they do not suffice. */
function softError(page: Page, asked: string, prose: number): string | null {
  const signals = errorSignals(page, asked);
  if (!signals.some(({ strong }) => strong) && isArticle(page, prose, signals.filter(({ named }) => named).length)) {
    return null;
  }
  const signs = signals.map(({ literal }) => literal);
  if (prose < BARE && signals.some(({ named }) => named)) signs.push('hardly any text');
  return two(signs);
}

/** Error pages may show a list of other articles, but no date of their own, and not that much text. */
function isArticle(page: Page, prose: number, named: number): boolean {
  if (prose < ARTICLE || prose >= LONG) return prose >= LONG;
  return named < 2 || readMetadata(page).published !== null;
}

function two(signs: readonly string[]): string | null {
  return signs.length < 2 ? null : signs.slice(0, 3).join(' + ');
}

/** On the open web a canonical link may name much else; only where it names the link itself does it say something. */
function sameAddress(page: Page, identity: Identity, prose: number): Sighting['identity'] {
  // An error page may name the address that was asked for: with these two codes nothing else counts, and with other
  // error codes only an article does.
  if (page.status === 404 || page.status === 410 || (page.status >= 400 && prose < ARTICLE)) return 'unknown';
  const canonical = readCanonical(page);
  if (canonical === null || !URL.canParse(canonical, page.url)) return 'unknown';
  return identify(new URL(canonical, page.url))?.key === identity.key ? 'same' : 'unknown';
}

function read(visit: Visit): Article | null {
  const page = lastPage(visit);
  if (page === null) return null;
  const { article } = articleOf(page);
  if (article === null || (isRoot(page.url) && !isRoot(visit.identity.url))) return null;
  const seen = sight(visit);
  if (seen.proof === null || (page.status >= 400 && seen.identity !== 'same')) return null;
  return kindOf(page).kind !== 'html' ? article : { ...article, partial: article.partial || seen.partial !== null };
}

/** The front page of a site is not the article that was asked for. */
function isRoot(address: string): boolean {
  return URL.canParse(address) && /^\/$/.test(new URL(address).pathname) && new URL(address).search === '';
}
