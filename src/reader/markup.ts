import type { Child, View } from './view.ts';

/** Markup that has been made safe, and may go into a page as it is. Only the makers in this room build one. */
export class Markup {
  readonly html: string;
  constructor(html: string) {
    this.html = html;
  }
}

export type Page = View<Markup>;
export type PageChild = Child<Markup>;

/** An element that may hold markup made safe before. */
export function element(
  tag: string,
  attrs: Readonly<Record<string, string | true | null>>,
  ...children: readonly PageChild[]
): Page {
  return { tag, attrs, children };
}

const VOID: ReadonlySet<string> = new Set(['area', 'br', 'col', 'hr', 'img', 'input', 'link', 'meta', 'wbr']);

/** Escapes text for an element's content or a quoted attribute. Control characters that HTML forbids are left out. */
export function escapeHtml(text: string): string {
  if (!CARE.test(text)) return text;
  return text
    .replace(/(?![\t\n\r])\p{Cc}|[\ufffe\uffff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
    .replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** What has to be written otherwise or left out. */
const CARE = /[&<>"']|[^\t\n\r -~\u00a0-\u061b\u061d-\u200d\u2010-\u2029\u202f-\u2065\u206a-\ufffd]/;

/** A view as HTML. Depth is that of the room's own templates, so recursion is bounded. */
export function toHtml(node: PageChild): string {
  if (node === null) return '';
  if (typeof node === 'string') return escapeHtml(node);
  if (node instanceof Markup) return node.html;
  let out = `<${node.tag}`;
  for (const [name, value] of Object.entries(node.attrs)) {
    if (value === null) continue;
    out += value === true ? ` ${name}` : ` ${name}="${escapeHtml(value)}"`;
  }
  out += '>';
  if (VOID.has(node.tag)) return out;
  for (const child of node.children) out += toHtml(child);
  return `${out}</${node.tag}>`;
}
