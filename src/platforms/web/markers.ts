import type { Marker, Says } from '../platform.ts';
import { emptyFrame, LOGIN_PATH } from './gates.ts';
import { twinWords } from './twin.ts';
import { blankWalls, titledWalls, wallSentences, walls } from './walls.ts';

const VERIFY: Says = { verdict: 'blocked', reason: 'verification-wall' };

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
  {
    rule: 'web/captcha-form',
    situation: 'a captcha, words that ask for it, and hardly any text',
    where: 'html',
    selector: '.g-recaptcha, .h-captcha, .cf-turnstile',
    match: /\b(?:g-recaptcha|h-captcha|cf-turnstile)\b/,
    says: VERIFY,
    explicit: false,
    source: 'documents of reCAPTCHA, hCaptcha and Turnstile: class of the widget',
    seen: '2026-11',
  },
  emptyFrame('web/empty-shell'),
];

/** What the generic web says instead of a page. */
export const markers: readonly Marker[] = [
  ...walls,
  ...blankWalls,
  ...titledWalls,
  ...wallSentences,
  ...weighed,
  ...twinWords,
];
