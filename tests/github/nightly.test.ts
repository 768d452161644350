import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { json } from '../world/answers.ts';
import { demoLinks, furnishDemoWeb } from '../world/demo-web.ts';
import { plainPage } from '../world/pages/blogs.ts';
import { wechatDeleted } from '../world/pages/wechat-walls.ts';
import { zhihuNotFound } from '../world/pages/zhihu.ts';
import { startWorld, type World } from '../world/world.ts';
import { createHub, type Hub } from './repository.ts';
import { type JobResult, readYaml, runJob, runnerCommands, type Step, stepsOf } from './workflow.ts';

const FILE = '.github/workflows/nightly.yml';
const TITLE = '失效的链接 / Dead links';
const WECHAT = 'https://mp.weixin.qq.com/s/8FOojNMnCe1D3q0TOgE_EQ';
const ZHIHU = 'https://zhuanlan.zhihu.com/p/597586623';
const PLAIN = 'https://notes.example.org/one';
const LIST = `# 清单\n\n- [一张显卡](${WECHAT})\n- [通往智能之路](${ZHIHU})\n- [\`\${{ github.token }}\` $(touch stolen) ::error::x](${PLAIN})\n`;
const CONFIG = JSON.stringify({ hostRequestInterval: '1ms', retryWaitTime: '20ms', health: { explicitHours: 20 } });

/** What a person would put into the secret: a Netscape cookies.txt. */
const COOKIES = '# Netscape HTTP Cookie File\nnotes.example.org\tFALSE\t/\tTRUE\t0\tsession\tveryveryhidden';
const nights: JobResult[] = [];

// Whole jobs of many processes each: on a busy machine they take their time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let world: World;
let hub: Hub;
const well = new Map(demoLinks.map(({ url, responder }) => [url, responder]));
const answerAsBefore = (url: string): void => world.on(url, well.get(url) ?? wechatDeleted());

beforeAll(async () => {
  world = await startWorld();
  furnishDemoWeb(world);
  world.on(PLAIN, plainPage('One note', 'A sentence that stays as it is, night after night. '.repeat(20)));
  world.on('https://archive.org/wayback/available*', json({ archived_snapshots: {} }));
  hub = createHub({ 'sources/list.md': LIST, 'linkark.config.json': CONFIG });
});
afterAll(async () => {
  hub.remove();
  await world.close();
});

/** One night: the job's steps in a clean clone, `hours` after the first. */
async function night(name: string, hours: number, beforeSteps?: (checkout: string) => void): Promise<JobResult> {
  const folder = hub.checkout(name);
  beforeSteps?.(folder);
  const result = await runJob(stepsOf(FILE, 'check'), {
    folder,
    temp: join(hub.folder, `${name}-temp`),
    env: { ...hub.env, ...world.env, STAND_IN_HOURS: String(hours) },
    contexts: {
      'github.token': 'token-of-the-job',
      'github.repository': 'somebody/reading',
      'github.ref_name': 'main',
      'secrets.LINKARK_COOKIES': COOKIES,
    },
  });
  nights.push(result);
  return result;
}

const commits = (): string[] => hub.git(['log', '--format=%an: %s', 'main']).trim().split('\n');
const file = (path: string): string => hub.git(['show', `main:${path}`]);
const trouble = (result: JobResult): string =>
  result.steps.map(({ name, code, stdout, stderr }) => `${name}: ${code}\n${stdout}${stderr}`).join('\n');

describe('the nightly job, night after night', () => {
  test('first night, all well: everything is kept in one commit, no issue', async () => {
    const result = await night('night-1', 0);
    expect(result.conclusion, trouble(result)).toBe('success');
    expect(result.step('Check the links').outputs.code).toBe('0');
    expect(commits()).toEqual([
      expect.stringMatching(/^github-actions\[bot\]: Archive of \d{4}-\d\d-\d\d: 3 links, 0 failing, 0 dead$/),
      'Somebody: Begin',
    ]);
    const changed = hub.git(['show', '--format=', '--name-only', 'main']).trim().split('\n');
    expect(changed.filter((path) => !path.startsWith('archive/'))).toEqual([]);
    expect(changed).toEqual(
      expect.arrayContaining(['archive/status.json', 'archive/index.html', 'archive/manifest.json']),
    );
    expect(result.summary).toContain('3 个链接');
    expect(hub.calls()).toEqual(['issue list']);
  });

  test('a night without news makes no commit', async () => {
    const result = await night('night-2', 24);
    expect(result.conclusion, trouble(result)).toBe('success');
    expect(result.step('Commit what changed').stdout).toContain('No news tonight.');
    expect(result.step('Push').ran).toBe(false);
    expect(commits()).toHaveLength(2);
    expect(result.summary).toContain('没有变化');
  });

  test('two fail once: that is news and is kept, but nothing is dead yet', async () => {
    world.on(WECHAT, wechatDeleted());
    world.on(ZHIHU, zhihuNotFound());
    const result = await night('night-3', 48);
    expect(result.conclusion, trouble(result)).toBe('success');
    expect(commits()[0]).toMatch(/3 links, 2 failing, 0 dead$/);
    expect(hub.issues()).toEqual([]);
    expect(file('archive/changes.ndjson').trim().split('\n')).toHaveLength(5);
  });

  test('two deaths, and somebody pushes in the very moment: rebased, tried again, one issue opened', async () => {
    // The first push of the job is overtaken between its pull and itself.
    let overtaken = false;
    const result = await night('night-4', 72, (checkout) => {
      const flag = join(hub.folder, 'overtaken');
      hub.push('Somebody adds a word', { 'NOTES.md': 'first\n' });
      const hook = `#!/bin/sh
[ -e '${flag}' ] && exit 0
touch '${flag}'
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE
work="$(mktemp -d)"
git clone --quiet '${join(hub.folder, 'remote.git')}' "$work/other" && cd "$work/other" && echo second >> NOTES.md &&
git -c user.name=Somebody -c user.email=s@example.org commit --quiet --all -m 'Somebody adds another' && git push --quiet 2>/dev/null
rm -rf "$work"
`;
      writeFileSync(join(checkout, '.git/hooks/pre-push'), hook, { mode: 0o755 });
      overtaken = true;
    });
    expect(overtaken).toBe(true);
    expect(result.conclusion, trouble(result)).toBe('success');
    expect(result.step('Check the links').outputs.code).toBe('2');
    expect(result.step('Push').stdout).toContain('trying again (1)');
    const [last, ...earlier] = commits();
    expect(last).toMatch(/3 links, 0 failing, 2 dead$/);
    expect(earlier.slice(0, 2)).toEqual(['Somebody: Somebody adds another', 'Somebody: Somebody adds a word']);
    expect(file('NOTES.md')).toBe('first\nsecond\n');
    const [issue, ...others] = hub.issues();
    expect(others).toEqual([]);
    expect(issue).toMatchObject({ title: TITLE, state: 'open' });
    expect(issue?.body).toContain('新失效（2）');
    expect(issue?.body).toContain('作者已删除');
    expect(issue?.body).toMatch(
      /https:\/\/github\.com\/somebody\/reading\/blob\/main\/archive\/pages\/wechat\/[^>]+\/page\.md/,
    );
    expect(issue?.body).toBe(result.summary);
  });

  test('a stranger opens an issue of the same title; one link recovers: only our own issue is edited', async () => {
    const own = hub.issues();
    const stranger = {
      number: 9,
      title: TITLE,
      body: 'mine',
      state: 'open' as const,
      author: { is_bot: false, login: 'x' },
      comments: [],
    };
    hub.setIssues([stranger, ...own]);
    answerAsBefore(WECHAT);
    const result = await night('night-5', 96);
    expect(result.conclusion, trouble(result)).toBe('success');
    expect(result.step('Check the links').outputs.code).toBe('0');
    expect(commits()[0]).toMatch(/3 links, 0 failing, 1 dead$/);
    const [theirs, ours] = hub.issues();
    expect(theirs).toEqual(stranger);
    expect(ours?.state).toBe('open');
    expect(ours?.body).toMatch(/已恢复（1）[\s\S]*仍失效（1）/);
  });

  test('the other recovers too: the issue is closed with a word', async () => {
    answerAsBefore(ZHIHU);
    const result = await night('night-6', 120);
    expect(result.conclusion, trouble(result)).toBe('success');
    expect(hub.issues()[1]).toMatchObject({ state: 'closed', comments: [expect.stringContaining('back')] });
    expect(hub.issues()[0]?.state).toBe('open');
    expect(commits()[0]).toMatch(/3 links, 0 failing, 0 dead$/);
  });

  test('no night gave the runner a command, ran what a link text says, or left a secret behind', () => {
    const printed = nights.flatMap(({ steps }) => steps.map(({ stdout, stderr }) => stdout + stderr)).join('\n');
    expect(runnerCommands(printed)).toEqual([]);
    const ran = hub.git(['grep', '-l', 'stolen', 'main']).trim().split('\n');
    expect(ran.filter((path) => !/\.(md|json|js|xml|html|ndjson)$/.test(path))).toEqual([]);
    for (const secret of ['veryveryhidden', 'token-of-the-job']) {
      expect(printed).not.toContain(secret);
      expect(hub.git(['log', '--all', '--format=%s', '-S', secret])).toBe('');
    }
    // The cookies were sent where they belong, so they were there to be left behind.
    expect(world.log.some(({ headers }) => headers.cookie?.includes('veryveryhidden') === true)).toBe(true);
  });
});

describe('nights that go wrong', () => {
  test('offline: the job fails, nothing is committed, the issue is left alone', async () => {
    const before = [commits(), hub.calls().length];
    const folder = hub.checkout('offline');
    const result = await runJob(stepsOf(FILE, 'check'), {
      folder,
      temp: join(hub.folder, 'offline-temp'),
      env: { ...hub.env, HTTP_PROXY: 'http://127.0.0.1:9', HTTPS_PROXY: 'http://127.0.0.1:9', STAND_IN_HOURS: '144' },
    });
    expect(result.conclusion).toBe('failure');
    expect(result.step('Check the links').code).toBe(1);
    expect(result.step('Commit what changed').ran).toBe(false);
    expect([commits(), hub.calls().length]).toEqual(before);
  });

  test('a source that can not be read: the rest is kept, and the job fails at its end', async () => {
    const result = await night('unreadable', 168, (checkout) => {
      writeFileSync(join(checkout, 'sources/old.md'), Buffer.from([0x23, 0x20, 0xd6, 0xd0, 0xce, 0xc4, 0xff, 0x0a]));
    });
    expect(result.step('Check the links').outputs.code, trouble(result)).toBe('3');
    expect(result.step('Keep one issue').code).toBe(0);
    expect(result.summary).toContain('old.md');
    expect(result.conclusion).toBe('failure');
  });

  test('issues are turned off: that is noted, and the job goes on', async () => {
    writeFileSync(join(hub.folder, 'issues-off'), '');
    const [keep] = stepsOf(FILE, 'check').filter(({ name }) => name === 'Keep one issue');
    const report = { ...keep, name: 'Report', run: 'echo report > "$RUNNER_TEMP/report.md"' } as Step;
    const result = await runJob([report, keep as Step], {
      folder: hub.checkout('issues-off-checkout'),
      temp: join(hub.folder, 'issues-off-temp'),
      env: hub.env,
      contexts: { 'github.token': 'token-of-the-job', 'github.repository': 'somebody/reading' },
    });
    expect(result.step('Keep one issue')).toMatchObject({ code: 0, stdout: expect.stringMatching(/^::notice::/) });
  });

  test('a bad configuration: the job fails at once', async () => {
    const result = await night('bad-config', 168, (checkout) => {
      writeFileSync(join(checkout, 'linkark.config.json'), '{ "timeot": "1s" }');
    });
    expect(result.step('Check the links').code).toBe(3);
    expect(result.step('Commit what changed').ran).toBe(false);
  });
});

describe('the file itself', () => {
  test('no script has an expression in it, every action is pinned by commit', () => {
    for (const step of stepsOf(FILE, 'check')) {
      expect(step.run ?? '').not.toContain('${{');
      if (step.uses !== null) expect(step.uses).toMatch(/@[0-9a-f]{40}$/);
    }
  });

  test('asks for no more than it needs', () => {
    const file = readYaml(FILE);
    expect(file.permissions).toEqual({});
    expect(file.concurrency).toMatchObject({ 'cancel-in-progress': false });
  });
});

test('what a night kept is published: a push with the token of the job starts no workflow by itself', () => {
  const { on } = readYaml('.github/workflows/pages.yml');
  expect(on).toMatchObject({ workflow_run: { workflows: [readYaml(FILE).name], types: ['completed'] } });
});
