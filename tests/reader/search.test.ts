import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildReader } from '../../src/reader/index.ts';
import { BitReader, BitWriter } from '../../src/reader/search/bits.ts';
import { IndexBuilder } from '../../src/reader/search/build.ts';
import { openLookup } from '../../src/reader/search/lookup.ts';
import type { Directory } from '../../src/reader/search/postings.ts';
import { Shard, writeShard } from '../../src/reader/search/postings.ts';
import { findLiteral, holdsAll, parseQuery } from '../../src/reader/search/query.ts';
import { makeSnippet } from '../../src/reader/search/snippet.ts';
import { fold } from '../../src/reader/search/terms.ts';
import { searchArchive, searchPages } from '../../src/reader/search.ts';
import { runs } from '../property.ts';
import { shelf } from './shelf.ts';

/** Texts of few letters, so that pairs repeat and neighbours matter. */
const text = fc
  .array(fc.constantFrom('大', '模', '型', '训', '练', '，', ' ', 'g', 'p', 'T', '4', '。', '\n', '𠮷', 'é'), {
    maxLength: 60,
  })
  .map((signs) => signs.join(''));

function indexOf(texts: readonly string[]): { directory: Directory; shards: string[] } {
  const builder = new IndexBuilder();
  for (const [at, one] of texts.entries()) builder.add(at, one);
  const shards: string[] = [];
  for (const part of builder.finish(texts.length)) {
    if ('directory' in part) return { directory: part.directory, shards };
    shards[part.shard] = part.units;
  }
  throw new Error('No directory');
}

describe('bit strings', () => {
  it('give back every number that was put in', () => {
    const step = fc.oneof(
      fc.record({
        kind: fc.constant('put' as const),
        value: fc.nat(0x3fffffff),
        width: fc.integer({ min: 0, max: 30 }),
      }),
      fc.record({
        kind: fc.constant('gamma' as const),
        value: fc.integer({ min: 1, max: 0x1fffffff }),
        width: fc.constant(0),
      }),
      fc.record({ kind: fc.constant('unary' as const), value: fc.nat(80), width: fc.constant(0) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const writer = new BitWriter();
        for (const { kind, value, width } of steps) {
          if (kind === 'put') writer.put(value, width);
          else writer[kind](value);
        }
        const reader = new BitReader(writer.toString());
        for (const { kind, value, width } of steps) {
          const read = kind === 'put' ? reader.take(width) : reader[kind]();
          expect(read).toBe(kind === 'put' ? value % 2 ** width : value);
        }
      }),
      runs(200),
    );
  });

  it('use no character that a script or UTF-16 could not hold', () => {
    const writer = new BitWriter();
    for (let value = 0; value < 0x8000; value++) writer.put(value, 15);
    expect(writer.toString()).toMatch(/^[\u3400-\ub3ff]{32768}$/);
  });
});

describe('a shard of the index', () => {
  it('gives back the documents of every term', () => {
    const lists = fc.dictionary(
      fc.string({ minLength: 1, maxLength: 4, unit: 'grapheme' }),
      fc.uniqueArray(fc.nat(499), { minLength: 1, maxLength: 60 }),
      { maxKeys: 30 },
    );
    fc.assert(
      fc.property(lists, (given) => {
        const terms = Object.keys(given).sort();
        const postings = terms.map((term) => ({ term, docs: [...(given[term] ?? [])].sort((a, b) => a - b) }));
        const shard = new Shard(writeShard(postings, 500), 500);
        for (const { term, docs } of postings) expect(shard.find(term, false)).toEqual(docs);
        expect(shard.find('no such term', false)).toEqual([]);
      }),
      runs(100),
    );
  });
});

describe('looking up', () => {
  it('misses no text that holds what is asked, and where it says exact, adds none', async () => {
    const asked = fc.constantFrom('大', '大模', '大模型', '训练', 'g', 'gp', 'gpt4', '型g', '4', '𠮷', '模型训练', 'É');
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 12 }), asked, async (texts, query) => {
        const { directory, shards } = indexOf(texts);
        const lookup = openLookup(directory, async (shard) => shards[shard] ?? '');
        const literal = parseQuery(query).literals[0] ?? '';
        const { docs, exact } = await lookup.candidates(literal);
        const holding = texts.flatMap((one, at) => (findLiteral(fold(one), literal) >= 0 ? [at] : []));
        for (const doc of holding) expect(docs).toContain(doc);
        if (exact) expect([...docs].sort((a, b) => a - b)).toEqual(holding);
      }),
      runs(300),
    );
  });

  it('finds a beginning of a word across many shards', async () => {
    const texts = Array.from({ length: 400 }, (_, at) =>
      Array.from({ length: 400 }, (_, word) => `wo${at}x${word}`).join(' '),
    );
    const { directory, shards } = indexOf(texts);
    expect(shards.length).toBeGreaterThan(2);
    const lookup = openLookup(directory, async (shard) => shards[shard] ?? '');
    expect((await lookup.candidates('wo12x3')).docs).toEqual(new Set([12]));
    expect((await lookup.candidates('wo399')).docs).toEqual(new Set([399]));
  });

  it('keeps apart what is more than the first table of pairs, and the first piece of what was seen, can hold', async () => {
    const han = (at: number) => String.fromCharCode(0x4e00 + at);
    // Every pair of 200 characters, some in both documents: more than the 2^15 pairs that fill half of the first table.
    const texts = [0, 100].map((from) => {
      const pairs: string[] = [];
      for (let a = 0; a < 200; a++) for (let b = 0; b < 200; b++) pairs.push(`${han(from + a)}${han(b)}`);
      return pairs.join(' ');
    });
    const many = Array.from({ length: 8 }, (_, doc) =>
      Array.from({ length: 30_000 }, (_, word) => `w${word}x${doc % 2}`).join(' '),
    );
    const { directory, shards } = indexOf([...texts, ...many]);
    const lookup = openLookup(directory, async (shard) => shards[shard] ?? '');
    const docsOf = async (literal: string) => [...(await lookup.candidates(literal)).docs].sort((a, b) => a - b);
    expect(await docsOf(han(0) + han(199))).toEqual([0]);
    expect(await docsOf(han(150) + han(7))).toEqual([0, 1]);
    expect(await docsOf(han(299) + han(199))).toEqual([1]);
    expect(await docsOf(han(299) + han(200))).toEqual([]);
    expect(await docsOf('w29999x1')).toEqual([3, 5, 7, 9]);
  });

  it('makes the same index whatever was indexed before', () => {
    expect(indexOf(['大模型', '训练'])).toEqual(indexOf(['大模型', '训练']));
  });
});

describe('a query', () => {
  it('is split at spaces, ideographic ones too, but not within quotation marks', () => {
    expect(parseQuery('大模型　训练 "two words"').literals).toEqual(['大模型', '训练', 'two words']);
  });

  it('means the same in full-width and capital letters', () => {
    expect(parseQuery('ＧＰＴ').literals).toEqual(['gpt']);
    expect(holdsAll(fold('用ChatGPT训练'), ['chatgpt训练'])).toBe(true);
  });

  it('finds Latin letters only where a word begins', () => {
    expect(findLiteral('category cat', 'cat')).toBe(0);
    expect(findLiteral('concat', 'cat')).toBe(-1);
  });

  it('of punctuation alone asks nothing', () => {
    expect(parseQuery('，。 !! "').literals).toEqual([]);
  });
});

describe('folding', () => {
  it('keeps every place where it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (one) => fold(one).length === one.length),
      runs(200),
    );
    expect(fold('İstanbul')).toHaveLength(8);
  });
});

describe('a snippet', () => {
  it('shows as many of the words together as it can, and marks them', () => {
    const text = `${'前'.repeat(200)}大模型${'中'.repeat(300)}训练大模型很贵${'后'.repeat(200)}`;
    const { pieces, missing } = makeSnippet(text, ['训练', '大模型']);
    expect(missing).toEqual([]);
    expect(pieces.filter((piece) => piece.hit).map((piece) => piece.text)).toEqual(['训练', '大模型']);
  });

  it('marks overlapping words once, the longer one of two that begin together', () => {
    const hits = (text: string, literals: string[]) =>
      makeSnippet(text, literals)
        .pieces.filter((piece) => piece.hit)
        .map((piece) => piece.text);
    expect(hits('用大模型', ['大模', '大模型'])).toEqual(['大模型']);
    expect(hits('用大模型', ['模型', '大模'])).toEqual(['大模']);
  });

  it('begins behind a line break that is near, without dots', () => {
    expect(makeSnippet('第一行\n训练', ['训练']).pieces).toEqual([{ text: '训练', hit: true }]);
  });

  it('halves no character where it is cut off', () => {
    const whole = `${'前'.repeat(40)}训练${'𠮷'.repeat(120)}`;
    for (const text of [whole, `前${whole}`]) {
      const { pieces } = makeSnippet(text, ['训练']);
      expect(pieces.at(-2)?.text).toMatch(/^(?:𠮷)+$/);
    }
  });

  it('says which words are not there', () => {
    expect(makeSnippet('只有训练', ['训练', '推理']).missing).toEqual(['推理']);
  });

  it('is a part of its text but for the dots, and halves no character', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const whole = `${before}训练${after}`;
        const { pieces } = makeSnippet(whole, ['训练']);
        const shown = pieces
          .map((piece) => piece.text)
          .join('')
          .replace(/…/g, '');
        expect(whole.replace(/\s+/g, ' ')).toContain(shown.trim());
        expect(shown).not.toMatch(/[\ud800-\udfff]/u);
      }),
      runs(200),
    );
  });
});

describe('searching the archive', () => {
  const found = async (
    query: string,
    indexed: boolean,
    damage: (files: Map<string, Uint8Array>) => void = () => {},
  ) => {
    const input = shelf();
    const files = new Map<string, Uint8Array>();
    for await (const { path, content } of buildReader(input)) {
      files.set(path, typeof content === 'string' ? new TextEncoder().encode(content) : content);
    }
    damage(files);
    const pages: string[] = [];
    const hits = await searchArchive(
      {
        status: input.status,
        file: async (path) => (indexed ? (files.get(path) ?? null) : null),
        page: (id) => {
          pages.push(id);
          return input.page(id);
        },
      },
      query,
    );
    return { ids: hits.map((hit) => hit.id), pages, hits };
  };

  it.each(['大模型 训练', '善本', '"看数据"', 'inference', 'scan', '双字索引', '舟山'])(
    'finds the same for %s with the index and without',
    async (query) => {
      expect((await found(query, true)).ids).toEqual((await found(query, false)).ids);
    },
  );

  it('reads only pages that can hold what is asked', async () => {
    expect((await found('善本', true)).pages).toEqual(['netease/dy-20050001-55ee66ff']);
  });

  it('puts a title above a text, and shows where it is', async () => {
    const { hits } = await found('大模型', true);
    expect(hits.slice(0, 2).map((hit) => hit.inTitle)).toEqual([true, true]);
    expect(hits[0]?.snippet.some((piece) => piece.hit && piece.text === '大模型')).toBe(true);
  });

  it.each<[string, (files: Map<string, Uint8Array>) => void]>([
    ['has lost a shard', (files) => files.delete('reader/search/0.js')],
    [
      'has a damaged shard',
      (files) => files.set('reader/search/0.js', new TextEncoder().encode('__linkark("search",0,')),
    ],
    [
      'has a shard that holds something else',
      (files) => files.set('reader/search/0.js', new TextEncoder().encode('__linkark("search",0,7)\n')),
    ],
    [
      'has a damaged directory',
      (files) => files.set('reader/search/directory.js', new TextEncoder().encode('__linkark(]')),
    ],
    [
      'has a directory of something else',
      (files) =>
        files.set('reader/search/directory.js', new TextEncoder().encode('__linkark("directory",0,{"docs":1})\n')),
    ],
  ])('finds the same where the index %s', async (_, damage) => {
    expect((await found('页码', true, damage)).ids).toEqual(['netease/dy-20050001-55ee66ff']);
    expect((await found('dictionary', true, damage)).ids).toEqual(['web/small-search-99cc00dd']);
  });

  it('of nothing finds nothing', async () => {
    expect(await searchPages([], '')).toEqual([]);
  });

  it('puts titles first, then the newest, then those without a date, each in order of id', async () => {
    const page = (id: string, title: string | null, published: string | null, text = '训练') => ({
      id,
      title,
      published,
      author: null,
      note: null,
      text,
    });
    const hits = await searchPages(
      [
        page('web/d', null, null),
        page('web/c', null, null),
        page('web/b', null, '2020-01-01'),
        page('web/a', null, '2024-01-01'),
        page('web/e', '训练', null),
        page('web/f', '训练', '1999-01-01', '别的'),
        page('web/g', '推理', '2025-01-01', '别的'),
      ],
      '训练',
    );
    expect(hits.map(({ id }) => id)).toEqual(['web/f', 'web/e', 'web/a', 'web/b', 'web/c', 'web/d']);
    expect(hits[0]).toMatchObject({ inTitle: true, count: 0, snippet: [] });
  });
});
