import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Connection, connect } from '../../src/queue/connect.ts';
import { beat, countWorkers, loadGate, RedisGate } from '../../src/queue/gate.ts';
import { Keys } from '../../src/queue/keys.ts';
import { runs } from '../property.ts';
import { noRedis, type RedisServer, startRedis } from './redis.ts';

const GATES = 3;
const INTERVAL = 12;
const LONG = 600_000;

/** A request as one of the workers makes it; waits are in milliseconds. */
const request = fc.record({
  host: fc.constantFrom('a.example', 'b.example'),
  before: fc.nat(4),
  connecting: fc.nat(4),
  answering: fc.nat(6),
  /** The connection fails: nothing is ever sent. */
  fails: fc.boolean(),
  /** Milliseconds for which the host wants to be left alone afterwards; 0 for none. */
  hold: fc.constantFrom(0, 0, 0, 25),
});

/** What the workers saw, in the order in which they saw it; times by the clock that Redis has, too. */
type Seen =
  | { what: 'go'; host: string; worker: number; at: number }
  /** From here on the interval counts. */
  | { what: 'sent'; host: string; at: number }
  | { what: 'over'; host: string; at: number }
  | { what: 'held'; host: string; worker: number; till: number };

describe.skipIf(noRedis !== null)(`the gate in Redis${noRedis === null ? '' : ` (skipped: ${noRedis})`}`, () => {
  let server: RedisServer;
  let connections: Connection[] = [];
  let round = 0;
  beforeAll(async () => {
    server = await startRedis();
    connections = await Promise.all(Array.from({ length: GATES }, () => connect(server.url)));
    await Promise.all(connections.map(({ redis }) => loadGate(redis)));
  }, 60_000);
  afterAll(() => {
    for (const connection of connections) connection.close();
    server?.stop();
  });

  const gateOf = async (keys: Keys, connection: Connection, name: string): Promise<RedisGate> => {
    await beat(connection.redis, keys, name, LONG);
    return new RedisGate(connection.redis, keys, 'run', name, (error) => {
      throw error;
    });
  };

  test('gives leave to one request of a host at a time, an interval after the last, whoever asks and whoever is killed', async () => {
    const plans = fc.array(fc.array(request, { maxLength: 5 }), { minLength: GATES, maxLength: GATES });
    /** Which worker is killed in the middle of its how-manieth request. */
    const killed = fc.option(fc.record({ worker: fc.nat(GATES - 1), at: fc.nat(4), sent: fc.boolean() }));
    await fc.assert(
      fc.asyncProperty(plans, fc.integer({ min: 1, max: 2 }), killed, async (requests, concurrency, kill) => {
        const keys = new Keys(`{gate${round++}}`);
        const seen: Seen[] = [];
        const work = async (worker: number, connection: Connection) => {
          const name = `w${worker}`;
          const gate = await gateOf(keys, connection, name);
          for (const [at, { host, before, connecting, answering, fails, hold }] of (requests[worker] ?? []).entries()) {
            await sleep(before);
            const pass = await enter(gate, host, concurrency);
            seen.push({ what: 'go', host, worker, at: Date.now() });
            await sleep(connecting);
            const dies = kill?.worker === worker && kill.at === at;
            seen.push({ what: 'sent', host, at: Date.now() });
            if (dies ? kill.sent : !fails) pass.sent(INTERVAL);
            if (dies) {
              // Its lease ends.
              await beat(connection.redis, keys, name, 0);
              seen.push({ what: 'over', host, at: Date.now() });
              return;
            }
            if (!fails) await sleep(answering);
            seen.push({ what: 'over', host, at: Date.now() });
            pass.end(fails ? INTERVAL : 0);
            if (hold === 0) continue;
            seen.push({ what: 'held', host, worker, till: Date.now() + hold });
            gate.hold(host, hold);
          }
        };
        await Promise.all(connections.map((connection, worker) => work(worker, connection)));
        expect(['a.example', 'b.example'].flatMap((host) => faults(seen, host, concurrency))).toEqual([]);
      }),
      runs(12),
    );
  }, 120_000);

  test('what a killed worker was about to send counts as sent when it is given up; what it had under way counts no more', async () => {
    const keys = new Keys('{killed}');
    const [first, second] = connections;
    if (first === undefined || second === undefined) throw new Error('no connections');
    const [doomed, other] = [await gateOf(keys, first, 'doomed'), await gateOf(keys, second, 'other')];
    const rules = { concurrency: 1, intervalMs: LONG };
    const [starting, underWay] = [await doomed.enter('a.example', rules), await doomed.enter('b.example', rules)];
    expect([starting, underWay]).toEqual([{ pass: expect.anything() }, { pass: expect.anything() }]);
    if ('pass' in underWay) underWay.pass.sent(0);
    // While it lives nobody else may ask either host.
    await beat(first.redis, keys, 'doomed', LONG);
    for (const host of ['a.example', 'b.example']) {
      expect(await other.enter(host, rules)).toEqual({ waitMs: expect.any(Number) });
    }
    await beat(first.redis, keys, 'doomed', 0);
    expect(await other.enter('a.example', rules)).toEqual({ waitMs: LONG });
    expect(await other.enter('b.example', rules)).toHaveProperty('pass');
  });

  test('a rest of a host holds for all workers of its run, and for no other host', async () => {
    const keys = new Keys('{rest}');
    const [first, second] = connections;
    if (first === undefined || second === undefined) throw new Error('no connections');
    const [one, other] = [await gateOf(keys, first, 'one'), await gateOf(keys, second, 'other')];
    const failure = { verdict: 'blocked', reason: 'rate-limited', detail: 'HTTP 429', local: false } as const;
    one.rest('a.example', failure, Number.POSITIVE_INFINITY);
    // What one worker tells Redis stands in order before what it asks next.
    await one.enter('b.example', { concurrency: 1, intervalMs: INTERVAL });
    const rules = { concurrency: 1, intervalMs: INTERVAL };
    expect(await other.enter('a.example', rules)).toEqual({ rest: failure, ms: Number.POSITIVE_INFINITY });
    expect(await other.enter('c.example', rules)).toHaveProperty('pass');
    // A rest may have an end, and a shorter one does not end a longer one.
    other.rest('d.example', failure, LONG);
    other.rest('d.example', failure, 1);
    const resting = await other.enter('d.example', rules);
    expect(resting).toEqual({ rest: failure, ms: expect.any(Number) });
    if ('rest' in resting) expect(resting.ms).toBeGreaterThan(LONG / 2);
    if ('rest' in resting) expect(resting.ms).toBeLessThanOrEqual(LONG);
    expect(await countWorkers(first.redis, keys)).toBe(2);
  });
});

async function enter(gate: RedisGate, host: string, concurrency: number) {
  for (;;) {
    const entered = await gate.enter(host, { concurrency, intervalMs: INTERVAL });
    if ('pass' in entered) return entered.pass;
    if ('rest' in entered) throw new Error('a rest that nobody gave');
    await sleep(entered.waitMs);
  }
}

/** What of one host's requests was against the rules. A loaded machine makes gaps longer, never shorter. */
function faults(seen: readonly Seen[], host: string, concurrency: number): string[] {
  const found: string[] = [];
  let starting = false;
  let underWay = 0;
  let sentAt = Number.NEGATIVE_INFINITY;
  const held = new Map<number, number>();
  for (const event of seen.filter((each) => each.host === host)) {
    if (event.what === 'go') {
      underWay += 1;
      if (starting) found.push('two starting at once');
      if (underWay > concurrency) found.push(`${underWay} under way`);
      // The clock is read in whole milliseconds.
      if (event.at - sentAt < INTERVAL - 1) found.push(`${event.at - sentAt} ms after the last`);
      if (event.at < (held.get(event.worker) ?? 0) - 1) found.push('asked while it was to be left alone');
      starting = true;
    } else if (event.what === 'sent') {
      starting = false;
      sentAt = event.at;
    } else if (event.what === 'over') underWay -= 1;
    else held.set(event.worker, event.till);
  }
  return found;
}
