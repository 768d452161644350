import { join } from 'node:path';
import { listNames, readBytes, readText } from '../disk.ts';
import { isObject, parseJson } from '../json.ts';
import { WORK } from '../paths.ts';
import type { SpoolRecord } from './capture.ts';

/** A record in the spool: all but the bytes, and where those lie. */
export type SpoolEntry = Omit<SpoolRecord, 'member'> & { offset: number; length: number };

/** The records of one link in one run, waiting for the run's end. */
export interface SpoolFile {
  run: string;
  startedAt: string;
  link: string;
  /** Path of the gzip members one after the other, below archive/. */
  data: string;
  entries: SpoolEntry[];
}

const SPOOL = `${WORK}/spool`;

/** The two files that spool a link's records: paths below archive/ and contents. */
export function spoolFiles(
  run: { id: string; startedAt: string },
  link: string,
  records: readonly SpoolRecord[],
): Map<string, string | Uint8Array> {
  const base = `${SPOOL}/${run.id}/${link.replace('/', '@')}`;
  let offset = 0;
  const entries = records.map(({ member, ...entry }): SpoolEntry => {
    const at = offset;
    offset += member.length;
    return { ...entry, offset: at, length: member.length };
  });
  return new Map<string, string | Uint8Array>([
    [`${base}.warc.gz`, Buffer.concat(records.map((record) => record.member))],
    [`${base}.json`, JSON.stringify({ run: run.id, startedAt: run.startedAt, link, entries })],
  ]);
}

/** Names of the runs that have something spooled. */
export function spooledRuns(dir: string): Promise<string[]> {
  return listNames(join(dir, SPOOL));
}

/** Links with spooled records of a run, sorted by id. */
export async function spooledLinks(dir: string, run: string): Promise<string[]> {
  const names = await listNames(join(dir, SPOOL, run));
  return names
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length).replace('@', '/'))
    .sort();
}

/** What is spooled of a link; null where its files are not whole. */
export async function readSpool(dir: string, run: string, link: string): Promise<SpoolFile | null> {
  const base = `${SPOOL}/${run}/${link.replace('/', '@')}`;
  const value = parseJson((await readText(join(dir, `${base}.json`))) ?? '');
  if (!isObject(value) || !Array.isArray(value.entries) || typeof value.startedAt !== 'string') return null;
  return { run, startedAt: value.startedAt, link, data: `${base}.warc.gz`, entries: value.entries };
}

/** The gzip members of a spool file, in the order of its entries. */
export async function readMembers(dir: string, spool: SpoolFile): Promise<Uint8Array[] | null> {
  const bytes = await readBytes(join(dir, spool.data));
  const last = spool.entries.at(-1);
  if (bytes === null || last === undefined || bytes.length !== last.offset + last.length) return null;
  return spool.entries.map((entry) => bytes.subarray(entry.offset, entry.offset + entry.length));
}
