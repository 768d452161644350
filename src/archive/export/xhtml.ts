import { Parser } from 'htmlparser2';
import { escapeMarkup } from '../markup.ts';

/** Elements that may stand in a chapter; of others only the content stays. */
const KEPT = new Set(
  `p div span section article h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre code em strong b i u s sub sup small mark
  del ins table thead tbody tfoot tr td th caption figure figcaption a br hr q cite abbr ruby rt rp`.split(/\s+/),
);
const DROPPED = new Set(
  'script style iframe object embed template noscript title svg math video audio select button form'.split(' '),
);
/** These only make sense inside their own parents; a stray one is let go. The letter stands for one in `CONTENT`. */
const PARENTS: Readonly<Record<string, { parents: readonly string[]; letter: string }>> = {
  li: { parents: ['ul', 'ol'], letter: 'l' },
  tr: { parents: ['table', 'thead', 'tbody', 'tfoot'], letter: 'r' },
  td: { parents: ['tr'], letter: 'd' },
  th: { parents: ['tr'], letter: 'd' },
  thead: { parents: ['table'], letter: 'h' },
  tbody: { parents: ['table'], letter: 'b' },
  tfoot: { parents: ['table'], letter: 'f' },
  caption: { parents: ['table'], letter: 'c' },
  dt: { parents: ['dl'], letter: 't' },
  dd: { parents: ['dl'], letter: 'd' },
  figcaption: { parents: ['figure'], letter: 'c' },
  rt: { parents: ['ruby'], letter: 't' },
  rp: { parents: ['ruby'], letter: 'p' },
};
/** What may stand in these, one letter a child, `x` for anything without a letter (HTML, content models). */
const CONTENT: Readonly<Record<string, RegExp>> = {
  ul: /^l*$/,
  ol: /^l*$/,
  dl: /^(?:t+d+)*$/,
  table: /^c?h?(?:b*|r+)f?$/,
  thead: /^r*$/,
  tbody: /^r*$/,
  tfoot: /^r*$/,
  tr: /^d*$/,
  figure: /^(?:c?x*|x*c)$/,
  ruby: /^(?:x+(?:t|ptp))+$/,
};
const RUBY = new Set(['ruby', 'rt', 'rp']);
const DEEPEST = 200;

/** An element that is open or closed: where its tags stand in the output, and what it was seen to hold. */
interface Element {
  name: string;
  /** False where only its content stays. */
  written: boolean;
  start: number;
  end: number;
  content: string;
  /** Children that only make sense in it. */
  parts: Element[];
}

/**
 * Clean HTML as well-formed XHTML with nothing but what books show. One pass, no tree. Where a list, table or the like
 * holds what it must not, it becomes plain blocks: books are refused for less.
 */
export function toXhtml(html: string, pictures: ReadonlyMap<string, string>): string {
  const writer = new Writer(pictures);
  const parser = new Parser(
    {
      onopentag: (name, attributes) => writer.open(name, attributes),
      onclosetag: (name) => writer.close(name),
      ontext: (text) => writer.text(text),
    },
    { decodeEntities: true },
  );
  parser.end(html);
  return writer.result();
}

class Writer {
  readonly #pictures: ReadonlyMap<string, string>;
  readonly #out: string[] = [];
  readonly #open: Element[] = [];
  #skipped = 0;

  constructor(pictures: ReadonlyMap<string, string>) {
    this.#pictures = pictures;
  }

  result(): string {
    return this.#out.join('');
  }

  open(name: string, attributes: Record<string, string>): void {
    if (this.#skipped > 0 || DROPPED.has(name)) {
      this.#skipped++;
      return;
    }
    if (name === 'img') this.#leaf(imageTag(attributes, this.#pictures));
    else if (name === 'br' || name === 'hr') this.#leaf(`<${name}/>`);
    else this.#begin(name, attributes);
  }

  close(name: string): void {
    if (this.#skipped > 0) {
      this.#skipped--;
      return;
    }
    if (name === 'img' || name === 'br' || name === 'hr') return;
    const element = this.#open.pop();
    if (element?.written !== true) return;
    element.end = this.#out.push(`</${element.name}>`) - 1;
    const parent = this.#parent();
    if (CONTENT[element.name]?.test(element.content) === false) this.#demote(element);
    const isPart = PARENTS[element.name] !== undefined;
    if (parent === null) return;
    if (isPart) parent.parts.push(element);
    // A part that had to become a plain block is nothing that its parent may hold.
    parent.content += (this.#isDemoted(element) ? null : PARENTS[element.name]?.letter) ?? 'x';
  }

  text(text: string): void {
    if (this.#skipped > 0) return;
    this.#out.push(escapeMarkup(text));
    if (text.trim() !== '') this.#holdsOther();
  }

  #begin(name: string, attributes: Record<string, string>): void {
    const parent = this.#parent()?.name ?? 'section';
    const fits = PARENTS[name]?.parents.includes(parent) ?? true;
    const written = KEPT.has(name) && fits && parent !== 'rp' && this.#open.length < DEEPEST;
    const start = written ? this.#out.push(`<${name}${attributesOf(name, attributes)}>`) - 1 : -1;
    this.#open.push({ name, written, start, end: -1, content: '', parts: [] });
  }

  #leaf(markup: string): void {
    const inText = this.#parent()?.name === 'rp';
    this.#out.push(inText ? '' : markup);
    this.#holdsOther();
  }

  #holdsOther(): void {
    const parent = this.#parent();
    if (parent !== null && !parent.content.endsWith('xx')) parent.content += 'x';
  }

  #parent(): Element | null {
    return this.#open.findLast(({ written }) => written) ?? null;
  }

  /** Makes plain blocks of an element and its parts; of ruby only the text stays. */
  #demote(top: Element): void {
    const open = [top];
    for (let element = open.pop(); element !== undefined; element = open.pop()) {
      const plain = RUBY.has(element.name) ? null : 'div';
      this.#out[element.start] = plain === null ? '' : `<${plain}>`;
      this.#out[element.end] = plain === null ? '' : `</${plain}>`;
      open.push(...element.parts);
    }
  }

  #isDemoted({ name, start }: Element): boolean {
    return this.#out[start]?.startsWith(`<${name}`) !== true;
  }
}

function imageTag(attributes: Record<string, string>, pictures: ReadonlyMap<string, string>): string {
  const alt = escapeMarkup(attributes.alt ?? '');
  const asset = pictures.get(attributes.src ?? '');
  return asset === undefined ? alt : `<img src="${escapeMarkup(asset)}" alt="${alt}"/>`;
}

function attributesOf(name: string, attributes: Record<string, string>): string {
  if (name === 'a') {
    const href = attributes.href ?? '';
    return /^https?:\/\/[^\s]+$/i.test(href) ? ` href="${escapeMarkup(href)}"` : '';
  }
  if (name !== 'td' && name !== 'th') return '';
  return ['colspan', 'rowspan']
    .filter((key) => /^[1-9]\d{0,2}$/.test(attributes[key] ?? ''))
    .map((key) => ` ${key}="${attributes[key]}"`)
    .join('');
}
