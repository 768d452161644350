import type { Element } from 'domhandler';
import { sameTitle, squash } from '../squash.ts';
import { lineOf, type Survey } from '../survey.ts';
import { authorInLine, dateInLine, editorInLine, peopleInLine, reporterInLine, tidyName } from './byline.ts';

/** How many lines after (and before) the title are looked at. */
const AFTER = 30;
const BEFORE = 8;
const AUTHOR_NAMES =
  /(?:^|[-_\s])(?:author|authors|byline|writer|zuozhe|author[-_]?name|post[-_]?author|nickname|user-?name|pen-?name|source-author)(?:$|[-_\s])/i;

/** Where to look: the line of the title (-1: not shown) and the lines of the article, from `first` to before `last`. */
export interface Place {
  title: number;
  first: number;
  last: number;
}

/** The author and the time that the lines around the title and at the article's foot show; null where they show none. */
export function visibleByline(
  survey: Survey,
  place: Place,
  zone: string | null,
): { author: string | null; published: string | null } {
  const head = headLines(place, survey.blocks.length);
  const foot = [Math.max(0, place.title + 1, place.last - 8), Math.min(survey.blocks.length, place.last + 8)] as const;
  return {
    author: author(survey, place, head, foot),
    published: published(survey, place.title, head, foot, zone),
  };
}

/** From some lines before the title (or the text, where there is no title) to some lines into the text. */
function headLines({ title, first }: Place, count: number): readonly [number, number] {
  const anchor = title >= 0 ? title : first;
  return [Math.max(0, anchor - BEFORE), Math.min(count, anchor + AFTER)];
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

type Range = readonly [number, number];

function published(survey: Survey, title: number, head: Range, foot: Range, zone: string | null): string | null {
  let best: string | null = null;
  let top = Number.NEGATIVE_INFINITY;
  for (let at = head[0]; at < foot[1]; at++) {
    if (at === head[1]) at = Math.max(at, foot[0]);
    const block = survey.blocks[at];
    if (block === undefined || block.size > 60) continue;
    const found = dateInLine(lineOf(block, 160), zone);
    if (found === null) continue;
    // Nearer to the title is better, after it better than before, and the foot is the last resort.
    const distance = at >= head[1] ? 60 : title < 0 ? (head[1] - at) / 2 : at >= title ? at - title : 3 + (title - at);
    const worth = found.worth + 6 / (1 + distance / 3) - (at >= head[1] ? 3 : 0);
    if (worth > top) {
      best = found.date;
      top = worth;
    }
  }
  return best;
}

function author(survey: Survey, { title, first, last }: Place, head: Range, foot: Range): string | null {
  const lines = (from: number, to: number): string[] =>
    survey.blocks.slice(from, to).flatMap((block) => (block.size > 60 ? [] : [lineOf(block, 160)]));
  const top = lines(title >= 0 ? title : head[0], head[1]);
  const end = lines(...foot);
  return (
    firstOf(top, authorInLine) ??
    valueAfterLabel(top) ??
    (title < 0 ? null : (markedAuthor(survey, title, head[1]) ?? nameBeforeDate(survey, title))) ??
    reporter(survey, title >= 0 ? title : Math.max(0, first - 6), Math.min(last, (title >= 0 ? title : first) + 8)) ??
    firstOf(end, authorInLine) ??
    reporter(survey, title >= 0 ? title : Math.max(0, first - 6), last + 3) ??
    firstOf(
      lines(Math.max(title + 1, title < 0 ? first : 0), Math.max(title + 1, title < 0 ? first : 0) + 3),
      peopleInLine,
    ) ??
    people(survey, foot) ??
    firstOf(lines(title >= 0 ? title : first, foot[1]), editorInLine)
  );
}

/** Tables of facts put the label into one cell and the name into the next. */
function valueAfterLabel(lines: readonly string[]): string | null {
  const at = lines.findIndex((line) => /^(?:作\s*者|撰\s*文|发文机关|发文单位|发布机构)\s*[:：]?$/.test(line));
  return at < 0 ? null : tidyName(lines[at + 1]);
}

function firstOf(lines: readonly string[], read: (line: string) => string | null): string | null {
  for (const line of lines) {
    const found = read(line);
    if (found !== null) return found;
  }
  return null;
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

/** A name that stands alone between the title and the date, on a line of its own or before the date, as accounts are shown. */
function nameBeforeDate({ blocks }: Survey, title: number): string | null {
  const [line, next] = [blocks[title + 1], blocks[title + 2]];
  if (line === undefined || line.size < 2 || line.stops > 1) return null;
  const text = lineOf(line, 60);
  const joined = /^([^\d:：>|/]{2,16}?)\s*(?:19|20)\d{2}\s*[-/.年]\s*\d{1,2}/.exec(text)?.[1];
  if (joined !== undefined) return tidyName(joined);
  if (next === undefined || line.size > 10 || /[:：>|/]|\d/.test(text)) return null;
  return DATED.test(lineOf(next, 60)) ? tidyName(text) : null;
}

const DATED = /(?:19|20)\d{2}\s*[-/.年]\s*\d{1,2}|^\d{1,2}-\d{1,2}\s/;

/** Names in brackets that close one of the last lines, however long that is. */
function people({ blocks }: Survey, [from, to]: Range): string | null {
  for (let at = to - 1; at >= from; at--) {
    const block = blocks[at];
    const named = block === undefined ? null : peopleInLine(lineOf(block, 6000).slice(-60));
    if (named !== null) return named;
  }
  return null;
}

/** The reporter named at the head or the foot of the text. */
function reporter({ blocks }: Survey, from: number, to: number): string | null {
  for (let at = from; at < Math.min(blocks.length, to, from + 400); at++) {
    const block = blocks[at];
    if (block === undefined) break;
    const text = lineOf(block, 6000);
    const named = reporterInLine(text.slice(0, 80)) ?? (text.length > 80 ? reporterInLine(text.slice(-60)) : null);
    if (named !== null) return named;
  }
  return null;
}
