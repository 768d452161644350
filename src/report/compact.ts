import type { LinkStatus } from '../types.ts';
import { oneLine } from './escape.ts';
import { isGone, nameOf, type ReportInput, type Style } from './input.ts';
import { countsLine, evidenceWords, why } from './sentences.ts';

const STYLES: Readonly<Record<LinkStatus['verdict'], Style>> = {
  alive: 'good',
  moved: 'info',
  drifted: 'warn',
  gone: 'bad',
  blocked: 'warn',
  unclear: 'warn',
  unreachable: 'bad',
  skipped: 'dim',
};

/** What needs a look, a line each under its source file, and the counts. */
export function compact(input: ReportInput): string {
  const shown = input.status.links.filter(needsALook);
  return [...problemLines(input), ...byFile(shown, input, false), summary(input), ''].join('\n');
}

/** Every link, with its evidence. */
export function detailed(input: ReportInput): string {
  return [...problemLines(input), ...byFile(input.status.links, input, true), summary(input), ''].join('\n');
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

function byFile(links: readonly LinkStatus[], input: ReportInput, whole: boolean): string[] {
  const { paint = noPaint } = input;
  const files = new Map<string, { line: number; link: LinkStatus }[]>();
  for (const link of links) {
    for (const { file, line } of link.occurrences) files.set(file, [...(files.get(file) ?? []), { line, link }]);
  }
  return [...files]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([file, entries]) => [
      paint('bold', oneLine(file)),
      ...entries.sort((a, b) => a.line - b.line).flatMap(({ line, link }) => linkLines(line, link, input, whole)),
      '',
    ]);
}

function linkLines(
  line: number,
  link: LinkStatus,
  { language, paint = noPaint }: ReportInput,
  whole: boolean,
): string[] {
  const head = `${String(line).padStart(5)}  ${paint(STYLES[link.verdict], why(link, language))}  ${oneLine(nameOf(link))}`;
  const indent = ' '.repeat(7);
  const rest = [paint('dim', oneLine(link.url)), evidenceWords(link)];
  if (whole && link.snapshot) rest.push(paint('dim', `archive/${link.snapshot.path}`));
  return [head, ...rest.filter((part) => part !== '').map((part) => indent + part)];
}

function summary({ status, language, leftOut, paint = noPaint }: ReportInput): string {
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
  return lines.join('\n');
}

function noPaint(_style: Style, text: string): string {
  return text;
}
