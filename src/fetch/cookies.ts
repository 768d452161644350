import { Cookie, CookieJar } from 'tough-cookie';

/** Cookies of one fetcher: those the user gave, read only, and for each visit those that its own chain set. */
export class Cookies {
  readonly #given: CookieJar | null;

  /** @param text a Netscape cookies.txt, or '' */
  constructor(text: string) {
    const cookies = parseCookiesTxt(text);
    this.#given = cookies.length === 0 ? null : new CookieJar();
    for (const cookie of cookies) {
      const origin = originOf(cookie);
      if (URL.canParse(origin)) this.#given?.setCookieSync(cookie, origin, { ignoreError: true, http: true });
    }
  }

  /** The cookies of one visit; they die with it. */
  visit(): VisitCookies {
    return new VisitCookies(this.#given);
  }
}

/** Cookies of one visit. */
export class VisitCookies {
  readonly #given: CookieJar | null;
  #own: CookieJar | null = null;
  /** Changes whenever the visit's cookies do: the same address with other cookies is no loop. */
  version = 0;

  constructor(given: CookieJar | null) {
    this.#given = given;
  }

  /** Value of the Cookie header for an address, or null; a secret. */
  header(url: URL): string | null {
    const pairs = new Map<string, string>();
    for (const jar of [this.#given, this.#own]) {
      // A cookie that the visit set replaces the given one of the same name.
      for (const cookie of jar?.getCookiesSync(url.href) ?? []) pairs.set(cookie.key, cookie.cookieString());
    }
    return pairs.size === 0 ? null : [...pairs.values()].join('; ');
  }

  /** Takes the Set-Cookie fields of an answer. What no browser would take is dropped. */
  take(fields: readonly string[], url: URL): void {
    for (const field of fields.slice(0, 50)) {
      if (field.length > 8192 || !isSendable(field)) continue;
      const before = this.header(url);
      this.#own ??= new CookieJar();
      this.#own.setCookieSync(field, url.href, { ignoreError: true });
      if (this.header(url) !== before) this.version += 1;
    }
  }
}

function originOf(cookie: Cookie): string {
  return `https://${cookie.domain ?? ''}${cookie.path ?? '/'}`;
}

/**
 * Reads a Netscape cookies.txt: seven fields a line, parted by tabs (domain, whether subdomains share it, path, secure,
 * expiry in epoch seconds or 0, name, value); `#HttpOnly_` before the domain is part of the format, other `#` are notes.
 */
function parseCookiesTxt(text: string): Cookie[] {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .flatMap(parseLine);
}

function parseLine(line: string): Cookie[] {
  const httpOnly = line.startsWith('#HttpOnly_');
  if (line.startsWith('#') && !httpOnly) return [];
  const [domain, shared, path, secure, expires, name, ...value] = (httpOnly ? line.slice(10) : line).split('\t');
  if (domain === undefined || name === undefined || name === '' || value.length === 0) return [];
  const text = value.join('\t').trim();
  if (!isSendable(name) || !isSendable(text)) return [];
  const seconds = Number(expires);
  return [
    new Cookie({
      key: asOctets(name),
      value: asOctets(text),
      domain: domain.replace(/^\./, '').toLowerCase(),
      hostOnly: shared?.toUpperCase() !== 'TRUE',
      path: path?.startsWith('/') ? path : '/',
      secure: secure?.toUpperCase() === 'TRUE',
      httpOnly,
      expires: Number.isFinite(seconds) && seconds > 0 ? new Date(seconds * 1000) : 'Infinity',
    }),
  ];
}

/** Control characters end or break a header; a cookie that holds one is none (RFC 6265bis, 5.6). */
function isSendable(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is sought
  return !/[\x00-\x08\x0a-\x1f\x7f]/.test(text);
}

/** The UTF-8 octets of a text, one character an octet, as headers are written; browsers send such cookies so. */
function asOctets(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}
