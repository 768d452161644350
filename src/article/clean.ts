import type { AnyNode, Element } from 'domhandler';
import type { ElementContent, Element as HastElement, Properties, Root } from 'hast';
import type { Picture } from '../types.ts';
import { linkAddress, webAddress } from './address.ts';
import { isCodeTable, readCode } from './code.ts';
import { Composer, type Inline } from './compose.ts';
import { type Formula, formulaOf } from './formula.ts';
import { backgroundAddress, pictureAddress, sourceAddress } from './pictures.ts';
import { surveyTables } from './tables.ts';
import { BLOCK, DROPPED, FLOW, INLINE, LINE } from './vocabulary.ts';

/** What a platform makes of an element that only it understands. */
export type Rewrite =
  /** Leave the element out with all it holds. */
  | 'drop'
  /** Keep the content, not the element. */
  | 'unwrap'
  | { kind: 'text'; text: string; block?: boolean }
  /**
   * `embed` marks film or sound that can not be kept: a named link in HTML and Markdown, nothing in the plain text.
   * `picture` is the address of the picture that a card shows beside the words.
   */
  | { kind: 'link'; text: string; url: string; block?: boolean; embed?: boolean; picture?: string }
  | { kind: 'picture'; url: string; alt: string }
  | { kind: 'formula'; tex: string; display: boolean }
  | { kind: 'code'; text: string; language: string | null }
  /** A note that is referred to here; its text is put at the end of the article. */
  | { kind: 'footnote'; text: string; url: string | null };

export interface CleanOptions {
  /** Absolute address that relative ones are resolved against. */
  base: string;
  /** Elements left out with all they hold. */
  drop?: ReadonlySet<AnyNode>;
  /** Address of an `<img>`; undefined: decide by the general rules; null: it is no picture of the article. */
  pictureUrl?: (img: Element) => string | null | undefined;
  /** Address of a link that goes through a redirector; undefined: the link's own. */
  linkUrl?: (a: Element) => string | undefined;
  /** Asked for every element first; undefined: the general rules. */
  rewrite?: (element: Element) => Rewrite | undefined;
  /** Keep pictures that are set as CSS backgrounds. */
  backgrounds?: boolean;
}

export interface CleanTree {
  tree: Root;
  /** In order of appearance, every address once. */
  pictures: Picture[];
}

type Step = AnyNode | { leave: () => void };

/**
 * Makes the clean tree of an article from nodes of a page: only elements and attributes of the allow-list, absolute
 * addresses, lazy pictures resolved, wrappers dissolved into paragraphs. Does not change the nodes. Linear in the size
 * of the input and iterative, so depth does not matter.
 */
export function cleanTree(nodes: Iterable<AnyNode>, options: CleanOptions): CleanTree {
  return new Cleaner(options).run([...nodes]);
}

class Cleaner {
  readonly #options: CleanOptions;
  readonly #out = new Composer();
  readonly #pictures = new Map<string, Picture>();
  /** Address of the picture that nothing has followed yet. */
  #lastPicture: string | null = null;
  readonly #footnotes: { text: string; url: string | null }[] = [];
  readonly #steps: Step[] = [];
  #tables: ReturnType<typeof surveyTables> = new Map();
  #pictureSource: string | null = null;

  constructor(options: CleanOptions) {
    this.#options = options;
  }

  run(nodes: AnyNode[]): CleanTree {
    this.#tables = surveyTables(nodes);
    this.#push(nodes);
    for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) {
      if ('leave' in step) step.leave();
      else this.#visit(step);
    }
    this.#out.finish();
    this.#writeFootnotes();
    return { tree: this.#out.root, pictures: [...this.#pictures.values()] };
  }

  #push(nodes: readonly AnyNode[]): void {
    for (let at = nodes.length - 1; at >= 0; at--) {
      const node = nodes[at];
      if (node !== undefined) this.#steps.push(node);
    }
  }

  #visit(node: AnyNode): void {
    if (this.#options.drop?.has(node)) return;
    if (node.type === 'text') {
      if (node.data.trim() !== '') this.#lastPicture = null;
      this.#out.text(node.data);
    } else if (node.type === 'root' || node.type === 'cdata') this.#push(node.children);
    else if (node.type === 'tag' || node.type === 'script' || node.type === 'style') this.#element(node);
  }

  #element(element: Element): void {
    const rewrite = this.#options.rewrite?.(element);
    const formula = rewrite === undefined ? formulaOf(element) : null;
    const { name } = element;
    if (rewrite !== undefined && rewrite !== 'unwrap') this.#rewrite(rewrite);
    else if (formula !== null) this.#formula(formula);
    else if (rewrite === 'unwrap') this.#dissolve(element);
    else if (!this.#leaf(element) && !DROPPED.has(name)) this.#container(element);
  }

  /** Elements that stand for themselves; false where it is none of them. */
  #leaf(element: Element): boolean {
    const { name } = element;
    if (name === 'img' || name === 'amp-img' || name === 'image') this.#image(element);
    else if (name === 'noscript') this.#noscript(element);
    else if (name === 'br') this.#out.lineBreak();
    else if (name === 'hr') this.#out.block({ type: 'element', tagName: 'hr', properties: {}, children: [] });
    else if (name === 'input') this.#checkbox(element);
    else if (name === 'iframe' || name === 'video' || name === 'audio' || name === 'embed') this.#media(element);
    else return false;
    return true;
  }

  #container(element: Element): void {
    const { name } = element;
    if (this.#options.backgrounds === true) this.#background(element);
    const isCode = name === 'pre' || name === 'listing' || name === 'xmp' || (name === 'table' && isCodeTable(element));
    if (isCode) this.#code(element);
    else if (name === 'picture') this.#pictureElement(element);
    else if (name === 'table' || this.#tables.has(element)) this.#table(element);
    else if (FLOW.has(name) && !isRunawayHeading(element)) this.#flow(element);
    else if (BLOCK.has(name)) this.#dissolve(element);
    else this.#inline(element);
  }

  #dissolve(element: Element): void {
    if (BLOCK.has(element.name)) {
      this.#out.boundary();
      this.#steps.push({ leave: () => this.#out.boundary() });
    }
    this.#push(element.children);
  }

  #flow(element: Element): void {
    const { name } = element;
    const properties: Properties = {};
    const start = Number.parseInt(element.attribs.start ?? '', 10);
    if (name === 'ol' && Number.isInteger(start) && start > 1 && start < 1e6) properties.start = start;
    const mode = LINE.has(name) ? 'line' : name === 'ul' || name === 'ol' ? 'list' : 'flow';
    if (this.#out.open(name, properties, mode)) this.#steps.push({ leave: () => this.#out.close() });
    this.#push(element.children);
  }

  #table(element: Element): void {
    const role = this.#tables.get(element);
    if (role === undefined || role === 'layout') {
      this.#dissolve(element);
      return;
    }
    const properties: Properties = {};
    for (const [attribute, property] of [
      ['colspan', 'colSpan'],
      ['rowspan', 'rowSpan'],
    ] as const) {
      const span = Number.parseInt(element.attribs[attribute] ?? '', 10);
      if (span > 1 && span <= 100 && (role === 'td' || role === 'th')) properties[property] = span;
    }
    const mode = role === 'td' || role === 'th' ? 'flow' : role === 'caption' ? 'line' : 'rows';
    const cell = mode === 'flow';
    if (this.#out.open(role, properties, mode)) this.#steps.push({ leave: () => this.#out.close(cell) });
    this.#push(element.children);
  }

  #inline(element: Element): void {
    const inline = this.#inlineOf(element);
    if (inline !== null && this.#out.openInline(inline)) this.#steps.push({ leave: () => this.#out.closeInline() });
    this.#push(element.children);
  }

  #inlineOf(element: Element): Inline | null {
    const tagName = INLINE[element.name];
    if (tagName === undefined) return null;
    const properties: Properties = {};
    if (tagName === 'a') {
      const href = linkAddress(this.#options.linkUrl?.(element) ?? element.attribs.href, this.#options.base);
      if (href === null) return null;
      properties.href = href;
    }
    if (tagName === 'abbr' && element.attribs.title) properties.title = element.attribs.title.slice(0, 300);
    return { tagName, properties, key: `${tagName} ${properties.href ?? properties.title ?? ''}` };
  }

  #code(element: Element): void {
    const { text, language } = readCode(element);
    this.#codeBlock(text, language);
  }

  #codeBlock(text: string, language: string | null): void {
    if (text.trim() === '') return;
    const properties: Properties = language === null ? {} : { className: [`language-${language}`] };
    const code: HastElement = {
      type: 'element',
      tagName: 'code',
      properties,
      children: [{ type: 'text', value: text }],
    };
    this.#out.block({ type: 'element', tagName: 'pre', properties: {}, children: [code] });
  }

  #formula({ tex, display }: Formula): void {
    const className = ['math', display ? 'math-display' : 'math-inline'];
    const children: ElementContent[] = [{ type: 'text', value: tex }];
    if (display) this.#out.block({ type: 'element', tagName: 'div', properties: { className }, children });
    else this.#out.literal({ type: 'element', tagName: 'span', properties: { className }, children });
  }

  #image(img: Element): void {
    const chosen = this.#options.pictureUrl?.(img);
    const url = chosen === undefined ? pictureAddress(img, this.#options.base) : webAddress(chosen, this.#options.base);
    const fallback = chosen === undefined ? this.#pictureSource : null;
    const address = url ?? fallback;
    if (address !== null) this.#picture(address, img.attribs.alt ?? '');
  }

  #picture(url: string, rawAlt: string): void {
    // The same picture twice with nothing between is a twin for another kind of screen; farther apart it is meant.
    if (this.#lastPicture === url) return;
    this.#lastPicture = url;
    const alt = rawAlt
      .replace(/[\s\0]+/g, ' ')
      .trim()
      .slice(0, 1000);
    if (this.#out.full) return;
    if (!this.#pictures.has(url)) this.#pictures.set(url, { url, alt, asset: null });
    this.#out.literal({ type: 'element', tagName: 'img', properties: { src: url, alt }, children: [] });
  }

  #pictureElement(element: Element): void {
    const before = this.#pictureSource;
    for (const child of element.children) {
      if (child.type === 'tag' && child.name === 'source') {
        this.#pictureSource ??= sourceAddress(child, this.#options.base);
      }
    }
    this.#steps.push({
      leave: () => {
        this.#pictureSource = before;
      },
    });
    this.#push(element.children);
  }

  /** The twin of a lazy picture for readers without scripts: kept only where the picture itself showed no address. */
  #noscript(element: Element): void {
    const twin = nextTo(element);
    if (twin !== null && pictureAddress(twin, this.#options.base) !== null) return;
    for (const child of element.children) {
      if (child.type === 'tag' && (child.name === 'img' || child.name === 'picture')) this.#push([child]);
    }
  }

  #background(element: Element): void {
    const url = backgroundAddress(element, this.#options.base);
    if (url !== null) this.#picture(url, '');
  }

  #checkbox(input: Element): void {
    if (input.attribs.type?.toLowerCase() !== 'checkbox') return;
    const properties: Properties = { type: 'checkbox', disabled: true };
    if (input.attribs.checked !== undefined) properties.checked = true;
    this.#out.literal({ type: 'element', tagName: 'input', properties, children: [] });
  }

  /** Film and sound can not be kept; they are named with their address. */
  #media(element: Element): void {
    const source = element.children.find((child) => child.type === 'tag' && child.name === 'source');
    const inner = source !== undefined && source.type === 'tag' ? source.attribs.src : undefined;
    const raw = element.attribs.src || element.attribs['data-src'] || element.attribs['data-original'] || inner;
    const url = webAddress(raw, this.#options.base);
    if (url === null) return;
    const known = /youtube|youtu\.be|vimeo|bilibili|v\.qq\.com|youku|iqiyi|ixigua|acfun|soundcloud|spotify|music\.163/;
    if (
      element.name !== 'video' &&
      element.name !== 'audio' &&
      !known.test(new URL(url).hostname + new URL(url).pathname)
    )
      return;
    const title = (element.attribs.title ?? '').replace(/\s+/g, ' ').trim().slice(0, 200);
    this.#link(title === '' ? url : title, url, true, ['embed']);
  }

  #link(text: string, raw: string, block: boolean, className?: string[]): void {
    const href = linkAddress(raw, this.#options.base);
    if (block) this.#out.boundary();
    if (href === null) {
      this.#out.text(text);
    } else {
      const properties: Properties = className === undefined ? { href } : { href, className };
      const children: ElementContent[] = [{ type: 'text', value: text }];
      this.#out.literal({ type: 'element', tagName: 'a', properties, children });
    }
    if (block) this.#out.boundary();
  }

  #rewrite(rewrite: Exclude<Rewrite, 'unwrap'>): void {
    if (rewrite === 'drop') return;
    const block = 'block' in rewrite && rewrite.block === true;
    if (block) this.#out.boundary();
    if (rewrite.kind === 'formula') this.#formula(rewrite);
    else if (rewrite.kind === 'link') {
      this.#link(rewrite.text, rewrite.url, block, rewrite.embed === true ? ['embed'] : undefined);
      const shown = webAddress(rewrite.picture, this.#options.base);
      if (shown !== null) this.#picture(shown, '');
    } else if (rewrite.kind === 'code') this.#codeBlock(rewrite.text, rewrite.language);
    else if (rewrite.kind === 'footnote') this.#footnote(rewrite);
    else if (rewrite.kind === 'text') this.#out.text(rewrite.text);
    else {
      const url = webAddress(rewrite.url, this.#options.base);
      if (url !== null) this.#picture(url, rewrite.alt);
    }
    if (block) this.#out.boundary();
  }

  #footnote({ text, url }: { text: string; url: string | null }): void {
    const known = this.#footnotes.findIndex((note) => note.text === text && note.url === url);
    const number = known >= 0 ? known + 1 : this.#footnotes.push({ text, url });
    const id = known >= 0 ? {} : { id: `fnref-${number}` };
    this.#out.literal(
      element('sup', {}, [
        element('a', { href: `#user-content-fn-${number}`, ...id, dataFootnoteRef: true }, [
          { type: 'text', value: `[${number}]` },
        ]),
      ]),
    );
  }

  #writeFootnotes(): void {
    if (this.#footnotes.length === 0) return;
    const items = this.#footnotes.map(({ text, url }, at) => {
      const href = linkAddress(url, this.#options.base);
      const words: ElementContent[] = text === '' ? [] : [{ type: 'text', value: text }];
      const link = href === null ? [] : [element('a', { href }, [{ type: 'text', value: href }])];
      const gap: ElementContent[] = words.length > 0 && link.length > 0 ? [{ type: 'text', value: ' ' }] : [];
      return element('li', { id: `fn-${at + 1}` }, [...words, ...gap, ...link]);
    });
    this.#out.block(element('section', { className: ['footnotes'] }, [element('ol', {}, items)]));
  }
}

/** A heading that was never closed holds the rest of the page. */
function isRunawayHeading({ name, children }: Element): boolean {
  if (!/^h[1-6]$/.test(name)) return false;
  let blocks = 0;
  for (const child of children)
    if (child.type === 'tag' && (FLOW.has(child.name) || TEXT_BLOCKS.has(child.name))) blocks++;
  return blocks > 1;
}

const TEXT_BLOCKS = new Set(['p', 'table', 'pre', 'div']);

function element(tagName: string, properties: Properties, children: ElementContent[]): HastElement {
  return { type: 'element', tagName, properties, children };
}

/** The picture directly before or after a `<noscript>`, looking one level into a wrapper. */
function nextTo(noscript: Element): Element | null {
  for (const direction of ['prev', 'next'] as const) {
    let node = noscript[direction];
    for (let steps = 0; node !== null && steps < 3 && node.type !== 'tag'; steps++) node = node[direction];
    if (node === null || node.type !== 'tag') continue;
    if (node.name === 'img') return node;
    const inner = node.children.find((child) => child.type === 'tag' && child.name === 'img');
    if (inner !== undefined && inner.type === 'tag') return inner;
  }
  return null;
}
