import type { Element } from 'domhandler';
import type { Block, Survey } from '../survey.ts';
import { BLOCK } from '../vocabulary.ts';
import { furnitureWords, isPardonable } from './names.ts';
import { FURNITURE_ROLES, FURNITURE_TAGS, INLINE_FURNITURE } from './words.ts';

/** The title of something is at least so long, in the measure of `Block.size`. */
const TITLE = 6;

/** What an element weighs as the article. Parallel to `Survey.elements`. */
export interface Weights {
  /** Sum of the scores of all lines below, furniture counted as nothing or less, and no part as less than -20. */
  score: Float64Array;
  /** Size of the good text below. */
  good: Float64Array;
  /** Size of all text, and of that in links. */
  size: Float64Array;
  linked: Float64Array;
  /** Number of lines that are links, and of those among them that are long enough to be the title of something. */
  linkLines: Float64Array;
  titles: Float64Array;
  /** Number of items of lists that say something by one line which is no link. */
  items: Float64Array;
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
    titles: new Float64Array(count),
    items: new Float64Array(count),
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
    if (block.linked <= 0.6 * block.size) continue;
    add(w.linkLines, block.owner, 1);
    if (block.size >= TITLE) add(w.titles, block.owner, 1);
  }
  w.total = total;
  const plain = plainSums(elements, w.good);
  const pardoned = pardonedWords(elements, plain, total);
  // Children stand after their parents, so one walk backwards sums everything below before the element itself is judged.
  for (let at = count - 1; at >= 0; at--) {
    const entry = elements[at];
    if (entry === undefined) continue;
    const good = w.good[at] ?? 0;
    const block = BLOCK.has(entry.element.name) && entry.element.name !== 'blockquote' && entry.element.name !== 'p';
    if (good < 0.5 * total && isFurniture(entry.element, pardoned, (plain[at] ?? 0) >= 0.5 * total)) {
      w.furniture[at] = 1;
      w.score[at] = Math.min(0, w.score[at] ?? 0);
      w.good[at] = 0;
    } else if (teasers && block && isTeaser(entry.element.name, w, at, total)) {
      w.teaser[at] = 1;
      w.score[at] = Math.min(-4, w.score[at] ?? 0);
      w.good[at] = 0;
    }
    if (entry.parent < 0) continue;
    if (entry.element.name === 'li' && entry.last - entry.first === 1 && (w.linkLines[at] ?? 0) === 0)
      add(w.items, at, 1);
    add(w.score, entry.parent, Math.max(-20, w.score[at] ?? 0));
    add(w.good, entry.parent, w.good[at] ?? 0);
    add(w.size, entry.parent, w.size[at] ?? 0);
    add(w.linked, entry.parent, w.linked[at] ?? 0);
    add(w.linkLines, entry.parent, w.linkLines[at] ?? 0);
    add(w.titles, entry.parent, w.titles[at] ?? 0);
    add(w.items, entry.parent, w.items[at] ?? 0);
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

function isTeaser(name: string, w: Weights, at: number, total: number): boolean {
  const good = w.good[at] ?? 0;
  const lines = w.linkLines[at] ?? 0;
  // A list in which links stand among plain items is a list of the article.
  if ((name === 'ul' || name === 'ol') && 3 * (w.items[at] ?? 0) >= lines) return false;
  return lines > 0 && good > 0 && good < 110 && good < 0.4 * total && good < 60 * lines;
}

/** Size of the good text below each element, whatever its parts are called. */
function plainSums(elements: Survey['elements'], own: Float64Array): Float64Array {
  const sums = Float64Array.from(own);
  for (let at = elements.length - 1; at >= 0; at--) {
    const parent = elements[at]?.parent ?? -1;
    if (parent >= 0) add(sums, parent, sums[at] ?? 0);
  }
  return sums;
}

/**
 * Words that name furniture elsewhere but stand here on the parts that hold most of the text: page builders call every
 * part a widget, magazines wrap their paragraphs for the paywall.
 */
function pardonedWords(elements: Survey['elements'], plain: Float64Array, total: number): ReadonlySet<string> {
  const held = new Map<string, { sum: number; end: number }>();
  for (const [at, { element, end }] of elements.entries()) {
    const sum = plain[at] ?? 0;
    if (sum === 0 || sum >= 0.5 * total || !BLOCK.has(element.name)) continue;
    for (const word of wordsOf(element)) {
      if (!isPardonable(word)) continue;
      const known = held.get(word);
      if (known === undefined) held.set(word, { sum, end });
      else if (at >= known.end) held.set(word, { sum: known.sum + sum, end });
    }
  }
  return new Set([...held].flatMap(([word, { sum }]) => (sum >= 0.5 * total ? [word] : [])));
}

function wordsOf({ attribs: { class: classes, id } }: Element): readonly string[] {
  return classes === undefined && id === undefined ? [] : furnitureWords(classes ?? '', id ?? '');
}

/** True where name, role or tag say that the element is not the article. What holds most of the text may be called anything. */
function isFurniture(element: Element, pardoned: ReadonlySet<string>, most: boolean): boolean {
  if (FURNITURE_TAGS.has(element.name)) return element.name !== 'form';
  const { attribs } = element;
  if (attribs.role !== undefined && FURNITURE_ROLES.has(attribs.role)) return true;
  if (element.name === 'body' || element.name === 'html') return false;
  // A link or a span inside a sentence is part of the sentence, whatever it is called.
  if (!BLOCK.has(element.name) && !element.name.includes('-')) {
    const names = `${attribs.class ?? ''} ${attribs.id ?? ''}`;
    return names.length > 1 && names.length <= 600 && INLINE_FURNITURE.test(names);
  }
  return wordsOf(element).some((word) => !(isPardonable(word) && (most || pardoned.has(word))));
}

function add(array: Float64Array, at: number, value: number): void {
  array[at] = (array[at] ?? 0) + value;
}
