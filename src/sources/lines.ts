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
