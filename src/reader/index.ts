import type { LinkStatus } from '../types.ts';
import { type ArticleContext, renderArticle } from './article.ts';
import { BOOT_JS, READER_CSS, READER_JS } from './assets.generated.ts';
import { renderDashboard } from './dashboard.ts';
import { bitsScript, dataScript, type ListMeta, listShards, pageScript, SHARD_ROWS } from './data.ts';
import { buildList, type Entry, fingerprint, type List, readingMinutes } from './entries.ts';
import type { KeptPage, ReaderFile, ReaderInput } from './input.ts';
import { listPageCount, renderListPage } from './list.ts';
import {
  articlePath,
  DASHBOARD,
  LIST_META,
  listPagePath,
  listShardPath,
  SEARCH_DIRECTORY,
  searchShardPath,
} from './paths.ts';
import { IndexBuilder } from './search/build.ts';
import { renderDiff } from './versions.ts';

export type { KeptPage, KeptPicture, PartSize, ReaderFile, ReaderInput } from './input.ts';

/** Folders below archive/ that the reader owns besides index.html: whatever it does not name in them is out of date. */
export const READER_FOLDERS = ['reader', 'articles'] as const;

/**
 * The offline reader as files, made from the archive's own records: index.html, the plain pages of the articles in
 * articles/, and the application with its data and search index in reader/. Pages are asked for one after the other in
 * the order of the list; of each only its terms stay in memory. Same input, same bytes.
 */
export async function* buildReader(input: ReaderInput): AsyncGenerator<ReaderFile> {
  const list = buildList(input.status);
  const collection = input.title ?? 'linkark';
  const context: ArticleContext = { language: input.language, collection, list };
  const links = new Map(input.status.links.map((link) => [link.id, link]));
  const index = new IndexBuilder();
  // One page is held back until the next readable one is known, for the way from one to the other.
  let held: Place | null = null;
  for (const entry of list.entries) {
    const link = links.get(entry.id);
    if (link === undefined || entry.captured === null) continue;
    const kept = await input.page(entry.id);
    if (kept === null) {
      // The record names a copy that is not there; `verify` says so. The list must not lead to a missing page.
      entry.captured = null;
      continue;
    }
    complete(entry, kept);
    index.add(entry.n, kept.text);
    if (held !== null) yield* articleFiles(input, context, { ...held, next: entry });
    const previous: Entry | null = held === null ? null : held.entry;
    held = { link, entry, kept, previous, next: null };
  }
  if (held !== null) yield* articleFiles(input, context, held);
  yield* searchFiles(index, list);
  const rest = { language: input.language, collection, status: input.status, changes: input.changes, list };
  for (let page = 0; page < listPageCount(list); page++)
    yield { path: listPagePath(page), content: renderListPage(rest, page) };
  const shards = Math.ceil(list.rows.length / SHARD_ROWS);
  const meta: ListMeta = {
    groups: list.groups,
    shards,
    rows: list.rows.length,
    entries: list.entries.length,
    kept: list.entries.filter((entry) => entry.captured !== null).length,
  };
  yield { path: LIST_META, content: dataScript('meta', 0, meta) };
  let shard = 0;
  for (const lines of listShards(list)) {
    yield { path: listShardPath(shard), content: dataScript('list', shard, lines) };
    shard++;
  }
  yield { path: DASHBOARD, content: renderDashboard({ ...rest, sizes: input.sizes }) };
  yield { path: 'reader/boot.js', content: BOOT_JS };
  yield { path: 'reader/reader.js', content: READER_JS };
  yield { path: 'reader/reader.css', content: READER_CSS };
}

/** What only the kept page knows. */
function complete(entry: Entry, kept: KeptPage): void {
  entry.minutes = readingMinutes(kept.text);
  entry.author ??= kept.author ?? kept.account;
  entry.published ??= kept.published;
}

interface Place {
  link: LinkStatus;
  entry: Entry;
  kept: KeptPage;
  previous: Entry | null;
  next: Entry | null;
}

/** An article's page, the pages of its earlier versions, and what changed between each and the next. */
async function* articleFiles(input: ReaderInput, context: ArticleContext, place: Place): AsyncGenerator<ReaderFile> {
  const { entry, kept } = place;
  const names = await input.versions(entry.id);
  const versions: { name: string; captured: string }[] = [];
  let older: { name: string; page: KeptPage } | null = null;
  const pages: { name: string; page: KeptPage }[] = [];
  for (const name of names) {
    const page = await input.page(entry.id, name);
    if (page === null) continue;
    versions.push({ name, captured: page.captured });
    pages.push({ name, page });
  }
  const latest = renderArticle(context, { ...place, version: null, versions });
  yield { path: articlePath(entry.id), content: pageScript(entry.id, latest) };
  for (const { name, page } of pages) {
    yield {
      path: articlePath(entry.id, name),
      content: renderArticle(context, { ...place, kept: page, version: name, versions }),
    };
    if (older !== null) yield diffFile(context, entry, older, { name, page });
    older = { name, page };
  }
  if (older !== null) yield diffFile(context, entry, older, { name: null, page: kept });
}

function diffFile(
  context: ArticleContext,
  entry: Entry,
  older: { name: string; page: KeptPage },
  newer: { name: string | null; page: KeptPage },
): ReaderFile {
  const page = { entry, version: older.name, older: older.page, newer: newer.page, newerVersion: newer.name };
  return { path: articlePath(entry.id, older.name, 'diff'), content: renderDiff(context, page) };
}

function* searchFiles(index: IndexBuilder, list: List): Generator<ReaderFile> {
  for (const part of index.finish(list.entries.length)) {
    if ('directory' in part)
      yield {
        path: SEARCH_DIRECTORY,
        content: dataScript('directory', 0, { ...part.directory, list: fingerprint(list) }),
      };
    else yield { path: searchShardPath(part.shard), content: bitsScript('search', part.shard, part.units) };
  }
}
