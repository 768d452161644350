import { spawn } from 'node:child_process';
import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runInProcess } from '../commands/in-process.ts';
import { BRISK, type Scene, setScene } from '../e2e/scene.ts';
import { html, text as plain, redirect } from '../world/answers.ts';
import { cleanEnv, root } from '../world/run-cli.ts';
import { startWorld, type World } from '../world/world.ts';
import { codeSpans, shellCommands, text, wordsOf } from './commands.ts';

/** What the READMEs name and this file does not run, each for a reason. */
const NOT_RUN: Readonly<Record<string, string>> = {
  'npm ci': 'it has run before any test can, in CI on a fresh clone',
  'npm test': 'this is it',
};

const OLD = 'https://readme.example/p/597586623';
const page = (title: string, words: string) =>
  html(
    `<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>${title}</title></head><body><article><h1>${title}</h1>${`<p>${words}河水在桥下慢慢地走，老人每天清晨都来看它一眼，然后把帽子戴正。</p>`.repeat(6)}</article></body></html>`,
  );

let world: World;
let scene: Scene;

/** `check` and the rest as the document has them, in a folder with lists of its own and in the stand-in web. */
function linkark(words: readonly string[]) {
  const asks = words[0] === 'check' && !words.includes('--dump') && !words.includes('--help');
  const ca = world.env.NODE_EXTRA_CA_CERTS;
  const placed = words.map((word) => ({ LINK: '597586623', FILE: 'kept.out', DIR: 'other' })[word] ?? word);
  return runInProcess([...placed, ...(asks ? [...BRISK, '--ca', ca] : [])], scene.folder, {
    env: { ...world.env },
    now: () => new Date(),
  });
}

beforeAll(async () => {
  world = await startWorld();
  scene = setScene(world);
  world.on('https://readme.example/moved', redirect('https://readme.example/here', 301));
  world.on('https://readme.example/here', page('新的地方', '它搬到了这里。'));
  world.on('https://readme.example/gone', plain('Gone', 410));
  scene.write('sources/list.md', `[河](${OLD})\n\n[搬走的](https://readme.example/moved)\n`);
  scene.write('notes.md', '[没有了](https://readme.example/gone)\n');
  scene.write('docs/deep/more.md', `[河](${OLD})\n`);
});
afterAll(async () => {
  scene.remove();
  await world.close();
});

describe.sequential.each(['README.md', 'README.zh-CN.md'])('%s, from its top to its end', (path) => {
  beforeAll(() => {
    world.on(OLD, page('大模型的河', '第一版。'));
    rmSync(scene.archive, { recursive: true, force: true });
    rmSync(join(scene.folder, 'other'), { recursive: true, force: true });
  });

  const named = codeSpans(text(path)).filter((span) => /^(?:npx )?linkark [a-z]/.test(span));
  const lines = [...shellCommands(text(path)), ...named]
    .filter((command) => NOT_RUN[command] === undefined)
    // The demo is the same in every language.
    .filter((command) => path === 'README.md' || command !== 'npm run demo');

  test.each(lines)('%s', async (line) => {
    const words = wordsOf(line);
    if (line === 'npm run demo') return demo();
    const rest = words[0] === 'npm' ? words.slice(words.indexOf('--') + 1 || words.length) : [];
    const script = words[0] === 'npm' ? (words[1] === 'run' ? words[2] : words[1]) : '';
    const args =
      script === 'check-links'
        ? ['check', ...rest]
        : script === 'linkark'
          ? rest
          : words.slice(words[0] === 'npx' ? 2 : 1);
    if (args[0] === 'diff') await anotherVersion();
    if (args[0] === 'merge') cpSync(scene.archive, join(scene.folder, 'other'), { recursive: true });
    if (args.includes('--help')) return void (await help(args));
    // Nobody sits before this machine's browser; what it would open is there all the same.
    const { code, stdout, stderr } = await linkark(args.filter((word) => word !== '--open'));
    const gone = args.includes('notes.md') || ['report', 'fix'].includes(args[0] ?? '');
    expect([0, ...(gone ? [2] : [])], stdout + stderr).toContain(code);
    proof(args, stdout);
  });
});

/** What is there after a command that was not before. */
function proof(args: readonly string[], stdout: string): void {
  const kept = (...names: string[]): void => {
    for (const name of names) expect(existsSync(join(scene.folder, name)), name).toBe(true);
  };
  if (args.includes('--dump')) expect(stdout).toContain(OLD);
  else if (args[0] === 'check') kept('archive/index.html', 'archive/status.json', 'archive/README.md');
  else if (args[0] === 'read') kept('archive/index.html');
  else if (args[0] === 'search' || args[0] === 'show') expect(stdout).toContain('大模型的河');
  else if (args[0] === 'diff') expect(stdout).toContain('二');
  else if (args[0] === 'fix') expect(stdout).toContain('+[搬走的](https://readme.example/here)');
  else if (args[0] === 'export') expect(readFileSync(join(scene.folder, 'kept.out'), 'latin1').slice(0, 2)).toBe('PK');
  else if (args[0] === 'init') kept('linkark.config.json', '.github/workflows');
}

async function anotherVersion(): Promise<void> {
  world.on(OLD, page('大模型的河', '第二版。'));
  await linkark(['check']);
}

/** Help is the program's own affair, not a command's. */
async function help(args: readonly string[]): Promise<void> {
  const run = await scene.run(args);
  expect(run.code).toBe(0);
  expect(run.stdout).toContain('--max-concurrency');
}

async function demo(): Promise<void> {
  const child = spawn('npm', ['run', 'demo'], { cwd: root, env: cleanEnv() });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const code = await new Promise((done) => child.once('close', done));
  expect(code, said).toBe(0);
  const folder = /remove (\S+) when/.exec(said)?.[1] ?? '';
  expect(existsSync(join(folder, 'archive/index.html'))).toBe(true);
  rmSync(folder, { recursive: true, force: true });
}
