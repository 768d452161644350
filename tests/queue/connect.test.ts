import { describe, expect, test } from 'vitest';
import { asLoadFault, asQueueError, connect, unreachable } from '../../src/queue/connect.ts';
import { QueueError } from '../../src/queue/errors.ts';
import { noRedis, startRedis } from './redis.ts';

const coded = (code: string) => Object.assign(new Error('Cannot find package'), { code });

test.each([
  [
    'a missing package',
    coded('ERR_MODULE_NOT_FOUND'),
    { code: 'queue/packages', mend: expect.stringMatching(/npm install/) },
  ],
  ['a missing package as CommonJS names it', coded('MODULE_NOT_FOUND'), { code: 'queue/packages' }],
])('%s says what to install', (_, error, told) => {
  expect(asLoadFault(error)).toMatchObject({ ...told, cause: error });
});

test.each([coded('EACCES'), new SyntaxError('Unexpected token'), 'no error at all'])(
  'a package that is there and can not be loaded stays the fault it is: %s',
  (error) => {
    expect(asLoadFault(error)).toBe(error);
  },
);

const reply = Object.assign(new Error('OOM command not allowed'), { name: 'ReplyError' });
const known = new QueueError('queue/lost', 'gone', 'start again');

test.each<[unknown, unknown]>([
  [reply, { code: 'queue/refused', message: 'The queue redis://h refuses: OOM command not allowed' }],
  [
    new Error('Connection is closed.'),
    { code: 'queue/lost', message: 'The queue redis://h is gone: Connection is closed.' },
  ],
])('%s is a sentence', (error, told) => {
  expect(asQueueError(error, 'redis://h')).toMatchObject({ ...(told as object), cause: error });
});

test.each([known, new TypeError('x is not a function'), 'thrown by a stranger', null])(
  '%s stays what it is',
  (error) => {
    expect(asQueueError(error, 'redis://h')).toBe(error);
  },
);

test.each<[unknown, string]>([
  [new Error('connect ECONNREFUSED\n 127.0.0.1:1'), 'redis://h does not answer: connect ECONNREFUSED 127.0.0.1:1'],
  [
    new AggregateError([new Error('connect ECONNREFUSED ::1:1')]),
    'redis://h does not answer: connect ECONNREFUSED ::1:1',
  ],
  [new AggregateError(['?'], ''), 'redis://h does not answer: no answer'],
  [new Error(''), 'redis://h does not answer: no answer'],
  ['refused', 'redis://h does not answer: refused'],
  [
    new Error('NOPERM this user has no permissions'),
    'redis://h does not let us in: NOPERM this user has no permissions',
  ],
  [new Error('ERR AUTH <password> called'), 'redis://h does not let us in: ERR AUTH <password> called'],
])('%s says why nobody could be reached', (error, words) => {
  expect(unreachable('redis://h', error)).toMatchObject({ code: 'queue/unreachable', message: `The queue ${words}` });
});

describe.skipIf(noRedis !== null)(`a connection${noRedis === null ? '' : ` (skipped: ${noRedis})`}`, () => {
  test('that ends is lost, but not where we end it ourselves', async () => {
    const redis = await startRedis();
    try {
      const [ours, theirs] = [await connect(redis.url), await connect(redis.url)];
      let lost = false;
      ours.lost.catch(() => {
        lost = true;
      });
      ours.close();
      theirs.redis.disconnect();
      await expect(theirs.lost).rejects.toMatchObject({
        code: 'queue/lost',
        message: expect.stringMatching(/is gone: the connection was closed$/),
      });
      expect(lost).toBe(false);
    } finally {
      redis.stop();
    }
  }, 60_000);

  test('that Redis ends is begun anew, and what was asked meanwhile is answered', async () => {
    const redis = await startRedis();
    try {
      const [connection, other] = [await connect(redis.url), await connect(redis.url)];
      const closed = new Promise((resolve) => connection.redis.once('close', resolve));
      await other.redis.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
      await closed;
      expect(await connection.redis.ping()).toBe('PONG');
      connection.close();
      other.close();
    } finally {
      redis.stop();
    }
  }, 60_000);
});
