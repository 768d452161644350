import { join } from 'node:path';
import type { Article, Link, SnapshotRef } from '../types.ts';
import { type Allowance, isWhole, resolvePictures } from './assets.ts';
import { contentHash, onlyFillsPictures, whyPoorer } from './content.ts';
import { hashFile, readText } from './disk.ts';
import type { KeepInput, Kept, LeftOut, StoredPage } from './door.ts';
import { formatJson } from './json.ts';
import { listVersions, PAGE_FILES, readPage, versionFolder, versionTime } from './page-file.ts';
import { pageFolder, versionName } from './paths.ts';
import { renderHtml } from './render-html.ts';
import { renderMarkdown } from './render-markdown.ts';
import type { Stage } from './stage.ts';
import { type Memento, renderTimemap, TIMEMAP } from './timemap.ts';
import { withoutSecrets } from './warc/secrets.ts';

type Target = Pick<Link, 'id' | 'url' | 'platform'>;

const UP = '../../../';
const UP_FROM_VERSION = '../../../../../';

/** What is to be done about an article, and the files for it, staged but not yet committed. */
export interface Plan {
  kept: Kept;
  /** True where there is something to commit. */
  writes: boolean;
}

/**
 * Decides what becomes of an article and stages the files. The kept version moves to versions/ when title, text or
 * pictures changed; it stays where they did not, or where the fresh one is poorer.
 */
export async function planSnapshot(
  dir: string,
  link: Target,
  article: Article,
  input: KeepInput,
  stage: Stage,
  allowance: Allowance,
): Promise<Plan> {
  const before = await readPage(dir, link.id);
  const resolved = await resolvePictures(
    dir,
    link.id,
    article.pictures,
    input.pictures,
    before?.pictures ?? [],
    allowance,
  );
  const fresh = makePage(link, article, input, resolved.pictures);
  const poorer = whyPoorer(before, fresh);
  const { leftOut, files } = resolved;
  if (poorer !== null) {
    const ref = before === null ? null : await refOf(dir, before);
    return { kept: outcome('refused', ref, before?.contentHash ?? null, poorer, leftOut), writes: false };
  }
  if (before === null || (before.contentHash !== fresh.contentHash && !onlyFillsPictures(before, fresh))) {
    for (const [path, bytes] of files) await stage.add(path, bytes);
    const earlier = before === null ? await listVersions(dir, link.id) : await stageEarlier(dir, before, stage);
    const ref = await stagePage(fresh, earlier, stage);
    return {
      kept: outcome(before === null ? 'new' : 'new-version', ref, fresh.contentHash, null, leftOut),
      writes: true,
    };
  }
  return touchUp(dir, before, fresh, files, leftOut, stage);
}

/**
 * Same content: the kept version stays, with its time. What it lacked (a picture, an author, a file deleted by hand,
 * the list's new note) is added in place.
 */
async function touchUp(
  dir: string,
  before: StoredPage,
  fresh: StoredPage,
  files: ReadonlyMap<string, Uint8Array>,
  leftOut: LeftOut[],
  stage: Stage,
): Promise<Plan> {
  const filled = before.contentHash !== fresh.contentHash;
  const page: StoredPage = {
    ...before,
    author: before.author ?? fresh.author,
    account: before.account ?? fresh.account,
    published: before.published ?? fresh.published,
    language: before.language ?? fresh.language,
    original: before.original ?? fresh.original,
    note: fresh.note,
    partial: before.partial && fresh.partial,
    ...(filled
      ? { pictures: fresh.pictures, html: fresh.html, markdown: fresh.markdown, contentHash: fresh.contentHash }
      : {}),
  };
  const changed = formatJson(page) !== formatJson(before);
  const lost = !(await isComplete(dir, before));
  if (!changed && !lost && files.size === 0) {
    return { kept: outcome('same', await refOf(dir, before), before.contentHash, null, leftOut), writes: false };
  }
  for (const [path, bytes] of files) await stage.add(path, bytes);
  const ref = await stagePage(page, await listVersions(dir, page.id), stage);
  const why = lost ? 'files that were missing or cut were written again' : 'what it lacked was added';
  return { kept: outcome('same', ref, page.contentHash, why, leftOut), writes: true };
}

function outcome(
  changed: Kept['changed'],
  ref: SnapshotRef | null,
  hash: string | null,
  why: string | null,
  leftOut: LeftOut[],
): Kept {
  return { changed, ref, contentHash: hash, why, leftOut };
}

function makePage(link: Target, article: Article, input: KeepInput, pictures: StoredPage['pictures']): StoredPage {
  const title = article.title ?? input.linkText;
  const page: StoredPage = {
    schema: 'linkark/page@1',
    id: link.id,
    url: link.url,
    platform: link.platform,
    title,
    author: article.author,
    account: article.account,
    published: article.published,
    updated: article.updated,
    captured: input.capturedAt,
    language: article.language,
    note: input.note,
    partial: article.partial,
    original: article.original,
    source: {
      status: input.source.status,
      finalUrl: withoutSecrets(input.source.finalUrl),
      sha256: input.source.sha256,
    },
    contentHash: '',
    text: article.text,
    markdown: article.markdown,
    html: article.html,
    pictures,
  };
  return { ...page, contentHash: contentHash(page) };
}

/** Stages the three files and the TimeMap of the latest version. `earlier` names the versions before it. */
async function stagePage(page: StoredPage, earlier: readonly string[], stage: Stage): Promise<SnapshotRef> {
  const folder = pageFolder(page.id);
  const markdown = await stage.add(`${folder}/page.md`, renderMarkdown(page, UP));
  await stage.add(`${folder}/page.html`, renderHtml(page, UP));
  await stage.add(`${folder}/page.json`, formatJson(page));
  const mementos: Memento[] = earlier.map((name) => ({
    captured: versionTime(name),
    path: `versions/${name}/page.html`,
  }));
  mementos.push({ captured: page.captured, path: 'page.html' });
  await stage.add(`${folder}/${TIMEMAP}`, renderTimemap(page.url, mementos));
  return makeRef(page, markdown.sha256, earlier.length);
}

/** Stages the kept version's copy in versions/; returns the names of all earlier versions, oldest first. */
async function stageEarlier(dir: string, before: StoredPage, stage: Stage): Promise<string[]> {
  const names = await listVersions(dir, before.id);
  let time = Date.parse(before.captured);
  while (names.includes(versionName(new Date(time).toISOString()))) time += 1000;
  const name = versionName(new Date(time).toISOString());
  const from = versionFolder(before.id);
  const to = versionFolder(before.id, name);
  for (const file of PAGE_FILES) {
    const text = await readText(join(dir, from, file));
    const moved = file === 'page.json' ? text : text === null ? null : deepen(text);
    if (moved !== null) await stage.add(`${to}/${file}`, moved);
  }
  return [...names, name].sort();
}

/** Points the pictures of a page from two folders further down: only whole addresses of kept files. */
function deepen(text: string): string {
  return text.replace(/\.\.\/\.\.\/\.\.\/(?=assets\/[0-9a-f]{2}\/[0-9a-f]{64}\.)/g, UP_FROM_VERSION);
}

function makeRef(page: StoredPage, sha256: string, earlier: number): SnapshotRef {
  const images = new Set(page.pictures.flatMap((picture) => picture.asset ?? []));
  return {
    path: `${pageFolder(page.id)}/page.md`,
    capturedAt: page.captured,
    sha256,
    versions: earlier + 1,
    images: images.size,
  };
}

async function refOf(dir: string, page: StoredPage): Promise<SnapshotRef | null> {
  const sum = await hashFile(join(dir, pageFolder(page.id), 'page.md'));
  return sum === null ? null : makeRef(page, sum.sha256, (await listVersions(dir, page.id)).length);
}

/** How each file of a version ends: one that was cut does not. */
const ENDS: Readonly<Record<string, string>> = {
  'page.md': '\n',
  'page.html': '</html>\n',
  'page.json': '}\n',
  [TIMEMAP]: '\n',
};

/** True where all files of the kept version lie there with their ends, pictures in their length. */
async function isComplete(dir: string, page: StoredPage): Promise<boolean> {
  for (const [file, end] of Object.entries(ENDS)) {
    const text = await readText(join(dir, pageFolder(page.id), file));
    if (text?.endsWith(end) !== true) return false;
  }
  for (const picture of page.pictures) {
    if (picture.asset !== null && !(await isWhole(dir, picture.asset, picture.bytes))) return false;
  }
  return true;
}
