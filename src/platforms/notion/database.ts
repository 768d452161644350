import { jsonAt } from '../sight.ts';
import { type Block, entries, type Records, strings, text } from './records.ts';
import { html, richHtml, richText } from './richtext.ts';
import type { Database } from './tree.ts';

const MAX_ROWS = 2000;

interface Column {
  readonly id: string;
  readonly name: string;
  readonly type: string;
}

/** A database as a table: its name, the columns that the view shows, its rows in the view's order. */
export function databaseHtml(database: Database, records: Records): string {
  const collection = records.collections.get(database.collection);
  const name = richText(jsonAt(collection, 'name'), records);
  const heading = name === '' ? '' : `<h3>${html(name)}</h3>`;
  const columns = columnsOf(collection, records.views.get(database.view));
  const rows = rowsOf(database, records);
  if (columns.length === 0 || rows.length === 0) return heading;
  const head = columns.map((column) => `<th>${html(column.name)}</th>`).join('');
  const body = rows.map((row) => `<tr>${columns.map((column) => cell(row, column, records)).join('')}</tr>`).join('');
  return `${heading}<table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`;
}

/** Columns of the schema: those the view shows in its order, the title first where the view names none. */
function columnsOf(collection: unknown, view: unknown): Column[] {
  const schema = new Map(
    entries(jsonAt(collection, 'schema')).map(([id, property]) => [
      id,
      { id, name: text(property, 'name') ?? '', type: text(property, 'type') ?? 'text' },
    ]),
  );
  const format = jsonAt(view, 'format');
  const type = text(view, 'type') ?? 'table';
  const listed = jsonAt(format, `${type}_properties`) ?? jsonAt(format, 'table_properties');
  const shown = (Array.isArray(listed) ? listed : []).flatMap((entry: unknown) =>
    jsonAt(entry, 'visible') === false ? [] : (schema.get(text(entry, 'property') ?? '') ?? []),
  );
  const title = schema.get('title');
  if (shown.length === 0)
    return [...(title === undefined ? [] : [title]), ...[...schema.values()].filter((column) => column !== title)];
  return title === undefined || shown.includes(title) ? shown : [title, ...shown];
}

/** Rows that were answered for the view, else those of the records, in the view's own order. */
function rowsOf({ collection, view }: Database, records: Records): Block[] {
  const queried = records.rows.get(view);
  const sorted = strings(jsonAt(records.views.get(view), 'page_sort'));
  const own = [...records.blocks.values()].filter((block) => text(block.raw, 'parent_id') === collection);
  const order = new Map(sorted.map((id, at) => [id, at]));
  const rows =
    queried === undefined
      ? own.toSorted((a, b) => (order.get(a.id) ?? 1e9) - (order.get(b.id) ?? 1e9) || (a.id < b.id ? -1 : 1))
      : queried.flatMap((id) => records.blocks.get(id) ?? []);
  return rows.filter((row) => row.alive && jsonAt(row.raw, 'is_template') !== true).slice(0, MAX_ROWS);
}

function cell(row: Block, column: Column, records: Records): string {
  return `<td>${valueHtml(row, column, records)}</td>`;
}

function valueHtml(row: Block, { id, type }: Column, records: Records): string {
  const properties = jsonAt(row.raw, 'properties');
  const has = typeof properties === 'object' && properties !== null && Object.hasOwn(properties, id);
  const value: unknown = has ? Reflect.get(properties, id) : undefined;
  const words = richText(value, records);
  if (type === 'title')
    return `<a href="https://www.notion.so/${row.id.replaceAll('-', '')}">${html(words || row.id)}</a>`;
  if (type === 'checkbox') return words === 'Yes' ? '✓' : '';
  if (type === 'multi_select') return html(words.split(',').join(', '));
  if (type === 'url' && /^https?:\/\//.test(words)) return `<a href="${html(words)}">${html(words)}</a>`;
  if (type === 'created_time' || type === 'last_edited_time') {
    const ms = jsonAt(row.raw, type);
    return typeof ms === 'number' && Number.isFinite(ms) && Math.abs(ms) < 8e15 ? new Date(ms).toISOString() : '';
  }
  return richHtml(value, records);
}
