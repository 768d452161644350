import { jsonAt } from '../sight.ts';
import { pictureAddress } from './pictures.ts';
import { type Block, entries, list, property, type Records, strings, text } from './records.ts';
import { html, richHtml, richText } from './richtext.ts';
import type { Database } from './tree.ts';

const MAX_ROWS = 2000;

interface Column {
  readonly id: string;
  readonly name: string;
  readonly type: string | null;
}

/** A database as a table: its name, the columns that the view shows, its rows in the view's order. */
export function databaseHtml(database: Database, records: Records): string {
  const collection = records.collections.get(database.collection);
  const name = richText(jsonAt(collection, 'name'), records);
  const heading = `<h3>${html(name)}</h3>`;
  const columns = columnsOf(collection, records.views.get(database.view));
  const rows = rowsOf(database, records);
  if (columns.length === 0 || rows.length === 0) return heading;
  const head = columns.map((column) => `<th>${html(column.name)}</th>`).join('');
  const cover = jsonAt(records.views.get(database.view), 'format.gallery_cover');
  const body = rows.map((row) => {
    const cells = columns.map((column) => `<td>${valueHtml(row, column, records)}</td>`);
    return `<tr>${cells.join('').replace('<td>', () => `<td>${coverHtml(row, cover)}`)}</tr>`;
  });
  return `${heading}<table><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table>`;
}

/**
 * Columns of the schema: those the view shows in its order, all of them where it names none; the title first where it
 * is not among them, last the one by which a board is parted.
 */
function columnsOf(collection: unknown, view: unknown): Column[] {
  const schema = new Map(
    entries(jsonAt(collection, 'schema')).map(([id, column]) => [
      id,
      { id, name: text(column, 'name') ?? '', type: text(column, 'type') },
    ]),
  );
  const format = jsonAt(view, 'format');
  const listed = list(
    jsonAt(format, `${String(jsonAt(view, 'type'))}_properties`) ?? jsonAt(format, 'table_properties'),
  );
  const shown = listed.filter((entry) => jsonAt(entry, 'visible') !== false).map((entry) => jsonAt(entry, 'property'));
  const parted = [jsonAt(format, 'board_columns_by.property'), jsonAt(format, 'collection_group_by.property')];
  const titled = shown.includes('title') ? shown : ['title', ...shown];
  const wanted = shown.length === 0 ? ['title', ...schema.keys()] : [...titled, ...parted];
  return [...new Set(wanted)].flatMap((id) => schema.get(String(id)) ?? []);
}

/** Rows that were answered for the view, else those of the records, in the view's own order. */
function rowsOf({ collection, view }: Database, records: Records): Block[] {
  const queried = records.rows.get(view);
  const sorted = strings(jsonAt(records.views.get(view), 'page_sort'));
  const own = [...records.blocks.values()].filter((block) => text(block.raw, 'parent_id') === collection);
  const ids = queried ?? [...sorted, ...own.map(({ id }) => id).toSorted()];
  const rows = [...new Set(ids)].flatMap((id) => records.blocks.get(id) ?? []);
  return rows.filter((row) => row.alive && jsonAt(row.raw, 'is_template') !== true).slice(0, MAX_ROWS);
}

/** The picture that a gallery shows of a row: its page's cover, or the first file of a property. */
function coverHtml(row: Block, cover: unknown): string {
  const [file] = list(property(jsonAt(row.raw, 'properties'), String(jsonAt(cover, 'property'))));
  const [mark] = list(list(file)[1]);
  const source = jsonAt(cover, 'type') === 'page_cover' ? jsonAt(row.raw, 'format.page_cover') : list(mark)[1];
  const url = typeof source === 'string' ? pictureAddress(source, row.id) : null;
  return url === null ? '' : `<img src="${html(url)}" alt=""><br>`;
}

function valueHtml(row: Block, { id, type }: Column, records: Records): string {
  const value = property(jsonAt(row.raw, 'properties'), id);
  const words = richText(value, records);
  if (type === 'title')
    return `<a href="https://www.notion.so/${row.id.replaceAll('-', '')}">${html(words || 'Untitled')}</a>`;
  if (type === 'checkbox') return words === 'Yes' ? '✓' : '';
  if (type === 'multi_select') return html(words.split(',').join(', '));
  if (type === 'url' && /^https?:\/\//.test(words)) return `<a href="${html(words)}">${html(words)}</a>`;
  if (type === 'created_time' || type === 'last_edited_time') {
    const ms = jsonAt(row.raw, type);
    return typeof ms === 'number' && Math.abs(ms) < 8e15 ? new Date(ms).toISOString() : '';
  }
  return richHtml(value, records);
}
