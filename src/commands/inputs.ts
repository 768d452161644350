import { relative, resolve, sep } from 'node:path';
import picomatch from 'picomatch';
import { listTree, readBytes, readText, statPath } from '../archive/disk.ts';
import { decodeSource, formatOf, isSourceFile, readSource } from '../sources/index.ts';
import type { Problem, Reference } from '../types.ts';
import type { Options } from './options.ts';
import { UsageError } from './options.ts';
import type { Terminal } from './terminal.ts';

/** Folders that never hold a person's lists. */
const PASSED_OVER = new Set(['node_modules', '.git', 'dist', 'coverage', '.linkark']);

/** The name that stands for standard input. */
const STDIN = '-';
const IGNORE_FILE = '.linkarkignore';

/** The lists of one run. */
export interface Inputs {
  /** Files that were read, as they are named in reports. */
  files: string[];
  problems: Problem[];
  /** True where something that was asked for could not be read: the run goes on, and ends with exit code 3. */
  unreadable: boolean;
}

/** The same with every link that they name: much that is needed only until the run is planned. */
type InputsRead = Inputs & { references: Reference[] };

/**
 * Reads the lists that operands name: files, folders, globs, `-` for standard input.
 * What can not be read becomes a problem; the rest is read all the same.
 */
export async function readInputs(
  operands: readonly string[],
  options: Options,
  terminal: Terminal,
): Promise<InputsRead> {
  const inputs: InputsRead = { references: [], files: [], problems: [], unreadable: false };
  const excluded = options.regexes('exclude-path');
  const ignored = await readIgnoreFile(terminal.cwd);
  const named = [...operands, ...(await namesFrom(options, terminal))];
  const found = new Set<string>();
  for (const operand of named) {
    const files = operand === STDIN ? [STDIN] : await expand(operand, terminal.cwd, inputs);
    for (const file of files) {
      if (!found.has(file) && !excluded.some((pattern) => pattern.test(file)) && !ignored(file)) found.add(file);
    }
  }
  for (const file of found) await readInput(file, terminal, inputs);
  return inputs;
}

async function readInput(file: string, terminal: Terminal, inputs: InputsRead): Promise<void> {
  const bytes = file === STDIN ? await terminal.stdin() : await readBytes(resolve(terminal.cwd, file));
  if (bytes === null) return fault(inputs, file, 'source/missing', 'there is no such file; check the name');
  const decoded = decodeSource(file, bytes);
  if (decoded.problem !== null) {
    inputs.problems.push(decoded.problem);
    inputs.unreadable = true;
    return;
  }
  const format = formatOf(file, decoded.text);
  const reading = readSource(file, decoded.text, format);
  // One by one: a list may hold more links than a call takes arguments.
  for (const reference of reading.references) inputs.references.push(reference);
  inputs.problems.push(...reading.problems);
  inputs.files.push(file);
}

/** The files of one operand, with forward slashes, relative to the working folder where they lie below it. */
async function expand(operand: string, cwd: string, inputs: Inputs): Promise<string[]> {
  const path = resolve(cwd, operand);
  const stat = await statPath(path);
  if (stat?.isFile()) return [nameOf(path, cwd)];
  if (stat?.isDirectory()) {
    const files = await listsBelow(path, cwd, () => true);
    if (files.length === 0)
      fault(inputs, operand, 'source/no-lists', 'this folder holds no lists (*.md, *.html, *.txt …)');
    return files;
  }
  const { base, isGlob } = picomatch.scan(operand.split(sep).join('/'));
  if (isGlob) {
    const matches = picomatch(operand, { dot: true });
    const files = await listsBelow(resolve(cwd, base), cwd, (file) => matches(file));
    if (files.length === 0) fault(inputs, operand, 'source/no-match', 'no file matches this pattern');
    return files;
  }
  fault(inputs, operand, 'source/missing', 'there is no such file or folder; check the name');
  return [];
}

async function listsBelow(folder: string, cwd: string, wanted: (file: string) => boolean): Promise<string[]> {
  const tree = await listTree(folder, (name) => !PASSED_OVER.has(name.split('/').at(-1) ?? ''));
  return tree
    .filter((entry) => entry.kind === 'file')
    .map((entry) => nameOf(resolve(folder, entry.path), cwd))
    .filter((file) => wanted(file) && isSourceFile(file))
    .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

function nameOf(path: string, cwd: string): string {
  const below = relative(cwd, path);
  return (below.startsWith('..') ? path : below).split(sep).join('/');
}

async function namesFrom(options: Options, terminal: Terminal): Promise<string[]> {
  const list = options.text('files-from');
  if (list === null) return [];
  const text =
    list === STDIN ? new TextDecoder().decode(await terminal.stdin()) : await readText(resolve(terminal.cwd, list));
  if (text === null) throw new UsageError(`--files-from ${list}: there is no such file`);
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#') && mayBeList(line));
}

/** A list of names, as git prints it, names pictures and other files too; like in a folder they are passed over. */
function mayBeList(name: string): boolean {
  return isSourceFile(name) || !/\.[^./\\*?[\]{}]+$/.test(name);
}

/** Paths that `.linkarkignore` names, as globs, one a line; `#` begins a remark. */
async function readIgnoreFile(cwd: string): Promise<(file: string) => boolean> {
  const text = await readText(resolve(cwd, IGNORE_FILE));
  const globs = (text ?? '')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#') && !/^https?:/.test(line));
  if (globs.length === 0) return () => false;
  return picomatch(globs, { dot: true });
}

/** Addresses that `.linkarkignore` names: a line that begins with http is the beginning of addresses to leave out. */
export async function ignoredAddresses(cwd: string): Promise<RegExp[]> {
  const text = await readText(resolve(cwd, IGNORE_FILE));
  return (text ?? '')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => /^https?:/.test(line))
    .map((line) => new RegExp(`^${line.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`, 'u'));
}

function fault(inputs: Inputs, file: string, code: string, message: string): void {
  inputs.problems.push({ file, line: null, column: null, code, message });
  inputs.unreadable = true;
}
