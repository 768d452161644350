import { onAbort } from './abort.ts';
import type { Gate, LaneRules, Pass, Rest } from './gate.ts';
import type { Slot } from './options.ts';

/** Time, chance and slots, passed in. */
interface PaceOptions {
  clock: () => number;
  random: () => number;
  sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  slot: Slot;
  rules: (host: string) => LaneRules;
  /** Other processes that ask the same hosts; null where there are none. */
  gate?: Gate | null;
}

/** A request's turn at its host. */
export interface Turn {
  /** The request is on the wire: the interval counts from here. */
  sent(): void;
  /** The first byte of the answer is here. */
  heard(): void;
}

/** Result of waiting for a turn: the task's own result, or why it was never started. */
type Paced<T> = { done: T } | { resting: Rest } | { stopped: true };

/** Random addition to the interval: between these shares of it, never less than the interval itself. */
const JITTER = [0.015, 0.035] as const;
/**
 * A server may see a request later than it was sent, and the next one at once: then they are closer for it than they
 * were for us. An answer that comes later than this host's quickest tells of such a delay, and the next request waits
 * as much longer. Slow pages look the same, so the waiting has a budget: at first the one share of an interval, and
 * the other more with every request.
 */
const DELAY_BUDGET = { first: 0.75, each: 0.06 } as const;

interface Waiting {
  grant: (granted: 'go' | 'stop' | Rest) => void;
}

interface Lane {
  /** Retries and redirects go first, so that visits that have begun come to an end. */
  urgent: Waiting[];
  queue: Waiting[];
  /** Index of the first that waits in `queue`: shifting a long array is slow. */
  head: number;
  active: number;
  /** A turn is given out and its request not yet on the wire. */
  starting: boolean;
  nextStart: number;
  heldUntil: number;
  wakeAt: number;
  rest: Rest | null;
  /** Interval that the host itself asked for. */
  slowest: number;
  /** The interval in force for the turn given out last. */
  intervalMs: number;
  /** The turn whose request went on the wire last. */
  latest: Turn | null;
  /** Quickest answer so far, and what is left of the budget for delays, in milliseconds. */
  quickest: number;
  delayBudget: number | null;
}

/**
 * A lane for each host: so many requests at once, so much time between their starts. A request waits for its host's
 * turn first and takes one of the run's slots afterwards, and only one a host waits for a slot, so a slow host holds
 * none and the slots go round the hosts.
 */
export class Pace {
  readonly #lanes = new Map<string, Lane>();
  readonly #options: PaceOptions;
  readonly #closing = new AbortController();

  constructor(options: PaceOptions) {
    this.#options = options;
  }

  /** Runs a task at its host's turn, in one of the run's slots. */
  async run<T>(
    host: string,
    task: (turn: Turn) => Promise<T>,
    { signal, urgent = false }: { signal?: AbortSignal | undefined; urgent?: boolean } = {},
  ): Promise<Paced<T>> {
    const lane = this.#lane(host);
    const granted = await this.#wait(host, lane, urgent, signal);
    if (granted === 'stop') return { stopped: true };
    if (granted !== 'go') return { resting: granted };
    const turn = new LaneTurn(lane, this.#options, () => this.#pump(host, lane));
    try {
      for (;;) {
        const went = await this.#options.slot<Paced<T> | { waitMs: number }>(async () => {
          // Something may have happened while the slots were full.
          if (signal?.aborted === true || this.#closing.signal.aborted) return { stopped: true };
          const rest = this.#restOf(lane);
          if (rest !== null) return { resting: rest };
          const refused = await this.#passGate(host, lane, turn);
          if (refused !== null) return refused;
          turn.begin();
          return { done: await task(turn) };
        });
        if (!('waitMs' in went)) return went;
        // Other processes wait in no slot of ours.
        await this.#options.sleep(went.waitMs, signal ?? this.#closing.signal);
      }
    } finally {
      turn.end();
      this.#pump(host, lane);
    }
  }

  /** Asks the other processes for leave; null where it is given. */
  async #passGate(host: string, lane: Lane, turn: LaneTurn): Promise<{ resting: Rest } | { waitMs: number } | null> {
    const { gate, clock, rules } = this.#options;
    if (!gate) return null;
    const entered = await gate.enter(host, { concurrency: rules(host).concurrency, intervalMs: lane.intervalMs });
    if ('waitMs' in entered) return entered;
    if ('pass' in entered) {
      turn.pass = entered.pass;
      return null;
    }
    const rest = { failure: entered.rest, until: clock() + entered.ms };
    this.#restHere(lane, rest);
    return { resting: rest };
  }

  /** Leaves a host alone until this time (epoch ms); an earlier one does not shorten it. */
  hold(host: string, until: number): void {
    const lane = this.#lane(host);
    lane.heldUntil = Math.max(lane.heldUntil, until);
    this.#options.gate?.hold(host, until - this.#options.clock());
  }

  /** Asks a host no more until the rest is over: all that wait are told so at once. */
  rest(host: string, rest: Rest): void {
    this.#restHere(this.#lane(host), rest);
    this.#options.gate?.rest(host, rest.failure, rest.until - this.#options.clock());
  }

  #restHere(lane: Lane, rest: Rest): void {
    if (lane.rest !== null && lane.rest.until >= rest.until) return;
    lane.rest = rest;
    for (const waiting of takeAll(lane)) waiting.grant(rest);
  }

  /** Raises a host's interval, in milliseconds, for the rest of the run (Crawl-delay). */
  slow(host: string, intervalMs: number): void {
    const lane = this.#lane(host);
    lane.slowest = Math.max(lane.slowest, intervalMs);
  }

  /** Is nothing under way or waiting at this host? */
  isIdle(host: string): boolean {
    const lane = this.#lanes.get(host);
    return lane === undefined || (lane.active === 0 && lane.urgent.length === 0 && lane.head >= lane.queue.length);
  }

  /** Tells all that wait to stop. */
  close(): void {
    this.#closing.abort();
    for (const lane of this.#lanes.values()) for (const waiting of takeAll(lane)) waiting.grant('stop');
  }

  #lane(host: string): Lane {
    const known = this.#lanes.get(host);
    if (known !== undefined) return known;
    const lane: Lane = {
      urgent: [],
      queue: [],
      head: 0,
      active: 0,
      starting: false,
      nextStart: 0,
      heldUntil: 0,
      wakeAt: Number.POSITIVE_INFINITY,
      rest: null,
      slowest: 0,
      intervalMs: 0,
      latest: null,
      quickest: 0,
      delayBudget: null,
    };
    this.#lanes.set(host, lane);
    return lane;
  }

  #restOf(lane: Lane): Rest | null {
    if (lane.rest !== null && lane.rest.until <= this.#options.clock()) lane.rest = null;
    return lane.rest;
  }

  #wait(host: string, lane: Lane, urgent: boolean, signal: AbortSignal | undefined): Promise<'go' | 'stop' | Rest> {
    if (signal?.aborted === true || this.#closing.signal.aborted) return Promise.resolve('stop');
    const rest = this.#restOf(lane);
    if (rest !== null) return Promise.resolve(rest);
    return new Promise((resolve) => {
      const waiting: Waiting = {
        grant: (granted) => {
          forget();
          resolve(granted);
        },
      };
      const forget = onAbort(signal, () => {
        drop(lane, waiting);
        resolve('stop');
      });
      (urgent ? lane.urgent : lane.queue).push(waiting);
      this.#pump(host, lane);
    });
  }

  #pump(host: string, lane: Lane): void {
    const { concurrency, intervalMs } = this.#options.rules(host);
    if (lane.starting || lane.active >= concurrency) return;
    if (lane.urgent.length === 0 && lane.head >= lane.queue.length) return;
    const now = this.#options.clock();
    const at = Math.max(lane.nextStart, lane.heldUntil);
    if (at > now) {
      this.#wakeAt(host, lane, at, now);
      return;
    }
    const next = take(lane);
    if (next === undefined) return;
    lane.starting = true;
    lane.active += 1;
    lane.intervalMs = Math.max(intervalMs, lane.slowest);
    next.grant('go');
  }

  #wakeAt(host: string, lane: Lane, at: number, now: number): void {
    if (lane.wakeAt <= at) return;
    lane.wakeAt = at;
    // A timer may fire a moment early: the pump then sleeps again.
    void this.#options.sleep(Math.ceil(at - now), this.#closing.signal).then(() => {
      if (lane.wakeAt === at) lane.wakeAt = Number.POSITIVE_INFINITY;
      if (!this.#closing.signal.aborted) this.#pump(host, lane);
    });
  }
}

class LaneTurn implements Turn {
  pass: Pass | null = null;
  readonly #lane: Lane;
  readonly #options: PaceOptions;
  readonly #freed: () => void;
  #began: number | null = null;
  #sentAt: number | null = null;
  #heard = false;
  #ended = false;

  constructor(lane: Lane, options: PaceOptions, freed: () => void) {
    this.#lane = lane;
    this.#options = options;
    this.#freed = freed;
  }

  begin(): void {
    this.#began = this.#options.clock();
  }

  sent(): void {
    if (this.#sentAt !== null || this.#ended) return;
    const now = this.#options.clock();
    this.#sentAt = now;
    this.#lane.latest = this;
    this.#free(now);
    this.pass?.sent(this.#lane.nextStart - now);
    this.#freed();
  }

  heard(): void {
    if (this.#heard || this.#sentAt === null) return;
    this.#heard = true;
    const lane = this.#lane;
    const took = this.#options.clock() - this.#sentAt;
    const budget = (lane.delayBudget ?? this.#interval() * DELAY_BUDGET.first) + this.#interval() * DELAY_BUDGET.each;
    // Once another request is on the wire it is too late to wait.
    const late = lane.latest === this ? Math.max(0, Math.min(took - lane.quickest, budget)) : 0;
    lane.quickest = lane.delayBudget === null ? took : Math.min(lane.quickest, took);
    lane.delayBudget = budget - late;
    lane.nextStart += late;
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#lane.active -= 1;
    // A lane outlives its turns by far, and a turn holds all that its request brought.
    if (this.#lane.latest === this) this.#lane.latest = null;
    // A connection that failed was a start as well; a turn that was never used was none.
    if (this.#sentAt === null) this.#free(this.#began);
    this.pass?.end(this.#lane.nextStart - this.#options.clock());
  }

  #free(startedAt: number | null): void {
    const { random } = this.#options;
    this.#lane.starting = false;
    if (startedAt === null) return;
    const [least, most] = JITTER;
    const interval = this.#interval();
    const next = startedAt + interval * (1 + least + (most - least) * random());
    this.#lane.nextStart = Math.max(this.#lane.nextStart, next);
  }

  #interval(): number {
    return this.#lane.intervalMs;
  }
}

/** So many that have had their turn may stand in a queue before it is shortened. */
const MOST_TAKEN = 8;

function take(lane: Lane): Waiting | undefined {
  const first = lane.urgent.shift();
  if (first !== undefined) return first;
  const next = lane.queue[lane.head];
  lane.head += 1;
  // Whoever has had its turn holds all that its visit brought; most queues are short, and soon empty.
  if (lane.head > MOST_TAKEN && lane.head * 2 > lane.queue.length) {
    lane.queue = lane.queue.slice(lane.head);
    lane.head = 0;
  }
  return next;
}

function takeAll(lane: Lane): Waiting[] {
  const all = [...lane.urgent, ...lane.queue.slice(lane.head)];
  lane.urgent = [];
  lane.queue = [];
  lane.head = 0;
  return all;
}

function drop(lane: Lane, waiting: Waiting): void {
  for (const list of [lane.urgent, lane.queue]) {
    const at = list.indexOf(waiting);
    if (at >= 0 && (list === lane.urgent || at >= lane.head)) list.splice(at, 1);
  }
}
