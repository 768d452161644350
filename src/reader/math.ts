import { Parser } from 'htmlparser2';
import katex from 'katex';
import { escapeHtml, Markup } from './markup.ts';

/** Formulas longer than this are shown as TeX. */
const LONGEST = 4000;
/** Braces nested deeper than this are shown as TeX: the typesetter recurses. */
const DEEPEST = 60;

const ELEMENTS: ReadonlySet<string> = new Set(
  (
    'math semantics annotation mrow mi mn mo mtext mspace msub msup msubsup munder mover munderover mfrac msqrt mroot ' +
    'mtable mtr mtd mstyle mpadded mphantom menclose mglyph ms mlabeledtr'
  ).split(' '),
);
const ATTRIBUTES: ReadonlySet<string> = new Set(
  (
    'display mathvariant stretchy fence separator lspace rspace minsize maxsize symmetric movablelimits accent ' +
    'accentunder linethickness scriptlevel displaystyle columnalign rowspacing columnspacing columnlines rowlines ' +
    'rowalign width height depth voffset notation mathcolor mathbackground encoding side xmlns'
  ).split(' '),
);

/**
 * A formula as MathML, which every present browser draws with its own fonts: no script, no style attribute and no font
 * file, none of which a page opened from disk can rely on. TeX that cannot be set is shown as it is.
 */
export function renderFormula(tex: string, display: boolean): Markup {
  const mathml = typeset(tex, display);
  if (mathml === null) return new Markup(`<code class="tex">${escapeHtml(tex)}</code>`);
  return new Markup(
    display
      ? `<div class="formula scroll" tabindex="0" role="group" aria-label="TeX">${mathml}</div>`
      : `<span class="formula">${mathml}</span>`,
  );
}

function typeset(tex: string, display: boolean): string | null {
  if (tex.length > LONGEST || depth(tex) > DEEPEST) return null;
  try {
    const html = katex.renderToString(tex, {
      displayMode: display,
      output: 'mathml',
      throwOnError: true,
      strict: 'ignore',
      trust: false,
      maxExpand: 500,
      maxSize: 20,
    });
    return filterMathml(html);
  } catch {
    // KaTeX throws ParseError for TeX it does not know; the source is shown instead.
    return null;
  }
}

function depth(tex: string): number {
  let open = 0;
  let deepest = 0;
  for (const sign of tex) {
    if (sign === '{') deepest = Math.max(deepest, ++open);
    else if (sign === '}') open--;
  }
  return Math.max(deepest, (tex.match(/\\(?:left|begin|sqrt|frac)\b/g) ?? []).length / 8);
}

/** The typesetter's output by an allow-list: what remains cannot style, script or fetch. */
function filterMathml(html: string): string | null {
  let out = '';
  const open: string[] = [];
  let hidden = 0;
  const parser = new Parser(
    {
      onopentag(name, attribs) {
        if (name === 'annotation') hidden++;
        if (hidden > 0 || !ELEMENTS.has(name)) return;
        const kept = Object.entries(attribs).filter(([key]) => ATTRIBUTES.has(key));
        out += `<${name}${kept.map(([key, value]) => ` ${key}="${escapeHtml(value)}"`).join('')}>`;
        open.push(name);
      },
      ontext(text) {
        if (hidden === 0 && open.length > 0) out += escapeHtml(text);
      },
      onclosetag(name) {
        if (name === 'annotation') hidden--;
        else if (hidden === 0 && open[open.length - 1] === name) {
          out += `</${name}>`;
          open.pop();
        }
      },
    },
    { xmlMode: true },
  );
  parser.end(html);
  return open.length === 0 && out !== '' ? out : null;
}
