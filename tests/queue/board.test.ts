import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../src/crawl/index.ts';
import { THRESHOLDS } from '../../src/health/index.ts';
import { Board, PROTOCOL, type QueuedRun, type Task } from '../../src/queue/board.ts';
import { type Connection, connect } from '../../src/queue/connect.ts';
import { pack } from '../../src/queue/frame.ts';
import { openQueue } from '../../src/queue/index.ts';
import { Keys } from '../../src/queue/keys.ts';
import { Script } from '../../src/queue/script.ts';
import { noRedis, type RedisServer, startRedis } from './redis.ts';

const RUN = '20261123T020000Z-00000000';
const JOB = `${RUN}-a`;

const run = (key: string): QueuedRun => ({
  protocol: PROTOCOL,
  key,
  id: '20261123T020000Z',
  startedAt: '2026-11-23T02:00:00.000Z',
  links: 1,
  hosts: 1,
  look: {
    snapshots: true,
    images: true,
    warc: true,
    fragments: false,
    thresholds: THRESHOLDS,
  },
  asking: null,
  state: 'open',
});

const task: Task = {
  link: { id: 'web/a-00000000', url: 'https://a.example/', platform: 'web', key: 'a', occurrences: [] },
  record: null,
  page: null,
};

function report(picture: Uint8Array): Report {
  return {
    unanswered: null,
    found: {
      observation: {
        id: task.link.id,
        at: '2026-11-23T02:00:01.000Z',
        run: '20261123T020000Z',
        status: 200,
        finalUrl: task.link.url,
        hops: [],
        tries: [],
        via: 'http',
        ms: 5,
        failure: null,
        sighting: null,
        etag: null,
        lastModified: null,
        bodySha256: null,
      },
      judgement: { verdict: 'alive', reason: 'ok', marker: null, rule: 'web/ok', explicit: false },
      article: null,
      pictures: new Map([['https://a.example/a.png', { bytes: picture, contentType: 'image/png' }]]),
      captures: [],
      places: [],
    },
  };
}

describe.skipIf(noRedis !== null)(`the board in Redis${noRedis === null ? '' : ` (skipped: ${noRedis})`}`, () => {
  let server: RedisServer;
  let connection: Connection;
  let count = 0;
  beforeAll(async () => {
    server = await startRedis();
    connection = await connect(server.url);
  }, 60_000);
  afterAll(() => {
    connection?.close();
    server?.stop();
  });

  /** A board on which nothing stands yet. */
  const fresh = () => {
    const keys = new Keys(`{board${count++}}`);
    return { keys, redis: connection.redis, board: new Board(connection.redis, keys) };
  };

  test('names the runs in order of their keys, and knows of one whether it is there', async () => {
    const { board } = fresh();
    for (const key of ['c', 'a', 'b']) await board.saveRun(run(key));
    expect((await board.runs()).map(({ key }) => key)).toEqual(['a', 'b', 'c']);
    expect(await board.run('b')).toEqual(run('b'));
    expect(await board.run('d')).toBeNull();
  });

  test('gives a task until it is delivered, once, with what its host has taught', async () => {
    const { board } = fresh();
    await board.putTasks(RUN, JOB, [{ at: 3, task }]);
    await board.putTasks(RUN, JOB, [{ at: 3, task }]);
    const [field = '', ...more] = await board.openTasks(JOB);
    expect(more).toEqual([]);
    expect(await board.openCount(RUN)).toBe(1);
    expect(await board.task(JOB, field)).toEqual(task);
    expect(await board.memory(JOB)).toEqual(new Map());

    const taught = new Map([['a.example', []]]);
    expect(await board.deliver(RUN, JOB, field, report(Buffer.from('one')), taught)).toBe(true);
    expect(await board.deliver(RUN, JOB, field, report(Buffer.from('two')), taught)).toBe(false);
    expect(await board.task(JOB, field)).toBeNull();
    expect(await board.memory(JOB)).toEqual(taught);
    expect(await board.openCount(RUN)).toBe(0);
    expect(await board.waitingBytes(RUN)).toBeGreaterThan(0);

    const { entries, acknowledge } = await board.results(RUN);
    expect(entries).toEqual([{ id: task.link.id, report: report(Buffer.from('one')) }]);
    await acknowledge();
    expect(await board.waitingBytes(RUN)).toBe(0);
    const none = await board.results(RUN);
    expect(none.entries).toEqual([]);
    await none.acknowledge();
  });

  test('carries a result in pieces where it is large, and leaves none of them behind', async () => {
    const { board, redis, keys } = fresh();
    const large = randomBytes(8.5 * 1024 * 1024);
    await board.putTasks(RUN, JOB, [{ at: 0, task }]);
    const [field = ''] = await board.openTasks(JOB);
    await board.deliver(RUN, JOB, field, report(large), new Map());
    expect(await redis.ttl(keys.piece(RUN, task.link.id, 1))).toBeGreaterThan(3600);
    const { entries, acknowledge } = await board.results(RUN);
    const [picture] = entries[0]?.report.found.pictures.values() ?? [];
    expect(picture && large.equals(picture.bytes)).toBe(true);
    await acknowledge();
    expect(await redis.exists(keys.piece(RUN, task.link.id, 0), keys.piece(RUN, task.link.id, 1))).toBe(0);
  });

  test('passes over a result of which a piece is lost', async () => {
    const { board, redis, keys } = fresh();
    await redis.rpush(keys.results(RUN), await pack({ id: task.link.id, pieces: 2 }));
    await redis.set(keys.piece(RUN, task.link.id, 0), 'half');
    const { entries, acknowledge } = await board.results(RUN);
    expect(entries).toEqual([]);
    await acknowledge();
    expect(await redis.llen(keys.results(RUN))).toBe(0);
    expect(await redis.exists(keys.piece(RUN, task.link.id, 0))).toBe(0);
  });

  test('refuses what linkark did not write', async () => {
    const { board, redis, keys } = fresh();
    await redis.hset(keys.runs, 'x', '[]', 'y', '{"key":"y"}');
    await expect(board.run('x')).rejects.toThrow('a run of an unknown shape');
    await expect(board.run('y')).rejects.toThrow('a run of an unknown shape');
    await redis.hset(keys.tasks(JOB), 'x', await pack({ link: null }));
    await expect(board.task(JOB, 'x')).rejects.toThrow('a task of an unknown shape');
    await redis.rpush(keys.results(RUN), await pack({ id: 'web/a-00000000', report: {} }));
    await expect(board.results(RUN)).rejects.toThrow('a result of an unknown shape');
    await redis.set(keys.memory(JOB), '{"a":1}');
    expect(await board.memory(JOB)).toEqual(new Map());
  });

  test('takes a run away with all that belongs to it', async () => {
    const { board, redis, keys } = fresh();
    await board.saveRun(run(RUN));
    await board.addHosts(RUN, ['a.example']);
    await board.putTasks(RUN, JOB, [{ at: 0, task }]);
    const [field = ''] = await board.openTasks(JOB);
    await board.putTasks(RUN, JOB, [{ at: 1, task }]);
    await board.deliver(RUN, JOB, field, report(Buffer.alloc(1)), new Map([['a.example', []]]));
    expect(await board.hosts(RUN)).toEqual(new Set(['a.example']));
    await board.removeRun(RUN, [JOB]);
    expect(await redis.keys(`${keys.runs.replace(/\{(.*)\}.*/, '{$1}')}*`)).toEqual([]);
  });

  test('a script runs where Redis has never heard of it, and its own faults are told', async () => {
    const { redis } = fresh();
    expect(await new Script(`return ARGV[1] .. '${count}'`).run(redis, [], ['x'])).toBe(`x${count}`);
    await expect(new Script(`return redis.call('NO SUCH')`).run(redis, [], [])).rejects.toThrow(
      /Unknown Redis command/i,
    );
  });

  test('a list is put in as the run that its archive is in the middle of, else as the one that waits, else as a new one', async () => {
    const queue = await openQueue(`${server.url}?namespace=runs`);
    const input = { look: run('x').look, asking: null, hosts: [], record: async () => null, page: async () => null };
    const list = { ids: ['web/a-00000000'], lastRun: null, unfinished: null };
    const at = (hour: number) => new Date(Date.UTC(2026, 10, 23, hour));
    const first = await queue.crew({ ...list, now: at(2) }, input);
    expect(first.run).toEqual({ id: '20261123T020000Z', startedAt: '2026-11-23T02:00:00.000Z' });
    await first.load([], first.run);
    expect((await queue.crew({ ...list, now: at(14) }, input)).run).toEqual(first.run);
    expect((await queue.crew({ ...list, now: at(15) }, input)).run.id).toBe('20261123T150000Z');
    expect((await queue.crew({ ...list, ids: [], now: at(3) }, input)).run.id).toBe('20261123T030000Z');
    const unfinished = { id: '20261122T020000Z', startedAt: '2026-11-22T02:00:00.000Z' };
    expect((await queue.crew({ ...list, unfinished, now: at(3) }, input)).run).toEqual(unfinished);
    queue.close();
  });
});
