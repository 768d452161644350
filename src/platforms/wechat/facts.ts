import { chinaTime } from '../../article/dates.ts';
import type { Page } from '../../article/page.ts';
import { plainText } from '../../article/text.ts';
import { endOfString, type Literal, parseLiteral, unescapeString } from '../literal.ts';
import { type ArticleIds, articleIds, queryOf, shortToken } from './identity.ts';

/** What a WeChat page says of itself, from `cgiDataNew` (since 2025), else from the older variables and tags. */
export interface Facts {
  /** `item_show_type`: 0 article, 5 video, 6 music, 7 audio, 8 pictures, 10 text, 17 short; null where it is not said. */
  readonly kind: number | null;
  readonly title: string | null;
  readonly account: string | null;
  readonly author: string | null;
  readonly published: string | null;
  readonly updated: string | null;
  readonly ids: ArticleIds | null;
  readonly token: string | null;
  /** The whole text as HTML, where the page carries it a second time. */
  readonly content: string | null;
  /** Addresses of the pictures of a picture share. */
  readonly album: readonly string[];
  readonly voices: readonly Voice[];
  /** Id of the film of a video share. */
  readonly video: string | null;
  readonly original: string | null;
  /** The literal that shows that only a preview is here. */
  readonly preview: string | null;
  readonly movedTo: string | null;
}

export interface Voice {
  readonly name: string;
  readonly url: string;
}

const cache = new WeakMap<Page, Facts>();

/** The facts of a page; worked out once, for sight and read both need them. */
export function factsOf(page: Page): Facts {
  const known = cache.get(page);
  if (known !== undefined) return known;
  const facts = collect(page);
  cache.set(page, facts);
  return facts;
}

function collect(page: Page): Facts {
  const scripts = inlineScripts(page);
  const cgi = cgiData(scripts);
  const vars = new Variables(scripts);
  const canonical = addressOf(page, cgi);
  return {
    kind: numberAt(cgi, 'item_show_type') ?? vars.number('item_show_type'),
    title: titleOf(page, cgi, vars),
    account: accountOf(page, cgi, vars),
    author: authorOf(page, cgi),
    published: publishedOf(page, cgi, vars),
    updated: chinaTime(numberAt(cgi, 'modify_time') || null),
    ids: idsOf(cgi, canonical, vars),
    token: canonical === null ? null : shortToken(canonical.pathname),
    content:
      textAt(cgi, 'content_noencode') ??
      // A text share without a title has its words here alone.
      textAt(cgi, 'text_page_info', 'content_noencode') ??
      vars.text('TextContentNoEncode') ??
      vars.text('videoContentNoEncode') ??
      vars.text('ContentNoEncode'),
    album: pictureList(cgi, scripts),
    voices: voicesOf(cgi, vars),
    video: textAt(cgi, 'video_page_infos', 0, 'video_id') ?? textAt(cgi, 'video_page_info', 'video_id'),
    original: originalOf(page),
    preview: previewOf(page, cgi, vars),
    movedTo: vars.text('transferTargetLink'),
  };
}

/** Sources of the scripts in the page itself, never text that a visitor reads. */
function inlineScripts(page: Page): string[] {
  return page.$('script:not([src])').toArray().map(plainText);
}

function cgiData(scripts: readonly string[]): Literal {
  for (const script of scripts) {
    const match = /window\.cgiDataNew\s*=\s*(?=\{)/.exec(script);
    if (match === null) continue;
    const data = parseLiteral(script, match.index + match[0].length);
    if (data !== null) return data;
  }
  return null;
}

/** The value below nested keys of a literal. */
function at(data: Literal, ...path: readonly (string | number)[]): Literal {
  let value = data;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return null;
    value = (Array.isArray(value) ? value[Number(step)] : value[step]) ?? null;
  }
  return value;
}

function textAt(data: Literal, ...path: readonly (string | number)[]): string | null {
  const value = at(data, ...path);
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

function numberAt(data: Literal, ...path: readonly (string | number)[]): number | null {
  const value = at(data, ...path);
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

/** The variables that are asked for; every script is gone through once for all of them. */
const ASKED = [
  'item_show_type',
  'transferTargetLink',
  'msg_title',
  'nickname',
  'ct',
  'createTime',
  'biz',
  'mid',
  'appmsgid',
  'idx',
  'sn',
  'isPaid',
  'isPaySubscribe',
  'is_pay_subscribe',
  'voiceid',
  'TextContentNoEncode',
  'videoContentNoEncode',
  'ContentNoEncode',
] as const;
type Name = (typeof ASKED)[number];

const NEVER = String.raw`(?:window\.a_value_which_never_exists\s*\|\|\s*)?`;
const DECLARATION = new RegExp(
  String.raw`\b(?:var|window\.)\s*(${ASKED.join('|')})\s*=\s*${NEVER}(?:htmlDecode\()?(?=['"])`,
  'g',
);

/** `var name = "" || "value";` of the page's own scripts, the first value that is not empty. */
class Variables {
  readonly #scripts: readonly string[];
  #values: Map<string, string> | undefined;

  constructor(scripts: readonly string[]) {
    this.#scripts = scripts;
  }

  text(name: Name): string | null {
    this.#values ??= this.#collect();
    return this.#values.get(name) ?? null;
  }

  number(name: Name): number | null {
    const text = this.text(name);
    return text !== null && /^\d+$/.test(text) ? Number(text) : null;
  }

  #collect(): Map<string, string> {
    const values = new Map<string, string>();
    for (const script of this.#scripts) {
      for (const match of script.matchAll(DECLARATION)) {
        const name = match[1] ?? '';
        const value = values.has(name) ? null : firstString(script, match.index + match[0].length);
        if (value !== null) values.set(name, value);
      }
    }
    return values;
  }
}

/** The first string with content of an expression such as `"" || 'x'`. */
function firstString(source: string, start: number): string | null {
  let from = start;
  for (let tries = 0; tries < 4; tries++) {
    const end = endOfString(source, from);
    if (end === -1) return null;
    const value = unescapeString(source.slice(from + 1, end));
    if (value.trim() !== '') return value;
    const next = /\s*\|\|\s*(?=['"])/y;
    next.lastIndex = end + 1;
    const match = next.exec(source);
    if (match === null) return null;
    from = next.lastIndex;
  }
  return null;
}

/** Undoes one level of HTML escaping in a value that the page's script would decode. */
function htmlDecode(text: string): string {
  return text.replace(
    /&(?:(amp|lt|gt|quot|apos|nbsp)|#(\d{1,7}|x[\da-f]{1,6}));/gi,
    (whole, name?: string, code?: string) => {
      const point = Number(code?.replace(/^x/i, '0x') ?? ENTITIES[`${name}`.toLowerCase()]);
      return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole;
    },
  );
}

const ENTITIES: Readonly<Record<string, number>> = { amp: 38, lt: 60, gt: 62, quot: 34, apos: 39, nbsp: 160 };

/** One line of text, or null where nothing is left. */
function line(text: string | null | undefined): string | null {
  const value = htmlDecode(text ?? '')
    .replace(/\s+/g, ' ')
    .trim();
  return value === '' ? null : value;
}

function metaOf(page: Page, selector: string): string | null {
  return page.$(`meta[${selector}]`).first().attr('content') ?? null;
}

function titleOf(page: Page, cgi: Literal, vars: Variables): string | null {
  const heading = page.$('#activity-name').first().clone();
  heading.find('.pay__tag, script').remove();
  return (
    line(textAt(cgi, 'title')) ??
    line(metaOf(page, 'property="og:title"')?.replaceAll('\\n', '\n')) ??
    line(heading.text()) ??
    line(vars.text('msg_title'))
  );
}

function accountOf(page: Page, cgi: Literal, vars: Variables): string | null {
  const shown = page.$('#js_name').first().text() || page.$('.wx_follow_nickname').first().text();
  return (
    line(textAt(cgi, 'nick_name')) ??
    line(shown) ??
    line(page.$('#post-user').first().text()) ??
    line(vars.text('nickname'))
  );
}

/** The writer, where the article names one apart from the account. */
function authorOf(page: Page, cgi: Literal): string | null {
  const old = page
    .$('#meta_content em.rich_media_meta_text')
    .not('#post-date, #publish_time, #js_ip_wording_wrp, #js_title_modify_wrp')
    .first();
  return (
    line(textAt(cgi, 'author')) ??
    line(metaOf(page, 'name="author"')) ??
    line(page.$('#js_author_name').first().text()) ??
    line(old.text())
  );
}

function publishedOf(page: Page, cgi: Literal, vars: Variables): string | null {
  const epoch = numberAt(cgi, 'ori_create_time') || numberAt(cgi, 'create_timestamp') || vars.number('ct');
  return (
    chinaTime(epoch || null) ??
    chinaTime(textAt(cgi, 'create_time')) ??
    chinaTime(vars.text('createTime')) ??
    chinaTime(page.$('#post-date').first().text()) ??
    chinaTime(page.$('#publish_time').first().text())
  );
}

/** The address that the page gives for itself: short, or long with the ids. */
function addressOf(page: Page, cgi: Literal): URL | null {
  for (const raw of [metaOf(page, 'property="og:url"'), textAt(cgi, 'link')]) {
    const address = raw === null ? '' : htmlDecode(raw).trim();
    if (URL.canParse(address)) return new URL(address);
  }
  return null;
}

function idsOf(cgi: Literal, canonical: URL | null, vars: Variables): ArticleIds | null {
  const said = (biz: unknown, mid: unknown, idx: unknown, sn: unknown): ArticleIds | null =>
    articleIds(
      new URLSearchParams({
        __biz: String(biz ?? ''),
        mid: String(mid ?? ''),
        idx: String(idx ?? ''),
        sn: String(sn ?? ''),
      }),
    );
  return (
    said(at(cgi, 'bizuin'), at(cgi, 'mid'), at(cgi, 'idx'), at(cgi, 'sn')) ??
    (canonical === null ? null : articleIds(queryOf(canonical))) ??
    said(vars.text('biz'), vars.text('mid') ?? vars.text('appmsgid'), vars.text('idx'), vars.text('sn'))
  );
}

/** The list of a picture share; only its own level, since watermarks and covers carry addresses of their own. */
function pictureList(cgi: Literal, scripts: readonly string[]): string[] {
  let list = at(cgi, 'picture_page_info_list');
  for (const script of cgi === null ? scripts : []) {
    const match = /window\.picture_page_info_list\s*=\s*(?=\[)/.exec(script);
    if (match !== null) list = parseLiteral(script, match.index + match[0].length);
  }
  if (!Array.isArray(list)) return [];
  return list.map((entry) => textAt(entry, 'cdn_url')).flatMap((url) => (url === null ? [] : [unescapeUrl(url)]));
}

/** Addresses in the data are HTML-escaped once or twice. */
export function unescapeUrl(url: string): string {
  return url.replace(/&(?:amp;)+/g, '&').trim();
}

/** Where a voice's bytes lie. */
export function voiceUrl(id: string): string {
  return `https://res.wx.qq.com/voice/getvoice?mediaid=${encodeURIComponent(id)}`;
}

function voicesOf(cgi: Literal, vars: Variables): Voice[] {
  const list = at(cgi, 'voice_in_appmsg');
  const voices = (Array.isArray(list) ? list : []).flatMap((entry) => {
    const id = textAt(entry, 'voice_id') ?? textAt(entry, 'voice_encode_fileid');
    const name = line(textAt(entry, 'title') ?? textAt(entry, 'name')) ?? '';
    return id === null ? [] : [{ name, url: voiceUrl(id) }];
  });
  const only = voices.length === 0 ? vars.text('voiceid') : null;
  return only === null ? voices : [{ name: '', url: voiceUrl(only) }];
}

function originalOf(page: Page): string | null {
  const raw = page.$('#js_share_source').first().attr('data-url');
  const url = raw === undefined ? '' : htmlDecode(raw).trim();
  return /^https?:/.test(url) && URL.canParse(url) ? new URL(url).href : null;
}

/** A paid article that this visitor has not paid for is cut at the paywall. */
function previewOf(page: Page, cgi: Literal, vars: Variables): string | null {
  const paid =
    numberAt(cgi, 'user_info', 'is_paid') ?? numberAt(cgi, 'pay_subscribe_info', 'is_paid') ?? vars.number('isPaid');
  const asksForPay =
    numberAt(cgi, 'is_pay_subscribe') ?? vars.number('isPaySubscribe') ?? vars.number('is_pay_subscribe');
  if (asksForPay === 1 && paid !== 1) return 'is_pay_subscribe=1';
  const wall = page
    .$('#js_pay_wall, .pay__mask, #js_pay_preview_filter')
    .not('[style*="display:none"], [style*="display: none"]');
  return asksForPay === null && wall.length > 0 ? '.pay__mask' : null;
}
