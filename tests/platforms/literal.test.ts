import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Literal, parseLiteral } from '../../src/platforms/literal.ts';
import { runs } from '../property.ts';
import { jsDecode } from './wechat/pages.ts';

const read = (source: string): unknown => structuredClone(parseLiteral(source, 0));

describe('the literals in scripts', () => {
  it.each<[string, string, unknown]>([
    ['strings and numbers', `{ a: JsDecode('x'), b: '12' * 1, c: 7 }`, { a: 'x', b: 12, c: 7 }],
    ['escapes of both levels', `{ a: JsDecode('\\x3cb\\x3e \\x5cx26 \\x26amp; \\u4e2d') }`, { a: '<b> & &amp; 中' }],
    ['a backslash before a quote', `{ a: 'it\\'s', b: "\\"" }`, { a: "it's", b: '"' }],
    ['the first value that is not empty', `{ a: '' || 'x', b: '' || '' }`, { a: 'x', b: '' }],
    ['lists with trailing commas', `{ a: [{ b: '1' * 1, }, ], }`, { a: [{ b: 1 }] }],
    [
      'true, false and what is not understood',
      `{ a: true, b: false, c: window.x, d: f(1) }`,
      { a: true, b: false, c: null, d: 1 },
    ],
    ['comments', `{ /* one } */ a: 1, // two }\n b: 2 }`, { a: 1, b: 2 }],
    ['keys in quotes', `{ 'a-b': 1, "c": 2 }`, { 'a-b': 1, c: 2 }],
    [
      'calls on a literal',
      `{ a: 'x'.slice(6, -6), b: ''.replace(/<br [,)}'] \\/>/ig, '\\n'), c: 'y'.at(f('), ')), d: 1 }`,
      { a: 'x', b: '', c: 'y', d: 1 },
    ],
    ['a call with a literal', `{ a: JSON.parse("[1, 2]"), b: g(h(2, 3), 4) }`, { a: '[1, 2]', b: 2 }],
    ['an empty number', `{ a: '' * 1 }`, { a: null }],
  ])('%s', (_, source, expected) => {
    expect(read(source)).toEqual(expected);
  });

  it.each([
    '',
    'x',
    '{',
    '{ a',
    '{ a: ',
    `{ a: 'open`,
    '{ a: 1',
    '[1, 2',
    `{ : 1 }`,
    `{ a: 'line\nbreak' }`,
    `{ a: 'x'.slice(6 }`,
    `{ a: 'x'.split(/ }`,
  ])('%j is no literal', (source) => {
    expect(parseLiteral(source, 0)).toBeNull();
  });

  it('a key that reaches for the prototype is only a key', () => {
    const value = parseLiteral(`{ __proto__: { polluted: '1' * 1 } }`, 0);
    expect(Object.getPrototypeOf(value)).toBeNull();
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it('runs no code', () => {
    const source = `{ a: (globalThis.reached = 1), b: JsDecode(globalThis.reached = 1) }`;
    parseLiteral(source, 0);
    expect(Reflect.get(globalThis, 'reached')).toBeUndefined();
  });

  it('gives up on depth and goes through breadth', () => {
    expect(parseLiteral('['.repeat(100_000), 0)).toBeNull();
    expect(parseLiteral(`[${"'x',".repeat(100_000)}]`, 0)).toHaveLength(100_000);
  });

  const literals = fc.letrec<{ value: Literal }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.string({ unit: 'grapheme' }),
      fc.integer(),
      fc.boolean(),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(fc.stringMatching(/^[a-z_]{1,8}$/), tie('value'), { maxKeys: 4 }),
    ),
  })).value;

  it('reads back whatever the platform would print', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), literals), (value) => {
        expect(read(print(value))).toEqual(value);
      }),
      runs(300),
    );
  });

  it('ends on any text without throwing', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[{}[\]:,'"\\/*|x1a JsDecode()\n.]{0,200}$/), (text) => {
        parseLiteral(`{${text}`, 0);
      }),
      runs(500),
    );
  });
});

/** A value as the platform prints it. */
function print(value: Literal): string {
  if (typeof value === 'string') return jsDecode(value);
  if (typeof value === 'number') return `'${value}' * 1`;
  if (Array.isArray(value)) return `[ ${value.map((item) => `${print(item)},`).join(' ')} ]`;
  if (typeof value === 'object' && value !== null) {
    return `{ ${Object.entries(value)
      .map(([key, item]) => `${key}: ${print(item)},`)
      .join('\n')} }`;
  }
  return String(value);
}
