import type { Problem, Reference } from '../types.ts';

/** What an address written in a list turned out to be. */
export type Address =
  | { kind: 'web'; url: URL }
  /** A file of the repository. `path` is percent-decoded and has no query; a leading slash means the repository's root. */
  | { kind: 'local'; path: string; fragment: string | null }
  /** A place in the same file. */
  | { kind: 'fragment'; fragment: string }
  | { kind: 'unsupported'; scheme: string }
  /** `reason` completes the sentence "the address …". */
  | { kind: 'invalid'; reason: string };

/** No server takes a longer request line; what is longer is a slip of the clipboard. UTF-16 code units. */
const LONGEST_ADDRESS = 16_384;

const SCHEME = /^([a-z][a-z0-9+.-]*):/i;
const HOST_AND_PORT = /^(?:localhost|[a-z0-9-]+(?:\.[a-z0-9-]+)+):\d{1,5}(?:[/?#]|$)/i;
const WWW = /^www\.[^\s/?#.]+\.[^\s/?#]/i;

/**
 * Reads one address as it stands in a list, entities and escapes of the list's own format already decoded.
 * Mends what pasting breaks (`&amp;`, `\x26amp;`, white space around it, `//host`) and nothing else: escapes such as
 * `%26` or GBK bytes stay byte for byte. Never throws.
 */
export function parseAddress(raw: string): Address {
  const text = repair(raw);
  if (text === '') return { kind: 'invalid', reason: 'is empty' };
  if (text.startsWith('#')) return { kind: 'fragment', fragment: decode(text.slice(1)) };
  if (text.startsWith('//') || text.startsWith('\\\\')) return parseWeb(`https:${text}`);
  if (WWW.test(text)) return parseWeb(`http://${text}`);
  if (HOST_AND_PORT.test(text)) return { kind: 'invalid', reason: 'lacks https:// or http:// in front' };
  const scheme = SCHEME.exec(text)?.[1]?.toLowerCase();
  if (scheme === undefined) return parseLocal(text);
  if (scheme === 'http' || scheme === 'https') return parseWeb(text);
  if (scheme.length === 1)
    return { kind: 'invalid', reason: 'is a path on one Windows computer, not one in the repository' };
  return { kind: 'unsupported', scheme };
}

/**
 * What a person should mend at an occurrence, or null where the address is usable.
 * Codes: `link/invalid-url`, `link/unsupported-scheme`.
 */
export function addressProblem(reference: Reference, address: Address): Problem | null {
  const { file, line, column } = reference;
  const shown = shorten(reference.raw);
  if (address.kind === 'invalid') {
    return { file, line, column, code: 'link/invalid-url', message: `the address ${shown} ${address.reason}` };
  }
  if (address.kind === 'unsupported') {
    const message = `${shown} is a ${address.scheme}: address; only http and https are checked`;
    return { file, line, column, code: 'link/unsupported-scheme', message };
  }
  return null;
}

/** White space and invisible characters that come along with the clipboard, at either end. */
const EDGES = /[\p{White_Space}\p{Cc}\u200b-\u200f\u2028-\u202e\u2060\ufeff]/u;

function repair(raw: string): string {
  let start = 0;
  let end = raw.length;
  while (start < end && EDGES.test(raw.charAt(start))) start += 1;
  while (end > start && EDGES.test(raw.charAt(end - 1))) end -= 1;
  return raw
    .slice(start, end)
    .replace(/\\(?:x26|u0026)/gi, '&')
    .replace(/&(?:#0*38|#x0*26);/gi, '&')
    .replace(/&(?:amp;)+/gi, '&');
}

function parseWeb(text: string): Address {
  if (text.length > LONGEST_ADDRESS) {
    return { kind: 'invalid', reason: `is longer than ${LONGEST_ADDRESS} characters; is a closing mark missing?` };
  }
  if (!URL.canParse(text)) return { kind: 'invalid', reason: whyNot(text) };
  return { kind: 'web', url: new URL(text) };
}

function whyNot(text: string): string {
  const host = /^https?:[/\\]*([^/?#\\]*)/i.exec(text)?.[1] ?? '';
  if (host === '') return 'has no host name after the scheme';
  if (/\s/.test(host)) return 'has white space in the host name';
  const port = /:([^:@\]]*)$/.exec(host)?.[1];
  if (port !== undefined && !/^\d*$/.test(port)) return 'has a port that is not a number';
  if (port !== undefined && Number(port) > 65_535) return 'has a port above 65535';
  return 'has a host name that no browser accepts';
}

function parseLocal(text: string): Address {
  if (text.length > LONGEST_ADDRESS) return { kind: 'invalid', reason: 'is too long for the path of a file' };
  if (/^https?(?:\uff1a|\/\/)/i.test(text))
    return { kind: 'invalid', reason: 'has no plain colon after http or https' };
  const hash = text.indexOf('#');
  const before = hash < 0 ? text : text.slice(0, hash);
  const query = before.indexOf('?');
  const path = decode(query < 0 ? before : before.slice(0, query));
  if (path === '') return { kind: 'invalid', reason: 'is a query without a page' };
  if (path.includes('\0')) return { kind: 'invalid', reason: 'has a NUL character in its path' };
  return { kind: 'local', path, fragment: hash < 0 ? null : decode(text.slice(hash + 1)) };
}

/** Percent-decodes a part of a local address; what is not valid UTF-8 stays as written. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function shorten(raw: string): string {
  return JSON.stringify(raw.length > 80 ? `${raw.slice(0, 60)}…` : raw);
}
