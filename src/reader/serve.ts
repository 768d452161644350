/** Media types of what lies in an archive, by file extension. */
const TYPES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    html: 'text/html; charset=utf-8',
    css: 'text/css; charset=utf-8',
    js: 'text/javascript; charset=utf-8',
    json: 'application/json; charset=utf-8',
    ndjson: 'application/x-ndjson; charset=utf-8',
    md: 'text/markdown; charset=utf-8',
    txt: 'text/plain; charset=utf-8',
    xml: 'application/atom+xml; charset=utf-8',
    gz: 'application/gzip',
    wacz: 'application/wacz',
    epub: 'application/epub+zip',
    png: 'image/png',
    jpg: 'image/jpeg',
    jpeg: 'image/jpeg',
    gif: 'image/gif',
    webp: 'image/webp',
    avif: 'image/avif',
    svg: 'image/svg+xml',
    bmp: 'image/bmp',
    ico: 'image/x-icon',
  }),
);

/** The media type of a file, by its name; bytes without a meaning for anything unknown. */
export function contentType(path: string): string {
  const extension = /\.([a-z0-9]+)$/i.exec(path)?.[1]?.toLowerCase() ?? '';
  return TYPES.get(extension) ?? 'application/octet-stream';
}

/** Sent with every answer: kept pages are foreign matter, and nothing outside this folder is anyone's business. */
const STRICT_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), interest-cohort=()',
  'cache-control': 'no-cache',
};

/**
 * Kept pages and pictures run nothing at all, even where one of them is opened alone: an SVG is a document too. Their
 * own inline styles are theirs.
 */
const FOREIGN_POLICY =
  "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox";

/** What to answer: a status, headers, and the file below archive/ to send, or null for none. */
export interface Response {
  status: 200 | 301 | 400 | 404 | 405 | 421;
  headers: Record<string, string>;
  file: string | null;
}

/**
 * The answer to a request, as data; the caller reads the file and answers 404 where there is none. `target` is the
 * request target as it came (`/reader/dashboard.html?x`), `host` the Host header: only this machine's own names are
 * answered, so that no page elsewhere can read the archive by pointing a name at it. An article that is asked for with
 * `?script` is the search wanting its text, which it takes as a script.
 */
export function respond(target: string, method = 'GET', host = '127.0.0.1'): Response {
  if (!/^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?$/i.test(host)) return refuse(421);
  if (method !== 'GET' && method !== 'HEAD') return refuse(405, { allow: 'GET, HEAD' });
  const path = safePath(target);
  if (path === null) return refuse(400);
  const file = path === '' || path.endsWith('/') ? `${path}index.html` : path;
  const foreign = /^(?:pages|assets|warc)\//.test(file);
  const type = /^\/articles\/[^?#]+\.html\?script$/.test(target) ? contentType('page.js') : contentType(file);
  const headers: Record<string, string> = { ...STRICT_HEADERS, 'content-type': type };
  if (foreign) headers['content-security-policy'] = FOREIGN_POLICY;
  return { status: 200, headers, file };
}

function refuse(status: 400 | 405 | 421, headers: Record<string, string> = {}): Response {
  return {
    status,
    headers: { ...STRICT_HEADERS, 'content-type': 'text/plain; charset=utf-8', ...headers },
    file: null,
  };
}

/** The path below archive/ that a request names; null where it leads out of it, or could on some system. */
function safePath(target: string): string | null {
  const raw = /^\/([^?#]*)/.exec(target)?.[1];
  if (raw === undefined) return null;
  let path: string;
  try {
    path = decodeURIComponent(raw);
  } catch {
    return null;
  }
  if (/[\p{Cc}\\:%]/u.test(path)) return null;
  const parts = path.split('/');
  const odd = parts.some((part, at) => part.startsWith('.') || (part === '' && at < parts.length - 1));
  return odd ? null : path;
}
