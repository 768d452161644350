import { diffText } from '../reader/diff.ts';
import { EXIT } from './exit.ts';
import { findLink, withArchive } from './opened.ts';
import { type Options, UsageError } from './options.ts';
import { paint, plain, type Terminal } from './terminal.ts';

/** Characters of unchanged text shown on either side of a change. */
const CONTEXT = 40;

/** Prints what changed between two kept versions of a link, sentence by sentence. */
export async function diff(options: Options, terminal: Terminal): Promise<number> {
  const [words, from, to] = options.operands;
  if (words === undefined) throw new UsageError('diff needs a link: an id, an address, or a part of either');
  return withArchive(options, terminal, 'read', async (archive, status) => {
    const link = findLink(status, words);
    const versions = await archive.versions(link.id);
    const older = from ?? versions.at(-1);
    if (older === undefined)
      throw new UsageError(`${link.id}: only one version is kept, so there is nothing to compare`);
    const known = versions.length > 0 ? versions.join(', ') : 'none';
    for (const name of [older, to]) {
      if (name !== undefined && !versions.includes(name))
        throw new UsageError(`${link.id}: no version ${name}; earlier ones: ${known}`);
    }
    const [before, after] = [await archive.readPage(link.id, older), await archive.readPage(link.id, to)];
    if (!before || !after) throw new UsageError(`${link.id}: the kept pages are not there; linkark verify says more`);
    terminal.out.write(
      `--- ${older}  ${plain(before.title ?? '')}\n+++ ${to ?? 'latest'}  ${plain(after.title ?? '')}\n`,
    );
    const { parts, added, removed } = diffText(before.text, after.text);
    for (const line of lines(parts))
      terminal.out.write(
        line.kind === 'same'
          ? `  ${paint(terminal, 'dim', line.text)}\n`
          : `${line.kind === 'added' ? paint(terminal, 'green', `+ ${line.text}`) : paint(terminal, 'red', `- ${line.text}`)}\n`,
      );
    terminal.out.write(`${added} characters added, ${removed} removed\n`);
    return EXIT.fine;
  });
}

type Part = ReturnType<typeof diffText>['parts'][number];

/** Changes in full, what is between them cut to its ends. */
function lines(parts: readonly Part[]): Part[] {
  return parts.flatMap((part) => {
    const text = part.text
      .split('\n')
      .map(plain)
      .filter((line) => line !== '');
    if (part.kind !== 'same') return text.map((line) => ({ ...part, text: line }));
    const joined = text.join(' ');
    const shown = joined.length > CONTEXT * 2 ? `${joined.slice(0, CONTEXT)} … ${joined.slice(-CONTEXT)}` : joined;
    return shown === '' ? [] : [{ ...part, text: shown }];
  });
}
