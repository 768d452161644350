import { join } from 'node:path';
import { leadsToFolder, statPath } from '../archive/disk.ts';
import { type Archive, openArchive } from '../archive/index.ts';
import type { Language } from '../words.ts';
import { EXIT } from './exit.ts';
import { inLanguage, spokenLanguage } from './language.ts';
import { archiveFolder, languageFor } from './opened.ts';
import { type Options, UsageError } from './options.ts';
import { paint, plain, type Terminal } from './terminal.ts';

/** Checks every byte of the archive; a line a fault. */
export async function verify(options: Options, terminal: Terminal): Promise<number> {
  const name = options.word('archive');
  const dir = archiveFolder(options, terminal);
  if (!(await leadsToFolder(dir))) throw new UsageError(`${name}: there is no archive here`);
  if (!(await holdsAnything(dir))) throw new UsageError(`${name}: it holds nothing yet; linkark check makes one`);
  const archive = await openArchive(dir, { readOnly: true });
  try {
    const faults = await archive.verify();
    const language = await languageOf(archive, options, terminal);
    for (const { path, code, message } of faults) {
      terminal.out.write(`${paint(terminal, 'red', code)}  ${plain(path)}  ${plain(inLanguage(message, language))}\n`);
    }
    const words =
      faults.length === 0 ? 'the archive is whole' : `${faults.length} ${faults.length === 1 ? 'fault' : 'faults'}`;
    terminal.err.write(`${inLanguage(words, language)}\n`);
    return faults.length === 0 ? EXIT.fine : EXIT.found;
  } finally {
    await archive.close();
  }
}

/** That of the lists; where status.json is at fault itself, that of the system. */
async function languageOf(archive: Archive, options: Options, { env }: Terminal): Promise<Language> {
  const status = await archive.readStatus().catch(() => null);
  return status === null ? spokenLanguage(options.language(), env) : languageFor(options, status);
}

/** A fresh clone has the folder and a README.md in it; an archive that lost only some of these is a damaged one. */
async function holdsAnything(dir: string): Promise<boolean> {
  for (const name of ['manifest.json', 'status.json', 'state', 'pages', 'warc'])
    if ((await statPath(join(dir, name))) !== null) return true;
  return false;
}
