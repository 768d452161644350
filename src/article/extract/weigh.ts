import type { Element } from 'domhandler';
import type { Block, Survey } from '../survey.ts';
import { BLOCK } from '../vocabulary.ts';
import { BODY_MARKS, FURNITURE_NAMES, FURNITURE_ROLES, FURNITURE_TAGS, INLINE_FURNITURE } from './words.ts';

/** What an element weighs as the article. Parallel to `Survey.elements`. */
export interface Weights {
  /** Sum of the scores of all lines below, furniture counted as nothing or less, and no part as less than -20. */
  score: Float64Array;
  /** Size of the good text below. */
  good: Float64Array;
  /** Size of all text, and of that in links. */
  size: Float64Array;
  linked: Float64Array;
  /** Number of lines that are links. */
  linkLines: Float64Array;
  /** 1 where the element is furniture by its name, role or tag. */
  furniture: Uint8Array;
  /** 1 where the element is a teaser: a short text that comes with the link it leads to. */
  teaser: Uint8Array;
  /** Sum of the scores of all good lines of the page. */
  total: number;
}

/** Scores every line and sums upward, furniture and teasers held back. */
export function weigh({ elements, blocks }: Survey, teasers: boolean): Weights {
  const count = elements.length;
  const w: Weights = {
    score: new Float64Array(count),
    good: new Float64Array(count),
    size: new Float64Array(count),
    linked: new Float64Array(count),
    linkLines: new Float64Array(count),
    furniture: new Uint8Array(count),
    teaser: new Uint8Array(count),
    total: 0,
  };
  let total = 0;
  for (const block of blocks) {
    const score = scoreLine(block);
    if (score > 0) total += score;
    if (block.owner < 0) continue;
    add(w.score, block.owner, score);
    add(w.good, block.owner, Math.max(0, score));
    add(w.size, block.owner, block.size);
    add(w.linked, block.owner, block.linked);
    if (block.linked > 0.6 * block.size) add(w.linkLines, block.owner, 1);
  }
  w.total = total;
  // Children stand after their parents, so one walk backwards sums everything below before the element itself is judged.
  for (let at = count - 1; at >= 0; at--) {
    const entry = elements[at];
    if (entry === undefined) continue;
    const good = w.good[at] ?? 0;
    const block = BLOCK.has(entry.element.name) && entry.element.name !== 'blockquote' && entry.element.name !== 'p';
    if (good < 0.5 * total && isFurniture(entry.element)) {
      w.furniture[at] = 1;
      w.score[at] = Math.min(0, w.score[at] ?? 0);
      w.good[at] = 0;
    } else if (teasers && block && isTeaser(w, at, total)) {
      w.teaser[at] = 1;
      w.score[at] = Math.min(-4, w.score[at] ?? 0);
      w.good[at] = 0;
    }
    if (entry.parent < 0) continue;
    add(w.score, entry.parent, Math.max(-20, w.score[at] ?? 0));
    add(w.good, entry.parent, w.good[at] ?? 0);
    add(w.size, entry.parent, w.size[at] ?? 0);
    add(w.linked, entry.parent, w.linked[at] ?? 0);
    add(w.linkLines, entry.parent, w.linkLines[at] ?? 0);
  }
  return w;
}

/** Long lines with few links are text; lines that are links weigh against; short lines say little. */
export function scoreLine(block: Block): number {
  const { size, linked, stops } = block;
  if (size === 0) return 0;
  if (linked > 0.6 * size) return -2 - Math.min(size, 12);
  const own = size - 2 * linked;
  if (size >= 30 || (size >= 10 && stops > 0)) return Math.max(-2, own);
  return size > 4 ? -0.5 : -1;
}

function isTeaser(w: Weights, at: number, total: number): boolean {
  const good = w.good[at] ?? 0;
  const lines = w.linkLines[at] ?? 0;
  return lines > 0 && good > 0 && good < 110 && good < 0.4 * total && good < 60 * lines;
}

/** True where name, role or tag say that the element is not the article. */
function isFurniture(element: Element): boolean {
  if (FURNITURE_TAGS.has(element.name)) return element.name !== 'form';
  const { attribs } = element;
  if (attribs.role !== undefined && FURNITURE_ROLES.has(attribs.role)) return true;
  const { class: classes, id } = attribs;
  if (classes === undefined && id === undefined) return false;
  if (element.name === 'body' || element.name === 'html') return false;
  const names = `${classes ?? ''} ${id ?? ''}`;
  if (names.length > 600) return false;
  // A link or a span inside a sentence is part of the sentence, whatever it is called.
  if (!BLOCK.has(element.name) && !element.name.includes('-')) return INLINE_FURNITURE.test(names);
  return namesFurniture(names);
}

const verdicts = new Map<string, boolean>();

function namesFurniture(names: string): boolean {
  const known = verdicts.get(names);
  if (known !== undefined) return known;
  let found = false;
  if (!BODY_MARKS.test(names)) {
    const words = names
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .split(/[^a-z]+/);
    found = words.some((word) => FURNITURE_NAMES.has(word));
  }
  if (verdicts.size > 5000) verdicts.clear();
  verdicts.set(names, found);
  return found;
}

function add(array: Float64Array, at: number, value: number): void {
  array[at] = (array[at] ?? 0) + value;
}
