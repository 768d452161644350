import { type Element, isTag } from 'domhandler';
import { chinaTime, type Page, plainText } from '../../article/index.ts';
import { parseMarkup } from '../../article/parse.ts';
import { escapeHtml } from '../escape.ts';
import type { Found } from '../html-platform.ts';
import { type Literal, parseLiteral } from '../literal.ts';
import { jsonAt } from '../sight.ts';

/** An article as a page's data tell it, with the ids that they give it. */
interface Told {
  readonly found: Found;
  readonly ids: readonly string[];
}

const cache = new WeakMap<Page, Told | null>();

/** The article in a page's data, for pages whose text is only written by a script; null where there is none. */
export function toldBy(page: Page): Told | null {
  const known = cache.get(page);
  if (known !== undefined) return known;
  const told = fromBaseData(page) ?? fromRenderData(page);
  cache.set(page, told);
  return told;
}

/** `BASE_DATA = {articleInfo: {…}}` of 2017 to 2020, for albums of pictures `BASE_DATA.galleryInfo = {…}`. */
function fromBaseData(page: Page): Told | null {
  for (const script of page.$('script:not([src])').toArray()) {
    const source = plainText(script);
    const data = literalAfter(source, /\bBASE_DATA\s*=\s*(?=\{)/);
    if (data === null) continue;
    const info = jsonAt(data, 'articleInfo');
    const media = text(data, 'mediaInfo.name');
    if (text(info, 'content') !== null) return fromArticle(info, media);
    const gallery = literalAfter(source, /\bBASE_DATA\.galleryInfo\s*=\s*(?=\{)/);
    return gallery === null ? null : fromGallery(gallery, media);
  }
  return null;
}

function literalAfter(source: string, pattern: RegExp): Literal {
  const match = pattern.exec(source);
  return match === null ? null : parseLiteral(source, match.index + match[0].length);
}

function fromArticle(info: unknown, media: string | null): Told | null {
  return told('BASE_DATA.articleInfo.content', decoded(text(info, 'content') ?? ''), {
    title: decoded(text(info, 'title') ?? ''),
    author: text(info, 'subInfo.source') ?? media,
    published: chinaTime(text(info, 'subInfo.time')),
    ids: idsOf(info, 'groupId', 'itemId'),
  });
}

function fromGallery(info: unknown, media: string | null): Told | null {
  const gallery = parseJson(text(info, 'gallery') ?? '');
  const pictures = jsonAt(gallery, 'sub_images');
  const words = jsonAt(gallery, 'sub_abstracts');
  if (!Array.isArray(pictures)) return null;
  const parts = pictures.map((picture, at) => {
    const url = text(picture, 'url');
    const line = Array.isArray(words) ? words[at] : null;
    const image = url === null ? '' : `<p><img src="${escapeHtml(url)}"></p>`;
    return typeof line === 'string' ? `${image}<p>${escapeHtml(line)}</p>` : image;
  });
  return told('BASE_DATA.galleryInfo.gallery', parts.join(''), {
    title: decoded(text(info, 'title') ?? ''),
    author: media,
    published: chinaTime(text(info, 'publish_time')),
    ids: idsOf(info, 'group_id', 'item_id'),
  });
}

/** `<script id="RENDER_DATA">` since 2021: JSON, percent-encoded; on the mobile page under `articleInfo`. */
function fromRenderData(page: Page): Told | null {
  const script = page.$('script#RENDER_DATA').get(0);
  if (script === undefined) return null;
  const json = parseJson(percentDecoded(plainText(script)));
  const info = jsonAt(json, 'data') ?? jsonAt(json, 'articleInfo');
  const epoch = Number(jsonAt(info, 'seoTDK.publishTimestamp'));
  return told('RENDER_DATA.content', text(info, 'content') ?? '', {
    title: text(info, 'title') ?? '',
    author: text(info, 'source') ?? text(info, 'mediaInfo.name'),
    published: chinaTime(text(info, 'publishTime')) ?? chinaTime(epoch || null),
    ids: idsOf(info, 'groupId', 'itemId'),
  });
}

type Fields = { title: string; author: string | null; published: string | null; ids: string[] };

function told(proof: string, html: string, { ids, ...fields }: Fields): Told | null {
  const body = parseMarkup(`<div>${html}</div>`).children.find(isTag);
  const title = fields.title.replace(/\s+/g, ' ').trim();
  if (body === undefined || title === '' || !hasContent(body)) return null;
  return { found: { proof, body, ...fields, title, language: 'zh-CN' }, ids };
}

function hasContent(body: Element): boolean {
  const open: Element[] = [body];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.name === 'img' || next.name === 'video') return true;
    open.push(...next.children.filter(isTag));
  }
  return plainText(body).trim().length > 0;
}

function idsOf(info: unknown, ...names: readonly string[]): string[] {
  return names.map((name) => String(jsonAt(info, name))).filter((id) => /^\d{16,20}$/.test(id));
}

function text(raw: unknown, path: string): string | null {
  const value = jsonAt(raw, path);
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

/** HTML that is printed with its signs as entities, since 2019 between two `&quot;` that the page cuts off. */
function decoded(raw: string): string {
  const quoted = raw.startsWith('&quot;') && raw.endsWith('&quot;');
  const inner = quoted ? raw.slice(6, -6) : raw;
  if (/<[a-z]/i.test(inner)) return inner.replaceAll('&quot;', '"').replaceAll('&#x3D;', '=');
  return plainText(parseMarkup(inner));
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
