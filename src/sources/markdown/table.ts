import type { Span } from './piece.ts';

/** The cells of a table's row between two offsets, without the white space around them (GFM: only `\|` is no border). */
export function cellsOf(text: string, start: number, end: number): Span[] {
  const cells: Span[] = [];
  let from = start;
  const add = (to: number): void => {
    const written = text.slice(from, to);
    const trimmed = written.trimStart();
    const first = from + written.length - trimmed.length;
    cells.push({ start: first, end: first + trimmed.trimEnd().length });
    from = to + 1;
  };
  if (text.charAt(from) === '|') from += 1;
  for (let at = from; at < end; at += 1) {
    const char = text.charAt(at);
    if (char === '\\') at += 1;
    else if (char === '|') add(at);
  }
  if (text.slice(from, end).trim() !== '') add(end);
  return cells;
}

/** How many columns the row beneath a table's head says that there are; null where the line is no such row. */
export function columnsOf(line: string): number | null {
  if (!/^[ \t|:-]+$/.test(line)) return null;
  const cells = cellsOf(line, 0, line.length);
  const all = cells.every(({ start, end }) => /^:?-+:?$/.test(line.slice(start, end)));
  return all && cells.length > 0 ? cells.length : null;
}
