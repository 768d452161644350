import { isAbsolute, relative, resolve, sep } from 'node:path';
import picomatch from 'picomatch';
import { leadsToFolder, listTree, readBytes, statPath } from '../archive/disk.ts';
import { decodeSource, formatOf, isSourceFile, readSource } from '../sources/index.ts';
import type { Problem, Reference } from '../types.ts';
import { readNamed, whyUnreadable } from './named.ts';
import { archiveFolder } from './opened.ts';
import { type Options, UsageError } from './options.ts';
import type { Terminal } from './terminal.ts';

/** Folders that never hold a person's lists. */
const PASSED_OVER = new Set(['node_modules', '.git', 'dist', 'coverage', '.linkark']);

/** The name that stands for standard input. */
const STDIN = '-';
const IGNORE_FILE = '.linkarkignore';

/** Where lists are looked for where nothing else is said. */
const DEFAULT_FOLDER = 'sources';

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
  const ignored = await readIgnoreFile(terminal);
  const named = [...operands, ...(await namesFrom(options, terminal))];
  const ground: Ground = { cwd: terminal.cwd, archive: archiveFolder(options, terminal), inputs };
  const found = new Set<string>();
  for (const operand of named) {
    const files = operand === STDIN ? [STDIN] : await expand(operand, ground);
    for (const file of files) {
      if (!found.has(file) && !excluded.some((pattern) => pattern.test(file)) && !ignored(file)) found.add(file);
    }
  }
  for (const file of found) await readInput(file, terminal, inputs);
  return inputs;
}

async function readInput(file: string, terminal: Terminal, inputs: InputsRead): Promise<void> {
  let bytes: Uint8Array | null;
  try {
    bytes = file === STDIN ? await terminal.stdin() : await readBytes(resolve(terminal.cwd, file));
  } catch (error) {
    return fault(inputs, file, 'source/unreadable', whyUnreadable(error));
  }
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

/** Where lists are looked for. */
interface Ground {
  cwd: string;
  /** Folder of the archive, absolute: what linkark wrote itself is no list. */
  archive: string;
  inputs: Inputs;
}

/** The files of one operand, with forward slashes, relative to the working folder where they lie below it. */
async function expand(operand: string, ground: Ground): Promise<string[]> {
  try {
    return await filesOf(operand, ground);
  } catch (error) {
    fault(ground.inputs, operand, 'source/unreadable', whyUnreadable(error));
    return [];
  }
}

async function filesOf(operand: string, { cwd, archive, inputs }: Ground): Promise<string[]> {
  const path = resolve(cwd, operand);
  if (await leadsToFolder(path)) {
    const files = await listsBelow(path, archive, () => true);
    if (files.length === 0)
      fault(inputs, operand, 'source/no-lists', 'this folder holds no lists (*.md, *.html, *.txt …)');
    return files.map((file) => nameOf(file, cwd));
  }
  // A file, what leads to one, or the pipe that a shell makes of `<(command)`.
  if ((await statPath(path)) !== null) return [nameOf(path, cwd)];
  const { base, isGlob } = picomatch.scan(operand.split(sep).join('/'));
  if (isGlob) {
    const matches = picomatch(operand, { dot: true });
    const spelt = (file: string) => slashed(isAbsolute(operand) ? file : relative(cwd, file));
    const files = await listsBelow(resolve(cwd, base), archive, (file) => matches(spelt(file)));
    if (files.length === 0) fault(inputs, operand, 'source/no-match', 'no file matches this pattern');
    return files.map((file) => nameOf(file, cwd));
  }
  fault(inputs, operand, 'source/missing', missing(operand));
  return [];
}

/** What is said of an operand that names nothing, by what a person may have meant. */
function missing(operand: string): string {
  if (/^https?:\/\//i.test(operand))
    return 'this is an address, not a list: write it into a file, or send it in: echo ADDRESS | linkark check -';
  if (operand === DEFAULT_FOLDER)
    return 'there is no such folder; name your lists, as in linkark check notes.md, or begin with linkark init';
  return 'there is no such file or folder; check the name';
}

/** Absolute paths of the lists below a folder, in order; the archive and what holds no lists of a person left out. */
async function listsBelow(folder: string, archive: string, wanted: (path: string) => boolean): Promise<string[]> {
  const tree = await listTree(
    folder,
    (name) => !PASSED_OVER.has(name.split('/').at(-1) ?? '') && resolve(folder, name) !== archive,
  );
  return tree
    .filter((entry) => entry.kind === 'file')
    .map((entry) => resolve(folder, entry.path))
    .filter((path) => wanted(path) && isSourceFile(path))
    .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

function nameOf(path: string, cwd: string): string {
  const below = relative(cwd, path);
  return slashed(below.startsWith('..') ? path : below);
}

function slashed(path: string): string {
  return path.split(sep).join('/');
}

async function namesFrom(options: Options, terminal: Terminal): Promise<string[]> {
  const list = options.text('files-from');
  if (list === null) return [];
  const text = list === STDIN ? new TextDecoder().decode(await terminal.stdin()) : await readNamed(list, terminal);
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
async function readIgnoreFile(terminal: Terminal): Promise<(file: string) => boolean> {
  const text = await readNamed(IGNORE_FILE, terminal);
  const globs = (text ?? '')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#') && !/^https?:/.test(line));
  if (globs.length === 0) return () => false;
  return picomatch(globs, { dot: true });
}

/** Addresses that `.linkarkignore` names: a line that begins with http is the beginning of addresses to leave out. */
export async function ignoredAddresses(terminal: Terminal): Promise<RegExp[]> {
  const text = await readNamed(IGNORE_FILE, terminal);
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
