import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type LaneWork, runLanes } from '../../src/crawl/lanes.ts';
import { runs } from '../property.ts';

const tick = () => new Promise<void>((done) => setImmediate(done));

interface Item {
  host: string;
  n: number;
}

function work(items: Item[], changes: Partial<LaneWork<Item>> = {}): LaneWork<Item> {
  return {
    items,
    hostOf: ({ host }) => host,
    concurrencyOf: () => 2,
    concurrency: 3,
    visit: async () => null,
    leave: () => {},
    stopped: () => false,
    ...changes,
  };
}

const list = fc.array(fc.record({ host: fc.constantFrom('a', 'b', 'c'), n: fc.integer() }), { maxLength: 40 });

describe('runLanes', () => {
  test('every item once, every host left once, after its last item', async () => {
    await fc.assert(
      fc.asyncProperty(list, fc.boolean(), async (items, paced) => {
        const visited: Item[] = [];
        const finished: Item[] = [];
        const left: string[] = [];
        await runLanes(
          work(items, {
            visit: async (item) => {
              await tick();
              visited.push(item);
              return async () => {
                await tick();
                expect(left).not.toContain(item.host);
                finished.push(item);
              };
            },
            leave: (host) => left.push(host),
            isPaced: () => paced,
          }),
        );
        expect(new Set(visited)).toEqual(new Set(items));
        expect(visited).toHaveLength(items.length);
        expect(finished).toHaveLength(items.length);
        expect(left.sort()).toEqual([...new Set(items.map(({ host }) => host))].sort());
      }),
      runs(40),
    );
  });

  test('never more of one host at once than allowed, nor more second stages', async () => {
    await fc.assert(
      fc.asyncProperty(list, fc.integer({ min: 1, max: 3 }), async (items, limit) => {
        const busy = new Map<string, number>();
        let second = 0;
        await runLanes(
          work(items, {
            concurrencyOf: () => limit,
            visit: async ({ host }) => {
              const now = (busy.get(host) ?? 0) + 1;
              busy.set(host, now);
              expect(now).toBeLessThanOrEqual(limit);
              await tick();
              busy.set(host, now - 1 < 0 ? 0 : (busy.get(host) ?? 1) - 1);
              return async () => {
                second += 1;
                expect(second).toBeLessThanOrEqual(3);
                await tick();
                second -= 1;
              };
            },
          }),
        );
      }),
      runs(40),
    );
  });

  test('a host that hangs holds up nobody else', async () => {
    const done: string[] = [];
    let free = () => {};
    const hung = new Promise<void>((go) => {
      free = go;
    });
    const running = runLanes(
      work(
        [
          { host: 'slow', n: 1 },
          { host: 'quick', n: 2 },
          { host: 'quick', n: 3 },
        ],
        {
          visit: async ({ host, n }) => {
            if (host === 'slow') await hung;
            done.push(`${host}${n}`);
            return null;
          },
        },
      ),
    );
    await tick();
    await tick();
    expect(done.sort()).toEqual(['quick2', 'quick3']);
    free();
    await running;
  });

  test('stops beginning items once told so', async () => {
    let visited = 0;
    const items = Array.from({ length: 20 }, (_, n) => ({ host: 'a', n }));
    await runLanes(
      work(items, {
        stopped: () => visited >= 5,
        visit: async () => {
          visited += 1;
          return null;
        },
      }),
    );
    expect(visited).toBe(5);
  });

  test('the first error of any stage comes out, after the rest has stopped', async () => {
    const items = Array.from({ length: 6 }, (_, n) => ({ host: 'a', n }));
    const fail = async ({ n }: Item) => {
      if (n === 1) throw new Error('first stage');
      return null;
    };
    await expect(runLanes(work(items, { visit: fail }))).rejects.toThrow('first stage');
    const failLater = async () => async () => {
      throw new Error('second stage');
    };
    await expect(runLanes(work(items, { visit: failLater }))).rejects.toThrow('second stage');
  });
});
