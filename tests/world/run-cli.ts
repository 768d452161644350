import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Root of the checkout. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** The environment of this process without proxy, CA and language of its own, so that a child sees only what it is given. */
export function cleanEnv(extra: Record<string, string> = {}): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...process.env };
  for (const name of Object.keys(env)) {
    if (
      /^(https?_proxy|all_proxy|no_proxy|node_extra_ca_certs|no_color|force_color|lc_all|lc_messages|lang)$/i.test(name)
    )
      delete env[name];
  }
  return { ...env, ...extra };
}

/** Arguments for node that run the command from its TypeScript source, or from what the tests have joined of it. */
export function cliArguments(args: readonly string[]): string[] {
  const bundled = process.env.LINKARK_TEST_CLI;
  if (bundled !== undefined) return [bundled, ...args];
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  return ['--import', tsx, join(root, 'src/cli.ts'), ...args];
}

export interface CliRun {
  /** Exit code, or null where a signal ended it. */
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface CliOptions {
  cwd?: string;
  env?: Record<string, string>;
  /** Sends this signal after so many milliseconds. */
  signal?: { name: NodeJS.Signals; after: number };
  /** Called with everything that is printed, as it comes. */
  onOutput?: (text: string) => void;
  /** Called once with a function that sends a signal. */
  onStart?: (kill: (name: NodeJS.Signals) => void) => void;
  input?: string;
  /** Told the highest memory that the process had, in bytes, each time it is looked at; Linux only. */
  onPeak?: (bytes: number) => void;
}

/** The high-water mark of a process's resident memory, in bytes; null where the system does not tell. */
function peakMemory(pid: number): number | null {
  try {
    const line = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return line === null ? null : Number(line[1]) * 1024;
  } catch {
    return null;
  }
}

/** Runs the real command as a child process and waits for its end. */
export function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, cliArguments(args), {
      cwd: options.cwd ?? root,
      env: cleanEnv(options.env),
      stdio: 'pipe',
    });
    const out = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        out[name] += text;
        options.onOutput?.(text);
      });
    }
    child.stdin.on('error', () => {});
    child.stdin.end(options.input ?? '');
    const { signal } = options;
    const timer = signal === undefined ? undefined : setTimeout(() => child.kill(signal.name), signal.after);
    options.onStart?.((name) => child.kill(name));
    const { onPeak } = options;
    const look = (): void => {
      const bytes = peakMemory(child.pid ?? 0);
      if (bytes !== null) onPeak?.(bytes);
    };
    const watch = onPeak === undefined ? undefined : setInterval(look, 50);
    child.on('error', reject);
    child.on('close', (code, ended) => {
      clearTimeout(timer);
      clearInterval(watch);
      resolve({ code, signal: ended, ...out });
    });
  });
}
