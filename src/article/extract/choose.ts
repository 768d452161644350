import type { Survey } from './survey.ts';
import type { Weights } from './weigh.ts';
import { BODY_MARKS } from './words.ts';

/**
 * Index of the element that is the article, or -1: the one whose lines sum up highest, deepest where several are equal.
 * Where nearly all of it stands in one part, that part.
 */
export function chooseElement({ elements }: Survey, w: Weights): number {
  let best = -1;
  let top = 0;
  for (let at = 0; at < elements.length; at++) {
    if (w.furniture[at] === 1) {
      at = (elements[at]?.end ?? at + 1) - 1;
      continue;
    }
    const attribs: Record<string, string> = elements[at]?.element.attribs ?? {};
    const marked = attribs.itemprop === 'articleBody' || BODY_MARKS.test(`${attribs.class ?? ''} ${attribs.id ?? ''}`);
    const score = (w.score[at] ?? 0) * (marked ? 1.15 : 1);
    if (score > 0 && score >= top) {
      best = at;
      top = score;
    }
  }
  return best < 0 ? best : narrow(best, elements, w);
}

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
