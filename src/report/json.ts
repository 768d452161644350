import type { LinkStatus } from '../types.ts';
import { jsonText } from './escape.ts';
import { newsOf, type ReportInput } from './input.ts';

/** The status with what changed, as JSON with stable key order. */
export function json(input: ReportInput): string {
  return [...jsonPieces(input)].join('');
}

/** The same link by link: of a list of a hundred thousand it is a hundred megabytes. */
export function* jsonPieces(input: ReportInput): Generator<string> {
  const { links } = input.status;
  const news = Object.fromEntries(
    Object.entries(newsOf(input)).map(([list, of]: [string, LinkStatus[]]) => [list, of.map((link) => link.id)]),
  );
  const frame = jsonText({ ...input.status, links: [], news, problems: input.problems });
  if (links.length === 0) return yield frame;
  // Line breaks inside of strings are escaped, so this is the member itself and nothing that a string says.
  const end = frame.indexOf(LINKS) + LINKS.length;
  yield frame.slice(0, end);
  let before = '\n    ';
  for (const link of links) {
    yield before + jsonText(link).trimEnd().replaceAll('\n', '\n    ');
    before = ',\n    ';
  }
  yield `\n  ${frame.slice(end)}`;
}

const LINKS = '\n  "links": [';
