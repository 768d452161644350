import type { LinkStatus } from '../types.ts';
import { cut, md, mdCode, mdUrl } from './escape.ts';
import { type News, nameOf, newsOf, type ReportInput } from './input.ts';
import { countsLine, day, evidenceWords, NEWS_WORDS, why } from './sentences.ts';

/** GitHub refuses an issue or comment with more characters than this. */
export const ISSUE_LIMIT = 65_536;

/** A link of an absurd length is left out by itself, not with all that follows it. */
const LONGEST_BLOCK = 8_192;

/** The lists of news, most urgent first. */
const LISTS: readonly (keyof News)[] = [
  'newlyDead',
  'recovered',
  'failing',
  'drifted',
  'moved',
  'newlyBlocked',
  'stillDead',
];

/** Those of them that are new in this run. */
const CHANGES = LISTS.filter((list) => list !== 'failing' && list !== 'stillDead');

/** What changed, then what stays, as Markdown that fits into a GitHub issue, comment or step summary. */
export function markdown(input: ReportInput): string {
  const { status, language, problems } = input;
  const head = [
    `# ${language === 'zh' ? '链接检查' : 'Links'}`,
    '',
    md(countsLine(status.run.counts, language)),
    '',
    runLine(input),
  ];
  const news = newsOf(input);
  const blocks = LISTS.flatMap((list) => listBlocks(NEWS_WORDS[list][language], news[list], input));
  if (CHANGES.every((list) => news[list].length === 0)) {
    blocks.unshift(language === 'zh' ? '\n没有变化。' : '\nNothing changed.');
  }
  const others = status.links.filter(
    (link) => ['blocked', 'unclear'].includes(link.verdict) && !news.newlyBlocked.includes(link),
  );
  blocks.push(
    ...listBlocks(language === 'zh' ? '看不到，不算失效' : 'Could not be seen (not counted as dead)', others, input),
  );
  if (problems.length > 0) blocks.push(language === 'zh' ? '\n## 清单里要改的地方\n' : '\n## To mend in the lists\n');
  for (const problem of problems) {
    blocks.push(
      `- ⚠ ${mdCode(`${problem.file}${problem.line === null ? '' : `:${problem.line}`}`)} ${md(problem.message)}`,
    );
  }
  return withinLimit(head.join('\n'), blocks, input);
}

function runLine({ status: { run }, language }: ReportInput): string {
  const time = `${run.finishedAt.slice(0, 16).replace('T', ' ')} UTC`;
  const partial = language === 'zh' ? '（没有查完）' : ' (not complete)';
  return `${language === 'zh' ? '检查时间' : 'Run of'} ${time}${run.complete ? '' : partial}`;
}

/** A heading with its entries; each entry is a block of its own, so that a cut falls between two. */
export function listBlocks(title: string, links: readonly LinkStatus[], input: ReportInput): string[] {
  if (links.length === 0) return [];
  const count = input.language === 'zh' ? `（${links.length}）` : ` (${links.length})`;
  return [`\n## ${title}${count}\n`, ...links.map((link) => entry(link, input))];
}

function entry(link: LinkStatus, { language, archive }: ReportInput): string {
  const places = link.occurrences.map(({ file, line }) => mdCode(`${file}:${line}`));
  const copies = [
    link.snapshot && archive !== null
      ? `[${language === 'zh' ? '已存副本' : 'kept copy'}](${mdUrl(`${archive}${link.snapshot.path}`)}) ${day(link.snapshot.capturedAt)}`
      : null,
    link.suggestion && link.suggestion.kind !== 'snapshot'
      ? `[${suggestionWords(link, language)}](${mdUrl(link.suggestion.url)})`
      : null,
  ].filter((part) => part !== null);
  const evidence = evidenceWords(link);
  const since = link.health === 'dead' && link.since !== null ? ` · ${sinceWords(day(link.since), language)}` : '';
  const lines = [
    `- [${md(cut(nameOf(link), 120))}](${mdUrl(link.url)})`,
    `  ${md(why(link, language))}${since}${evidence ? ` · ${md(cut(evidence, 300))}` : ''}`,
    `  ${places.slice(0, 5).join(' ')}${places.length > 5 ? ` +${places.length - 5}` : ''}${copies.length > 0 ? ` · ${copies.join(' · ')}` : ''}`,
  ];
  return lines.join('  \n');
}

function sinceWords(since: string, language: ReportInput['language']): string {
  return language === 'zh' ? `自 ${since}` : `since ${since}`;
}

function suggestionWords(link: LinkStatus, language: ReportInput['language']): string {
  if (link.suggestion?.kind === 'redirect') return language === 'zh' ? '新地址' : 'new address';
  return language === 'zh' ? '互联网档案馆副本' : 'Wayback copy';
}

/** Leaves out what does not fit and says how much that is. */
export function withinLimit(head: string, blocks: readonly string[], { language, archive }: ReportInput): string {
  const room = ISSUE_LIMIT - 400;
  const fitting = blocks.filter((block) => block.length <= LONGEST_BLOCK);
  let text = head;
  let taken = 0;
  for (const block of fitting) {
    if (text.length + block.length + 1 > room) break;
    text += `\n${block}`;
    taken += 1;
  }
  const rest = blocks.length - taken;
  if (rest === 0) return `${text.trimEnd()}\n`;
  const where = archive === null ? 'status.json' : `[status.json](${mdUrl(`${archive}status.json`)})`;
  return `${text}\n\n${language === 'zh' ? `还有 ${rest} 条放不下，见` : `${rest} more did not fit: see`} ${where}\n`;
}
