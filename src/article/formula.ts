import type { Element } from 'domhandler';
import { plainText } from './text.ts';

/** A formula as TeX source without its dollar signs. */
export interface Formula {
  tex: string;
  display: boolean;
}

const MAX_TEX = 20_000;

/** Signs around TeX, and whether they say that it stands in a line of its own. */
const WRAPPERS: readonly (readonly [start: string, end: string, alone: boolean])[] = [
  ['$$', '$$', true],
  ['\\[', '\\]', true],
  ['\\(', '\\)', false],
  ['$', '$', false],
];

/**
 * The TeX of an element that shows a formula: MathJax 2 scripts, KaTeX and MathML annotations, formula pictures of
 * Zhihu, Wikipedia, CodeCogs and the like. Null where the element is no formula or carries no TeX.
 */
export function formulaOf(element: Element): Formula | null {
  const { name, attribs } = element;
  if (name === 'img') return pictureFormula(attribs);
  if (name === 'script') {
    const type = /^\s*math\/tex\s*(;\s*mode\s*=\s*display)?/i.exec(attribs.type ?? '');
    return type === null ? null : formula(plainText(element), type[1] !== undefined);
  }
  if (attribs.class === undefined && name !== 'math') return null;
  const classes = ` ${attribs.class ?? ''} `;
  if (attribs['data-tex'] !== undefined && /\b(?:ztext-math|math|tex)\b/.test(classes)) {
    return formula(attribs['data-tex'], attribs['data-display'] === 'true');
  }
  if (name === 'math') {
    const tex = annotation(element) ?? attribs.alttext ?? null;
    return tex === null ? null : formula(tex, attribs.display === 'block');
  }
  if (/\s(?:katex|katex-display|MathJax|MathJax_Display|mwe-math-element|mjx-container)\s/.test(classes)) {
    const tex = annotation(element);
    return tex === null ? null : formula(tex, /\s(?:katex-display|MathJax_Display)\s/.test(classes));
  }
  return /\smath\s/.test(classes) ? delimited(element) : null;
}

/** `<span class="math inline">\(…\)</span>`, which scripts of the page would draw, as Pandoc and cnblogs write it. */
function delimited({ children }: Element): Formula | null {
  const [only] = children;
  if (children.length !== 1 || only?.type !== 'text' || only.data.length > MAX_TEX) return null;
  const text = only.data.trim();
  const inline = text.startsWith('\\(') && text.endsWith('\\)');
  const display = text.startsWith('\\[') && text.endsWith('\\]');
  return text.length > 4 && (inline || display) ? formula(text.slice(2, -2).trim(), display) : null;
}

function pictureFormula(attribs: Record<string, string>): Formula | null {
  const alt = attribs.alt ?? '';
  const source = attribs.src ?? '';
  if (attribs.eeimg !== undefined && alt !== '') return formula(alt, attribs.eeimg === '2' || /\\\\\s*$/.test(alt));
  if (attribs['data-formula'] !== undefined) return formula(attribs['data-formula'], false);
  if (attribs['data-latex'] !== undefined) return formula(attribs['data-latex'], false);
  const classes = ` ${attribs.class ?? ''} `;
  if (
    /\s(?:mwe-math-fallback-image-(?:inline|display)|latex|tex|math-inline|math-display)\s/.test(classes) &&
    alt !== ''
  ) {
    return formula(alt, /display/.test(classes));
  }
  if (
    /latex\.codecogs\.com|\/cgi-bin\/mathtex|chart\.googleapis\.com\/chart\?cht=tx|zhihu\.com\/equation/.test(source)
  ) {
    return alt === '' ? null : formula(alt, false);
  }
  return null;
}

function annotation(element: Element): string | null {
  const stack: Element['children'] = [...element.children].reverse();
  let steps = 0;
  for (let node = stack.pop(); node !== undefined && steps < 20_000; node = stack.pop()) {
    steps++;
    if (!('children' in node)) continue;
    if (node.type === 'tag' && node.name === 'annotation' && /tex/i.test(node.attribs.encoding ?? '')) {
      return plainText(node);
    }
    for (const child of [...node.children].reverse()) stack.push(child);
  }
  return null;
}

function formula(raw: string, display: boolean): Formula | null {
  let tex = raw.replace(/\0/g, '').trim();
  let block = display;
  for (const [start, end, alone] of WRAPPERS) {
    if (!tex.startsWith(start) || !tex.endsWith(end) || tex.length < start.length + end.length) continue;
    tex = tex.slice(start.length, -end.length).trim();
    block ||= alone;
    break;
  }
  tex = tex.replace(/^\{\\displaystyle\s+([\s\S]*)\}$/, '$1').trim();
  return tex === '' || tex.length > MAX_TEX ? null : { tex, display: block };
}
