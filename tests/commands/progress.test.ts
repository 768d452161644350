import { expect, test } from 'vitest';
import { listOf, setScene } from '../e2e/scene.ts';
import { text } from '../world/answers.ts';
import { startWorld } from '../world/world.ts';

test.each([
  [['https://one.example/a'], 'checking 1 link on 1 host'],
  [['https://one.example/a', 'https://two.example/'], 'checking 2 links on 2 hosts'],
])('a run of %j begins with how much it is', async (urls, line) => {
  const world = await startWorld();
  const scene = setScene(world);
  try {
    for (const url of urls) world.on(url, text('Gone', 410));
    scene.write('sources/list.md', listOf(urls));
    expect((await scene.run(['check', '--host-request-interval', '1ms'])).stderr.split('\n')[0]).toBe(line);
  } finally {
    scene.remove();
    await world.close();
  }
});
