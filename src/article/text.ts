import type { CheerioAPI } from 'cheerio';
import type { AnyNode, Element as DomElement, ParentNode } from 'domhandler';
import type { ElementContent, Element as HastElement, Root, RootContent } from 'hast';
import { BLOCK } from './vocabulary.ts';

const UNSEEN = new Set([
  'script',
  'style',
  'noscript',
  'template',
  'head',
  'title',
  'textarea',
  'iframe',
  'object',
  'svg',
]);

/** All text below a node, as it stands. Walks iteratively, however deep the tree is. */
export function plainText(node: ParentNode): string {
  const parts: string[] = [];
  const stack: AnyNode[] = [node];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (next.type === 'text') parts.push(next.data);
    else if ('children' in next) pushReversed(stack, next.children);
  }
  return parts.join('');
}

/**
 * The text that a reader of the page sees below `root` (a selector, a node, or the whole page), one line a block,
 * white space collapsed. Scripts, styles, comments and what is hidden by attribute or inline `display:none` are left out.
 */
export function visibleText($: CheerioAPI, root?: string | AnyNode): string {
  const roots: AnyNode[] =
    root === undefined ? $.root().toArray() : typeof root === 'string' ? $(root).toArray() : [root];
  const parts: string[] = [];
  const stack: (AnyNode | '\n')[] = [];
  pushReversed(stack, roots);
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node === '\n') parts.push('\n');
    else if (node.type === 'text') parts.push(node.data.replace(/\s{2,}|[^\S ]/g, ' '));
    else if ('children' in node) {
      if (node.type === 'tag' && isHidden(node)) continue;
      if (node.type === 'script' || node.type === 'style') continue;
      if (node.type === 'tag' && (BLOCK.has(node.name) || node.name === 'br')) {
        parts.push('\n');
        stack.push('\n');
      }
      pushReversed(stack, node.children);
    }
  }
  return tidyLines(parts.join(''));
}

function isHidden(element: DomElement): boolean {
  if (UNSEEN.has(element.name) || element.attribs.hidden !== undefined) return true;
  const style = element.attribs.style;
  return style !== undefined && style.length < 4096 && /(?:^|[;\s])display\s*:\s*none/i.test(style);
}

/** The text of a clean tree: one line a block, cells of a row separated by a tab, formulas between dollar signs. */
export function treeText(tree: Root): string {
  const parts: string[] = [];
  const stack: (RootContent | ElementContent | string)[] = [...tree.children].reverse();
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (typeof node === 'string') parts.push(node);
    else if (node.type === 'text') parts.push(node.value);
    else if (node.type === 'element' && !isEmbed(node.properties.className)) {
      const around = separator(node.tagName);
      if (around !== '') parts.push(around);
      if (around !== '') stack.push(around);
      const math = mathOf(node.properties.className);
      if (math !== '') {
        parts.push(math);
        stack.push(math);
      }
      pushReversed(stack, node.children);
    }
  }
  return tidyLines(parts.join(''));
}

/** Film and sound named in place are no words of the article. */
function isEmbed(className: unknown): boolean {
  return Array.isArray(className) && className.includes('embed');
}

function separator(tagName: string): string {
  if (tagName === 'td' || tagName === 'th') return '\t';
  return tagName === 'br' || tagName === 'hr' || BLOCK.has(tagName) ? '\n' : '';
}

function mathOf(className: unknown): string {
  if (!Array.isArray(className)) return '';
  return className.includes('math-display') ? '$$' : className.includes('math-inline') ? '$' : '';
}

/** Spaces that are not one plain space already. */
const UNEVEN_SPACES = /[ \u00a0\u3000]{2,}|[\u00a0\u3000]/g;

function tidyLines(text: string): string {
  return text
    .replace(UNEVEN_SPACES, ' ')
    .replace(/\t{2,}/g, '\t')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');
}

function pushReversed<T>(stack: T[], nodes: readonly T[]): void {
  for (let at = nodes.length - 1; at >= 0; at--) {
    const node = nodes[at];
    if (node !== undefined) stack.push(node);
  }
}

/** All text below a node of a clean tree, as it stands. */
export function plainHast(node: HastElement): string {
  const parts: string[] = [];
  const stack: ElementContent[] = [...node.children].reverse();
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (next.type === 'text') parts.push(next.value);
    else if (next.type === 'element') pushReversed(stack, next.children);
  }
  return parts.join('');
}
