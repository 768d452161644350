const VOID = new Set(
  'area base br col embed hr img input link meta param source track wbr basefont frame isindex'.split(' '),
);
const RAW = new Set('script style textarea title xmp plaintext iframe noembed noframes'.split(' '));

/** Which open elements a tag closes by itself (HTML's optional end tags, as htmlparser2 knows them). */
const CLOSES: Readonly<Record<string, readonly string[]>> = {
  li: ['li'],
  td: ['td', 'th', 'thead'],
  th: ['th'],
  tr: ['tr', 'td', 'th'],
  option: ['option'],
};

/**
 * Leaves out the tags of elements that stand deeper than `limit`, in one pass over the text; their content stays.
 * Only for markup that is nested beyond reason: it is exact about depth, not about every rule of HTML.
 */
export function withoutDeepTags(html: string, limit: number): string {
  return new Flattener(html, limit).run();
}

class Flattener {
  readonly #html: string;
  readonly #limit: number;
  readonly #open: string[] = [];
  /** How many elements of a name were left out and still wait for their end tag. */
  readonly #left = new Map<string, number>();
  readonly #parts: string[] = [];

  constructor(html: string, limit: number) {
    this.#html = html;
    this.#limit = limit;
  }

  run(): string {
    const html = this.#html;
    let from = 0;
    for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at)) {
      if (html.startsWith('<!--', at)) {
        const end = html.indexOf('-->', at + 4);
        at = end < 0 ? html.length : end + 3;
        continue;
      }
      const name = nameAt(html, at);
      const end = name === null ? at + 1 : tagEnd(html, at);
      if (name !== null && !this.#keeps(name, html[at + 1] === '/', html[end - 2] === '/')) {
        this.#parts.push(html.slice(from, at));
        from = end;
      }
      at = name !== null && RAW.has(name) && html[at + 1] !== '/' ? rawEnd(html, end, name) : end;
    }
    this.#parts.push(html.slice(from));
    return this.#parts.join('');
  }

  #keeps(name: string, closing: boolean, selfClosing: boolean): boolean {
    return closing ? this.#close(name) : this.#opens(name, selfClosing);
  }

  #opens(name: string, selfClosing: boolean): boolean {
    if (VOID.has(name) || RAW.has(name)) return true;
    const closes = CLOSES[name];
    while (closes?.includes(this.#open[this.#open.length - 1] ?? '')) this.#open.pop();
    if (this.#open.length >= this.#limit) {
      if (!selfClosing) this.#left.set(name, (this.#left.get(name) ?? 0) + 1);
      return false;
    }
    this.#open.push(name);
    return true;
  }

  #close(name: string): boolean {
    const left = this.#left.get(name) ?? 0;
    if (left > 0) {
      this.#left.set(name, left - 1);
      return false;
    }
    const at = this.#open.lastIndexOf(name);
    if (at >= 0) this.#open.length = at;
    return at >= 0 || RAW.has(name) || name === 'p' || name === 'br';
  }
}

function nameAt(html: string, at: number): string | null {
  const start = html[at + 1] === '/' ? at + 2 : at + 1;
  if (!/[a-zA-Z]/.test(html.charAt(start))) return null;
  let end = start;
  while (end < html.length && end - start < 64 && !/[\s/>]/.test(html.charAt(end))) end++;
  return html.slice(start, end).toLowerCase();
}

/** Where the tag that begins at `at` ends, quotes respected. */
function tagEnd(html: string, at: number): number {
  let quote = '';
  for (let index = at + 1; index < html.length; index++) {
    const char = html.charAt(index);
    if (quote !== '') {
      if (char === quote) quote = '';
    } else if ((char === '"' || char === "'") && /[=\s]/.test(html.charAt(index - 1))) {
      quote = char;
    } else if (char === '>') {
      return index + 1;
    }
  }
  return html.length;
}

function rawEnd(html: string, from: number, name: string): number {
  const pattern = new RegExp(`</${name}`, 'gi');
  pattern.lastIndex = from;
  const match = pattern.exec(html);
  return match === null ? html.length : match.index;
}
