import type { Reference } from '../types.ts';
import { findBare } from './bare.ts';
import type { Format } from './source.ts';

/** What is written in place of `[start, end)` of the text. */
export interface Spelling {
  start: number;
  end: number;
  written: string;
}

type Place = Pick<Reference, 'form' | 'start' | 'end' | 'raw'>;

/** How a new address is written in the place of an occurrence so that reading it again gives that address. */
export function spell(text: string, place: Place, address: string, format: Format): Spelling {
  const { start, end } = place;
  const at = (written: string): Spelling => ({ start, end, written });
  if (format === 'json') return at(JSON.stringify(address).slice(1, -1));
  if (format === 'csv') return at(inCell(text, place, address));
  if (inAttribute(text, place, format)) return at(attribute(address));
  if (place.form === 'bare' || place.form === 'autolink') return pointed(text, place, address, format);
  return at(destination(address));
}

/** Characters that no serialised URL holds and that would end an address in most places, percent-encoded. */
function plain(address: string): string {
  return address.replace(/[\s\p{Cc}<>"`]/gu, encodeURIComponent);
}

function inAttribute(text: string, place: Place, format: Format): boolean {
  if (format === 'html' || format === 'bookmarks' || format === 'opml' || place.form === 'html') return true;
  if (place.form !== 'image') return false;
  // `<img src=…>` in Markdown: no Markdown destination stands behind a quote or an equals sign.
  return /["'=]\s*$/.test(text.slice(Math.max(0, place.start - 50), place.start));
}

/** For quoted and unquoted attributes alike; a bar would end a cell of a Markdown table. */
function attribute(address: string): string {
  return address.replaceAll('&', '&amp;').replace(/["'<>|`\s]/g, (char) => `&#${char.charCodeAt(0)};`);
}

/** A destination of an inline link, image or definition, with or without pointed brackets around it. */
function destination(address: string): string {
  const escaped = plain(address)
    .replaceAll('\\', '\\\\')
    .replaceAll('|', '\\|')
    .replace(/&(?=#?[a-z0-9]+;)/gi, '\\&');
  return isBalanced(escaped) ? escaped : escaped.replace(/[()]/g, '\\$&');
}

function isBalanced(text: string): boolean {
  let depth = 0;
  for (const char of text) {
    if (char === '(') depth += 1;
    if (char === ')') depth -= 1;
    // More than 32 levels need no support by CommonMark.
    if (depth < 0 || depth > 30) return false;
  }
  return depth === 0;
}

/** An address in running text or in `<…>`; what can stand in neither becomes an inline link with the old text. */
function pointed(text: string, place: Place, address: string, format: Format): Spelling {
  const { start, end, form, raw } = place;
  const safe = plain(address).replaceAll('|', '%7C');
  if (!/^https?:\/\//i.test(safe)) {
    if (format !== 'markdown') return { start, end, written: safe };
    const label = raw.replace(/[\\[\]*_`<>&~|]/g, '\\$&');
    const link = `[${label}](${destination(address)})`;
    return form === 'autolink' ? { start: start - 1, end: end + 1, written: link } : { start, end, written: link };
  }
  if (form === 'autolink') return { start, end, written: safe };
  const bracketed = text.charAt(start - 1) === '<';
  const written = format === 'markdown' ? safe.replace(/&(?=#?[a-z0-9]+;)/gi, '&amp;') : safe;
  const [first] = findBare((bracketed ? '<' : '') + written + text.slice(end, end + 100));
  // Parentheses and marks at an end are cut off bare addresses by rules that look at what stands around them.
  const plainly = format !== 'markdown' || !/[[\]\\()!]/.test(written);
  const stands = plainly && first !== undefined && first.end - (bracketed ? 1 : 0) === written.length;
  if (stands) return { start, end, written };
  // What would be cut short or run on without brackets around it gets them.
  return {
    start,
    end,
    written: `<${[...safe].map((char) => (char > '~' ? encodeURIComponent(char) : char)).join('')}>`,
  };
}

/** A cell: as it is where that can be, else in quotes, else percent-encoded. */
function inCell(text: string, place: Place, address: string): string {
  const before = text.charAt(place.start - 1);
  if (before === '"') return address.replaceAll('"', '""');
  if (!/[",;\t\r\n]/.test(address)) return address;
  const wholeCell =
    /[,;\t\r\n\ufeff]?/.exec(before)?.[0] === before && /^(?:[,;\t\r\n]|$)/.test(text.slice(place.end, place.end + 1));
  return wholeCell ? `"${address.replaceAll('"', '""')}"` : address.replace(/[",;\t\r\n]/g, encodeURIComponent);
}
