import { ArchiveError } from './errors.ts';

const SEGMENT = /^[A-Za-z0-9_~-](?:[A-Za-z0-9._~-]{0,98}[A-Za-z0-9_~-])?$/;
const PLATFORM = /^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?$/;
/** Names that Windows keeps for devices, with or without an extension. */
const RESERVED = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9]|conin\$|conout\$)(?:\.|$)/i;

/** True where a link id is what CONTRACT allows: `<platform>/<safe key>-<hash>`, safe as a folder on every system. */
export function isLinkId(id: string): boolean {
  if (id.length > 100) return false;
  const slash = id.indexOf('/');
  if (slash < 1) return false;
  const platform = id.slice(0, slash);
  const name = id.slice(slash + 1);
  return PLATFORM.test(platform) && SEGMENT.test(name) && !RESERVED.test(platform) && !RESERVED.test(name);
}

/** Throws where an id could lead out of the archive or break on some file system. */
export function requireLinkId(id: string): void {
  if (isLinkId(id)) return;
  throw new ArchiveError(
    'archive/bad-id',
    `${JSON.stringify(id.slice(0, 120))} is not a link id`,
    'Ids come from linkId; this one was made or changed by hand.',
  );
}

/** Checks a path below archive/ given by another room: relative, forward slashes, no way out. */
export function requireInnerPath(path: string): void {
  const segments = path.split('/');
  const fine =
    path.length > 0 &&
    path.length <= 1000 &&
    segments.every((part) => /^[A-Za-z0-9._~-]{1,200}$/.test(part) && !/^\.{1,2}$/.test(part) && !part.endsWith('.')) &&
    !segments.some((part) => RESERVED.test(part)) &&
    segments[0] !== WORK;
  if (fine) return;
  throw new ArchiveError(
    'archive/path',
    `${JSON.stringify(path.slice(0, 200))} is not a path below the archive`,
    'Use letters, digits, dot, dash and underscore.',
  );
}

/** The working folder inside an archive: lock, journal, staged files. It never belongs to what is kept. */
export const WORK = '.linkark';

/** Folder of a link's snapshot, below archive/. */
export function pageFolder(id: string): string {
  requireLinkId(id);
  return `pages/${id}`;
}

/** `20261123T020000Z` for an ISO time: the name of a version. */
export function versionName(iso: string): string {
  return new Date(iso)
    .toISOString()
    .replace(/[-:]/g, '')
    .replace(/\.\d{3}/, '');
}

/** Litter that file managers leave; not part of an archive and no fault in it. */
export function isLitter(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name === '.DS_Store' || name === 'Thumbs.db' || name === 'desktop.ini';
}
