import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Handler } from '../world/answers.ts';
import { slowFirstByte } from '../world/faults.ts';
import { blogPost } from '../world/pages/blogs.ts';
import { pictureHost } from '../world/pictures.ts';
import { startWorld, type World } from '../world/world.ts';
import { BRISK, listOf, type Scene, setScene } from './scene.ts';

const LINKS = 300;
const HOSTS = 30;
const CONCURRENCY = 8;
const KILLS = 4;

const urls = Array.from({ length: LINKS }, (_, index) => `https://site-${index % HOSTS}.example/post/${index}`);

const post: Handler = ({ url }) =>
  slowFirstByte(
    blogPost(url.href, {
      title: `日记 ${url.pathname}`,
      author: '守夜人',
      account: url.hostname,
      published: '2024-02-03T04:05:06+08:00',
      paragraphs: [
        `今天是第 ${url.pathname.split('/').pop()} 天，灯塔上的灯又亮了一夜，海面上什么也没有，只有风从北边来。`,
        '我把每天看到的都写下来，哪怕什么都没有看到。写下来的东西不会丢，丢了也知道是从哪一天开始丢的。',
      ],
      pictures: [`https://pictures.example${url.pathname}.png`],
    }),
    15,
  );

let world: World;
let scene: Scene;
beforeEach(async () => {
  world = await startWorld();
  world.on('*.example', post);
  world.on('pictures.example', pictureHost);
  scene = setScene(world);
});
afterEach(async () => {
  scene.remove();
  await world.close();
});

const ARGS = ['check', 'list.md', ...BRISK, '--max-concurrency', String(CONCURRENCY)];

/** Addresses whose page lies finished in the archive. */
function storedPages(): Set<string> {
  const found = new Set<string>();
  for (const name of scene.files().keys()) {
    if (!/^pages\/[^/]+\/[^/]+\/page\.json$/.test(name)) continue;
    const { url } = JSON.parse(readFileSync(join(scene.archive, name), 'utf8')) as { url: string };
    found.add(url);
  }
  return found;
}

/** Every JSON and NDJSON file of the archive parses. */
function everyFileParses(): void {
  for (const name of scene.files().keys()) {
    if (!/\.(nd)?json$/.test(name)) continue;
    const content = readFileSync(join(scene.archive, name), 'utf8');
    const parts = name.endsWith('.ndjson') ? content.split('\n').filter((line) => line !== '') : [content];
    for (const part of parts) expect(() => JSON.parse(part), name).not.toThrow();
  }
}

function nothingLostOrDoubled(list: readonly string[]): void {
  const { links } = scene.status();
  const found = links.map(({ url }) => url);
  const others = links.filter(({ verdict }) => verdict !== 'alive');
  expect(others.map(({ url, verdict, reason, evidence }) => ({ url, verdict, reason, evidence }))).toEqual([]);
  expect(found.slice().sort()).toEqual(list.slice().sort());
  expect(scene.status().run).toMatchObject({ complete: true, counts: { links: list.length, alive: list.length } });
}

describe('kill -9', () => {
  test('at any moment loses at most the pages in flight, and the next run goes on with the rest', async () => {
    const list = urls;
    scene.write('list.md', listOf(list));
    const asked = new Set<string>();
    for (let kill = 0; kill < KILLS; kill += 1) {
      const stored = storedPages();
      const from = world.log.length;
      const goal = from + 20 + Math.floor(Math.random() * 160);
      await scene.run(ARGS, {
        onStart(send) {
          // Counted in requests, not in seconds, so that a slow machine is killed in the middle of its work too.
          const timer = setInterval(() => {
            if (world.log.length < goal) return;
            clearInterval(timer);
            send('SIGKILL');
          }, 3);
          timer.unref();
        },
      });
      const again = world.log.slice(from).filter(({ url }) => stored.has(url));
      // A page is put on its shelf and noted as done in one stroke.
      expect(again, `kill ${kill} after ${goal - from} requests`).toEqual([]);
      const twice = world.log.slice(from).filter(({ url }) => asked.has(url) && list.includes(url));
      expect(twice.length, `asked for a second time after kill ${kill}`).toBeLessThanOrEqual(3 * CONCURRENCY);
      for (const { url } of world.log.slice(from)) asked.add(url);
      everyFileParses();
    }
    const last = await scene.run(ARGS);
    expect(last.code).toBe(0);
    nothingLostOrDoubled(list);
    expect((await scene.run(['verify'])).code).toBe(0);
  }, 90_000);
});

describe('SIGINT', () => {
  test('ends politely with what is known, and the next run finishes', async () => {
    const list = urls.slice(0, 90);
    scene.write('list.md', listOf(list));
    const run = await scene.run(ARGS, {
      onStart(send) {
        const timer = setInterval(() => {
          if (world.log.length < 60) return;
          clearInterval(timer);
          send('SIGINT');
        }, 3);
        timer.unref();
      },
    });
    expect([run.code, run.signal]).toEqual([1, null]);
    const { run: stopped, links } = scene.status();
    expect(stopped.complete).toBe(false);
    expect(stopped.counts.alive).toBeGreaterThan(0);
    expect(stopped.counts.alive).toBeLessThan(list.length);
    expect(links.filter(({ verdict }) => verdict !== 'alive' && verdict !== 'skipped')).toEqual([]);
    everyFileParses();
    expect((await scene.run(ARGS)).code).toBe(0);
    nothingLostOrDoubled(list);
    expect(readdirSync(scene.folder).sort()).toEqual(['archive', 'list.md']);
  }, 90_000);
});
