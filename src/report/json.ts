import type { LinkStatus } from '../types.ts';
import { jsonText } from './escape.ts';
import { newsOf, type ReportInput } from './input.ts';

/** The status with what changed, as JSON with stable key order. */
export function json(input: ReportInput): string {
  const news = Object.fromEntries(
    Object.entries(newsOf(input)).map(([list, links]: [string, LinkStatus[]]) => [list, links.map((link) => link.id)]),
  );
  return jsonText({ ...input.status, news, problems: input.problems });
}
