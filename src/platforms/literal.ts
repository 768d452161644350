/**
 * Reads the object literals that pages print into their scripts, such as WeChat's `window.cgiDataNew = {…}` and
 * Toutiao's `BASE_DATA = {…}`: JavaScript, not JSON, with values such as `JsDecode('…')`, `'123' * 1`, `'' || 'x'` and
 * `'x'.slice(6, -6)`. Nothing is evaluated: only literals are understood, calls read as what they are called on or,
 * where that is no literal, as their first argument; any other expression reads as null. Iterative and bounded, for the
 * page is not ours.
 */

export type Literal = string | number | boolean | null | Literal[] | { [key: string]: Literal };
type Container = Literal[] | { [key: string]: Literal };

/** More nodes, or a deeper nesting, than any real page has (about 5 000 and 8). */
const MAX_NODES = 400_000;
const MAX_DEPTH = 64;

/**
 * The literal that begins with `{` or `[` at `start`, or null where it is none or exceeds the bounds.
 * Objects have no prototype, so that a key such as `__proto__` is only a key.
 */
export function parseLiteral(source: string, start: number): Literal {
  const reader = new Reader(source, start);
  const root = reader.open();
  if (root === null) return null;
  const stack: Container[] = [root];
  for (let nodes = 0; nodes < MAX_NODES; nodes++) {
    const top = stack.at(-1);
    if (top === undefined) return root;
    if (reader.closes(top)) {
      stack.pop();
      continue;
    }
    const key = Array.isArray(top) ? null : reader.key();
    if (reader.failed) return null;
    const inner = reader.open();
    put(top, key, inner ?? reader.scalar());
    if (inner !== null && stack.push(inner) > MAX_DEPTH) return null;
    if (reader.failed) return null;
  }
  return null;
}

function put(container: Container, key: string | null, value: Literal): void {
  if (Array.isArray(container)) container.push(value);
  else if (key !== null) container[key] = value;
}

class Reader {
  readonly #source: string;
  #at: number;
  failed = false;

  constructor(source: string, start: number) {
    this.#source = source;
    this.#at = start;
  }

  /** A new container where one begins here. */
  open(): Container | null {
    this.#skip();
    const char = this.#source[this.#at];
    if (char !== '{' && char !== '[') return null;
    this.#at++;
    return char === '[' ? [] : Object.create(null);
  }

  /** Steps over commas; true where the container ends here. */
  closes(container: Container): boolean {
    this.#skip();
    while (this.#source[this.#at] === ',') {
      this.#at++;
      this.#skip();
    }
    const char = this.#source[this.#at];
    if (char === undefined) this.failed = true;
    if (char !== (Array.isArray(container) ? ']' : '}')) return false;
    this.#at++;
    return true;
  }

  key(): string | null {
    const key = this.#string() ?? this.#word();
    this.#skip();
    if (key === null || this.#source[this.#at] !== ':') this.failed = true;
    this.#at++;
    return key;
  }

  /** A scalar expression up to the next comma or closing bracket; strings decide, `* 1` makes them numbers. */
  scalar(): Literal {
    let value: Literal = null;
    let depth = 0;
    for (;;) {
      this.#skip();
      const char = this.#source[this.#at];
      if (char === undefined) this.failed = true;
      if (char === undefined || (depth === 0 && (char === ',' || char === '}' || char === ']'))) return value;
      if (char === '(' && value !== null) {
        this.#arguments();
        continue;
      }
      if (char === '(') depth++;
      if (char === ')') depth = Math.max(0, depth - 1);
      const part = this.#part();
      if (part === 'times-one') value = toNumber(value);
      else if (part !== null && (value === null || value === '')) value = part.value;
    }
  }

  /** Steps over the arguments of a call on a value that is known already, strings and patterns as one piece each. */
  #arguments(): void {
    for (let depth = 0; ; ) {
      this.#skip();
      const char = this.#source[this.#at];
      if (char === undefined || this.failed) break;
      if (this.#string() !== null) continue;
      if (char === '/') this.#at = endOfString(this.#source, this.#at);
      if (this.#at < 0) break;
      this.#at++;
      if (char === '(') depth++;
      if (char === ')' && --depth === 0) return;
    }
    this.failed = true;
  }

  #part(): { value: Literal } | 'times-one' | null {
    const text = this.#string();
    if (text !== null) return { value: text };
    if (/^\*\s*1(?!\d)/.test(this.#source.slice(this.#at, this.#at + 16))) {
      this.#at = this.#source.indexOf('1', this.#at) + 1;
      return 'times-one';
    }
    const word = this.#word();
    if (word === 'JsDecode') return { value: this.#decoded() };
    if (word === 'true' || word === 'false') return { value: word === 'true' };
    if (word !== null) return /^\d/.test(word) ? { value: Number(word) } : null;
    this.#at++;
    return null;
  }

  #decoded(): string | null {
    this.#skip();
    if (this.#source[this.#at] !== '(') return null;
    this.#at++;
    this.#skip();
    const text = this.#string();
    this.#skip();
    if (this.#source[this.#at] === ')') this.#at++;
    return text === null ? null : jsDecode(text);
  }

  #word(): string | null {
    const pattern = /[\w$.]+/y;
    pattern.lastIndex = this.#at;
    const word = pattern.exec(this.#source)?.[0] ?? null;
    this.#at += word?.length ?? 0;
    return word;
  }

  #string(): string | null {
    const quote = this.#source[this.#at];
    if (quote !== "'" && quote !== '"') return null;
    const end = endOfString(this.#source, this.#at);
    if (end === -1) {
      this.failed = true;
      return null;
    }
    const text = unescapeString(this.#source.slice(this.#at + 1, end));
    this.#at = end + 1;
    return text;
  }

  /** White space and comments. */
  #skip(): void {
    for (;;) {
      const pattern = /\s+/y;
      pattern.lastIndex = this.#at;
      this.#at += pattern.exec(this.#source)?.[0].length ?? 0;
      if (this.#source[this.#at] !== '/') return;
      const line = this.#source[this.#at + 1] === '/';
      if (!line && this.#source[this.#at + 1] !== '*') return;
      const end = this.#source.indexOf(line ? '\n' : '*/', this.#at + 2);
      this.#at = end === -1 ? this.#source.length : end + (line ? 1 : 2);
    }
  }
}

function toNumber(value: Literal): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
  return Number.isFinite(number) ? number : null;
}

/** Index of the closing quote of the string that opens at `start`, or -1. */
export function endOfString(source: string, start: number): number {
  const quote = source[start];
  for (let at = start + 1; at < source.length; at++) {
    const char = source[at];
    if (char === '\\') at++;
    else if (char === quote) return at;
    else if (char === '\n') return -1;
  }
  return -1;
}

const SIMPLE: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', v: '\v', '0': '\0' };

/** The value of a JavaScript string literal's inside: `\x22`, `\u4e00`, `\u{1f600}`, `\n`, line continuations. */
export function unescapeString(raw: string): string {
  if (!raw.includes('\\')) return raw;
  return raw.replace(
    /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|u\{([\da-fA-F]{1,6})\}|(\r\n|[\s\S]))/g,
    (_, byte?: string, unit?: string, point?: string, char?: string) => {
      const code = byte ?? unit ?? point;
      if (code !== undefined) return codePoint(Number.parseInt(code, 16));
      if (char === undefined || char === '\n' || char === '\r\n') return '';
      return SIMPLE[char] ?? char;
    },
  );
}

function codePoint(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : '';
}

/** What the page's own `JsDecode` does: undoes one further level of escapes, the backslash first. */
function jsDecode(text: string): string {
  if (!text.includes('\\x')) return text;
  return text
    .replaceAll('\\x5c', '\\')
    .replaceAll('\\x0d', '\r')
    .replaceAll('\\x22', '"')
    .replaceAll('\\x26', '&')
    .replaceAll('\\x27', "'")
    .replaceAll('\\x3c', '<')
    .replaceAll('\\x3e', '>')
    .replaceAll('\\x0a', '\n');
}
