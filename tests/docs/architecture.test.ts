import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../world/run-cli.ts';
import { text } from './commands.ts';

const SRC = join(root, 'src');
const WORDS = ['types', 'verdicts', 'words'];

/** The rows of the table of rooms: names of the rooms, what they may import, and the code that the last cell names. */
const rows = [...text('docs/architecture.md').matchAll(/^\| (`src\/.*?) \| (.*?) \| (.*?) \| (.*) \|$/gm)].map(
  ([, names = '', , may = '', through = '']) => ({
    rooms: [...names.matchAll(/`src\/([\w-]+)/g)].map((name) => name[1] ?? ''),
    may: may.split(/,\s*/),
    functions: [...through.matchAll(/`(?:[^`]*?\.)?(\w+)\(/g)].map((name) => name[1] ?? ''),
  }),
);

const roomOf = (path: string): string => (relative(SRC, path).split(/[\\/]/)[0] ?? '').replace(/\.ts$/, '');

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({ path: join(SRC, name), source: readFileSync(join(SRC, name), 'utf8') }));

/** What a row allows: `all above` are the rooms of the rows before it. */
function allowed(at: number): Set<string> {
  const may = rows[at]?.may ?? [];
  const above = rows.slice(0, at).flatMap(({ rooms }) => rooms);
  return new Set([...WORDS, ...(rows[at]?.rooms ?? []), ...may, ...(may.includes('all above') ? above : [])]);
}

test('the table names every room, and no other', () => {
  expect(rows.flatMap(({ rooms }) => rooms).sort()).toEqual([...new Set(files.map(({ path }) => roomOf(path)))].sort());
});

test('no room imports what the table does not allow it', () => {
  const wrong = files.flatMap(({ path, source }) => {
    const may = allowed(rows.findIndex(({ rooms }) => rooms.includes(roomOf(path))));
    return [...source.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)]
      .map((found) => resolve(dirname(path), found[1] ?? ''))
      .filter((target) => target.startsWith(SRC) && !may.has(roomOf(target)))
      .map((target) => `${relative(SRC, path)} imports ${relative(SRC, target)}`);
  });
  expect(wrong).toEqual([]);
});

test('every function that the table names is exported by its room', () => {
  const missing = rows.flatMap(({ rooms, functions }) => {
    const source = files.filter(({ path }) => rooms.includes(roomOf(path))).map((file) => file.source);
    const exported = (name: string) =>
      source.some((code) => new RegExp(`export (?:async )?(?:function\\*? |const )${name}\\b`).test(code)) ||
      source.some((code) => new RegExp(`^  ${name}\\(`, 'm').test(code));
    return functions.filter((name) => !exported(name)).map((name) => `${rooms[0]}: ${name}`);
  });
  expect(missing).toEqual([]);
});
