import type { Problem } from '../types.ts';
import { type Field, isWebAddress, pick } from './columns.ts';
import { jsonFault } from './json-fault.ts';
import { type JsonString, scanJson } from './json-scan.ts';
import { Lines } from './lines.ts';
import { type Found, finish, type Source } from './source.ts';

const MEND = 'from here on this is not JSON; is there a comma too many, or a quote or bracket missing?';

/**
 * Reads JSON, or one JSON value a line (`.jsonl`): every object that has an address (`url`, `href`, `link`…), with its
 * `title` and `note`, and every string of an array that is a web address. The heading is the object's own (`section`,
 * `category`…), else the name under which the array stands. Code of problems: `source/bad-json`; where every line is
 * wrong, the first of them speak for the rest.
 */
export function readJson(file: string, text: string): Source {
  const lines = new Lines(text);
  const problems: Problem[] = [];
  const found: Found[] = [];
  for (const part of partsOf(text)) {
    const fault = jsonFault(text.slice(part.start, part.end));
    if (fault === null) collect(text, part.start, part.end, found);
    else if (problems.length < FAULTS)
      problems.push({ file, ...lines.at(part.start + fault), code: 'source/bad-json', message: MEND });
  }
  return finish(file, text, lines, found, [], problems);
}

/** Faults of one file that are told. */
const FAULTS = 100;

interface Part {
  start: number;
  end: number;
}

/** The whole text, or each line of it where the text is not one JSON value but its first line is. */
function partsOf(text: string): Part[] {
  const start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const first = /[^\r\n]*/y;
  first.lastIndex = start;
  const line = first.exec(text)?.[0] ?? '';
  const whole = [{ start, end: text.length }];
  if (line.length === text.length - start || jsonFault(line) !== null || jsonFault(text.slice(start)) === null)
    return whole;
  return [...text.matchAll(/[^\r\n\ufeff]+/g)]
    .filter((match) => match[0].trim() !== '')
    .map((match) => ({ start: match.index, end: match.index + match[0].length }));
}

/** An object that is open: its strings by lower-case key, and the name under which it stands. */
interface Open {
  strings: Map<string, JsonString> | null;
  name: string | null;
  at: number;
}

function collect(text: string, start: number, end: number, found: Found[]): void {
  const open: Open[] = [];
  let key: string | null = null;
  const from = found.length;
  scanJson(text, start, end, {
    open(kind, at) {
      // An object in an array stands under the array's name.
      const name = open.at(-1)?.strings === null ? (open.at(-1)?.name ?? null) : (key ?? open.at(-1)?.name ?? null);
      open.push({ strings: kind === '{' ? new Map() : null, name, at });
      key = null;
    },
    key(string) {
      key = string.value;
    },
    string(string) {
      const inside = open.at(-1);
      if (inside?.strings && key !== null) {
        const name = key.toLowerCase();
        if (!inside.strings.has(name)) inside.strings.set(name, string);
      } else if (isWebAddress(string.value))
        found.push(entry(string, string.start, string.value, inside?.name ?? null, null));
    },
    close() {
      const closed = open.pop();
      if (!closed?.strings) return;
      const { strings } = closed;
      const value = (field: Field): string | null => pick(field, (name) => strings.get(name)?.value)?.trim() || null;
      const address = pick('address', (name) => strings.get(name));
      if (address === null || address.value.trim() === '') return;
      const heading = value('heading') ?? closed.name;
      found.push(entry(address, address.start, value('title') ?? address.value, heading, value('note')));
    },
  });
  // An object ends after the objects inside it.
  const sorted = found.splice(from).sort((one, other) => one.at - other.at);
  for (const link of sorted) found.push(link);
}

function entry(string: JsonString, at: number, text: string, heading: string | null, note: string | null): Found {
  return { at, form: 'entry', address: string.value, start: string.start, end: string.end, text, heading, note };
}
