import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hammingDistance, simhash } from '../../src/article/index.ts';
import { runs } from '../property.ts';

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

/** The definition, word for word: pairs of neighbouring tokens vote on every bit. */
function defined(text: string): string {
  const fnv = (from: number, word: string): number =>
    [...Array(word.length).keys()].reduce((hash, at) => Math.imul(hash ^ word.charCodeAt(at), 0x01000193), from);
  const bits = [0x811c9dc5, 0x01000193].map((seed) => {
    const votes = new Array<number>(32).fill(0);
    let before = '';
    for (const [token] of text.normalize('NFKC').toLowerCase().matchAll(TOKEN)) {
      let hash = fnv(seed, `${before}\u0001${token}`);
      hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
      hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
      hash ^= hash >>> 16;
      for (const bit of votes.keys()) votes[bit] = (votes[bit] ?? 0) + ((hash >>> bit) & 1 ? 1 : -1);
      before = token;
    }
    return votes.reduce((value, vote, bit) => (vote > 0 ? value | (1 << bit) : value), 0) >>> 0;
  });
  return bits.map((half) => half.toString(16).padStart(8, '0')).join('');
}

const TOKEN = /[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af]|[\p{L}\p{N}]{1,64}/gu;

const signs = fc.constantFrom(...'中文カ・゠ㄅ가aBé9İßﬁＡ _.', '𝒳', '𠀀', '\ud800', 'x'.repeat(40));
const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.array(signs, { maxLength: 400 }).map((all) => all.join('')),
);

it('is what its definition says for any text', () => {
  fc.assert(
    fc.property(texts, (text) => simhash(text) === defined(text)),
    runs(200),
  );
});
