import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cleanEnv, root } from '../world/run-cli.ts';

const here = join(root, 'tests/github');
/** What a workflow needs of the project. */
const PARTS = [
  'src',
  'scripts',
  '.github',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
  '.gitignore',
];

export interface Issue {
  number: number;
  title: string;
  body: string;
  state: 'open' | 'closed';
  author: { is_bot: boolean; login: string };
  comments: string[];
}

/** A bare git remote on disk with this project in it, and what stands in for GitHub around it. */
export interface Hub {
  readonly folder: string;
  /** Environment of every step: PATH with the stand-in `gh` and `sleep`, GITHUB_*, a git that knows no other machine. */
  readonly env: Record<string, string>;
  /** Runs git, in the bare remote unless told otherwise. */
  git(args: readonly string[], cwd?: string): string;
  /** A clean, shallow clone of the remote, as the checkout action makes one, with node_modules in place. */
  checkout(name: string, options?: { branch?: string; whole?: boolean }): string;
  /** Commits files to the remote from elsewhere; gives the name of the commit. */
  push(message: string, files: Record<string, string>, branch?: string): string;
  issues(): Issue[];
  setIssues(issues: readonly Issue[]): void;
  /** Calls of `gh` so far, their first three words. */
  calls(): string[];
  remove(): void;
}

/** Sets up a remote whose lists and configuration are the given files. */
export function createHub(files: Record<string, string>): Hub {
  const folder = mkdtempSync(join(tmpdir(), 'linkark-hub-'));
  const bare = join(folder, 'remote.git');
  const bin = join(folder, 'bin');
  for (const name of [bin, join(folder, 'home')]) mkdirSync(name);
  // By its own name: a Node before 20.19 takes a file without .mjs for CommonJS.
  writeFileSync(join(bin, 'gh'), `#!/bin/sh\nexec node '${join(here, 'gh.mjs')}' "$@"\n`);
  writeFileSync(join(bin, 'sleep'), '#!/bin/sh\nexit 0\n');
  // The packages are in place already; everything else is npm itself.
  const npm = execFileSync('sh', ['-c', 'command -v npm'], { encoding: 'utf8' }).trim();
  writeFileSync(join(bin, 'npm'), `#!/bin/sh\n[ "$1" = ci ] && exit 0\nexec '${npm}' "$@"\n`);
  for (const name of ['gh', 'sleep', 'npm']) chmodSync(join(bin, name), 0o755);
  const env: Record<string, string> = {
    PATH: `${bin}:${process.env.PATH ?? ''}`,
    HOME: join(folder, 'home'),
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    STAND_IN_GH: folder,
    NODE_OPTIONS: `--import=${pathToFileURL(join(here, 'clock.mjs')).href}`,
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_REPOSITORY: 'somebody/reading',
    GITHUB_REF_NAME: 'main',
  };
  const git = (args: readonly string[], cwd = bare): string =>
    execFileSync('git', ['-c', 'user.name=Somebody', '-c', 'user.email=somebody@example.org', ...args], {
      cwd,
      encoding: 'utf8',
      env: cleanEnv({ HOME: env.HOME ?? '', GIT_CONFIG_NOSYSTEM: '1' }),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const clone = (name: string, branch = 'main', whole = false): string => {
    const depth = whole ? [] : ['--depth', '1'];
    git(['clone', '--quiet', ...depth, '--branch', branch, pathToFileURL(bare).href, join(folder, name)], folder);
    return join(folder, name);
  };
  git(['init', '--quiet', '--bare', '--initial-branch=main', bare], folder);
  const first = join(folder, 'first');
  mkdirSync(first);
  for (const part of PARTS) cpSync(join(root, part), join(first, part), { recursive: true });
  writeAll(first, { 'archive/README.md': '# 存档 / Archive\n', ...files });
  git(['init', '--quiet', '--initial-branch=main'], first);
  git(['add', '--all'], first);
  git(['commit', '--quiet', '-m', 'Begin'], first);
  git(['push', '--quiet', bare, 'main'], first);
  rmSync(first, { recursive: true });
  const issuesFile = join(folder, 'issues.json');
  const callsFile = join(folder, 'calls.ndjson');
  let pushes = 0;
  return {
    folder,
    env,
    git,
    checkout(name, { branch, whole } = {}) {
      const path = clone(name, branch, whole);
      symlinkSync(join(root, 'node_modules'), join(path, 'node_modules'));
      writeFileSync(join(path, '.git/info/exclude'), 'node_modules\n');
      return path;
    },
    push(message, changes, branch = 'main') {
      pushes += 1;
      const path = clone(`elsewhere-${pushes}`);
      writeAll(path, changes);
      git(['add', '--all'], path);
      git(['commit', '--quiet', '-m', message], path);
      git(['push', '--quiet', 'origin', `HEAD:refs/heads/${branch}`], path);
      return git(['rev-parse', 'HEAD'], path).trim();
    },
    issues: () => (existsSync(issuesFile) ? (JSON.parse(readFileSync(issuesFile, 'utf8')) as Issue[]) : []),
    setIssues: (issues) => writeFileSync(issuesFile, JSON.stringify(issues)),
    calls: () =>
      existsSync(callsFile)
        ? readFileSync(callsFile, 'utf8')
            .trim()
            .split('\n')
            .map((line) => (JSON.parse(line) as string[]).slice(0, 2).join(' '))
        : [],
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function writeAll(folder: string, files: Record<string, string>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}
