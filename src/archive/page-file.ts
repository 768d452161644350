import { join } from 'node:path';
import { listNames, readText } from './disk.ts';
import type { StoredPage } from './door.ts';
import { isObject, parseJson } from './json.ts';
import { isLinkId, pageFolder } from './paths.ts';

/** The three files of a kept version. */
export const PAGE_FILES = ['page.md', 'page.html', 'page.json'] as const;

/** A version's name: `20261123T020000Z`. */
function isVersionName(name: string): boolean {
  return /^\d{8}T\d{6}Z$/.test(name);
}

/** `20261123T020000Z` as ISO 8601. */
export function versionTime(name: string): string {
  return name.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6.000Z');
}

/** Folder of the latest or a named version, below archive/. */
export function versionFolder(id: string, version?: string): string {
  return version === undefined ? pageFolder(id) : `${pageFolder(id)}/versions/${version}`;
}

/** The page.json of a version; null where there is none or it cannot be read as one. */
export async function readPage(dir: string, id: string, version?: string): Promise<StoredPage | null> {
  const text = await readText(join(dir, versionFolder(id, version), 'page.json'));
  const value = text === null ? undefined : parseJson(text);
  return isStoredPage(value) && value.id === id ? value : null;
}

/** Names of the earlier versions, oldest first. */
export async function listVersions(dir: string, id: string): Promise<string[]> {
  return (await listNames(join(dir, pageFolder(id), 'versions'))).filter(isVersionName);
}

/** Enough of a look to work with it; the schema itself is checked by `verify`. */
export function isStoredPage(value: unknown): value is StoredPage {
  return (
    isObject(value) &&
    value.schema === 'linkark/page@1' &&
    typeof value.id === 'string' &&
    typeof value.url === 'string' &&
    typeof value.captured === 'string' &&
    typeof value.text === 'string' &&
    typeof value.html === 'string' &&
    typeof value.markdown === 'string' &&
    isObject(value.source) &&
    Array.isArray(value.pictures)
  );
}

/** Every kept version of every link, sorted by link, earlier versions first; `version` is null for the latest. */
export async function* storedPages(dir: string): AsyncGenerator<{ page: StoredPage; version: string | null }> {
  const root = join(dir, 'pages');
  for (const platform of await listNames(root)) {
    for (const name of await listNames(join(root, platform))) {
      const id = `${platform}/${name}`;
      if (!isLinkId(id)) continue;
      for (const version of [...(await listVersions(dir, id)), null]) {
        const page = await readPage(dir, id, version ?? undefined);
        if (page !== null) yield { page, version };
      }
    }
  }
}
