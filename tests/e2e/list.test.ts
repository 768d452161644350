import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoLinks, furnishDemoWeb } from '../world/demo-web.ts';
import { pictureAt } from '../world/pictures.ts';
import { type CliRun, root } from '../world/run-cli.ts';
import { startWorld, type World } from '../world/world.ts';
import { BRISK, changedFiles, type Scene, setScene } from './scene.ts';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const kept = demoLinks.filter((link) => link.story !== null);
const lost = demoLinks.filter((link) => link.story === null);
const squeeze = (text: string): string => text.replace(/\s+/g, '');

let world: World;
let scene: Scene;
let first: CliRun;
let afterFirst: Map<string, string>;
beforeAll(async () => {
  world = await startWorld();
  furnishDemoWeb(world);
  scene = setScene(world);
  scene.write('sources/chatgpt.md', readFileSync(join(root, 'sources/chatgpt.md'), 'utf8'));
  first = await scene.run(['check', ...BRISK]);
  afterFirst = scene.files();
});
afterAll(async () => {
  scene.remove();
  await world.close();
});

const page = (url: string, file: string): string => {
  const path = scene.link(url).snapshot?.path ?? '';
  return readFileSync(join(scene.archive, path.replace(/page\.md$/, file)), 'utf8');
};

describe("the user's own list over the stand-in web", () => {
  test('ends with 2, for some links are gone, and says how many', () => {
    expect(first.code).toBe(2);
    expect(first.stdout + first.stderr).toMatch(/18/);
    expect(scene.status().run).toMatchObject({ complete: true, counts: { links: 18, alive: 13, gone: 3, blocked: 2 } });
  });

  test('every link has the verdict that it was given', () => {
    const found = scene.status().links.map(({ url, verdict, reason }) => `${url} ${verdict}/${reason}`);
    expect(found.sort()).toEqual(demoLinks.map(({ url, verdict, reason }) => `${url} ${verdict}/${reason}`).sort());
  });

  test.each(kept.map((link) => [link.what, link] as const))('%s: title, author, date', (_what, { url, story }) => {
    const link = scene.link(url);
    expect(link.title).toBe(story?.title.trim());
    // Notion's public data names nobody, and its times are UTC.
    const notion = link.platform === 'notion';
    expect(notion ? [null] : [story?.author, story?.account]).toContain(link.author);
    expect(link.author).not.toBe('');
    const said = Date.parse(link.published ?? '');
    // Sohu, and WeChat before 2018, show minutes.
    expect(Math.abs(said - Date.parse(story?.published ?? ''))).toBeLessThan(60_000);
    expect(link.published).toMatch(notion ? /Z$|[+-]\d\d:\d\d$/ : /\+08:00$/);
  });

  test.each(kept.map((link) => [link.what, link] as const))('%s: the whole text', (_what, { url, story }) => {
    const text = squeeze(page(url, 'page.md').replace(/[*_\\]/g, ''));
    for (const paragraph of story?.paragraphs ?? []) expect(text).toContain(squeeze(paragraph));
  });

  test.each(kept.map((link) => [link.what, link] as const))(
    '%s: its pictures, byte for byte',
    (_what, { url, story }) => {
      const { snapshot } = scene.link(url);
      expect(snapshot?.images).toBe(story?.pictures.length);
      const assets = [...scene.files()].filter(([name]) => name.startsWith('assets/')).map(([, hash]) => hash);
      for (const address of story?.pictures ?? []) expect(assets).toContain(sha256(pictureAt(address)));
    },
  );

  test.each(lost.map((link) => [link.what, link] as const))(
    '%s: nothing is kept, and why is said',
    (_what, { url }) => {
      const link = scene.link(url);
      expect(link.snapshot).toBeNull();
      expect(link.evidence?.marker).toBeTruthy();
    },
  );

  test('the formulas of a Zhihu column stay TeX', () => {
    expect(page('https://zhuanlan.zhihu.com/p/597586623', 'page.md')).toContain('L(N)=aN^{-b}');
  });

  test('the archive has what a reader looks for', () => {
    for (const name of ['README.md', 'status.json', 'status.md', 'index.html', 'manifest.json', 'changes.ndjson']) {
      expect(existsSync(join(scene.archive, name)), name).toBe(true);
    }
  });

  test('each host was asked by one hand at a time where its platform wants that, and WeChat pictures without a Referer', () => {
    const wechat = world.log.filter(({ host }) => host === 'mp.weixin.qq.com');
    expect(Math.max(...wechat.map(({ inFlight }) => inFlight))).toBe(1);
    expect(wechat.every(({ headers }) => headers['accept-language']?.startsWith('zh-CN'))).toBe(true);
    const pictures = world.log.filter(({ host }) => host === 'mmbiz.qpic.cn');
    expect(pictures.length).toBeGreaterThan(0);
    expect(pictures.every(({ headers }) => headers.referer === undefined)).toBe(true);
  });

  test('a second identical run changes nothing but its own time', async () => {
    const second = await scene.run(['check', ...BRISK]);
    expect(second.code).toBe(2);
    const changed = changedFiles(afterFirst, scene.files());
    const allowed = ['manifest.json', 'status.json', 'status.md'];
    expect(changed.filter((name) => !allowed.includes(name))).toEqual([]);
    expect(changed).toContain('status.json');
  });

  test('what the second run changed is the run in status.json', async () => {
    const { run, ...rest } = scene.status();
    const again = await scene.run(['check', ...BRISK]);
    expect(again.code).toBe(2);
    const { run: next, ...same } = scene.status();
    expect(same).toEqual(rest);
    expect({ ...next, id: '', startedAt: '', finishedAt: '' }).toEqual({
      ...run,
      id: '',
      startedAt: '',
      finishedAt: '',
    });
  });
});

test('the list of the project names the 18 links of the stand-in web', async () => {
  const { stdout } = await scene.run(['check', 'sources', '--dump']);
  const urls = [...stdout.matchAll(/https?:\/\/\S+/g)].map(([url]) => url);
  expect([...new Set(urls)].sort()).toEqual(demoLinks.map(({ url }) => url).sort());
});
