import { expect, test } from 'vitest';
import { identify } from '../../src/platforms/index.ts';
import type { Platform } from '../../src/platforms/platform.ts';
import { type Answer, fixture, golden, read, visitOf, word } from './page-visit.ts';

/** Addresses in groups: within a row all are one page with this key and canonical address. */
export interface AddressRow {
  key: string;
  url: string;
  spellings: readonly string[];
}

/** Every spelling has the row's key; the first row's address is canonical and stays itself. */
export function testAddresses(platform: Platform, rows: readonly AddressRow[], foreign: readonly string[]): void {
  for (const { key, url, spellings } of rows) {
    test(`${key} is ${url}`, () => {
      expect(platform.identify(new URL(url))).toEqual({ platform: platform.name, key, url });
    });
    test.each(spellings.map((spelling) => [spelling]))(`${key}: %s`, (spelling) => {
      const identity = identify(new URL(spelling));
      expect(identity.key).toBe(key);
      expect(identity.platform).toBe(platform.name);
    });
  }
  test('canonical addresses of different pages have different keys', () => {
    const keys = rows.map(({ url }) => platform.identify(new URL(url))?.key);
    expect(new Set(keys).size).toBe(rows.length);
  });
  test.each(foreign.map((address) => [address]))('not an article of this platform: %s', (address) => {
    expect(identify(new URL(address)).platform).not.toBe(platform.name);
  });
}

/** A case a marker must match and one that looks like it and must not; both are whole answers of the site. */
export interface MarkerCase {
  rule: string;
  url: string;
  match: Answer;
  lookAlike: Answer;
}

/** Each marker decides its own page, and leaves its look-alike alone. No marker may be without a case. */
export function testMarkers(platform: Platform, cases: readonly MarkerCase[]): void {
  test('every marker has a case', () => {
    const rules = new Set(platform.markers.map(({ rule }) => rule));
    expect([...new Set(cases.map(({ rule }) => rule))].sort()).toEqual([...rules].sort());
  });
  for (const { rule, url, match, lookAlike } of cases) {
    const marker = platform.markers.find((candidate) => candidate.rule === rule);
    test(`${rule} matches`, () => {
      expect(word(platform, url, match)).toBe(`${marker?.says.verdict} ${marker?.says.reason} ${rule}`);
      expect(platform.read(visitOf(platform, url, match))).toBeNull();
    });
    test(`${rule} leaves its look-alike alone`, () => {
      const rules = platform.sight(visitOf(platform, url, lookAlike)).markers.map((found) => found.rule);
      expect(rules).not.toContain(rule);
    });
  }
}

/** A fixture is alive, names itself, and reads as its golden file says. */
export function testGolden(platform: Platform, name: string, file: string, url: string, type = 'text/html'): void {
  const answer = { body: fixture(platform.name, file), type };
  test(`${file} reads as golden/${name}.json`, () => {
    expect(read(platform, url, answer)).toEqual(golden(platform.name, name));
  });
  test(`${file} is alive`, () => {
    expect(word(platform, url, answer)).toBe(`alive ok ${platform.name}/article`);
  });
}
