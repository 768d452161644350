import { Parser } from 'htmlparser2';
import type { KeptPicture } from './input.ts';
import { escapeHtml, Markup, toHtml } from './markup.ts';
import { renderFormula } from './math.ts';
import type { Language } from './strings.ts';
import { h, labelled, phrase, webAddress } from './view.ts';

/** Elements of an article that may come into a page. Foreign HTML is cleaned when it is kept, and held to this list again. */
const KEPT: ReadonlySet<string> = new Set(
  (
    'p br hr h1 h2 h3 h4 h5 h6 blockquote ul ol li dl dt dd pre code em strong del ins u sub sup mark q cite kbd samp ' +
    'var abbr small ruby rt rp img figure figcaption details summary table caption thead tbody tfoot tr td th a'
  ).split(' '),
);
/** Left out with all they hold. */
const DROPPED: ReadonlySet<string> = new Set(
  'script style template noscript iframe object embed svg math title textarea select audio video canvas head'.split(
    ' ',
  ),
);
const VOID: ReadonlySet<string> = new Set(['br', 'hr', 'img']);
/** Elements that may stand only in these. */
const PARENTS: Readonly<Record<string, readonly string[]>> = {
  li: ['ul', 'ol'],
  dt: ['dl'],
  dd: ['dl'],
  tr: ['table', 'thead', 'tbody', 'tfoot'],
  td: ['tr'],
  th: ['tr'],
  thead: ['table'],
  tbody: ['table'],
  tfoot: ['table'],
  caption: ['table'],
  summary: ['details'],
  figcaption: ['figure'],
  rt: ['ruby'],
  rp: ['ruby'],
};
const DEEPEST = 120;
/** Pictures up to this many pixels high and wide are signs within a line. */
const GLYPH = 48;

export interface BodyOptions {
  language: Language;
  /** From the page to archive/, such as `../../`. */
  root: string;
  pictures: readonly KeptPicture[];
}

interface Open {
  name: string;
  close: string;
  /** Where its opening stands in the output; an `<a>` without words is taken back. */
  at: number;
}

/** A formula whose element is open: its depth in the source, and what it holds so far. */
interface Formula {
  depth: number;
  display: boolean;
  tex: string;
}

/** The clean HTML of a kept page as part of a reader page: pictures from assets/, formulas set, nothing that could run or fetch. */
export function renderBody(html: string, options: BodyOptions): Markup {
  const writer = new BodyWriter(html, options);
  let lines: LineParser | null = null;
  let from = 0;
  while (from < html.length) {
    const end = html.indexOf('\n', from) + 1 || html.length;
    const line = html.slice(from, end);
    from = end;
    if (lines === null && writer.plainLine(line)) continue;
    lines ??= new LineParser(writer);
    if (lines.write(line)) lines = null;
  }
  lines?.end();
  return new Markup(writer.finish());
}

/** Hands lines of any kind to the writer. */
class LineParser {
  readonly #parser: Parser;
  readonly #writer: BodyWriter;
  #written = 0;
  /** Where the last text ended. */
  #textEnd = -1;

  constructor(writer: BodyWriter) {
    this.#writer = writer;
    this.#parser = new Parser(
      {
        onopentag: (name, attribs) => writer.open(name, attribs),
        ontext: (text) => {
          this.#textEnd = this.#parser.endIndex;
          writer.text(text);
        },
        onclosetag: (name) => writer.close(name),
      },
      { decodeEntities: true },
    );
  }

  /** True where what was given is a whole: every element is closed, and the line ended in text, not within a tag or reference. */
  write(line: string): boolean {
    this.#parser.write(line);
    this.#written += line.length;
    return this.#writer.isWhole && this.#textEnd === this.#written - 1;
  }

  end(): void {
    this.#parser.end();
  }
}

const LINE = /^<(p|h[1-6])>(.*)<\/\1>\n?$/;
const LINK = /<a href="(https?:\/\/[\w.~:/?#[\]@!$()*+,;=%-]+)">([^<]*)<\/a>/;

/** Text of the clean copy, in which `&` and `<` alone are references; null where there is more in it. */
function plainText(text: string): string | null {
  if (text.includes('<') || /&(?!#x(?:26|3C);)/.test(text)) return null;
  return escapeHtml(text.replace(/&#x(?:26|3C);/g, (reference) => (reference === '&#x26;' ? '&' : '<')));
}

class BodyWriter {
  readonly #options: BodyOptions;
  readonly #out: string[] = [];
  readonly #open: Open[] = [];
  readonly #ids = new Set<string>();
  readonly #byUrl: Map<string, KeptPicture>;
  readonly #shift: number;
  /** Depth inside a dropped element, 0 outside. */
  #dropped = 0;
  #formula: Formula | null = null;
  /** Elements of any kind open in the source. */
  #depth = 0;
  /** Is there something to read since the last `<a>`? */
  #words = false;

  constructor(html: string, options: BodyOptions) {
    this.#options = options;
    this.#byUrl = new Map(options.pictures.map((picture) => [picture.url, picture]));
    const levels = [...html.matchAll(/<h([1-6])[\s>]/gi)].map((found) => Number(found[1]));
    this.#shift = 2 - levels.reduce((least, level) => Math.min(least, level), 6);
  }

  /** Is every element of the source closed? */
  get isWhole(): boolean {
    return this.#depth === 0;
  }

  /**
   * Takes a paragraph or heading of words and links alone, as most lines of most pages are; false for any other line,
   * which the parser is for.
   */
  plainLine(line: string): boolean {
    const [, name, inside] = LINE.exec(line) ?? [];
    if (name === undefined || inside === undefined || this.#open.length > 0) return false;
    const tag = name === 'p' ? name : this.#headingFor(name);
    let out = `<${tag}>`;
    // Split by a pattern with two groups: text, address, words, text, address, words, text.
    for (const [at, part] of inside.split(LINK).entries()) {
      if (at % 3 === 1) {
        out += `<a href="${part}" rel="noreferrer noopener">`;
        continue;
      }
      const text = plainText(part);
      if (text === null || (at % 3 === 2 && !/\S/.test(part))) return false;
      out += at % 3 === 2 ? `${text}</a>` : text;
    }
    this.#out.push(`${out}</${tag}>${line.endsWith('\n') ? '\n' : ''}`);
    return true;
  }

  #headingFor(name: string): string {
    return `h${Math.min(6, Number(name.charAt(1)) + this.#shift)}`;
  }

  open(name: string, attribs: Record<string, string>): void {
    this.#depth++;
    if (this.#dropped > 0 || this.#formula !== null) {
      if (this.#dropped > 0) this.#dropped++;
      return;
    }
    if (DROPPED.has(name)) {
      this.#dropped = 1;
      return;
    }
    const classes = ` ${attribs.class ?? ''} `;
    if (/ math-(?:display|inline) /.test(classes)) {
      this.#formula = { depth: this.#depth, display: classes.includes(' math-display '), tex: '' };
    } else if (name === 'img') this.#picture(attribs);
    else if (name === 'input') this.#out.push(attribs.type === 'checkbox' ? ('checked' in attribs ? '☑ ' : '☐ ') : '');
    else if (KEPT.has(name) && this.#fits(name)) this.#start(name, attribs);
  }

  text(text: string): void {
    if (this.#dropped > 0) return;
    if (this.#formula !== null) this.#formula.tex += text;
    else {
      this.#out.push(escapeHtml(text));
      this.#words ||= /\S/.test(text);
    }
  }

  close(name: string): void {
    const depth = this.#depth--;
    if (this.#dropped > 0) {
      this.#dropped--;
      return;
    }
    if (this.#formula !== null) {
      if (this.#formula.depth === depth) this.#endFormula(this.#formula);
      return;
    }
    const last = this.#open[this.#open.length - 1];
    if (last === undefined || last.name !== name || VOID.has(name)) return;
    this.#open.pop();
    if (name === 'a' && !this.#words) this.#out[last.at] = '';
    else this.#out.push(last.close);
  }

  finish(): string {
    for (let last = this.#open.pop(); last !== undefined; last = this.#open.pop()) this.#out.push(last.close);
    return this.#out.join('');
  }

  #fits(name: string): boolean {
    const parent = this.#open[this.#open.length - 1]?.name ?? '';
    if (this.#open.length >= DEEPEST) return false;
    if (name === 'a' && this.#open.some((open) => open.name === 'a')) return false;
    if ((parent === 'ul' || parent === 'ol') && name !== 'li') return false;
    return PARENTS[name]?.includes(parent) ?? true;
  }

  #endFormula({ tex, display }: Formula): void {
    this.#formula = null;
    this.#out.push(renderFormula(tex.trim(), display).html);
    this.#words = true;
  }

  #start(name: string, attribs: Record<string, string>): void {
    if (VOID.has(name)) {
      this.#out.push(`<${name}>`);
      return;
    }
    const tag = /^h[1-6]$/.test(name) ? this.#headingFor(name) : name;
    const [before, attributes, after] = this.#dress(name, attribs);
    this.#open.push({ name, close: `</${tag}>${after}`, at: this.#out.length });
    if (name === 'a') this.#words = false;
    this.#out.push(`${before}<${tag}${attributes}>`);
  }

  /** What stands before an element, its attributes, and what stands after it. */
  #dress(name: string, attribs: Record<string, string>): [string, string, string] {
    const id = this.#id(attribs.id);
    switch (name) {
      case 'a': {
        const href = attribs.href ?? '';
        if (/^#./.test(href)) return ['', `${id} href="#${escapeHtml(safeId(href.slice(1)))}"`, ''];
        const address = webAddress(href) ?? (/^mailto:[^\s]/i.test(href) ? href : null);
        return ['', address === null ? id : `${id} href="${escapeHtml(address)}" rel="noreferrer noopener"`, ''];
      }
      case 'table': {
        const scroll = {
          class: 'scroll',
          tabindex: '0',
          role: 'group',
          ...labelled(this.#options.language, 'aria-label', 'tableLabel'),
        };
        return [toHtml(h('div', scroll)).replace('</div>', ''), id, '</div>'];
      }
      case 'pre':
        return ['', `${id} tabindex="0"`, ''];
      case 'td':
      case 'th':
        return ['', number('colspan', attribs, /^[1-9]\d?$/) + number('rowspan', attribs, /^[1-9]\d?$/), ''];
      case 'ol':
        return ['', number('start', attribs, /^-?\d{1,6}$/), ''];
      default:
        return ['', id, ''];
    }
  }

  #id(id: string | undefined): string {
    if (id === undefined || id === '') return '';
    const safe = safeId(id);
    if (this.#ids.has(safe)) return '';
    this.#ids.add(safe);
    return ` id="${escapeHtml(safe)}"`;
  }

  #picture(attribs: Record<string, string>): void {
    const source = attribs.src ?? '';
    const kept = this.#byUrl.get(source);
    const asset = assetPath(kept?.asset ?? source);
    const alt = (attribs.alt ?? kept?.alt ?? '').trim();
    if (alt !== '') this.#words = true;
    if (asset === null) {
      this.#words = true;
      this.#out.push(toHtml(missing(this.#options.language, alt)));
      return;
    }
    const { width = null, height = null } = kept ?? {};
    const size = width !== null && height !== null && width > 0 && height > 0 ? { width, height } : null;
    const glyph = size !== null && size.width <= GLYPH && size.height <= GLYPH;
    this.#out.push(
      toHtml(
        h('img', {
          src: this.#options.root + asset,
          alt,
          class: glyph ? 'glyph' : null,
          width: size === null ? null : String(size.width),
          height: size === null ? null : String(size.height),
          loading: 'lazy',
          decoding: 'async',
        }),
      ),
    );
  }
}

function missing(language: Language, alt: string) {
  return h('span', { class: 'picture-missing' }, phrase(language, 'pictureMissing'), alt === '' ? null : `: ${alt}`);
}

/** Ids of an article get a prefix, so that none meets one of the page's own. */
function safeId(id: string): string {
  return `c-${id.replace(/\s+/g, '-').slice(0, 80)}`;
}

/** An attribute that holds a number of this shape; nothing where it holds another or none. */
function number(name: string, attribs: Record<string, string>, shape: RegExp): string {
  const value = attribs[name] ?? '';
  return shape.test(value) ? ` ${name}="${value}"` : '';
}

/** Path of a kept picture below archive/, from its own path or a relative one; null for anything else. */
function assetPath(source: string): string | null {
  return (
    /(?:^|\/)(assets\/[0-9a-f]{2}\/[0-9a-f]{64}\.[a-z0-9]{1,5})$/.exec(
      /^[a-z][a-z0-9+.-]*:|^\/\//i.test(source) ? '' : source,
    )?.[1] ?? null
  );
}
