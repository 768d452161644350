import type { Reference } from '../types.ts';
import type { Format } from './source.ts';
import { spell } from './spell.ts';

/** A new address for one occurrence, as `readSource` gave it for this very text. */
export interface Edit {
  reference: Reference;
  address: string;
}

/**
 * The text with new addresses in place of the old ones and not a byte changed beside them; each is spelt as its place
 * demands (escapes in Markdown destinations, entities in attributes, quotes in tables). Several references to one
 * definition may carry the same edit. Doing it again with what is then read changes nothing.
 *
 * @throws RangeError where edits overlap, contradict each other, or were made for another text: a bug of the caller.
 */
export function rewrite(text: string, edits: readonly Edit[], format: Format): string {
  const sorted = [...edits].sort((one, other) => one.reference.start - other.reference.start);
  let out = '';
  let from = 0;
  let last: Edit | null = null;
  for (const edit of sorted) {
    const { reference, address } = edit;
    if (text.slice(reference.start, reference.end) !== reference.raw) {
      throw new RangeError(`edit of ${reference.file}:${reference.line} does not fit the text`);
    }
    const same = last?.reference.start === reference.start && last.reference.end === reference.end;
    if (same && last?.address === address) continue;
    if (same || reference.start < from) {
      throw new RangeError(`edits overlap at ${reference.file}:${reference.line}`);
    }
    last = edit;
    if (address === reference.address) continue;
    const { start, end, written } = spell(text, reference, address, format);
    out += text.slice(from, start) + written;
    from = end;
  }
  return out + text.slice(from);
}
