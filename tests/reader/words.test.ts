import { describe, expect, it } from 'vitest';
import { dayEn, dayZh, monthEn, monthZh } from '../../src/reader/strings/dates.ts';
import { isLanguage, say, sayMark } from '../../src/reader/strings.ts';

describe('a date for people', () => {
  it.each([
    ['2026-03-05T23:59:00+08:00', '2026年3月5日', '5 March 2026', '2026年3月', 'March 2026'],
    ['2026-12-31', '2026年12月31日', '31 December 2026', '2026年12月', 'December 2026'],
    ['2026-03', '2026年3月', 'March 2026', '2026年3月', 'March 2026'],
    ['2026-13-01', '2026-13-01', '2026-13-01', '2026-13-01', '2026-13-01'],
    ['2026-00-01', '2026-00-01', '2026-00-01', '2026-00-01', '2026-00-01'],
    ['spring', 'spring', 'spring', 'spring', 'spring'],
    ['', '', '', '', ''],
  ])('%s is written as far as it is known, and as it came where it is no date', (iso, ...written) => {
    expect([dayZh(iso), dayEn(iso), monthZh(iso), monthEn(iso)]).toEqual(written);
  });
});

describe('a mark that came back from a page', () => {
  it.each([
    ['platform:wechat', [], '微信公众号', 'WeChat'],
    ['platform:nobody-knows', [], 'nobody-knows', 'nobody-knows'],
    ['reason:not-found', [], expect.stringMatching(/。$/), expect.stringMatching(/\.$/)],
    ['reason:constructor', [], null, null],
    ['reason:', [], null, null],
    ['since', ['2026-03-05'], expect.stringContaining('2026年3月5日'), 'Since 5 March 2026.'],
    ['newlyDead', [], expect.stringMatching(/./), 'Newly dead'],
    ['toString', [], null, null],
    ['', [], null, null],
  ])('%s is said in either language, or is none', (mark, args, zh, en) => {
    expect(sayMark('zh', mark, args)).toEqual(zh);
    expect(sayMark('en', mark, args)).toEqual(en);
  });
});

it.each([
  ['zh', true],
  ['en', true],
  ['fr', false],
  ['toString', false],
])('%s is a language of the reader: %s', (name, is) => {
  expect(isLanguage(name)).toBe(is);
});

it.each([
  ['countLinks', ['1'], '1 link'],
  ['countLinks', ['2'], '2 links'],
  ['countFound', ['1', 'x'], '“x”: 1 article'],
  ['countFound', ['0', 'x'], '“x”: 0 articles'],
  ['diffSkipped', ['1'], '1 unchanged paragraph'],
  ['diffSkipped', ['12'], '12 unchanged paragraphs'],
] as const)('%s of %j is said in the right number', (key, args, words) => {
  expect(say('en', key, ...args)).toBe(words);
});
