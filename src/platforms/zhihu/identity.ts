import type { Identity } from '../../types.ts';

/** What a Zhihu address can name. Ids stay strings: since 2025 they exceed 2^53. */
export type Kind = 'p' | 'answer' | 'question' | 'pin' | 'zvideo' | 'column';

interface Pattern {
  readonly path: RegExp;
  readonly kind: Kind;
}

/** Paths below www., m., oia., zhuanlan. and the bare domain; named group `id`, for answers also `question`. */
const PATTERNS: readonly Pattern[] = [
  { kind: 'answer', path: /^\/question\/(?<question>\d+)\/answers?\/(?<id>\d+)$/ },
  { kind: 'answer', path: /^\/(?:answers?|appview\/(?:v\d\/)?answer)\/(?<id>\d+)$/ },
  { kind: 'answer', path: /^\/tardis\/\w+\/ans\/(?<id>\d+)$/ },
  { kind: 'p', path: /^\/(?:p|articles?|appview\/(?:v\d\/)?p)\/(?<id>\d+)$/ },
  { kind: 'p', path: /^\/tardis\/\w+\/art\/(?<id>\d+)$/ },
  { kind: 'question', path: /^\/question\/(?<id>\d+)(?:\/(?:answers\/\w+|log|followers))?$/ },
  { kind: 'pin', path: /^\/pin\/(?<id>\d+)$/ },
  { kind: 'zvideo', path: /^\/zvideo\/(?<id>\d+)$/ },
  { kind: 'column', path: /^\/column\/(?<id>[\w-]+)$/ },
];

/** One segment on zhuanlan.zhihu.com is the old address of a column. */
const OLD_COLUMN = /^\/(?!p$|api$|write$|settings$|signin$)(?<id>[\w-]+)$/;
const PAGES = new Set(['www.zhihu.com', 'zhihu.com', 'm.zhihu.com', 'zhuanlan.zhihu.com', 'oia.zhihu.com']);

/** The Zhihu page that an address means, every query and fragment dropped; null for people, topics, searches and the like. */
export function identifyZhihu(url: URL): Identity | null {
  const host = url.hostname;
  if (!PAGES.has(host)) return null;
  const path = url.pathname.replace(/\/+$/, '').replace(/^\/\/+/, '/');
  // On the app's own host the number after /question/ may be an answer's: it can not be told from the address.
  if (host === 'oia.zhihu.com' && path.startsWith('/question/') && !path.includes('/answer')) return null;
  for (const { kind, path: pattern } of PATTERNS) {
    const groups = pattern.exec(path)?.groups;
    if (groups?.id !== undefined) return identity(kind, groups.id, groups.question);
  }
  const column = host === 'zhuanlan.zhihu.com' ? OLD_COLUMN.exec(path)?.groups?.id : undefined;
  return column === undefined ? null : identity('column', column, undefined);
}

function identity(kind: Kind, id: string, question: string | undefined): Identity {
  return { platform: 'zhihu', key: `${kind}-${id}`, url: addressOf(kind, id, question) };
}

function addressOf(kind: Kind, id: string, question: string | undefined): string {
  if (kind === 'p') return `https://zhuanlan.zhihu.com/p/${id}`;
  if (kind === 'answer' && question !== undefined) return `https://www.zhihu.com/question/${question}/answer/${id}`;
  return `https://www.zhihu.com/${kind}/${id}`;
}

/** Kind and id from a key made by `identifyZhihu`. */
export function parseKey(key: string): { kind: string; id: string } {
  const dash = key.indexOf('-');
  return { kind: key.slice(0, dash), id: key.slice(dash + 1) };
}

/** The address behind link.zhihu.com, or that a sign-in page leads back to. */
export function unwrapZhihu(url: URL): URL | null {
  if (url.hostname === 'link.zhihu.com') return parse(url.searchParams.get('target'), undefined);
  if (/^\/(?:signin|signup|account\/unhuman)$/.test(url.pathname)) {
    const next = parse(url.searchParams.get('next'), url);
    return next !== null && /^\/(?:signin|signup|account\/)/.test(next.pathname) ? null : next;
  }
  return null;
}

function parse(address: string | null, base: URL | undefined): URL | null {
  if (address === null || address.trim() === '') return null;
  const text = address.trim();
  const whole = base !== undefined || /^\w+:\/\//.test(text) ? text : `https://${text}`;
  return URL.canParse(whole, base?.href) ? new URL(whole, base?.href) : null;
}
