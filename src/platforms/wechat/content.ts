import type { AnyNode, Element } from 'domhandler';
import { isTag } from 'domhandler';
import type { Rewrite } from '../../article/clean.ts';
import type { Page } from '../../article/page.ts';
import { parseMarkup } from '../../article/parse.ts';
import { backgroundAddress } from '../../article/pictures.ts';
import { escapeHtml } from '../escape.ts';
import { countChars, visibleText } from '../sight.ts';
import { type Facts, unescapeUrl, voiceUrl } from './facts.ts';

/** Where an article's text was found on its page. */
export interface Content {
  /** Selector or JSON path: the proof. */
  readonly proof: string;
  readonly nodes: readonly AnyNode[];
  readonly text: string;
}

/** Shares whose `#js_content`, where there is one, holds only the account's card; the text is in the data. */
const SHARES: ReadonlySet<number> = new Set([5, 6, 7, 8, 10, 17]);
const MEDIA =
  'img[data-src], img[src], iframe[data-src], mpvoice, mp-common-mpaudio, qqmusic, mpvideosnap, [style*="background-image"]';

/** The article's content, or null where the page holds none: then it is no article. */
export function contentOf(page: Page, facts: Facts): Content | null {
  const share = facts.kind !== null && SHARES.has(facts.kind);
  const found = share
    ? (fromData(page, facts) ?? fromElement(page, OWN_WORDS) ?? fromTitle(facts))
    : (fromElement(page, SHARED) ?? fromElement(page, '#js_content') ?? fromData(page, facts));
  if (found !== null) return found;
  // An unpaid article may show nothing but its summary.
  return facts.preview === null ? null : fromElement(page, '.pay__summary-content');
}

function fromElement(page: Page, selector: string): Content | null {
  const element = page.$(selector).first();
  const nodes = element.contents().toArray();
  const text = visibleText(nodes);
  return countChars(text) > 0 || element.find(MEDIA).length > 0 ? { proof: selector, nodes, text } : null;
}

/** The content of a share, where it is more than the card of the account. */
const OWN_WORDS = '#js_content:not(:has(.wx_follow_nickname))';

/** The words of a text share without a title of its own are its title. */
function fromTitle({ kind, title }: Facts): Content | null {
  if (kind !== 10 || title === null) return null;
  const nodes = parseMarkup(`<p>${escapeHtml(title)}</p>`).children;
  return { proof: 'cgiDataNew.title', nodes, text: title };
}

/** Where a share's words stand once its script has run: what browsers save. */
const SHARED = '#js_text_desc, #js_image_desc, #js_common_share_desc, #js_audio_desc';

function fromData(page: Page, facts: Facts): Content | null {
  const shown = facts.content === null ? page.$(SHARED).first().html() : paragraphs(facts.content);
  const html = [shown, ...extras(facts)].join('');
  if (html === '') return null;
  const nodes = parseMarkup(html).children;
  const proof =
    facts.content !== null ? 'cgiDataNew.content_noencode' : shown ? SHARED : `item_show_type=${facts.kind}`;
  return { proof, nodes, text: visibleText(nodes) };
}

/** The text of a share has bare line breaks; that of an article is HTML already. */
function paragraphs(content: string): string {
  if (/<(?:p|section|div|br|h[1-6]|ul|ol|table)\b/i.test(content)) return content;
  return content
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map((line) => `<p>${line}</p>`)
    .join('');
}

/** What a share shows beside its text: its film, its voices, its pictures. */
function extras(facts: Facts): string[] {
  const pictures = facts.kind === 0 ? [] : facts.album.map((url) => `<p><img data-src="${escapeHtml(url)}"></p>`);
  const voices = facts.kind === 7 || facts.kind === 6 ? facts.voices : [];
  const sounds = voices.map(
    ({ name, url }) => `<p><a href="${escapeHtml(url)}">${escapeHtml(named('音频', name))}</a></p>`,
  );
  const films = facts.kind === 5 ? [filmFrame(facts.video)] : [];
  return [...films, ...sounds, ...pictures];
}

/** The frame in which an article would show that film; it becomes a link as every frame. */
function filmFrame(id: string | null): string {
  const player = `https://mp.weixin.qq.com/mp/readtemplate?t=pages/video_player_tmpl&action=mpvideo&auto=0&vid=${id}`;
  const address = id === null ? '' : ` data-mpvid="${escapeHtml(id)}" data-src="${escapeHtml(player)}"`;
  return `<p><iframe class="video_iframe"${address}></iframe></p>`;
}

/** Label of a medium that can not be kept: its kind, and its name where it has one. */
function named(kind: string, name: string): string {
  const clean = name.replace(/\s+/g, ' ').trim().slice(0, 200);
  return clean === '' ? kind : `${kind}：${clean}`;
}

/** What WeChat's own elements become in the kept article. */
export function rewriteWechat(element: Element): Rewrite | undefined {
  const { name, attribs } = element;
  switch (name) {
    case 'mpvoice':
    case 'mp-common-mpaudio':
    case 'mp-common-mpvoice':
      return voice(attribs);
    case 'qqmusic':
    case 'mp-common-qqmusic':
      return music(attribs);
    case 'iframe':
      return film(attribs);
    case 'mpvideosnap':
    case 'mp-common-videosnap':
      return {
        kind: 'text',
        text: named('视频号', [attribs['data-nickname'], attribs['data-desc']].join(' ')),
        block: true,
      };
    case 'mp-common-profile':
    case 'mp-common-product':
    case 'mp-common-cpsad':
    case 'mpcps':
    case 'mp-common-redpacketcover':
    case 'mp-common-vote':
      return 'drop';
    case 'svg':
      return drawing(element);
    default:
      return undefined;
  }
}

function voice(attribs: Record<string, string>): Rewrite {
  const id = attribs.voice_encode_fileid ?? attribs['data-voice_encode_fileid'];
  const text = named('音频', attribs.name ?? attribs['data-name'] ?? '');
  return id === undefined || id === ''
    ? { kind: 'text', text, block: true }
    : { kind: 'link', text, url: voiceUrl(id), block: true, embed: true };
}

function music(attribs: Record<string, string>): Rewrite {
  const text = named('音乐', [attribs.music_name, attribs.singer].filter(Boolean).join(' – '));
  const song = [attribs.otherid, attribs.mid].find((id) => /^\w{14}$/.test(`${id}`));
  const played = `${attribs.play_url ?? attribs['data-play_url']}`;
  const url = song === undefined ? played : `https://y.qq.com/n/ryqq/songDetail/${song}`;
  return /^https?:/.test(url)
    ? { kind: 'link', text, url: unescapeUrl(url), block: true, embed: true }
    : { kind: 'text', text, block: true };
}

function film(attribs: Record<string, string>): Rewrite | undefined {
  const raw = unescapeUrl(attribs['data-src'] ?? attribs.src ?? '').replace(/^\/\//, 'https://');
  const vid = attribs['data-mpvid'] ?? attribs.vid ?? (URL.canParse(raw) ? new URL(raw).searchParams.get('vid') : null);
  if (!/\bvideo_iframe\b/.test(attribs.class ?? '') && vid === null) return undefined;
  const url =
    vid !== null && /^[a-z]\w{10}$/.test(vid) && !vid.startsWith('wxv') ? `https://v.qq.com/x/page/${vid}.html` : raw;
  return /^https?:/.test(url)
    ? { kind: 'link', text: '视频', url, block: true, embed: true }
    : { kind: 'text', text: '视频', block: true };
}

/** Editors set pictures as the background of an empty drawing; other drawings hold content in a foreignObject. */
function drawing(element: Element): Rewrite {
  const url = backgroundAddress(element, 'https://mp.weixin.qq.com/');
  if (url !== null) return { kind: 'picture', url: pictureOf(url), alt: '' };
  return element.children.some((child) => isTag(child) && child.name !== 'style') ? 'unwrap' : 'drop';
}

/** The address of an `<img>`: WeChat keeps it in data-src; undefined leaves foreign pictures to the general rules. */
export function pictureUrl(img: Element): string | null | undefined {
  const raw = img.attribs['data-src'] ?? img.attribs['data-backsrc'];
  if (raw !== undefined && raw.trim() !== '') return pictureOf(unescapeUrl(raw));
  const source = img.attribs.src;
  return source !== undefined && /qpic\.cn|qlogo\.cn/.test(source) ? pictureOf(unescapeUrl(source)) : undefined;
}

/** A picture's address without the parameters that only steer the delivery; `wx_fmt` names the type and stays. */
function pictureOf(raw: string): string {
  const address = raw.startsWith('//') ? `https:${raw}` : raw;
  if (!URL.canParse(address)) return address;
  const url = new URL(address);
  if (!/\.q(?:pic|logo)\.cn$/.test(url.hostname)) return address;
  url.protocol = 'https:';
  url.hash = '';
  for (const name of [
    'tp',
    'wxfrom',
    'wx_lazy',
    'wx_co',
    'usePicPrefetch',
    'retryload',
    'from',
    'watermark',
    'random',
  ]) {
    url.searchParams.delete(name);
  }
  return url.href;
}
