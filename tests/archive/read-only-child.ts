/**
 * Works on archives that it may only read, as a user who is not root: `read-only-child.ts FOLDER`, where FOLDER holds
 * `empty` (a folder), `whole` (an archive) and `half` (an archive whose pages/ alone is closed). Prints JSON.
 */
import { join } from 'node:path';
import { ArchiveError, openArchive } from '../../src/archive/index.ts';
import { runNight, simulate } from './nights.ts';

/** What it was told, and what it could still do. */
export interface Refusals {
  empty: { code: string; message: string; mend: string } | null;
  whole: { code: string; message: string; mend: string } | null;
  half: { code: string; message: string; mend: string } | null;
  /** Pages that can be read in the archive that may not be written. */
  readable: number;
  faults: number;
}

const [folder = ''] = process.argv.slice(2);
// Everything is loaded by now, so that it does not matter who may read the project.
const NOBODY = 65_534;
if (process.getuid?.() === 0) {
  process.setgroups?.([]);
  process.setgid?.(NOBODY);
  process.setuid?.(NOBODY);
}

async function refusal(name: string): Promise<Refusals['empty']> {
  try {
    await runNight(join(folder, name), 1, simulate(4, 2, 12)[1] ?? [], true);
    return null;
  } catch (error) {
    if (error instanceof ArchiveError) return { code: error.code, message: error.message, mend: error.mend };
    throw error;
  }
}

const refusals = { empty: await refusal('empty'), whole: await refusal('whole'), half: await refusal('half') };
const archive = await openArchive(join(folder, 'whole'), { readOnly: true });
let readable = 0;
for await (const { id } of archive.records.all()) if ((await archive.readPage(id)) !== null) readable++;
const told: Refusals = { ...refusals, readable, faults: (await archive.verify()).length };
await archive.close();
console.log(JSON.stringify(told));
