import type { Ask, Capture } from '../types.ts';
import type { Answer, Request } from './transport.ts';

/** Header fields that carry secrets; they leave this room in no shape. */
const SECRET = new Set(['cookie', 'cookie2', 'set-cookie', 'set-cookie2', 'authorization', 'proxy-authorization']);

/** Request fields that are known to hold none. What the user added with `--header` may be a key, so it is left out. */
const HARMLESS = new Set([
  'host',
  'connection',
  'user-agent',
  'accept',
  'accept-language',
  'accept-encoding',
  'content-type',
  'content-length',
  'if-none-match',
  'if-modified-since',
]);

/** An address without the name and password that it may carry. Text that is no address is cut before its `@`. */
export function shownUrl(url: string | URL): string {
  if (typeof url !== 'string' && url.username === '' && url.password === '') return url.href;
  if (typeof url === 'string' && !url.includes('@')) return url;
  if (typeof url === 'string' && !URL.canParse(url)) return url.slice(url.lastIndexOf('@') + 1);
  const shown = new URL(url);
  if (shown.username === '' && shown.password === '') return typeof url === 'string' ? url : url.href;
  shown.username = '';
  shown.password = '';
  return shown.href;
}

/** The ask as it is kept: no secrets in its address or headers. */
export function shownAsk(ask: Ask): Ask {
  return { ...ask, url: shownUrl(ask.url), headers: Object.fromEntries(withoutSecrets(Object.entries(ask.headers))) };
}

function withoutSecrets(fields: readonly [string, string][]): [string, string][] {
  return fields.filter(([name]) => !SECRET.has(name.toLowerCase())).map(withoutUserInfo);
}

/** A Location may carry a name and password like any address. */
function withoutUserInfo([name, value]: [string, string]): [string, string] {
  if (!/^(?:content-)?location$/i.test(name)) return [name, value];
  return [name, value.replace(/^(\s*(?:https?:)?[/\\]{2})[^/\\?#]*@/i, '$1')];
}

/** Lower-case header fields of an answer, repeated ones joined with `, `; none that carries a secret. */
export function replyHeaders(fields: readonly [string, string][]): Record<string, string> {
  const headers = new Map<string, string>();
  for (const [name, value] of withoutSecrets(fields)) {
    const key = name.toLowerCase();
    const before = headers.get(key);
    headers.set(key, before === undefined ? value : `${before}, ${value}`);
  }
  return Object.fromEntries(headers);
}

/** The first field of a name (lower case), or null. */
export function fieldOf(fields: readonly [string, string][], name: string): string | null {
  return fields.find(([key]) => key.toLowerCase() === name)?.[1] ?? null;
}

/** All fields of a name (lower case). */
export function fieldsOf(fields: readonly [string, string][], name: string): string[] {
  return fields.filter(([key]) => key.toLowerCase() === name).map(([, value]) => value);
}

/** One request and its answer as the WARC keeps them. The request's target is the origin's, also behind a proxy. */
export function captureOf(
  url: URL,
  at: string,
  request: Request,
  answer: Answer,
  own: ReadonlySet<string>,
  truncated: Capture['response']['truncated'],
): Capture {
  const fields = request.headers.filter(([name]) => HARMLESS.has(name) || own.has(name));
  const length: [string, string][] = request.body === null ? [] : [['content-length', String(request.body.length)]];
  return {
    url: shownUrl(url),
    at,
    request: {
      method: request.method,
      target: `${url.pathname}${url.search}`,
      headers: withoutSecrets([['host', url.host], ['connection', 'keep-alive'], ...fields, ...length]),
      body: request.body,
    },
    response: {
      httpVersion: answer.httpVersion,
      status: answer.status,
      statusText: answer.statusText,
      headers: withoutSecrets(answer.headers),
      body: answer.body,
      truncated,
    },
    ip: answer.ip,
  };
}
