import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { leadsToFolder, statPath } from '../archive/disk.ts';
import { type Archive, ArchiveError, openArchive } from '../archive/index.ts';
import { fold } from '../reader/search/terms.ts';
import { nameOf } from '../report/index.ts';
import type { LinkStatus, Occurrence, Status } from '../types.ts';
import { type Language, languageOf } from '../words.ts';
import { type Options, UsageError } from './options.ts';
import type { Terminal } from './terminal.ts';
import { nearest } from './values.ts';
import { VERSION } from './version.ts';

/**
 * Opens the archive of a command that only needs what is stored, and closes it afterwards.
 * @throws UsageError where there is no archive yet
 */
export async function withArchive<T>(
  options: Options,
  terminal: Terminal,
  mode: 'read' | 'write',
  action: (archive: Archive, status: Status) => Promise<T>,
): Promise<T> {
  const name = options.word('archive');
  const dir = archiveFolder(options, terminal);
  if (!(await leadsToFolder(dir))) {
    throw new UsageError(`${name}: there is no archive here yet; linkark check makes one`);
  }
  const archive = await openArchive(dir, { readOnly: mode === 'read', ...storeOptions(options) });
  try {
    const status = await archive.readStatus();
    if (status === null) throw await noStatus(dir, name);
    return await action(archive, status);
  } finally {
    await archive.close();
  }
}

/** A status that is there and can not be read is another matter than one that was never written. */
async function noStatus(dir: string, name: string): Promise<Error> {
  const path = join(dir, 'status.json');
  if ((await statPath(path)) === null)
    return new UsageError(`${name}: it holds no status.json yet; linkark check makes one`);
  const mend = 'Restore it from version control, or run linkark check, which writes it anew; linkark verify says more.';
  return new ArchiveError('archive/damaged', `${path}: it is damaged`, mend, path);
}

/** The folder of the archive, absolute. */
export function archiveFolder(options: Options, { cwd }: Pick<Terminal, 'cwd'>): string {
  return resolve(cwd, options.word('archive'));
}

/** What an archive is opened with: where records are, and who writes. */
export function storeOptions(options: Options): { software: string; store?: string } {
  const store = options.text('store');
  return { software: `linkark/${VERSION}`, ...(store === null ? {} : { store }) };
}

/**
 * The archive as it is reached from a folder, with slashes and one at its end; empty where it is that folder. From the
 * working folder a path that was given whole stays whole.
 */
export function archiveFrom(options: Options, terminal: Terminal, folder: string): string {
  const whole = folder === terminal.cwd && isAbsolute(options.word('archive'));
  const path = whole ? archiveFolder(options, terminal) : relative(folder, archiveFolder(options, terminal));
  return path === '' ? '' : `${path.split(sep).join('/')}/`;
}

/** What is said where no link is named. */
export const SAY_WHICH = 'say which link: its id, its address, or a part of these or of its title';

/** Links that are named where a person's words fit several. */
const MOST_SHOWN = 5;

/**
 * The link that a person means by an id, an address, or a part of either or of a title that only one link has.
 * @throws UsageError where none or several are meant
 */
export function findLink(status: Status, words: string): LinkStatus {
  const exact = status.links.find(
    (link) => link.id === words || link.url === words || link.occurrences.some(({ raw }) => raw === words),
  );
  if (exact) return exact;
  const folded = fold(words);
  const found = status.links.filter((link) =>
    [link.id, link.url, link.title ?? '', ...link.occurrences.map(({ text }) => text)].some((text) =>
      fold(text).includes(folded),
    ),
  );
  const [only] = found;
  if (only && found.length === 1) return only;
  if (found.length > 1) {
    const some = found.slice(0, MOST_SHOWN).map((link) => `\n  ${link.id}  ${link.title ?? nameOf(link)}`);
    const rest = found.length > MOST_SHOWN ? '\n  …' : '';
    throw new UsageError(`"${words}" means ${found.length} links; say which:${some.join('')}${rest}`);
  }
  const meant = nearest(
    words,
    status.links.map((link) => link.id),
  );
  throw new UsageError(`no link of the archive is "${words}"${meant ? `; did you mean ${meant}?` : ''}`);
}

/** The language of a command's words: as asked for, else that of the lists. */
export function languageFor(options: Options, status: Status): Language {
  return listLanguage(
    options,
    status.links.flatMap(({ occurrences }) => occurrences),
  );
}

/** The same before there is a status. */
export function listLanguage(
  options: Options,
  places: Iterable<Pick<Occurrence, 'text' | 'heading' | 'note'>>,
): Language {
  return options.language() ?? languageOf(textsOf(places));
}

function* textsOf(places: Iterable<Pick<Occurrence, 'text' | 'heading' | 'note'>>): Generator<string> {
  for (const { text, heading, note } of places) {
    yield text;
    if (heading !== null) yield heading;
    if (note !== null) yield note;
  }
}
