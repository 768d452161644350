import type { Element, ElementContent, Properties, Root } from 'hast';
import { plainHast } from './text.ts';

/** How deep kept blocks may stand inside one another; deeper ones are dissolved into their content. */
const MAX_BLOCKS = 24;
/** How many inline elements may stand inside one another. */
const MAX_INLINES = 8;
/**
 * How many elements and texts a tree may hold. What comes after them is kept as text in long paragraphs: writing costs
 * time by the number of nodes, and no article has so many (the longest specifications and novels have some 30 000).
 */
const MAX_NODES = 50_000;
/** A paragraph of what comes after them ends only when it is so long, in characters. */
const LONG = 1000;

/** An inline element that is open in the source; it comes into being when the first text or picture inside arrives. */
export interface Inline {
  tagName: string;
  properties: Properties;
  key: string;
}

interface Frame {
  node: Element | Root;
  /** `flow` wraps inline content in paragraphs, `line` holds it directly, `list` wraps it in items, `rows` holds none. */
  mode: 'flow' | 'line' | 'list' | 'rows';
  /** Paragraph or line that inline content goes to at present. */
  run: Element | null;
  /** Inline elements open in the run, outermost first. */
  nest: { inline: Inline; node: Element }[];
  /** Does the run end in white space (or has not begun), so that further white space collapses? */
  spaced: boolean;
  /** Line breaks seen since the last content of the run. */
  breaks: number;
  /** White space seen since the last content, not yet written. */
  pending: string;
  /** Characters in the run so far. */
  length: number;
}

/** Invisible and control characters: a terminal that shows page.md would obey them. */
const CONTROL = /(?![\t\n\r\f])[\p{Cc}\u200b\ufeff\u2060]/gu;

const CJK_END = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]$/;
const CJK_START = /^[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]/;
/** White space of HTML and the spaces with which Chinese pages indent; zero-width characters count as nothing. */
const SPACES = /[\s\u00a0\u3000\u200b\ufeff\u2060]+/g;

/** Texts without a match have neither invisible characters nor white space to collapse. */
const UNEVEN = / {2}|[^ -~\u00a1-\u02ff\u2010-\u2027\u3001-\u30ff\u3400-\u9fff\uff01-\uff60]/;

/**
 * Builds a clean tree from a stream of text, line breaks, pictures and opened or closed elements. Paragraphs are made
 * from runs of inline content, whatever wrappers the source used, so the result is flat and its depth is bounded.
 */
export class Composer {
  readonly root: Root = { type: 'root', children: [] };
  #frames: Frame[] = [frame(this.root, 'flow')];
  #active: Inline[] = [];
  #nodes = 0;

  /** True when the tree holds as much as it may: from here on only text is taken. */
  get full(): boolean {
    return this.#nodes >= MAX_NODES;
  }

  get #top(): Frame {
    const top = this.#frames[this.#frames.length - 1];
    if (top === undefined) throw new Error('The root frame was closed');
    return top;
  }

  /** Opens an inline element; true where it was taken (and has to be closed). */
  openInline(inline: Inline): boolean {
    if (this.#active.length >= MAX_INLINES || this.full) return false;
    if (this.#active.some((open) => open.tagName === inline.tagName)) return false;
    this.#active.push(inline);
    return true;
  }

  closeInline(): void {
    this.#active.pop();
  }

  /**
   * Opens a kept block; false where it stands too deep or in a heading, and then its content belongs to the block around.
   */
  open(tagName: string, properties: Properties, mode: Frame['mode']): boolean {
    this.boundary();
    if (this.#frames.length > MAX_BLOCKS || this.#top.mode === 'line') return false;
    // The cells of a table that has begun are let in: text has no place between them.
    if (this.full && this.#top.mode !== 'rows') return false;
    this.#nodes++;
    this.#frames.push(frame({ type: 'element', tagName, properties, children: [] }, mode));
    return true;
  }

  /** Closes the block that was opened last and adds it to the one around it, unless it is empty. */
  close(keepEmpty = false): void {
    this.#end();
    if (this.#frames.length === 1) return;
    const done = this.#frames.pop();
    if (done === undefined || done.node.type === 'root') return;
    settle(done.node);
    if (!keepEmpty && !hasContent(done.node)) return;
    this.#add(done.node);
  }

  /** Adds a finished block. */
  block(node: Element): void {
    this.boundary();
    if (this.full) {
      this.text(plainHast(node));
      this.boundary();
      return;
    }
    this.#nodes++;
    this.#add(node);
  }

  /** Ends the paragraph under way. */
  boundary(): void {
    if (this.full && this.#top.length < LONG) this.#space(' ');
    else this.#end();
  }

  /** Ends the last paragraph. */
  finish(): void {
    this.#end();
  }

  #end(): void {
    const top = this.#top;
    const run = top.run;
    if (top.mode === 'line') {
      if (run !== null) top.breaks = Math.max(top.breaks, 1);
      return;
    }
    top.run = null;
    top.nest = [];
    top.spaced = true;
    top.breaks = 0;
    top.pending = '';
    top.length = 0;
    if (run === null || run.children.length === 0) return;
    if (top.mode === 'list') {
      top.node.children.push({ type: 'element', tagName: 'li', properties: {}, children: run.children });
    } else if (top.mode === 'flow') {
      top.node.children.push(run);
    }
  }

  /** A line break of the source; two in a row end the paragraph. */
  lineBreak(): void {
    const top = this.#top;
    if (top.run === null) return;
    if (this.full) {
      this.#space(' ');
      return;
    }
    top.breaks++;
    top.spaced = true;
    top.pending = '';
    if (top.breaks >= 2 && top.mode !== 'line') this.boundary();
  }

  /** Text of the source, white space collapsed as in HTML. */
  text(value: string): void {
    const words = UNEVEN.test(value) ? even(value) : value;
    const body = words.trim();
    if (words !== '' && /^\s/.test(words)) this.#space(words[0] ?? ' ');
    if (body === '') return;
    this.#write(body);
    if (/\s$/.test(words)) this.#space(words[words.length - 1] ?? ' ');
  }

  /** Text that is kept to the letter (code inside a line, a formula). */
  literal(node: ElementContent): void {
    if (this.full) {
      if (node.type === 'element') this.text(plainHast(node));
      return;
    }
    this.#nodes++;
    const parent = this.#place('x');
    if (parent !== null) parent.children.push(node);
  }

  #space(kind: string): void {
    const top = this.#top;
    if (top.run !== null && !top.spaced && top.pending !== ' ') top.pending = kind;
  }

  #write(body: string): void {
    const parent = this.#place(body);
    if (parent === null) return;
    // A source line that was broken between two Chinese characters has no space there.
    const value = body.includes('\n') ? joinLines(body) : body;
    this.#top.length += value.length;
    const last = parent.children[parent.children.length - 1];
    if (last?.type === 'text') {
      last.value += value;
      return;
    }
    this.#nodes++;
    parent.children.push({ type: 'text', value });
  }

  /** The node that the next inline content goes into, with pending breaks and spaces written; null where none fits. */
  #place(next: string): Element | null {
    const top = this.#top;
    if (top.mode === 'rows') return null;
    if (top.run === null) {
      top.run = top.mode === 'line' && top.node.type === 'element' ? top.node : paragraph();
      this.#nodes++;
      top.nest = [];
      top.breaks = 0;
      top.pending = '';
    }
    const run = top.run;
    let shared = 0;
    while (shared < top.nest.length && top.nest[shared]?.inline.key === this.#active[shared]?.key) shared++;
    top.nest.length = shared;
    const outer = top.nest[shared - 1]?.node ?? run;
    if (top.breaks > 0 && run.children.length > 0) {
      this.#nodes++;
      outer.children.push({ type: 'element', tagName: 'br', properties: {}, children: [] });
    } else if (top.pending !== '' && !(top.pending === '\n' && CJK_START.test(next) && endsCjk(outer))) {
      const last = outer.children[outer.children.length - 1];
      if (last?.type === 'text') last.value += ' ';
      else outer.children.push({ type: 'text', value: ' ' });
    }
    top.breaks = 0;
    top.pending = '';
    top.spaced = false;
    let parent = outer;
    for (const inline of this.#active.slice(shared)) {
      if (top.mode === 'line' && inline.tagName === 'strong' && top.node.type === 'element') continue;
      const node: Element = {
        type: 'element',
        tagName: inline.tagName,
        properties: { ...inline.properties },
        children: [],
      };
      this.#nodes++;
      parent.children.push(node);
      top.nest.push({ inline, node });
      parent = node;
    }
    return parent;
  }

  #add(node: Element): void {
    const top = this.#top;
    if (top.mode === 'line') {
      for (const child of node.children) this.literal(child);
    } else if (top.mode === 'list' && node.tagName !== 'li') {
      const last = top.node.children[top.node.children.length - 1];
      if (last?.type === 'element' && /^[uo]l$/.test(node.tagName)) last.children.push(node);
      else top.node.children.push({ type: 'element', tagName: 'li', properties: {}, children: [node] });
    } else {
      top.node.children.push(node);
    }
  }
}

function even(text: string): string {
  return text.replace(CONTROL, '').replace(SPACES, (space) => (space.includes('\n') ? '\n' : ' '));
}

function joinLines(text: string): string {
  return text.replace(/\n/g, (_, at: number) =>
    CJK_END.test(text.slice(Math.max(0, at - 1), at)) && CJK_START.test(text.slice(at + 1, at + 2)) ? '' : ' ',
  );
}

function frame(node: Element | Root, mode: Frame['mode']): Frame {
  return { node, mode, run: null, nest: [], spaced: true, breaks: 0, pending: '', length: 0 };
}

function paragraph(): Element {
  return { type: 'element', tagName: 'p', properties: {}, children: [] };
}

function endsCjk(node: Element): boolean {
  let last: ElementContent | undefined = node.children[node.children.length - 1];
  while (last?.type === 'element') last = last.children[last.children.length - 1];
  return last?.type === 'text' && CJK_END.test(last.value);
}

function hasContent(node: Element): boolean {
  return node.children.length > 0;
}

/** Items and cells that hold one paragraph hold its content directly; cells of several paragraphs break lines instead. */
function settle(node: Element): void {
  const kind = node.tagName;
  if (kind !== 'li' && kind !== 'td' && kind !== 'th' && kind !== 'dd') return;
  const first = node.children[0];
  const rest = node.children.slice(1);
  if (first?.type !== 'element' || first.tagName !== 'p') return;
  if (rest.every((child) => child.type === 'element' && /^[uo]l$/.test(child.tagName))) {
    node.children = [...first.children, ...rest];
  } else if (kind !== 'li' && rest.every((child) => child.type === 'element' && child.tagName === 'p')) {
    node.children = node.children.flatMap((child, at): ElementContent[] => [
      ...(at > 0 ? [{ type: 'element', tagName: 'br', properties: {}, children: [] } satisfies Element] : []),
      ...(child.type === 'element' ? child.children : [child]),
    ]);
  }
}
