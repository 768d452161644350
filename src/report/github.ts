import type { LinkStatus } from '../types.ts';
import { oneLine } from './escape.ts';
import { isGone, nameOf, type ReportInput } from './input.ts';
import { countsLine, evidenceWords, why } from './sentences.ts';

/** GitHub shows at most this many annotations of a kind for one step. */
const MOST = 10;

type Level = 'error' | 'warning' | 'notice';

/** Workflow commands that become annotations on the lines of the sources. What is over GitHub's limit is counted, not hidden. */
export function github({ status, problems, language }: ReportInput): string {
  const lines: Record<Level, string[]> = { error: [], warning: [], notice: [] };
  for (const { file, line, column, message } of problems) {
    lines.warning.push(command('warning', { file, line: line ?? 1, col: column ?? 1, title: 'linkark' }, message));
  }
  for (const link of status.links) {
    const level = levelOf(link);
    if (level === null) continue;
    for (const { file, line, column } of link.occurrences) {
      const message = `${nameOf(link)} ${link.url} ${evidenceWords(link)}`;
      lines[level].push(command(level, { file, line, col: column, title: why(link, language) }, message));
    }
  }
  const shown = (['error', 'warning', 'notice'] as const).flatMap((level) => limit(level, lines[level], language));
  return [...shown, oneLine(countsLine(status.run.counts, language)), ''].join('\n');
}

function limit(level: Level, lines: readonly string[], language: ReportInput['language']): string[] {
  if (lines.length <= MOST) return [...lines];
  const rest = lines.length - (MOST - 1);
  const words = language === 'zh' ? `另有 ${rest} 条，见报告` : `${rest} more: see the report`;
  return [...lines.slice(0, MOST - 1), command(level, { title: 'linkark' }, words)];
}

function levelOf(link: LinkStatus): Level | null {
  if (isGone(link)) return 'error';
  if (link.verdict === 'unreachable' || link.verdict === 'drifted') return 'warning';
  if (link.verdict === 'blocked' || link.verdict === 'moved' || link.verdict === 'unclear') return 'notice';
  return null;
}

function command(level: Level, properties: Readonly<Record<string, string | number>>, message: string): string {
  const list = Object.entries(properties).map(([key, value]) => `${key}=${property(String(value))}`);
  return `::${level} ${list.join(',')}::${data(message)}`;
}

/** Escapes as GitHub's own toolkit documents it: data first, and `:` and `,` in properties. */
function data(text: string): string {
  return oneLine(text).replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function property(text: string): string {
  return data(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
