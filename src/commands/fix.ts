import type { Options } from './options.ts';
import { EXIT } from './run.ts';
import type { Terminal } from './terminal.ts';

export async function fix(_options: Options, terminal: Terminal): Promise<number> {
  terminal.err.write('fix: not yet\n');
  return EXIT.failed;
}
