import { describe, expect, it } from 'vitest';
import { hammingDistance, simhash } from '../../src/article/index.ts';

const zh = '春天的早晨，河边的柳树刚刚发芽，几个孩子在岸上放风筝，远处传来卖豆浆的吆喝声。'.repeat(3);
const en =
  'The ferry left the harbour at dawn while gulls circled over the empty fish market and the fog lifted slowly. ';

describe('simhash', () => {
  it('is 16 hex digits and does not change', () => {
    expect(simhash(en)).toMatch(/^[0-9a-f]{16}$/);
    expect(simhash(en)).toBe(simhash(en));
  });

  it('is near for near texts and far for others, in Chinese and in English', () => {
    expect(hammingDistance(simhash(zh), simhash(`${zh}他们笑了。`))).toBeLessThan(12);
    expect(hammingDistance(simhash(en.repeat(4)), simhash(`${en.repeat(4)}Nobody saw it.`))).toBeLessThan(12);
    expect(
      hammingDistance(
        simhash(zh),
        simhash('股票市场今天大幅下跌，投资者纷纷抛售手中的科技股，监管机构表示将密切关注。'.repeat(3)),
      ),
    ).toBeGreaterThan(16);
  });

  it('is zeros for a text without a letter', () => {
    expect(simhash(' …!')).toBe('0000000000000000');
  });
});
