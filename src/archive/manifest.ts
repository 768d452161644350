import { join } from 'node:path';
import { hashFile, listTree, readLines } from './disk.ts';
import { compareText, isObject, parseJson } from './json.ts';
import { isLitter, WORK } from './paths.ts';

/** Size and SHA-256 (hex) of a file. */
export interface FileSum {
  bytes: number;
  sha256: string;
}

export interface ManifestEntry extends FileSum {
  path: string;
}

export const MANIFEST = 'manifest.json';

/**
 * status.json carries the run's own time and so changes every night. It is accounted for by the seal at the end of
 * status.md, and that file by itself, so that manifest.json stays as it is where nothing was news.
 */
const SEALED: readonly string[] = ['status.json', 'status.md'];

function head(sealed: boolean): string {
  return `{\n  "schema": "linkark/manifest@1",\n  "sealed": ${JSON.stringify(sealed ? SEALED : [])},\n  "files": [\n`;
}

const TAIL = '  ]\n}\n';
const INDENT = '    ';

/** True for what manifest.json lists: every file of the archive but itself, the sealed ones and litter. */
export function isListed(path: string): boolean {
  return path !== MANIFEST && !SEALED.includes(path) && !path.startsWith(`${WORK}/`) && !isLitter(path);
}

/** The entries of a manifest.json in their order; null for a line that is none. Nothing where there is no file. */
export async function* readManifest(path: string): AsyncGenerator<ManifestEntry | null> {
  for await (const { line } of readLines(path)) {
    if (!line.startsWith(`${INDENT}{`)) continue;
    yield asEntry(parseJson(line.trim().replace(/,$/, '')));
  }
}

function asEntry(value: unknown): ManifestEntry | null {
  if (!isObject(value)) return null;
  const { path, bytes, sha256 } = value;
  if (typeof path !== 'string' || typeof bytes !== 'number' || typeof sha256 !== 'string') return null;
  return { path, bytes, sha256 };
}

/**
 * The text of manifest.json after changes (null: removed), line by line; unchanged files are not read again. `sealed`
 * says whether the two sealed files are there: they are from the end of the first run on.
 */
export async function* mergeManifest(
  dir: string,
  changes: ReadonlyMap<string, FileSum | null>,
  sealed: boolean,
): AsyncGenerator<string> {
  const paths = [...changes.keys()].filter(isListed).sort(compareText);
  let next = 0;
  let pending: string | null = null;
  yield head(sealed);
  const emit = function* (entry: ManifestEntry): Generator<string> {
    if (pending !== null) yield `${pending},\n`;
    pending = INDENT + JSON.stringify({ path: entry.path, bytes: entry.bytes, sha256: entry.sha256 });
  };
  const changed = function* (until: string | null): Generator<string> {
    for (let path = paths[next]; path !== undefined && (until === null || path <= until); path = paths[next]) {
      next++;
      const sum = changes.get(path);
      if (sum !== null && sum !== undefined) yield* emit({ path, ...sum });
    }
  };
  for await (const entry of readManifest(join(dir, MANIFEST))) {
    if (entry === null || !isListed(entry.path)) continue;
    yield* changed(entry.path);
    if (!changes.has(entry.path)) yield* emit(entry);
  }
  yield* changed(null);
  if (pending !== null) yield `${pending}\n`;
  yield TAIL;
}

/** True where the manifest is there and its frame is whole. */
export function isManifestText(text: string): boolean {
  return (
    (text.startsWith(head(true)) || text.startsWith(head(false))) &&
    text.endsWith(TAIL) &&
    parseJson(text) !== undefined
  );
}

/** True where a manifest says that status.json and status.md belong to the archive. */
export function namesSealed(text: string): boolean {
  return text.startsWith(head(true));
}

/** Sums of all files that lie in an archive, worked out anew: for an archive that has lost its manifest. */
export async function scanFiles(dir: string): Promise<Map<string, FileSum>> {
  const sums = new Map<string, FileSum>();
  for (const { path, kind } of await listTree(dir, (folder) => folder !== WORK)) {
    if (kind !== 'file' || !isListed(path)) continue;
    const sum = await hashFile(join(dir, path));
    if (sum !== null) sums.set(path, sum);
  }
  return sums;
}
