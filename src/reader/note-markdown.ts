import type { Nodes, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import type { Block, Piece } from './note.ts';
import { webAddress } from './view.ts';

/** Notes longer than this many UTF-16 units are shown as they are written: parsing Markdown is not linear in the worst case. */
const LONGEST = 20_000;

/** A note's Markdown as flat blocks. Embedded HTML stays text; only http(s) links are links; pictures become their words. */
export function noteBlocks(markdown: string): Block[] {
  if (markdown.length > LONGEST || tooDeep(markdown)) return plainBlocks(markdown);
  const tree = fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  const blocks: Block[] = [];
  const stack: { node: Nodes; kind: Block['t'] }[] = [{ node: tree, kind: 'p' }];
  for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
    const { node, kind } = item;
    if (node.type === 'code' || node.type === 'html') {
      blocks.push({ t: node.type === 'code' ? 'pre' : kind, c: [node.value] });
    } else if (node.type === 'paragraph' || node.type === 'heading' || node.type === 'tableCell') {
      const c = pieces(node.children);
      if (c.length > 0) blocks.push({ t: node.type === 'heading' ? 'h' : kind, c });
    } else if ('children' in node) {
      const inner = node.type === 'blockquote' ? 'q' : node.type === 'listItem' ? 'li' : kind;
      for (const child of [...node.children].reverse()) stack.push({ node: child, kind: inner });
    }
  }
  return blocks;
}

/** Deep nesting of quotations and lists makes parsers recurse; no person writes it. */
function tooDeep(markdown: string): boolean {
  return /[>*+\-_[(!`~]{40}/.test(markdown.replace(/[ \t]+/g, ''));
}

function plainBlocks(text: string): Block[] {
  const lines = text.split(/\n\s*\n/).map((part) => part.trim());
  return lines.filter((part) => part !== '').map((part) => ({ t: 'p', c: [part] }));
}

type Style = 'b' | 'i' | 's' | null;

function pieces(children: readonly RootContent[]): Piece[] {
  const out: Piece[] = [];
  const stack: { node: RootContent; style: Style; href: string | null }[] = [];
  const push = (nodes: readonly RootContent[], style: Style, href: string | null) => {
    for (const node of [...nodes].reverse()) stack.push({ node, style, href });
  };
  push(children, null, null);
  for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
    const { node, style, href } = item;
    if (node.type === 'strong') push(node.children, 'b', href);
    else if (node.type === 'emphasis') push(node.children, 'i', href);
    else if (node.type === 'delete') push(node.children, 's', href);
    else if (node.type === 'link') push(node.children, style, webAddress(node.url));
    else if ('children' in node) push(node.children, style, href);
    else add(out, styled(node), node.type === 'inlineCode', style, href);
  }
  return out;
}

function styled(node: RootContent): string {
  if (node.type === 'break') return '\n';
  if (node.type === 'image' || node.type === 'imageReference') return node.alt ?? '';
  return 'value' in node ? node.value : '';
}

function add(out: Piece[], text: string, code: boolean, style: Style, href: string | null): void {
  if (text === '') return;
  const last = out[out.length - 1];
  if (href !== null) out.push(['a', text, href]);
  else if (code) out.push(['c', text]);
  else if (style !== null) out.push([style, text]);
  else if (typeof last === 'string') out[out.length - 1] = last + text;
  else out.push(text);
}
