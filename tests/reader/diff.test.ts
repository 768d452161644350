import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffText } from '../../src/reader/diff.ts';
import { runs } from '../property.ts';

describe('the difference of two texts', () => {
  it('holds both texts whole', () => {
    const sentence = fc
      .array(fc.constantFrom('我们', '训练', '大', '模型', 'the ', 'cat', '。', '，', '\n', '4'), { maxLength: 40 })
      .map((words) => words.join(''));
    fc.assert(
      fc.property(sentence, sentence, (older, newer) => {
        const { parts } = diffText(older, newer);
        const join = (...kinds: string[]) =>
          parts
            .filter((part) => kinds.includes(part.kind))
            .map((part) => part.text)
            .join('');
        expect(join('same', 'removed')).toBe(older);
        expect(join('same', 'added')).toBe(newer);
      }),
      runs(300),
    );
  });

  it('of equal texts is nothing', () => {
    expect(diffText('同样。', '同样。')).toEqual({
      parts: [{ kind: 'same', text: '同样。' }],
      added: 0,
      removed: 0,
      coarse: false,
    });
  });

  it('shows a changed word of a Chinese sentence by its characters', () => {
    const { parts } = diffText('训练用了十六天。别的没有变。', '训练用了十九天。别的没有变。');
    expect(parts).toEqual([
      { kind: 'same', text: '训练用了十' },
      { kind: 'removed', text: '六' },
      { kind: 'added', text: '九' },
      { kind: 'same', text: '天。别的没有变。' },
    ]);
  });

  it('keeps Latin words whole', () => {
    const changed = diffText('the quick brown fox jumps', 'the quick black fox jumps').parts.filter(
      (part) => part.kind !== 'same',
    );
    expect(changed.map((part) => part.text)).toEqual(['brown', 'black']);
  });

  it('shows a sentence that has little in common as a whole', () => {
    const { parts } = diffText('天气很好，适合散步。', '模型已经训练完毕了。');
    expect(parts.map((part) => part.kind)).toEqual(['removed', 'added']);
  });

  it('counts characters, not code units', () => {
    expect(diffText('', '𠮷𠮷').added).toBe(2);
  });

  it('of two long texts without a common sentence ends, and says that it is coarse', () => {
    const long = (sign: string) => Array.from({ length: 4000 }, (_, at) => `${sign}${at}。`).join('');
    const diff = diffText(long('甲'), long('乙'));
    expect(diff.coarse).toBe(true);
    expect(diff.parts.map((part) => part.kind)).toEqual(['removed', 'added']);
  });
});
