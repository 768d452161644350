import { afterAll, beforeAll, expect, test } from 'vitest';
import { answer, type Handler } from '../world/answers.ts';
import { limitedPace } from '../world/faults.ts';
import { plainPage } from '../world/pages/blogs.ts';
import type { CliRun } from '../world/run-cli.ts';
import { startWorld, type World } from '../world/world.ts';
import { listOf, type Scene, setScene } from './scene.ts';

const INTERVAL = 200;
const BUSY = 32;
const OTHERS = 8;
/** How much closer two requests may seem at the server than they were sent: the wake-up of a loaded machine. */
const SLACK = 120;

let world: World;
let scene: Scene;
let run: CliRun;
const busy = Array.from({ length: BUSY }, (_, index) => `https://busy.example/${index}`);
const others = Array.from({ length: OTHERS }, (_, index) => `https://other-${index}.example/`);

const unlike: Handler = ({ url }) =>
  plainPage(`第 ${url.href} 页`, `这是 ${url.href} 的内容，一页一个样子，写在这里是为了让每一页都有自己的话可说。`);

beforeAll(async () => {
  world = await startWorld();
  world.on('https://busy.example/*', limitedPace(INTERVAL - SLACK, unlike));
  world.on('*.example', unlike);
  world.on('https://busy.example/favicon.ico', answer(404, [], ''));
  scene = setScene(world);
  scene.write('list.md', listOf([...busy, ...others]));
  run = await scene.run(['check', 'list.md', '--no-progress', '--host-request-interval', `${INTERVAL}ms`]);
});
afterAll(async () => {
  scene.remove();
  await world.close();
});

const ofBusy = () => world.log.filter(({ host }) => host === 'busy.example');

test('a host that limits by pace never had to say so, and every link is alive', () => {
  expect(run.code).toBe(0);
  expect(ofBusy().filter(({ status }) => status === 429)).toEqual([]);
  expect(scene.status().run.counts).toMatchObject({ links: BUSY + OTHERS, alive: BUSY + OTHERS });
});

test('no two requests to one host came closer than the interval', () => {
  for (const name of new Set(world.log.map(({ host }) => host))) {
    const times = world.log.filter(({ host }) => host === name).map(({ at }) => at);
    for (const [index, at] of times.entries()) {
      if (index > 0) expect(at - (times[index - 1] ?? 0)).toBeGreaterThan(INTERVAL - SLACK);
    }
  }
});

test('never more at once than allowed', () => {
  expect(Math.max(...world.log.map(({ inFlight }) => inFlight))).toBeLessThanOrEqual(2);
});

test('nobody waits for the busy host', () => {
  const times = ofBusy().map(({ at }) => at);
  const middle = times[Math.floor(BUSY / 2)] ?? 0;
  expect(Math.max(...world.log.filter(({ host }) => host !== 'busy.example').map(({ at }) => at))).toBeLessThan(middle);
});
