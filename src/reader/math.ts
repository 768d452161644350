import { createRequire } from 'node:module';
import { Parser } from 'htmlparser2';
import type Katex from 'katex';
import { escapeHtml, Markup } from './markup.ts';

/** Formulas longer than this are shown as TeX. */
const LONGEST = 4000;
/** Formulas in a line up to this long in TeX fit on a phone. */
const SHORT = 40;
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
  if (!display && tex.length <= SHORT) return new Markup(`<span class="formula">${mathml}</span>`);
  // A line of mathematics does not break; one that may be wider than the page scrolls by itself.
  const tag = display ? 'div' : 'span';
  return new Markup(`<${tag} class="formula scroll" tabindex="0" role="group" aria-label="TeX">${mathml}</${tag}>`);
}

const requireHere = createRequire(import.meta.url);
let loaded: typeof Katex | null = null;

/** Loaded by the first formula: it is half a megabyte of code, and most runs meet none. */
function katex(): typeof Katex {
  loaded ??= requireHere('katex') as typeof Katex;
  return loaded;
}

function typeset(tex: string, display: boolean): string | null {
  if (tex.length > LONGEST || depth(tex) > DEEPEST) return null;
  try {
    const html = katex().renderToString(tex, {
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
  let variant: string | null = null;
  const parser = new Parser(
    {
      onopentag(name, attribs) {
        if (name === 'annotation') hidden++;
        if (hidden > 0 || !ELEMENTS.has(name)) return;
        variant = attribs.mathvariant ?? null;
        const kept = Object.entries(attribs).filter(
          ([key, value]) => ATTRIBUTES.has(key) && (key !== 'mathvariant' || value === 'normal'),
        );
        out += `<${name}${kept.map(([key, value]) => ` ${key}="${escapeHtml(value)}"`).join('')}>`;
        open.push(name);
      },
      ontext(text) {
        if (hidden === 0 && open.length > 0) out += escapeHtml(variant === null ? text : inVariant(text, variant));
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

/** Where each style of the mathematical alphabets begins: capitals, small letters, digits (0 where it has none). */
const ALPHABETS: ReadonlyMap<string, readonly [number, number, number]> = new Map(
  Object.entries({
    bold: [0x1d400, 0x1d41a, 0x1d7ce],
    'bold-italic': [0x1d468, 0x1d482, 0],
    script: [0x1d49c, 0x1d4b6, 0],
    fraktur: [0x1d504, 0x1d51e, 0],
    'double-struck': [0x1d538, 0x1d552, 0x1d7d8],
    'sans-serif': [0x1d5a0, 0x1d5ba, 0x1d7e2],
    monospace: [0x1d670, 0x1d68a, 0x1d7f6],
  }),
);
/** Letters that Unicode had before it had the alphabets. */
const EARLIER: ReadonlyMap<string, string> = new Map(
  Object.entries({
    script: 'BℬEℰFℱHℋIℐLℒMℳRℛeℯgℊoℴ',
    fraktur: 'CℭHℌIℑRℜZℨ',
    'double-struck': 'CℂHℍNℕPℙQℚRℝZℤ',
  }),
);

/** Letters in a style as the characters of that style: browsers know no other way (MathML Core, section 2.1.6). */
function inVariant(text: string, variant: string): string {
  const alphabet = ALPHABETS.get(variant);
  if (alphabet === undefined) return text;
  const earlier = EARLIER.get(variant) ?? '';
  return text.replace(/[A-Za-z0-9]/g, (sign) => {
    const at = earlier.indexOf(sign);
    if (at >= 0) return earlier.charAt(at + 1);
    const [capitals, small, digits] = alphabet;
    if (/[A-Z]/.test(sign)) return String.fromCodePoint(capitals + sign.charCodeAt(0) - 65);
    if (/[a-z]/.test(sign)) return String.fromCodePoint(small + sign.charCodeAt(0) - 97);
    return digits === 0 ? sign : String.fromCodePoint(digits + Number(sign));
  });
}
