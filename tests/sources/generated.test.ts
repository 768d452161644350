import MarkdownIt from 'markdown-it';
import type Token from 'markdown-it/lib/token.mjs';
import { describe, expect, test } from 'vitest';
import { readSource, rewrite } from '../../src/sources/index.ts';
import type { Reference } from '../../src/types.ts';
import { document } from './generate.ts';

const DOCUMENTS = Array.from({ length: 1000 }, (_, seed) => {
  const text = document(seed);
  return { seed, text, references: readSource('a.md', text, 'markdown').references };
});
const peer = new MarkdownIt({ html: true, linkify: true });
// It turns what looks like a host without a scheme into a link; GFM and we do not.
peer.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
// Addresses as written; percent-encoding and punycode are not what is compared.
peer.normalizeLink = (address) => address;

/**
 * Addresses that markdown-it finds. It differs in four ways, each of which is taken out here: it has no front matter,
 * it strips no byte order mark, it does not read HTML, and where a bare address goes on in full-width punctuation, in
 * Chinese or in emoji it takes part of that for the address (and after a port drops the link, which is not generated).
 */
function peerLinks(text: string): string[] {
  const body = text.replace(/^\ufeff/, '').replace(/^---\r?\n[\s\S]*?\r?\n---(?=\r?\n)/, '');
  const found: string[] = [];
  const visit = (tokens: readonly Token[]): void => {
    for (const token of tokens) {
      if (token.children) visit(token.children);
      const address = token.attrGet(token.type === 'image' ? 'src' : 'href');
      if (token.type === 'image' || token.type === 'link_open')
        found.push(token.markup === 'linkify' ? cut(address ?? '') : (address ?? ''));
      if (token.type === 'html_block' || token.type === 'html_inline') {
        for (const match of token.content.matchAll(/\s(?:href|src)=["']([^"']*)["']/g))
          found.push(match[1]?.replaceAll('&amp;', '&') ?? '');
      }
    }
  };
  visit(peer.parse(body, {}));
  return found.map(normal).sort();
}

function cut(address: string): string {
  const host = /^https?:\/\/[^/?#]*/.exec(address)?.[0] ?? '';
  const path = address.slice(host.length);
  const end = path.search(/[，。）、…🎉\p{sc=Han}]/u);
  const hostEnd = host.search(host.includes('例子') ? /[，。）、…🎉]/u : /[，。）、…🎉\p{sc=Han}]/u);
  return hostEnd >= 0 ? host.slice(0, hostEnd) : host + (end < 0 ? path : path.slice(0, end));
}

function normal(address: string): string {
  return URL.canParse(address) ? new URL(address).href : address;
}

/** What stands where an occurrence is said to begin. */
function beginning({ form }: Reference): RegExp {
  const signs = {
    inline: /^\[/,
    reference: /^\[/,
    autolink: /^<https?:/,
    bare: /^https?:/,
    html: /^<a\s/,
    image: /^(?:!\[|<img)/,
    entry: /^$/,
  };
  return signs[form];
}

describe('a thousand generated documents', () => {
  test('every line and column is where the link begins, every span is its address', () => {
    for (const { seed, text, references } of DOCUMENTS) {
      const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
      for (const reference of references) {
        const rest = lines[reference.line - 1]?.slice(reference.column - 1) ?? '';
        expect(rest, `seed ${seed}`).toMatch(beginning(reference));
        if (reference.form === 'bare') expect(rest.startsWith(reference.raw), `seed ${seed}`).toBe(true);
        expect(text.slice(reference.start, reference.end), `seed ${seed}`).toBe(reference.raw);
      }
    }
  });

  test('the links are those that markdown-it finds', () => {
    for (const { seed, text, references } of DOCUMENTS) {
      const ours = references.map(({ address }) => normal(address)).sort();
      expect(ours, `seed ${seed}`).toEqual(peerLinks(text));
    }
  });

  test('rewriting every address changes nothing else, and gives those addresses', () => {
    for (const { seed, text, references } of DOCUMENTS.filter((each) => each.seed % 5 === 0)) {
      const edits = references.map((reference) => ({
        reference,
        address: `https://new.example/${reference.start}?a=1&b=(2`,
      }));
      const once = rewrite(text, edits, 'markdown');
      const again = readSource('a.md', once, 'markdown').references;
      expect(
        again.map(({ address }) => address),
        `seed ${seed}`,
      ).toEqual(edits.map(({ address }) => address));
      const back = again.map((reference, at) => ({ reference, address: references[at]?.address ?? '' }));
      expect(
        readSource('a.md', rewrite(once, back, 'markdown'), 'markdown').references.map(({ address }) => address),
      ).toEqual(references.map(({ address }) => address));
    }
  });
});
