import type { LinkStatus, Transition } from '../types.ts';
import { HEALTH_WORDS, type Language, reasonWords } from '../words.ts';
import { cut, md, mdUrl } from './escape.ts';
import { nameOf, type ReportInput } from './input.ts';
import { listBlocks, withinLimit } from './markdown.ts';
import { countsLine, day } from './sentences.ts';

const MOST_CHANGES = 20;

const TITLES = {
  zh: {
    page: '链接现状',
    changes: '最近的变化',
    none: '还没有变化。',
  },
  en: {
    page: 'The links today',
    changes: 'Latest changes',
    none: 'No changes yet.',
  },
} as const;

interface Section {
  title: Readonly<Record<Language, string>>;
  belongs: (link: LinkStatus) => boolean;
}

const SECTIONS: readonly Section[] = [
  { title: { zh: '已失效', en: 'Dead' }, belongs: (link) => link.health === 'dead' },
  { title: { zh: '失败中，还不算失效', en: 'Failing, not yet dead' }, belongs: (link) => link.health === 'suspect' },
  { title: { zh: '内容已变', en: 'Drifted' }, belongs: (link) => link.health === 'drifted' },
  {
    title: { zh: '已搬家', en: 'Moved' },
    belongs: (link) => link.health !== 'dead' && link.verdict === 'moved',
  },
  {
    title: { zh: '看不到，不算失效', en: 'Could not be seen (not counted as dead)' },
    belongs: (link) =>
      ['blocked', 'unclear'].includes(link.verdict) && ['healthy', 'blocked', 'unknown'].includes(link.health),
  },
];

/**
 * archive/status.md: how the links are, and what changed last. It holds no time of the run (that is in status.json), so
 * that it changes only with news.
 */
export function statusPage(input: ReportInput, changes: readonly Transition[]): string {
  const { status, language } = input;
  const titles = TITLES[language];
  const latest = changes.filter(({ from, to }) => from !== 'unknown' || to !== 'healthy').slice(-MOST_CHANGES);
  const blocks = SECTIONS.flatMap(({ title, belongs }) =>
    listBlocks(title[language], status.links.filter(belongs), { ...input, archive: '' }),
  );
  blocks.push(`\n## ${titles.changes}\n`);
  if (latest.length === 0) blocks.push(titles.none);
  const told = new Set(latest.map(({ id }) => id));
  const names = new Map(status.links.filter(({ id }) => told.has(id)).map((link) => [link.id, nameOf(link)]));
  for (const change of latest.reverse()) blocks.push(changeLine(change, names, language));
  const head = `# ${titles.page}\n\n${md(countsLine(status.run.counts, language))}`;
  return withinLimit(head, blocks, { ...input, archive: '' });
}

function changeLine(change: Transition, names: ReadonlyMap<string, string>, language: ReportInput['language']): string {
  const name = `[${md(cut(names.get(change.id) ?? change.title ?? change.url, 100))}](${mdUrl(change.url)})`;
  const words = `${HEALTH_WORDS[change.from][language]} → ${HEALTH_WORDS[change.to][language]}`;
  return `- ${day(change.at)} ${name}: ${words} · ${md(reasonWords(change.reason, language))}`;
}
