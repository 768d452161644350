import { describe, expect, it } from 'vitest';
import { readStructured, type Structured } from '../../src/article/metadata/structured.ts';
import { pageOf } from './page-of.ts';

const read = (...scripts: string[]): Structured | null =>
  readStructured(pageOf(scripts.map((json) => `<script type="application/ld+json">${json}</script>`).join('')).$);
const headline = (...scripts: string[]): string | null | undefined => read(...scripts)?.headline;

describe('which of the data speaks of the article', () => {
  it.each([
    [
      'the one with a date and an author',
      ['[{"@type":"Article","headline":"A"},{"@type":"Article","headline":"B","datePublished":"2020-01-02"}]'],
      'B',
    ],
    [
      'the first of two that know as much',
      ['{"@type":"Article","headline":"A"}', '{"@type":"Report","headline":"B"}'],
      'A',
    ],
    [
      'the one with an author, of another script',
      ['{"@type":"Article","headline":"A"}', '{"@type":"Article","name":"B","author":"X"}'],
      'B',
    ],
    [
      'what a page is about',
      ['{"@type":"WebPage","name":"A","mainEntity":{"@type":"NewsArticle","headline":"B"}}'],
      'B',
    ],
    [
      'an entry of a list',
      ['{"@type":"ItemList","itemListElement":[{"item":{"@type":["Thing","Article"],"headline":"B"}}]}'],
      'B',
    ],
    ['data without a type that has a date', ['{"name":"A","pubDate":"2020-01-02T03:04:05"}'], 'A'],
    ['none of a site', ['{"@type":"WebSite","name":"A"}'], undefined],
    ['none that is not JSON', ['no data', '"words"', 'null'], undefined],
    ['none that is longer than any', [`{"@type":"Article","headline":"${'x'.repeat(1_000_001)}"}`], undefined],
  ])('%s', (_, scripts, expected) => {
    expect(headline(...scripts)).toBe(expected);
  });
});

describe('data that is broken', () => {
  it.each([
    ['in a comment', '<!-- {"@type":"Article","headline":"A"} -->', 'A'],
    ['in a section of XML', '//<![CDATA[\n{"@type":"Article","headline":"A"}\n//]]>', 'A'],
    ['with a comma and a semicolon too many', '{"@type":"Article","headline":"A",};', 'A'],
    ['with line breaks and quotation marks in a text', '{"@type":"Article","headline":"a \\"b\\"\n c",}', 'a "b"  c'],
    ['that ends in a backslash', '{"@type":"Article","headline":"A\\', undefined],
  ])('%s', (_, json, expected) => {
    expect(headline(json)).toBe(expected);
  });
});

describe('what data says', () => {
  it('of times, publisher, language and address, however it is wrapped', () => {
    expect(
      read(
        '{"@type":"Article","headline":["A","B"],"dateCreated":{"@value":"2020-01-02"},"upDate":"2020-01-03","publisher":[{"name":"P"}],"inLanguage":{"name":"en"},"mainEntityOfPage":{"@id":"/m"}}',
      ),
    ).toEqual({
      headline: 'A',
      authors: [],
      published: '2020-01-02',
      updated: '2020-01-03',
      publisher: 'P',
      language: 'en',
      url: '/m',
    });
  });

  it('of authors, those who have a name', () => {
    const authors = '["https://x.example/m",{"name":["Mara"]},"Ann",{"@type":"Person"}," ",null,7]';
    expect(read(`{"@type":"Article","author":${authors}}`)?.authors).toEqual(['Mara', 'Ann', '7']);
    expect(read('{"@type":"Article","creator":"Ann"}')?.authors).toEqual(['Ann']);
  });

  it.each([
    ['lists', (depth: number) => '['.repeat(depth) + ']'.repeat(depth)],
    ['objects', (depth: number) => `${'{"name":'.repeat(depth)}1${'}'.repeat(depth)}`],
  ])('nothing where %s stand in one another thousands deep', (_, nested) => {
    const deep = nested(40_000);
    expect(read(`{"@type":"Article","headline":${deep},"author":${deep},"name":"A"}`)).toMatchObject({
      headline: 'A',
      authors: [],
    });
  });
});
