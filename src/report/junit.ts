import type { LinkStatus } from '../types.ts';
import { xml } from './escape.ts';
import { nameOf, type ReportInput } from './input.ts';
import { evidenceWords, why } from './sentences.ts';

interface Sums {
  tests: number;
  failures: number;
  skipped: number;
}

/** JUnit XML: a suite a source file, a case an occurrence; what is gone or out of reach fails, walls and the rest are skipped. */
export function junit({ status, language }: ReportInput): string {
  const totals: Sums = { tests: 0, failures: 0, skipped: 0 };
  const files = new Map<string, Sums & { cases: string[] }>();
  for (const link of status.links) {
    for (const { file, line, column } of link.occurrences) {
      const suite = files.get(file) ?? { tests: 0, failures: 0, skipped: 0, cases: [] };
      files.set(file, suite);
      const kind = outcome(link);
      for (const sum of [totals, suite]) {
        sum.tests += 1;
        if (kind === 'failure') sum.failures += 1;
        if (kind === 'skipped') sum.skipped += 1;
      }
      const message = `${why(link, language)}. ${evidenceWords(link)}`.trim();
      const name = `${nameOf(link)} (${line}:${column})`;
      const attributes = `classname="${xml(file)}" name="${xml(name)}" file="${xml(file)}" line="${line}" time="${seconds(link)}"`;
      suite.cases.push(testcase(kind, attributes, link, message));
    }
  }
  const suites = [...files]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([file, { cases, ...sums }]) => testsuite(file, cases, sums));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="linkark" tests="${totals.tests}" failures="${totals.failures}" errors="0" skipped="${totals.skipped}">`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n');
}

function testsuite(file: string, cases: readonly string[], sums: Sums): string {
  const counts = `tests="${sums.tests}" failures="${sums.failures}" errors="0" skipped="${sums.skipped}"`;
  return [`  <testsuite name="${xml(file)}" ${counts}>`, ...cases, '  </testsuite>'].join('\n');
}

function testcase(
  kind: 'passed' | 'failure' | 'skipped',
  attributes: string,
  link: LinkStatus,
  message: string,
): string {
  if (kind === 'passed') return `    <testcase ${attributes}/>`;
  const type = kind === 'failure' ? ` type="${link.verdict}/${link.reason}"` : '';
  const body =
    kind === 'failure'
      ? `<failure message="${xml(message)}"${type}>${xml(link.url)}</failure>`
      : `<skipped message="${xml(message)}"/>`;
  return `    <testcase ${attributes}>${body}</testcase>`;
}

function outcome(link: LinkStatus): 'passed' | 'failure' | 'skipped' {
  switch (link.verdict) {
    case 'alive':
    case 'moved':
      return 'passed';
    case 'gone':
    case 'unreachable':
    case 'drifted':
      return 'failure';
    case 'blocked':
    case 'unclear':
    case 'skipped':
      return 'skipped';
  }
}

function seconds(link: LinkStatus): string {
  return ((link.evidence?.ms ?? 0) / 1000).toFixed(3);
}
