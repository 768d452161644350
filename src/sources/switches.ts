import type { Lines } from './lines.ts';

const DIRECTIVE = /^\s*linkark-(disable-next-line|disable-line|disable|enable)(?![\w-])/;

/**
 * The comments by which a list takes links out of the check: `<!-- linkark-disable -->` up to
 * `<!-- linkark-enable -->` or the end, `<!-- linkark-disable-line -->` for the line it stands on, and
 * `<!-- linkark-disable-next-line -->` for the next line that is not blank.
 */
export class Switches {
  readonly #comments: { what: string; start: number; end: number }[] = [];

  /** Takes note of a comment if it is a switch. Offsets enclose it; comments come in the order of the file. */
  comment(value: string, start: number, end: number): void {
    const what = DIRECTIVE.exec(value)?.[1];
    if (what !== undefined) this.#comments.push({ what, start, end });
  }

  /** Those of the occurrences that are not switched off, in their order (that of the file). */
  filter<T extends { at: number }>(found: T[], text: string, lines: Lines): T[] {
    if (this.#comments.length === 0) return found;
    const off = new Set<number>();
    const ranges: { start: number; end: number }[] = [];
    let next = 0;
    for (const { what, start, end } of this.#comments) {
      const last = ranges.at(-1);
      const open = last !== undefined && last.end === Number.POSITIVE_INFINITY;
      if (what === 'disable' && !open) ranges.push({ start, end: Number.POSITIVE_INFINITY });
      if (what === 'enable' && open) last.end = start;
      if (what === 'disable-line') off.add(lines.at(start).line);
      if (what === 'disable-next-line') {
        const line = lines.at(end - 1).line;
        // Of many comments before the same blank lines only the first goes over these.
        if (line >= next) next = nextLine(line, text, lines);
        off.add(next);
      }
    }
    let range = 0;
    return found.filter(({ at }) => {
      while (range < ranges.length && at >= (ranges[range]?.end ?? 0)) range += 1;
      const current = ranges[range];
      if (current !== undefined && at >= current.start) return false;
      return off.size === 0 || !off.has(lines.at(at).line);
    });
  }
}

function nextLine(after: number, text: string, lines: Lines): number {
  let line = after + 1;
  while (line < lines.count && text.slice(lines.startOf(line), lines.startOf(line + 1)).trim() === '') line += 1;
  return line;
}
