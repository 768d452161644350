import pLimit, { type LimitFunction } from 'p-limit';

/** Work that follows a page (pictures, storing) may lag this many pages behind the asking before the asking waits. */
const LAG = 2;

/** What a run's lanes need to know. */
export interface LaneWork<T> {
  /** In the order in which they are to be asked. */
  items: Iterable<T>;
  /** The host whose pace an item keeps. */
  hostOf(item: T): string;
  /** Items of one host under way at once. */
  concurrencyOf(host: string): number;
  /** Most work of the second stage at once. */
  concurrency: number;
  /** First stage: asks the page. Returns the second stage (pictures, storing), or null where there is none. */
  visit(item: T): Promise<(() => Promise<void>) | null>;
  /** The last item of this host is done. */
  leave(host: string): void;
  /** True once no further item may be begun. */
  stopped(): boolean;
}

/**
 * Runs all items, a lane per host: a slow host holds up nobody but itself, and the next item of a host does not wait
 * for the pictures of the one before it.
 * @throws the first error of an item, after the rest has come to a stop
 */
export async function runLanes<T>(work: LaneWork<T>): Promise<void> {
  const lanes = new Map<string, T[]>();
  for (const item of work.items) {
    const host = work.hostOf(item);
    const lane = lanes.get(host);
    if (lane) lane.push(item);
    else lanes.set(host, [item]);
  }
  const second = pLimit(work.concurrency);
  const state: { failure: { error: unknown } | null } = { failure: null };
  await Promise.all([...lanes].map(([host, items]) => runLane(host, items, work, second, state)));
  if (state.failure) throw state.failure.error;
}

async function runLane<T>(
  host: string,
  items: T[],
  work: LaneWork<T>,
  second: LimitFunction,
  state: { failure: { error: unknown } | null },
): Promise<void> {
  const queue = items.values();
  const following = new Set<Promise<void>>();
  const worker = async () => {
    for (const item of queue) {
      if (state.failure || work.stopped()) return;
      const rest = await work.visit(item);
      if (rest === null) continue;
      const following_ = second(rest).catch((error: unknown) => {
        state.failure ??= { error };
      });
      const tracked = following_.finally(() => following.delete(tracked));
      following.add(tracked);
      if (second.pendingCount > work.concurrency * LAG) await Promise.race(following);
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(work.concurrencyOf(host), items.length) }, worker));
  } catch (error) {
    state.failure ??= { error };
  }
  await Promise.all(following);
  work.leave(host);
}
