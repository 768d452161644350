import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { stringify } from 'yaml';
import type { StoredPage, StoredPicture } from './door.ts';
import { escapeMarkup } from './markup.ts';

/** page.md: front matter, title, text; pictures lie `up` folders above in assets/. */
export function renderMarkdown(page: StoredPage, up: string): string {
  const front = stringify(
    {
      url: page.url,
      title: page.title,
      author: page.author ?? page.account,
      published: page.published,
      captured: page.captured,
      platform: page.platform,
      sha256: page.source.sha256,
      note: page.note,
    },
    { lineWidth: 0, defaultStringType: 'PLAIN', defaultKeyType: 'PLAIN' },
  );
  const body = rewriteMarkdown(page.markdown, page.pictures, up).trim();
  const title = page.title?.replace(/\s+/g, ' ').trim() ?? '';
  const heading = title === '' || body.startsWith(`# ${title}\n`) ? '' : `# ${escapeInline(title)}\n\n`;
  return `---\n${front}---\n\n${heading}${body}\n`;
}

function escapeInline(text: string): string {
  return text.replace(/[\\`*_[\]<>&#|~$]/g, '\\$&');
}

interface Edit {
  start: number;
  end: number;
  text: string;
}

/** Markdown with its pictures pointed at the kept files; everything else stays as it was, letter for letter. */
export function rewriteMarkdown(markdown: string, pictures: readonly StoredPicture[], up: string): string {
  if (!/!\[|<img/i.test(markdown)) return markdown;
  const kept = new Map(pictures.map((picture) => [picture.url, picture]));
  const edits: Edit[] = [];
  const open: Nodes[] = [fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] })];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if ('children' in node) open.push(...node.children);
    const text = replacement(node, kept, up);
    const start = node.position?.start.offset;
    const end = node.position?.end.offset;
    if (text !== null && start !== undefined && end !== undefined) edits.push({ start, end, text });
  }
  edits.sort((a, b) => a.start - b.start);
  let out = '';
  let at = 0;
  for (const edit of edits) {
    out += markdown.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return out + markdown.slice(at);
}

function replacement(node: Nodes, kept: ReadonlyMap<string, StoredPicture>, up: string): string | null {
  if (node.type === 'html') {
    const value = rewriteSources(node.value, kept, up);
    return value === node.value ? null : value;
  }
  if (node.type !== 'image') return null;
  const asset = kept.get(node.url)?.asset ?? null;
  const alt = escapeInline((node.alt ?? '').replace(/\s+/g, ' ').trim());
  if (asset !== null) return `![${alt}](${up}${asset})`;
  return /^https?:/i.test(node.url)
    ? `[${alt === '' ? 'picture not kept' : alt}](<${node.url.replace(/[<>\s]/g, encodeURIComponent)}>)`
    : alt;
}

/** Points the quoted `src` of raw HTML at kept files; a plain scan, linear in its length. */
function rewriteSources(html: string, kept: ReadonlyMap<string, StoredPicture>, up: string): string {
  const out: string[] = [];
  let at = 0;
  for (let hit = html.indexOf('src="'); hit !== -1; hit = html.indexOf('src="', at)) {
    const start = hit + 5;
    const end = html.indexOf('"', start);
    if (end === -1) break;
    const asset = kept.get(html.slice(start, end).replace(/&amp;/g, '&'))?.asset;
    out.push(html.slice(at, start), asset == null ? html.slice(start, end) : escapeMarkup(up + asset));
    at = end;
  }
  return out.join('') + html.slice(at);
}
