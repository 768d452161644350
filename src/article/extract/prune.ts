import type { AnyNode } from 'domhandler';
import { sameTitle, squash } from '../squash.ts';
import { type Block, lineOf, type Survey } from '../survey.ts';
import { BLOCK } from '../vocabulary.ts';
import { scoreLine, type Weights } from './weigh.ts';
import { BYLINE, END_LABELS, LINKS_LABELS, NOISE_LINES, SOURCES_LABEL } from './words.ts';

/** More repeated lines than this are no accident of the page's furniture. */
const MAX_REPEATS = 4;

interface Line {
  block: Block;
  /** The text of a short line; empty for a long one. */
  text: string;
}

/** What is not the article inside the chosen element: nodes to leave out with all they hold. */
export function prune(survey: Survey, w: Weights, root: number, title: string | null): Set<AnyNode> {
  const drop = new Set<AnyNode>();
  const { elements, blocks } = survey;
  const entry = elements[root];
  if (entry === undefined) return drop;
  const gone = new Uint8Array(blocks.length);
  dropFurniture(survey, w, root, drop, gone);
  let lines: Line[] = [];
  for (let at = entry.first; at < entry.last; at++) {
    const block = blocks[at];
    if (block !== undefined && gone[at] !== 1) lines.push({ block, text: block.size < 200 ? lineOf(block, 420) : '' });
  }
  lines = lines.slice(cutHead(lines, title, drop));
  lines = lines.slice(0, cutTail(survey, lines, drop));
  lines = lines.slice(0, cutCrumbs(lines, drop));
  dropLinkRuns(lines, drop);
  for (const { block, text } of lines) if (text !== '' && isNoise(block, text)) leaveOut(block, drop);
  const repeated = repeatedLines(survey, lines);
  if (repeated.length <= MAX_REPEATS) for (const block of repeated) leaveOut(block, drop);
  return drop;
}

function dropFurniture(
  { elements, blocks }: Survey,
  w: Weights,
  root: number,
  drop: Set<AnyNode>,
  gone: Uint8Array,
): void {
  const entry = elements[root];
  if (entry === undefined) return;
  let teasers = 0;
  for (let at = root + 1; at < entry.end; at++) if (w.teaser[at] === 1) teasers += w.size[at] ?? 0;
  const keepTeasers = teasers > 0.3 * (w.size[root] ?? 0);
  let at = root + 1;
  let read = entry.first;
  let begun = false;
  while (at < entry.end) {
    const part = elements[at];
    if (part === undefined) break;
    for (; read < part.first; read++) begun ||= gone[read] !== 1 && isLong(blocks[read]);
    // Amid the text a teaser leads to something that has a title; at its head it may be the lines around the headline.
    const teaser = w.teaser[at] === 1 && !keepTeasers && (!begun || (w.titles[at] ?? 0) > 0);
    if (w.furniture[at] === 1 || teaser || isLinkList(part.element.name, w, at)) {
      drop.add(part.element);
      gone.fill(1, part.first, part.last);
      at = part.end;
    } else {
      at++;
    }
  }
}

/** A line of the text itself. */
function isLong(block: Block | undefined): boolean {
  return block !== undefined && scoreLine(block) > 20;
}

/** A block of links and little else. */
function isLinkList(name: string, w: Weights, at: number): boolean {
  if (!BLOCK.has(name)) return false;
  const size = w.size[at] ?? 0;
  return (w.linkLines[at] ?? 0) >= 2 && (w.linked[at] ?? 0) > 0.5 * size && (w.good[at] ?? 0) < 40;
}

/** Leaves out the title and the lines of source, author and time between it and the text; where the text begins. */
function cutHead(lines: readonly Line[], title: string | null, drop: Set<AnyNode>): number {
  const wanted = squash(title ?? '');
  let from = 0;
  for (let at = 0; at < Math.min(lines.length, 30); at++) {
    const line = lines[at];
    if (line === undefined || line.text === '') break;
    // Behind the title and a first paragraph its words are the text's own.
    if (from > 0 && isLong(line.block)) break;
    if (sameTitle(squash(line.text), wanted)) from = at + 1;
  }
  for (let at = 0; at < from; at++) leaveOut(lines[at]?.block, drop);
  for (let at = from; at < Math.min(lines.length, from + 8); at++) {
    const line = lines[at];
    if (line === undefined || line.text === '' || line.text.length > 90) break;
    if (isByline(line)) leaveOut(line.block, drop);
  }
  return from;
}

function isByline({ text }: Line): boolean {
  if (/[。！？，]|[a-z]{2}[.!?]$/.test(text)) return false;
  if (BYLINE.test(text)) return true;
  const date = /(?:19|20)\d{2}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}|\b(?:19|20)\d{2}\b.{0,20}\d{1,2}:\d{2}/.exec(
    text,
  );
  return date !== null && text.length < 50;
}

/** Leaves out everything from a label such as 相关阅读 on, where that is the smaller part; how many lines stay. */
function cutTail({ elements }: Survey, lines: readonly Line[], drop: Set<AnyNode>): number {
  let total = 0;
  for (const { block } of lines) total += block.size - block.linked;
  let before = 0;
  for (const [at, { block, text }] of lines.entries()) {
    const short = text !== '' && text.length <= 60;
    if (
      short &&
      before > 0.5 * total &&
      opensFurniture(text, lines.slice(at + 1, at + 4)) &&
      !isInRow(elements, block)
    ) {
      for (const rest of lines.slice(at)) leaveOut(rest.block, drop);
      return at;
    }
    before += block.size - block.linked;
  }
  return lines.length;
}

function opensFurniture(text: string, next: readonly Line[]): boolean {
  if (END_LABELS.some((label) => label.test(text))) return true;
  if (!LINKS_LABELS.some((label) => label.test(text))) return false;
  for (const { block } of next) {
    if (block.linked > 0.4 * block.size) return true;
    if (block.size >= 30 || (block.size >= 20 && block.stops > 0)) return false;
  }
  return true;
}

/** Rows of this many lines or fewer are rows of data; longer ones lay out a page. */
const MAX_ROW = 12;

/** Does the line share a row of a table with others? It is the head of a column there. */
function isInRow(elements: Survey['elements'], { owner }: Block): boolean {
  for (let at = owner, steps = 0; at >= 0 && steps < 5; at = elements[at]?.parent ?? -1, steps++) {
    const entry = elements[at];
    if (entry?.element.name !== 'tr') continue;
    const count = entry.last - entry.first;
    return count > 1 && count <= MAX_ROW;
  }
  return false;
}

/** A row of short words at the very end is a menu; one or two such lines may be a signature. */
function cutCrumbs(lines: readonly Line[], drop: Set<AnyNode>): number {
  let at = lines.length;
  while (at > 0) {
    const { block } = lines[at - 1] ?? { block: null };
    if (block === null || block.stops > 0 || (block.size > 14 && block.linked < 0.5 * block.size)) break;
    at--;
  }
  if (lines.length - at < 4 || at < 3) return lines.length;
  for (const { block } of lines.slice(at)) leaveOut(block, drop);
  return at;
}

/** Runs of lines that are nothing but links, with the label over them, where they are a small part of the whole. */
function dropLinkRuns(lines: readonly Line[], drop: Set<AnyNode>): void {
  let total = 0;
  for (const { block } of lines) total += block.size;
  for (let at = 0; at < lines.length; at++) {
    let end = at;
    let size = 0;
    while (end < lines.length && isLink(lines[end])) size += lines[end++]?.block.size ?? 0;
    if (end === at) continue;
    const label = lines[at - 1];
    const labelled = label !== undefined && label.text.length < 40 && /[:：]$/.test(label.text);
    const sources = label !== undefined && SOURCES_LABEL.test(label.text);
    if (!sources && size < 0.2 * total && (end - at >= 3 || labelled)) {
      for (const line of lines.slice(at, end)) leaveOut(line.block, drop);
      if (labelled) leaveOut(label.block, drop);
    }
    at = end;
  }
}

function isLink(line: Line | undefined): boolean {
  return line !== undefined && line.block.linked > 0.9 * line.block.size && line.block.size > 3;
}

function isNoise(block: Block, text: string): boolean {
  return block.size <= 200 && text.length <= 420 && NOISE_LINES.some((pattern) => pattern.test(text));
}

/** A line that is repeated so soon is the caption of a gallery or behind a "show more"; later it is a refrain or a row. */
const SOON = 10;

/** Long lines that stood shortly before. Programs repeat themselves, and where many lines do, that is how it is written. */
function repeatedLines({ elements }: Survey, lines: readonly Line[]): Block[] {
  const seen = new Map<string, number>();
  return lines.flatMap(({ block, text }, at) => {
    if (block.size < 25 || isProgram(elements, block)) return [];
    const key = squash(text !== '' ? text : lineOf(block, 400)).slice(0, 60);
    const before = seen.get(key);
    seen.set(key, at);
    return before !== undefined && at - before <= SOON ? [block] : [];
  });
}

function isProgram(elements: Survey['elements'], { owner }: Block): boolean {
  for (let at = owner, steps = 0; at >= 0 && steps < 4; at = elements[at]?.parent ?? -1, steps++) {
    const name = elements[at]?.element.name;
    if (name === 'pre' || name === 'code') return true;
  }
  return false;
}

function leaveOut(block: Block | undefined, drop: Set<AnyNode>): void {
  for (const node of block?.nodes ?? []) drop.add(node);
}
