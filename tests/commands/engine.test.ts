import { describe, expect, it } from 'vitest';
import { deferOptimising } from '../../src/commands/optimiser.ts';

const NODE_20 = '11.3.244.8-node.30';
const NODE_22 = '12.4.254.21-node.26';

describe('deferOptimising', () => {
  it.each([
    ['a short check', { links: 1000, archives: false, v8: NODE_20 }, true],
    ['a long check', { links: 10_000, archives: false, v8: NODE_20 }, false],
    ['a short list that is archived', { links: 18, archives: true, v8: NODE_20 }, true],
    ['a longer one', { links: 300, archives: true, v8: NODE_20 }, false],
    ['an engine on which nothing was measured', { links: 18, archives: false, v8: NODE_22 }, false],
  ])('%s', (_name, workload, defers) => {
    const flags: string[] = [];
    deferOptimising(workload, (flag) => flags.push(flag));
    expect(flags).toEqual(defers ? ['--interrupt-budget=200000'] : []);
  });
});
