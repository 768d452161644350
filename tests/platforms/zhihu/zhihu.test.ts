import { describe, expect, it } from 'vitest';
import zhihu, { createZhihu } from '../../../src/platforms/zhihu/index.ts';
import type { Exchange } from '../../../src/types.ts';
import { visitOf } from '../page-visit.ts';

const COLUMN = 'https://zhuanlan.zhihu.com/p/1995461159109826221';

describe('what is asked', () => {
  const both = createZhihu({ tardis: true });
  const answered = (url: string, ...statuses: number[]): readonly Exchange[] =>
    visitOf(both, url, ...statuses.map((status) => ({ body: '', status }))).exchanges;
  const next = (url: string, ...statuses: number[]): string | undefined => {
    const identity = both.identify(new URL(url));
    return identity === null ? undefined : both.ask(identity, answered(url, ...statuses))?.url;
  };

  it('the page once', () => {
    expect(visitOf(zhihu, COLUMN, { body: '', status: 403 }).exchanges.map(({ ask }) => ask.url)).toEqual([COLUMN]);
    expect(() => visitOf(zhihu, COLUMN, { body: '', status: 403 }, { body: '' })).toThrow('asks no more');
  });

  it('the public reader too where that is wished and the page was refused', () => {
    expect(next(COLUMN)).toBe(COLUMN);
    expect(next(COLUMN, 403)).toBe('https://www.zhihu.com/tardis/zm/art/1995461159109826221');
    expect(next('https://www.zhihu.com/answer/137', 403)).toBe('https://www.zhihu.com/tardis/zm/ans/137');
    expect(next(COLUMN, 403, 403)).toBeUndefined();
    expect(next(COLUMN, 200)).toBeUndefined();
    expect(next('https://www.zhihu.com/question/54', 403)).toBeUndefined();
  });
});

describe('addresses', () => {
  it.each([
    ['https://link.zhihu.com/?target=https%3A//example.org/a%3Fx%3D1%26y%3D2', 'https://example.org/a?x=1&y=2'],
    ['https://link.zhihu.com/?target=example.org/bare', 'https://example.org/bare'],
    ['https://www.zhihu.com/signin?next=%2Fquestion%2F54', 'https://www.zhihu.com/question/54'],
    ['https://www.zhihu.com/signin?next=%2Fsignin', undefined],
    ['https://link.zhihu.com/?target=', undefined],
    ['https://link.zhihu.com/?target=http%3A%2F%2F%5B', undefined],
    ['https://www.zhihu.com/question/54', undefined],
  ])('%s leads to %s', (address, target) => {
    expect(zhihu.unwrap?.(new URL(address))?.href).toBe(target);
  });

  it.each([
    'https://oia.zhihu.com/question/54',
    'https://zhuanlan.zhihu.com/write',
    'https://www.zhihu.com/people/abc',
    'https://api.zhihu.com/answers/1',
  ])('refuses %s', (address) => {
    expect(zhihu.identify(new URL(address))).toBeNull();
  });

  it('knows an answer on the host of the app', () => {
    expect(zhihu.identify(new URL('https://oia.zhihu.com/question/54/answer/137'))?.key).toBe('answer-137');
  });
});

it('shows nothing of a visit without a page', () => {
  const identity = zhihu.identify(new URL(COLUMN)) ?? { platform: '', key: '', url: '' };
  const visit = { identity, exchanges: [], pages: [null] };
  expect(zhihu.sight(visit)).toMatchObject({ proof: null, chars: 0 });
  expect(zhihu.read(visit)).toBeNull();
});
