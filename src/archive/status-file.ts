import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { LinkStatus, Run } from '../types.ts';
import { readPieces, readText, statPath } from './disk.ts';
import { isObject, parseJson } from './json.ts';
import { isStatus } from './status.ts';

/** How status.json begins and ends where it stands as it was written; anything else is read whole. */
const BEGIN = '{\n  "schema": "linkark/status@1",\n  "run": {\n';
const LINKS = '\n  "links": [';
const END = ']\n}\n';
/** Between two entries. Line breaks inside of strings are escaped, and inside of an entry all lines stand deeper. */
const BETWEEN = Buffer.from('\n    },\n');
/** The head holds the run and its counts: some 500 bytes. */
const MOST_HEAD = 8192;

/** The run of a status.json, by its first lines where it stands as it was written; null where there is none. */
export async function readRun(path: string): Promise<Run | null> {
  const head = await readHead(path);
  const status = parseJson(head === null ? ((await readText(path)) ?? '') : `${head}${LINKS}${END}`);
  return isStatus(status) ? status.run : null;
}

/**
 * The entries of a status.json one after the other: of a list of a hundred thousand links it is a hundred megabytes.
 * Nothing where there is no such file, or it is damaged.
 */
export async function* readLinks(path: string): AsyncGenerator<LinkStatus> {
  const head = await readHead(path);
  if (head === null) {
    const status = parseJson((await readText(path)) ?? '');
    if (isStatus(status)) yield* status.links;
    return;
  }
  const first = Buffer.byteLength(head + LINKS);
  for await (const text of entryTexts(path, first)) {
    const entry = parseJson(text);
    if (isEntry(entry)) yield entry;
  }
}

/** What stands before the links; null where the file is not there, not whole, or of another hand. */
async function readHead(path: string): Promise<string | null> {
  if ((await statPath(path))?.isFile() !== true) return null;
  const { head, tail } = readEnds(path);
  const end = head.indexOf(LINKS);
  return head.startsWith(BEGIN) && end > 0 && tail === END ? head.slice(0, end) : null;
}

function readEnds(path: string): { head: string; tail: string } {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    const head = Buffer.alloc(Math.min(size, MOST_HEAD));
    const tail = Buffer.alloc(Math.min(size, END.length));
    readSync(file, head, 0, head.length, 0);
    readSync(file, tail, 0, tail.length, size - tail.length);
    return { head: head.toString('utf8'), tail: tail.toString('utf8') };
  } finally {
    closeSync(file);
  }
}

/** The JSON of each entry, from the first on. */
async function* entryTexts(path: string, start: number): AsyncGenerator<string> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of readPieces(path, start)) {
    const data = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let from = 0;
    for (let end = data.indexOf(BETWEEN); end !== -1; end = data.indexOf(BETWEEN, from)) {
      yield `${data.toString('utf8', from, end)}}`;
      from = end + BETWEEN.length;
    }
    rest = data.subarray(from);
  }
  const last = rest.toString('utf8');
  yield last.slice(0, last.lastIndexOf(END));
}

function isEntry(value: unknown): value is LinkStatus {
  return isObject(value) && typeof value.id === 'string' && Array.isArray(value.occurrences);
}
