import { join } from 'node:path';
import type { LinkRecord, Status, Transition } from '../types.ts';
import { leadsToFolder, readBytes, readLines, readText, sha256 } from './disk.ts';
import type { Archive, Records } from './door.ts';
import { ArchiveError } from './errors.ts';
import type { Stored } from './file-store.ts';
import { compareText, isObject, parseJson } from './json.ts';
import { MANIFEST, readManifest } from './manifest.ts';
import { requireInnerPath, requireLinkId } from './paths.ts';
import { openRecords } from './records.ts';
import { isStatus, isTransition } from './status.ts';
import { openStore } from './stores.ts';
import { spoolFiles } from './warc/spool.ts';
import { unpackWarc } from './warc/unpack.ts';
import { Workbench } from './workbench.ts';

/** An archive that one shard of a run has written, opened to be read. */
export interface Shard {
  dir: string;
  status: Status;
  records: Records;
  bench: Workbench;
}

/** Files staged before they are made to count together. */
const STROKE_FILES = 64;
const STROKE_BYTES = 16 * 1024 * 1024;

const INDEX_TABLES = /^warc-(?:payloads|pages)\//;

/**
 * Opens what a shard has left; null where there is nothing (a shard may have had no link). Throws `archive/damaged`
 * where its run never came to its end.
 */
export async function openShard(dir: string): Promise<Shard | null> {
  if (!(await leadsToFolder(dir))) return null;
  const status = parseJson((await readText(join(dir, 'status.json'))) ?? '');
  if (!isStatus(status)) return null;
  const bench = await Workbench.open(dir, true);
  if (bench.run === null) {
    const records = openRecords(await openStore('files:', () => bench.store));
    return { dir, status, records, bench };
  }
  await bench.close(false);
  throw new ArchiveError(
    'archive/damaged',
    `${dir}: its run was stopped before the end`,
    'Run linkark check there again with the same shard, then merge.',
    dir,
  );
}

/**
 * Takes what the shards have, and the archive they began from has not, into that archive: pages, pictures, records,
 * changes of health and WARC. Does not depend on the order of the shards. To be called in a run of `target`, which
 * then ends as any run ends.
 */
export async function joinShards(target: Archive, bench: Workbench, shards: readonly Shard[]): Promise<void> {
  const owners = await recordOwners(target, shards);
  await takeFiles(bench, shards, owners);
  await takeIndex(bench, shards);
  await takeNews(target, shards, owners);
}

interface Owner {
  shard: Shard;
  rank: string;
}

/** For every link with news the shard that knows best: the one that saw it last. */
async function recordOwners(target: Archive, shards: readonly Shard[]): Promise<Map<string, Owner>> {
  const owners = new Map<string, Owner>();
  for (const shard of shards) {
    for await (const record of shard.records.all()) {
      const rank = rankOf(record);
      const before = await target.records.get(record.id);
      if (before !== null && rankOf(before) === rank) continue;
      const known = owners.get(record.id);
      if (known === undefined || rank > known.rank) owners.set(record.id, { shard, rank });
    }
  }
  return owners;
}

/** Greater for the later observation; between equal times any order will do that is always the same. */
function rankOf(record: LinkRecord): string {
  return `${record.observation?.at ?? ''} ${record.seenAt ?? ''} ${sha256(JSON.stringify(record))}`;
}

/** Pages, pictures and WARC of all shards that the archive lacks or has otherwise. */
async function takeFiles(
  bench: Workbench,
  shards: readonly Shard[],
  owners: ReadonlyMap<string, Owner>,
): Promise<void> {
  const had = await sumsOf(bench);
  for (const shard of shards) {
    const strokes = new Strokes(bench);
    for await (const entry of readManifest(shard.bench.locate(MANIFEST))) {
      if (entry === null || had.get(entry.path) === entry.sha256) continue;
      const { path, sha256: sum } = entry;
      requireInnerPath(path);
      if (path.startsWith('warc/')) await takeWarc(bench, shard, path, had.has(path), strokes);
      else if (path.startsWith('pages/')) {
        const owner = owners.get(path.split('/').slice(1, 3).join('/'));
        if (owner === undefined ? had.has(path) : owner.shard !== shard) continue;
        await strokes.copy(shard, path, sum);
      } else if (path.startsWith('assets/')) await strokes.copy(shard, path, sum);
      else continue;
      had.set(path, sum);
    }
    await strokes.end();
  }
}

async function sumsOf(bench: Workbench): Promise<Map<string, string>> {
  const sums = new Map<string, string>();
  for await (const entry of readManifest(bench.locate(MANIFEST))) if (entry) sums.set(entry.path, entry.sha256);
  for (const [path, sum] of bench.changed) if (sum) sums.set(path, sum.sha256);
  return sums;
}

/** WARC of the shard's last run becomes part of this run's; older files are taken as they are. */
async function takeWarc(bench: Workbench, shard: Shard, path: string, taken: boolean, strokes: Strokes): Promise<void> {
  const { run } = bench;
  const written = /\/(\d{8}T\d{6}Z)[^/]*$/.exec(path)?.[1] ?? '';
  if (run === null || (written !== shard.status.run.id && !taken)) return strokes.copy(shard, path, null);
  const into = written === shard.status.run.id ? run : { id: written, startedAt: run.startedAt };
  for await (const { link, records } of unpackWarc(join(shard.dir, path))) {
    requireLinkId(link);
    for (const [name, data] of spoolFiles(into, link, records)) await strokes.add(name, data);
  }
}

/** Files on their way into the archive, a stroke every now and then: what counts is durable, and memory stays flat. */
class Strokes {
  readonly #bench: Workbench;
  #stage: ReturnType<Workbench['newStage']> | null = null;
  #files = 0;
  #bytes = 0;

  constructor(bench: Workbench) {
    this.#bench = bench;
  }

  /** Copies a file of a shard, whose sum must be the one that its manifest says. */
  async copy(shard: Shard, path: string, sum: string | null): Promise<void> {
    const bytes = await readBytes(shard.bench.locate(path));
    const found = bytes === null ? null : await this.add(path, bytes);
    if (found !== null && (sum === null || sum === found)) return;
    throw new ArchiveError(
      'archive/damaged',
      `${join(shard.dir, path)}: not what its manifest says`,
      'Fetch the result of this shard again, or run the shard again.',
      path,
    );
  }

  async add(path: string, data: string | Uint8Array): Promise<string> {
    this.#stage ??= this.#bench.newStage();
    const sum = await this.#stage.add(path, data);
    this.#files += 1;
    this.#bytes += sum.bytes;
    if (this.#files >= STROKE_FILES || this.#bytes >= STROKE_BYTES) await this.end();
    return sum.sha256;
  }

  async end(): Promise<void> {
    const stage = this.#stage;
    this.#stage = null;
    this.#files = 0;
    this.#bytes = 0;
    if (stage !== null) await this.#bench.commit(stage);
  }
}

/** Where payloads of earlier runs lie, where the archive does not know it: those of this run are found anew. */
async function takeIndex({ store }: Workbench, shards: readonly Shard[]): Promise<void> {
  for (const { bench, status } of shards) {
    const rows: { key: string; value: Stored }[] = [];
    for await (const [key, stored] of bench.store.iterator()) {
      if (!INDEX_TABLES.test(key)) continue;
      const value = isObject(stored.value) ? stored.value : {};
      const earlier = typeof value.date === 'string' && value.date < status.run.startedAt;
      if (earlier && !(await store.has(key))) rows.push({ key, value: stored });
    }
    await store.setMany(rows);
  }
}

/** Records and changes of health, link by link. */
async function takeNews(target: Archive, shards: readonly Shard[], owners: ReadonlyMap<string, Owner>): Promise<void> {
  // A merge that was stopped has left some of them.
  const known = new Set(target.transitions().map(changeKey));
  for await (const change of target.changes()) known.add(changeKey(change));
  const news = new Map<string, Transition[]>();
  for (const { dir } of shards) {
    for await (const { line } of readLines(join(dir, 'changes.ndjson'))) {
      const change = parseJson(line);
      if (!isTransition(change) || known.has(changeKey(change))) continue;
      known.add(changeKey(change));
      const ofLink = news.get(change.id);
      if (ofLink) ofLink.push(change);
      else news.set(change.id, [change]);
    }
  }
  for (const id of [...new Set([...owners.keys(), ...news.keys()])].sort()) {
    const record = await owners.get(id)?.shard.records.get(id);
    const changes = (news.get(id) ?? []).sort((a, b) => compareText(a.at, b.at));
    await target.settle(id, { ...(record ? { record } : {}), transition: changes.pop() ?? null });
    for (const transition of changes) await target.settle(id, { transition });
  }
}

function changeKey({ id, at, to }: Transition): string {
  return `${id} ${at} ${to}`;
}

/** Gives back what `openShard` holds. */
export async function closeShard({ bench }: Shard): Promise<void> {
  await bench.close(false);
}
