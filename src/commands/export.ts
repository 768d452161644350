import type { Options } from './options.ts';
import { EXIT } from './run.ts';
import type { Terminal } from './terminal.ts';

export async function exportArchive(_options: Options, terminal: Terminal): Promise<number> {
  terminal.err.write('exportArchive: not yet\n');
  return EXIT.failed;
}
