import fc from 'fast-check';
import { parseDocument } from 'htmlparser2';
import { expect, test } from 'vitest';
import { renderBody } from '../../src/reader/body.ts';
import { toHtml } from '../../src/reader/markup.ts';
import { renderFormula } from '../../src/reader/math.ts';
import { noteText, noteViews } from '../../src/reader/note.ts';
import { noteBlocks } from '../../src/reader/note-markdown.ts';
import { findLiteral, parseQuery } from '../../src/reader/search/query.ts';
import { fold } from '../../src/reader/search/terms.ts';
import { runs } from '../property.ts';

function pieces(...words: string[]): fc.Arbitrary<string> {
  return fc
    .array(fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...words) }, fc.string({ unit: 'binary', maxLength: 6 })), {
      maxLength: 20,
    })
    .map((parts) => parts.join(''));
}

/** What a page of the reader must never hold. */
function faults(html: string): string[] {
  const found: string[] = [];
  const queue = [...parseDocument(html).children];
  for (const node of queue) {
    if (!('children' in node) || !('attribs' in node)) continue;
    if (/^(?:script|style|iframe|object|embed|link|base|form|meta|svg)$/.test(node.name)) found.push(node.name);
    for (const [name, value] of Object.entries(node.attribs)) {
      if (/^on|^style$|^srcset$/i.test(name)) found.push(`${node.name} ${name}`);
      if (/^(?:href|src)$/.test(name) && !/^(?:https?:\/\/|#|\.\.?\/)/.test(value)) found.push(value);
    }
    queue.push(...node.children);
  }
  return found;
}

const RUNS = ['<script>', '</script>', '<img src=x onerror=y>', '<a href="javascript:x">', '<a href="https://a.example/">', '<svg onload=x>', '<style>', '<base href=x>', '<p style="x">', '</p>', '<table>', '<td>', '<li>', '<pre>', '<code>', '<math>', '<!--', '-->', '&lt;', '&#0;', '<', '>', '"', '\u202e', '文字']; // biome-ignore format: a row of signs

test('a kept article shows nothing that runs or leads elsewhere, whatever it was made of', () => {
  const options = { root: '../../', pictures: [], language: 'zh' as const };
  fc.assert(
    fc.property(pieces(...RUNS), (html) => {
      expect(faults(renderBody(html, options).html)).toEqual([]);
    }),
    runs(300),
  );
});

test('a note is shown as blocks that run nothing, with every letter of its words', () => {
  const note = pieces(
    ...RUNS,
    '**',
    '*',
    '_',
    '`',
    '~~',
    '[',
    '](',
    ')',
    '![',
    '](javascript:x)',
    '](https://a.example/ "t")',
    '\n',
    '\n\n',
    '> ',
    '- ',
    '1. ',
    '# ',
    '|',
    '---',
    '[^1]',
    'https://a.example',
    '\\',
    '    ',
  );
  fc.assert(
    fc.property(note, (markdown) => {
      const blocks = noteBlocks(markdown);
      expect(faults(noteViews(blocks).map(toHtml).join(''))).toEqual([]);
      expect(typeof noteText(blocks)).toBe('string');
      for (const { c } of blocks)
        for (const piece of c) if (typeof piece !== 'string' && piece[0] === 'a') expect(piece[2]).toMatch(/^https?:/);
    }),
    runs(300),
  );
});

test('any TeX is set, or shown as it is, and runs nothing', () => {
  const tex = pieces(
    '\\frac',
    '{',
    '}',
    '^',
    '_',
    'x',
    '\\sqrt',
    '\\href{javascript:x}',
    '\\url{x}',
    '\\includegraphics{x}',
    '\\htmlStyle{a}{b}',
    '\\def\\a{\\a}',
    '\\a',
    '&',
    '\\\\',
    '\\begin{matrix}',
    '\\end{matrix}',
    '$',
    '%',
    '\\text{<b>}',
    '\\color{red}',
    '\\rule{1em}{999em}',
    '中',
  );
  fc.assert(
    fc.property(tex, fc.boolean(), (source, display) => {
      expect(faults(renderFormula(source, display).html)).toEqual([]);
    }),
    runs(200),
  );
});

test('any words asked for are a query, and what it finds stands there', () => {
  const text = pieces(
    '训练',
    '模型',
    'Data',
    'İ',
    'ß',
    '"',
    '-',
    ' ',
    '\u3000',
    '（',
    'é',
    'e\u0301',
    '𠮷',
    '\ud800',
    '1',
  );
  fc.assert(
    fc.property(text, text, (asked, held) => {
      const { literals } = parseQuery(asked);
      const folded = fold(held);
      expect(folded).toHaveLength(held.length);
      for (const literal of literals) {
        expect(literal).not.toBe('');
        const at = findLiteral(folded, literal);
        if (at >= 0) expect(folded.slice(at, at + literal.length)).toBe(literal);
      }
    }),
    runs(300),
  );
});
