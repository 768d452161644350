const TAG = /<(\/?)[a-z][a-z0-9-]*/iy;
const ATTRIBUTE = /\s+[a-z_:][\w.:-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']*'|"[^"]*"))?/iy;
const CLOSE = /\s*\/?>/y;
const END = /\s*>/y;
/** How a piece of HTML that is no tag begins, and what ends it. */
const OTHERS = [
  ['<!--', '-->'],
  ['<?', '?>'],
  ['<![CDATA[', ']]>'],
  ['<!', '>'],
] as const;
/** Characters of unfinished tags that may be looked at for each character of the text. */
const WASTE = 8;

/** Finds where pieces of inline HTML end, by CommonMark's rules. In linear time: what leads nowhere is not tried for ever. */
export class TagScanner {
  readonly #text: string;
  /** Ends that come no more. */
  readonly #missing = new Set<string>();
  #waste: number;

  constructor(text: string) {
    this.#text = text;
    this.#waste = text.length * WASTE;
  }

  /** The offset behind the piece of HTML that begins at `at`, or null where none does. */
  endOf(at: number): number | null {
    const text = this.#text;
    for (const [start, end] of OTHERS) {
      if (!text.startsWith(start, at)) continue;
      if (start === '<!' && !/[a-z]/i.test(text.charAt(at + 2))) return null;
      if (start === '<!--' && /^-?>/.test(text.slice(at + 4, at + 6))) return text.indexOf('>', at) + 1;
      return this.#after(end, at + start.length);
    }
    return this.#waste > 0 ? this.#tag(at) : null;
  }

  #after(end: string, from: number): number | null {
    if (this.#missing.has(end)) return null;
    const found = this.#text.indexOf(end, from);
    if (found >= 0) return found + end.length;
    this.#missing.add(end);
    return null;
  }

  #tag(at: number): number | null {
    TAG.lastIndex = at;
    const tag = TAG.exec(this.#text);
    if (tag === null) return null;
    let from = TAG.lastIndex;
    if (tag[1] === '') {
      for (ATTRIBUTE.lastIndex = from; ATTRIBUTE.test(this.#text); ) from = ATTRIBUTE.lastIndex;
    }
    const close = tag[1] === '' ? CLOSE : END;
    close.lastIndex = from;
    if (close.test(this.#text)) return close.lastIndex;
    this.#waste -= from - at;
    return null;
  }
}
