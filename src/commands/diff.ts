import type { Archive } from '../archive/index.ts';
import { diffText } from '../reader/diff.ts';
import type { LinkStatus } from '../types.ts';
import { EXIT } from './exit.ts';
import { inLanguage } from './language.ts';
import { findLink, languageFor, SAY_WHICH, withArchive } from './opened.ts';
import { type Options, UsageError } from './options.ts';
import { paint, plain, type Terminal } from './terminal.ts';

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
    out.write(`--- ${older}  ${plain(before.title ?? '')}`.trimEnd());
    out.write(`\n${`+++ ${to}  ${plain(after.title ?? '')}`.trimEnd()}\n`);
    const { parts, added, removed } = diffText(before.text, after.text);
    const changed = added + removed > 0;
    for (const line of changed ? lines(parts) : []) out.write(`${shown(line, terminal)}\n`);
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

function shown({ kind, text }: Part, terminal: Terminal): string {
  if (kind === 'same') return `  ${paint(terminal, 'dim', text)}`;
  return kind === 'added' ? paint(terminal, 'green', `+ ${text}`) : paint(terminal, 'red', `- ${text}`);
}

/** Changes in full, what is between them cut to its ends. */
function lines(parts: readonly Part[]): Part[] {
  return parts.flatMap((part) => {
    const text = part.text
      .split('\n')
      .map(plain)
      .filter((line) => line !== '');
    if (part.kind !== 'same') return text.map((line) => ({ ...part, text: line }));
    const joined = text.join(' ');
    const cut = joined.length > CONTEXT * 2 ? `${joined.slice(0, CONTEXT)} … ${joined.slice(-CONTEXT)}` : joined;
    return cut === '' ? [] : [{ ...part, text: cut }];
  });
}
