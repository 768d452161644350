import { parseQuery } from '../reader/search/query.ts';
import { findPlaces, makeSnippet } from '../reader/search/snippet.ts';
import { fold } from '../reader/search/terms.ts';
import { type SearchHit, searchArchive } from '../reader/search.ts';
import type { LinkStatus } from '../types.ts';
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
    for (const hit of hits.slice(0, limit)) {
      for (const line of shown(hit, links.get(hit.id), { literals, base, terminal })) terminal.out.write(`${line}\n`);
    }
    const say = (words: string) => terminal.err.write(`${inLanguage(words, languageFor(options, status))}\n`);
    if (hits.length > limit) say(`${hits.length - limit} more; --limit ${hits.length} shows them`);
    if (hits.length === 0) say(`nothing found for "${plain(query)}"`);
    if (unread > 0) say(`${unread} kept that can not be read and may hold it; linkark verify says more`);
    return EXIT.fine;
  });
}

interface Sight {
  literals: readonly string[];
  /** The archive as it is reached from here. */
  base: string;
  terminal: Terminal;
}

/** What is shown of one article: its title, where the words stand, and where it can be read. */
function shown(hit: SearchHit, link: LinkStatus | undefined, { literals, base, terminal }: Sight): string[] {
  const { url = hit.id, snapshot = null, occurrences = [] } = link ?? {};
  // A hit that is not in the text may be in what the list says of it.
  const remark = makeSnippet(occurrences.map(({ note }) => note ?? '').join('\n'), literals).pieces;
  const [pieces, sign] = hit.snippet.length > 0 ? [hit.snippet, ''] : [remark, '> '];
  const words = pieces.map((piece) => (piece.hit ? paint(terminal, 'yellow', safe(piece.text)) : safe(piece.text)));
  const places = [url, ...(snapshot === null ? [] : [base + snapshot.path])];
  return [
    marked(plain(hit.title ?? url), literals, terminal),
    ...(words.length > 0 ? [`  ${sign}${words.join('')}`] : []),
    `  ${paint(terminal, 'dim', places.map(plain).join('  '))}`,
  ];
}

/** A title in bold, with what was searched for in colour. */
function marked(title: string, literals: readonly string[], terminal: Terminal): string {
  let painted = '';
  let at = 0;
  for (const { start, end } of findPlaces(fold(title), literals)) {
    painted += bold(title.slice(at, start), terminal) + paint(terminal, 'yellow', title.slice(start, end));
    at = end;
  }
  return painted + bold(title.slice(at), terminal);
}

function bold(text: string, terminal: Terminal): string {
  return text === '' ? '' : paint(terminal, 'bold', text);
}
