/** Stable names of what can go wrong with the archive folder or its store. */
export type ArchiveErrorCode =
  | 'archive/locked'
  | 'archive/disk-full'
  | 'archive/read-only'
  | 'archive/not-a-folder'
  | 'archive/not-found'
  | 'archive/path'
  | 'archive/store'
  | 'archive/unknown-store'
  | 'archive/io'
  | 'archive/bad-id'
  | 'archive/damaged'
  | 'archive/closed';

/** A fault of the archive's surroundings that a person has to mend. `mend` says how, in one sentence. */
export class ArchiveError extends Error {
  readonly code: ArchiveErrorCode;
  readonly mend: string;
  /** The file or folder that it is about; null where it is about none. */
  readonly path: string | null;

  constructor(code: ArchiveErrorCode, message: string, mend: string, path: string | null = null, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'ArchiveError';
    this.code = code;
    this.mend = mend;
    this.path = path;
  }
}

const MEANINGS: ReadonlyMap<string, { code: ArchiveErrorCode; words: string; mend: string }> = new Map(
  Object.entries({
    ENOSPC: {
      code: 'archive/disk-full',
      words: 'the disk is full',
      mend: 'Make room and run again; nothing that was already kept is lost.',
    },
    EDQUOT: {
      code: 'archive/disk-full',
      words: 'the disk quota is used up',
      mend: 'Make room and run again; nothing that was already kept is lost.',
    },
    EFBIG: {
      code: 'archive/disk-full',
      words: 'the file is larger than the file system or limit allows',
      mend: 'Raise the limit or lower --max-body, then run again.',
    },
    EROFS: {
      code: 'archive/read-only',
      words: 'the file system is read-only',
      mend: 'Mount it writable or choose another folder with --archive.',
    },
    EACCES: {
      code: 'archive/read-only',
      words: 'access is denied',
      mend: 'Give this user the right to write there or choose another folder with --archive.',
    },
    EPERM: {
      code: 'archive/read-only',
      words: 'the operation is not permitted',
      mend: 'Give this user the right to write there or choose another folder with --archive.',
    },
    ENOTDIR: {
      code: 'archive/not-a-folder',
      words: 'a part of the path is a file, not a folder',
      mend: 'Move that file away or choose another folder with --archive.',
    },
    ENAMETOOLONG: {
      code: 'archive/path',
      words: 'the path is too long for this file system',
      mend: 'Put the archive into a folder with a shorter path.',
    },
    ENOENT: { code: 'archive/not-found', words: 'it does not exist', mend: 'Check the path.' },
  }),
);

/** The Node error code of a thrown value (`ENOENT`), or null where it has none. */
export function systemCode(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

/** Turns a file system error into an ArchiveError that names the path and what to do. */
export function archiveError(error: unknown, path: string): ArchiveError {
  if (error instanceof ArchiveError) return error;
  const system = systemCode(error);
  const meaning = MEANINGS.get(system ?? '');
  if (meaning === undefined) {
    const words = error instanceof Error ? error.message : String(error);
    return new ArchiveError('archive/io', `${path}: ${words}`, 'Check the disk and the folder.', path, error);
  }
  return new ArchiveError(meaning.code, `${path}: ${meaning.words}`, meaning.mend, path, error);
}
