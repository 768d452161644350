import { join } from 'node:path';
import type { Transition } from '../types.ts';
import { listTree, readPieces, readText, statPath } from './disk.ts';
import type { Content, Files, FinishInput } from './door.ts';
import { isManifestText, MANIFEST, mergeManifest, namesSealed, scanFiles } from './manifest.ts';
import { requireInnerPath } from './paths.ts';
import { StatusSum, sealStatus, statusSum } from './seal.ts';
import type { Stage } from './stage.ts';
import { statusPieces } from './status.ts';
import { Assembly } from './warc/assemble.ts';
import { lostTables, readTable, tableFile } from './warc/tables.ts';
import type { Workbench } from './workbench.ts';

/** Large and binary files: no text conversion, no diffs of theirs in reviews. */
const ATTRIBUTES = `warc/** -text -diff
assets/** -text -diff
*.json text eol=lf
*.ndjson text eol=lf
*.md text eol=lf
*.html text eol=lf
*.link text eol=lf
*.xml text eol=lf
reader/** text eol=lf
reader/search/** -text -diff
articles/** text eol=lf
`;

export interface FinishOptions {
  software: string;
  /** Most bytes of one WARC file; null for no limit. */
  maxWarcBytes: number | null;
}

/** Ends a run: everything that it leaves behind goes into the archive in one stroke. */
export async function finish(
  bench: Workbench,
  input: FinishInput,
  transitions: readonly Transition[],
  options: FinishOptions,
): Promise<void> {
  const stage = bench.newStage();
  try {
    const sum = new StatusSum();
    await stage.addStream('status.json', sum.through(statusPieces(input.status)));
    bench.stroke = stage;
    await stageWarcs(bench, stage, options);
    const report =
      (await stageFiles(bench.dir, stage, input.files ?? [], input.replace ?? [])) ??
      plainReport(input.status.run.id, input.status.run.finishedAt);
    await stage.add('status.md', sealStatus(report, sum.digest()));
    if (transitions.length > 0) await stage.addStream('changes.ndjson', changed(bench.dir, transitions));
    await close(bench, stage, true);
  } catch (error) {
    await stage.discard().catch(() => undefined);
    throw error;
  } finally {
    bench.stroke = null;
  }
}

/** Writes files outside a run. A run that a stop left unfinished stays unfinished. */
export async function writeOutside(bench: Workbench, files: Files, replace: readonly string[]): Promise<void> {
  const stage = bench.newStage();
  try {
    const report = await stageFiles(bench.dir, stage, files, replace);
    const status = await readText(join(bench.dir, 'status.json'));
    if (report !== null && status !== null) await stage.add('status.md', sealStatus(report, statusSum(status)));
    if (bench.run === null) return await close(bench, stage, false);
    await stageManifest(bench, stage, false);
    await bench.commit(stage);
  } catch (error) {
    await stage.discard().catch(() => undefined);
    throw error;
  }
}

async function close(bench: Workbench, stage: Stage, ended: boolean): Promise<void> {
  await stage.add('.gitattributes', ATTRIBUTES);
  for (const file of await bench.store.changedFiles()) {
    const path = `state/${file.name}`;
    const sum = await stage.addStream(path, file.lines);
    if (sum.bytes === 0) stage.remove(path);
  }
  await stageManifest(bench, stage, ended);
  await bench.commit(stage, true);
  await bench.clear();
}

/** Turns what was spooled into WARC files, and remembers what they hold for the revisits of later runs. */
async function stageWarcs(bench: Workbench, stage: Stage, options: FinishOptions): Promise<void> {
  await restoreTables(bench);
  const assembly = new Assembly(bench.dir, bench.store, options.software, options.maxWarcBytes);
  for (const file of await assembly.files()) await stage.addStream(await freeName(bench.dir, file.path), file.members);
  await bench.store.setMany(assembly.fresh().map(([key, value]) => ({ key, value: { value } })));
}

/** Without its tables an archive would store every payload once more. */
async function restoreTables(bench: Workbench): Promise<void> {
  for (const table of await lostTables(bench.dir)) {
    const found = await readTable(bench.dir, table);
    if (found.size === 0) continue;
    await bench.store.setMany([...found].map(([key, value]) => ({ key, value: { value } })));
    bench.repairs.push(`${tableFile(table)} was lost and was made anew from the WARC files`);
  }
}

/** A run of the same second is another run: its WARC must not replace the first one's. */
async function freeName(dir: string, path: string): Promise<string> {
  for (let serial = 0; ; serial++) {
    const name = serial === 0 ? path : path.replace(/\.warc\.gz$/, `.${serial}.warc.gz`);
    if ((await statPath(join(dir, name))) === null) return name;
  }
}

/** Adds the files one by one, and removes what else lies in the folders to replace. Gives status.md, which is sealed later. */
async function stageFiles(dir: string, stage: Stage, files: Files, replace: readonly string[]): Promise<string | null> {
  for (const folder of replace) requireInnerPath(folder);
  const named = new Set<string>();
  let report: string | null = null;
  for await (const [path, data] of files) {
    requireInnerPath(path);
    named.add(path);
    if (path === 'status.md') report = asText(data);
    else if (isWhole(data)) await stage.add(path, data);
    else await stage.addStream(path, data);
  }
  for (const folder of replace) {
    for (const { path } of await listTree(join(dir, folder))) {
      if (!named.has(`${folder}/${path}`)) stage.remove(`${folder}/${path}`);
    }
  }
  return report;
}

/** changes.ndjson with the transitions of this run behind those of earlier ones. */
async function* changed(dir: string, transitions: readonly Transition[]): AsyncGenerator<string | Uint8Array> {
  let last: number | undefined = LINE_FEED;
  for await (const piece of readPieces(join(dir, 'changes.ndjson'))) {
    last = piece.at(-1);
    yield piece;
  }
  if (last !== LINE_FEED) yield '\n';
  for (const transition of transitions) yield `${JSON.stringify(transition)}\n`;
}

const LINE_FEED = 10;

/** manifest.json after this stroke. Where there is none, or its frame is broken, every file is read anew. */
async function stageManifest(bench: Workbench, stage: Stage, ended: boolean): Promise<void> {
  const text = await readText(join(bench.dir, MANIFEST));
  const rebuilt = text === null || !isManifestText(text);
  const changes = new Map([...(rebuilt ? await scanFiles(bench.dir) : []), ...bench.changed, ...stage.sums()]);
  if (rebuilt && text !== null) bench.repairs.push('manifest.json could not be read and was made anew');
  const sealed = ended || (rebuilt ? (await statPath(join(bench.dir, 'status.json'))) !== null : namesSealed(text));
  await stage.addStream(MANIFEST, mergeManifest(bench.dir, changes, sealed));
}

function isWhole(data: Content): data is string | Uint8Array {
  return typeof data === 'string' || data instanceof Uint8Array;
}

function asText(data: Content): string {
  if (data instanceof Uint8Array) return new TextDecoder().decode(data);
  return typeof data === 'string' ? data : [...data].join('');
}

function plainReport(run: string, finishedAt: string): string {
  return `# Status\n\nRun ${run}, finished ${finishedAt}.\n`;
}
