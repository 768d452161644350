/**
 * The absolute http(s) address that an attribute means, or null: anything that could run (`javascript:`, `data:`,
 * `vbscript:`) or that leads nowhere on the web is no address. Control characters and white space that browsers
 * ignore inside a scheme are removed before the scheme is looked at.
 */
export function webAddress(raw: string | null | undefined, base: string): string | null {
  if (raw === null || raw === undefined) return null;
  const value = stripIgnored(raw);
  if (value === '' || value.length > 8192) return null;
  try {
    const url = new URL(value, base);
    if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
    return url.href;
  } catch {
    return null;
  }
}

/** As `webAddress`, but `mailto:` and `tel:` are let through: for links, not for pictures. */
export function linkAddress(raw: string | null | undefined, base: string): string | null {
  const web = webAddress(raw, base);
  if (web !== null || raw === null || raw === undefined) return web;
  const value = stripIgnored(raw);
  return value.length < 2048 && /^(?:mailto:[^\s<>]+@[^\s<>]+|tel:[\d+() .-]+)$/i.test(value) ? value : null;
}

/** The base that relative addresses of a page are resolved against: `<base href>` where it is a web address. */
export function baseAddress(baseHref: string | null | undefined, pageUrl: string): string {
  return webAddress(baseHref, pageUrl) ?? pageUrl;
}

const IGNORED = /[\t\n\r\0]/;

function stripIgnored(raw: string): string {
  // WHATWG URL: C0 controls and spaces at the ends, tabs and line breaks anywhere.
  if (!IGNORED.test(raw) && raw.length <= 16384) return raw.trim();
  let out = '';
  for (const char of raw.length > 16384 ? raw.slice(0, 16384) : raw) {
    const code = char.charCodeAt(0);
    if (code === 9 || code === 10 || code === 13 || code === 0) continue;
    out += char;
  }
  return out.trim();
}
