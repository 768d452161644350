import type { Status, Transition } from '../types.ts';
import type { Language } from './strings.ts';

/** A picture of a kept page. */
export interface KeptPicture {
  /** Address it was fetched from. */
  url: string;
  alt: string;
  /** Path below archive/; null where it could not be had. */
  asset: string | null;
  /** In pixels, where known. */
  width: number | null;
  height: number | null;
}

/** What the reader needs of one kept version of a page; page.json (linkark/page@1) holds all of it. */
export interface KeptPage {
  id: string;
  url: string;
  title: string | null;
  author: string | null;
  account: string | null;
  published: string | null;
  updated: string | null;
  captured: string;
  language: string | null;
  partial: boolean;
  original: string | null;
  text: string;
  html: string;
  pictures: readonly KeptPicture[];
}

/** Bytes in one part of the archive, such as `pages` or `warc`. */
export interface PartSize {
  part: string;
  bytes: number;
}

/** Everything the reader is made from. Pages are asked for one at a time and never held together. */
export interface ReaderInput {
  status: Status;
  /** Language of the static pages; with scripts the browser's own language wins. */
  language: Language;
  /** Name of the collection; null for linkark's own. */
  title: string | null;
  /** All recorded transitions, oldest first. */
  changes: readonly Transition[];
  /** Names of a link's earlier versions (`20261123T020000Z`), oldest first. */
  versions(id: string): Promise<readonly string[]>;
  /** The kept page, latest or of a named version; null where there is none. */
  page(id: string, version?: string): Promise<KeptPage | null>;
  /** Null where not measured. */
  sizes: readonly PartSize[] | null;
}

/** One file of the reader; the path is relative to archive/. */
export interface ReaderFile {
  path: string;
  content: string | Uint8Array;
}
