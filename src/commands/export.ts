import { basename, resolve } from 'node:path';
import { exportEpub, exportWacz } from '../archive/index.ts';
import { withArchive } from './opened.ts';
import { type Options, UsageError } from './options.ts';
import { EXIT } from './run.ts';
import { plain, type Terminal } from './terminal.ts';
import { VERSION } from './version.ts';

const EXPORTS = { wacz: exportWacz, epub: exportEpub } as const;

/** Writes the whole archive as one file: a WACZ for web archive players, a book for reading. */
export async function exportArchive(options: Options, terminal: Terminal): Promise<number> {
  const wanted = (['wacz', 'epub'] as const).filter((kind) => options.text(kind) !== null);
  if (wanted.length === 0) throw new UsageError('export: say what to write: --wacz FILE or --epub FILE');
  return withArchive(options, terminal, 'read', async ({ dir }) => {
    let code: number = EXIT.fine;
    for (const kind of wanted) {
      const file = options.text(kind) ?? '';
      const about = { software: `linkark/${VERSION}`, title: basename(terminal.cwd) };
      const made = await EXPORTS[kind](dir, resolve(terminal.cwd, file), about);
      if (made === null) code = EXIT.failed;
      const words = made
        ? `${made.pages} pages, ${made.bytes} bytes`
        : 'the archive holds nothing for this; not written';
      terminal.err.write(`linkark: ${plain(file)}: ${words}\n`);
    }
    return code;
  });
}
