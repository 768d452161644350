import { diffArrays } from 'diff';

/** A stretch of text that both versions have, or only the newer (`added`), or only the older (`removed`). */
export interface DiffPart {
  kind: 'same' | 'added' | 'removed';
  text: string;
}

/** The difference of two texts. Joining `same` and `removed` gives the older one, `same` and `added` the newer. */
export interface TextDiff {
  parts: DiffPart[];
  /** Characters (code points) added and removed. */
  added: number;
  removed: number;
  /** True where the texts differ too much for a comparison by sentences, so that whole paragraphs are compared. */
  coarse: boolean;
}

/** Bounds on the search for a shortest difference, in edits; beyond them the comparison gets coarser. */
const MOST_SENTENCE_EDITS = 3000;
const MOST_LETTER_EDITS = 240;
/** A changed sentence is compared by characters only while both sides are this short. */
const LONGEST_SENTENCE = 1200;

/**
 * Compares two texts by sentence, and changed sentences by character (dense scripts) or word. Deterministic: the bounds
 * count edits, never time.
 */
export function diffText(older: string, newer: string): TextDiff {
  if (older === newer)
    return { parts: older === '' ? [] : [{ kind: 'same', text: older }], added: 0, removed: 0, coarse: false };
  let coarse = false;
  let blocks = compareTokens(sentences(older), sentences(newer), MOST_SENTENCE_EDITS);
  if (blocks === null) {
    coarse = true;
    blocks = compareTokens(older.split(/(?<=\n)/), newer.split(/(?<=\n)/), MOST_SENTENCE_EDITS) ?? whole(older, newer);
  }
  const parts: DiffPart[] = [];
  for (const [at, block] of blocks.entries()) {
    const next = blocks[at + 1];
    if (block.kind === 'removed' && next?.kind === 'added') {
      for (const part of refine(block.text, next.text)) push(parts, part);
    } else if (block.kind !== 'added' || blocks[at - 1]?.kind !== 'removed') push(parts, block);
  }
  const count = (kind: DiffPart['kind']) =>
    parts.reduce((sum, part) => sum + (part.kind === kind ? [...part.text].length : 0), 0);
  return { parts, added: count('added'), removed: count('removed'), coarse };
}

function whole(older: string, newer: string): DiffPart[] {
  const parts: DiffPart[] = [
    { kind: 'removed', text: older },
    { kind: 'added', text: newer },
  ];
  return parts.filter((part) => part.text !== '');
}

/** Sentences with their ends and the space after them; a line break ends one too. Nothing is lost. */
function sentences(text: string): string[] {
  return text.match(/[^。！？!?；;\n.]+(?:[。！？!?；;.]+[”’」』）)"']*[ \t]*)?\n*|[。！？!?；;.\n]+/g) ?? [];
}

/** Characters of dense scripts one by one, words of others whole. */
function letters(text: string): string[] {
  return Array.from(text.matchAll(/[a-z0-9_]+|[\u00c0-\u024f]+|[\s\S]/giu), ([token]) => token);
}

function compareTokens(older: string[], newer: string[], maxEditLength: number): DiffPart[] | null {
  const changes = diffArrays(older, newer, { maxEditLength });
  if (changes === undefined) return null;
  const parts: DiffPart[] = changes.map(({ added, removed, value }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value.join(''),
  }));
  return removedFirst(parts);
}

/** Of neighbouring changes the removed part always comes first. */
function removedFirst(parts: DiffPart[]): DiffPart[] {
  const out: DiffPart[] = [];
  for (const part of parts) {
    const last = out[out.length - 1];
    if (part.kind === 'removed' && last?.kind === 'added') out.splice(-1, 0, part);
    else out.push(part);
  }
  return out;
}

/** Two versions of a stretch: by characters where enough of it stays, otherwise as a whole. */
function refine(older: string, newer: string): DiffPart[] {
  if (older.length > LONGEST_SENTENCE || newer.length > LONGEST_SENTENCE) return whole(older, newer);
  const parts = compareTokens(letters(older), letters(newer), MOST_LETTER_EDITS);
  if (parts === null) return whole(older, newer);
  const same = parts.reduce((sum, part) => sum + (part.kind === 'same' ? part.text.trim().length : 0), 0);
  return same * 5 < Math.min(older.length, newer.length) * 2 ? whole(older, newer) : tidy(parts);
}

/** A single character kept between two changes only makes the reading harder: it joins them. */
function tidy(parts: readonly DiffPart[]): DiffPart[] {
  const out: DiffPart[] = [];
  let removed = '';
  let added = '';
  const flush = () => {
    if (removed !== '') out.push({ kind: 'removed', text: removed });
    if (added !== '') out.push({ kind: 'added', text: added });
    removed = '';
    added = '';
  };
  for (const [at, part] of parts.entries()) {
    const between = part.kind === 'same' && part.text.length === 1 && removed + added !== '' && at + 1 < parts.length;
    if (part.kind === 'removed' || between) removed += part.text;
    if (part.kind === 'added' || between) added += part.text;
    if (part.kind === 'same' && !between) {
      flush();
      out.push(part);
    }
  }
  flush();
  return out;
}

function push(parts: DiffPart[], part: DiffPart): void {
  const last = parts[parts.length - 1];
  if (part.text === '') return;
  if (last?.kind === part.kind) last.text += part.text;
  else parts.push({ ...part });
}
