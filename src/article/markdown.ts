import type { Element, Root } from 'hast';
import { type Handle as Convert, defaultHandlers, type State, toMdast } from 'hast-util-to-mdast';
import type { FootnoteDefinition, Literal, Nodes, PhrasingContent, RootContent } from 'mdast';
import { gfmToMarkdown } from 'mdast-util-gfm';
import { type Options, type Handle as Write, toMarkdown as write } from 'mdast-util-to-markdown';
import { countReferences, mendEmphasis } from './emphasis.ts';
import { WRITTEN, writePlain } from './plain.ts';
import { plainHast } from './text.ts';
import { writeText } from './unsafe.ts';

interface InlineMath extends Literal {
  type: 'inlineMath';
}

interface BlockMath extends Literal {
  type: 'math';
}

/** Blocks whose Markdown is there already. */
interface Written extends Literal {
  type: 'written';
}

declare module 'mdast' {
  interface PhrasingContentMap {
    inlineMath: InlineMath;
  }
  interface BlockContentMap {
    math: BlockMath;
    written: Written;
  }
  interface RootContentMap {
    inlineMath: InlineMath;
    math: BlockMath;
    written: Written;
  }
}

/** GitHub-flavoured Markdown of a clean tree; formulas as `$…$` and `$$…$$`. Ends with a line break unless empty. */
export function treeMarkdown(tree: Root): string {
  const mdast = toMdast(writePlain(tree), { handlers: HANDLERS, newlines: false });
  let text = write(mdast as Nodes, OPTIONS);
  if (countReferences(text) > 0) {
    mendEmphasis(mdast as Nodes, (children) => write({ type: 'paragraph', children }, OPTIONS));
    text = write(mdast as Nodes, OPTIONS);
  }
  return text.trim() === '' ? '' : text;
}

const span: Convert = (state, node) =>
  hasClass(node, 'math-inline') ? { type: 'inlineMath', value: plainHast(node) } : state.all(node);

const div: Convert = (state, node) =>
  hasClass(node, 'math-display') ? { type: 'math', value: plainHast(node) } : state.toFlow(state.all(node));

/** Ruby as `漢字(かんじ)`. */
const rt: Convert = (_, node) => ({ type: 'text', value: `(${plainHast(node)})` });

const sup: Convert = (state, node) => {
  const ref = node.children[0];
  if (ref?.type === 'element' && ref.properties.dataFootnoteRef !== undefined) return state.all(node);
  return shifted(state, node, SUPERSCRIPT, '^');
};

const sub: Convert = (state, node) => shifted(state, node, SUBSCRIPT, '_');

const a: Convert = (state, node) => {
  const href = String(node.properties.href ?? '');
  if (node.properties.dataFootnoteRef !== undefined) {
    const label = href.replace(/^#(?:user-content-)?fn-/, '');
    return { type: 'footnoteReference', identifier: label, label };
  }
  if (href.startsWith('#') || href === '') return state.all(node);
  const children = phrasing(state.all(node));
  return { type: 'link', url: href, title: null, children };
};

const section: Convert = (state, node) => {
  if (!hasClass(node, 'footnotes')) return state.toFlow(state.all(node));
  const list = node.children.find((child) => child.type === 'element' && child.tagName === 'ol');
  if (list?.type !== 'element') return [];
  return list.children.flatMap((item, at): FootnoteDefinition[] => {
    if (item.type !== 'element') return [];
    const label = String(at + 1);
    const children = [{ type: 'paragraph' as const, children: phrasing(state.all(item)) }];
    return [{ type: 'footnoteDefinition', identifier: label, label, children }];
  });
};

const p: Convert = (state, node) => {
  const value = node.properties[WRITTEN];
  return typeof value === 'string' ? { type: 'written', value } : defaultHandlers.p(state, node);
};

/** The caption stands before its table: Markdown's tables have none. */
const table: Convert = (state, node) => {
  const caption = node.children.flatMap((child) =>
    child.type === 'element' && child.tagName === 'caption' ? state.all(child) : [],
  );
  return [...state.toFlow(caption), defaultHandlers.table(state, node)];
};

const HANDLERS: Readonly<Record<string, Convert>> = {
  p,
  span,
  div,
  rt,
  rp: () => undefined,
  sup,
  sub,
  a,
  section,
  table,
  u: (state, node) => state.all(node),
  mark: (state, node) => state.all(node),
};

const SUPERSCRIPT = new Map(zip('0123456789+-=()ni', '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ'));
const SUBSCRIPT = new Map(zip('0123456789+-=()aeoxijn', '₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₒₓᵢⱼₙ'));

function zip(from: string, to: string): [string, string][] {
  const target = [...to];
  return [...from].map((char, at) => [char, target[at] ?? char]);
}

/** Raised and lowered characters by Unicode where it has them, else `^(…)` and `_(…)`: Markdown itself has neither. */
function shifted(state: State, node: Element, map: Map<string, string>, sign: string): PhrasingContent[] {
  const text = plainHast(node);
  const chars = [...text];
  if (chars.length > 0 && chars.every((char) => map.has(char))) {
    return [{ type: 'text', value: chars.map((char) => map.get(char) ?? '').join('') }];
  }
  if (chars.length === 0 || chars.length > 12 || node.children.some((child) => child.type !== 'text')) {
    return phrasing(state.all(node));
  }
  return [{ type: 'text', value: chars.length === 1 ? sign + text : `${sign}(${text})` }];
}

function phrasing(nodes: readonly RootContent[]): PhrasingContent[] {
  return nodes.flatMap((node): PhrasingContent[] => (isPhrasing(node) ? [node] : []));
}

const PHRASING = new Set(
  'text emphasis strong delete inlineCode break image link footnoteReference inlineMath html'.split(' '),
);

function isPhrasing(node: RootContent): node is PhrasingContent {
  return PHRASING.has(node.type);
}

function hasClass(node: Element, name: string): boolean {
  const classes = node.properties.className;
  return Array.isArray(classes) && classes.includes(name);
}

/** A space where a renderer without formulas would see a tag or a link begin; TeX does not mind it. */
function harmless(tex: string): string {
  return tex.replace(/<(?=[A-Za-z/!?])/g, '< ').replace(/\](?=[(:[])/g, '] ');
}

const writeInlineMath: Write = (node: InlineMath) =>
  `$${harmless(node.value)
    .replace(/\s*\n\s*/g, ' ')
    .replace(/\$/g, '\\$')}$`;

const writeMath: Write = (node: BlockMath) => {
  const lines = harmless(node.value)
    .split('\n')
    .filter((line) => line.trim() !== '');
  return `$$\n${lines.join('\n').replace(/\$\$/g, '\\$\\$')}\n$$`;
};

const writeWritten: Write = (node: Written) => node.value;

const OPTIONS: Options = {
  bullet: '-',
  emphasis: '*',
  fences: true,
  rule: '-',
  listItemIndent: 'one',
  resourceLink: false,
  extensions: [
    gfmToMarkdown({ tablePipeAlign: false }),
    {
      handlers: { inlineMath: writeInlineMath, math: writeMath, text: writeText, written: writeWritten },
      unsafe: [{ character: '$', after: '\\S', inConstruct: 'phrasing' }],
    },
  ],
};
