import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { demoLinks } from '../world/demo-web.ts';
import { plainPage } from '../world/pages/blogs.ts';
import { startWorld } from '../world/world.ts';
import { BRISK, listOf, type Scene, setScene } from './scene.ts';

let scene: Scene;
beforeEach(() => {
  scene = setScene(null);
  scene.write('sources/list.md', listOf(demoLinks.map(({ url }) => url)));
});
afterEach(() => scene.remove());

/** A port of this machine on which nobody listens. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 1;
}

test('a proxy that refuses is no death: one clear sentence, nothing written, exit 1', async () => {
  const proxy = `http://127.0.0.1:${await closedPort()}`;
  const run = await scene.run(['check', ...BRISK], { env: { HTTP_PROXY: proxy, HTTPS_PROXY: proxy } });
  expect(run.code).toBe(1);
  const sentences = run.stderr.split('\n').filter((line) => /offline|没有网络|could be reached/i.test(line));
  expect(sentences).toHaveLength(1);
  expect(scene.files().size).toBe(0);
});

test('neither is a machine without network', async () => {
  // Names that can exist nowhere (RFC 6761), so that the test reaches nobody on a machine that has a network.
  scene.write('nowhere.md', listOf(['one', 'two', 'three', 'four'].map((name) => `https://${name}.invalid/`)));
  const run = await scene.run(['check', 'nowhere.md', ...BRISK]);
  expect(run.code).toBe(1);
  expect(run.stderr).toMatch(/offline|没有网络/i);
  expect(scene.files().size).toBe(0);
});

test('an archive that was there stays as it was', async () => {
  scene.write('archive/keep.txt', 'mine');
  const before = scene.files();
  const proxy = `http://127.0.0.1:${await closedPort()}`;
  const run = await scene.run(['check', ...BRISK], { env: { HTTP_PROXY: proxy, HTTPS_PROXY: proxy } });
  expect(run.code).toBe(1);
  expect(scene.files()).toEqual(before);
});

test('names that are no more at the head of a list, told before any page comes, cut no run short', async () => {
  const world = await startWorld();
  const dead = Array.from({ length: 6 }, (_, index) => `https://dead-${index}.example/`);
  const there = Array.from({ length: 20 }, (_, index) => `https://there-${index}.example/`);
  for (const url of dead) world.host(new URL(url).hostname, { connect: 'dead-dns' });
  world.on('*.example', async ({ url }) => {
    await sleep(500);
    return plainPage(`${url.href} 的页`, `这一页属于 ${url.href}，与别的页都不一样，慢慢地来，但是一定会来。`);
  });
  const own = setScene(world);
  try {
    own.write('list.md', listOf([...dead, ...there]));
    await own.run(['check', 'list.md', '--max-concurrency', '6', ...BRISK]);
    expect(own.status().run.counts).toMatchObject({ links: 26, unreachable: 6, alive: 20 });
  } finally {
    own.remove();
    await world.close();
  }
});
