import type { LinkStatus, Verdict } from '../types.ts';
import { HEALTH_WORDS, reasonWords, VERDICT_WORDS } from '../words.ts';
import { oneLine } from './escape.ts';
import { isGone, type News, nameOf, newsOf, type ReportInput, type Style } from './input.ts';
import { countsLine, day, evidenceWords, NEWS_WORDS } from './sentences.ts';

/** How a verdict is shown: told apart by its sign too, for terminals without colour and eyes that see none. */
const LOOKS: Readonly<Record<Verdict, { sign: string; style: Style }>> = {
  alive: { sign: '✓', style: 'good' },
  moved: { sign: '→', style: 'info' },
  drifted: { sign: '≠', style: 'warn' },
  gone: { sign: '✗', style: 'bad' },
  blocked: { sign: '▪', style: 'warn' },
  unclear: { sign: '?', style: 'warn' },
  unreachable: { sign: '!', style: 'bad' },
  skipped: { sign: '-', style: 'dim' },
};

/** News that a run of any kind can tell; what was newly blocked or moved is seen in the list itself. */
const TOLD: readonly { list: keyof News; style: Style }[] = [
  { list: 'newlyDead', style: 'bad' },
  { list: 'recovered', style: 'good' },
  { list: 'drifted', style: 'warn' },
];

const INDENT = ' '.repeat(9);

/** What changed, then what needs a look, under its source file, and the counts. */
export function compact(input: ReportInput): string {
  return whole(input, input.status.links.filter(needsALook), false);
}

/** Every link, with its evidence, its health and its kept copy. */
export function detailed(input: ReportInput): string {
  return whole(input, input.status.links, true);
}

function whole(input: ReportInput, links: readonly LinkStatus[], details: boolean): string {
  return [...problemLines(input), ...newsLines(input), ...byFile(links, input, details), ...summary(input), ''].join(
    '\n',
  );
}

function needsALook(link: LinkStatus): boolean {
  if (link.verdict === 'skipped') return link.reason === 'invalid-url' || isGone(link);
  return link.verdict !== 'alive';
}

function problemLines({ problems, paint = noPaint }: ReportInput): string[] {
  const lines = problems.map((problem) => {
    const place = [problem.file, problem.line, problem.column].filter((part) => part !== null).join(':');
    return `${oneLine(place)}  ${paint('warn', oneLine(problem.message))}`;
  });
  return lines.length > 0 ? [...lines, ''] : [];
}

/** A line a change, so that it is seen before everything that is as it was. */
function newsLines(input: ReportInput): string[] {
  const { language, paint = noPaint, narrow = unchanged } = input;
  const news = newsOf(input);
  const lines = TOLD.flatMap(({ list, style }) =>
    news[list].map((link) => {
      const word = NEWS_WORDS[list][language];
      const [first] = link.occurrences;
      const place = first ? `  ${oneLine(first.file)}:${first.line}` : '';
      return narrow(`${paint(style, word)}  ${paint('bold', oneLine(nameOf(link)))}${paint('dim', place)}`);
    }),
  );
  return lines.length > 0 ? [...lines, ''] : [];
}

function byFile(links: readonly LinkStatus[], input: ReportInput, details: boolean): string[] {
  const { paint = noPaint } = input;
  const files = new Map<string, { line: number; column: number; link: LinkStatus }[]>();
  for (const link of links) {
    for (const { file, line, column } of link.occurrences) {
      const entries = files.get(file);
      if (entries) entries.push({ line, column, link });
      else files.set(file, [{ line, column, link }]);
    }
  }
  return [...files]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([file, entries]) => [
      paint('bold', oneLine(file)),
      ...entries
        .sort((a, b) => a.line - b.line || a.column - b.column)
        .flatMap(({ line, link }) => linkLines(line, link, input, details)),
      '',
    ]);
}

function linkLines(line: number, link: LinkStatus, input: ReportInput, details: boolean): string[] {
  const { language, archive, paint = noPaint, narrow = unchanged } = input;
  const { sign, style } = LOOKS[link.verdict];
  const verdict = paint(style, `${sign} ${VERDICT_WORDS[link.verdict][language]}`);
  const head = `${String(line).padStart(6)}  ${verdict}  ${paint('bold', oneLine(nameOf(link)))}`;
  const evidence = evidenceWords(link);
  const lines = [INDENT + paint(style, reasonWords(link.reason, language)) + (evidence && ` · ${evidence}`)];
  if (details) lines.push(INDENT + healthWords(link, language));
  // Addresses stay whole however narrow the terminal is: they are there to be clicked and copied.
  const targets = link.url === '' ? [] : [paint('dim', oneLine(link.url))];
  const copy = archive !== null && link.snapshot ? `${archive}${link.snapshot.path}` : null;
  const { suggestion } = link;
  if (details && copy) targets.push(paint('dim', copy));
  else if (suggestion && suggestion.kind !== 'snapshot') targets.push(paint('info', `⇒ ${oneLine(suggestion.url)}`));
  // Whatever keeps the page from being seen today, the kept copy can be read.
  else if (copy && link.verdict !== 'moved') targets.push(paint('info', `⇒ ${oneLine(copy)}`));
  return [...[head, ...lines].map((text) => narrow(text)), ...targets.map((text) => INDENT + text)];
}

function healthWords({ health, since }: LinkStatus, language: ReportInput['language']): string {
  const words = HEALTH_WORDS[health][language];
  if (health === 'unknown' || since === null) return words;
  return language === 'zh' ? `${words}，自 ${day(since)}` : `${words} since ${day(since)}`;
}

function summary({ status, language, leftOut, paint = noPaint }: ReportInput): string[] {
  const lines = [paint('bold', countsLine(status.run.counts, language))];
  const kept = status.links.filter((link) => link.snapshot !== null).length;
  if (kept > 0) lines.push(language === 'zh' ? `已存 ${kept} 篇` : `${kept} kept in the archive`);
  if (leftOut > 0)
    lines.push(language === 'zh' ? `${leftOut} 个文件因大小未存` : `${leftOut} files left out for their size`);
  if (!status.run.complete) {
    lines.push(
      language === 'zh' ? '本次没有查完，下次接着查' : 'the run is not complete; the next one goes on with the rest',
    );
  }
  return lines;
}

function noPaint(_style: Style, text: string): string {
  return text;
}

function unchanged(line: string): string {
  return line;
}
