import { dirname, relative, resolve, sep } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import { readBytes, writeFileAtomic } from '../archive/disk.ts';
import { parseAddress } from '../links/index.ts';
import { identify } from '../platforms/index.ts';
import { decodeSource, formatOf, readSource, rewrite } from '../sources/index.ts';
import type { LinkStatus, Reference, Status } from '../types.ts';
import { withArchive } from './opened.ts';
import { type Options, UsageError } from './options.ts';
import { EXIT } from './run.ts';
import { paint, safe, type Terminal } from './terminal.ts';

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
    let changed = 0;
    for (const file of filesOf(options, status)) {
      const bytes = await readBytes(resolve(terminal.cwd, file));
      if (bytes === null && options.operands.length > 0) throw new UsageError(`${file}: there is no such file`);
      const patched = bytes === null ? null : mend(file, bytes, mending);
      if (patched === null) continue;
      changed += 1;
      terminal.out.write(patch(file, patched.before, patched.after, terminal));
      if (options.on('write')) await writeFileAtomic(resolve(terminal.cwd, file), patched.after);
    }
    terminal.err.write(`${closing(changed, options.on('write'))}\n`);
    return EXIT.fine;
  });
}

function closing(changed: number, written: boolean): string {
  if (changed === 0) return 'nothing to mend';
  const files = `${changed} ${changed === 1 ? 'file' : 'files'}`;
  return written ? `${files} written` : `${files} would change; --write writes them`;
}

/** The new text of one source, or null where nothing changes. */
function mend(file: string, bytes: Uint8Array, mending: Mending): { before: string; after: string } | null {
  const decoded = decodeSource(file, bytes);
  if (decoded.problem !== null) throw new UsageError(`${file}: ${decoded.problem.message}`);
  const before = decoded.text;
  const format = formatOf(file, before);
  if (format === null) throw new UsageError(`${file}: this is no list that linkark knows how to rewrite`);
  const edits = readSource(file, before, format).references.flatMap((reference) => {
    const address = betterAddress(reference, mending);
    return address === null ? [] : [{ reference, address }];
  });
  const after = rewrite(before, edits, format);
  return after === before ? null : { before, after };
}

/** What should stand in an occurrence's place; null where it is well as it is. */
function betterAddress(reference: Reference, mending: Mending): string | null {
  const address = parseAddress(reference.address);
  if (address.kind !== 'web' || reference.form === 'image') return null;
  const { platform, key } = identify(address.url);
  const link = mending.byKey.get(`${platform} ${key}`);
  if (!link) return null;
  if (link.health === 'dead') return forDead(link, reference.file, mending);
  if (link.verdict === 'moved' && link.suggestion?.kind === 'redirect') {
    return withFragment(link.suggestion.url, address.url.hash);
  }
  return provedSecure(link, address.url);
}

function forDead(link: LinkStatus, file: string, { dead, archive, cwd }: Mending): string | null {
  if (dead === 'keep') return null;
  const wayback = link.suggestion?.kind === 'wayback' ? link.suggestion.url : null;
  if (dead === 'wayback' || link.snapshot === null) return wayback;
  const path = relative(dirname(resolve(cwd, file)), resolve(archive, link.snapshot.path))
    .split(sep)
    .join('/');
  return path.startsWith('.') ? path : `./${path}`;
}

/** The same address over https, where the page was seen there. */
function provedSecure(link: LinkStatus, written: URL): string | null {
  const seen = link.verdict === 'alive' && link.evidence?.finalUrl?.startsWith('https://');
  if (written.protocol !== 'http:' || !seen) return null;
  const secure = new URL(written.href.replace(/^http:/, 'https:'));
  const { platform, key } = identify(secure);
  const same = platform === link.platform && identify(written).key === key;
  return same || link.evidence?.finalUrl === secure.href ? secure.href : null;
}

function withFragment(url: string, fragment: string): string {
  return fragment === '' || url.includes('#') ? url : url + fragment;
}

function keysOf(status: Status): Map<string, LinkStatus> {
  return new Map(
    status.links
      .filter((link) => URL.canParse(link.url))
      .map((link) => {
        const { platform, key } = identify(new URL(link.url));
        return [`${platform} ${key}`, link] as const;
      }),
  );
}

function filesOf(options: Options, status: Status): string[] {
  if (options.operands.length > 0) return [...options.operands];
  return [...new Set(status.links.flatMap(({ occurrences }) => occurrences.map(({ file }) => file)))].sort();
}

function patch(file: string, before: string, after: string, terminal: Terminal): string {
  const text = createTwoFilesPatch(`a/${file}`, `b/${file}`, before, after, undefined, undefined, { context: 2 });
  const lines = text.split('\n').filter((line) => !/^(=+|Index: .*)$/.test(line));
  return lines.map((line) => colored(line, terminal)).join('\n');
}

function colored(line: string, terminal: Terminal): string {
  if (line.startsWith('+')) return paint(terminal, 'green', safe(line));
  if (line.startsWith('-')) return paint(terminal, 'red', safe(line));
  return line.startsWith('@') ? paint(terminal, 'cyan', line) : safe(line);
}
