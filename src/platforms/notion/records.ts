import { jsonAt } from '../sight.ts';
import { dashed, pageId } from './identity.ts';

/** A block with the fields that are read; everything is checked, for the answers are not ours. */
export interface Block {
  readonly id: string;
  readonly type: string;
  readonly alive: boolean;
  readonly content: readonly string[];
  readonly raw: unknown;
}

/** The records of one visit's answers together. Ids are dashed and lower case. */
export class Records {
  readonly blocks = new Map<string, Block>();
  readonly collections = new Map<string, unknown>();
  readonly views = new Map<string, unknown>();
  readonly users = new Map<string, string>();
  /** Row ids of a database by its view, in the order of the view. */
  readonly rows = new Map<string, readonly string[]>();

  /** Adds what an answer carries: `{recordMap: …}`, or a bare record map. Records already known are kept. */
  add(json: unknown): void {
    const map = jsonAt(json, 'recordMap') ?? json;
    for (const [id, record] of entries(jsonAt(map, 'block'))) {
      const block = blockOf(id, recordValue(record));
      if (block !== null && !this.blocks.has(block.id)) this.blocks.set(block.id, block);
    }
    fill(this.collections, jsonAt(map, 'collection'));
    fill(this.views, jsonAt(map, 'collection_view'));
    for (const [id, record] of entries(jsonAt(map, 'notion_user'))) {
      const user = recordValue(record);
      const name = text(user, 'name') ?? text(user, 'given_name');
      if (name !== null) this.users.set(uuid(id), name);
    }
    for (const [, byView] of entries(jsonAt(map, 'collection_query'))) {
      for (const [view, result] of entries(byView)) this.addRows(view, result);
    }
  }

  /** Rows that `queryCollection` answered for a view: one list, or one list a group. */
  addRows(view: string, result: unknown): void {
    const reducers = jsonAt(result, 'reducerResults') ?? result;
    const whole = jsonAt(reducers, 'collection_group_results.blockIds') ?? jsonAt(result, 'blockIds');
    const groups = entries(reducers).filter(([name]) => name.startsWith('results:'));
    const found =
      whole === undefined ? groups.flatMap(([, group]) => strings(jsonAt(group, 'blockIds'))) : strings(whole);
    const ids = [...new Set(found.map(uuid))];
    if (ids.length > 0 && !this.rows.has(uuid(view))) this.rows.set(uuid(view), ids);
  }

  /** The page of that id: 32 hex digits, with or without dashes. */
  page(id: string): Block | null {
    return this.blocks.get(uuid(id)) ?? null;
  }
}

/** Both nestings: `{role, value}`, and since 2026 `{spaceId, value: {value, role}}`. */
function recordValue(record: unknown): unknown {
  const inner = jsonAt(record, 'value.value');
  return typeof inner === 'object' && inner !== null ? inner : jsonAt(record, 'value');
}

function blockOf(key: string, value: unknown): Block | null {
  const type = text(value, 'type');
  if (type === null) return null;
  const content = strings(jsonAt(value, 'content')).map(uuid);
  return { id: uuid(text(value, 'id') ?? key), type, alive: jsonAt(value, 'alive') !== false, content, raw: value };
}

function fill(target: Map<string, unknown>, records: unknown): void {
  for (const [id, record] of entries(records)) {
    const value = recordValue(record);
    if (value !== undefined && value !== null && !target.has(uuid(id))) target.set(uuid(id), value);
  }
}

/** An id as the records are keyed here; what is no id stays as it is. */
export function uuid(id: string): string {
  const plain = pageId(id);
  return plain !== null && id.replaceAll('-', '').length === 32 ? dashed(plain) : id;
}

export function entries(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}

/** The members of a list; none where it is no list. */
export function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

export function strings(value: unknown): string[] {
  return list(value).filter((item) => typeof item === 'string');
}

/** A property by its own name, which may hold dots; undefined where there is none. */
export function property(properties: unknown, name: string): unknown {
  const has = typeof properties === 'object' && properties !== null && Object.hasOwn(properties, name);
  return has ? Reflect.get(properties, name) : undefined;
}

/** A text with content at a path, or null. */
export function text(value: unknown, path: string): string | null {
  const found = jsonAt(value, path);
  return typeof found === 'string' && found.trim() !== '' ? found : null;
}
