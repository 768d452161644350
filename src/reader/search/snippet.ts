import { findLiteral } from './query.ts';
import { fold } from './terms.ts';

/** A piece of a snippet; `hit` is true for what was searched for. */
export interface SnippetPiece {
  text: string;
  hit: boolean;
}

/** What a text shows of a query. */
export interface Snippet {
  /** Literals that do not occur. */
  missing: string[];
  /** Occurrences of all literals together, counted up to 999. */
  count: number;
  pieces: SnippetPiece[];
}

const BEFORE = 24;
const LENGTH = 120;

/** Places of the literals in a folded text, in order, none overlapping another; at most `most`. */
export function findPlaces(folded: string, literals: readonly string[], most = 999): { start: number; end: number }[] {
  const places: { start: number; end: number }[] = [];
  for (const literal of literals) {
    let at = findLiteral(folded, literal);
    for (let n = 0; at >= 0 && n < most; n++) {
      places.push({ start: at, end: at + literal.length });
      at = findLiteral(folded, literal, at + literal.length);
    }
  }
  places.sort((a, b) => a.start - b.start || b.end - a.end);
  const apart: typeof places = [];
  let end = 0;
  for (const place of places) {
    if (place.start < end) continue;
    apart.push(place);
    end = place.end;
  }
  return apart.slice(0, most);
}

/** A stretch of about 120 characters that shows as many different literals as one stretch can, with the hits marked. */
export function makeSnippet(text: string, literals: readonly string[]): Snippet {
  const folded = fold(text);
  const missing = literals.filter((literal) => findLiteral(folded, literal) < 0);
  const places = findPlaces(folded, literals);
  const first = bestStart(folded, places);
  if (first === null) return { missing, count: 0, pieces: [] };
  let start = Math.max(0, first - BEFORE);
  const broken = text.lastIndexOf('\n', first - 1);
  if (broken >= start) start = broken + 1;
  else if (isTrail(text, start)) start++;
  let end = Math.min(text.length, start + LENGTH);
  if (isTrail(text, end)) end--;
  const pieces: SnippetPiece[] = [];
  const put = (from: number, to: number, hit: boolean) => {
    if (to > from) pieces.push({ text: text.slice(from, to).replace(/\s+/g, ' '), hit });
  };
  let at = start;
  if (start > 0 && broken + 1 !== start) pieces.push({ text: '…', hit: false });
  for (const place of places) {
    if (place.start < at || place.end > end) continue;
    put(at, place.start, false);
    put(place.start, place.end, true);
    at = place.end;
  }
  put(at, end, false);
  if (end < text.length) pieces.push({ text: '…', hit: false });
  return { missing, count: places.length, pieces };
}

function isTrail(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff;
}

/** The place from which most different hits are in reach; the earliest of the best. */
function bestStart(folded: string, places: readonly { start: number; end: number }[]): number | null {
  let best: number | null = null;
  let most = 0;
  for (const [at, place] of places.slice(0, 200).entries()) {
    const seen = new Set<string>();
    for (let other = at; other < places.length; other++) {
      const next = places[other];
      if (next === undefined || next.end > place.start + LENGTH - BEFORE) break;
      seen.add(folded.slice(next.start, next.end));
    }
    if (seen.size > most) {
      most = seen.size;
      best = place.start;
    }
  }
  return best ?? places[0]?.start ?? null;
}
