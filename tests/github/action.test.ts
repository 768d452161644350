import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { text } from '../world/answers.ts';
import { plainPage } from '../world/pages/blogs.ts';
import { cleanEnv, root } from '../world/run-cli.ts';
import { startWorld, type World } from '../world/world.ts';
import { createHub, type Hub } from './repository.ts';
import { type JobResult, readYaml, runJob, stepsOf } from './workflow.ts';

const FILE = '.github/actions/check/action.yml';
const at = (path: string): string => `https://notes.example.org/${path}`;

// Whole jobs of many processes each: on a busy machine they take their time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let world: World;
let hub: Hub;
let folder: string;
let action: string;
beforeAll(async () => {
  world = await startWorld();
  world.on(at('good'), plainPage('good', 'A sentence that stays as it is. '.repeat(20)));
  world.on(at('fine'), plainPage('fine', 'Another sentence that stays as it is. '.repeat(20)));
  world.on(at('bad'), text('Gone', 410));
  hub = createHub({});
  // The action lies where the runner puts it; the repository that uses it is another one, without any of our files.
  action = hub.checkout('actions');
  folder = join(hub.folder, 'foreign');
  mkdirSync(join(folder, 'my lists'), { recursive: true });
  writeFileSync(join(folder, 'my lists/one.md'), `[good](${at('good')})\n`);
  writeFileSync(join(folder, 'two.md'), `[good](${at('good')}) [bad](${at('bad')})\n`);
});
afterAll(async () => {
  hub.remove();
  await world.close();
});

const steps = stepsOf(FILE, null);
function use(name: string, inputs: { sources: string; args: string }, only: readonly string[]): Promise<JobResult> {
  return runJob(
    steps.filter((step) => only.includes(step.name)),
    {
      folder,
      temp: join(hub.folder, `temp-${name}`),
      env: { ...hub.env, ...world.env, GITHUB_ACTION_PATH: join(action, '.github/actions/check') },
      contexts: { 'inputs.sources': inputs.sources, 'inputs.args': inputs.args },
    },
  );
}

describe('the composite action, used from another repository', () => {
  test('builds itself and checks the files it is given, a name a line', async () => {
    const result = await use(
      'good',
      { sources: '\nmy lists/*.md\n\n', args: '--host-request-interval\n1ms\n--no-snapshots\n' },
      ['Install linkark', 'Check'],
    );
    const step = result.step('Check');
    expect(step.code, result.steps.map(({ stdout, stderr }) => stdout + stderr).join('\n')).toBe(0);
    expect(step.outputs).toEqual({ code: '0', report: join(hub.folder, 'temp-good/linkark-report.md') });
    expect(result.summary).toContain('1 link: 1 alive');
  });

  test('fails with the code of the check, marks the line, and says so in its outputs', async () => {
    const result = await use('bad', { sources: 'two.md', args: '--host-request-interval\n1ms\n--no-snapshots' }, [
      'Check',
    ]);
    expect(result.step('Check')).toMatchObject({ code: 2, outputs: { code: '2' } });
    expect(result.step('Check').stdout).toContain('::error file=two.md,line=1,col=');
    expect(result.summary).toContain('bad');
  });

  test('what is given as a source is never run', async () => {
    const result = await use('odd', { sources: '$(touch stolen)\n`touch stolen`; touch stolen', args: '' }, ['Check']);
    expect(result.step('Check').code).toBe(3);
    expect(readdirSync(folder)).not.toContain('stolen');
  });
});

describe('the package, installed in an empty repository', () => {
  const bin = (): string => join(hub.folder, 'bin');
  const linkark = (args: readonly string[], cwd: string): { code: number | null; out: string } => {
    const { status, stdout, stderr } = spawnSync('npx', ['linkark', ...args], {
      cwd,
      encoding: 'utf8',
      env: cleanEnv({ ...hub.env, ...world.env }),
    });
    return { code: status, out: stdout + stderr };
  };
  let empty: string;
  beforeAll(() => {
    const packed = execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', hub.folder], {
      cwd: action,
      encoding: 'utf8',
      env: cleanEnv(hub.env),
    }).trim();
    const home = join(hub.folder, 'installed');
    mkdirSync(home);
    execFileSync('tar', ['-xzf', join(hub.folder, packed), '-C', home, '--strip-components=1']);
    symlinkSync(join(root, 'node_modules'), join(home, 'node_modules'));
    // npx hands on to the package that is installed, whatever version is asked for.
    const npx = `#!/bin/sh\n[ "$1" = --yes ] && shift\nshift\nexec node '${home}/dist/cli.js' "$@"\n`;
    writeFileSync(join(bin(), 'npx'), npx, { mode: 0o755 });
    empty = hub.checkout('empty');
    hub.git(['checkout', '--quiet', '--orphan', 'own'], empty);
    hub.git(['rm', '-rfq', '.'], empty);
  });

  test('init, then check --dump', () => {
    const first = linkark(['init'], empty);
    expect(first.code, first.out).toBe(0);
    expect(readdirSync(empty).sort()).toEqual(['.git', '.github', 'linkark.config.json', 'node_modules', 'sources']);
    expect(linkark(['check', '--dump'], empty)).toEqual({
      code: 0,
      out: 'sources/reading.md:3:1 https://example.com/\n',
    });
  });

  test('init again changes nothing', () => {
    writeFileSync(join(empty, 'sources/reading.md'), `[mine](${at('good')})\n`);
    const again = linkark(['init'], empty);
    expect(again.code).toBe(0);
    expect(again.out.match(/^kept /gm)).toHaveLength(3);
    expect(readFileSync(join(empty, 'sources/reading.md'), 'utf8')).toContain('mine');
  });

  test('the nightly workflow that it wrote runs, commits and pushes', async () => {
    hub.git(['add', '--all'], empty);
    hub.git(['commit', '--quiet', '-m', 'Begin with linkark'], empty);
    hub.git(['push', '--quiet', 'origin', 'own'], empty);
    const result = await runJob(stepsOf(join(empty, '.github/workflows/linkark.yml'), 'check'), {
      folder: empty,
      temp: join(hub.folder, 'temp-init'),
      env: { ...hub.env, ...world.env },
      contexts: { 'github.ref_name': 'own' },
    });
    expect(result.conclusion, result.steps.map(({ stdout, stderr }) => stdout + stderr).join('\n')).toBe('success');
    expect(result.summary).toContain('1 link: 1 alive');
    expect(hub.git(['log', '--format=%s', 'own'])).toMatch(/^Archive of \d{4}-\d\d-\d\d\nBegin with linkark\n$/);
    expect(hub.git(['ls-tree', '-r', '--name-only', 'own'])).toContain('archive/status.json');
  });

  test('where a source can not be read it keeps the rest, and fails', async () => {
    writeFileSync(join(empty, 'sources/old.md'), Buffer.from([0xd6, 0xd0, 0xce, 0xc4, 0x0a]));
    writeFileSync(join(empty, 'sources/reading.md'), `[mine](${at('good')})\n[other](${at('fine')})\n`);
    const result = await runJob(stepsOf(join(empty, '.github/workflows/linkark.yml'), 'check'), {
      folder: empty,
      temp: join(hub.folder, 'temp-init-3'),
      env: { ...hub.env, ...world.env },
      contexts: { 'github.ref_name': 'own' },
    });
    expect(result.conclusion).toBe('failure');
    expect(result.step('Fail where a source could not be read').code).toBe(3);
    expect(hub.git(['show', 'own:archive/status.json'])).toContain(at('fine'));
  });
});

test('the file: every script names its shell, no input stands in a script, actions are pinned', () => {
  for (const step of steps) {
    if (step.run !== null) expect(step.shell).toBe('bash');
    expect(step.run ?? '').not.toContain('${{');
    if (step.uses !== null) expect(step.uses).toMatch(/@[0-9a-f]{40}$/);
  }
  expect(readYaml(FILE).runs).toMatchObject({ using: 'composite' });
});
