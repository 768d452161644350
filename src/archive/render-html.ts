import { Parser } from 'htmlparser2';
import type { StoredPage, StoredPicture } from './door.ts';
import { escapeMarkup } from './markup.ts';

const DROPPED = new Set(
  'script style iframe frame frameset object embed applet base meta link form input button select textarea noscript template title head portal'.split(
    ' ',
  ),
);
const VOID = new Set('area br col hr img source track wbr'.split(' '));

/** Nothing runs and nothing is fetched but the pictures beside the page. */
const POLICY =
  "default-src 'none'; script-src 'none'; img-src 'self' data:; media-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

const STYLE = `:root{color-scheme:light dark}
body{margin:0 auto;padding:1.5rem 1rem 4rem;max-width:42rem;font:1.0625rem/1.75 system-ui,"PingFang SC","Hiragino Sans GB","Microsoft YaHei","Noto Sans CJK SC",sans-serif;overflow-wrap:anywhere}
h1{font-size:1.75rem;line-height:1.35;margin:0 0 .5rem}h2,h3,h4,h5,h6{line-height:1.4;margin:2rem 0 .5rem}
header{border-bottom:1px solid #8884;margin-bottom:2rem;padding-bottom:1rem}
header p{margin:.25rem 0;font-size:.9375rem;opacity:.8}
img{max-width:100%;height:auto}figure{margin:1.5rem 0}figcaption{font-size:.875rem;opacity:.75}
blockquote{margin:1rem 0;padding:0 1rem;border-left:3px solid #8886}
pre{overflow:auto;padding:.75rem;background:#8882;line-height:1.5}code{font-size:.9em}
table{border-collapse:collapse;display:block;overflow:auto}td,th{border:1px solid #8886;padding:.25rem .5rem}
a.missing{display:inline-block;padding:.25rem .5rem;border:1px dashed #8888;font-size:.875rem}`;

/** page.html: the page on its own, but for its pictures, which lie `up` folders above in assets/. */
export function renderHtml(page: StoredPage, up: string): string {
  const title = escapeMarkup(page.title ?? page.url);
  const facts = [...new Set([page.author, page.account])].flatMap((name) => (name === null ? [] : escapeMarkup(name)));
  if (page.published !== null) facts.push(timeTag(page.published));
  const note = page.note === null ? '' : `<blockquote>${escapeMarkup(page.note).replace(/\n/g, '<br>')}</blockquote>\n`;
  const partial = page.partial ? '<p>Only the part of it that was open to everyone.</p>\n' : '';
  return `<!doctype html>
<html lang="${escapeMarkup(page.language ?? 'zh-CN')}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>${title}</h1>
${facts.length === 0 ? '' : `<p>${facts.join(' · ')}</p>\n`}<p>Kept ${timeTag(page.captured)} from <a href="${escapeMarkup(page.url)}" rel="noopener noreferrer">${escapeMarkup(page.url)}</a></p>
${partial}${note}</header>
<article>
${rewriteHtml(page.html, page.pictures, up)}
</article>
</body>
</html>
`;
}

function timeTag(iso: string): string {
  return `<time datetime="${escapeMarkup(iso)}">${escapeMarkup(iso.slice(0, 16).replace('T', ' '))}</time>`;
}

/**
 * Clean HTML with its pictures pointed at the kept files; one that was not kept becomes a link to where it was. Goes
 * through the text once without building a tree, so depth costs nothing; what could run is dropped a second time.
 */
export function rewriteHtml(html: string, pictures: readonly StoredPicture[], up: string): string {
  const kept = new Map(pictures.map((picture) => [picture.url, picture]));
  const out: string[] = [];
  let rewriter: Rewriter | null = null;
  let from = 0;
  while (from < html.length) {
    const end = html.indexOf('\n', from) + 1 || html.length;
    const line = html.slice(from, end);
    from = end;
    const plain = rewriter === null ? plainLine(line) : null;
    if (plain !== null) out.push(plain);
    else {
      rewriter ??= new Rewriter(out, kept, up);
      if (rewriter.write(line)) rewriter = null;
    }
  }
  rewriter?.end();
  return out.join('');
}

const LINE = /^<(p|h[1-6])>(.*)<\/\1>\n?$/;
const LINK = /<a href="(https?:\/\/[\w.~:/?#[\]@!$()*+,;=%-]+)">([^<]*)<\/a>/;

/** A paragraph or heading of words and links alone, as most lines of most pages are, rewritten without a parser; null for any other line. */
function plainLine(line: string): string | null {
  const [, tag, inside] = LINE.exec(line) ?? [];
  if (tag === undefined || inside === undefined) return null;
  let out = `<${tag}>`;
  // Split by a pattern with two groups: text, address, words, text, address, words, text.
  for (const [at, part] of inside.split(LINK).entries()) {
    if (at % 3 === 1) {
      out += `<a href="${part}" rel="noopener noreferrer">`;
      continue;
    }
    const text = plainText(part);
    if (text === null) return null;
    out += at % 3 === 2 ? `${text}</a>` : text;
  }
  return `${out}</${tag}>${line.endsWith('\n') ? '\n' : ''}`;
}

/** Text of the clean copy, in which `&` and `<` alone are references; null where there is more in it. */
function plainText(text: string): string | null {
  if (text.includes('<') || /&(?!#x(?:26|3C);)/.test(text)) return null;
  return escapeMarkup(text.replace(/&#x(?:26|3C);/g, (reference) => (reference === '&#x26;' ? '&' : '<')));
}

/** Rewrites lines of any kind. */
class Rewriter {
  readonly #parser: Parser;
  /** Elements that are open, of those that are left out and of the others. */
  #skipped = 0;
  #open = 0;
  #written = 0;
  /** Where the last text ended. */
  #textEnd = -1;

  constructor(out: string[], kept: ReadonlyMap<string, StoredPicture>, up: string) {
    this.#parser = new Parser(
      {
        onopentag: (name, attributes) => {
          this.#open++;
          if (this.#skipped > 0 || DROPPED.has(name)) {
            if (!VOID.has(name) && !EMPTY_DROPPED.has(name)) this.#skipped++;
          } else if (name === 'img') {
            out.push(pictureTag(attributes, kept, up));
          } else {
            out.push(`<${name}${attributesOf(attributes)}>`);
          }
        },
        onclosetag: (name) => {
          this.#open--;
          if (VOID.has(name) || EMPTY_DROPPED.has(name)) return;
          if (this.#skipped > 0) this.#skipped--;
          else out.push(`</${name}>`);
        },
        ontext: (text) => {
          this.#textEnd = this.#parser.endIndex;
          if (this.#skipped === 0) out.push(escapeMarkup(text));
        },
      },
      { decodeEntities: true },
    );
  }

  /** True where what was given is a whole: every element is closed, and the line ended in text, not within a tag or reference. */
  write(line: string): boolean {
    this.#parser.write(line);
    this.#written += line.length;
    return this.#open === 0 && this.#textEnd === this.#written - 1;
  }

  end(): void {
    this.#parser.end();
  }
}

const EMPTY_DROPPED = new Set(['base', 'meta', 'link', 'input', 'embed', 'frame']);

function pictureTag(attributes: Record<string, string>, kept: ReadonlyMap<string, StoredPicture>, up: string): string {
  const url = attributes.src ?? '';
  const picture = kept.get(url);
  const alt = attributes.alt ?? picture?.alt ?? '';
  if (picture?.asset == null) {
    const words = escapeMarkup(alt === '' ? 'picture not kept' : alt);
    return /^https?:/i.test(url)
      ? `<a class="missing" href="${escapeMarkup(url)}" rel="noopener noreferrer">${words}</a>`
      : words;
  }
  const size =
    picture.width === null || picture.height === null ? '' : ` width="${picture.width}" height="${picture.height}"`;
  return `<img src="${up}${picture.asset}" alt="${escapeMarkup(alt)}"${size} loading="lazy">`;
}

function attributesOf(attributes: Record<string, string>): string {
  let out = '';
  for (const [name, value] of Object.entries(attributes)) {
    if (
      !/^[a-z][a-z0-9-]*$/.test(name) ||
      /^on|^(?:srcset|ping|formaction|action|background|srcdoc|src|poster|data|rel)$/.test(name)
    )
      continue;
    if (name === 'style' && /url\s*\(|expression|@import|\\|position\s*:/i.test(value)) continue;
    if (name === 'href' && !/^(?:https?:|mailto:|tel:|#)/i.test(value.trim())) continue;
    out += ` ${name}="${escapeMarkup(value)}"`;
    if (name === 'href' && !value.startsWith('#')) out += ' rel="noopener noreferrer"';
  }
  return out;
}
