import { resolve } from 'node:path';
import { readText } from '../archive/disk.ts';
import { ArchiveError } from '../archive/errors.ts';
import { UsageError } from './options.ts';
import type { Terminal } from './terminal.ts';

/**
 * Reads a file that a person named, as text; null where there is none.
 * @throws UsageError where it is there and can not be read
 */
export async function readNamed(name: string, { cwd }: Pick<Terminal, 'cwd'>): Promise<string | null> {
  try {
    return await readText(resolve(cwd, name));
  } catch (error) {
    throw new UsageError(`${name}: ${whyUnreadable(error)}`);
  }
}

/**
 * Why a file that is there can not be read.
 * @throws whatever is no fault of the file system
 */
export function whyUnreadable(error: unknown): string {
  if (!(error instanceof ArchiveError)) throw error;
  return error.code === 'archive/read-only'
    ? 'this user may not read it; change its rights, or leave it out'
    : `it can not be read: ${faultWords(error)}`;
}

/** What an error of the file system says, without the path that it begins with. */
function faultWords({ message, path }: ArchiveError): string {
  return path !== null && message.startsWith(`${path}: `) ? message.slice(path.length + 2) : message;
}

/** The same error with advice that fits a file outside of the archive: there, another archive would mend nothing. */
export function outsideArchive(error: ArchiveError, message = error.message): ArchiveError {
  const mend = error.mend.replace(/ or choose another folder with --archive\b| with --archive\b/, '');
  return new ArchiveError(error.code, message, mend, error.path, error.cause);
}
