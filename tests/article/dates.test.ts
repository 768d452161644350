import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOrder, parseMonth } from '../../src/article/dates.ts';
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
    ['3/14/2020', '2020-03-14'],
    ['14/14/2020', null],
    ['4/4/2020', '2020-04-04'],
    ['一九九九年十月二十日', '1999-10-20'],
    ['二零二一年十二月三十一日', '2021-12-31'],
    ['Issue 12, 2021. March 14, 2020', '2020-03-14'],
    ['14 people 2020', null],
    ['Sept. 3rd 2020', '2020-09-03'],
    ['1989-12-31', null],
    ['1584151200', '2020-03-14T02:00:00Z'],
    ['1584151200000', '2020-03-14T02:00:00Z'],
    ['3/4/2020', null],
    ['2020-02-30', null],
    ['3小时前', null],
    ['yesterday', null],
    ['', null],
    [null, null],
  ])('%s', (text, expected) => {
    expect(parseDate(text)).toBe(expected);
  });

  it.each([
    ['March 14, 2020 at 12:05 AM', '2020-03-14T00:05:00'],
    ['March 14, 2020 at 12:05 p.m.', '2020-03-14T12:05:00'],
    ['2020年3月14日 下午3:05', '2020-03-14T15:05:00'],
    ['2020年3月14日 下午15点05分30秒', '2020-03-14T15:05:30'],
    ['2020年3月14日 上午9:05', '2020-03-14T09:05:00'],
    ['10:15, 14 March 2020', '2020-03-14T10:15:00'],
    ['10:15:30 Saturday, 14 March 2020', '2020-03-14T10:15:30'],
    ['3:05 PM, March 14, 2020', '2020-03-14T15:05:00'],
    ['12:05 am March 14, 2020', '2020-03-14T00:05:00'],
    ['2020-03-14 25:00', '2020-03-14'],
    ['2020-03-14 10:15:99', '2020-03-14'],
  ])('%s is a time of that day', (text, expected) => {
    const zone = '-05:00';
    expect(parseDate(text, { zone })).toBe(expected.includes('T') ? expected + zone : expected);
    expect(parseDate(text)).toBe(expected.slice(0, 10));
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

  it('gives null for a number that is no time of the web', () => {
    expect([chinaTime(12_345), chinaTime(5_000_000_000), chinaTime('1000000000')]).toEqual([
      null,
      null,
      '2001-09-09T09:46:40+08:00',
    ]);
  });
});

describe('dayOrder', () => {
  it.each([
    [['3/4/2020', '25/12/2019'], 'day-first'],
    [['3/4/2020', '12/25/2019'], 'month-first'],
    [['25/12/2019', '12/25/2019'], null],
    [['3/4/2020', '40/1/2020', 'no date'], null],
    [[], null],
  ])('%j: %s', (texts, expected) => {
    expect(dayOrder(texts)).toBe(expected);
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

describe('dates of other places', () => {
  it.each([
    ['5. März 2024', '2024-03-05'],
    ['le 1er août 2024 à 14h02', '2024-08-01'],
    ['5 juillet 2024', '2024-07-05'],
    ['5 juin 2024', '2024-06-05'],
    ['5 de marzo de 2024', '2024-03-05'],
    ['24 de dezembro de 2023', '2023-12-24'],
    ['5 мая 2024', '2024-05-05'],
    ['12 Ağustos 2023', '2023-08-12'],
    ['2024년 3월 5일', '2024-03-05'],
    ['２０２４年３月５日', '2024-03-05'],
    ['03.04.2021', '2021-04-03'],
    ['7/5/2005 9:23:57 PM', '2005-07-05'],
    ['7/5/2005 21:23:57', null],
    ['12 genes 2019', null],
    ['in 3 sets 2019, 5 Oct. 2020', '2020-10-05'],
    ['Marsh 12, 2019', null],
    ['Sept. 5, 2020', '2020-09-05'],
  ])('%s', (text, expected) => {
    expect(parseDate(text)).toBe(expected);
  });
});

describe('parseMonth', () => {
  it.each([
    ['2003年5月', '2003-05'],
    ['1998年3月号', '1998-03'],
    ['2018/05', '2018-05'],
    ['May 2018', '2018-05'],
    ['2019年第3期', null],
    ['2003年13月', null],
    ['2003-05-06', null],
    ['Chapter 2018', null],
    [null, null],
  ])('%s', (text, expected) => {
    expect(parseMonth(text)).toBe(expected);
  });
});

it('reads the same day back from every way to write it', () => {
  const ways = ['en-US', 'en-GB', 'fr', 'de', 'es', 'pt', 'it', 'nl', 'ru', 'pl', 'tr', 'sv', 'id', 'zh', 'ja', 'ko'];
  const day = fc.date({ min: new Date('1990-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(day, fc.constantFrom(...ways), fc.constantFrom('long', 'short'), (date, locale, month) => {
      const text = date.toLocaleDateString(locale, { year: 'numeric', month, day: 'numeric', timeZone: 'UTC' });
      expect(parseDate(text), text).toBe(date.toISOString().slice(0, 10));
    }),
    runs(300),
  );
});
