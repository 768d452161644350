import type { Span } from '../types.ts';

const MARKER_CHARS = 80;
const PER_MONTH = 6;
const MAX_SPANS = 120;

/**
 * Adds an outcome to a history and returns it anew; the very same array where nothing changed. A span lasts until
 * the next one begins. Bounded: of a month with more than six changes the first three and the last three stay, and
 * of the whole the first and the latest 119.
 */
export function extendHistory(history: readonly Span[], span: Span): readonly Span[] {
  const next: Span = { from: span.from, verdict: span.verdict, reason: span.reason };
  if (span.marker !== undefined && span.marker !== '') next.marker = span.marker.slice(0, MARKER_CHARS);
  const last = history[history.length - 1];
  if (
    last !== undefined &&
    last.verdict === next.verdict &&
    last.reason === next.reason &&
    last.marker === next.marker
  ) {
    return history;
  }
  const month = next.from.slice(0, 7);
  const extended = [...history, next];
  const ofMonth = extended.filter((entry) => entry.from.startsWith(month));
  const dropped = ofMonth.length > PER_MONTH ? ofMonth[PER_MONTH / 2] : undefined;
  const thinned = extended.filter((entry) => entry !== dropped);
  return thinned.length > MAX_SPANS ? thinned.filter((_, index) => index !== 1) : thinned;
}
