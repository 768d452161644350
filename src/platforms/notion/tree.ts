import { jsonAt } from '../sight.ts';
import { type Block, type Records, strings, text, uuid } from './records.ts';

/** Pages and databases inside a page are links to other pages: their content is not this page's. */
const CLOSED = new Set(['page', 'collection_view_page', 'alias', 'link_to_page']);
const MAX_BLOCKS = 20_000;

/** Blocks of a page in reading order, itself first, without the content of pages inside it. Iterative, each once. */
function walk(records: Records, id: string): { blocks: Block[]; missing: string[] } {
  const root = records.page(id);
  const blocks: Block[] = [];
  const missing: string[] = [];
  const seen = new Set<string>();
  const stack: string[] = root === null ? [] : [root.id];
  for (let next = stack.pop(); next !== undefined && seen.size < MAX_BLOCKS; next = stack.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    const block = records.blocks.get(next);
    if (block === undefined) missing.push(next);
    else {
      blocks.push(block);
      if (block === root || !CLOSED.has(block.type)) stack.push(...childrenOf(block).toReversed());
    }
  }
  return { blocks, missing };
}

/** Children of a block; a reference to a synced block has that block as its child. */
export function childrenOf(block: Block): readonly string[] {
  const original = text(block.raw, 'format.transclusion_reference_pointer.id');
  return original === null ? block.content : [...block.content, uuid(original)];
}

/** Blocks that the page lists and that no answer carried. */
export function missingBlocks(records: Records, id: string): string[] {
  return walk(records, id).missing;
}

export interface Database {
  readonly collection: string;
  readonly view: string;
}

/** The databases shown on a page, each with its first view. */
export function databasesOf(records: Records, id: string): Database[] {
  return walk(records, id).blocks.flatMap((block) => databaseOf(records, block, id) ?? []);
}

/** The database that a block shows, or null; a database page inside another page is only a link. */
export function databaseOf(records: Records, block: Block, pageId: string): Database | null {
  const isRoot = block === records.page(pageId);
  if (block.type !== 'collection_view' && !(isRoot && block.type === 'collection_view_page')) return null;
  const view = strings(jsonAt(block.raw, 'view_ids'))[0];
  if (view === undefined) return null;
  const shown = records.views.get(uuid(view));
  const collection =
    text(block.raw, 'collection_id') ??
    text(block.raw, 'format.collection_pointer.id') ??
    text(shown, 'format.collection_pointer.id') ??
    text(shown, 'collection_id');
  return collection === null ? null : { collection: uuid(collection), view: uuid(view) };
}
