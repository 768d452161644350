import { expect, test } from 'vitest';
import { openPage } from '../../src/article/index.ts';
import { missingPlaces } from '../../src/crawl/fragments.ts';
import type { Link, Occurrence, Reply } from '../../src/types.ts';

const HTML = '<h2 id="one">一</h2><a name="two"></a><h3 id="user-content-three">三</h3><p id="第四节">四</p>';

function placesOf(addresses: string[], changes: { platform?: string; type?: string } = {}) {
  const occurrences = addresses.map((raw, at): Occurrence => {
    return { file: 'a.md', line: at + 1, column: 1, raw, text: 'x', heading: null, note: null };
  });
  const link: Link = {
    id: 'web/x',
    url: 'https://a.test/',
    platform: changes.platform ?? 'web',
    key: 'x',
    occurrences,
  };
  const headers = { 'content-type': changes.type ?? 'text/html; charset=utf-8' };
  const reply: Reply = { status: 200, headers, body: new TextEncoder().encode(HTML) };
  const identity = { platform: link.platform, key: 'x', url: link.url };
  return missingPlaces(link, { identity, exchanges: [], pages: [openPage(reply, link.url)] });
}

test('places that are there, by id, name, prefix and in Chinese, are no problem', () => {
  const there = ['#one', '#two', '#three', '#%E7%AC%AC%E5%9B%9B%E8%8A%82', '#第四节'];
  expect(placesOf(there.map((place) => `https://a.test/${place}`))).toEqual([]);
});

test('a place that is not there is a problem at its line', () => {
  expect(placesOf(['https://a.test/#one', 'https://a.test/#nowhere'])).toMatchObject([
    { file: 'a.md', line: 2, code: 'link/no-place', message: expect.stringContaining('#nowhere') },
  ]);
});

test.each([
  'https://a.test/',
  'https://a.test/#',
  'https://a.test/#top',
  'https://a.test/#!/route',
  'https://a.test/#:~:text=x',
])('%s names no place', (address) => {
  expect(placesOf([address])).toEqual([]);
});

test('where a fragment is a tracking mark, or the page is no HTML, nothing is looked for', () => {
  expect(placesOf(['https://a.test/#rd'], { platform: 'wechat' })).toEqual([]);
  expect(placesOf(['https://a.test/#page=3'], { type: 'application/pdf' })).toEqual([]);
});
