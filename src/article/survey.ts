import { type AnyNode, type ChildNode, Element, type Text } from 'domhandler';
import { UNREAD } from './extract/words.ts';
import { BLOCK } from './vocabulary.ts';

/** One line of the page as it is shown: text between two borders of blocks. */
export interface Block {
  /** Index of the element in `Survey.elements` that holds the line. */
  owner: number;
  nodes: Text[];
  /** Measure of length: one a CJK character, 1.7 a word of another script. */
  size: number;
  /** The same, of the text inside links. */
  linked: number;
  /** Marks of punctuation that end or divide sentences. */
  stops: number;
  /** Number of links that the line runs through. */
  links: number;
}

/** One element with what was found below it; elements stand in the order of the page. */
export interface Entry {
  element: Element;
  parent: number;
  /** Index after the last entry below this one. */
  end: number;
  /** Blocks below: from `first` to before `last`. */
  first: number;
  last: number;
  pictures: number;
}

export interface Survey {
  elements: Entry[];
  blocks: Block[];
}

const WORD = 1.7;

/** Takes down all lines of a page with their lengths, in one pass, iteratively. Nothing hidden is read. */
export function survey(roots: readonly AnyNode[], readHidden: boolean): Survey {
  return new Surveyor(readHidden).run(roots);
}

type Step = AnyNode | { leave: number; block: boolean; link: boolean };

class Surveyor {
  readonly #readHidden: boolean;
  readonly #elements: Entry[] = [];
  readonly #blocks: Block[] = [];
  #open: Block | null = null;
  #links = 0;
  #current = -1;

  constructor(readHidden: boolean) {
    this.#readHidden = readHidden;
  }

  run(roots: readonly AnyNode[]): Survey {
    // The page as a whole stands first, as an element: many an old page has no body of its own.
    const all: ChildNode[] = roots.flatMap((root) => (root.type === 'root' ? root.children : [root]));
    this.#elements.push({ element: new Element('body', {}, all), parent: -1, end: 0, first: 0, last: 0, pictures: 0 });
    this.#current = 0;
    const stack: Step[] = [...roots].reverse();
    for (let step = stack.pop(); step !== undefined; step = stack.pop()) {
      if ('leave' in step) this.#leave(step);
      else if (step.type === 'text') this.#text(step);
      else if (step.type === 'tag') this.#enter(step, stack);
      else if (step.type === 'root' || step.type === 'cdata') pushReversed(stack, step.children);
    }
    this.#leave({ leave: 0, block: true, link: false });
    return { elements: this.#elements, blocks: this.#blocks };
  }

  #enter(element: Element, stack: Step[]): void {
    const { name } = element;
    if (UNREAD.has(name) && !isUnclosedHead(element)) return;
    if (!this.#readHidden && isHidden(element)) return;
    if (name === 'br') {
      this.#open = null;
      return;
    }
    if (name === 'img') {
      const entry = this.#elements[this.#current];
      if (entry !== undefined) entry.pictures++;
      return;
    }
    const block = BLOCK.has(name);
    const link = name === 'a' && element.attribs.href !== undefined;
    if (block) this.#open = null;
    if (link) {
      this.#links++;
      if (this.#open !== null) this.#open.links++;
    }
    const first = this.#blocks.length;
    this.#elements.push({ element, parent: this.#current, end: 0, first, last: first, pictures: 0 });
    this.#current = this.#elements.length - 1;
    stack.push({ leave: this.#current, block, link });
    pushReversed(stack, element.children);
  }

  #leave({ leave, block, link }: { leave: number; block: boolean; link: boolean }): void {
    const entry = this.#elements[leave];
    if (entry === undefined) return;
    if (block) this.#open = null;
    if (link) this.#links--;
    entry.end = this.#elements.length;
    entry.last = this.#blocks.length;
    this.#current = entry.parent;
    const parent = this.#elements[entry.parent];
    if (parent !== undefined) parent.pictures += entry.pictures;
  }

  #text(node: Text): void {
    const { size, stops } = measure(node.data);
    if (size === 0 && stops === 0) return;
    if (this.#open === null) {
      this.#open = { owner: this.#current, nodes: [], size: 0, linked: 0, stops: 0, links: this.#links > 0 ? 1 : 0 };
      this.#blocks.push(this.#open);
    }
    // A line that began inside an inline element and goes on behind it stands in what holds both.
    while ((this.#elements[this.#open.owner]?.end ?? 0) > 0) {
      this.#open.owner = this.#elements[this.#open.owner]?.parent ?? 0;
    }
    this.#open.nodes.push(node);
    this.#open.size += size;
    this.#open.stops += stops;
    if (this.#links > 0) this.#open.linked += size;
  }
}

/** White space and zero-width spaces, but for single plain spaces, which stand in most lines already. */
const UNEVEN = /[\s\u200b]{2,}|[^\S ]|\u200b/g;

/** Of a line that is read from its first character to its last: its text, and how long that was before. */
const lines = new WeakMap<Block, { text: string; length: number }>();

/** The text of a line, white space collapsed; at most `limit` characters. Lines are asked for time and again. */
export function lineOf(block: Block, limit = 240): string {
  const most = limit * 4;
  const known = lines.get(block);
  if (known !== undefined && known.length <= most) return known.text.slice(0, limit);
  let raw = '';
  let whole = true;
  for (const node of block.nodes) {
    whole &&= node.data.length <= most;
    raw += node.data.length > most ? node.data.slice(0, most) : node.data;
    if (raw.length > most) break;
  }
  const text = raw.replace(UNEVEN, ' ').trim();
  if (whole && raw.length <= most) lines.set(block, { text, length: raw.length });
  return text.slice(0, limit);
}

/**
 * The text of a line with a tab wherever another element begins or ends inside it: what stands in different elements
 * (a name, a label, a date) is not one word, though nothing but their borders may stand between. At most `limit` characters.
 */
export function partedLine(block: Block, limit = 240): string {
  const parts: string[] = [];
  let before: AnyNode | null = null;
  for (const node of block.nodes) {
    const text = (node.data.length > limit * 4 ? node.data.slice(0, limit * 4) : node.data).replace(UNEVEN, ' ').trim();
    const joined = before !== null && node.prev?.type === 'comment' && node.prev.prev === before;
    before = node;
    if (text === '') continue;
    if (joined && parts.length > 0) parts[parts.length - 1] += text;
    else parts.push(text);
    if (parts.length > limit || text.length > limit) break;
  }
  return parts.join('\t').slice(0, limit);
}

/** A head that was never closed holds the body: nothing in it that is shown could stand in a real one. */
function isUnclosedHead({ name, children }: Element): boolean {
  return name === 'head' && children.some((child) => child.type === 'tag' && BLOCK.has(child.name));
}

function isHidden(element: Element): boolean {
  const { attribs } = element;
  if (attribs.hidden !== undefined) return true;
  if (attribs['aria-hidden'] === 'true' && element.name !== 'span') return true;
  const { style } = attribs;
  return (
    style !== undefined &&
    style.length < 2000 &&
    /(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden)/i.test(style)
  );
}

/** Length and punctuation of a text, character by character. */
function measure(text: string): { size: number; stops: number } {
  let size = 0;
  let stops = 0;
  let inWord = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x80) {
      const letter = (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57);
      if (letter && !inWord) size += WORD;
      if (code === 44 || code === 46 || code === 33 || code === 63 || code === 59) stops++;
      inWord = letter || (inWord && (code === 39 || code === 45));
    } else if (code >= 0x2e80 && code <= 0xd7ff && !(code >= 0x3000 && code <= 0x303f)) {
      size++;
      inWord = false;
    } else if (code === 0x3002 || code === 0x3001) {
      stops++;
      inWord = false;
    } else if (code >= 0xff00) {
      if (code === 0xff0c || code === 0xff01 || code === 0xff1f || code === 0xff1b) stops++;
      inWord = false;
    } else if (code > 0xbf && code < 0x2000) {
      if (!inWord) size += WORD;
      inWord = true;
    } else if (code !== 0x2019) {
      inWord = false;
    }
  }
  return { size, stops };
}

function pushReversed(stack: Step[], nodes: readonly AnyNode[]): void {
  for (let at = nodes.length - 1; at >= 0; at--) {
    const node = nodes[at];
    if (node !== undefined) stack.push(node);
  }
}
