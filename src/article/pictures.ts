import type { Element } from 'domhandler';
import { webAddress } from './address.ts';

/** Attributes in which lazy loaders keep a picture's address, best first. `src` comes after them: it is the spacer then. */
const LAZY_ATTRIBUTES: readonly string[] = [
  'data-original',
  'data-actualsrc',
  'data-src',
  'data-lazy-src',
  'data-lazyload',
  'data-lazy',
  'data-echo',
  'data-url',
  'data-img-src',
  'data-original-src',
  'data-full-src',
  'data-hi-res-src',
  'data-backsrc',
  'data-srcurl',
  'data-imgurl',
  'data-image',
  'data-cfsrc',
  'data-ks-lazyload',
  'data-gif-src',
  'data-defer-src',
  'data-lazyload-src',
  'lazy-src',
  'lazysrc',
  'lazyload',
  '_src',
  'real_src',
  'realsrc',
  'original',
  'file',
  'zoomfile',
  'orgsrc',
  'ess-data',
];

const LAZY_SETS: readonly string[] = ['data-srcset', 'data-lazy-srcset', 'srcset'];

/** File names of pictures that only take up room or count visits. */
const SPACER =
  /(?:^|[/_.-])(?:spacer|blank|space|pixel|1x1|transparent|placeholder|lazy_?load(?:ing)?|loading|grey|gray|pix|none|s\.gif|trans|clear|dot|default_?img)[\w-]{0,12}\.(?:gif|png|svg|jpe?g|webp)(?:\?|$)/i;
const TRACKER =
  /^https?:\/\/(?:[\w-]+\.)*(?:doubleclick\.net|google-analytics\.com|scorecardresearch\.com|hm\.baidu\.com|cnzz\.com|quantserve\.com|irs01\.(?:com|net)|facebook\.com\/tr\b|bat\.bing\.com|sb\.scorecardresearch\.com|b\.scorecardresearch\.com|imrworldwide\.com|chartbeat\.(?:com|net))/i;

/**
 * The address of the real picture of an `<img>`: lazy attributes before `src`, the largest of a `srcset`.
 * Null for spacers, tracking pixels and pictures declared to be 1 or 2 pixels small.
 */
export function pictureAddress(img: Element, base: string): string | null {
  if (isTiny(img)) return null;
  for (const name of LAZY_ATTRIBUTES) {
    const url = usable(img.attribs[name], base, name !== 'file' && name !== 'data-url' && name !== 'original');
    if (url !== null) return url;
  }
  const source = usable(img.attribs.src, base, true);
  const set = fromSets(img, base);
  if (set !== null && (source === null || set.width > 0)) return set.url;
  return source ?? set?.url ?? null;
}

/** The largest candidate of the first set-like attribute that holds one. */
function fromSets(element: Element, base: string): { url: string; width: number } | null {
  for (const name of LAZY_SETS) {
    const best = largest(element.attribs[name], base);
    if (best !== null) return best;
  }
  return null;
}

/** The best `<source>` of a `<picture>` for an image that has no address of its own. */
export function sourceAddress(source: Element, base: string): string | null {
  return fromSets(source, base)?.url ?? usable(source.attribs.src, base, true);
}

/** The largest picture of a `srcset`: by width, else by density. Commas inside addresses are understood. */
function largest(srcset: string | undefined, base: string): { url: string; width: number } | null {
  if (srcset === undefined || srcset.length > 65_536) return null;
  let best: { url: string; width: number } | null = null;
  // A candidate is an address without white space, then an optional descriptor, then a comma or the end.
  for (const match of srcset.matchAll(/([^\s,][^\s]{0,4000})(?:\s+([\d.]{1,12})([wxh]))?\s*(?:,|$)/g)) {
    const raw = (match[1] ?? '').replace(/,+$/, '');
    const url = usable(raw, base, true);
    const size = Number(match[2] ?? 1) * (match[3] === 'w' ? 1 : 0.001);
    if (url !== null && (best === null || size > best.width)) best = { url, width: size };
  }
  return best;
}

function usable(raw: string | undefined, base: string, anyName: boolean): string | null {
  if (raw === undefined) return null;
  const value = raw.trim();
  if (value === '' || value === '#' || /^(?:data|about|javascript|blob):/i.test(value)) return null;
  if (!anyName && !/[/.]/.test(value)) return null;
  const url = webAddress(value, base);
  return url === null || SPACER.test(url) || TRACKER.test(url) || url === base ? null : url;
}

function isTiny(img: Element): boolean {
  for (const name of ['width', 'height'] as const) {
    const value = img.attribs[name];
    if (value !== undefined && /^\s*[012](?:px)?\s*$/.test(value)) return true;
  }
  return /(?:^|;)\s*(?:width|height)\s*:\s*[01](?:px)?\s*(?:;|$)/i.test((img.attribs.style ?? '').slice(0, 500));
}

/** The address in a CSS `background` or `background-image`, or null. */
export function backgroundAddress(element: Element, base: string): string | null {
  const style = (element.attribs.style ?? '').slice(0, 4000);
  const match = /background(?:-image)?\s*:[^;]{0,200}?url\(\s*["']?([^"')]{1,2000})["']?\s*\)/i.exec(style);
  return match === null ? null : usable(match[1], base, true);
}
