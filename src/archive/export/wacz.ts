import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { dirname, join } from 'node:path';
import { listTree, moveFile, removeTree, sha256, statPath, type TreeEntry } from '../disk.ts';
import { formatJson } from '../json.ts';
import { storedPages } from '../page-file.ts';
import { encodeUri } from '../warc/record.ts';
import { withoutSecrets } from '../warc/secrets.ts';
import { indexBelow } from './cdxj.ts';
import { sortLines } from './sort.ts';
import { ZipWriter } from './zip.ts';
import { ZIP_LIMIT } from './zip-format.ts';

interface Resource {
  name: string;
  path: string;
  hash: string;
  bytes: number;
}

export interface ExportOptions {
  /** Program and version. */
  software: string;
  title: string;
}

/** What an export holds. */
export interface ExportCounts {
  pages: number;
  files: number;
  bytes: number;
}

/**
 * Writes the archive's WARC files as one WACZ 1.1.1, with index and page list, to `target`; the file appears when it
 * is whole. WARCs are copied piece by piece. Null where the archive holds no WARC.
 */
export async function exportWacz(dir: string, target: string, options: ExportOptions): Promise<ExportCounts | null> {
  const warcs = (await listTree(join(dir, 'warc'))).filter(
    ({ path, kind }) => kind === 'file' && path.endsWith('.warc.gz'),
  );
  if (warcs.length === 0) return null;
  const draft = join(dirname(target), `.${sha256(target).slice(0, 12)}.linkark-tmp`);
  const zip = await ZipWriter.create(`${draft}.zip`);
  try {
    const resources: Resource[] = [];
    for (const { path, bytes } of warcs) resources.push(await addWarc(zip, join(dir, 'warc', path), bytes));
    const opened = new Set<string>();
    const sorted = sortLines(allLines(dir, warcs, opened), draft);
    const ofWarcs = warcs.reduce((sum, { bytes }) => sum + bytes, 0);
    resources.push(await addLines(zip, 'indexes/index.cdxj', onePerSecond(sorted), LINE_TO_RECORD * ofWarcs));
    const pages = { count: 0, latest: '1970-01-01T00:00:00Z' };
    const lines = pageLines(dir, opened, options.title, pages);
    resources.push(await addLines(zip, 'pages/pages.jsonl', lines, await pageBytes(dir)));
    await addPackage(zip, resources, options, pages.latest);
    await zip.finish();
    await moveFile(`${draft}.zip`, target);
    return { pages: pages.count, files: warcs.length, bytes: (await statPath(target))?.size ?? 0 };
  } catch (error) {
    await zip.abort();
    throw error;
  } finally {
    await removeTree(draft);
  }
}

async function addWarc(zip: ZipWriter, path: string, bytes: number): Promise<Resource> {
  const hash = createHash('sha256');
  const name = `archive/${path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)}`;
  const pieces = async function* (): AsyncGenerator<Uint8Array> {
    for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 })) {
      const chunk: Uint8Array = piece;
      hash.update(chunk);
      yield chunk;
    }
  };
  await zip.addStored(name, pieces(), bytes >= ZIP_LIMIT);
  return resource(name, hash.digest('hex'), bytes);
}

/** Lines as one entry. `bound`: more bytes than this it will not have. */
async function addLines(zip: ZipWriter, name: string, lines: AsyncIterable<string>, bound: number): Promise<Resource> {
  const hash = createHash('sha256');
  let bytes = 0;
  const pieces = async function* (): AsyncGenerator<Uint8Array> {
    for await (const line of lines) {
      const piece = Buffer.from(`${line}\n`);
      hash.update(piece);
      bytes += piece.length;
      yield piece;
    }
  };
  await zip.addStored(name, pieces(), bound >= ZIP_LIMIT);
  return resource(name, hash.digest('hex'), bytes);
}

/** Names of resources may hold no capitals, paths must be the entry's own. */
function resource(path: string, hash: string, bytes: number): Resource {
  return { name: path.toLowerCase(), path, hash: `sha256:${hash}`, bytes };
}

/** The index is never longer than so many times what it indexes: the gzip member of a record holds its address too. */
const LINE_TO_RECORD = 4;

/** Bytes of all page.json, of each of which pages.jsonl takes a part. */
async function pageBytes(dir: string): Promise<number> {
  const files = await listTree(join(dir, 'pages'));
  return files.reduce((sum, { path, bytes }) => sum + (path.endsWith('/page.json') ? bytes : 0), 0);
}

async function* allLines(dir: string, warcs: readonly TreeEntry[], opened: Set<string>): AsyncGenerator<string> {
  for (const { path } of warcs) {
    for await (const { line, uri, opens } of indexBelow(dir, `warc/${path}`)) {
      if (opens) opened.add(uri);
      yield line;
    }
  }
}

/**
 * Players keep one record for an address and second: of several (a retry after an error) the one with 200 stays, else
 * the last. Lines of one address and second stand together, since the address comes first in their JSON.
 */
async function* onePerSecond(lines: AsyncIterable<string>): AsyncGenerator<string> {
  let best: string | null = null;
  for await (const line of lines) {
    if (best !== null && groupOf(best) !== groupOf(line)) {
      yield best;
      best = line;
    } else if (best === null || !best.includes('"status":200}')) {
      best = line;
    }
  }
  if (best !== null) yield best;
}

function groupOf(line: string): string {
  return line.slice(0, line.indexOf('","digest":'));
}

async function* pageLines(
  dir: string,
  opened: ReadonlySet<string>,
  title: string,
  pages: { count: number; latest: string },
): AsyncGenerator<string> {
  yield JSON.stringify({ format: 'json-pages-1.0', id: 'pages', title, hasText: true });
  for await (const { page, version } of storedPages(dir)) {
    const url = [page.url, page.source.finalUrl]
      .map((address) => encodeUri(withoutSecrets(address)))
      .find((uri) => opened.has(uri));
    if (url === undefined) continue;
    pages.count++;
    if (page.captured > pages.latest) pages.latest = page.captured;
    const id = version === null ? page.id : `${page.id}@${version}`;
    yield JSON.stringify({
      id,
      url,
      ts: new Date(page.captured).toISOString(),
      title: page.title ?? page.url,
      text: page.text,
    });
  }
}

async function addPackage(
  zip: ZipWriter,
  resources: readonly Resource[],
  options: ExportOptions,
  latest: string,
): Promise<void> {
  const text = formatJson({
    profile: 'data-package',
    wacz_version: '1.1.1',
    title: options.title,
    software: options.software,
    created: new Date(latest).toISOString(),
    resources,
  });
  await zip.add('datapackage.json', text);
  await zip.add('datapackage-digest.json', formatJson({ path: 'datapackage.json', hash: `sha256:${sha256(text)}` }));
}
