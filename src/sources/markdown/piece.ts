import type { Nodes, RootContent } from 'mdast';

/** Offsets of an address's own characters. */
export interface Span {
  start: number;
  end: number;
}

/** A part of the document as a tree; offsets in the tree plus `base` are offsets in the document. */
export interface Piece {
  /** Who read it: the library, the simple reader, or nobody, for its lines are plain (no tree, see `readPlain`). */
  by: 'library' | 'simple' | 'plain';
  children: RootContent[];
  base: number;
  /** The part that was parsed, and where what belongs to this piece ends, in offsets of the document. */
  start: number;
  end: number;
  cut: number;
  /** Kind of the block that was left to the next piece. */
  dropped: string | undefined;
  /** Labels that the parser was told are defined. */
  told: ReadonlySet<string>;
  /** Where the addresses of links, images and definitions stand, in the tree's own offsets. */
  spans: ReadonlyMap<Nodes, Span>;
}
