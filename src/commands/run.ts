import type { Writable } from 'node:stream';
import { readConfig } from './config.ts';
import { EXIT } from './exit.ts';
import { commandHelp, programHelp } from './help.ts';
import { readOptions, UsageError } from './options.ts';
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
  try {
    return await dispatch(argv, terminal);
  } catch (error) {
    if (error instanceof UsageError) {
      terminal.err.write(`linkark: ${shown(error.message)}\n`);
      return EXIT.usage;
    }
    terminal.err.write(`linkark: ${shown(explain(error))}\n`);
    return EXIT.failed;
  }
}

async function dispatch(argv: readonly string[], terminal: Terminal): Promise<number> {
  const [first, ...rest] = argv;
  if (first === undefined || first === '--help' || first === '-h' || first === 'help') {
    const named = COMMANDS.find((command) => command.name === rest[0]);
    terminal.out.write(named ? commandHelp(named) : programHelp(VERSION));
    return first === undefined ? EXIT.usage : EXIT.fine;
  }
  if (first === '--version' || first === '-V') {
    terminal.out.write(`linkark ${VERSION}\n`);
    return EXIT.fine;
  }
  const command = commandNamed(first);
  if (rest.includes('--help') || rest.includes('-h')) {
    terminal.out.write(commandHelp(command));
    return EXIT.fine;
  }
  const config = await readConfig(readOptions(command.flags, rest), terminal.cwd);
  const options = readOptions(command.flags, rest, config.flags);
  const action = await command.load();
  return action(options, terminal, config.settings);
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
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
  if (code !== null && !code.startsWith('ERR_')) {
    const mend = 'mend' in error && typeof error.mend === 'string' ? error.mend : null;
    return mend === null ? error.message : `${error.message.replace(/\.$/, '')}. ${mend}`;
  }
  return `this is a bug in linkark, please report it\n${error.stack ?? error.message}`;
}

/** A message may quote a list, an archive or a command line: each of its lines is made safe. */
function shown(message: string): string {
  return message.split('\n').map(safe).join('\n');
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
      const chunks: Buffer[] = [];
      for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
      return Buffer.concat(chunks);
    },
    stop: stop.signal,
    now: () => new Date(),
  };
}
