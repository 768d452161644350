import { dirname, join } from 'node:path';
import type { LinkStatus, Status } from '../../types.ts';
import { moveFile, readBytes, readText, sha256, statPath } from '../disk.ts';
import type { StoredPage, StoredPicture } from '../door.ts';
import { compareText, parseJson } from '../json.ts';
import { escapeMarkup } from '../markup.ts';
import { readPage, storedPages } from '../page-file.ts';
import { isStatus } from '../status.ts';
import type { ExportCounts, ExportOptions } from './wacz.ts';
import { toXhtml } from './xhtml.ts';
import { ZipWriter } from './zip.ts';

interface Chapter {
  id: string;
  /** The heading of the list under which the link stands; null where it has none. */
  part: string | null;
  file: string;
  title: string;
}

/** Kinds of picture that every EPUB 3.3 reader shows. */
const CORE = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/svg+xml']);
/** WebP came with EPUB 3.3: readers of 3.2 and before are to be given something else, which is this. */
const LATE = 'image/webp';
const FALLBACK = 'no-webp.svg';
const FALLBACK_SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 90" width="160" height="90">
<title>WebP</title><rect x="1" y="1" width="158" height="88" fill="none" stroke="#999999"/><path d="M1 1l158 88M159 1L1 89" stroke="#999999"/>
</svg>
`;

/**
 * Writes the latest version of every kept page as one EPUB 3 book: chapters in the order of the lists, a contents page
 * by headings, the kept pictures. The same archive gives the same bytes. Null where nothing is kept.
 */
export async function exportEpub(dir: string, target: string, options: ExportOptions): Promise<ExportCounts | null> {
  const chapters = await planChapters(dir);
  if (chapters.length === 0) return null;
  const draft = join(dirname(target), `.${sha256(target).slice(0, 12)}.linkark-tmp.epub`);
  const zip = await ZipWriter.create(draft);
  try {
    await zip.add('mimetype', 'application/epub+zip', true);
    await zip.add('META-INF/container.xml', CONTAINER);
    const pictures = new Map<string, string>();
    const facts = { language: 'zh-CN', latest: '1970-01-01T00:00:00Z', hashes: [] as string[] };
    for (const [index, chapter] of chapters.entries()) {
      const page = await readPage(dir, chapter.id);
      if (page === null) continue;
      if (index === 0 && page.language !== null) facts.language = page.language;
      if (page.captured > facts.latest) facts.latest = page.captured;
      facts.hashes.push(page.contentHash);
      await zip.add(
        `EPUB/${chapter.file}`,
        chapterXhtml(page, chapter.title, await presentPictures(dir, page.pictures, pictures)),
      );
    }
    for (const [asset] of pictures) {
      const bytes = await readBytes(join(dir, asset));
      if (bytes !== null) await zip.add(`EPUB/${asset}`, bytes, !asset.endsWith('.svg'));
    }
    if ([...pictures.values()].includes(LATE)) await zip.add(`EPUB/${FALLBACK}`, FALLBACK_SVG);
    await zip.add('EPUB/nav.xhtml', navXhtml(chapters, options.title, facts.language));
    await zip.add('EPUB/package.opf', packageOpf(chapters, pictures, options, facts));
    await zip.finish();
    await moveFile(draft, target);
    return { pages: chapters.length, files: pictures.size, bytes: (await statPath(target))?.size ?? 0 };
  } catch (error) {
    await zip.abort();
    throw error;
  }
}

const CONTAINER = `<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
`;

/** Chapters in the order in which the lists name their links; kept pages that no list names any more come last. */
async function planChapters(dir: string): Promise<Chapter[]> {
  const value = parseJson((await readText(join(dir, 'status.json'))) ?? '');
  const links = new Map(isStatus(value) ? statusLinks(value).map((link) => [link.id, link]) : []);
  const kept: { id: string; title: string; link: LinkStatus | undefined }[] = [];
  for await (const { page, version } of storedPages(dir)) {
    if (version === null) kept.push({ id: page.id, title: page.title ?? page.url, link: links.get(page.id) });
  }
  kept.sort((a, b) => comparePlaces(a.link, b.link) || compareText(a.id, b.id));
  return kept.map(({ id, title, link }, index) => ({
    id,
    title,
    part: link?.occurrences[0]?.heading ?? null,
    file: `chapter-${String(index + 1).padStart(5, '0')}.xhtml`,
  }));
}

function statusLinks(status: Status): LinkStatus[] {
  return status.links.filter((link) => Array.isArray(link.occurrences));
}

function comparePlaces(a: LinkStatus | undefined, b: LinkStatus | undefined): number {
  const [one, two] = [a?.occurrences[0], b?.occurrences[0]];
  if (one === undefined || two === undefined) return Number(one === undefined) - Number(two === undefined);
  return compareText(one.file, two.file) || one.line - two.line || one.column - two.column;
}

/** The pictures of a page that go into the book, each noted in `all` with its media type. */
async function presentPictures(
  dir: string,
  pictures: readonly StoredPicture[],
  all: Map<string, string>,
): Promise<Map<string, string>> {
  const present = new Map<string, string>();
  for (const { url, asset, type } of pictures) {
    if (asset === null || type === null || !CORE.has(type)) continue;
    if (!all.has(asset) && (await statPath(join(dir, asset))) === null) continue;
    all.set(asset, type);
    present.set(url, asset);
  }
  return present;
}

function chapterXhtml(page: StoredPage, title: string, pictures: ReadonlyMap<string, string>): string {
  const facts = [page.author ?? page.account, page.published?.slice(0, 10) ?? null].flatMap((fact) => fact ?? []);
  return xhtml(
    title,
    page.language ?? 'zh-CN',
    `<section>
<h1>${escapeMarkup(title)}</h1>
${facts.length === 0 ? '' : `<p>${facts.map(escapeMarkup).join(' · ')}</p>\n`}<p><a href="${escapeMarkup(page.url)}">${escapeMarkup(page.url)}</a></p>
${toXhtml(page.html, pictures)}
</section>`,
  );
}

function xhtml(title: string, language: string, body: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="${escapeMarkup(language)}" xml:lang="${escapeMarkup(language)}">
<head><title>${escapeMarkup(title)}</title></head>
<body>
${body}
</body>
</html>
`;
}

function navXhtml(chapters: readonly Chapter[], title: string, language: string): string {
  const lines: string[] = [];
  let part: string | null = null;
  for (const chapter of chapters) {
    if (chapter.part !== part) {
      if (part !== null) lines.push('</ol></li>');
      if (chapter.part !== null) lines.push(`<li><span>${escapeMarkup(chapter.part)}</span><ol>`);
      part = chapter.part;
    }
    lines.push(`<li><a href="${chapter.file}">${escapeMarkup(chapter.title)}</a></li>`);
  }
  if (part !== null) lines.push('</ol></li>');
  const body = `<nav epub:type="toc" id="toc"><h1>${escapeMarkup(title)}</h1><ol>\n${lines.join('\n')}\n</ol></nav>`;
  return xhtml(title, language, body);
}

function packageOpf(
  chapters: readonly Chapter[],
  pictures: ReadonlyMap<string, string>,
  options: ExportOptions,
  facts: { language: string; latest: string; hashes: readonly string[] },
): string {
  const hash = sha256(facts.hashes.join(' '));
  const uuid = `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
  const items = chapters.map(
    ({ file }, index) => `<item id="c${index + 1}" href="${file}" media-type="application/xhtml+xml"/>`,
  );
  const files = [...pictures].map(
    ([asset, type], index) =>
      `<item id="p${index + 1}" href="${asset}" media-type="${type}"${type === LATE ? ' fallback="no-webp"' : ''}/>`,
  );
  if ([...pictures.values()].includes(LATE))
    files.push(`<item id="no-webp" href="${FALLBACK}" media-type="image/svg+xml"/>`);
  return `<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="${escapeMarkup(facts.language)}">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:uuid:${uuid}</dc:identifier>
<dc:title>${escapeMarkup(options.title)}</dc:title>
<dc:language>${escapeMarkup(facts.language)}</dc:language>
<dc:creator>${escapeMarkup(options.software)}</dc:creator>
<meta property="dcterms:modified">${new Date(facts.latest).toISOString().slice(0, 19)}Z</meta>
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
${[...items, ...files].join('\n')}
</manifest>
<spine>
<itemref idref="nav"/>
${chapters.map((_, index) => `<itemref idref="c${index + 1}"/>`).join('\n')}
</spine>
</package>
`;
}
