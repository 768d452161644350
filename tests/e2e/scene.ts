import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { LinkStatus, Status } from '../../src/types.ts';
import { type CliOptions, type CliRun, runCli } from '../world/run-cli.ts';
import type { World } from '../world/world.ts';

/** Waits that a test has no patience for; everything else is as a user has it. */
export const BRISK = ['--host-request-interval', '1ms', '--retry-wait-time', '20ms', '--no-progress'];

/** A folder of its own with lists and an archive, in which the real command runs. */
export interface Scene {
  readonly folder: string;
  readonly archive: string;
  /** Writes a file below the folder. */
  write(name: string, content: string | Uint8Array): void;
  /** Runs `linkark <args>` in the folder; in the world unless told otherwise. */
  run(args: readonly string[], options?: CliOptions): Promise<CliRun>;
  status(): Status;
  /** The entry of one address. */
  link(url: string): LinkStatus;
  /** Hash of every file below archive/, by its path. */
  files(): Map<string, string>;
  remove(): void;
}

/** Sets a scene up; without a world its runs have no proxy at all. */
export function setScene(world: World | null): Scene {
  const folder = mkdtempSync(join(tmpdir(), 'linkark-e2e-'));
  const archive = join(folder, 'archive');
  const status = (): Status => JSON.parse(readFileSync(join(archive, 'status.json'), 'utf8')) as Status;
  return {
    folder,
    archive,
    write(name, content) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), content);
    },
    run: (args, options = {}) =>
      runCli(args, { cwd: folder, ...options, env: { ...(world?.env ?? {}), ...options.env } }),
    status,
    link(url) {
      const found = status().links.find((link) => link.url === url);
      if (found === undefined) throw new Error(`status.json has no ${url}`);
      return found;
    },
    files() {
      const found = new Map<string, string>();
      if (!existsSync(archive)) return found;
      for (const entry of readdirSync(archive, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile()) continue;
        const path = join(entry.parentPath, entry.name);
        const name = path.slice(archive.length + 1).replaceAll('\\', '/');
        // A file of a run that is under way may be gone by now.
        const bytes = readIfThere(path);
        if (bytes !== null) found.set(name, createHash('sha256').update(bytes).digest('hex'));
      }
      return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function readIfThere(path: string): Uint8Array | null {
  try {
    return readFileSync(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** A Markdown list of addresses. */
export function listOf(urls: Iterable<string>): string {
  return `# List\n\n${[...urls].map((url, index) => `- [entry ${index + 1}](${url})`).join('\n')}\n`;
}

/** Paths of files that differ between two states of an archive, or are in one of them only. */
export function changedFiles(before: Map<string, string>, after: Map<string, string>): string[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => before.get(name) !== after.get(name)).sort();
}
