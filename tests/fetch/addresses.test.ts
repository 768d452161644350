import { expect, test } from 'vitest';
import { looksOffline } from '../../src/fetch/index.ts';
import { shownUrl } from '../../src/fetch/record.ts';
import { redirectOf } from '../../src/fetch/redirect.ts';
import type { Failure } from '../../src/types.ts';

test.each<[string | URL, string]>([
  ['https://a.example/x', 'https://a.example/x'],
  ['https://me:geheim@a.example/x', 'https://a.example/x'],
  ['https://geheim@a.example/x', 'https://a.example/x'],
  ['https://a.example/@name', 'https://a.example/@name'],
  ['https://a.example:443/@name', 'https://a.example:443/@name'],
  ['//me:geheim@a.example/x', 'a.example/x'],
  ['a@b@c', 'c'],
  [new URL('https://me:geheim@a.example/x'), 'https://a.example/x'],
  [new URL('https://a.example/@name'), 'https://a.example/@name'],
])('%s is shown as %s', (url, shown) => {
  expect(shownUrl(url)).toBe(shown);
});

const from = new URL('https://a.example/here');

test.each([
  ['/\xe6\xa1\xa5', 'https://a.example/%E6%A1%A5'],
  ['/\xc7\xc5?q=\xba\xd3', 'https://a.example/%c7%c5?q=%ba%d3'],
  ['//me:geheim@b.example/', 'https://b.example/'],
  ['', 'https://a.example/here'],
  ['http://[broken', null],
  ['https://', null],
  ['mailto:a@b.example', null],
  ['javascript:x()', null],
])('a Location of %j leads to %s', (location, url) => {
  expect(redirectOf(302, location, from, 'GET')?.url.href ?? null).toBe(url);
});

test.each([
  [200, '/x'],
  [304, '/x'],
  [300, '/x'],
  [302, null],
])('an answer %d with the Location %s leads nowhere', (status, location) => {
  expect(redirectOf(status, location, from, 'GET')).toBeNull();
});

const unnamed = (finalUrl: string | null | undefined) => {
  const failure: Failure = { verdict: 'unreachable', reason: 'dns', detail: 'no such name', local: false };
  return { failure, reply: null, ...(finalUrl === undefined ? {} : { finalUrl }) };
};

test('names that are not known count once each; addresses that cannot be read are one', () => {
  const named = ['a', 'b'].map((name) => unnamed(`https://${name}.example/`));
  expect(looksOffline([...named, unnamed('https://a.example/other')])).toBe(false);
  expect(looksOffline([...named, unnamed(null), unnamed(undefined), unnamed('no address')])).toBe(true);
  expect(looksOffline([unnamed(null), unnamed(undefined), unnamed('no address')])).toBe(false);
});
