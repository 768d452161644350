import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Answer, answer } from '../world/answers.ts';
import { blogPost } from '../world/pages/blogs.ts';
import { wechatArticle } from '../world/pages/wechat.ts';
import { runCli } from '../world/run-cli.ts';
import { startWorld, type World } from '../world/world.ts';

const BRISK = ['--host-request-interval', '1ms', '--retry-wait-time', '20ms', '--no-progress', '--quiet'];

let world: World;
let folder: string;
beforeEach(async () => {
  world = await startWorld();
  folder = mkdtempSync(join(tmpdir(), 'linkark-places-'));
});
afterEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  await world.close();
});

const story = (title: string) => ({
  title,
  author: '石匠',
  account: '河边',
  published: '2024-05-06T07:08:09+08:00',
  paragraphs: [
    `${title}：河上的桥断了三次，每一次都是同一个人来修，他说断过的地方接起来比原来结实。`,
    '他老了以后，把锤子交给了一个孩子。桥又断了一次，孩子用了两天把它接好，走上去一点声音也没有。',
  ],
  pictures: [],
});

function listOf(urls: readonly string[]): string {
  return urls.map((url) => `- [${titleOf(url)}](${url})\n`).join('');
}

const titleOf = (url: string): string => `守桥日记 ${url.slice(url.lastIndexOf('/') + 1)}`;

function wechat(token: string): Answer {
  const mid = String([...token].reduce((sum, sign) => (sum * 31 + sign.charCodeAt(0)) % 1e9, 7));
  const identity = { biz: 'MzA5MDAwMDAwMQ==', mid, idx: '1', sn: mid.padStart(32, '0'), token };
  return wechatArticle(story(titleOf(`/${token}`)), identity);
}

/** Every path below a folder, with forward slashes. */
function paths(dir: string): string[] {
  return readdirSync(dir, { recursive: true, encoding: 'utf8' }).map((path) => path.replaceAll('\\', '/'));
}

describe('names of files', () => {
  test('of ids that differ by case alone stay apart where case is folded, and are safe on Windows', async () => {
    const tokens = [
      'AbCdEfGhIjKlMnOpQrStUv',
      'aBcDeFgHiJkLmNoPqRsTuV',
      'abcdefghijklmnopqrstuv',
      'ABCDEFGHIJKLMNOPQRSTUV',
    ];
    const urls = tokens.map((token) => `https://mp.weixin.qq.com/s/${token}`);
    for (const [index, url] of urls.entries()) world.on(url, wechat(tokens[index] ?? ''));
    writeFileSync(join(folder, 'list.md'), listOf(urls));
    const run = await runCli(['check', 'list.md', ...BRISK], { cwd: folder, env: world.env });
    expect(run.code, run.stderr).toBe(0);
    const found = paths(join(folder, 'archive'));
    const folded = found.map((path) => path.toLowerCase());
    expect(found.filter((path) => path.endsWith('/page.json'))).toHaveLength(tokens.length);
    expect(new Set(folded).size).toBe(found.length);
    const unsafe = found.filter((path) =>
      path.split('/').some((name) => /[<>:"|?*\\]|[. ]$|^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(name)),
    );
    expect(unsafe).toEqual([]);
    for (const path of found.filter((name) => name.endsWith('/page.json'))) {
      const page = JSON.parse(readFileSync(join(folder, 'archive', path), 'utf8')) as { url: string; title: string };
      expect(page.title).toBe(titleOf(page.url));
    }
  }, 60_000);

  test('300 characters deep, lists and archive alike, are no obstacle', async () => {
    const deep = join(...Array.from({ length: 6 }, (_, index) => `第${index}层-${'x'.repeat(40)}`));
    const url = 'https://blog.example/post/deep';
    world.on(url, blogPost(url, story(titleOf(url))));
    mkdirSync(join(folder, deep), { recursive: true });
    writeFileSync(join(folder, deep, 'list.md'), listOf([url]));
    expect(join(folder, deep, 'list.md').length).toBeGreaterThan(300);
    const archive = join(folder, deep, 'archive');
    const args = ['check', join(deep, 'list.md'), '--archive', archive, ...BRISK];
    const run = await runCli(args, { cwd: folder, env: world.env });
    expect(run.code, run.stderr).toBe(0);
    expect((await runCli(['verify', '--archive', archive])).code).toBe(0);
    expect(paths(archive).filter((path) => path.endsWith('/page.md'))).toHaveLength(1);
  }, 60_000);

  test('too long for the file system are said so', async () => {
    const url = 'https://blog.example/post/long';
    world.on(url, blogPost(url, story(titleOf(url))));
    writeFileSync(join(folder, 'list.md'), listOf([url]));
    const run = await runCli(['check', 'list.md', '--archive', 'y'.repeat(300), ...BRISK], {
      cwd: folder,
      env: world.env,
    });
    expect(run.code).toBe(1);
    expect(run.stderr).toContain('too long for this file system');
    expect(readdirSync(folder)).toEqual(['list.md']);
  }, 60_000);
});

describe('two runs at once', () => {
  test('the second ends with a word on who is at work, and takes nothing from the first', async () => {
    const url = 'https://blog.example/post/slow';
    let asked = () => {};
    let answerNow = () => {};
    const begun = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const free = new Promise<void>((resolve) => {
      answerNow = resolve;
    });
    world.on(url, async () => {
      asked();
      await free;
      return blogPost(url, story(titleOf(url)));
    });
    world.on('https://blog.example/robots.txt', answer(404, [], ''));
    writeFileSync(join(folder, 'list.md'), listOf([url]));
    const first = runCli(['check', 'list.md', ...BRISK], { cwd: folder, env: world.env });
    await begun;
    const second = await runCli(['check', 'list.md', ...BRISK], { cwd: folder, env: world.env });
    answerNow();
    expect(second.code).toBe(1);
    expect(second.stderr).toMatch(/in use by process \d+ on .+ delete .+lock/s);
    expect((await first).code).toBe(0);
    expect((await runCli(['verify'], { cwd: folder })).code).toBe(0);
    expect(paths(join(folder, 'archive')).filter((path) => path.endsWith('/page.json'))).toHaveLength(1);
  }, 60_000);
});
