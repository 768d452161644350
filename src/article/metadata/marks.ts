import type { AnyNode, Document, Element } from 'domhandler';

/** The elements by which a page tells machines about itself, in the order of the page. */
export interface Marks {
  html: Element | null;
  title: Element | null;
  metas: Element[];
  /** Scripts with JSON-LD. */
  data: Element[];
  canonical: Element | null;
  /** What is marked as the author, by microdata or by the relation of a link. */
  authors: Element[];
  /** What is marked as the time of publication. */
  dates: Element[];
  /** `<time datetime>`, marked or not. */
  times: Element[];
}

/** Collects them in one walk, iteratively: a selector for each would walk the page ten times. */
export function collectMarks(roots: readonly AnyNode[]): Marks {
  const marks: Marks = {
    html: null,
    title: null,
    metas: [],
    data: [],
    canonical: null,
    authors: [],
    dates: [],
    times: [],
  };
  const stack: AnyNode[] = [...roots].reverse();
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node.type === 'tag' || node.type === 'script' || node.type === 'style') take(node, marks);
    if (!isParent(node)) continue;
    for (let at = node.children.length - 1; at >= 0; at--) {
      const child = node.children[at];
      if (child !== undefined && child.type !== 'text') stack.push(child);
    }
  }
  return marks;
}

function isParent(node: AnyNode): node is Document | Element {
  return 'children' in node;
}

function take(element: Element, marks: Marks): void {
  const { name, attribs } = element;
  if (name === 'meta') marks.metas.push(element);
  else if (name === 'title') marks.title ??= element;
  else if (name === 'html') marks.html ??= element;
  else if (name === 'script' && /^application\/(?:ld\+json|json\+ld)$/.test(attribs.type ?? ''))
    marks.data.push(element);
  else if (name === 'link' && attribs.rel === 'canonical') marks.canonical ??= element;
  if (hasWord(attribs.itemprop, 'author') || (name === 'a' && hasWord(attribs.rel, 'author')))
    marks.authors.push(element);
  if (name === 'time' && attribs.datetime !== undefined) marks.times.push(element);
  if (isPublication(element)) marks.dates.push(element);
}

function isPublication({ name, attribs }: Element): boolean {
  if (hasWord(attribs.itemprop, 'datePublished')) return true;
  if (name !== 'time') return false;
  if (attribs.pubdate !== undefined) return true;
  return (
    attribs.datetime !== undefined && (hasWord(attribs.class, 'published') || hasWord(attribs.class, 'entry-date'))
  );
}

function hasWord(value: string | undefined, word: string): boolean {
  return value !== undefined && (value === word || value.split(/\s+/).includes(word));
}
