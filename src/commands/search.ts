import { parseQuery } from '../reader/search/query.ts';
import { findPlaces } from '../reader/search/snippet.ts';
import { fold } from '../reader/search/terms.ts';
import { searchArchive } from '../reader/search.ts';
import { EXIT } from './exit.ts';
import { inLanguage } from './language.ts';
import { archiveFrom, languageFor, withArchive } from './opened.ts';
import { type Options, UsageError } from './options.ts';
import { paint, plain, safe, type Terminal } from './terminal.ts';

/** Searches the texts of the archive, on the reader's own index rules. */
export async function search(options: Options, terminal: Terminal): Promise<number> {
  const query = options.operands.join(' ').trim();
  if (query === '') throw new UsageError('search: say what to search for');
  const { literals } = parseQuery(query);
  if (literals.length === 0) throw new UsageError(`search: "${query}" holds no letter or digit to search for`);
  return withArchive(options, terminal, 'read', async (archive, status) => {
    const links = new Map(status.links.map((link) => [link.id, link]));
    let unread = 0;
    const page = async (id: string) => {
      const kept = await archive.readPage(id);
      if (kept === null) unread += 1;
      return kept;
    };
    const hits = await searchArchive({ status, file: (path) => archive.readBytes(path), page }, query);
    const base = archiveFrom(options, terminal, terminal.cwd);
    const limit = options.amount('limit');
    for (const { id, title, snippet } of hits.slice(0, limit)) {
      const { url = id, snapshot = null } = links.get(id) ?? {};
      const pieces = snippet.map(({ text, hit }) => (hit ? paint(terminal, 'yellow', safe(text)) : safe(text)));
      terminal.out.write(`${marked(plain(title ?? url), literals, terminal)}\n`);
      // A hit in the title or in the list's own words has no place in the text.
      if (pieces.length > 0) terminal.out.write(`  ${pieces.join('')}\n`);
      const places = [url, ...(snapshot === null ? [] : [base + snapshot.path])];
      terminal.out.write(`  ${paint(terminal, 'dim', places.map(plain).join('  '))}\n`);
    }
    const say = (words: string) => terminal.err.write(`${inLanguage(words, languageFor(options, status))}\n`);
    if (hits.length > limit) say(`${hits.length - limit} more; --limit ${hits.length} shows them`);
    if (hits.length === 0) say(`nothing found for "${plain(query)}"`);
    if (unread > 0) say(`${unread} kept that can not be read and may hold it; linkark verify says more`);
    return EXIT.fine;
  });
}

/** A title in bold, with what was searched for in colour. */
function marked(title: string, literals: readonly string[], terminal: Terminal): string {
  let shown = '';
  let at = 0;
  for (const { start, end } of findPlaces(fold(title), literals)) {
    shown += bold(title.slice(at, start), terminal) + paint(terminal, 'yellow', title.slice(start, end));
    at = end;
  }
  return shown + bold(title.slice(at), terminal);
}

function bold(text: string, terminal: Terminal): string {
  return text === '' ? '' : paint(terminal, 'bold', text);
}
