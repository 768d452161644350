import type { Element } from 'domhandler';
import { sameTitle, squash } from '../squash.ts';
import { lineOf, type Survey } from '../survey.ts';
import { authorInLine, dateInLine, reporterInLine, tidyName } from './byline.ts';

/** How many lines after (and before) the title are looked at. */
const AFTER = 30;
const BEFORE = 8;
const AUTHOR_NAMES =
  /(?:^|[-_\s])(?:author|authors|byline|writer|zuozhe|author[-_]?name|post[-_]?author|nickname|user-?name|pen-?name|source-author)(?:$|[-_\s])/i;

/** The author and the time that the lines around the title show; null where they show none. */
export function visibleByline(
  survey: Survey,
  title: string | null,
  zone: string | null,
): { author: string | null; published: string | null } {
  const at = titleLine(survey, title);
  const from = Math.max(0, at - BEFORE);
  const to = Math.min(survey.blocks.length, (at < 0 ? 0 : at) + AFTER);
  return {
    author: author(survey, at, from, to),
    published: published(survey, at, from, to, zone),
  };
}

/** Index of the line that shows the title: in a heading by preference, else the last such line that is not a link. */
export function titleLine({ elements, blocks }: Survey, title: string | null): number {
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

function published(survey: Survey, title: number, from: number, to: number, zone: string | null): string | null {
  let best: string | null = null;
  let top = 0;
  for (let at = from; at < to; at++) {
    const block = survey.blocks[at];
    if (block === undefined || block.size > 60) continue;
    const found = dateInLine(lineOf(block, 160), zone);
    if (found === null) continue;
    // Nearer to the title is better, and after it better than before.
    const distance = title < 0 ? (at - from) / 2 : at >= title ? at - title : 3 + (title - at);
    const worth = found.worth + 6 / (1 + distance / 3);
    if (worth > top) {
      best = found.date;
      top = worth;
    }
  }
  return best;
}

function author(survey: Survey, title: number, from: number, to: number): string | null {
  const { blocks } = survey;
  for (let at = Math.max(from, title); at < to; at++) {
    const block = blocks[at];
    const named = block === undefined || block.size > 60 ? null : authorInLine(lineOf(block, 160));
    if (named !== null) return named;
  }
  const marked = title < 0 ? null : markedAuthor(survey, title, to);
  if (marked !== null) return marked;
  const alone = title < 0 ? null : nameBeforeDate(survey, title);
  return alone ?? reporter(survey, Math.max(0, title));
}

/** A short text whose element is called author, near the title. */
function markedAuthor({ elements, blocks }: Survey, title: number, to: number): string | null {
  for (let at = title + 1; at < Math.min(to, title + 12); at++) {
    const block = blocks[at];
    if (block === undefined || block.size > 30) continue;
    if (isCalledAuthor(elements, block.owner)) {
      const name = tidyName(lineOf(block, 80));
      if (name !== null && !/\d{4}/.test(name)) return name;
    }
  }
  return null;
}

function isCalledAuthor(elements: Survey['elements'], from: number): boolean {
  let at = from;
  for (let steps = 0; at >= 0 && steps < 3; steps++) {
    const element: Element | undefined = elements[at]?.element;
    if (element !== undefined && AUTHOR_NAMES.test(`${element.attribs.class ?? ''} ${element.attribs.id ?? ''}`))
      return true;
    at = elements[at]?.parent ?? -1;
  }
  return false;
}

/** A name that stands alone between the title and the line of the date, as accounts are shown. */
function nameBeforeDate({ blocks }: Survey, title: number): string | null {
  const [line, next] = [blocks[title + 1], blocks[title + 2]];
  if (line === undefined || next === undefined || line.size > 10 || line.size < 2 || line.stops > 0) return null;
  const text = lineOf(line, 60);
  if (!/(?:19|20)\d{2}\s*[-/.年]\s*\d{1,2}|^\d{1,2}-\d{1,2}\s/.test(lineOf(next, 60)) || /[:：>|/]|\d/.test(text))
    return null;
  return tidyName(text);
}

/** The reporter named at the head or the foot of the text. */
function reporter({ blocks }: Survey, title: number): string | null {
  for (let at = title; at < Math.min(blocks.length, title + 200); at++) {
    const block = blocks[at];
    if (block === undefined) break;
    const text = lineOf(block, 6000);
    const named = reporterInLine(text.slice(0, 80)) ?? (text.length > 80 ? reporterInLine(text.slice(-60)) : null);
    if (named !== null) return named;
  }
  return null;
}
