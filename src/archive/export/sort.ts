import { join } from 'node:path';
import { readLines, removeTree } from '../disk.ts';
import { compareText } from '../json.ts';
import { writeStream } from '../stage.ts';

const CHUNK = 50_000;

/** Sorts any number of ASCII lines by bytes, holding 50 000 at a time; the rest waits in files in `folder`. */
export async function* sortLines(lines: AsyncIterable<string>, folder: string): AsyncGenerator<string> {
  const files: string[] = [];
  let chunk: string[] = [];
  const spill = async (): Promise<void> => {
    const sorted = chunk.sort(compareText);
    chunk = [];
    const path = join(folder, String(files.length));
    await writeStream(path, asLines(sorted));
    files.push(path);
  };
  for await (const line of lines) {
    chunk.push(line);
    if (chunk.length >= CHUNK) await spill();
  }
  if (files.length === 0) {
    yield* chunk.sort(compareText);
    return;
  }
  if (chunk.length > 0) await spill();
  yield* mergeFiles(files);
  await removeTree(folder);
}

async function* asLines(lines: readonly string[]): AsyncGenerator<string> {
  for (const line of lines) yield `${line}\n`;
}

async function* mergeFiles(files: readonly string[]): AsyncGenerator<string> {
  const readers = files.map((path) => readLines(path));
  const heads = await Promise.all(readers.map((reader) => reader.next()));
  for (;;) {
    let least = -1;
    for (const [index, head] of heads.entries()) {
      const best = heads[least];
      if (head.done !== true && (best === undefined || best.done === true || head.value.line < best.value.line))
        least = index;
    }
    const head = heads[least];
    const reader = readers[least];
    if (head === undefined || head.done === true || reader === undefined) return;
    yield head.value.line;
    heads[least] = await reader.next();
  }
}
