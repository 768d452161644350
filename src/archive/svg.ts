import { Parser } from 'htmlparser2';
import { escapeMarkup } from './markup.ts';

/** Elements that draw and nothing else; SVG 1.1 and 2. */
const DRAWING = new Set(
  `svg g defs symbol use title desc metadata path rect circle ellipse line polyline polygon text tspan textPath image
  linearGradient radialGradient stop pattern clipPath mask marker filter feBlend feColorMatrix feComponentTransfer
  feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB
  feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight
  feTile feTurbulence switch style`.split(/\s+/),
);

/**
 * An SVG without anything that runs or fetches: only drawing elements, no event handlers, no references but to itself
 * and to inline bitmaps. Null where nothing drawable is left or it is no well-formed tree.
 */
export function cleanSvg(bytes: Uint8Array): Uint8Array | null {
  const source = new TextDecoder().decode(bytes);
  let out = '';
  let skipped = 0;
  let drawn = 0;
  const open: string[] = [];
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        const local = name.replace(/^svg:/, '');
        if (skipped > 0 || !DRAWING.has(local) || open.length > 500 || open.at(-1) === 'style') {
          skipped++;
          return;
        }
        if (open.length === 0 && (local !== 'svg' || drawn > 0)) return;
        open.push(local);
        drawn++;
        out += `<${local}${attributesOf(attributes)}>`;
      },
      onclosetag(name) {
        if (skipped > 0) {
          skipped--;
          return;
        }
        if (open.pop() !== undefined) out += `</${name.replace(/^svg:/, '')}>`;
      },
      ontext(text) {
        if (skipped > 0 || open.length === 0) return;
        out += open.at(-1) === 'style' ? escapeMarkup(safeStyle(text)) : escapeMarkup(text);
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(source);
  return drawn > 1 && out.startsWith('<svg') ? new TextEncoder().encode(`${out}\n`) : null;
}

function attributesOf(attributes: Record<string, string>): string {
  let out = '';
  for (const [name, value] of Object.entries(attributes)) {
    if (!/^[A-Za-z_][A-Za-z0-9_.-]*(?::[A-Za-z0-9_.-]+)?$/.test(name) || /^on/i.test(name)) continue;
    if (/(?:^|:)(?:href|src)$/i.test(name) && !isInnerReference(value)) continue;
    out += ` ${name}="${escapeMarkup(/url\s*\(|@import/i.test(value) ? safeStyle(value) : value)}"`;
  }
  return out;
}

function isInnerReference(value: string): boolean {
  const reference = value.replace(/[^!-\u{10ffff}]/gu, '');
  return reference.startsWith('#') || /^data:image\/(?:png|jpeg|gif|webp);base64,/i.test(reference);
}

/** Style text in which `url(…)` may only point into the file itself. */
function safeStyle(text: string): string {
  if (/\\|@import|expression\s*\(/i.test(text)) return '';
  return text.replace(/url\s*\(\s*(?!["']?#)[^)]{0,10000}\)/gi, 'none');
}
