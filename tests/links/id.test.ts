import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linkId } from '../../src/links/index.ts';
import { runs } from '../property.ts';

const key = fc.oneof(
  fc.string({ unit: 'grapheme' }).filter((text) => !/\p{Surrogate}/u.test(text)),
  fc.stringMatching(/^[A-Za-z0-9_/.:?=&%-]{1,200}$/),
  fc.constantFrom('con', 'NUL', 'a.', 'a ', '..', '../../etc', '中文', '-rf', 'COM1.txt', '$(x)'),
);
const platform = fc.constantFrom('wechat', 'zhihu', 'web', 'local', 'aux', 'CON');

describe('linkId', () => {
  test('reads like the key and ends in eight digits of its hash', () => {
    expect(linkId({ platform: 'wechat', key: 's-8FOojNMnCe1D3q0TOgE_EQ' })).toBe(
      'wechat/s-8FOojNMnCe1D3q0TOgE_EQ-180260cf',
    );
    expect(linkId({ platform: 'web', key: 'https://example.com/a?b=c' })).toMatch(
      /^web\/https-example-com-a-b-c-[0-9a-f]{8}$/,
    );
    expect(linkId({ platform: '..', key: 'a' })).toMatch(/^web\/a-[0-9a-f]{8}$/);
    expect(linkId({ platform: 'web', key: '中文' })).toMatch(/^web\/page-[0-9a-f]{8}$/);
  });

  test('is a safe path everywhere: ASCII, short, no reserved name, no dot, no leading dash', () => {
    fc.assert(
      fc.property(platform, key, (name, text) => {
        const id = linkId({ platform: name, key: text });
        expect(id).toMatch(/^[A-Za-z0-9_][A-Za-z0-9_-]*\/[A-Za-z0-9_][A-Za-z0-9_-]*-[0-9a-f]{8}$/);
        expect(id.length).toBeLessThanOrEqual(100);
        for (const part of id.split('/')) expect(part).not.toMatch(/^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i);
      }),
      runs(500),
    );
  });

  test('different keys have different ids, also where case is folded', () => {
    fc.assert(
      fc.property(platform, fc.uniqueArray(key, { maxLength: 30 }), (name, keys) => {
        const ids = new Set(keys.map((text) => linkId({ platform: name, key: text }).toLowerCase()));
        expect(ids.size).toBe(keys.length);
      }),
      runs(100),
    );
    const tokens = Array.from({ length: 4096 }, (_, bits) =>
      Array.from('abcdefghijkl', (letter, at) => ((bits >> at) & 1 ? letter.toUpperCase() : letter)).join(''),
    );
    expect(new Set(tokens.map((text) => linkId({ platform: 'wechat', key: text }).toLowerCase())).size).toBe(4096);
  });

  test('long keys that differ only at their end stay apart', () => {
    const long = 'a'.repeat(5000);
    expect(linkId({ platform: 'web', key: `${long}1` })).not.toBe(linkId({ platform: 'web', key: `${long}2` }));
  });
});
