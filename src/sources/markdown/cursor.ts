/** Goes along one line by columns, as CommonMark counts indents: a tab leads to the next multiple of four. */
export class Cursor {
  readonly #text: string;
  readonly end: number;
  at: number;
  #column = 0;
  /** Columns of a tab that was taken in part. */
  #spare = 0;

  constructor(text: string, start: number, end: number) {
    this.#text = text;
    this.at = start;
    this.end = end;
  }

  /** Columns of white space from here on. */
  get indent(): number {
    let column = this.#column;
    for (let at = this.at; at < this.end; at += 1) {
      const char = this.#text.charAt(at);
      if (char === '\t') column += 4 - (column % 4);
      else if (char === ' ') column += 1;
      else break;
    }
    return column - this.#column + this.#spare;
  }

  /** The first character that is no white space; empty at the end of the line. */
  get char(): string {
    const at = this.first;
    return at < this.end ? this.#text.charAt(at) : '';
  }

  /** Offset of the first character that is no white space. */
  get first(): number {
    let at = this.at;
    while (at < this.end && /[ \t]/.test(this.#text.charAt(at))) at += 1;
    return at;
  }

  /** What is left of the line from its first character that is no white space. */
  get rest(): string {
    return this.#text.slice(this.first, this.end);
  }

  /** Goes over so many columns of white space, or as many as there are. */
  skip(columns: number): void {
    let left = columns;
    const spare = Math.min(left, this.#spare);
    this.#spare -= spare;
    left -= spare;
    while (left > 0 && this.at < this.end) {
      const char = this.#text.charAt(this.at);
      const width = char === '\t' ? 4 - (this.#column % 4) : char === ' ' ? 1 : 0;
      if (width === 0) return;
      this.at += 1;
      this.#column += width;
      this.#spare = Math.max(0, width - left);
      left -= Math.min(width, left);
    }
  }

  /** Goes over all white space and then over so many characters. */
  take(characters: number): void {
    this.skip(this.indent);
    this.at += characters;
    this.#column += characters;
  }
}
