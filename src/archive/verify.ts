import { REASONS, type Status } from '../types.ts';
import { contentHash } from './content.ts';
import { hashFile, listTree, readLines, readText, type TreeEntry } from './disk.ts';
import type { Fault } from './door.ts';
import { compareText, isObject, parseJson } from './json.ts';
import { type FileSum, isListed, isManifestText, MANIFEST, namesSealed, readManifest } from './manifest.ts';
import { isStoredPage } from './page-file.ts';
import { isLitter, versionName, WORK } from './paths.ts';
import { schemaFault } from './schema-check.ts';
import { PAGE_SCHEMA } from './schemas/page.ts';
import { STATUS_SCHEMA } from './schemas/status.ts';
import { readSeal, statusSum } from './seal.ts';
import { keyOf } from './sorted-file.ts';
import { formatStatus, isStatus, isTransition } from './status.ts';
import { verifyWarc } from './verify-warc.ts';
import type { Workbench } from './workbench.ts';

/**
 * Checks every byte of an archive: names and sums against manifest.json (and, of a run that a stop left unfinished,
 * against the journal), the two sealed files against their seal, and the formats of what it holds. Faults are sorted
 * by path. An empty archive (no file at all) has none.
 */
export async function verifyArchive(bench: Workbench): Promise<Fault[]> {
  const faults: Fault[] = [];
  const { sums, text } = await expectedFiles(bench, faults);
  const found = await effectiveTree(bench);
  if (found.length === 0 && text === null) return [];
  if (text === null && bench.run === null) faults.push(fault(MANIFEST, 'missing', 'the archive has no manifest'));
  const seen = new Set<string>();
  for (const { path, kind } of found) {
    if (isLitter(path)) continue;
    seen.add(path);
    if (!isListed(path)) continue;
    const expected = sums.get(path);
    if (expected === undefined || kind !== 'file') {
      faults.push(
        fault(path, 'extra', kind === 'file' ? 'the manifest does not know this file' : `a ${kind}, not a file`),
      );
      continue;
    }
    await checkFile(bench, path, expected, faults);
  }
  for (const path of sums.keys())
    if (!seen.has(path)) faults.push(fault(path, 'missing', 'the manifest names it, but it is not there'));
  if (text !== null) await checkStatus(bench, sums, namesSealed(text), faults);
  return faults.sort(
    (a, b) => compareText(a.path, b.path) || compareText(a.code, b.code) || compareText(a.message, b.message),
  );
}

function fault(path: string, code: Fault['code'], message: string): Fault {
  return { path, code, message };
}

/** What is there, counting in what a stop left on its way: staged files in their places, removed ones gone. */
async function effectiveTree(bench: Workbench): Promise<Pick<TreeEntry, 'path' | 'kind'>[]> {
  const found: Pick<TreeEntry, 'path' | 'kind'>[] = await listTree(bench.dir, (folder) => folder !== WORK);
  const unplaced = new Set([...bench.unplaced()].filter((path) => !path.startsWith(`${WORK}/`)));
  const there = found.filter(
    ({ path }) => !unplaced.has(path) && !(unplaced.size > 0 && bench.changed.get(path) === null),
  );
  return [...there, ...[...unplaced].map((path) => ({ path, kind: 'file' as const }))];
}

/** What ought to be there: the manifest, and over it what an unfinished run has put in place since. */
async function expectedFiles(
  bench: Workbench,
  faults: Fault[],
): Promise<{ sums: Map<string, FileSum>; text: string | null }> {
  const text = await readText(bench.locate(MANIFEST));
  const sums = new Map<string, FileSum>();
  if (text !== null && !isManifestText(text)) faults.push(fault(MANIFEST, 'bad-manifest', 'it is damaged'));
  let last = '';
  for await (const entry of readManifest(bench.locate(MANIFEST))) {
    if (entry === null || entry.path <= last) {
      faults.push(
        fault(MANIFEST, 'bad-manifest', entry === null ? 'a line is damaged' : `${entry.path} is out of order`),
      );
      continue;
    }
    last = entry.path;
    sums.set(entry.path, { bytes: entry.bytes, sha256: entry.sha256 });
  }
  for (const [path, sum] of bench.changed) {
    if (sum === null) sums.delete(path);
    else if (isListed(path)) sums.set(path, sum);
  }
  return { sums, text };
}

async function checkFile(bench: Workbench, path: string, expected: FileSum, faults: Fault[]): Promise<void> {
  const actual = await hashFile(bench.locate(path));
  if (actual === null) return;
  if (actual.sha256 !== expected.sha256) {
    const size =
      actual.bytes === expected.bytes ? 'its bytes are not' : `its ${actual.bytes} bytes are not the ${expected.bytes}`;
    faults.push(fault(path, 'changed', `${size} those that were written`));
  }
  if (/^warc\/.*\.warc\.gz$/.test(path)) faults.push(...(await verifyWarc(bench.locate(path), path)));
  else if (/^pages\/.*\/page\.json$/.test(path)) faults.push(...(await checkPage(bench, path)));
  else if (/^state\/.*\.ndjson$/.test(path)) faults.push(...(await checkState(bench.locate(path), path)));
  else if (path === 'changes.ndjson') faults.push(...(await checkChanges(bench.locate('changes.ndjson'))));
  else if (path.startsWith('assets/') && !path.includes(`/${actual.sha256}.`)) {
    faults.push(fault(path, 'bad-digest', 'its name is not the SHA-256 of its bytes'));
  } else if (path.endsWith('.json') && parseJson((await readText(bench.locate(path))) ?? '') === undefined) {
    faults.push(fault(path, 'bad-json', 'it is not JSON'));
  }
}

async function checkPage(bench: Workbench, path: string): Promise<Fault[]> {
  const value = parseJson((await readText(bench.locate(path))) ?? '');
  if (value === undefined) return [fault(path, 'bad-json', 'it is not JSON')];
  const wrong = schemaFault(value, PAGE_SCHEMA);
  if (wrong !== null || !isStoredPage(value)) return [fault(path, 'bad-schema', wrong ?? 'it is no page')];
  const faults: Fault[] = [];
  if (!path.startsWith(`pages/${value.id}/`)) faults.push(fault(path, 'bad-page', `it says that it is ${value.id}`));
  if (contentHash(value) !== value.contentHash)
    faults.push(fault(path, 'bad-digest', 'contentHash is not that of its content'));
  for (const { asset } of value.pictures) {
    if (asset !== null && (await hashFile(bench.locate(asset))) === null)
      faults.push(fault(path, 'bad-page', `${asset} is not there`));
  }
  return faults;
}

async function checkState(place: string, path: string): Promise<Fault[]> {
  let last: string | null = null;
  let number = 0;
  for await (const { line } of readLines(place)) {
    number++;
    const key = keyOf(line);
    if (key === null || parseJson(line) === undefined)
      return [fault(path, 'bad-state', `line ${number} is not a record`)];
    if (last !== null && key <= last) return [fault(path, 'bad-state', `line ${number} is out of order`)];
    last = key;
  }
  return [];
}

async function checkChanges(place: string): Promise<Fault[]> {
  let number = 0;
  for await (const { line, ended } of readLines(place)) {
    number++;
    if (!ended || !isTransition(parseJson(line)))
      return [fault('changes.ndjson', 'bad-changes', `line ${number} is not a change of health`)];
  }
  return [];
}

/** status.json and status.md: the seal, the schema, the written form, and whether they agree with the pages. */
async function checkStatus(
  bench: Workbench,
  sums: ReadonlyMap<string, FileSum>,
  sealed: boolean,
  faults: Fault[],
): Promise<void> {
  const [json, report] = [await readText(bench.locate('status.json')), await readText(bench.locate('status.md'))];
  // An archive in which no run ever ended has neither.
  if (!sealed && json === null && report === null) return;
  for (const [path, text] of [
    ['status.json', json],
    ['status.md', report],
  ] as const) {
    if (text === null) faults.push(fault(path, 'missing', 'it is not there'));
  }
  const seal = report === null ? null : readSeal(report);
  if (report !== null && seal?.whole !== true)
    faults.push(fault('status.md', 'changed', 'it does not fit its own seal'));
  if (json === null) return;
  if (seal !== null && statusSum(json) !== seal.statusSha256)
    faults.push(fault('status.json', 'changed', 'it does not fit the seal in status.md'));
  const value = parseJson(json);
  if (value === undefined) return void faults.push(fault('status.json', 'bad-json', 'it is not JSON'));
  const wrong = schemaFault(value, STATUS_SCHEMA);
  if (wrong !== null || !isStatus(value))
    return void faults.push(fault('status.json', 'bad-schema', wrong ?? 'it is no status'));
  if (formatStatus(value) !== json)
    faults.push(fault('status.json', 'bad-status', 'it is not written as the archive writes it'));
  faults.push(...disagreements(bench, value, sums));
}

function disagreements(bench: Workbench, status: Status, sums: ReadonlyMap<string, FileSum>): Fault[] {
  const faults: Fault[] = [];
  const say = (message: string): void => void faults.push(fault('status.json', 'bad-status', message));
  const { id, startedAt, finishedAt } = status.run;
  if (id !== versionName(startedAt)) say(`the run's id ${id} does not fit its start ${startedAt}`);
  if (finishedAt < startedAt) say(`the run ends at ${finishedAt}, before its start ${startedAt}`);
  const counts: Record<string, number> = { links: status.links.length };
  for (const verdict of Object.keys(REASONS)) counts[verdict] = 0;
  const earlierVersions = countVersions(sums);
  const ids = new Set<string>();
  for (const link of status.links) {
    counts[link.verdict] = (counts[link.verdict] ?? 0) + 1;
    if (ids.has(link.id)) say(`${link.id} stands in it twice`);
    ids.add(link.id);
    if (link.snapshot === null) continue;
    const { path, sha256, versions } = link.snapshot;
    if (path !== `pages/${link.id}/page.md`) say(`${link.id}: the snapshot's path is ${path}`);
    // What an unfinished run has kept since is newer than this status.
    if (bench.run !== null && bench.changed.has(path)) continue;
    const sum = sums.get(path);
    if (sum === undefined) say(`${link.id}: ${path} is not in the archive`);
    else if (sum.sha256 !== sha256) say(`${link.id}: ${path} is not the file that it names`);
    const earlier = earlierVersions.get(link.id) ?? 0;
    if (sum !== undefined && versions !== earlier + 1)
      say(`${link.id}: it counts ${versions} versions, there are ${earlier + 1}`);
  }
  for (const [name, number] of Object.entries(counts)) {
    const said: unknown = isObject(status.run.counts) ? Reflect.get(status.run.counts, name) : undefined;
    if (said !== number) say(`counts.${name} is ${said}, but its links are ${number}`);
  }
  return faults;
}

/** How many earlier versions each link has, by id. */
function countVersions(sums: ReadonlyMap<string, FileSum>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const path of sums.keys()) {
    const id = /^pages\/([^/]+\/[^/]+)\/versions\/[^/]+\/page\.json$/.exec(path)?.[1];
    if (id !== undefined) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}
