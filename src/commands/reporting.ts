import { dirname, relative, resolve, sep } from 'node:path';
import { makeFolder, writePiecesAtomic } from '../archive/disk.ts';
import { isReportFormat, type ReportInput, render, renderPieces, type Style } from '../report/index.ts';
import { archiveFolder, archiveFrom } from './opened.ts';
import type { Options } from './options.ts';
import { type Color, clip, paint, type Terminal } from './terminal.ts';

const STYLES: Readonly<Record<Style, Color>> = {
  bold: 'bold',
  dim: 'dim',
  good: 'green',
  bad: 'red',
  warn: 'yellow',
  info: 'blue',
};

/** Writes the reports that were asked for, to files or to the terminal. */
export async function writeReports(options: Options, terminal: Terminal, input: ReportInput): Promise<void> {
  const output = options.text('output');
  for (const { format, file } of options.formats('format')) {
    if (!isReportFormat(format)) continue;
    const target = file ?? output;
    if (target === null) {
      if (options.on('quiet') && format === 'compact' && !hasTrouble(input)) continue;
      const color = (style: Style, text: string) => paint(terminal, STYLES[style], text);
      const columns = terminal.outColumns;
      const narrow = (line: string) => (columns === null ? line : clip(line, columns));
      terminal.out.write(
        render(format, { ...input, paint: color, narrow, archive: linkBase(options, terminal, terminal.cwd) }),
      );
    } else {
      const path = resolve(terminal.cwd, target);
      await makeFolder(dirname(path));
      const report = { ...input, archive: linkBase(options, terminal, dirname(path)) };
      await writePiecesAtomic(path, renderPieces(format, report));
    }
  }
}

/** The archive as seen from a folder, with a slash at the end; in a workflow its address on GitHub. */
function linkBase(options: Options, terminal: Terminal, from: string): string {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_REF_NAME: branch } = terminal.env;
  if (server && repository && branch && /^https:\/\//.test(server)) {
    const path = relative(terminal.cwd, archiveFolder(options, terminal));
    if (!path.startsWith('..')) return `${server}/${repository}/blob/${branch}/${path.split(sep).join('/')}/`;
  }
  return archiveFrom(options, terminal, from);
}

function hasTrouble({ status, problems }: ReportInput): boolean {
  const { gone, unreachable, drifted } = status.run.counts;
  return problems.length > 0 || gone + unreachable + drifted > 0;
}
