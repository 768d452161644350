import type { Pace } from './pace.ts';

/** What a run has learnt of one host. */
interface Memory {
  /** 429 answers in a row. */
  limited: number;
  /** Walls in a row, as the conductor reports them. */
  walls: number;
  /** Visits in a row that could not even connect. */
  dead: number;
}

/** Visits in a row without a connection after which a host is asked once a visit, without retries. */
const DEAD_AFTER = 3;
/** Local failures in a row, with no answer ever, after which nothing is retried any more. */
const OFFLINE_AFTER = 8;

/** Remembers through a run how hosts have behaved, and rests those that have had enough. */
export class Hosts {
  readonly #hosts = new Map<string, Memory>();
  readonly #pace: Pace;
  readonly #restAfter: number;
  /** Has anything at all answered? Then names resolve and the network is there. */
  #heard = false;
  #localInRow = 0;

  constructor(pace: Pace, restAfter: number) {
    this.#pace = pace;
    this.#restAfter = restAfter;
  }

  get heardAnything(): boolean {
    return this.#heard;
  }

  /** An answer came; says whether the host has now answered 429 so often that it rests. */
  answered(host: string, status: number): boolean {
    this.#heard = true;
    const memory = this.#memory(host);
    memory.dead = 0;
    memory.limited = status === 429 ? memory.limited + 1 : 0;
    if (memory.limited < this.#restAfter) return false;
    this.#rest(host, `${host} answered 429 ${memory.limited} times in a row and rests for this run`);
    return true;
  }

  /** A visit ended without an answer. */
  failed(host: string, { local, connected }: { local: boolean; connected: boolean }): void {
    this.#localInRow = local ? this.#localInRow + 1 : 0;
    const memory = this.#memory(host);
    memory.dead = connected ? 0 : memory.dead + 1;
  }

  /** Is a retry at this host of any use? Not where it, or the whole network, has been silent for long. */
  isWorthRetrying(host: string): boolean {
    if (!this.#heard && this.#localInRow >= OFFLINE_AFTER) return false;
    return this.#memory(host).dead < DEAD_AFTER;
  }

  /** The conductor saw a wall. */
  wall(host: string): void {
    const memory = this.#memory(host);
    memory.walls += 1;
    if (memory.walls >= this.#restAfter) {
      this.#rest(host, `${host} showed a wall ${memory.walls} times in a row and rests for this run`);
    }
  }

  /** The conductor saw a page. */
  page(host: string): void {
    this.#memory(host).walls = 0;
  }

  #rest(host: string, detail: string): void {
    this.#pace.rest(host, {
      failure: { verdict: 'blocked', reason: 'rate-limited', detail, local: false },
      until: Number.POSITIVE_INFINITY,
    });
  }

  #memory(host: string): Memory {
    const known = this.#hosts.get(host);
    if (known !== undefined) return known;
    const memory: Memory = { limited: 0, walls: 0, dead: 0 };
    this.#hosts.set(host, memory);
    return memory;
  }
}
