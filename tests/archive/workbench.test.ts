import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openArchive } from '../../src/archive/index.ts';
import { Workbench } from '../../src/archive/workbench.ts';
import { runs } from '../property.ts';
import { article, keepInput, link, record } from './samples.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'linkark-workbench-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

test('a stroke of an earlier process does not claim the files that a later one had staged when it was stopped', async () => {
  const first = await Workbench.open(dir, false);
  await first.log([{ op: 'run', id: 'r', startedAt: '2026-01-01T00:00:00Z' }]);
  const placed = first.newStage();
  await placed.add('pages/one.md', 'one');
  await first.commit(placed);
  await first.close(false);

  const second = await Workbench.open(dir, false);
  await second.newStage().add('pages/two.md', 'two');
  await second.close(false);

  const third = await Workbench.open(dir, false);
  expect(readFileSync(join(dir, 'pages/one.md'), 'utf8')).toBe('one');
  expect(third.repairs).toEqual([]);
  await third.close(false);
});

test('a stop while the work is cleared away leaves no spool behind that no run is known of', async () => {
  const spool = join(dir, '.linkark/spool');
  const bench = await Workbench.open(dir, false);
  mkdirSync(spool);
  bench.journal.reset = async () => {
    expect(existsSync(spool)).toBe(false);
    throw new Error('stopped');
  };
  await expect(bench.clear()).rejects.toThrow('stopped');
  await bench.close(false);
});

/** A run in which links were settled with and without a page, left as a kill leaves it; the journal's bytes. */
async function stoppedRun(folder: string, count: number): Promise<Buffer> {
  const archive = await openArchive(folder);
  await archive.beginRun({ id: '20260101T000000Z', startedAt: '2026-01-01T00:00:00.000Z' });
  for (let index = 0; index < count; index++) {
    const target = link(`n-${index}`);
    const news = { record: record(target.id, { title: `第 ${index} 页\t\n` }) };
    if (index % 2 === 0) await archive.settle(target.id, news);
    else await archive.keep(target, article(), keepInput('2026-01-01T00:00:00.000Z'), () => news);
  }
  await archive.close();
  return readFileSync(join(folder, '.linkark/journal.log'));
}

test('what a link leaves behind is one line of the journal, and so all there or not at all', async () => {
  const lines = (await stoppedRun(dir, 4)).toString('utf8').trimEnd().split('\n');
  // The first line is the run's beginning.
  expect(lines.length).toBe(5);
});

test('whatever becomes of the journal, no link counts as done whose record or page is lost', async () => {
  const journal = await stoppedRun(dir, 6);
  const damage = fc.record({
    at: fc.nat(journal.length - 1),
    length: fc.integer({ min: 1, max: 600 }),
    how: fc.constantFrom('flipped', 'zeroed', 'cut'),
  });
  await fc.assert(
    fc.asyncProperty(damage, async ({ at, length, how }) => {
      const bytes = Buffer.from(how === 'cut' ? journal.subarray(0, at) : journal);
      if (how === 'zeroed') bytes.fill(0, at, Math.min(at + length, bytes.length));
      else if (how === 'flipped') bytes[at] = (bytes[at] ?? 0) ^ 0x10;
      writeFileSync(join(dir, '.linkark/journal.log'), bytes);
      const archive = await openArchive(dir, { readOnly: true });
      for (const id of archive.run?.done ?? []) {
        expect((await archive.records.get(id))?.title, id).toMatch(/^第 \d 页\t\n$/);
      }
      await archive.close();
    }),
    runs(100),
  );
});
