import type { Archive } from '../archive/index.ts';
import { diffText } from '../reader/diff.ts';
import type { LinkStatus } from '../types.ts';
import { EXIT } from './exit.ts';
import { inLanguage } from './language.ts';
import { findLink, languageFor, SAY_WHICH, withArchive } from './opened.ts';
import { type Options, UsageError } from './options.ts';
import { paint, plain, safe, type Terminal } from './terminal.ts';

/** Characters of unchanged text shown on either side of a change. */
const CONTEXT = 40;

/** How the latest version is named; the earlier ones have their times for names. */
const LATEST = 'latest';

/** Prints what changed between two kept versions of a link, sentence by sentence. */
export async function diff(options: Options, terminal: Terminal): Promise<number> {
  const [words, from, to = LATEST, extra] = options.operands;
  if (words === undefined) throw new UsageError(`diff: ${SAY_WHICH}`);
  if (extra !== undefined) throw new UsageError(`diff: it takes a link and two versions at most, not "${extra}" too`);
  return withArchive(options, terminal, 'read', async (archive, status) => {
    const link = findLink(status, words);
    const { before, after, older } = await versionsOf(archive, link, from, to);
    const { out } = terminal;
    out.write(`--- ${older}  ${plain(before.title ?? '')}\n+++ ${to}  ${plain(after.title ?? '')}\n`);
    const { parts, added, removed } = diffText(before.text, after.text);
    const changed = added + removed > 0;
    for (const line of changed ? report(parts, terminal) : []) out.write(`${line}\n`);
    const closing = changed ? `${added} characters added, ${removed} removed` : 'the texts are the same';
    out.write(`${inLanguage(closing, languageFor(options, status))}\n`);
    return EXIT.fine;
  });
}

/** The two versions that are to be compared; without a name the earlier one is the last before the latest. */
async function versionsOf(archive: Archive, { id, snapshot }: LinkStatus, from: string | undefined, to: string) {
  const versions = await archive.versions(id);
  const older = from ?? versions.at(-1);
  if (snapshot === null) throw new UsageError(`${id}: no copy of it is kept`);
  if (older === undefined) throw new UsageError(`${id}: only one version is kept, so there is nothing to compare`);
  const known = [...versions, LATEST];
  const page = (name: string) => {
    if (!known.includes(name)) throw new UsageError(`${id}: no version ${plain(name)}; there are ${known.join(', ')}`);
    return archive.readPage(id, name === LATEST ? undefined : name);
  };
  const [before, after] = [await page(older), await page(to)];
  if (!before || !after) throw new UsageError(`${id}: the kept pages are not there; linkark verify says more`);
  return { before, after, older };
}

type Part = ReturnType<typeof diffText>['parts'][number];

/** The lines of both texts, each made of the parts that fall into it; empty ones left out. */
function linesOf(parts: readonly Part[]): Part[][] {
  const lines: Part[][] = [[]];
  for (const { kind, text } of parts) {
    for (const [at, piece] of text.split('\n').entries()) {
      if (at > 0) lines.push([]);
      if (piece.trim() !== '') lines.at(-1)?.push({ kind, text: piece });
    }
  }
  return lines.filter((line) => line.length > 0);
}

/** Changed lines in full; a change within a line as `git diff --word-diff` shows it; what is between cut to its ends. */
function report(parts: readonly Part[], terminal: Terminal): string[] {
  const out: string[] = [];
  let between = '';
  const context = () => {
    if (between !== '') out.push(`  ${paint(terminal, 'dim', ends(between.trim()))}`);
    between = '';
  };
  for (const line of linesOf(parts)) {
    const [first] = line;
    const kind = line.every((part) => part.kind === first?.kind) ? first?.kind : null;
    if (kind === 'same') between += ` ${lineText(line)}`;
    else {
      context();
      if (kind === 'added') out.push(paint(terminal, 'green', `+ ${lineText(line)}`));
      else if (kind === 'removed') out.push(paint(terminal, 'red', `- ${lineText(line)}`));
      else out.push(`~ ${line.map((part, at) => within(part, at, line.length, terminal)).join('')}`);
    }
  }
  context();
  return out;
}

function lineText(line: readonly Part[]): string {
  return plain(line.map(({ text }) => text).join(''));
}

/** A part of a line in which something changed, marked by colour or, without it, by brackets. */
function within({ kind, text }: Part, at: number, of: number, terminal: Terminal): string {
  const shown = safe(text);
  if (kind === 'added') return terminal.color ? paint(terminal, 'green', shown) : `{+${shown}+}`;
  if (kind === 'removed') return terminal.color ? paint(terminal, 'red', shown) : `[-${shown}-]`;
  const head = at === 0 ? '' : shown.slice(0, CONTEXT);
  const tail = at === of - 1 ? '' : shown.slice(Math.max(head.length, shown.length - CONTEXT));
  return head.length + tail.length < shown.length ? `${head}…${tail}` : shown;
}

/** A long text cut to its ends. */
function ends(text: string): string {
  return text.length > CONTEXT * 2 ? `${text.slice(0, CONTEXT)} … ${text.slice(-CONTEXT)}` : text;
}
