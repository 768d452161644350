import { dirname, relative, resolve, sep } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import { readBytes, replaceFile, statPath } from '../archive/disk.ts';
import { parseAddress } from '../links/index.ts';
import { identify } from '../platforms/index.ts';
import { decodeSource, type Format, formatOf, readSource, rewrite } from '../sources/index.ts';
import type { LinkStatus, Reference, Status } from '../types.ts';
import { EXIT } from './exit.ts';
import { inLanguage } from './language.ts';
import { languageFor, withArchive } from './opened.ts';
import { type Options, UsageError } from './options.ts';
import { paint, plain, safe, type Terminal } from './terminal.ts';

/** What a dead link becomes. */
type DeadStyle = 'snapshot' | 'wayback' | 'keep';

interface Mending {
  byKey: ReadonlyMap<string, LinkStatus>;
  dead: DeadStyle;
  /** The archive's folder, absolute. */
  archive: string;
  cwd: string;
}

/** Rewrites sources by what the last run found: prints a diff, writes only with --write. */
export async function fix(options: Options, terminal: Terminal): Promise<number> {
  return withArchive(options, terminal, 'read', async (archive, status) => {
    const dead = options.text('dead');
    const mending: Mending = {
      byKey: keysOf(status),
      dead: dead === 'wayback' || dead === 'keep' ? dead : 'snapshot',
      archive: archive.dir,
      cwd: terminal.cwd,
    };
    const tally = { changed: 0, refused: 0 };
    const language = languageFor(options, status);
    const say = (file: string, words: string) =>
      terminal.err.write(`linkark: ${plain(file)}: ${inLanguage(words, language)}\n`);
    const files = new Set(filesOf(options, status));
    for (const file of files) {
      const bytes = await readBytes(resolve(terminal.cwd, file));
      if (bytes === null && options.operands.length > 0) throw await notAFile(file, terminal);
      if (bytes === null) say(file, 'there is no such file');
      const patched = bytes === null ? null : mend(file, bytes, mending);
      if (bytes === null || patched === null) continue;
      terminal.out.write(patch(file, patched.before, patched.after, terminal));
      const refusal = options.on('write') ? await writeBack(file, bytes, patched.after, terminal) : null;
      if (refusal !== null) say(file, refusal);
      tally[refusal === null ? 'changed' : 'refused'] += 1;
    }
    const named = ({ occurrences }: LinkStatus) => occurrences.some(({ file }) => files.has(file));
    const waiting = status.links.filter((link) => link.health === 'suspect' && named(link)).length;
    terminal.err.write(`${inLanguage(closing(tally, options.on('write'), waiting), language)}\n`);
    return tally.refused > 0 ? EXIT.failed : EXIT.fine;
  });
}

async function notAFile(file: string, terminal: Terminal): Promise<UsageError> {
  const stat = await statPath(resolve(terminal.cwd, file));
  if (stat?.isDirectory()) return new UsageError(`${file}: this is a folder; name files, or nothing for every list`);
  return new UsageError(`${file}: there is no such file`);
}

/** Writes one source; why that can not be done, or null where it was. The others go on. */
async function writeBack(file: string, before: Uint8Array, after: string, terminal: Terminal): Promise<string | null> {
  const outcome = await replaceFile(resolve(terminal.cwd, file), before, after);
  if (outcome === 'written') return null;
  return outcome === 'changed'
    ? 'it was changed while this ran and is left as it is now; run linkark fix again'
    : 'it is read-only and stays as it is; make it writable and run linkark fix again';
}

/** @param waiting links that fail and are not dead yet: whoever saw them in the report asks why they stay */
function closing(
  { changed, refused }: { changed: number; refused: number },
  written: boolean,
  waiting: number,
): string {
  if (changed + refused === 0) return nothingToMend(waiting);
  const files = `${changed} ${changed === 1 ? 'file' : 'files'}`;
  const left = refused === 0 ? '' : `, ${refused} left as ${refused === 1 ? 'it is' : 'they are'}`;
  return written ? `${files} written${left}` : `${files} would change; --write writes ${changed === 1 ? 'it' : 'them'}`;
}

function nothingToMend(waiting: number): string {
  if (waiting === 0) return 'nothing to mend';
  if (waiting === 1) return 'nothing to mend; 1 failing link is not dead yet';
  return `nothing to mend; ${waiting} failing links are not dead yet`;
}

/** The new text of one source, or null where nothing changes. */
function mend(file: string, bytes: Uint8Array, mending: Mending): { before: string; after: string } | null {
  const decoded = decodeSource(file, bytes);
  if (decoded.problem !== null) throw new UsageError(`${file}: ${decoded.problem.message}`);
  const before = decoded.text;
  const format = formatOf(file, before);
  if (format === null) throw new UsageError(`${file}: this is no list that linkark knows how to rewrite`);
  const edits = readSource(file, before, format).references.flatMap((reference) => {
    const address = betterAddress(reference, format, mending);
    return address === null ? [] : [{ reference, address }];
  });
  const after = rewrite(before, edits, format);
  return after === before ? null : { before, after };
}

/** What should stand in an occurrence's place; null where it is well as it is. */
function betterAddress(reference: Reference, format: Format, mending: Mending): string | null {
  const address = parseAddress(reference.address);
  if (address.kind !== 'web' || reference.form === 'image') return null;
  const { platform, key } = identify(address.url);
  const link = mending.byKey.get(`${platform} ${key}`);
  if (!link) return null;
  if (link.health === 'dead') return forDead(link, reference.file, format, mending);
  if (link.verdict === 'moved' && link.suggestion?.kind === 'redirect') {
    return withFragment(link.suggestion.url, address.url.hash);
  }
  return provedSecure(link, reference, address.url);
}

function forDead(link: LinkStatus, file: string, format: Format, { dead, archive, cwd }: Mending): string | null {
  if (dead === 'keep') return null;
  const wayback = link.suggestion?.kind === 'wayback' ? link.suggestion.url : null;
  const page = keptPage(link, format);
  if (dead === 'wayback' || page === null) return wayback;
  const path = relative(dirname(resolve(cwd, file)), resolve(archive, page))
    .split(sep)
    .join('/')
    .replace(/[%#?\\\s]/g, encodeURIComponent);
  return path.startsWith('.') ? path : `./${path}`;
}

/** The kept copy in the form that a list of this format can point at: only Markdown and HTML have links to files. */
function keptPage({ snapshot }: LinkStatus, format: Format): string | null {
  if (snapshot === null) return null;
  if (format === 'markdown') return snapshot.path;
  return format === 'html' ? snapshot.path.replace(/\.md$/, '.html') : null;
}

/** The same address over https, spelt as it was, where that very host was seen to show the page there. */
function provedSecure(link: LinkStatus, { address, raw }: Reference, written: URL): string | null {
  const seen = link.verdict === 'alive' ? (link.evidence?.finalUrl ?? null) : null;
  if (seen === null || !/^http:/i.test(raw) || !URL.canParse(seen)) return null;
  const { protocol, host } = new URL(seen);
  return protocol === 'https:' && host === written.host ? address.replace(/^http:/i, 'https:') : null;
}

function withFragment(url: string, fragment: string): string {
  return fragment === '' || url.includes('#') ? url : url + fragment;
}

/** Links by what their addresses mean; a list names other schemes too, which are no pages. */
function keysOf(status: Status): Map<string, LinkStatus> {
  return new Map(
    status.links
      .filter(({ url }) => /^https?:/.test(url) && URL.canParse(url))
      .map((link) => {
        const { platform, key } = identify(new URL(link.url));
        return [`${platform} ${key}`, link] as const;
      }),
  );
}

function filesOf(options: Options, status: Status): string[] {
  if (options.operands.length > 0) return [...options.operands];
  const files = new Set(status.links.flatMap(({ occurrences }) => occurrences.map(({ file }) => file)));
  // What came through standard input is nowhere to be written.
  return [...files].filter((file) => file !== '-').sort();
}

/** A unified diff that `git apply` takes. */
function patch(file: string, before: string, after: string, terminal: Terminal): string {
  const text = createTwoFilesPatch(`a/${file}`, `b/${file}`, before, after, undefined, undefined, { context: 2 });
  const lines = text.split('\n').filter((line) => !/^(=+|Index: .*)$/.test(line));
  const named = LEGIBLE.test(file) ? [`--- a/${file}`, `+++ b/${file}`, ...lines.slice(2)] : lines;
  return named.map((line) => colored(line, terminal)).join('\n');
}

/** Names that Git takes without quotes; the library writes all but ASCII as octal numbers, which nobody reads. */
const LEGIBLE = /^(?:[^\p{C}\p{Z}"\\]| (?=[^ ]))+$/u;

function colored(line: string, terminal: Terminal): string {
  const color = line.startsWith('+') ? 'green' : line.startsWith('-') ? 'red' : line.startsWith('@') ? 'cyan' : null;
  return color === null ? exact(line) : paint(terminal, color, exact(line));
}

/** A line safe for terminals that keeps what lists do hold: tabs, a byte order mark, the CR of a line's end. */
function exact(line: string): string {
  const [, mark = '', text = '', end = ''] = /^([-+ ]\ufeff)?([\s\S]*?)(\r?)$/.exec(line) ?? [];
  return mark + text.split('\t').map(safe).join('\t') + end;
}
