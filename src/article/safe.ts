import type { Element, ElementContent, Root, RootContent } from 'hast';
import { type Schema, sanitize } from 'hast-util-sanitize';
import { toHtml as write } from 'hast-util-to-html';

/** The elements and attributes that a kept page may hold. Whatever the cleaning lets slip ends here. */
const ALLOWED: Schema = {
  strip: ['script', 'style'],
  clobber: ['id'],
  clobberPrefix: 'user-content-',
  tagNames: (
    'a p br hr h1 h2 h3 h4 h5 h6 blockquote ul ol li dl dt dd pre code em strong del ins u sub sup mark q cite kbd samp ' +
    'var abbr small ruby rt rp img figure figcaption details summary table caption thead tbody tr td th input span div ' +
    'section'
  ).split(' '),
  attributes: {
    a: ['href', 'id', 'dataFootnoteRef', ['className', 'embed']],
    abbr: ['title'],
    code: [['className', /^language-[\w+#.-]+$/]],
    div: [['className', 'math', 'math-display']],
    img: ['src', 'alt'],
    input: [
      ['type', 'checkbox'],
      ['disabled', true],
      ['checked', true],
    ],
    li: ['id'],
    ol: ['start'],
    section: [['className', 'footnotes']],
    span: [['className', 'math', 'math-inline']],
    td: ['colSpan', 'rowSpan'],
    th: ['colSpan', 'rowSpan'],
  },
  protocols: { href: ['http', 'https', 'mailto', 'tel'], src: ['http', 'https'] },
};

/**
 * What of a tree may be kept, by the allow-list, and its HTML: one block a line, so that a difference between two
 * versions shows as a few lines. Blocks that hold nothing but plain elements are taken and written as they are; the
 * libraries, which copy each node and weigh each attribute, are for the rest.
 */
export function makeSafe(tree: Root): { tree: Root; html: string } {
  const children: RootContent[] = [];
  const lines: string[] = [];
  for (const block of tree.children) {
    const line = plainHtml(block);
    if (line !== null) {
      children.push(block);
      lines.push(line);
      continue;
    }
    const safe = sanitize({ type: 'root', children: [block] }, ALLOWED);
    for (const node of safe.type === 'root' ? safe.children : []) {
      children.push(node);
      lines.push(write(node, { closeSelfClosing: false }));
    }
  }
  return { tree: { type: 'root', children }, html: lines.join('\n') };
}

/** Allowed elements that need no attribute and may stand anywhere. */
const PLAIN: ReadonlySet<string> = new Set(
  'p h1 h2 h3 h4 h5 h6 blockquote ul ol li dl dt dd pre code em strong del u sub sup small figure figcaption'.split(
    ' ',
  ),
);

/** The HTML of a node in which there is nothing that the allow-list would change; null for any other. Depth is bounded by the composer. */
function plainHtml(node: RootContent | ElementContent): string | null {
  if (node.type === 'text') return TEXT.test(node.value) ? withReferences(node.value, TEXTS) : node.value;
  if (node.type !== 'element') return null;
  const { tagName } = node;
  const attributes = plainAttributes(node);
  if (attributes === null) return null;
  if (tagName === 'br' || tagName === 'hr' || tagName === 'img') {
    return node.children.length === 0 ? `<${tagName}${attributes}>` : null;
  }
  if (tagName !== 'a' && !PLAIN.has(tagName)) return null;
  let inside = '';
  for (const child of node.children) {
    const html = plainHtml(child);
    if (html === null) return null;
    inside += html;
  }
  return `<${tagName}${attributes}>${inside}</${tagName}>`;
}

/** The attributes of a link or picture that has only those every one has, of other elements none; null where it has others. */
function plainAttributes({ tagName, properties }: Element): string | null {
  const names = Object.keys(properties);
  if (tagName === 'a') {
    const { href } = properties;
    return names.length === 1 && isWebAddress(href) ? ` href="${withReferences(href, VALUES)}"` : null;
  }
  if (tagName === 'img') {
    const { src, alt } = properties;
    if (names.join() !== 'src,alt' || !isWebAddress(src) || typeof alt !== 'string') return null;
    return ` src="${withReferences(src, VALUES)}" alt="${withReferences(alt, VALUES)}"`;
  }
  return names.length === 0 ? '' : null;
}

function isWebAddress(value: unknown): value is string {
  return typeof value === 'string' && /^https?:/.test(value);
}

const TEXT = /[<&]/;
const TEXTS = /[<&]/g;
const VALUES = /[\0"&'`]/g;

/** Writes signs as hexadecimal references, as the library does. */
function withReferences(text: string, signs: RegExp): string {
  return text.replace(signs, (sign) => `&#x${sign.charCodeAt(0).toString(16).toUpperCase()};`);
}
