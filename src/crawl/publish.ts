import type { Archive } from '../archive/index.ts';
import { buildReader, READER_FOLDERS } from '../reader/index.ts';
import { badge, feed, type ReportInput, readme, statusPage } from '../report/index.ts';
import type { Status, Transition } from '../types.ts';
import type { Language } from '../words.ts';

/** Folders of the archive that publishing owns: what it does not write there is taken away. */
export const PUBLISHED_FOLDERS: readonly string[] = READER_FOLDERS;

/** The pages of the archive that people open: README, last report, feed, badge and the offline reader. */
export async function publish(
  archive: Archive,
  report: Omit<ReportInput, 'archive' | 'paint'>,
): Promise<Map<string, string | Uint8Array>> {
  const { status, language } = report;
  const changes = await allChanges(archive, report.transitions);
  const files = new Map<string, string | Uint8Array>([
    ['README.md', readme(status, language)],
    ['status.md', statusPage({ ...report, archive: '' }, changes)],
    ['feed.xml', feed(changes, language)],
    ['badge.json', badge(status, language)],
  ]);
  for await (const { path, content } of readerFiles(archive, status, changes, language)) {
    // As bytes: a long text put together from pieces takes many times its length.
    files.set(path, typeof content === 'string' ? Buffer.from(content) : content);
  }
  return files;
}

/** The transitions of earlier runs and of this one, each once. */
async function allChanges(archive: Archive, latest: readonly Transition[]): Promise<Transition[]> {
  const changes: Transition[] = [];
  const known = new Set<string>();
  const take = (change: Transition) => {
    const key = `${change.id} ${change.at} ${change.to}`;
    if (known.has(key)) return;
    known.add(key);
    changes.push(change);
  };
  for await (const change of archive.changes()) take(change);
  for (const change of latest) take(change);
  return changes;
}

/** The offline reader alone. */
export function readerFiles(
  archive: Archive,
  status: Status,
  changes: readonly Transition[],
  language: Language,
): AsyncIterable<{ path: string; content: string | Uint8Array }> {
  return buildReader({
    status,
    changes,
    language,
    title: null,
    sizes: null,
    page: (id, version) => archive.readPage(id, version),
    versions: (id) => archive.versions(id),
  });
}
