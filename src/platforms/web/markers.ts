import type { Marker, Says } from '../platform.ts';
import { emptyFrame, LOGIN_PATH } from './gates.ts';

const VERIFY: Says = { verdict: 'blocked', reason: 'verification-wall' };
const SCRIPTED: Says = { verdict: 'blocked', reason: 'js-challenge' };

/** A wall known by what a machine sees: names in tags and scripts, never a word of the text. */
function wall(
  rule: string,
  situation: string,
  selector: string,
  match: RegExp,
  says: Says,
  source: string,
  seen: string,
): Marker {
  return { rule: `web/${rule}`, situation, where: 'html', selector, match, says, explicit: false, source, seen };
}

const SCRIPT = 'script';

/** The literals stand in many public crawlers as the sign of this wall; no page that was saved by us shows them. */
const LOOKED_UP = 'literals of public crawlers, not checked on a saved page';

/** Challenge and verification pages of the common shields. */
export const walls: readonly Marker[] = [
  wall(
    'cloudflare-challenge',
    'Cloudflare: "Just a moment…"',
    SCRIPT,
    /\b_cf_chl_opt\s*=|\/cdn-cgi\/challenge-platform\/h\/[a-z]\/(?:orchestrate|flow)\/|\bchallenge-platform\/orchestrate/,
    SCRIPTED,
    LOOKED_UP,
    '2026-11',
  ),
  wall(
    'akamai-challenge',
    'Akamai Bot Manager: a script checks the browser',
    `${SCRIPT}, iframe, div`,
    /\bid="sec-(?:if-cpt-container|cpt-if|bc-tile-container)"|\/_sec\/cp_challenge\/|\bsrc="[^"]{0,500}[?&]bm-verify=/,
    SCRIPTED,
    LOOKED_UP,
    '2026-11',
  ),
  wall(
    'incapsula',
    'Imperva Incapsula: an empty page with a frame',
    `${SCRIPT}, iframe`,
    // Good pages behind the same shield load one script of this name, with one key and a counter.
    /^<iframe\b[^>]{0,500}\bsrc="\/_Incapsula_Resource\?|\bsrc="\/_Incapsula_Resource\?SWJIYLWA=[\da-f]{20,64},[\da-f]{20,64}/,
    SCRIPTED,
    LOOKED_UP,
    '2026-11',
  ),
  wall(
    'ddos-guard',
    'DDoS-Guard checks the browser',
    SCRIPT,
    /\/\.well-known\/ddos-guard\/(?:js-challenge|ddg-captcha-page|check|id)|\bsrc="https:\/\/check\.ddos-guard\.net\//,
    SCRIPTED,
    LOOKED_UP,
    '2026-11',
  ),
  wall(
    'anubis',
    'Anubis: the browser has to prove work',
    SCRIPT,
    /\bid="anubis_(?:challenge|version|base_prefix|public_url)"|\/\.within\.website\/x\/cmd\/anubis\//,
    SCRIPTED,
    'TecharoHQ/anubis, web/js/main.ts',
    '2026-11',
  ),
  wall(
    'sucuri',
    'Sucuri: a script that sets a cookie',
    SCRIPT,
    /\bsucuri_cloudproxy_js\b/,
    SCRIPTED,
    LOOKED_UP,
    '2026-11',
  ),
  wall(
    'datadome',
    'DataDome: a captcha frame',
    `${SCRIPT}, iframe`,
    /\bvar dd\s*=\s*\{[^}]{0,400}['"]host['"]\s*:\s*['"](?:geo|ct)\.captcha-delivery\.com|\bsrc="https:\/\/geo\.captcha-delivery\.com\/(?:captcha|interstitial)/,
    VERIFY,
    LOOKED_UP,
    '2026-11',
  ),
  wall(
    'perimeterx',
    'HUMAN (PerimeterX): press and hold',
    `${SCRIPT}, div`,
    /\bid="px-captcha(?:-wrapper)?"|\bwindow\._pxAppId\b[^<]{0,2000}\b_pxBlockScript\b/,
    VERIFY,
    LOOKED_UP,
    '2026-11',
  ),
  wall(
    'aws-waf',
    'AWS WAF: a script or a captcha',
    SCRIPT,
    // The scripts of awswaf.com stand in good pages too, put there by the site itself.
    /\bwindow\.gokuProps\s*=/,
    SCRIPTED,
    LOOKED_UP,
    '2026-11',
  ),
  wall(
    'vercel',
    'Vercel: security checkpoint',
    `${SCRIPT}, html`,
    /\/\.well-known\/vercel\/security\/(?:static|request-challenge)/,
    SCRIPTED,
    LOOKED_UP,
    '2026-11',
  ),
  wall(
    'acw-challenge',
    'Alibaba Cloud: a script that computes a cookie (acw_sc__v2)',
    SCRIPT,
    /\bvar arg1\s*=\s*['"][0-9A-Fa-f]{20,}['"]|\bacw_sc__v[23]\s*=/,
    SCRIPTED,
    LOOKED_UP,
    '2026-11',
  ),
  wall(
    'aliyun-slider',
    'Alibaba Cloud: a slider',
    `${SCRIPT}, div, form`,
    /\bid="(?:WAF_NC_WRAPPER|nocaptcha|waf_nc_block)"/,
    VERIFY,
    LOOKED_UP,
    '2026-11',
  ),
  wall(
    'safeline',
    'SafeLine (雷池): the browser is checked',
    SCRIPT,
    /\/\.safeline\/|\bSafeLineChallenge\s*\(/,
    SCRIPTED,
    LOOKED_UP,
    '2026-11',
  ),
  wall(
    'bytedance',
    'ByteDance: a script that computes a signature',
    SCRIPT,
    /_\$jsvmprt\b|\b__ac_nonce\b/,
    SCRIPTED,
    LOOKED_UP,
    '2026-11',
  ),
  {
    rule: 'web/baidu-verification',
    situation: 'Baidu asks for a verification',
    where: 'final-url',
    match: /^https?:\/\/wappass\.baidu\.com\/static\/captcha\//,
    says: VERIFY,
    explicit: false,
    source: LOOKED_UP,
    seen: '2026-11',
  },
];

/** Verdicts that need more than one sign; the signs are weighed in `signals.ts`. */
const weighed: readonly Marker[] = [
  {
    rule: 'web/soft-404',
    situation: 'an error page sent as a good one: title, headline, address and lack of text say so together',
    where: 'text',
    selector: 'title, h1, h2, h3',
    match: /^(?:404|404 not found|page not found|页面不存在|您访问的页面不存在)$/i,
    says: { verdict: 'gone', reason: 'soft-404' },
    explicit: false,
    source: 'two signs of signals.ts',
    seen: '2026-11',
  },
  {
    rule: 'web/parked',
    situation: 'the domain is parked or for sale: two signs of names, words and lack of text',
    where: 'text',
    selector: 'h1, h2, p',
    match: /\b(?:domain|website)\b.{0,40}\bis for sale\b|域名(?:出售|转让)/i,
    says: { verdict: 'gone', reason: 'soft-404' },
    explicit: false,
    source: 'two signs of parked.ts',
    seen: '2026-11',
  },
  {
    rule: 'web/login-url',
    situation: 'the visit ended at a login page',
    where: 'final-url',
    match: LOGIN_PATH,
    says: { verdict: 'blocked', reason: 'login-wall' },
    explicit: false,
    source: 'path of the final address, where the link itself is no login page',
    seen: '2026-11',
  },
  {
    rule: 'web/login-form',
    situation: 'a password is asked for and there is no article',
    where: 'html',
    selector: 'input[type="password"]',
    match: /type="password"/,
    says: { verdict: 'blocked', reason: 'login-wall' },
    explicit: false,
    source: 'HTML: password field, no main content',
    seen: '2026-11',
  },
  {
    rule: 'web/paywall',
    situation: 'the page says that it is not free, and shows no text',
    where: 'html',
    selector: 'script[type="application/ld+json"]',
    match: /"isAccessibleForFree"\s*:\s*"?false"?/i,
    says: { verdict: 'blocked', reason: 'paywall' },
    explicit: false,
    source: 'schema.org/isAccessibleForFree in JSON-LD',
    seen: '2026-11',
  },
  emptyFrame('web/empty-shell'),
];

/** What the generic web says instead of a page. */
export const markers: readonly Marker[] = [...walls, ...weighed];
