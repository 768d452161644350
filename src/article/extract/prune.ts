import type { AnyNode } from 'domhandler';
import { BLOCK } from '../vocabulary.ts';
import { type Block, lineOf, type Survey } from './survey.ts';
import type { Weights } from './weigh.ts';
import { BYLINE, END_LABELS, NOISE_LINES } from './words.ts';

/** What is not the article inside the chosen element: nodes to leave out with all they hold. */
export function prune(survey: Survey, w: Weights, root: number, title: string | null): Set<AnyNode> {
  const drop = new Set<AnyNode>();
  const { elements, blocks } = survey;
  const entry = elements[root];
  if (entry === undefined) return drop;
  const gone = new Uint8Array(blocks.length);
  dropFurniture(survey, w, root, drop, gone);
  const lines: { at: number; block: Block; text: string }[] = [];
  for (let at = entry.first; at < entry.last; at++) {
    const block = blocks[at];
    if (block !== undefined && gone[at] !== 1) lines.push({ at, block, text: block.size < 140 ? lineOf(block) : '' });
  }
  cutHead(lines, title, drop);
  cutTail(lines, drop);
  for (const { block, text } of lines) {
    if (text !== '' && NOISE_LINES.some((pattern) => pattern.test(text))) leaveOut(block, drop);
  }
  return drop;
}

function dropFurniture({ elements }: Survey, w: Weights, root: number, drop: Set<AnyNode>, gone: Uint8Array): void {
  const entry = elements[root];
  if (entry === undefined) return;
  let at = root + 1;
  while (at < entry.end) {
    const part = elements[at];
    if (part === undefined) break;
    if (w.furniture[at] === 1 || w.teaser[at] === 1 || isLinkList(part.element.name, w, at)) {
      drop.add(part.element);
      gone.fill(1, part.first, part.last);
      at = part.end;
    } else {
      at++;
    }
  }
}

/** A block of links and little else. */
function isLinkList(name: string, w: Weights, at: number): boolean {
  if (!BLOCK.has(name)) return false;
  const size = w.size[at] ?? 0;
  return (w.linkLines[at] ?? 0) >= 2 && (w.linked[at] ?? 0) > 0.5 * size && (w.good[at] ?? 0) < 40;
}

interface Line {
  at: number;
  block: Block;
  text: string;
}

/** The title and the lines of source, author and time between it and the text. */
function cutHead(lines: readonly Line[], title: string | null, drop: Set<AnyNode>): void {
  const wanted = squash(title ?? '');
  let from = 0;
  for (let at = 0; at < Math.min(lines.length, 30); at++) {
    const line = lines[at];
    if (line === undefined || line.text === '') break;
    if (wanted.length >= 4 && sameTitle(squash(line.text), wanted)) from = at + 1;
  }
  for (let at = 0; at < from; at++) leaveOut(lines[at]?.block, drop);
  for (let at = from; at < Math.min(lines.length, from + 8); at++) {
    const line = lines[at];
    if (line === undefined || line.text === '' || line.text.length > 90) break;
    if (BYLINE.test(line.text) || /(?:19|20)\d{2}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}/.test(line.text))
      leaveOut(line.block, drop);
  }
}

/** Everything from a label such as 相关阅读 on, where what follows is the smaller part. */
function cutTail(lines: readonly Line[], drop: Set<AnyNode>): void {
  let total = 0;
  for (const { block } of lines) total += block.size - block.linked;
  let before = 0;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at];
    if (line === undefined) break;
    if (
      line.text !== '' &&
      line.text.length <= 60 &&
      before > 0.5 * total &&
      END_LABELS.some((label) => label.test(line.text))
    ) {
      for (let rest = at; rest < lines.length; rest++) leaveOut(lines[rest]?.block, drop);
      return;
    }
    before += line.block.size - line.block.linked;
  }
}

function leaveOut(block: Block | undefined, drop: Set<AnyNode>): void {
  for (const node of block?.nodes ?? []) drop.add(node);
}

function sameTitle(line: string, title: string): boolean {
  if (line === title) return true;
  const shorter = Math.min(line.length, title.length);
  return (
    shorter >= 6 &&
    shorter >= 0.6 * Math.max(line.length, title.length) &&
    (line.startsWith(title) || title.startsWith(line))
  );
}

function squash(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}
