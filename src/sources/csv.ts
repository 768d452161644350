import type { Problem } from '../types.ts';
import { type Field, isWebAddress, pick } from './columns.ts';
import { Lines } from './lines.ts';
import { type Found, finish, type Source } from './source.ts';

/** A cell: its text, and the offsets of its own characters as written, quotes not counted. */
interface Cell {
  text: string;
  start: number;
  end: number;
}

/**
 * Reads a table (RFC 4180; comma, semicolon or tab between the cells). The first row names the columns: `url` (or `link`,
 * `href`, `链接`…), and where they are there `title`, `note`, `heading`; without such a row the first column that holds
 * web addresses is taken. Code of the one problem: `source/no-address-column`.
 */
export function readCsv(file: string, text: string): Source {
  const lines = new Lines(text);
  const rows = readRows(text);
  const columns = columnsOf(rows);
  if (columns === null) {
    const message = 'no column holds addresses; name one "url" in the first row';
    const problem: Problem = { file, line: 1, column: 1, code: 'source/no-address-column', message };
    return finish(file, text, lines, [], [], rows.length === 0 ? [] : [problem]);
  }
  const found: Found[] = [];
  for (const row of columns.named ? rows.slice(1) : rows) {
    const cell = row[columns.address];
    if (cell === undefined || cell.text.trim() === '') continue;
    const value = (field: Field): string | null => row[columns[field] ?? -1]?.text.trim() || null;
    const title = value('title') ?? cell.text.trim();
    const { start, end } = trimmed(cell, text);
    const address = cell.text.trim();
    found.push({
      at: start,
      form: 'entry',
      address,
      start,
      end,
      text: title,
      heading: value('heading'),
      note: value('note'),
    });
  }
  return finish(file, text, lines, found);
}

interface Columns extends Record<Exclude<Field, 'address'>, number | null> {
  address: number;
  named: boolean;
}

function columnsOf(rows: readonly Cell[][]): Columns | null {
  const names = new Map<string, number>();
  rows[0]?.forEach((cell, index) => {
    const name = cell.text.trim().toLowerCase();
    if (!names.has(name)) names.set(name, index);
  });
  const column = (field: Field): number | null => pick(field, (name) => names.get(name));
  const address = column('address');
  if (address !== null) {
    return { address, named: true, title: column('title'), note: column('note'), heading: column('heading') };
  }
  for (const row of rows.slice(0, 10)) {
    const index = row.findIndex((cell) => isWebAddress(cell.text));
    if (index >= 0) return { address: index, named: false, title: null, note: null, heading: null };
  }
  return null;
}

/** The separator that the first row uses most outside of quotes. */
function separatorOf(text: string): string {
  const end = text.search(/[\r\n]/);
  const row = (end < 0 ? text : text.slice(0, end)).slice(0, 10_000).replace(/"[^"]*"/g, '');
  const counts = [',', '\t', ';'].map((char) => ({ char, count: row.split(char).length }));
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).char;
}

function readRows(text: string): Cell[][] {
  const separator = separatorOf(text);
  const rows: Cell[][] = [];
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (at < text.length) {
    const row: Cell[] = [];
    for (;;) {
      const { cell, next } = readCell(text, at, separator);
      row.push(cell);
      at = next;
      if (text.charAt(at) !== separator) break;
      at += 1;
    }
    if (text.startsWith('\r\n', at)) at += 2;
    else at += 1;
    if (row.length > 1 || row[0]?.text.trim() !== '') rows.push(row);
  }
  return rows;
}

function readCell(text: string, from: number, separator: string): { cell: Cell; next: number } {
  if (text.charAt(from) !== '"') {
    let end = from;
    while (end < text.length && !isCellEnd(text.charAt(end), separator)) end += 1;
    return { cell: { text: text.slice(from, end), start: from, end }, next: end };
  }
  let end = text.indexOf('"', from + 1);
  while (end >= 0 && text.charAt(end + 1) === '"') end = text.indexOf('"', end + 2);
  if (end < 0) end = text.length;
  const cell = { text: text.slice(from + 1, end).replaceAll('""', '"'), start: from + 1, end };
  let next = Math.min(end + 1, text.length);
  while (next < text.length && !isCellEnd(text.charAt(next), separator)) next += 1;
  return { cell, next };
}

function isCellEnd(char: string, separator: string): boolean {
  return char === separator || char === '\n' || char === '\r';
}

function trimmed(cell: Cell, text: string): { start: number; end: number } {
  const own = text.slice(cell.start, cell.end);
  return { start: cell.start + own.length - own.trimStart().length, end: cell.end - own.length + own.trimEnd().length };
}
