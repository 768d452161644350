import type { Element, ElementContent, Root, RootContent } from 'hast';

/**
 * Most blocks of most articles are paragraphs of words and links without a character that Markdown knows. Their
 * Markdown is what stands there, so it is put together here; the trees and rules of the library are for the rest.
 */

/** Name of the property that holds the finished Markdown of a block. */
export const WRITTEN = 'dataWritten';

/** The same tree with such blocks replaced by empty paragraphs that hold their Markdown as a property. */
export function writePlain(tree: Root): Root {
  const children: RootContent[] = [];
  let run: string[] = [];
  const flush = (): void => {
    if (run.length === 0) return;
    children.push({ type: 'element', tagName: 'p', properties: { [WRITTEN]: run.join('\n\n') }, children: [] });
    run = [];
  };
  for (const node of tree.children) {
    const written = node.type === 'element' ? plainBlock(node) : null;
    if (written !== null) run.push(written);
    else {
      flush();
      children.push(node);
    }
  }
  flush();
  return { type: 'root', children };
}

const HEADING = /^h[1-6]$/;

/** The Markdown of a paragraph or heading; null where it is another block, or something in it might need care. */
function plainBlock({ tagName, children }: Element): string | null {
  const heading = HEADING.test(tagName);
  if (!heading && tagName !== 'p') return null;
  const parts: string[] = [];
  // At the beginning as if a space stood before it: white space there, beside other white space or at the end is cut off.
  let last: string | undefined = ' ';
  let wasText = false;
  for (const child of children) {
    const isText = child.type === 'text';
    if (isText && wasText) return null;
    wasText = isText;
    const words = isText ? child.value : heading ? null : linkWords(child);
    if (words === null || CARE.test(words) || (last === ' ' && words[0] === ' ')) return null;
    if (parts.length === 0 && !STARTS.test(words)) return null;
    last = words[words.length - 1];
    parts.push(child.type === 'element' ? `[${words}](${String(child.properties.href)})` : words);
  }
  if (last === ' ') return null;
  return heading ? `${'#'.repeat(Number(tagName[1]))} ${parts.join('')}` : parts.join('');
}

/** The words of a link whose address needs no care; null for anything else. */
function linkWords(node: ElementContent): string | null {
  if (node.type !== 'element' || node.tagName !== 'a' || node.children.length !== 1) return null;
  const { href, dataFootnoteRef } = node.properties;
  const only = node.children[0];
  if (only?.type !== 'text' || dataFootnoteRef !== undefined || typeof href !== 'string') return null;
  return ADDRESS.test(href) && only.value !== href ? only.value : null;
}

/** Addresses that stand in Markdown as they are. */
const ADDRESS = /^https?:\/\/[\w.-]+(?::\d{1,5})?(?:[/?][\w/.\-?=%,;+]*)?$/;

/** A block that begins so is no list, quotation, rule or heading. */
const STARTS = /^[A-Za-z\u00c0-\u024f\u3040-\u30ff\u4e00-\u9fff“‘（《「『【]/;

/** What Markdown, its extensions or an autolink might see in a text, wherever it stands; and white space to collapse. */
const CARE = /[\t\n\v\f\r!#$&*:<=>@[\\\]^_`{|}~]| {2}|[Ww]\.|^ ?$/;
