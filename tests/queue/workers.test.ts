import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LinkStatus, Status } from '../../src/types.ts';
import { BRISK, listOf, type Scene, setScene } from '../e2e/scene.ts';
import { answer, type Handler } from '../world/answers.ts';
import { plainPage } from '../world/pages/blogs.ts';
import type { CliRun } from '../world/run-cli.ts';
import { startWorld, type World } from '../world/world.ts';
import { noRedis, type RedisServer, startRedis } from './redis.ts';

const HOSTS = 8;
const PER_HOST = 25;
const INTERVAL = 200;
/** How much closer two requests may seem at the server than they were sent: the wake-up of a loaded machine. */
const SLACK = 180;

const links = Array.from({ length: HOSTS * PER_HOST }, (_, at) => `https://h${at % HOSTS}.example/${at}`);
const page: Handler = ({ url }) =>
  plainPage(
    `Page of ${url.href}`,
    `What ${url.href} says is its own, and nothing else says it in this way. `.repeat(9),
  );
const asking = [...BRISK, '--fail-on', 'never', '--host-request-interval', `${INTERVAL}ms`];

let world: World;
let redis: RedisServer;
let single: Scene;
let scene: Scene;

/** An entry without its times and without the hash of a page that names its time. */
function timeless({ evidence, snapshot, ...rest }: LinkStatus): unknown {
  const { checkedAt: _, since: __, lastAlive: ___, ...lasting } = rest;
  return {
    ...lasting,
    evidence: evidence && { ...evidence, ms: 0 },
    snapshot: snapshot && { ...snapshot, capturedAt: '', sha256: '' },
  };
}

const result = ({ links: entries, run }: Status): unknown => [run.complete, run.counts, entries.map(timeless)];

/** Starts the command and says when a line of its output matches. */
function start(args: readonly string[]): {
  ended: Promise<CliRun>;
  said(words: RegExp): Promise<void>;
  kill(name: NodeJS.Signals): void;
} {
  let text = '';
  const waiting: { words: RegExp; heard: () => void }[] = [];
  let kill: (name: NodeJS.Signals) => void = () => {};
  const look = () =>
    waiting
      .filter(({ words }) => words.test(text))
      .forEach(({ heard }) => {
        heard();
      });
  const ended = scene.run([...args, '--queue', redis.url], {
    onOutput: (part) => {
      text += part;
      look();
    },
    onStart: (killer) => {
      kill = killer;
    },
  });
  const said = (words: RegExp): Promise<void> =>
    Promise.race([
      new Promise<void>((heard) => {
        waiting.push({ words, heard });
        look();
      }),
      ended.then(({ stderr }) => {
        if (!words.test(text)) throw new Error(`ended without saying ${words}: ${stderr}`);
      }),
    ]);
  return { ended, said, kill: (name) => kill(name) };
}

describe.skipIf(noRedis !== null)(`workers on a queue${noRedis === null ? '' : ` (skipped: ${noRedis})`}`, () => {
  beforeAll(async () => {
    world = await startWorld();
    world.on('*.example', page);
    world.on('https://h3.example/3', answer(404, [], 'Not found'));
    redis = await startRedis();
    [single, scene] = [setScene(world), setScene(world)];
    for (const each of [single, scene]) each.write('list.md', `${listOf(links)}- [beside](./list.md)\n`);
    const { code, stderr } = await single.run(['check', 'list.md', ...asking]);
    expect([code, stderr]).toEqual([0, expect.any(String)]);
  }, 240_000);
  afterAll(async () => {
    single?.remove();
    scene?.remove();
    redis?.stop();
    await world?.close();
  });

  test('one killed in the middle: the result is that of one run, and no host was asked too fast', async () => {
    const before = world.log.length;
    const put = await scene.run(['enqueue', 'list.md', ...asking, '--queue', redis.url]);
    expect(put.stdout).toContain(`${links.length} links on ${HOSTS} hosts put in`);
    const again = await scene.run(['enqueue', 'list.md', ...asking, '--queue', redis.url]);
    expect(again.stdout.split('\n')[0]).toBe(put.stdout.split('\n')[0]);

    const doomed = start(['worker', '--lease', '4s', '--max-concurrency', '2']);
    await doomed.said(/is ready/);
    while (world.log.length - before < 30) await new Promise((resolve) => setTimeout(resolve, 20));
    doomed.kill('SIGKILL');
    const workers = [1, 2].map(() => start(['worker', '--lease', '4s']));
    const taken = await scene.run(['enqueue', 'list.md', ...asking, '--wait', '--queue', redis.url]);
    expect([taken.code, taken.stderr]).toEqual([0, expect.not.stringContaining('bug')]);

    const status = await scene.run(['enqueue', '--status', '--queue', redis.url]);
    expect(status.stdout).toContain('0 waiting, 0 worked on, 0 to be tried again, 0 given up');
    expect(status.stdout).not.toContain('visited');
    for (const worker of workers) worker.kill('SIGTERM');
    expect((await Promise.all(workers.map(({ ended }) => ended))).map(({ code }) => code)).toEqual([0, 0]);

    expect(result(scene.status())).toEqual(result(single.status()));
    const log = world.log.slice(before);
    for (const host of new Set(log.map((entry) => entry.host))) {
      const times = log.filter((entry) => entry.host === host).map(({ at }) => at);
      const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0));
      expect(gaps.filter((gap) => gap < INTERVAL - SLACK)).toEqual([]);
    }
  }, 240_000);

  test('a worker that is asked to stop finishes what is under way and gives the rest back', async () => {
    const night = setScene(world);
    night.write('list.md', listOf(links.map((url) => `${url}?again`)));
    const put = await night.run(['enqueue', 'list.md', ...asking, '--queue', redis.url]);
    expect(put.code).toBe(0);
    const before = world.log.length;
    const worker = start(['worker']);
    await worker.said(/is ready/);
    while (world.log.length - before < 10) await new Promise((resolve) => setTimeout(resolve, 20));
    worker.kill('SIGTERM');
    const { code, stdout } = await worker.ended;
    expect(code).toBe(0);
    expect(stdout).toContain('the rest given back');
    const rest = await night.run(['enqueue', '--status', '--queue', redis.url]);
    expect(rest.stdout).toMatch(/hosts: [1-8] waiting, 0 worked on/);
    const visited = Number(/: (\d+) of 200 links visited/.exec(rest.stdout)?.[1]);
    expect(visited).toBeGreaterThan(0);
    expect(visited).toBeLessThan(links.length);
    night.remove();
  }, 240_000);
});
