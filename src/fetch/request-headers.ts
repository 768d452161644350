import type { Ask } from '../types.ts';
import type { Settings } from './options.ts';
import { basicAuthorization } from './proxy.ts';

/** What is asked for, as it decides the Accept header. */
export type Kind = 'page' | 'picture';

/** Values of an earlier answer that make a request conditional. */
export interface Validators {
  etag: string | null;
  lastModified: string | null;
}

const ACCEPT: Readonly<Record<Kind, string>> = {
  page: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
  picture: 'image/avif,image/webp,image/*,*/*;q=0.8',
};

/** Fields that stay with the origin they were meant for. */
const ORIGIN_BOUND = new Set(['authorization', 'cookie']);
/** Fields that this room writes itself. */
const OURS = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'proxy-authorization',
  'te',
  'upgrade',
  'expect',
  'keep-alive',
]);

/** One request of a chain, as far as its header is concerned. */
interface HeaderInput {
  settings: Settings;
  ask: Ask;
  url: URL;
  /** Is this address of the origin that was asked first? */
  sameOrigin: boolean;
  hasBody: boolean;
  kind: Kind;
  validators: Validators | null;
  cookie: string | null;
}

/**
 * The header of one request, lower-case names; there is no Referer unless the ask sets one. Later sources win: our own
 * defaults, the host's rules, the user's `--header`, the ask.
 */
export function requestHeaders(input: HeaderInput): [string, string][] {
  const { settings, ask, url, sameOrigin, validators } = input;
  const fields = new Map<string, string>([
    ['user-agent', settings.userAgent],
    ['accept', ACCEPT[input.kind]],
    ['accept-language', 'zh-CN,zh;q=0.9,en;q=0.6'],
    ['accept-encoding', 'gzip, br, deflate'],
  ]);
  const own =
    sameOrigin && ask.url.includes('@') && URL.canParse(ask.url) ? basicAuthorization(new URL(ask.url)) : null;
  if (own !== null) fields.set('authorization', own);
  const { etag = null, lastModified = null } = validators ?? {};
  if (isSendable(etag)) fields.set('if-none-match', etag);
  if (isSendable(lastModified)) fields.set('if-modified-since', lastModified);
  take(fields, settings.hostRules(url.host).headers ?? {}, () => true);
  const mayTake = (name: string) => sameOrigin || !ORIGIN_BOUND.has(name);
  take(fields, settings.headers, mayTake);
  take(fields, ask.headers, (name) => mayTake(name) && (input.hasBody || !name.startsWith('content-')));
  if (input.cookie !== null) {
    const before = fields.get('cookie');
    fields.set('cookie', before === undefined ? input.cookie : `${before}; ${input.cookie}`);
  }
  return [...fields];
}

/** Validators come from a server, which may have written anything. */
function isSendable(value: string | null): value is string {
  return value !== null && /^[\x20-\x7e\x80-\xff]{1,1000}$/.test(value);
}

function take(
  fields: Map<string, string>,
  more: Readonly<Record<string, string>>,
  mayTake: (name: string) => boolean,
): void {
  for (const [name, value] of Object.entries(more)) {
    const key = name.toLowerCase();
    if (!OURS.has(key) && mayTake(key)) fields.set(key, value);
  }
}
