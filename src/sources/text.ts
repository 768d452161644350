import { findBare } from './bare.ts';
import { Lines } from './lines.ts';
import { type Found, finish, type Source } from './source.ts';

/** Reads plain text: every bare web address, one on each line or in the middle of sentences. */
export function readText(file: string, text: string): Source {
  const found: Found[] = [];
  for (const { start, end } of findBare(text)) {
    const raw = text.slice(start, end);
    const address = /^w/i.test(raw) ? `http://${raw}` : raw;
    found.push({ at: start, form: 'bare', address, start, end, text: raw, heading: null, note: null });
  }
  return finish(file, text, new Lines(text), found);
}
