import { resolve } from 'node:path';
import { exportEpub, exportWacz } from '../archive/index.ts';
import { EXIT } from './exit.ts';
import { inLanguage } from './language.ts';
import { languageFor, withArchive } from './opened.ts';
import { type Options, UsageError } from './options.ts';
import type { Terminal } from './terminal.ts';
import { VERSION } from './version.ts';

/** Writes the whole archive as one file. */
export async function exportArchive(options: Options, terminal: Terminal): Promise<number> {
  const wacz = options.text('wacz');
  const epub = options.text('epub');
  if (wacz === null && epub === null) throw new UsageError('export: say what to write: --wacz FILE or --epub FILE');
  return withArchive(options, terminal, 'read', async (archive, status) => {
    const about = { software: `linkark/${VERSION}`, title: 'linkark' };
    for (const [name, write] of [
      [wacz, exportWacz],
      [epub, exportEpub],
    ] as const) {
      if (name === null) continue;
      const counts = await write(archive.dir, resolve(terminal.cwd, name), about);
      if (counts === null) throw new UsageError(`${name}: the archive keeps nothing yet that could be exported`);
      terminal.err.write(`${inLanguage(`${name} written`, languageFor(options, status))}\n`);
    }
    return EXIT.fine;
  });
}
