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
