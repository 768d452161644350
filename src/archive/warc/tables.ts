import { join } from 'node:path';
import { listTree, statPath } from '../disk.ts';
import { compareText } from '../json.ts';
import { MANIFEST, readManifest } from '../manifest.ts';
import { type Original, PAGES, PAYLOADS, pageKey, payloadKey } from './assemble.ts';
import { WarcFault } from './read.ts';
import { unpackWarc } from './unpack.ts';

/** Path below archive/ of the file of a table. */
export function tableFile(table: string): string {
  return `state/${table}.ndjson`;
}

/** The tables that the manifest names and that are not there; all that are not there where the manifest is gone too. */
export async function lostTables(dir: string): Promise<string[]> {
  const lost = new Set<string>();
  for (const table of [PAGES, PAYLOADS]) {
    if ((await statPath(join(dir, tableFile(table)))) === null) lost.add(table);
  }
  const manifest = join(dir, MANIFEST);
  if (lost.size === 0 || (await statPath(manifest)) === null) return [...lost];
  const named = new Set<string>();
  for await (const entry of readManifest(manifest)) if (entry?.path.startsWith('state/')) named.add(entry.path);
  return [...lost].filter((table) => named.has(tableFile(table)));
}

/**
 * What the WARC files of an archive say of a table: by key, of a payload its first response, of a page its latest. A
 * file that is broken counts as far as it can be read.
 */
export async function readTable(dir: string, table: string): Promise<Map<string, Original>> {
  const found = new Map<string, Original>();
  for (const path of await warcFiles(join(dir, 'warc'))) {
    try {
      for await (const { records } of unpackWarc(path)) {
        for (const record of records) {
          const key = table === PAGES ? pageKey(record) : record.type === 'response' ? payloadKey(record) : null;
          if (key === null || (table === PAYLOADS && found.has(key))) continue;
          found.set(key, { uri: record.uri, date: record.date });
        }
      }
    } catch (error) {
      if (!(error instanceof WarcFault)) throw error;
    }
  }
  return found;
}

/** The WARC files in the order in which they were written: by run, what runs of one second wrote, and its parts. */
async function warcFiles(folder: string): Promise<string[]> {
  const files = (await listTree(folder)).flatMap(({ path }) => {
    const [, run = '', part = '1', serial = '0'] = /^(.*?)(?:-(\d+))?(?:\.(\d+))?\.warc\.gz$/.exec(path) ?? [];
    return run === '' ? [] : [{ path: join(folder, path), run, part: Number(part), serial: Number(serial) }];
  });
  files.sort((a, b) => compareText(a.run, b.run) || a.serial - b.serial || a.part - b.part);
  return files.map(({ path }) => path);
}
