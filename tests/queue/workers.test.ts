import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LinkStatus, Status } from '../../src/types.ts';
import { type InProcess, runInProcess } from '../commands/in-process.ts';
import { BRISK, listOf, type Scene, setScene } from '../e2e/scene.ts';
import { answer, type Handler } from '../world/answers.ts';
import { plainPage } from '../world/pages/blogs.ts';
import { startWorld, type World } from '../world/world.ts';
import { noRedis, type RedisServer, startRedis } from './redis.ts';

const HOSTS = 8;
const PER_HOST = 12;
const INTERVAL = 100;

const links = Array.from({ length: HOSTS * PER_HOST }, (_, at) => `https://h${at % HOSTS}.example/${at}`);
const page: Handler = ({ url }) =>
  plainPage(
    `Page of ${url.href}`,
    `What ${url.href} says is its own, and nothing else says it in this way. `.repeat(9),
  );

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

const asking = [...BRISK, '--fail-on', 'never', '--host-request-interval', `${INTERVAL}ms`];

const run = (args: readonly string[], where: Scene, stop?: AbortSignal): Promise<InProcess> =>
  runInProcess(args, where.folder, { env: world.env, now: () => new Date(), ...(stop ? { stop } : {}) });

const queued = (args: readonly string[], where: Scene, stop?: AbortSignal): Promise<InProcess> =>
  run([...args, '--queue', redis.url], where, stop);

/** A worker in this process, until it is stopped. */
function hire(lease: string): { stop(): Promise<InProcess> } {
  const stop = new AbortController();
  const ended = queued(['worker', '--ca', world.ca, '--lease', lease], scene, stop.signal);
  return {
    stop: () => {
      stop.abort();
      return ended;
    },
  };
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10));
}

/** Starts the command as a process of its own and kills it with -9 when it is time. */
async function killedWhen(args: readonly string[], holds: () => boolean): Promise<void> {
  let kill = () => {};
  const ended = scene.run([...args, '--queue', redis.url], {
    onStart: (killer) => {
      kill = () => killer('SIGKILL');
    },
  });
  await Promise.race([until(holds), ended.then(({ stderr }) => Promise.reject(new Error(`ended: ${stderr}`)))]);
  kill();
  expect((await ended).signal).toBe('SIGKILL');
}

/** Has Redis tell whenever it gives a request leave to begin, by its own clock, in milliseconds. */
async function watchLeaves(): Promise<{ of: Map<string, number[]>; end(): void }> {
  const client = new Redis(redis.url);
  const monitor = await client.monitor();
  client.disconnect();
  const of = new Map<string, number[]>();
  monitor.on('monitor', (time: string, [command, key = '', field]: string[]) => {
    if (command?.toUpperCase() !== 'HSET' || field !== 'starter') return;
    const host = key.replace(/^.*:host:/, '');
    of.set(host, [...(of.get(host) ?? []), Number(time) * 1000]);
  });
  return { of, end: () => monitor.disconnect() };
}

describe.skipIf(noRedis !== null)(`workers on a queue${noRedis === null ? '' : ` (skipped: ${noRedis})`}`, () => {
  beforeAll(async () => {
    world = await startWorld();
    world.on('*.example', page);
    world.on('https://h3.example/3', answer(404, [], 'Not found'));
    redis = await startRedis();
    [single, scene] = [setScene(world), setScene(world)];
    for (const each of [single, scene]) each.write('list.md', `${listOf(links)}- [beside](./list.md)\n`);
    expect(await run(['check', 'list.md', ...asking, '--ca', world.ca], single)).toMatchObject({ code: 0 });
  }, 120_000);
  afterAll(async () => {
    single?.remove();
    scene?.remove();
    redis?.stop();
    await world?.close();
  });

  test('a worker and the one that takes in are killed in the middle: the result is that of one run', async () => {
    const before = world.log.length;
    const leaves = await watchLeaves();
    const put = await queued(['enqueue', 'list.md', ...asking], scene);
    expect(put.stdout).toContain(`${links.length} links on ${HOSTS} hosts put in`);
    const again = await queued(['enqueue', 'list.md', ...asking], scene);
    expect(again.stdout.split('\n')[0]).toBe(put.stdout.split('\n')[0]);

    await Promise.all([
      killedWhen(['worker', '--lease', '3s', '--max-concurrency', '2'], () => world.log.length - before >= 20),
      killedWhen(['enqueue', 'list.md', ...asking, '--wait'], () => scene.files().size > 0),
    ]);
    const workers = [hire('3s'), hire('3s')];
    const taken = await queued(['enqueue', 'list.md', ...asking, '--wait'], scene);
    expect([taken.code, taken.stderr]).toEqual([0, expect.not.stringContaining('bug')]);

    const status = await queued(['enqueue', '--status'], scene);
    expect(status.stdout).toContain('0 waiting, 0 worked on, 0 to be tried again, 0 given up');
    expect(status.stdout).not.toContain('visited');
    expect((await Promise.all(workers.map((worker) => worker.stop()))).map(({ code }) => code)).toEqual([0, 0]);
    leaves.end();

    expect(result(scene.status())).toEqual(result(single.status()));
    const asked = world.log.slice(before).map(({ host }) => host);
    for (const host of new Set(asked)) {
      const given = leaves.of.get(host) ?? [];
      expect(asked.filter((each) => each === host).length).toBeLessThanOrEqual(given.length);
      // Redis tells of a leave a moment after the time by which it gave it.
      const gaps = given.slice(1).map((at, index) => at - (given[index] ?? 0));
      expect(gaps.filter((gap) => gap < INTERVAL / 2)).toEqual([]);
    }
  }, 120_000);

  test('a second night, with kept pages and a page that has gone, is that of a second run', async () => {
    world.on('https://h2.example/2', answer(404, [], 'Not found'));
    expect(await run(['check', 'list.md', ...asking, '--ca', world.ca], single)).toMatchObject({ code: 0 });
    const worker = hire('30s');
    expect(await queued(['enqueue', 'list.md', ...asking, '--wait'], scene)).toMatchObject({ code: 0 });
    expect(await worker.stop()).toMatchObject({ code: 0 });
    expect(scene.link('https://h2.example/2')).toMatchObject({ verdict: 'gone' });
    expect(result(scene.status())).toEqual(result(single.status()));
  }, 120_000);

  test('a worker that is asked to stop finishes what is under way and gives the rest back', async () => {
    const night = setScene(world);
    night.write('list.md', listOf(links.map((url) => `${url}?again`)));
    expect(await queued(['enqueue', 'list.md', ...asking], night)).toMatchObject({ code: 0 });
    const before = world.log.length;
    const worker = hire('30s');
    await until(() => world.log.length - before >= 10);
    const { code, stdout } = await worker.stop();
    expect(code).toBe(0);
    expect(stdout).toContain('the rest given back');
    const rest = await queued(['enqueue', '--status'], night);
    expect(rest.stdout).toMatch(/hosts: [1-8] waiting, 0 worked on/);
    const visited = Number(new RegExp(`: (\\d+) of ${links.length} links visited`).exec(rest.stdout)?.[1]);
    expect(visited).toBeGreaterThan(0);
    expect(visited).toBeLessThan(links.length);
    night.remove();
  }, 120_000);
});
