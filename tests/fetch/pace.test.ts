import fc from 'fast-check';
import pLimit from 'p-limit';
import { describe, expect, it } from 'vitest';
import type { LaneRules } from '../../src/fetch/gate.ts';
import type { Turn } from '../../src/fetch/pace.ts';
import { Pace } from '../../src/fetch/pace.ts';
import { runs } from '../property.ts';
import { seeded, VirtualClock } from './clock.ts';

interface Served {
  host: string;
  start: number;
  end: number;
}

interface World {
  clock: VirtualClock;
  pace: Pace;
  log: Served[];
  busy: () => number;
  /** Asks a host; the server sees it `delay` after it is sent and takes `work` to answer. */
  ask: (host: string, delay: number, work: number) => Promise<unknown>;
}

function world(rules: (host: string) => LaneRules, slots: number, seed = 1): World {
  const clock = new VirtualClock();
  const limit = pLimit(slots);
  const log: Served[] = [];
  let busy = 0;
  let most = 0;
  const pace = new Pace({
    clock: clock.now,
    random: seeded(seed),
    sleep: clock.sleep,
    slot: (task) => limit(task),
    rules,
  });
  const serve = (host: string, delay: number, work: number) => async (turn: Turn) => {
    busy += 1;
    most = Math.max(most, busy);
    turn.sent();
    await clock.sleep(delay);
    const start = clock.now();
    await clock.sleep(work);
    turn.heard();
    log.push({ host, start, end: clock.now() });
    busy -= 1;
  };
  return {
    clock,
    pace,
    log,
    busy: () => most,
    ask: (host, delay, work) => pace.run(host, serve(host, delay, work)),
  };
}

function gaps(log: readonly Served[], host: string): number[] {
  const starts = log.filter((each) => each.host === host).map(({ start }) => start);
  starts.sort((a, b) => a - b);
  return starts.slice(1).map((start, at) => start - (starts[at] ?? 0));
}

function mostAtOnce(log: readonly Served[], host: string): number {
  const own = log.filter((each) => each.host === host);
  return Math.max(
    0,
    ...own.map(({ start }) => own.filter((other) => other.start <= start && other.end > start).length),
  );
}

describe('pace', () => {
  it('keeps the interval, the concurrency and the makespan where one host has 80 % of the links', async () => {
    const { clock, log, ask } = world(() => ({ concurrency: 2, intervalMs: 200 }), 16);
    const hosts = Array.from({ length: 300 }, (_, n) => (n % 5 === 0 ? `h${n}` : 'big'));
    const begun = clock.now();
    await clock.run(Promise.all(hosts.map((host) => ask(host, 2, 20))));
    expect(log.length).toBe(300);
    expect(Math.min(...gaps(log, 'big'))).toBeGreaterThanOrEqual(200);
    expect(mostAtOnce(log, 'big')).toBeLessThanOrEqual(2);
    expect(clock.now() - begun).toBeLessThanOrEqual(240 * 200 * 1.1);
  });

  it('keeps the interval at the server where some requests arrive late, and the makespan as well', async () => {
    const { clock, log, ask } = world(() => ({ concurrency: 2, intervalMs: 200 }), 16);
    const begun = clock.now();
    const delays = Array.from({ length: 200 }, (_, n) => (n % 10 === 3 ? 80 : 1));
    await clock.run(Promise.all(delays.map((delay) => ask('h', delay, 20))));
    expect(Math.min(...gaps(log, 'h'))).toBeGreaterThanOrEqual(200);
    expect(clock.now() - begun).toBeLessThanOrEqual(200 * 200 * 1.1);
  });

  it('keeps the makespan where the server takes now long and now short', async () => {
    const { clock, ask } = world(() => ({ concurrency: 2, intervalMs: 200 }), 16);
    const random = seeded(7);
    const begun = clock.now();
    await clock.run(Promise.all(Array.from({ length: 200 }, () => ask('h', 1, random() * 150))));
    expect(clock.now() - begun).toBeLessThanOrEqual(200 * 200 * 1.1);
  });

  it('never breaks a rule, whatever the hosts, delays and limits', async () => {
    const run = fc.asyncProperty(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 300 })), { maxLength: 40 }),
      fc.integer({ min: 1, max: 3 }),
      fc.integer({ min: 0, max: 500 }),
      fc.integer({ min: 1, max: 5 }),
      fc.integer(),
      async (asks, concurrency, intervalMs, slots, seed) => {
        const { clock, log, ask, busy } = world(() => ({ concurrency, intervalMs }), slots, seed);
        await clock.run(Promise.all(asks.map(([host, work]) => ask(`h${host}`, 0, work))));
        expect(log.length).toBe(asks.length);
        expect(busy()).toBeLessThanOrEqual(slots);
        for (const host of new Set(log.map((each) => each.host))) {
          for (const gap of gaps(log, host)) expect(gap).toBeGreaterThanOrEqual(intervalMs);
          expect(mostAtOnce(log, host)).toBeLessThanOrEqual(concurrency);
        }
      },
    );
    await fc.assert(run, runs(60));
  });

  it('a slow host holds no slots while its asks wait', async () => {
    const rules = (host: string) => ({ concurrency: 1, intervalMs: host === 'slow' ? 10_000 : 0 });
    const { clock, log, ask } = world(rules, 2);
    const begun = clock.now();
    await clock.run(
      Promise.all([
        ...Array.from({ length: 10 }, () => ask('slow', 0, 1)),
        ...Array.from({ length: 50 }, (_, n) => ask(`quick${n}`, 0, 10)),
      ]),
    );
    const lastQuick = Math.max(...log.filter(({ host }) => host !== 'slow').map(({ end }) => end));
    expect(lastQuick - begun).toBeLessThan(1000);
  });

  it('goes round the hosts where slots are short', async () => {
    const { clock, log, ask } = world(() => ({ concurrency: 4, intervalMs: 0 }), 1);
    const asks = [...Array.from({ length: 20 }, () => 'big'), 'small'];
    await clock.run(Promise.all(asks.map((host) => ask(host, 0, 10))));
    expect(log.findIndex(({ host }) => host === 'small')).toBeLessThan(4);
  });

  it('lets those that have begun go first', async () => {
    const { clock, pace } = world(() => ({ concurrency: 1, intervalMs: 100 }), 4);
    const order: string[] = [];
    const run = (name: string, urgent: boolean) =>
      pace.run(
        'h',
        async (turn) => {
          order.push(name);
          turn.sent();
        },
        { urgent },
      );
    await clock.run(Promise.all([run('a', false), run('b', false), run('c', true)]));
    expect(order).toEqual(['a', 'c', 'b']);
  });

  it('counts the interval from the wire, not from the turn', async () => {
    const clock = new VirtualClock();
    const sent: number[] = [];
    const pace = new Pace({
      clock: clock.now,
      random: seeded(1),
      sleep: clock.sleep,
      slot: (task) => task(),
      rules: () => ({ concurrency: 5, intervalMs: 100 }),
    });
    const ask = (connecting: number) =>
      pace.run('h', async (turn) => {
        await clock.sleep(connecting);
        sent.push(clock.now());
        turn.sent();
      });
    await clock.run(Promise.all([ask(90), ask(0), ask(0)]));
    const [first = 0, second = 0, third = 0] = sent;
    expect(second - first).toBeGreaterThanOrEqual(100);
    expect(third - second).toBeGreaterThanOrEqual(100);
  });

  it('failed connections keep the interval as well', async () => {
    const clock = new VirtualClock();
    const begun: number[] = [];
    const pace = new Pace({
      clock: clock.now,
      random: seeded(1),
      sleep: clock.sleep,
      slot: (task) => task(),
      rules: () => ({ concurrency: 2, intervalMs: 100 }),
    });
    const ask = () =>
      pace.run('h', async () => {
        begun.push(clock.now());
      });
    await clock.run(Promise.all([ask(), ask(), ask()]));
    const [first = 0, second = 0, third = 0] = begun;
    expect(second - first).toBeGreaterThanOrEqual(100);
    expect(third - second).toBeGreaterThanOrEqual(100);
  });

  it('holds a whole host, and no other', async () => {
    const { clock, log, pace, ask } = world(() => ({ concurrency: 2, intervalMs: 0 }), 4);
    const begun = clock.now();
    pace.hold('held', begun + 5000);
    await clock.run(Promise.all([ask('held', 0, 0), ask('free', 0, 0)]));
    expect((log.find(({ host }) => host === 'held')?.start ?? 0) - begun).toBeGreaterThanOrEqual(5000);
    expect(log.find(({ host }) => host === 'free')?.start).toBe(begun);
  });

  it('tells all that wait when a host is to rest, and asks it again when the rest is over', async () => {
    const { clock, log, pace, ask } = world(() => ({ concurrency: 1, intervalMs: 1000 }), 4);
    const until = clock.now() + 60_000;
    const failure = { verdict: 'blocked', reason: 'rate-limited', detail: 'tired', local: false } as const;
    const all = Promise.all([ask('h', 0, 1), ask('h', 0, 1), ask('h', 0, 1)]);
    await clock.run(clock.sleep(10));
    pace.rest('h', { failure, until });
    const results = await clock.run(all);
    expect(results.slice(1)).toEqual([{ resting: { failure, until } }, { resting: { failure, until } }]);
    expect(log.length).toBe(1);
    await clock.run(clock.sleep(60_000));
    await clock.run(ask('h', 0, 1));
    expect(log.length).toBe(2);
  });

  it('stops what waits when its signal aborts, and lets the rest go on', async () => {
    const { clock, pace } = world(() => ({ concurrency: 1, intervalMs: 1000 }), 4);
    const stop = new AbortController();
    const first = pace.run('h', async (turn) => turn.sent());
    const second = pace.run('h', async (turn) => turn.sent(), { signal: stop.signal });
    const third = pace.run('h', async (turn) => turn.sent());
    stop.abort();
    expect(await second).toEqual({ stopped: true });
    const begun = clock.now();
    await clock.run(Promise.all([first, third]));
    expect(clock.now() - begun).toBeLessThan(1100);
  });

  it('gives ten thousand waiting asks their turns in good time', async () => {
    const { clock, log, ask } = world(() => ({ concurrency: 4, intervalMs: 0 }), 64);
    await clock.run(Promise.all(Array.from({ length: 10_000 }, (_, n) => ask(`h${n % 10}`, 0, 0))));
    expect(log.length).toBe(10_000);
  });
});
