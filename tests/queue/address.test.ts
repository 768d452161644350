import { describe, expect, test } from 'vitest';
import { readAddress } from '../../src/queue/connect.ts';
import { openQueue } from '../../src/queue/index.ts';
import { runInProcess } from '../commands/in-process.ts';
import { freePort } from '../servers.ts';
import { runCli } from '../world/run-cli.ts';
import { noRedis, startRedis } from './redis.ts';

test.each([
  'nonsense',
  '',
  'http://host:6379',
  'redis://',
  'redis://host/name',
  'redis://host?namespace=a:b',
  'redis://host?namespace={a}',
])('%j is no address of a queue', (address) => {
  expect(() => readAddress(address)).toThrow(expect.objectContaining({ code: 'queue/address' }));
});

test('an address says database and namespace, and is shown without its secrets', () => {
  expect(readAddress('rediss://me:geheim@host:7000/3?namespace=night')).toEqual({
    url: 'rediss://me:geheim@host:7000/3',
    database: 3,
    namespace: 'night',
    shown: 'rediss://…@host:7000/3',
  });
});

test.each(['worker', 'enqueue'])(
  '%s says in a sentence that nobody answers, and ends',
  async (command) => {
    const url = `redis://me:geheim@127.0.0.1:${await freePort()}`;
    const { code, stderr } = await runCli([command, '--queue', url]);
    expect(stderr).toMatch(/^linkark: The queue redis:\/\/…@127\.0\.0\.1:\d+ does not answer: .*ECONNREFUSED/);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).not.toContain('geheim');
    expect(code).toBe(1);
  },
  60_000,
);

test.each([
  ['worker', [], 'say which queue'],
  ['enqueue', [], 'say which queue'],
  ['worker', ['--queue', 'http://host'], 'not that of a Redis'],
])('%s with %j ends with 3', async (command, args, words) => {
  const { code, stderr } = await runInProcess([command, ...args], '.');
  expect(stderr).toContain(words);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(code).toBe(3);
});

describe.skipIf(noRedis !== null)(`a Redis with a password${noRedis === null ? '' : ` (skipped: ${noRedis})`}`, () => {
  test('that is not ours is a sentence, and so is a database that it has not', async () => {
    const redis = await startRedis('geheim');
    try {
      for (const wrong of [`redis://:falsch@127.0.0.1:${redis.port}`, `redis://127.0.0.1:${redis.port}`]) {
        await expect(openQueue(wrong)).rejects.toMatchObject({
          code: 'queue/unreachable',
          message: expect.stringMatching(/does not let us in: (?:WRONGPASS|NOAUTH)/),
        });
      }
      await expect(openQueue(`${redis.url}/99`)).rejects.toMatchObject({ code: 'queue/unreachable' });
      const queue = await openQueue(redis.url);
      expect(await queue.status()).toMatchObject({ workers: 0, runs: [], givenUp: [] });
      queue.close();
    } finally {
      redis.stop();
    }
  }, 60_000);
});
