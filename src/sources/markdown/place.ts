import type { Nodes } from 'mdast';

/** The place of a node; only its offsets are meant. */
export function place(start: number, end: number): NonNullable<Nodes['position']> {
  return { start: { line: 1, column: 1, offset: start }, end: { line: 1, column: 1, offset: end } };
}
