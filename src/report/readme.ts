import type { LinkStatus, Status } from '../types.ts';
import { HEALTH_WORDS, type Language, platformWords, reasonWords } from '../words.ts';
import { cut, md, mdUrl } from './escape.ts';
import { nameOf } from './input.ts';
import { day } from './sentences.ts';

const MARKS = { healthy: '🟢', suspect: '🟡', dead: '🔴', blocked: '⚪', drifted: '🟠', unknown: '⚫' } as const;

const TEXTS = {
  zh: {
    title: '存档',
    about:
      '由 linkark 维护：清单里的每个链接、它现在的状况和存下的副本。离线阅读请打开 [index.html](index.html)；上次检查见 [status.md](status.md)。',
    head: ['链接', '平台', '状况', '自', '副本'],
    none: '—',
  },
  en: {
    title: 'Archive',
    about:
      'Kept by linkark: every link of the list, how it is, and the copy that was kept. To read offline, open [index.html](index.html); the last run is in [status.md](status.md).',
    head: ['Link', 'Platform', 'Health', 'Since', 'Kept copy'],
    none: '—',
  },
} as const;

/**
 * archive/README.md: the list as a table under its own headings, line by line. Holds no time of the run, so that it
 * changes only with news.
 */
export function* readme(status: Status, language: Language): Generator<string> {
  const texts = TEXTS[language];
  yield `# ${texts.title}\n\n${texts.about}\n`;
  for (const [file, sections] of byPlace(status.links)) {
    yield `\n## ${md(file)}\n`;
    for (const [heading, links] of sections) {
      if (heading !== '') yield `\n### ${md(heading)}\n`;
      yield `\n| ${texts.head.join(' | ')} |\n| --- | --- | --- | --- | --- |\n`;
      for (const link of links) yield `${row(link, language)}\n`;
    }
  }
}

function row(link: LinkStatus, language: Language): string {
  const kept = link.snapshot
    ? `[${day(link.snapshot.capturedAt)}](${mdUrl(link.snapshot.path)})`
    : TEXTS[language].none;
  const reason =
    link.health === 'healthy' || link.verdict === 'skipped' ? '' : ` · ${md(reasonWords(link.reason, language))}`;
  const cells = [
    `[${md(cut(nameOf(link), 100))}](${mdUrl(link.url)})`,
    md(platformWords(link.platform, language)),
    `${MARKS[link.health]} ${HEALTH_WORDS[link.health][language]}${reason}`,
    day(link.since),
    kept,
  ];
  return `| ${cells.join(' | ')} |`;
}

/** Links by file and heading, in the order of the list; a link stands where it is named first. */
function byPlace(links: readonly LinkStatus[]): Map<string, Map<string, LinkStatus[]>> {
  const placed = links
    .flatMap((link) => (link.occurrences[0] ? [{ link, first: link.occurrences[0] }] : []))
    .sort((a, b) =>
      a.first.file === b.first.file
        ? a.first.line - b.first.line || a.first.column - b.first.column
        : a.first.file < b.first.file
          ? -1
          : 1,
    );
  const files = new Map<string, Map<string, LinkStatus[]>>();
  for (const { link, first } of placed) {
    const sections = files.get(first.file) ?? new Map<string, LinkStatus[]>();
    files.set(first.file, sections);
    const heading = first.heading ?? '';
    const section = sections.get(heading);
    if (section) section.push(link);
    else sections.set(heading, [link]);
  }
  return files;
}
