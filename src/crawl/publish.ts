import type { Archive } from '../archive/index.ts';
import { buildReader, READER_FOLDERS } from '../reader/index.ts';
import { badge, feed, type ReportInput, readme, statusPage } from '../report/index.ts';
import type { Status, Transition } from '../types.ts';
import type { Language } from '../words.ts';

/** Folders of the archive that publishing owns: what it does not write there is taken away. */
export const PUBLISHED_FOLDERS: readonly string[] = READER_FOLDERS;

/** Files by path below archive/, one after the other: an archive of thousands of articles is never held together. */
type Published = AsyncGenerator<[path: string, content: string | Uint8Array | Iterable<string>]>;

/** The pages of the archive that people open: README, last report, feed, badge and the offline reader. */
export async function* publish(archive: Archive, report: Omit<ReportInput, 'archive' | 'paint'>): Published {
  const { status, language } = report;
  const changes = await changesUpTo(archive, report.transitions);
  yield ['README.md', readme(status, language)];
  yield ['status.md', statusPage({ ...report, archive: '' }, changes)];
  yield ['feed.xml', feed(changes, language)];
  yield ['badge.json', badge(status, language)];
  yield* publishReader(archive, status, language, changes);
}

/** The offline reader alone; `changes` are all transitions where they are known already. */
export async function* publishReader(
  archive: Archive,
  status: Status,
  language: Language,
  changes?: readonly Transition[],
): Published {
  const built = buildReader({
    status,
    changes: changes ?? (await changesUpTo(archive, [])),
    language,
    title: null,
    sizes: await archive.sizes(),
    page: (id, version) => archive.readPage(id, version),
    versions: (id) => archive.versions(id),
  });
  for await (const { path, content } of built) yield [path, content];
}

/** The transitions of earlier runs and of this one, each once. */
export async function changesUpTo(archive: Archive, latest: readonly Transition[]): Promise<Transition[]> {
  const changes: Transition[] = [];
  const known = new Set<string>();
  for await (const change of archive.changes()) {
    const key = keyOf(change);
    if (known.has(key)) continue;
    known.add(key);
    changes.push(change);
  }
  for (const change of latest) if (!known.has(keyOf(change))) changes.push(change);
  return changes;
}

const keyOf = ({ id, at, to }: Transition): string => `${id} ${at} ${to}`;
