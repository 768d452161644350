import type { Survey } from '../survey.ts';
import { scoreLine, type Weights } from './weigh.ts';
import { BODY_MARKS } from './words.ts';

/** Good text between the title and the article, in the measure of `Block.size`, that is still thought of as a lead. */
const NEAR = 60;
/** A page whose best element scores less has hardly any text of its own. */
const WEAK = 90;

/**
 * Index of the element that is the article, or -1: the one whose lines sum up highest, deepest where several are equal.
 * What begins far behind the title, or stands before it, counts for less.
 * @param title index of the block that shows the title, or -1
 */
export function chooseElement(survey: Survey, w: Weights, title: number): number {
  const { elements } = survey;
  const upTo = sums(survey);
  const bound = title < 0 ? null : ownArticle(survey, w, title);
  let best = -1;
  let top = 0;
  for (let at = bound ?? 0; at < (bound === null ? elements.length : (elements[bound]?.end ?? 0)); at++) {
    const entry = elements[at];
    if (entry === undefined) break;
    if (w.furniture[at] === 1) {
      at = entry.end - 1;
      continue;
    }
    let score = (w.score[at] ?? 0) * (isMarked(entry.element.attribs) ? 1.15 : 1);
    if (score > 0 && title >= 0) {
      const gap = entry.first > title ? (upTo[entry.first] ?? 0) - (upTo[title] ?? 0) : 0;
      if (entry.last <= title || gap > Math.max(NEAR, 0.5 * score)) score *= 0.4;
    }
    if (score > 0 && score >= top) {
      best = at;
      top = score;
    }
  }
  if (top < WEAK && title >= 0) {
    const near = markedNear(survey, w, title);
    if (near >= 0 && !inside(elements, best, near)) return near;
  }
  return best < 0 ? best : narrow(best, elements, w);
}

function inside(elements: Survey['elements'], at: number, around: number): boolean {
  return at >= around && at < (elements[around]?.end ?? 0);
}

/** On a page with hardly any text: the first element behind the title that is marked as the article's body, or -1. */
function markedNear({ elements }: Survey, w: Weights, title: number): number {
  for (const [at, entry] of elements.entries()) {
    if (entry.first <= title || w.furniture[at] === 1 || entry.first > title + 30) continue;
    if ((w.size[at] ?? 0) >= 10 && isMarked(entry.element.attribs)) return at;
  }
  return -1;
}

/** The `<article>` (or what is marked as the article's body) that shows the title itself, where it has text of its own. */
function ownArticle({ elements, blocks }: Survey, w: Weights, title: number): number | null {
  for (let at = blocks[title]?.owner ?? -1; at >= 0; at = elements[at]?.parent ?? -1) {
    const entry = elements[at];
    if (entry?.element.name === 'article' && (w.score[at] ?? 0) >= 80) return at;
  }
  return null;
}

function isMarked(attribs: Record<string, string>): boolean {
  return attribs.itemprop === 'articleBody' || BODY_MARKS.test(`${attribs.class ?? ''} ${attribs.id ?? ''}`);
}

/** Sum of the good lines before each block. */
function sums({ blocks }: Survey): Float64Array {
  const upTo = new Float64Array(blocks.length + 1);
  for (const [at, block] of blocks.entries()) upTo[at + 1] = (upTo[at] ?? 0) + Math.max(0, scoreLine(block));
  return upTo;
}

/** Where nearly all of an element stands in one part of it, that part. */
function narrow(from: number, elements: Survey['elements'], w: Weights): number {
  let at = from;
  for (;;) {
    const entry = elements[at];
    if (entry === undefined) return at;
    let next = -1;
    for (let child = at + 1; child < entry.end; child = elements[child]?.end ?? entry.end) {
      if ((w.good[child] ?? 0) >= 0.97 * (w.good[at] ?? 0)) next = child;
    }
    if (next < 0) return at;
    at = next;
  }
}
