import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeSource, type Format, formatOf, readSource, rewrite } from '../../src/sources/index.ts';
import { jsonFault } from '../../src/sources/json-fault.ts';
import { FORMATS } from '../../src/sources/source.ts';
import { runs } from '../property.ts';
import { document } from './generate.ts';

/** What lists are made of, whole and broken. */
const PIECES = [
  'https://a.example/x', 'http://例子.测试/路?b=(c)', 'www.a.example', '](', '[', '![', ']', '(', ')', '<', '>', '<a href="',
  "<a href='", '<img src=', '">', '</a>', '<!--', '-->', '<dt>', '<DL><p>', '<h3>', '<outline xmlUrl="', '/>', '<![CDATA[',
  ']]>', '<?xml version="1.0"?>', '<!-- linkark-disable -->', '<!-- linkark-enable -->', '<!-- linkark-disable-next-line -->',
  '<script>', '</script>', '<base href="/b/">', '<style>', '&amp;', '&#x26;', '&#0;', '&', '\\', '\n', '\r\n', '\r', '\t', ' ',
  '    ', '# ', '> ', '- ', '1. ', '```\n', '`', '~~~', '---\n', '***', '|', '[a]: ', '[a]', '^', '"url"', '"title"', ':', ',',
  '{', '}', '"', '\\u0041', 'true', '1e9', 'url,title\n', ';', '，', '。', '）', '中文', '🎉', '\u0000', '\ufeff', '\u2028',
] as const; // biome-ignore format: a row of signs
const text = fc
  .array(fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...PIECES) }, fc.string({ unit: 'binary', maxLength: 6 })), {
    maxLength: 30,
  })
  .map((parts) => parts.join(''));
const format = fc.constantFrom(...FORMATS);

describe('any text in any format', () => {
  test('is read without a throw, and every span is what stands there', () => {
    fc.assert(
      fc.property(format, text, (kind: Format, source) => {
        const { references, problems } = readSource('f', source, kind);
        for (const { start, end, raw, line, column } of references) {
          expect(source.slice(start, end)).toBe(raw);
          expect(line).toBeGreaterThan(0);
          expect(column).toBeGreaterThan(0);
        }
        for (const problem of problems) expect(problem.file).toBe('f');
        expect(readSource('f', source, kind)).toEqual({ references, problems, anchors: expect.anything() });
      }),
      runs(500),
    );
  });

  test('rewritten with the addresses that it has is the same text', () => {
    fc.assert(
      fc.property(format, text, (kind: Format, source) => {
        const edits = readSource('f', source, kind).references.map((reference) => ({
          reference,
          address: reference.address,
        }));
        expect(rewrite(source, edits, kind)).toBe(source);
      }),
      runs(300),
    );
  });

  test('has a format', () => {
    fc.assert(
      fc.property(fc.constantFrom('a', 'a.md', 'a.json', 'a.csv', 'a.html', 'a.xml', '-'), text, (file, source) => {
        expect(FORMATS).toContain(formatOf(file, source));
      }),
      runs(200),
    );
  });
});

test('a generated document is read with every span at its place, whatever the seed', () => {
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const source = document(seed);
      const { references } = readSource('a.md', source, 'markdown');
      for (const { start, end, raw } of references) expect(source.slice(start, end)).toBe(raw);
    }),
    runs(100),
  );
});

test('bytes are text exactly where they are UTF-8 without NUL', () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 40 }),
    fc.string({ unit: 'grapheme', maxLength: 20 }).map((value) => new TextEncoder().encode(value)),
    fc
      .array(fc.constantFrom(0xef, 0xbb, 0xbf, 0xe4, 0xb8, 0xad, 0xf0, 0x9f, 0x8e, 0x89, 0x0a, 0x0d, 0x41, 0xff, 0xfe))
      .map((each) => Uint8Array.from(each)),
  );
  fc.assert(
    fc.property(bytes, (given) => {
      const { text: decoded, problem } = decodeSource('f', given);
      if (decoded !== null) {
        expect(Buffer.from(decoded)).toEqual(Buffer.from(given));
        expect(decoded).not.toContain('\0');
      } else {
        const lines = Buffer.from(given)
          .toString('latin1')
          .split(/\r\n|\r|\n/).length;
        expect(problem.line).toBeLessThanOrEqual(lines);
      }
    }),
    runs(300),
  );
});

test('a fault of JSON is found exactly where JSON.parse finds one', () => {
  const token = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ':',
    ',',
    '"a"',
    '"\\u00e9"',
    '"\\x"',
    '"',
    '1',
    '-0.5e+3',
    '01',
    'null',
    'tru',
    ' ',
    '\n',
    '\u00a0',
  );
  const json = fc.oneof(
    fc.json(),
    fc.array(token, { maxLength: 15 }).map((tokens) => tokens.join('')),
    fc.tuple(fc.json(), fc.nat(), token).map(([whole, at, cut]) => {
      const place = at % (whole.length + 1);
      return whole.slice(0, place) + cut + whole.slice(place + 1);
    }),
  );
  fc.assert(
    fc.property(json, (source) => {
      const isJson = (() => {
        try {
          JSON.parse(source);
          return true;
        } catch {
          return false;
        }
      })();
      const fault = jsonFault(source);
      expect(fault === null).toBe(isJson);
      if (fault !== null) {
        expect(fault).toBeGreaterThanOrEqual(0);
        expect(fault).toBeLessThanOrEqual(source.length);
      }
    }),
    runs(500),
  );
});
