import type { ListMeta, ListShard } from '../data.ts';
import { unpackEntry, unpackRow } from '../data.ts';
import type { Entry, Group, Row } from '../entries.ts';
import { noteText } from '../note.ts';
import { listShardPath } from '../paths.ts';
import { fold } from '../search/terms.ts';
import { deliver, delivered } from './delivery.ts';

/** The list as far as it has arrived. */
export interface Model {
  groups: Group[];
  entries: Entry[];
  rows: Row[];
  /** Folded words of each entry, for searching: title; then title, author, address and notes together. */
  titles: string[];
  words: string[];
  /** First line of each entry. */
  firstRow: number[];
  total: number;
}

export function emptyModel(): Model | null {
  const meta = delivered('meta', 0);
  if (!isMeta(meta)) return null;
  return { groups: meta.groups, entries: [], rows: [], titles: [], words: [], firstRow: [], total: meta.entries };
}

function isMeta(value: unknown): value is ListMeta {
  return typeof value === 'object' && value !== null && 'groups' in value && 'shards' in value;
}

function isShard(value: unknown): value is ListShard {
  return typeof value === 'object' && value !== null && 'entries' in value && 'rows' in value;
}

/** Loads the list: all shards at once, taken in their order. */
export async function loadModel(model: Model): Promise<void> {
  const meta = delivered('meta', 0);
  if (!isMeta(meta)) return;
  const coming = Array.from({ length: meta.shards }, (_, shard) => deliver('list', shard, listShardPath(shard)));
  for (const one of coming) {
    const value = await one;
    if (isShard(value)) addShard(model, value);
  }
}

function addShard(model: Model, shard: ListShard): void {
  for (const packed of shard.entries) {
    const entry = unpackEntry(packed);
    if (entry === null) continue;
    model.entries[entry.n] = entry;
    model.titles[entry.n] = fold(entry.title);
    model.words[entry.n] = fold([entry.title, entry.author ?? '', entry.url].join('\n'));
  }
  for (const packed of shard.rows) {
    const row = unpackRow(packed);
    model.firstRow[row.entry] ??= model.rows.length;
    if (row.note.length > 0) model.words[row.entry] += `\n${fold(noteText(row.note))}`;
    model.rows.push(row);
  }
}
