import type { Problem, Reference } from '../types.ts';
import type { Lines } from './lines.ts';

/** The kinds of list that are read. */
export const FORMATS = ['markdown', 'html', 'text', 'bookmarks', 'opml', 'csv', 'json'] as const;
export type Format = (typeof FORMATS)[number];

/** What one list holds. */
export interface Source {
  /** In the order of the file. */
  references: Reference[];
  problems: Problem[];
  /** Fragments that lead to a place in this file (`#…` without the `#`), in the order of the file. */
  anchors: string[];
}

/** An occurrence found, before its line and column are worked out. Offsets are UTF-16, in the source's text. */
export interface Found extends Omit<Reference, 'file' | 'line' | 'column' | 'raw'> {
  /** Where the link's construct begins. */
  at: number;
}

/** Characters of a heading that are kept: it is written out again for each link beneath it. */
const LONGEST_HEADING = 300;

/** Gives what was found its place and its spelling in the file. */
export function finish(
  file: string,
  text: string,
  lines: Lines,
  found: readonly Found[],
  anchors: string[] = [],
  problems: Problem[] = [],
): Source {
  const references = found.map(
    ({ at, start, end, heading, ...rest }): Reference => ({
      file,
      ...lines.at(at),
      raw: text.slice(start, end),
      ...rest,
      heading: heading === null ? null : shortened(heading),
      start,
      end,
    }),
  );
  return { references, problems, anchors };
}

function shortened(heading: string): string {
  if (heading.length <= LONGEST_HEADING) return heading;
  return `${heading.slice(0, LONGEST_HEADING).replace(/[\ud800-\udbff]$/, '')}…`;
}
