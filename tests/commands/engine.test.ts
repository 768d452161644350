import { describe, expect, it } from 'vitest';
import { fitEngine } from '../../src/commands/engine.ts';

const NODE_20 = '11.3.244.8-node.30';
const NODE_22 = '12.4.254.21-node.26';
const LATER = ['--interrupt-budget=200000'];
const TIGHTER = ['--heap-growing-percent=35'];

describe('fitEngine', () => {
  it.each([
    ['a short check', { links: 1000, archives: false, v8: NODE_20 }, LATER],
    ['a long check', { links: 10_000, archives: false, v8: NODE_20 }, []],
    ['a short list that is archived', { links: 18, archives: true, v8: NODE_20 }, LATER],
    ['a longer one', { links: 300, archives: true, v8: NODE_20 }, []],
    ['an engine on which nothing was measured', { links: 18, archives: false, v8: NODE_22 }, []],
    ['a list of which much is remembered', { links: 100_000, archives: false, v8: NODE_20 }, TIGHTER],
    ['such a list on a later engine', { links: 100_000, archives: true, v8: NODE_22 }, TIGHTER],
    ['an engine that nobody has seen yet', { links: 100_000, archives: false, v8: '99.1.2' }, []],
  ])('%s', (_name, workload, expected) => {
    const flags: string[] = [];
    fitEngine(workload, (flag) => flags.push(flag));
    expect(flags).toEqual(expected);
  });
});
