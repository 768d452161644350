import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chinaTime, epochTime, parseDate } from '../../src/article/index.ts';
import { runs } from '../property.ts';

describe('parseDate', () => {
  it.each([
    ['2020-03-14T10:15:00+08:00', '2020-03-14T10:15:00+08:00'],
    ['2020-03-14T10:15:00.123Z', '2020-03-14T10:15:00Z'],
    ['2020-03-14T10:15:00+0800', '2020-03-14T10:15:00+08:00'],
    ['Sat, 14 Mar 2020 10:15:00 GMT', '2020-03-14T10:15:00Z'],
    ['Sat Mar 14 2020 10:15:00 GMT+0800 (China Standard Time)', '2020-03-14T10:15:00+08:00'],
    ['2020-03-14T10:15:00+99:99', '2020-03-14'],
    ['2020-03-14T10:15:00 UTC+14:00', '2020-03-14T10:15:00+14:00'],
    ['2020年3月14日', '2020-03-14'],
    ['二〇二〇年三月十四日', '2020-03-14'],
    ['March 14, 2020', '2020-03-14'],
    ['14th March 2020', '2020-03-14'],
    ['20200314', '2020-03-14'],
    ['2020/3/14', '2020-03-14'],
    ['14/03/2020', '2020-03-14'],
    ['3/4/2020', null],
    ['2020-02-30', null],
    ['3小时前', null],
    ['yesterday', null],
    ['', null],
    [null, null],
  ])('%s', (text, expected) => {
    expect(parseDate(text)).toBe(expected);
  });

  it('cuts a time without a zone to its day, and keeps it where the zone is known', () => {
    expect(parseDate('2020年03月14日 10:15')).toBe('2020-03-14');
    expect(parseDate('2020年03月14日 10:15', { zone: '+08:00' })).toBe('2020-03-14T10:15:00+08:00');
    expect(parseDate('March 14, 2020 at 3:05 PM', { zone: '-05:00' })).toBe('2020-03-14T15:05:00-05:00');
  });
});

describe('chinaTime', () => {
  it('reads epoch seconds and milliseconds alike', () => {
    expect(chinaTime(1_584_151_200)).toBe('2020-03-14T10:00:00+08:00');
    expect(chinaTime(1_584_151_200_000)).toBe('2020-03-14T10:00:00+08:00');
    expect(chinaTime('1584151200')).toBe('2020-03-14T10:00:00+08:00');
  });

  it('leaves a plain day plain', () => {
    expect(chinaTime('2018-07-01')).toBe('2018-07-01');
  });

  it('gives null for no time at all', () => {
    expect([chinaTime(0), chinaTime(Number.NaN), chinaTime(''), chinaTime(null)]).toEqual([null, null, null, null]);
  });
});

describe('epochTime', () => {
  it('names the same moment in every zone', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 700_000_000, max: 4_000_000_000 }),
        fc.constantFrom('Z', '+08:00', '-05:30'),
        (s, zone) => {
          expect(Date.parse(epochTime(s, zone) ?? '')).toBe(s * 1000);
        },
      ),
      runs(100),
    );
  });
});
