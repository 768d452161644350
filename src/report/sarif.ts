import { type LinkStatus, REASONS, type Verdict } from '../types.ts';
import { reasonWords } from '../words.ts';
import { jsonText, oneLine, uriPath } from './escape.ts';
import { nameOf, type ReportInput } from './input.ts';
import { evidenceWords, why } from './sentences.ts';

type Level = 'error' | 'warning' | 'note';

/** How bad a verdict is; null where it makes no result. */
const LEVELS: Readonly<Record<Verdict, Level | null>> = {
  alive: null,
  gone: 'error',
  unreachable: 'warning',
  drifted: 'warning',
  moved: 'note',
  blocked: 'note',
  unclear: 'note',
  skipped: null,
};

/** GitHub's code scanning takes no run with more results; the worst of them are kept. */
const MOST = 25_000;
const ORDER = { error: 0, warning: 1, note: 2 } as const;

/** SARIF 2.1.0: a result an occurrence of every link that is not simply alive; locations are the sources. */
export function sarif({ status, language }: ReportInput): string {
  const rules = Object.entries(LEVELS).flatMap(([verdict, level]) => ruleObjects(verdict as Verdict, level));
  const index = new Map(rules.map((rule, at) => [rule.id, at]));
  const results = status.links.flatMap((link) => resultObjects(link, index, language));
  const shown =
    results.length > MOST ? [...results].sort((a, b) => ORDER[a.level] - ORDER[b.level]).slice(0, MOST) : results;
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'linkark', rules } },
        columnKind: 'utf16CodeUnits',
        results: shown,
        ...(shown.length < results.length ? { properties: { leftOut: results.length - shown.length } } : {}),
      },
    ],
  };
  return jsonText(log);
}

function ruleObjects(verdict: Verdict, level: Level | null) {
  if (level === null) return [];
  return REASONS[verdict].map((reason) => ({
    id: `${verdict}/${reason}`,
    shortDescription: { text: `${verdict}: ${reasonWords(reason, 'en')}` },
    defaultConfiguration: { level },
  }));
}

function resultObjects(link: LinkStatus, index: ReadonlyMap<string, number>, language: ReportInput['language']) {
  const level = LEVELS[link.verdict];
  if (level === null) return [];
  const ruleId = `${link.verdict}/${link.reason}`;
  const evidence = evidenceWords(link);
  const text = `${oneLine(nameOf(link))}: ${why(link, language)}. ${oneLine(link.url)}${evidence ? ` (${evidence})` : ''}`;
  return link.occurrences.map(({ file, line, column }) => ({
    ruleId,
    // SARIF's own sign for a rule that is not among those of the run: a reason that another version wrote.
    ruleIndex: index.get(ruleId) ?? -1,
    level,
    message: { text },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriPath(file) },
          region: { startLine: line, startColumn: column },
        },
      },
    ],
    partialFingerprints: { 'linkId/v1': link.id },
  }));
}
