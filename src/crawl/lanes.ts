import pLimit, { type LimitFunction } from 'p-limit';
import type { Slot } from '../fetch/index.ts';

/**
 * Pages under way at once, from being asked to being stored, as a multiple of `concurrency`: it bounds the memory, for
 * an answer is kept until it is stored, and what a kill can lose. A page that waits for its host's turn is under way.
 */
const UNDER_WAY = 2;

/** Pages of one host that may wait for their pictures and for storing while its next pages are asked. */
const FOLLOWING = 4;

/** What a run's lanes need to know. */
export interface LaneWork<T> {
  /** In the order in which they are to be asked. */
  items: Iterable<T>;
  /** The host whose pace an item keeps. */
  hostOf(item: T): string;
  /** Items of one host under way at once. */
  concurrencyOf(host: string): number;
  /** Does the host want time between two requests? Absent: all do. */
  isPaced?(host: string): boolean;
  /** Most work of the second stage at once. */
  concurrency: number;
  /** What several runs of lanes share; absent: these lanes have `concurrency` for themselves. */
  limits?: LaneLimits;
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
  const limits = work.limits ?? laneLimits(work.concurrency);
  const state: State = { failure: null };
  await Promise.all([...lanes].map(([host, items]) => runLane(host, items, work, limits, state)));
  if (state.failure) throw state.failure.error;
}

interface State {
  failure: { error: unknown } | null;
}

/** How much may be under way at once. */
export interface LaneLimits {
  /** Whole pages: both stages. */
  open: LimitFunction;
  second: LimitFunction;
}

export function laneLimits(concurrency: number): LaneLimits {
  return { open: pLimit(concurrency * UNDER_WAY), second: pLimit(concurrency) };
}

/** Slots for requests, so many at once. */
export function slotsOf(count: number): Slot {
  const limit = pLimit(count);
  return (task) => limit(task);
}

async function runLane<T>(
  host: string,
  items: T[],
  work: LaneWork<T>,
  limits: LaneLimits,
  state: State,
): Promise<void> {
  const queue = items.values();
  const workers = Math.min(work.concurrencyOf(host), items.length);
  const underWay = new Set<Promise<void>>();
  const halted = () => state.failure !== null || work.stopped();

  /** Begins a page; resolves when it is asked, while storing it may go on. */
  const begin = (item: T): Promise<void> =>
    new Promise((asked) => {
      const page = limits
        .open(async () => {
          if (halted()) return;
          const rest = await work.visit(item);
          asked();
          if (rest !== null) await limits.second(rest);
        })
        .catch((error: unknown) => {
          state.failure ??= { error };
        })
        .finally(() => {
          underWay.delete(page);
          asked();
        });
      underWay.add(page);
    });

  /** A host that needs no pause is asked through to its end by the same few, while its connections are warm. */
  const hurried = async () => {
    for (const item of queue) {
      if (halted()) return;
      const rest = await work.visit(item);
      if (rest !== null) await limits.second(rest);
    }
  };
  const worker = async () => {
    if (work.isPaced?.(host) === false) {
      await limits.open(hurried).catch((error: unknown) => {
        state.failure ??= { error };
      });
      return;
    }
    for (const item of queue) {
      while (underWay.size >= workers + FOLLOWING) await Promise.race(underWay);
      if (halted()) return;
      await begin(item);
    }
  };
  await Promise.all(Array.from({ length: workers }, worker));
  await Promise.all(underWay);
  work.leave(host);
}
