import { sha256 } from './disk.ts';
import type { StoredPage, StoredPicture } from './door.ts';
import { compareText } from './json.ts';

/** The parts of a page that decide whether it changed. */
export interface Content {
  title: string | null;
  text: string;
  pictures: readonly Pick<StoredPicture, 'url' | 'asset'>[];
  partial: boolean;
}

/** Text with what does not count taken out: Unicode form, white space (Chinese is broken anywhere), invisible characters. */
function normaliseText(text: string): string {
  if (!BEYOND_ASCII.test(text)) return withoutSpaces(text);
  return text
    .normalize('NFC')
    .replace(/[\u00ad\u200b-\u200d\u2060\ufeff]/g, '')
    .replace(/\s+/g, '');
}

const BEYOND_ASCII = /[^\0-\x7f]/;

/** The same for ASCII, in which every sixth character is a space: in place, without a piece for every word. */
function withoutSpaces(text: string): string {
  const bytes = Buffer.from(text, 'latin1');
  let length = 0;
  for (const byte of bytes) if (byte !== 32 && (byte < 9 || byte > 13)) bytes[length++] = byte;
  return bytes.toString('latin1', 0, length);
}

/** Address of a picture without what signs or resizes it: host and path. */
export function pictureKey(url: string): string {
  try {
    const { hostname, pathname } = new URL(url);
    return `${hostname}${pathname}`;
  } catch {
    return url;
  }
}

/** SHA-256 over title, text and the set of pictures: their bytes where kept, else their addresses. Order is noise. */
export function contentHash(content: Content): string {
  const pictures = new Set(content.pictures.map((picture) => picture.asset ?? `url:${pictureKey(picture.url)}`));
  return sha256(
    JSON.stringify([normaliseText(content.title ?? ''), normaliseText(content.text), [...pictures].sort(compareText)]),
  );
}

/** True where the only news is that pictures could be had which the kept version lacks. */
export function onlyFillsPictures(kept: StoredPage, fresh: Content): boolean {
  if (normaliseText(kept.title ?? '') !== normaliseText(fresh.title ?? '')) return false;
  if (normaliseText(kept.text) !== normaliseText(fresh.text)) return false;
  const had = new Set(kept.pictures.flatMap((picture) => picture.asset ?? []));
  const has = new Set(fresh.pictures.flatMap((picture) => picture.asset ?? []));
  const lacked = new Set(kept.pictures.flatMap((picture) => (picture.asset === null ? pictureKey(picture.url) : [])));
  if ([...had].some((asset) => !has.has(asset))) return false;
  return fresh.pictures.every(
    (picture) => picture.asset === null || had.has(picture.asset) || lacked.has(pictureKey(picture.url)),
  );
}

const WORTH = 200;
/** A character that counts. */
const COUNTS = /[^\s\u00ad\u200b-\u200d\u2060\ufeff]/;

/** Why a fresh page must not replace the kept one: it is empty, cut, or much shorter; null where it may. */
export function whyPoorer(kept: Content | null, fresh: Content): string | null {
  const pictures = fresh.pictures.filter((picture) => picture.asset !== null).length;
  if (pictures === 0 && !COUNTS.test(fresh.text)) return 'the page holds neither text nor pictures';
  if (kept === null) return null;
  const chars = countChars(fresh.text);
  const before = countChars(kept.text);
  const picturesBefore = kept.pictures.filter((picture) => picture.asset !== null).length;
  const share = before === 0 ? 1 : chars / before;
  const percent = `${Math.floor(share * 100)} % of the kept text`;
  if (chars === 0 && before > 0 && pictures <= picturesBefore) return 'the page has no text any more';
  if (fresh.partial && !kept.partial && share < 0.9) return `only a part is shown now (${percent})`;
  if (before >= WORTH && share < 0.4) return `much shorter: ${percent}`;
  if (before >= WORTH && share < 0.8 && kept.title !== null && fresh.title === null) return `no title, and ${percent}`;
  if (before < WORTH && picturesBefore > 0 && pictures === 0 && share < 0.9) return `no pictures, and ${percent}`;
  return null;
}

function countChars(text: string): number {
  return normaliseText(text).length;
}
