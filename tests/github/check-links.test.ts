import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { text } from '../world/answers.ts';
import { plainPage } from '../world/pages/blogs.ts';
import { startWorld, type World } from '../world/world.ts';
import { createHub, type Hub } from './repository.ts';
import { type JobResult, readYaml, runJob, runnerCommands, stepsOf } from './workflow.ts';

const FILE = '.github/workflows/check-links.yml';
const at = (path: string): string => `https://notes.example.org/${path}`;
const OLD = `# 清单\n\n- [早就坏了](${at('rotten')})\n- [还在](${at('well')})\n`;
const CONFIG = JSON.stringify({ hostRequestInterval: '1ms', retryWaitTime: '20ms' });

// Whole jobs of many processes each: on a busy machine they take their time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let world: World;
let hub: Hub;
let base: string;
beforeAll(async () => {
  world = await startWorld();
  for (const path of ['well', 'good'])
    world.on(at(path), plainPage(path, 'A sentence that stays as it is. '.repeat(20)));
  for (const path of ['rotten', 'bad']) world.on(at(path), text('Gone', 410));
  hub = createHub({ 'sources/清单.md': OLD, 'linkark.config.json': CONFIG });
  base = hub.git(['rev-parse', 'main']).trim();
});
afterAll(async () => {
  hub.remove();
  await world.close();
});

async function request(branch: string, files: Record<string, string>): Promise<JobResult & { folder: string }> {
  hub.push(`Request ${branch}`, files, branch);
  const folder = hub.checkout(`checkout-${branch}`, { branch, whole: true });
  const result = await runJob(stepsOf(FILE, 'new-links'), {
    folder,
    temp: join(hub.folder, `temp-${branch}`),
    env: { ...hub.env, ...world.env },
    contexts: { 'github.event.pull_request.base.sha': base },
  });
  return { ...result, folder };
}
const STEP = 'Check the links that are new';

describe('a pull request', () => {
  test('that adds a good and a gone link to a rotten list: 2, and only the gone one is marked', async () => {
    const asked = world.log.length;
    const result = await request('mixed', {
      'sources/清单.md': `${OLD}- [新的](${at('good')})\n- [新坏的](${at('bad')})\n`,
      'sources/picture.png': '\u0000\ufffd not a list',
    });
    const step = result.step(STEP);
    expect(step.code, step.stdout + step.stderr).toBe(2);
    expect(runnerCommands(step.stdout + step.stderr)).toEqual([
      expect.stringMatching(/^::error file=sources\/清单\.md,line=6,col=3,title=[^:]*::新坏的 /),
    ]);
    expect(
      new Set(
        world.log
          .slice(asked)
          .map(({ url }) => url)
          .filter((url) => !url.endsWith('/robots.txt')),
      ),
    ).not.toContain(at('rotten'));
    expect(result.summary).toContain('新坏的');
    expect(result.summary).not.toContain('早就坏了');
  });

  test('keeps nothing in the checkout', () => {
    const folder = join(hub.folder, 'checkout-mixed');
    expect(readdirSync(join(folder, 'archive'))).toEqual(['README.md']);
    expect(hub.git(['status', '--porcelain', '--untracked-files=all'], folder)).toBe('');
    expect(existsSync(join(hub.folder, 'temp-mixed/archive/pages'))).toBe(false);
  });

  test('that adds only what stands, and names again what the base names: 0, no marks, the old is not asked', async () => {
    const asked = world.log.length;
    const result = await request('fine', { 'sources/new list.md': `[新的](${at('good')}) [旧的](${at('rotten')})\n` });
    const step = result.step(STEP);
    expect(step.code, step.stdout + step.stderr).toBe(0);
    expect(runnerCommands(step.stdout + step.stderr)).toEqual([]);
    expect(world.log.slice(asked).map(({ url }) => url)).not.toContain(at('rotten'));
  });

  test('that removes a list: nothing to check', async () => {
    const result = await request('elsewhere', { 'notes.md': 'nothing\n' });
    expect(result.step(STEP).code).toBe(0);
  });

  test('whose list tries to speak to the runner: no command but our own annotation', async () => {
    const hostile = [
      `- [::error::stolen ##[add-mask]x \${{ github.token }} $(touch stolen) \`touch stolen\`](${at('bad?::set-output%20name=a::b')})`,
      `::add-mask::everything`,
      `- [##[group]x](javascript:##[group]) ##[error](${at('bad')}#x)`,
    ].join('\n');
    const result = await request('hostile', {
      'sources/::error file=x::y.md': `${hostile}\n`,
      'sources/b.md': `${hostile}\n`,
    });
    const step = result.step(STEP);
    expect(step.code, step.stdout + step.stderr).toBe(2);
    for (const line of runnerCommands(step.stdout + step.stderr))
      expect(line).toMatch(/^::(error|warning|notice) (file=sources|title=)/);
    expect(existsSync(join(result.folder, 'stolen'))).toBe(false);
  });
});

describe('the file itself', () => {
  test('has no secrets, may only read, and interpolates nothing into a script', () => {
    const file = readYaml(FILE);
    expect(JSON.stringify(file)).not.toMatch(/secrets\.|github\.token/);
    expect(file.permissions).toEqual({ contents: 'read' });
    expect(file.on).toEqual({ pull_request: { paths: ['sources/**'] } });
    for (const { run, uses } of stepsOf(FILE, 'new-links')) {
      expect(run ?? '').not.toContain('${{');
      if (uses !== null) expect(uses).toMatch(/@[0-9a-f]{40}$/);
    }
  });
});
