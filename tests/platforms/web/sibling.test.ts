import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { simhash } from '../../../src/article/index.ts';
import { NOTHING_SEEN } from '../../../src/platforms/sight.ts';
import { clusters, looksLikeSibling, type Seen, siblingUrl } from '../../../src/platforms/web/index.ts';
import type { Sighting } from '../../../src/types.ts';
import { runs } from '../../property.ts';

/** Numbers from 0 up to 1, the same for the same seed. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function seen(text: string): Sighting {
  return { ...NOTHING_SEEN, chars: text.replace(/\s/g, '').length, simhash: text === '' ? null : simhash(text) };
}

/** A text of its own for every number; long enough that a few words more or less do not count. */
function text(number: number, words = 120): string {
  const random = dice(number * 7919 + 1);
  return Array.from({ length: words }, () => `w${Math.floor(random() * 5000)}`).join(' ');
}

describe('siblingUrl', () => {
  test.each([
    ['https://site.example/a/b/story.html?x=1#y', /^https:\/\/site\.example\/a\/b\/[a-z]{12}\.html$/],
    ['https://site.example/p/12345', /^https:\/\/site\.example\/p\/\d{12}$/],
    ['https://site.example/news/7.shtml', /^https:\/\/site\.example\/news\/\d{12}\.shtml$/],
    ['https://site.example/a/', /^https:\/\/site\.example\/[a-z]{12}\/$/],
    ['https://site.example/', /^https:\/\/site\.example\/[a-z]{12}$/],
    ['https://site.example/?&', /^https:\/\/site\.example\/[a-z]{12}$/],
    ['https://site.example/?p=12', /^https:\/\/site\.example\/\?p=\d{12}$/],
  ])('%s', (url, shape) => {
    expect(siblingUrl(url, dice(1))).toMatch(shape);
  });

  test('is another address of the same host, and the same for the same dice', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true }), fc.nat(), (url, seed) => {
        const sibling = siblingUrl(url, dice(seed));
        expect(new URL(sibling).host).toBe(new URL(url).host);
        expect(sibling).not.toBe(new URL(url).href);
        expect(siblingUrl(url, dice(seed))).toBe(sibling);
      }),
      runs(100),
    );
  });
});

describe('looksLikeSibling', () => {
  test('the same page but for a few words is a sibling', () => {
    expect(looksLikeSibling(seen(text(1)), seen(`${text(1)} request 8841`))).toBe(true);
  });

  test('an article and an error page are not', () => {
    expect(looksLikeSibling(seen(text(1)), seen('Page not found. Try the search or go back to the front page.'))).toBe(
      false,
    );
    expect(looksLikeSibling(seen(text(1)), seen(text(2)))).toBe(false);
  });

  test('short pages have to be equal', () => {
    expect(looksLikeSibling(seen('Not found here'), seen('Not found here'))).toBe(true);
    expect(looksLikeSibling(seen('Tide at nine'), seen('Tide at ten'))).toBe(false);
  });

  test('an empty page looks like nothing', () => {
    expect(looksLikeSibling(seen(''), seen(''))).toBe(false);
  });
});

describe('clusters', () => {
  const wall = (id: string, host = 'a.example'): Seen => ({ id, host, sighting: seen(`${text(9)} visit ${id}`) });
  const own = (id: string, number: number): Seen => ({ id, host: 'a.example', sighting: seen(text(number)) });

  test('three links of one host with one page are a cluster; real pages are not', () => {
    expect(clusters([wall('c'), own('x', 20), wall('a'), wall('b'), own('y', 21), own('z', 22)])).toEqual([
      ['a', 'b', 'c'],
    ]);
  });

  test('two links, or three of different hosts, are none', () => {
    expect(clusters([wall('a'), wall('b')])).toEqual([]);
    expect(clusters([wall('a', 'a.example'), wall('b', 'b.example'), wall('c', 'c.example')])).toEqual([]);
  });

  test('the same link seen three times is one link', () => {
    expect(clusters([wall('a'), wall('a'), wall('a')])).toEqual([]);
  });

  test('do not depend on the order', () => {
    const all = [...'abcdef'].map((id) => wall(id)).concat([...'ghij'].map((id, at) => own(id, 30 + at)));
    const expected = clusters(all);
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (shuffled) => {
        expect(clusters(shuffled)).toEqual(expected);
      }),
      runs(30),
    );
  });

  test('ten thousand links of one page are one cluster, in bounded time', () => {
    const sighting = seen(text(9));
    const many = Array.from({ length: 10_000 }, (_, at) => ({
      id: String(at).padStart(5, '0'),
      host: 'a.example',
      sighting,
    }));
    expect(clusters(many).map((group) => group.length)).toEqual([10_000]);
  });
});
