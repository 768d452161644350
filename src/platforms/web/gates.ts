import { type Page, webAddress } from '../../article/index.ts';
import type { Marker } from '../platform.ts';
import { jsonAt, visibleText } from '../sight.ts';

/** Addresses of login pages; their beginnings and ends are those of whole parts of a path. */
export const LOGIN_PATH =
  /(?:^|\/)(?:log-?in|sign-?in|sign_in|signon|logon|account\/login|users\/sign_in|auth\/(?:login|signin|realms)|cas\/login|oauth2?\/(?:v\d\/)?auth(?:orize)?|ServiceLogin|wp-login\.php|login\.(?:php|aspx?|jsp|html?|do|action))(?:\/|$|\?)/i;
const LOGIN_HOST = /^(?:login|signin|sso|passport|accounts?|auth|idp|cas)\./i;

/** The login page at which a visit of another address ended; null where it did not, or where the link itself is one. */
export function loginAddress(final: string, asked: string): string | null {
  if (!isLogin(final) || isLogin(asked)) return null;
  return final.split(/[?#]/)[0] ?? final;
}

function isLogin(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { hostname, pathname } = new URL(address);
  return LOGIN_PATH.test(pathname) || (LOGIN_HOST.test(hostname) && /login|signin|auth|cas|visitor/i.test(pathname));
}

/** A page that has a password field in a form. */
export function passwordForm(page: Page): string | null {
  return page.$('form input[type="password" i], input[type="password" i]').length > 0 ? 'input[type=password]' : null;
}

/** A captcha's widget on a page that asks for it in words; forms for comments have the widget alone. */
export function captchaForm(page: Page): string | null {
  const widget = page.$('.g-recaptcha, .h-captcha, .cf-turnstile').first();
  if (widget.length === 0) return null;
  const asks = /robot|human|verify|verification|security check|验证/i.test(visibleText(page.$('body').toArray()));
  return asks ? (/(?:g-re|h-)captcha|cf-turnstile/.exec(widget.attr('class') ?? '')?.[0] ?? null) : null;
}

/** Where the page says in JSON-LD that it is not free: the literal; null elsewhere. */
export function paywall(page: Page): string | null {
  for (const script of page.$('script[type="application/ld+json" i]').toArray().slice(0, 20)) {
    const source = page.$(script).text();
    if (!source.includes('isAccessibleForFree') || source.length > 500_000) continue;
    if (saysNotFree(source)) return 'isAccessibleForFree: false';
  }
  return null;
}

function saysNotFree(source: string): boolean {
  try {
    const root: unknown = JSON.parse(source);
    const graph = jsonAt(root, '@graph');
    const records: unknown[] = [root].flat().concat(Array.isArray(graph) ? graph : []);
    return records.some((record) => /^false$/i.test(String(jsonAt(record, 'isAccessibleForFree'))));
  } catch {
    return false;
  }
}

/** Elements that applications draw themselves into. */
const ROOTS = '#root, #app, #__next, #__nuxt, #app-root, #react-root, #main-app, #svelte, app-root, [data-reactroot]';

/** The marker of such an element with next to nothing in it; each platform names its own rule. */
export function emptyFrame(rule: string): Marker {
  return {
    rule,
    situation: 'an empty frame that a script has to fill',
    where: 'text',
    selector: ROOTS,
    match: /^.{0,40}$/,
    says: { verdict: 'blocked', reason: 'client-only' },
    explicit: false,
    source: 'HTML: empty root element, scripts, no text',
    seen: '2026-11',
  };
}

/** The empty root element that a script has to fill; null where the page has none, or one with something in it. */
export function emptyShell(page: Page): string | null {
  if (page.$('script').length === 0) return null;
  for (const element of page.$(ROOTS).toArray()) {
    if (page.$(element).text().trim().length < 40)
      return `${element.type === 'tag' ? element.name : ''}#${page.$(element).attr('id') ?? ''}`;
  }
  return null;
}

/** Does a script fill this page, or a part of it? */
export function hasRoot(page: Page): boolean {
  return page.$('script').length > 0 && page.$(ROOTS).length > 0;
}

/** Longest wait before a refresh that still means "this page has moved", in seconds. */
const LONGEST_WAIT = 5;

/** Where a refresh in the head sends the visitor to; null for slow ones, and for those inside noscript. */
export function refreshTarget(page: Page): string | null {
  for (const element of page.$('meta[http-equiv="refresh" i]').toArray().slice(0, 10)) {
    if (page.$(element).closest('noscript').length > 0) continue;
    const found = /^\s*(\d{1,6})(?:\.\d{0,6})?\s*[;,]\s*(?:url\s*=\s*)?['"]?([^'"\s][^'"]{0,4000})/i.exec(
      element.attribs.content ?? '',
    );
    if (found === null || Number(found[1]) > LONGEST_WAIT) continue;
    const target = webAddress(found[2], page.url);
    if (target !== null && target.split('#')[0] !== page.url.split('#')[0]) return target;
  }
  return null;
}
