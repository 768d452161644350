import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Workbench } from '../../src/archive/workbench.ts';

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
