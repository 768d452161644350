import { compact, detailed } from './compact.ts';
import { github } from './github.ts';
import type { ReportInput } from './input.ts';
import { json, jsonPieces } from './json.ts';
import { junit } from './junit.ts';
import { markdown } from './markdown.ts';
import { sarif } from './sarif.ts';

export { badge } from './badge.ts';
export { defuse } from './escape.ts';
export { feed } from './feed.ts';
export { isGone, type News, nameOf, type ReportInput, type Style } from './input.ts';
export { readme } from './readme.ts';
export { statusPage } from './status-page.ts';

const RENDERERS = { compact, detailed, json, junit, markdown, sarif, github } as const;
export type ReportFormat = keyof typeof RENDERERS;

/** Every format's name. */
export const REPORT_FORMATS = Object.keys(RENDERERS) as readonly ReportFormat[];

/** Renders one report. Pure: the same input gives the same text. */
export function render(format: ReportFormat, input: ReportInput): string {
  return RENDERERS[format](input);
}

/** The same piece by piece, where the format is one that grows with every link. */
export function renderPieces(format: ReportFormat, input: ReportInput): Iterable<string> {
  return format === 'json' ? jsonPieces(input) : [render(format, input)];
}

/** Is this the name of a format? */
export function isReportFormat(name: string): name is ReportFormat {
  return Object.hasOwn(RENDERERS, name);
}
