import { lineOf, type Survey } from './survey.ts';

/** A text reduced to its letters and digits, so that spellings of one title compare equal. */
export function squash(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

/** Are two squashed texts the same title, one of them perhaps with a suffix? */
export function sameTitle(line: string, title: string): boolean {
  if (title.length < 4) return false;
  if (line === title) return true;
  const shorter = Math.min(line.length, title.length);
  const longer = Math.max(line.length, title.length);
  return shorter >= 6 && shorter >= 0.6 * longer && (line.startsWith(title) || title.startsWith(line));
}

/** Index of the block that shows the title: in a heading by preference, else the first such line; -1 where none does. */
export function titleBlock({ elements, blocks }: Survey, title: string | null): number {
  const wanted = squash(title ?? '');
  let first = -1;
  if (wanted.length < 4) return -1;
  for (const [at, block] of blocks.entries()) {
    if (block.size > 120) continue;
    const text = lineOf(block, 200);
    if (text.length * 2 < wanted.length || !sameTitle(squash(text), wanted)) continue;
    if (inHeading(elements, block.owner)) return at;
    if (first < 0 && block.linked < 0.5 * block.size) first = at;
  }
  return first;
}

function inHeading(elements: Survey['elements'], from: number): boolean {
  let at = from;
  for (let steps = 0; at >= 0 && steps < 4; steps++) {
    const entry = elements[at];
    if (entry !== undefined && /^h[1-4]$/.test(entry.element.name)) return true;
    at = entry?.parent ?? -1;
  }
  return false;
}
