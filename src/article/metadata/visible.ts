import type { Text } from 'domhandler';
import { type DateContext, parseDate, parseMonth } from '../dates.ts';
import { sameTitle, squash } from '../squash.ts';
import { type Block, lineOf, partedLine, type Survey } from '../survey.ts';
import { plainText } from '../text.ts';
import {
  authorInLine,
  DATE_LABEL,
  dateInLine,
  dayInLine,
  editorInLine,
  latinPerson,
  peopleInLine,
  reporterInLine,
  tidyName,
} from './byline.ts';

/** How many lines after (and before) the title are looked at. */
const AFTER = 30;
const BEFORE = 8;
const AUTHOR_NAMES =
  /(?:^|[-_\s])(?:author|authors|auteur|autor|autore|byline|writer|zuozhe|author[-_]?name|post[-_]?author|nickname|nick-name|user-?name|pen-?name|authi)(?:$|[-_\s])/i;
/** Parts of an author's box that are not the name. */
const BESIDE_AUTHOR =
  /(?:^|[-_\s])(?:bio|desc|description|intro|sign|signature|avatar|fans|count|level|time|date|posts?-by-author|more|related|recommend|title)(?:$|[-_\s])/i;
/** Addresses of a writer's own page, as WordPress and its kin make them. */
const AUTHOR_PAGE = /(?:\/author\/[^/?#]+\/?(?:[?#]|$))|[?&]author=\d+(?:&|$)/;

/** Addresses of a user's page, as forums and communities make them. */
const USER_PAGE = /\/(?:u|user|users|member|members|people|profile|author|space)\/[^/?#]|[?&]uid=\d|\/@\w/;

/** Where to look: the line of the title (-1: not shown) and the lines of the article, from `first` to before `last`. */
export interface Place {
  title: number;
  first: number;
  last: number;
}

/** What the lines around the title and at the article's foot show; null where they show none. */
export interface Visible {
  author: string | null;
  published: string | null;
  /** Month and day (`MM-DD`) of a labelled date that has no year. */
  day: string | null;
  /** `YYYY-MM` where a line right under the title or at the foot names the month of an issue and nothing else. */
  month: string | null;
}

/**
 * Reads the lines around the title and at the article's foot.
 * @param filed the day by which the page's address files it, or null: of several dates the one that agrees is the better
 */
export function visibleByline(survey: Survey, place: Place, context: DateContext, filed: string | null): Visible {
  const head = headLines(place, survey.blocks.length);
  const foot = [Math.max(0, place.title + 1, place.last - 8), Math.min(survey.blocks.length, place.last + 8)] as const;
  const top = survey.blocks.slice(place.title >= 0 ? place.title : head[0], head[1]);
  return {
    author: author(survey, place, head, foot),
    published: published(survey, place, head, foot, context, filed),
    day: firstOf(
      top.flatMap((block) => (block.size > 60 ? [] : [partedLine(block, 160)])),
      dayInLine,
    ),
    month: firstOf(
      [...top.slice(1, 6), ...survey.blocks.slice(Math.max(foot[0], place.last - 3), foot[1])].map(short),
      issueMonth,
    ),
  };
}

const short = (block: Block): string => (block.size > 20 ? '' : lineOf(block, 60));

/** The month in a line that gives only that, behind the name of a periodical or not: ——《某刊》1998年3月号. */
function issueMonth(line: string): string | null {
  return parseMonth(line.replace(/^[\s—–-]*(?:《[^《》]{1,20}》|[（(])?\s*|\s*[）)]$/g, ''));
}

/** From some lines before the title (or the text, where there is no title) to some lines into the text. */
function headLines({ title, first }: Place, count: number): readonly [number, number] {
  const anchor = title >= 0 ? title : first;
  return [Math.max(0, anchor - BEFORE), Math.min(count, anchor + AFTER)];
}

/**
 * Index of the line that shows the title, or -1: in a heading by preference, else the first such line that is not a link.
 * Where no line shows it whole, its longest part counts: the rest may name the site, on either side.
 */
export function titleLine(survey: Survey, title: string | null): number {
  const whole = lineShowing(survey, title ?? '');
  if (whole >= 0 || title === null) return whole;
  const parts = title.split(/\s+[-–—|·•:»«/]+\s+|[|｜_»«]+/).filter((part) => squash(part).length >= 8);
  const longest = parts.sort((a, b) => b.length - a.length)[0];
  return longest === undefined || longest === title ? -1 : lineShowing(survey, longest);
}

/** The head of the comments repeats the title. */
const ABOUT_COMMENTS = /评论|評論|留言|回复|回應|\b(?:comments?|responses?|thoughts?|replies)\b/i;

function lineShowing({ elements, blocks }: Survey, title: string): number {
  const wanted = squash(title);
  let first = -1;
  if (wanted.length < 4) return -1;
  for (const [at, block] of blocks.entries()) {
    if (block.size > 120) continue;
    const text = lineOf(block, 200);
    if (text.length * 2 < wanted.length) continue;
    const line = squash(text);
    // A forum puts the kind of the thread before it: [游记] 题目.
    const marked = line.length > wanted.length && line.length <= wanted.length + 8 && line.endsWith(wanted);
    if (!sameTitle(line, wanted) && !(marked && inHeading(elements, block.owner))) continue;
    if (ABOUT_COMMENTS.test(text) && !ABOUT_COMMENTS.test(title)) continue;
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

/** So much text after the headline, and a date is no longer one of its lines. */
const MUCH = 200;

function published(
  survey: Survey,
  { title, first }: Place,
  head: Range,
  foot: Range,
  context: DateContext,
  filed: string | null,
): string | null {
  const anchor = title >= 0 ? title : first;
  let best: string | null = null;
  let top = Number.NEGATIVE_INFINITY;
  let text = 0;
  for (let at = head[0]; at < foot[1]; at++) {
    if (at === head[1]) at = Math.max(at, foot[0]);
    const block = survey.blocks[at];
    if (block === undefined) continue;
    if (at > anchor && block.size > 60) text += block.size;
    // Right under the title a date may stand among links to the author and the topics.
    const under = title >= 0 && at > title && at <= title + 2 && beginsWithDate(block);
    if (block.size > 60 || (!under && (isLinkLine(block) || isListed(survey, at))) || isFact(survey, block)) continue;
    const below = at >= head[1] || text > MUCH;
    if (EDITED.test(lineOf(block, 160))) continue;
    if (below && ((block.links > 0 && isItem(survey, block)) || UPDATED.test(lineOf(block, 160)))) continue;
    const found = dateInLine(partedLine(block, 160), context) ?? (below ? null : dateInAttributes(block, context));
    if (found === null) continue;
    // Nearer to the title is better, after it better than before, and the foot is the last resort.
    const distance = below ? 60 : at >= anchor ? at - anchor : 3 + (anchor - at);
    const agrees = filed !== null && found.date.startsWith(filed) ? 6 : 0;
    const worth = found.worth + agrees + 6 / (1 + distance / 3) - (below ? 3 : 0);
    if (worth > top) {
      best = found.date;
      top = worth;
    }
  }
  return best;
}

/** One of several lines that each link to a page and date it. */
function isListed({ blocks }: Survey, at: number): boolean {
  const entry = (block: Block | undefined): boolean =>
    block !== undefined && block.linked >= 2 && block.size <= 60 && DATED.test(lineOf(block, 160));
  return entry(blocks[at]) && (entry(blocks[at - 1]) || entry(blocks[at + 1]));
}

/** When a page of many hands was last worked on. */
const EDITED = /\blast (?:edited|modified|revised)\b|最后(?:修订|修改|编辑)/i;
/** The same, where it stands at the foot; under a headline it may be all that is said of the date. */
const UPDATED = /\blast updated?\b|最后更新|最近更新/i;

/** An entry of a list: of sources, of other pages. */
function isItem({ elements }: Survey, { owner }: Block): boolean {
  for (let at = owner, steps = 0; at >= 0 && steps < 3; at = elements[at]?.parent ?? -1, steps++) {
    if (elements[at]?.element.name === 'li') return true;
  }
  return false;
}

/** A fact of a table (Founded: 28 February 1998), told by the head of its row. */
function isFact({ elements }: Survey, { owner }: Block): boolean {
  for (let at = owner, steps = 0; at >= 0 && steps < 4; at = elements[at]?.parent ?? -1, steps++) {
    const { element } = elements[at] ?? {};
    if (element?.name !== 'td') continue;
    const head = element.parent?.children.find((child) => child.type === 'tag');
    return head?.type === 'tag' && head.name === 'th' && !DATE_LABEL.test(plainText(head).slice(0, 60));
  }
  return false;
}

/** Does the line begin with a date, as a text of its own and outside of links? */
function beginsWithDate(block: Block | undefined): boolean {
  const node = block?.nodes[0];
  const text = node?.data.trim() ?? '';
  if (node === undefined || text.length > 40 || !/^(?:\d{1,4}[-/.年]|\p{L}{3,9}\.? \d)/u.test(text)) return false;
  for (let at = node.parent, steps = 0; at?.type === 'tag' && steps < 4; at = at.parent, steps++) {
    if (at.name === 'a') return false;
  }
  return true;
}

/** The line of a list of other articles: what is dated there is another page. */
function isLinkLine(block: Block): boolean {
  return block.linked >= 10 && block.linked > 0.5 * block.size;
}

/** Where a line shows a relative time (昨天 23:57), its element may carry the moment itself. */
function dateInAttributes(block: Block, context: DateContext): { date: string; worth: number } | null {
  for (const node of block.nodes) {
    const parent = node.parent;
    if (parent === null || parent.type !== 'tag' || node.data.length > 40) continue;
    if (parent.name !== 'time' && !/[前天刻午刚]|ago|yesterday|today|just now/i.test(node.data)) continue;
    for (const name of ['datetime', 'title', 'data-time', 'data-datetime', 'data-date', 'data-timestamp']) {
      const date = parseDate(parent.attribs[name], context);
      if (date !== null) return { date, worth: 4 };
    }
  }
  return null;
}

function author(survey: Survey, { title, first, last }: Place, head: Range, foot: Range): string | null {
  const lines = (from: number, to: number): string[] =>
    survey.blocks.slice(from, to).flatMap((block) => (block.size > 60 ? [] : [partedLine(block, 160)]));
  const top = lines(title >= 0 ? title : head[0], head[1]);
  const end = lines(...foot);
  const under = title >= 0 ? title + 1 : first;
  return (
    firstOf(top, authorInLine) ??
    valueAfterLabel(top) ??
    nameInTitle(top) ??
    (title < 0
      ? null
      : (markedAuthor(survey, title + 1, Math.min(head[1], title + 12)) ??
        nameBeforeDate(survey, title) ??
        userNear(survey, title))) ??
    reporter(survey, title >= 0 ? title : Math.max(0, first - 6), Math.min(last, (title >= 0 ? title : first) + 8)) ??
    firstOf(end, authorInLine) ??
    reporter(survey, title >= 0 ? title : Math.max(0, first - 6), last + 3) ??
    people(survey, [under, Math.min(under + 3, survey.blocks.length)]) ??
    people(survey, foot) ??
    firstOf(lines(title >= 0 ? title : first, foot[1]), editorInLine) ??
    onlyAuthor(survey)
  );
}

/** A title that begins with its writer (`某某：题目`), shown to be one by the same name on a line of its own below. */
function nameInTitle([title = '', ...lines]: readonly string[]): string | null {
  const name = /^([\u4e00-\u9fff·]{2,4})\s*[：:]\s*\S/.exec(title)?.[1];
  return name !== undefined && lines.slice(0, 6).includes(name) ? tidyName(name) : null;
}

/** Tables of facts put the label into one cell and the name into the next. */
function valueAfterLabel(lines: readonly string[]): string | null {
  const by = lines.findIndex((line) => /^(?:written )?by:?$/i.test(line));
  const named = by < 0 ? null : latinPerson(lines[by + 1] ?? '');
  if (named !== null) return named;
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

/** A short text near the title in an element that is called author, or in a link to the page of an author. */
function markedAuthor({ blocks }: Survey, from: number, to: number): string | null {
  for (let at = Math.max(0, from); at < Math.min(to, blocks.length); at++) {
    const block = blocks[at];
    if (block === undefined || block.size > 60) continue;
    for (const node of block.nodes) {
      if (node.data.length > 60 || !isCalledAuthor(node)) continue;
      const name = tidyName(node.data);
      if (name !== null && name.length <= 30 && !/\d{4}/.test(name)) return name;
    }
  }
  return null;
}

function isCalledAuthor(node: Text): boolean {
  let element = node.parent;
  for (let steps = 0; element !== null && element.type === 'tag' && steps < 3; steps++) {
    const { attribs } = element;
    const names = `${attribs.class ?? ''} ${attribs.id ?? ''}`.slice(0, 200).replace(/([a-z])(?=[A-Z])/g, '$1-');
    if (BESIDE_AUTHOR.test(names)) return false;
    if (AUTHOR_NAMES.test(names)) return true;
    if (element.name === 'a' && AUTHOR_PAGE.test(attribs.href ?? '')) return true;
    element = element.parent;
  }
  return false;
}

/** The one author that the links of a page name, wherever they stand: a blog of one writer. */
function onlyAuthor({ elements }: Survey): string | null {
  let only: string | null = null;
  for (const { element } of elements) {
    if (element.name !== 'a' || !AUTHOR_PAGE.test(element.attribs.href ?? '')) continue;
    const name = tidyName(plainText(element).slice(0, 60));
    if (name === null || name.length > 30) continue;
    if (only !== null && only !== name) return null;
    only = name;
  }
  return only;
}

/** A name that stands alone between the title and the date, on a line of its own or before the date, as accounts are shown. */
function nameBeforeDate({ blocks }: Survey, title: number): string | null {
  const [line, next] = [blocks[title + 1], blocks[title + 2]];
  if (line === undefined || line.size < 2 || line.stops > 1) return null;
  const text = partedLine(line, 80);
  const joined = /^([^\d:：>|/\t]{2,16}?)\s*(?:19|20)\d{2}\s*[-/.年]\s*\d{1,2}/.exec(text)?.[1];
  if (joined !== undefined && !/于\s*$/.test(joined)) return tidyName(joined);
  const apart = nameApart(text);
  if (apart !== null) return apart;
  if (next === undefined || line.size > 10 || /[:：>|/]|\d/.test(text)) return null;
  return DATED.test(lineOf(next, 60)) ? tidyName(text) : null;
}

/** A link to the page of a user beside a date, in one of the lines around the title. */
function userNear({ blocks }: Survey, title: number): string | null {
  for (const at of [1, 2, 3, 4, -1, -2, -3]) {
    const block = blocks[title + at];
    if (block === undefined || block.size > 30 || block.links > 2) continue;
    const beside = [blocks[title + at - 1], block, blocks[title + at + 1]];
    if (!beside.some((line) => line !== undefined && line.size <= 30 && SINCE.test(lineOf(line, 80)))) continue;
    for (const node of block.nodes) {
      const link = linkAround(node);
      const name = link !== null && USER_PAGE.test(link) ? tidyName(node.data) : null;
      if (name !== null && name.length <= 30) return name;
    }
  }
  return null;
}

function linkAround(node: Text): string | null {
  for (let at = node.parent, steps = 0; at?.type === 'tag' && steps < 4; at = at.parent, steps++) {
    if (at.name === 'a') return at.attribs.href ?? null;
  }
  return null;
}

/** The one name among the elements before the one with the date; labels and tags such as 原创 are none. */
function nameApart(line: string): string | null {
  const parts = line.split('\t');
  const dated = parts.findIndex((part) => DATED.test(part));
  const before = parts.slice(0, Math.max(0, dated)).filter((part) => part.length <= 16 && !/[:：>|/\d]/.test(part));
  const names = before.flatMap((part) => tidyName(part) ?? []);
  return names.length === 1 ? (names[0] ?? null) : null;
}

/** A date, or how long ago. */
const SINCE =
  /(?:19|20)\d{2}|\d\s*(?:秒|分钟|小时|天|周|个月|年)前|昨天|前天|刚刚|\bago\b|yesterday|\d{1,2}-\d{1,2} \d{1,2}:\d{2}/i;
const DATED = /(?:19|20)\d{2}\s*[-/.年]\s*\d{1,2}|^\d{1,2}-\d{1,2}\s/;

/** Names in brackets that close one of the last lines, however long that is. */
function people({ blocks }: Survey, [from, to]: Range): string | null {
  for (let at = to - 1; at >= from; at--) {
    const block = blocks[at];
    // Names alone in a menu are words of it.
    if (block === undefined || 2 * block.linked > block.size) continue;
    const named = peopleInLine(lineOf(block, 6000).slice(-60));
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
