import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { verdictsDocument } from '../../scripts/verdict-table.ts';
import { platforms } from '../../src/platforms/index.ts';

it('docs/verdicts.md is what the rules say', () => {
  expect(readFileSync(new URL('../../docs/verdicts.md', import.meta.url), 'utf8')).toBe(verdictsDocument(platforms));
});

it('every row of the table has six cells', () => {
  const rows = verdictsDocument(platforms)
    .split('\n')
    .filter((line) => line.startsWith('| '));
  for (const line of rows) expect(line.split(/(?<!\\)\|/).length, line).toBe(8);
});
