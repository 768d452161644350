import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Gate } from '../../src/fetch/gate.ts';
import { Pace } from '../../src/fetch/pace.ts';
import type { Failure } from '../../src/types.ts';
import { runs } from '../property.ts';
import { seeded, VirtualClock } from './clock.ts';

const TIRED: Failure = { verdict: 'blocked', reason: 'rate-limited', detail: 'enough', local: false };

/** What Redis does for several workers, in one process: one start at a time, and the next not before its time. */
class SharedHosts {
  readonly hosts = new Map<string, { next: number; starting: boolean; busy: number; rest: Failure | null }>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  gate(): Gate {
    const host = (name: string) => {
      const known = this.hosts.get(name) ?? { next: 0, starting: false, busy: 0, rest: null };
      this.hosts.set(name, known);
      return known;
    };
    const later = (name: string, ms: number) => {
      host(name).next = Math.max(host(name).next, this.#now() + ms);
    };
    return {
      enter: async (name, { concurrency }) => {
        const state = host(name);
        if (state.rest !== null) return { rest: state.rest, ms: Number.POSITIVE_INFINITY };
        if (state.next > this.#now()) return { waitMs: state.next - this.#now() };
        if (state.starting || state.busy >= concurrency) return { waitMs: 10 };
        state.starting = true;
        state.busy += 1;
        return {
          pass: {
            sent: (ms) => {
              state.starting = false;
              later(name, ms);
            },
            end: (ms) => {
              state.starting = false;
              state.busy -= 1;
              later(name, ms);
            },
          },
        };
      },
      hold: later,
      rest: (name, failure) => {
        host(name).rest = failure;
      },
    };
  }
}

function processes(count: number, intervalMs: number) {
  const clock = new VirtualClock();
  const shared = new SharedHosts(clock.now);
  const paces = Array.from(
    { length: count },
    (_, at) =>
      new Pace({
        clock: clock.now,
        random: seeded(at + 1),
        sleep: clock.sleep,
        slot: (task) => task(),
        rules: () => ({ concurrency: 2, intervalMs }),
        gate: shared.gate(),
      }),
  );
  return { clock, paces, shared };
}

describe('hosts shared by several processes', () => {
  it('are asked by all of them together no faster and no more at once than by one', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ process: fc.nat(2), host: fc.constantFrom('a', 'b'), work: fc.nat(300) }), {
          maxLength: 30,
        }),
        async (asks) => {
          const { clock, paces } = processes(3, 100);
          const starts = new Map<string, number[]>();
          let busy = 0;
          let most = 0;
          const served = asks.map(({ process, host, work }) =>
            paces[process]?.run(host, async (turn) => {
              turn.sent();
              starts.set(host, [...(starts.get(host) ?? []), clock.now()]);
              if (host === 'a') most = Math.max(most, ++busy);
              await clock.sleep(work);
              if (host === 'a') busy -= 1;
            }),
          );
          await clock.run(Promise.all(served));
          const gaps = [...starts.values()].flatMap((times) =>
            times.slice(1).map((time, at) => time - (times[at] ?? 0)),
          );
          expect(gaps.filter((gap) => gap < 100)).toEqual([]);
          expect(most).toBeLessThanOrEqual(2);
          expect([...starts.values()].flat()).toHaveLength(asks.length);
        },
      ),
      runs(60),
    );
  });

  it('rest for all when one has had enough of them', async () => {
    const { clock, paces } = processes(2, 100);
    paces[0]?.rest('a', { failure: TIRED, until: Number.POSITIVE_INFINITY });
    const asked = paces[1]?.run('a', async () => 'asked') ?? null;
    expect(await clock.run(asked ?? Promise.reject())).toMatchObject({ resting: { failure: TIRED } });
  });

  it('are held for all when one was told to wait', async () => {
    const { clock, paces } = processes(2, 100);
    paces[0]?.hold('a', clock.now() + 5000);
    const asked = paces[1]?.run('a', async () => clock.now()) ?? null;
    const begun = clock.now();
    const result = await clock.run(asked ?? Promise.reject());
    expect(result).toMatchObject({ done: expect.any(Number) });
    expect('done' in result ? result.done - begun : 0).toBeGreaterThanOrEqual(5000);
  });
});
