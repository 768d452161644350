import { expect, test } from 'vitest';
import { evidenceWords } from '../../src/report/sentences.ts';
import { link } from './scene.ts';

const WALL = 'https://site.example/verify';

function redirected(marker: string | null, finalUrl: string): string {
  const hops = [{ url: 'https://site.example/a', status: 302 }];
  return evidenceWords(link({ id: 'a', evidence: { status: 200, finalUrl, hops, marker, via: 'http', ms: 5 } }));
}

test('an address that the evidence names already is not told again with its query', () => {
  expect(redirected(WALL, `${WALL}?token=1&target=${'x'.repeat(200)}`)).toBe(`HTTP 200 · “${WALL}”`);
});

test('an address that is news is told, cut to what people read', () => {
  expect(redirected('gone for good', `${WALL}?${'x'.repeat(200)}`)).toMatch(
    /^HTTP 200 · “gone for good” · → https.{50,120}…$/,
  );
  expect(redirected('http', `${WALL}2`)).toContain('→');
});

test('a marker that is a status of the way there is no quotation', () => {
  expect(redirected('302', 'https://site.example/b')).toBe('HTTP 200 · → https://site.example/b');
  expect(redirected('404', 'https://site.example/b')).toContain('“404”');
});
