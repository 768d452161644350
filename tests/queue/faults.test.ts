import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '../../src/queue/connect.ts';
import { jobId, Keys } from '../../src/queue/keys.ts';
import { jobsOf } from '../../src/queue/worker.ts';
import { type InProcess, runInProcess } from '../commands/in-process.ts';
import { BRISK, listOf, type Scene, setScene } from '../e2e/scene.ts';
import { freePort } from '../servers.ts';
import { plainPage } from '../world/pages/blogs.ts';
import { runCli } from '../world/run-cli.ts';
import { startWorld, type World } from '../world/world.ts';
import { noRedis, type RedisServer, startRedis } from './redis.ts';

const links = ['a', 'b', 'c', 'd'].map((name) => `https://${name}.example/page`);
const asking = [...BRISK, '--fail-on', 'never', '--no-snapshots'];

test('a queue without its packages says which they are and how to install them', async () => {
  const loader = `export const resolve = (name, context, next) => {
    if (name === 'bullmq') throw Object.assign(new Error('Cannot find package'), { code: 'ERR_MODULE_NOT_FOUND' });
    return next(name, context);
  };`;
  const inline = (code: string) => `data:text/javascript,${encodeURIComponent(code)}`;
  const register = `import { register } from 'node:module'; register(${JSON.stringify(inline(loader))});`;
  const { code, stderr } = await runCli(['worker', '--queue', 'redis://127.0.0.1:1'], {
    env: { NODE_OPTIONS: `--import ${inline(register)}` },
  });
  expect(stderr).toContain('A queue needs the packages bullmq and ioredis, which are not installed');
  expect(stderr).toContain('npm install bullmq ioredis');
  expect(stderr).not.toContain('bug');
  expect(code).toBe(1);
}, 60_000);

describe.skipIf(noRedis !== null)(`faults of workers${noRedis === null ? '' : ` (skipped: ${noRedis})`}`, () => {
  let world: World;
  let redis: RedisServer;
  let scene: Scene;
  let queue: string;
  beforeAll(async () => {
    world = await startWorld();
    const page = plainPage('A page', 'It says something of its own, and it is there. '.repeat(9));
    for (const url of links) world.on(url, page);
    redis = await startRedis();
    scene = setScene(world);
    scene.write('list.md', listOf(links));
  }, 60_000);
  afterAll(async () => {
    scene?.remove();
    redis?.stop();
    await world?.close();
  });

  const run = (args: readonly string[], env: Record<string, string> = world.env): Promise<InProcess> =>
    runInProcess([...args, '--queue', queue], scene.folder, { env, now: () => new Date() });
  const worker = (...more: string[]) => ['worker', '--drain', '--ca', world.ca, ...more];

  test('a worker without a network gives its hosts back: another one finds what is there', async () => {
    queue = `${redis.url}?namespace=offline`;
    await run(['enqueue', 'list.md', ...asking]);
    const proxy = `http://127.0.0.1:${await freePort()}`;
    await expect(run(worker(), { HTTP_PROXY: proxy, HTTPS_PROXY: proxy })).rejects.toMatchObject({
      code: 'queue/offline',
    });
    expect((await run(['enqueue', '--status'])).stdout).toMatch(
      /4 waiting, 0 worked on, 0 .*\n.*: 0 of 4 links visited/,
    );
    const [taken] = await Promise.all([run(['enqueue', 'list.md', ...asking, '--wait']), run(worker())]);
    expect(taken.code).toBe(0);
    expect(scene.status().run.counts).toMatchObject({ links: 4, alive: 4, unreachable: 0 });
  }, 60_000);

  test('a worker whose own flags are wrong ends, and no host is the worse for it', async () => {
    queue = `${redis.url}?namespace=flags`;
    await run(['enqueue', 'list.md', ...asking]);
    const { code, stderr } = await run(['worker', '--drain', '--ca', 'nowhere.pem']);
    expect([code, stderr]).toEqual([3, 'linkark: --ca nowhere.pem: there is no such file\n']);
    expect((await run(['enqueue', '--status'])).stdout).toContain(
      '4 waiting, 0 worked on, 0 to be tried again, 0 given',
    );
  }, 60_000);

  test('hosts of a run that was called off are let go without a word to them', async () => {
    queue = `${redis.url}?namespace=off`;
    await run(['enqueue', 'list.md', ...asking]);
    const connection = await connect(queue);
    await connection.redis.del(new Keys(connection.prefix).runs);
    connection.close();
    const before = world.log.length;
    const { code, stdout } = await run(worker());
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^worker \S+ is ready\n$/)]);
    expect(world.log.length).toBe(before);
    expect((await run(['enqueue', '--status'])).stdout).toContain('0 waiting, 0 worked on');
  }, 60_000);

  test('a worker waits while too many results wait for somebody to take them in', async () => {
    queue = `${redis.url}?namespace=full`;
    await run(['enqueue', 'list.md', ...asking]);
    const connection = await connect(queue);
    const keys = new Keys(connection.prefix);
    const [key = ''] = await connection.redis.hkeys(keys.runs);
    await connection.redis.hincrby(keys.counts(key), 'bytes', 300 * 1024 * 1024);
    const stdout: string[] = [];
    const out = new Writable({
      write(chunk: Buffer, _encoding, done) {
        stdout.push(chunk.toString());
        if (stdout.join('').includes('too many results wait')) {
          connection.redis.hincrby(keys.counts(key), 'bytes', -300 * 1024 * 1024).then(() => done(), done);
        } else done();
      },
    });
    const { code } = await runInProcess([...worker(), '--queue', queue], scene.folder, {
      env: world.env,
      now: () => new Date(),
      out,
    });
    expect(code).toBe(0);
    expect(stdout.join('')).toContain('a.example: 1 link visited');
    connection.close();
  }, 60_000);

  test('what Redis has lost is put in again: every link is visited in the end', async () => {
    queue = `${redis.url}?namespace=lost`;
    const night = setScene(world);
    night.write('list.md', listOf(links));
    const inNight = (args: readonly string[]): Promise<InProcess> =>
      runInProcess([...args, '--queue', queue], night.folder, { env: world.env, now: () => new Date() });
    await inNight(['enqueue', 'list.md', ...asking]);
    const connection = await connect(queue);
    const keys = new Keys(connection.prefix);
    const [key = ''] = await connection.redis.hkeys(keys.runs);
    for (const host of ['a.example', 'b.example']) await connection.redis.del(keys.tasks(jobId(key, host)));
    const jobs = jobsOf(connection);
    for (const job of await jobs.getWaiting()) if (job.data.host !== 'd.example') await job.remove();
    const taking = inNight(['enqueue', 'list.md', ...asking, '--wait']);
    // The jobs of a run are put in again at once, so take them away once more: only then is what is lost seen.
    while ((await jobs.getWaitingCount()) < 4) await new Promise((resolve) => setTimeout(resolve, 10));
    for (const job of await jobs.getWaiting()) if (job.data.host !== 'd.example') await job.remove();
    while ((await jobs.getWaitingCount()) < 4) await new Promise((resolve) => setTimeout(resolve, 10));
    const [taken] = await Promise.all([taking, inNight(worker())]);
    connection.close();
    expect(taken.code).toBe(0);
    expect(night.status().run.counts).toMatchObject({ links: 4, alive: 4 });
    night.remove();
  }, 60_000);

  test('a host that fails three times is given up: status and --wait name it and the reason', async () => {
    queue = `${redis.url}?namespace=failing`;
    await run(['enqueue', 'list.md', ...asking]);
    const connection = await connect(queue);
    const { runs } = new Keys(connection.prefix);
    for (const [key, text] of Object.entries(await connection.redis.hgetall(runs))) {
      const of = { ...(JSON.parse(text) as object), protocol: 0 };
      await connection.redis.hset(runs, key, JSON.stringify(of));
    }
    // Attempts have seconds between them.
    const jobs = jobsOf(connection);
    const hurry = setInterval(() => void jobs.promoteJobs().catch(() => undefined), 50);
    const { code, stdout } = await run(worker());
    clearInterval(hurry);
    connection.close();
    const reason = 'The run was put in by another version of linkark';
    expect(code).toBe(0);
    expect(stdout.match(/a\.example: to be tried again/g)).toHaveLength(2);
    expect(stdout).toContain(`a.example: given up: ${reason}`);
    const status = await run(['enqueue', '--status']);
    expect(status.stdout).toContain('0 waiting, 0 worked on, 0 to be tried again, 4 given up');
    expect(status.stdout).toContain(`given up: a.example: ${reason}`);
    const taken = await run(['enqueue', 'list.md', ...asking, '--wait']);
    expect(taken.stderr).toContain(`linkark: a.example: given up after 3 attempts: ${reason}`);
    expect(taken.code).toBe(1);
  }, 60_000);
});
