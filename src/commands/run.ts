import { resolve, sep } from 'node:path';
import type { Writable } from 'node:stream';
import { ArchiveError, type ArchiveErrorCode } from '../archive/errors.ts';
import type { Language } from '../words.ts';
import { readConfig } from './config.ts';
import { EXIT } from './exit.ts';
import { commandHelp, programHelp } from './help.ts';
import { inLanguage, languageOnLine, spokenLanguage } from './language.ts';
import { outsideArchive } from './named.ts';
import { type Options, readOptions, UsageError } from './options.ts';
import { COMMANDS, type Command } from './registry.ts';
import { safe, type Terminal } from './terminal.ts';
import { nearest } from './values.ts';
import { VERSION } from './version.ts';

/** What the program uses of its process. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: AsyncIterable<Uint8Array | string>;
  readonly stdout: Stream;
  readonly stderr: Stream;
  cwd(): string;
  exit(code: number): void;
  on(signal: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
}

type Stream = Writable & { readonly isTTY?: boolean; readonly columns?: number };

/**
 * Runs one command line.
 * @returns the exit code; a person's mistake is told in a sentence, only a bug shows its stack
 */
export async function run(argv: readonly string[], process: Surroundings): Promise<number> {
  const terminal = terminalOf(process);
  const language = spokenLanguage(languageOnLine(argv), process.env);
  try {
    return await dispatch(argv, terminal, language, process);
  } catch (error) {
    const words = error instanceof UsageError ? inLanguage(error.message, language) : explain(error, language);
    terminal.err.write(`linkark: ${shown(words)}\n`);
    return isMistake(error) ? EXIT.usage : EXIT.failed;
  }
}

/** Is it for whoever wrote the command line or the configuration to mend, and no failure of the run? */
function isMistake(error: unknown): boolean {
  if (error instanceof UsageError) return true;
  return error instanceof ArchiveError && MISNAMED.has(error.code);
}

/** What is said of an archive or a store by a name that can be none. */
const MISNAMED: ReadonlySet<ArchiveErrorCode> = new Set(['archive/not-a-folder', 'archive/unknown-store']);

async function dispatch(
  argv: readonly string[],
  terminal: Terminal,
  language: Language,
  process: Surroundings,
): Promise<number> {
  const [first, ...rest] = argv;
  if (first === undefined || first === '--help' || first === '-h' || first === 'help') {
    const [name = '-'] = rest;
    terminal.out.write(
      name.startsWith('-') ? programHelp(VERSION, language) : commandHelp(commandNamed(name), language),
    );
    return first === undefined ? EXIT.usage : EXIT.fine;
  }
  if (first === '--version' || first === '-V') return version(terminal);
  const command = commandNamed(first);
  // What stands behind -- is no flag.
  const end = rest.indexOf('--');
  const flags = new Set(end < 0 ? rest : rest.slice(0, end));
  if (flags.has('--help') || flags.has('-h')) {
    terminal.out.write(commandHelp(command, language));
    return EXIT.fine;
  }
  if (flags.has('--version') || flags.has('-V')) return version(terminal);
  const config = await readConfig(readOptions(command.flags, rest), terminal.cwd);
  const options = readOptions(command.flags, rest, config.flags);
  const [extra] = options.operands;
  if (extra !== undefined && command.operands === '') throw new UsageError(tooMuch(command, extra));
  const action = await command.load();
  // What only reads can be left at once; what writes ends by itself, or at a second signal.
  if (command.readsOnly) onStop(terminal.stop, () => process.exit(EXIT.failed));
  try {
    return await action(options, terminal, config.settings);
  } catch (error) {
    throw placed(error, options, terminal);
  }
}

/** A fault of the file system with advice that fits its place. */
function placed(error: unknown, options: Options, terminal: Terminal): unknown {
  if (!(error instanceof ArchiveError) || error.path === null) return error;
  const archive = options.text('archive');
  const inside = archive !== null && `${error.path}${sep}`.startsWith(resolve(terminal.cwd, archive) + sep);
  return inside ? error : outsideArchive(error);
}

/** A folder behind `verify` was meant for the archive; to pass over it in silence would be to check another one. */
function tooMuch({ name, flags }: Command, extra: string): string {
  const hint = flags.some((flag) => flag.name === 'archive') ? '; --archive DIR names the archive' : '';
  return `${name}: it takes no "${extra}"${hint}`;
}

function version(terminal: Terminal): number {
  terminal.out.write(`linkark ${VERSION}\n`);
  return EXIT.fine;
}

function commandNamed(name: string): Command {
  const command = COMMANDS.find((candidate) => candidate.name === name);
  if (command) return command;
  const meant = nearest(
    name,
    COMMANDS.map((candidate) => candidate.name),
  );
  const hint = meant ? `; did you mean "${meant}"?` : '';
  throw new UsageError(`"${name}" is no command${hint} (linkark --help lists them)`);
}

/** A sentence for an expected fault (it has a code), the stack for a bug. */
function explain(error: unknown, language: Language): string {
  const say = (text: string) => inLanguage(text.replace(/\.$/, ''), language);
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'ERR_';
  if (!(error instanceof Error) || code.startsWith('ERR_')) {
    const trace = error instanceof Error ? error.stack : String(error);
    return say(`this is a bug in linkark, please report it\n${trace}`);
  }
  if (!('mend' in error) || typeof error.mend !== 'string') return error.message;
  return language === 'zh' ? `${say(error.message)}。${say(error.mend)}。` : `${say(error.message)}. ${error.mend}`;
}

/** A message may quote a list, an archive or a command line: each of its lines is made safe. */
function shown(message: string): string {
  return message.split('\n').map(safe).join('\n');
}

/** Has something done when the program is told to stop, or at once where it was; gives what calls that off. */
function onStop(stop: AbortSignal, leave: () => void): () => void {
  if (stop.aborted) leave();
  stop.addEventListener('abort', leave);
  return () => stop.removeEventListener('abort', leave);
}

function terminalOf(process: Surroundings): Terminal {
  const stop = new AbortController();
  const interrupted = () => {
    if (stop.signal.aborted) process.exit(EXIT.failed);
    stop.abort();
  };
  process.on('SIGINT', interrupted);
  process.on('SIGTERM', interrupted);
  const { env, stdout, stderr } = process;
  // A reader of our output that closes early (head, less) is no fault.
  stdout.on('error', () => {});
  return {
    cwd: process.cwd(),
    env,
    version: VERSION,
    out: stdout,
    err: stderr,
    live: stderr.isTTY === true && !env.CI && env.TERM !== 'dumb',
    color: !env.NO_COLOR && (env.FORCE_COLOR ? env.FORCE_COLOR !== '0' : stdout.isTTY === true),
    columns: stderr.columns ?? 100,
    outColumns: stdout.isTTY === true ? (stdout.columns ?? null) : null,
    stdin: async () => {
      // Nothing is under way yet that could be lost, and who types may never end what is read here.
      const goOn = onStop(stop.signal, () => process.exit(EXIT.failed));
      const chunks: Buffer[] = [];
      for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
      goOn();
      return Buffer.concat(chunks);
    },
    stop: stop.signal,
    now: () => new Date(),
  };
}
