import type { Problem } from '../types.ts';

/** No person writes a line of so many bytes of UTF-8; it is a slip of the clipboard or somebody's game. */
const LONG_LINE = 65_536;

/** Lines that are too long to be meant, code `source/long-line`; their links are read all the same. */
export function longLines(file: string, text: string): Problem[] {
  const found: Problem[] = [];
  for (const [index, line] of text.split(/\r\n|\n|\r/).entries()) {
    const bytes = line.length * 3 < LONG_LINE ? 0 : utf8Length(line);
    if (bytes < LONG_LINE) continue;
    const message = `this line is ${Math.round(bytes / 1024)} KiB long; its links are checked, but break it up so that their places can be found`;
    found.push({ file, line: index + 1, column: null, code: 'source/long-line', message });
  }
  return found;
}

function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** Turns offsets of a text into lines and columns, both from 1; `\n`, `\r\n` and `\r` end a line. */
export class Lines {
  readonly #starts: number[] = [0];

  constructor(text: string) {
    // A byte order mark is no character of the first line: editors count without it.
    if (text.charCodeAt(0) === 0xfeff) this.#starts[0] = 1;
    for (const ending of text.matchAll(/\r\n|\n|\r/g)) this.#starts.push(ending.index + ending[0].length);
  }

  /** Line and column (UTF-16 code units) of an offset. */
  at(offset: number): { line: number; column: number } {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: Math.max(1, offset - (this.#starts[low] ?? 0) + 1) };
  }

  /** Offset at which a line begins; the end of the text for a line that is not there. */
  startOf(line: number): number {
    return this.#starts[line - 1] ?? Number.POSITIVE_INFINITY;
  }

  get count(): number {
    return this.#starts.length;
  }
}
