import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Backlog, type Hold } from '../../src/crawl/backlog.ts';
import { runs } from '../property.ts';

const KIB = 1024;

async function turn(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

describe('the backlog', () => {
  it('lets one page in whatever its size, and others when it has left', async () => {
    const backlog = new Backlog(KIB);
    const first = await backlog.enter();
    first.weigh(1000 * KIB);
    let second: Hold | null = null;
    backlog.enter().then((hold) => {
      second = hold;
    });
    await turn();
    expect(second).toBeNull();
    first.leave();
    await turn();
    expect(second).not.toBeNull();
  });

  it('lets pages in as they turn out smaller than expected, in order of arrival', async () => {
    const backlog = new Backlog(128 * KIB);
    const came: number[] = [];
    const holds = await Promise.all([backlog.enter(), backlog.enter()]);
    for (const n of [3, 4, 5]) void backlog.enter().then(() => came.push(n));
    await turn();
    expect(came).toEqual([]);
    for (const hold of holds) hold.weigh(KIB);
    await turn();
    expect(came).toEqual([3, 4, 5]);
  });

  it('takes a page that leaves twice, or is weighed after it left, for one', async () => {
    const backlog = new Backlog(KIB);
    const hold = await backlog.enter();
    hold.leave();
    hold.leave();
    hold.weigh(KIB * KIB);
    const next = await backlog.enter();
    next.weigh(KIB * KIB);
    let third = false;
    void backlog.enter().then(() => {
      third = true;
    });
    await turn();
    expect(third).toBe(false);
  });

  it('lets every page through in the end, whatever its size and the bound', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 1500 }),
        async (sizes, most) => {
          const backlog = new Backlog(most * KIB);
          let through = 0;
          await Promise.all(
            sizes.map(async (size) => {
              const hold = await backlog.enter();
              await turn();
              hold.weigh(size * KIB);
              await turn();
              hold.leave();
              through++;
            }),
          );
          expect(through).toBe(sizes.length);
        },
      ),
      runs(60),
    );
  });

  it('holds no more than its bound of pages as large as those before', async () => {
    const backlog = new Backlog(1000 * KIB);
    let held = 0;
    let most = 0;
    await Promise.all(
      Array.from({ length: 200 }, async (_, at) => {
        const hold = await backlog.enter();
        await turn();
        hold.weigh(100 * KIB);
        held += 100;
        if (at >= 50) most = Math.max(most, held);
        await turn();
        hold.leave();
        held -= 100;
      }),
    );
    expect(most).toBeLessThanOrEqual(1000);
    expect(most).toBeGreaterThan(500);
  });
});
