import { searchArchive } from '../reader/search.ts';
import { EXIT } from './exit.ts';
import { archiveFrom, withArchive } from './opened.ts';
import { type Options, UsageError } from './options.ts';
import { paint, plain, safe, type Terminal } from './terminal.ts';

/** Searches the texts of the archive, on the reader's own index rules. */
export async function search(options: Options, terminal: Terminal): Promise<number> {
  const query = options.operands.join(' ').trim();
  if (query === '') throw new UsageError('search needs words');
  return withArchive(options, terminal, 'read', async (archive, status) => {
    const paths = new Map(status.links.map(({ id, url, snapshot }) => [id, { url, path: snapshot?.path ?? '' }]));
    const hits = await searchArchive(
      { status, file: (path) => archive.readBytes(path), page: (id) => archive.readPage(id) },
      query,
    );
    const base = archiveFrom(options, terminal, terminal.cwd);
    const limit = options.number('limit') ?? 20;
    for (const { id, title, snippet } of hits.slice(0, limit)) {
      const { url, path } = paths.get(id) ?? { url: id, path: '' };
      const pieces = snippet.map(({ text, hit }) => (hit ? paint(terminal, 'yellow', safe(text)) : safe(text)));
      terminal.out.write(`${paint(terminal, 'bold', plain(title ?? url))}\n`);
      // A hit in the title or in the list's own words has no place in the text.
      if (pieces.length > 0) terminal.out.write(`  ${pieces.join('')}\n`);
      terminal.out.write(`  ${paint(terminal, 'dim', `${plain(url)}  ${plain(base + path)}`)}\n`);
    }
    const rest = hits.length - limit;
    if (rest > 0) terminal.err.write(`${rest} more; --limit shows them\n`);
    if (hits.length === 0) terminal.err.write(`nothing found for "${plain(query)}"\n`);
    return EXIT.fine;
  });
}
