import type { Delete, Emphasis, Nodes, PhrasingContent, Strong } from 'mdast';

/**
 * CommonMark opens and closes `**` by the characters beside it: between a letter and punctuation the marker counts as
 * text, and Chinese puts no spaces there. A writer can only save such emphasis with character references, which
 * nobody can read or search. So the markers are moved instead, and dropped where no place for them is left.
 */

type Mark = Strong | Emphasis | Delete;
type Writer = (nodes: PhrasingContent[]) => string;

const LEADING = /^[\s\p{P}\p{S}]+/u;
const REFERENCE = /&#x[\dA-F]{1,6};/g;
/** More marks than this in one paragraph are not tried one by one. */
const MAX_TRIES = 24;
/** More marks than this in one paragraph emphasise nothing. */
const MAX_MARKS = 1000;

/** Mends, in place, the paragraphs, headings and cells below `tree` in which emphasis costs character references. */
export function mendEmphasis(tree: Nodes, write: Writer): void {
  const queue: Nodes[] = [tree];
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    if (node.type === 'paragraph' || node.type === 'heading' || node.type === 'tableCell') {
      if (marksIn(node.children).length > 0) node.children = mended(node.children, write);
    } else if ('children' in node) {
      for (const child of node.children) queue.push(child);
    }
  }
}

/** How many character references a text holds. */
export function countReferences(markdown: string): number {
  return markdown.match(REFERENCE)?.length ?? 0;
}

function mended(children: PhrasingContent[], write: Writer): PhrasingContent[] {
  // References that have nothing to do with emphasis stay: without them the text would mean something else.
  const cost = (nodes: PhrasingContent[]): number => countReferences(write(nodes));
  const all = marksIn(children);
  const bare = without(children, all);
  if (all.length > MAX_MARKS) return bare;
  const least = cost(bare);
  if (cost(children) <= least) return children;
  let nodes = joinTexts(moved(children, ' ', ' '));
  for (let tries = 0, over = cost(nodes); over > least; tries++) {
    const marks = marksIn(nodes);
    // The inner and the weaker go first.
    const order = [...marks].reverse().sort((a, b) => weight(a) - weight(b));
    let better: PhrasingContent[] | null = null;
    for (const mark of tries < MAX_TRIES && marks.length <= MAX_TRIES ? order : []) {
      const attempt = without(nodes, [mark]);
      if (cost(attempt) < over) {
        better = attempt;
        break;
      }
    }
    nodes = better ?? without(nodes, marks);
    over = cost(nodes);
    if (better === null) break;
  }
  return nodes;
}

function weight(mark: Mark): number {
  return mark.type === 'strong' ? 1 : 0;
}

function isMark(node: Nodes): node is Mark {
  return node.type === 'strong' || node.type === 'emphasis' || node.type === 'delete';
}

function marksIn(nodes: readonly PhrasingContent[]): Mark[] {
  const found: Mark[] = [];
  for (const node of nodes) {
    if (isMark(node)) found.push(node);
    if ('children' in node) found.push(...marksIn(node.children));
  }
  return found;
}

/** The same content with some of its marks taken off. */
function without(nodes: readonly PhrasingContent[], marks: readonly Mark[]): PhrasingContent[] {
  const off = new Set<Nodes>(marks);
  const strip = (list: readonly PhrasingContent[]): PhrasingContent[] =>
    list.flatMap((node): PhrasingContent[] => {
      if (!('children' in node)) return [node];
      const children = strip(node.children);
      return off.has(node) ? children : [{ ...node, children }];
    });
  return joinTexts(strip(nodes));
}

/** Texts side by side as one: the writer looks at its neighbours only. Codes and equal marks as well, for their signs would run together. */
function joinTexts(nodes: readonly PhrasingContent[]): PhrasingContent[] {
  const joined: PhrasingContent[] = [];
  for (const node of nodes) {
    const last = joined[joined.length - 1];
    if (node.type === 'text' && last?.type === 'text')
      joined[joined.length - 1] = { ...last, value: last.value + node.value };
    else if (node.type === 'inlineCode' && last?.type === 'inlineCode')
      joined[joined.length - 1] = { ...last, value: last.value + node.value };
    else if (isMark(node) && last !== undefined && isMark(last) && last.type === node.type)
      joined[joined.length - 1] = { ...last, children: joinTexts([...last.children, ...node.children]) };
    else if ('children' in node) joined.push({ ...node, children: joinTexts(node.children) });
    else joined.push(node);
  }
  return joined;
}

/** Moves punctuation, links and code out at the ends of marks that would touch a letter there. */
function moved(nodes: readonly PhrasingContent[], before: string, after: string): PhrasingContent[] {
  const out: PhrasingContent[] = [];
  for (const [at, node] of nodes.entries()) {
    const previous = at === 0 ? before : lastCharacter(out[out.length - 1], before);
    const next = at === nodes.length - 1 ? after : firstCharacter(nodes[at + 1], after);
    if (isMark(node)) out.push(...movedMark(node, previous, next));
    else if (node.type === 'link') out.push({ ...node, children: moved(node.children, '[', ']') });
    else out.push(node);
  }
  return out;
}

function movedMark(mark: Mark, before: string, after: string): PhrasingContent[] {
  const inner = joinTexts(moved(mark.children, before, after));
  const [lead, rest] = isLetter(before) ? split(inner, false, mark) : [[], inner];
  const [tail, core] = isLetter(after) ? split(rest, true, mark) : [[], rest];
  movePartner(core, lead, tail);
  return [...lead, ...(core.length === 0 ? [] : [{ ...mark, children: core }]), ...tail];
}

const PAIRS = new Map(zip('“‘（《〈「『【〔［｛([{"\'`', '”’）》〉」』】〕］｝)]}"\'`'));
const PARTNERS = new Map([...PAIRS].map(([open, close]) => [close, open]));

function zip(from: string, to: string): [string, string][] {
  const target = [...to];
  return [...from].map((char, at) => [char, target[at] ?? char]);
}

/** Brackets and quotation marks around the whole content go out together. */
function movePartner(core: PhrasingContent[], lead: PhrasingContent[], tail: PhrasingContent[]): void {
  const [first, last] = [core[0], core.at(-1)];
  if (tail.length > 0 && lead.length === 0 && first?.type === 'text' && first.value.length > 1) {
    const open = PARTNERS.get(firstCharacter(tail[0], ''));
    if (open !== undefined && first.value.startsWith(open)) {
      lead.push({ type: 'text', value: open });
      core[0] = { type: 'text', value: first.value.slice(1) };
    }
  } else if (lead.length > 0 && tail.length === 0 && last?.type === 'text' && last.value.length > 1) {
    const close = PAIRS.get(lastCharacter(lead.at(-1), ''));
    if (close !== undefined && last.value.endsWith(close)) {
      tail.push({ type: 'text', value: close });
      core[core.length - 1] = { type: 'text', value: last.value.slice(0, -1) };
    }
  }
}

/**
 * Takes from one end of a mark's content what can not stand there beside a letter.
 * @returns what goes outside, what stays inside
 */
function split(nodes: readonly PhrasingContent[], atEnd: boolean, mark: Mark): [PhrasingContent[], PhrasingContent[]] {
  const inside = [...nodes];
  const outside: PhrasingContent[] = [];
  const give = (node: PhrasingContent): void => {
    if (atEnd) outside.unshift(node);
    else outside.push(node);
  };
  for (let node = inside.at(atEnd ? -1 : 0); node !== undefined; node = inside.at(atEnd ? -1 : 0)) {
    if (atEnd) inside.pop();
    else inside.shift();
    if (node.type === 'text') {
      const edge = atEnd ? trailing(node.value) : (LEADING.exec(node.value)?.[0] ?? '');
      const value = atEnd ? node.value.slice(0, node.value.length - edge.length) : node.value.slice(edge.length);
      if (edge !== '') give({ type: 'text', value: edge });
      if (value === '') continue;
      if (atEnd) inside.push({ type: 'text', value });
      else inside.unshift({ type: 'text', value });
      break;
    }
    if (isMark(node)) {
      if (atEnd) inside.push(node);
      else inside.unshift(node);
      break;
    }
    // A link's own brackets are punctuation, so the mark stands inside them; code and pictures need none.
    give(node.type === 'link' ? { ...node, children: [{ ...mark, children: node.children }] } : node);
    const edge = atEnd ? lastCharacter(inside.at(-1), '') : firstCharacter(inside[0], '');
    if (node.type !== 'break' && !/\s/.test(edge)) break;
  }
  return [outside, inside];
}

/** The white space and punctuation that a text ends in, read from its end: a regular expression would start anywhere. */
function trailing(text: string): string {
  let at = text.length;
  while (at > 0) {
    const char = lastCharacter({ type: 'text', value: text.slice(Math.max(0, at - 2), at) }, '');
    if (isLetter(char)) break;
    at -= char.length;
  }
  return text.slice(at);
}

function isLetter(char: string): boolean {
  return char !== '' && !/[\s\p{P}\p{S}]/u.test(char);
}

function firstCharacter(node: PhrasingContent | undefined, otherwise: string): string {
  if (node === undefined) return otherwise;
  if (node.type === 'text') return String.fromCodePoint(node.value.codePointAt(0) ?? 32);
  if (node.type === 'break') return ' ';
  // A mark beside a mark: what it holds decides whether both can stand.
  return isMark(node) ? firstCharacter(node.children[0], otherwise) : '[';
}

function lastCharacter(node: PhrasingContent | undefined, otherwise: string): string {
  if (node === undefined) return otherwise;
  if (node.type === 'text') return [...node.value.slice(-2)].at(-1) ?? ' ';
  if (node.type === 'break') return ' ';
  return isMark(node) ? lastCharacter(node.children.at(-1), otherwise) : ']';
}
