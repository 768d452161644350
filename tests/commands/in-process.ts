import { Writable } from 'node:stream';
import { readConfig } from '../../src/commands/config.ts';
import { EXIT } from '../../src/commands/exit.ts';
import { readOptions, UsageError } from '../../src/commands/options.ts';
import { COMMANDS } from '../../src/commands/registry.ts';
import type { Terminal } from '../../src/commands/terminal.ts';

export interface InProcess {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs a command without a process of its own, for tests that need many runs; the terminal is what is given. */
export async function runInProcess(
  argv: readonly string[],
  cwd: string,
  given: Partial<Terminal> = {},
): Promise<InProcess> {
  const [name, ...rest] = argv;
  const command = COMMANDS.find((candidate) => candidate.name === name);
  if (command === undefined) throw new Error(`no command ${name}`);
  const out = { stdout: '', stderr: '' };
  const collect = (stream: keyof typeof out): Writable =>
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        out[stream] += chunk.toString();
        done();
      },
    });
  const terminal: Terminal = {
    cwd,
    env: {},
    version: '0.0.0',
    out: collect('stdout'),
    err: collect('stderr'),
    live: false,
    color: false,
    columns: 100,
    outColumns: null,
    stdin: async () => new Uint8Array(),
    stop: new AbortController().signal,
    now: () => new Date('2026-11-23T02:00:00Z'),
    ...given,
  };
  try {
    const config = await readConfig(readOptions(command.flags, rest), cwd);
    const action = await command.load();
    const code = await action(readOptions(command.flags, rest, config.flags), terminal, config.settings);
    return { code, ...out };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { code: EXIT.usage, stdout: out.stdout, stderr: `${out.stderr}linkark: ${error.message}\n` };
  }
}
