import { mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { sortLines } from '../../src/archive/export/sort.ts';
import { freshFolder } from './folder.ts';

/** Numbers in an order that is neither theirs nor its reverse, each of them twice. */
async function* shuffled(count: number): AsyncGenerator<string> {
  for (let at = 0; at < count; at += 1) yield `line ${(at * 7919) % Math.ceil(count / 2)}`;
}

test.each([0, 1, 49_999, 50_000, 100_001])('%i lines come sorted by bytes, and no file stays', async (count) => {
  const folder = join(freshFolder(), 'draft');
  mkdirSync(folder, { recursive: true });
  const sorted: string[] = [];
  for await (const line of sortLines(shuffled(count), folder)) sorted.push(line);
  const expected: string[] = [];
  for await (const line of shuffled(count)) expected.push(line);
  expect(sorted).toEqual(expected.sort());
  expect(readdirSync(dirname(folder), { recursive: true }).filter((name) => name !== 'draft')).toEqual([]);
});
