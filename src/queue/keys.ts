import { createHash } from 'node:crypto';

/** BullMQ's name of the queue; its keys stand below the same prefix. */
export const JOBS = 'hosts';

/** The names of all keys in Redis. A run's key is its id with a mark of its list. */
export class Keys {
  readonly #prefix: string;

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /** Hash: the runs that are under way, by key. */
  get runs(): string {
    return `${this.#prefix}:runs`;
  }

  /** Sorted set: workers, each with the time until which it is known to be there. */
  get workers(): string {
    return `${this.#prefix}:workers`;
  }

  /** Hash: the links of one job that are still to be visited, by their place in the order. */
  tasks(job: string): string {
    return `${this.#prefix}:tasks:${job}`;
  }

  /** What visits of a job's host have taught that its next visitor must know. */
  memory(job: string): string {
    return `${this.#prefix}:memory:${job}`;
  }

  /** List: what was found, not yet taken in. */
  results(run: string): string {
    return `${this.#prefix}:results:${run}`;
  }

  /** One piece of what was found, where that is too large for one entry. */
  piece(run: string, link: string, at: number): string {
    return `${this.#prefix}:piece:${run}:${link}:${at}`;
  }

  /** Hash: `tasks` still to be visited, `bytes` of results not yet taken in. */
  counts(run: string): string {
    return `${this.#prefix}:counts:${run}`;
  }

  /** Set: the hosts of a run's pages. */
  hosts(run: string): string {
    return `${this.#prefix}:hosts:${run}`;
  }

  /** Hash: hosts that rest for a run, and why. */
  rests(run: string): string {
    return `${this.#prefix}:rests:${run}`;
  }

  /** Hash: when a host may be asked next, and who is about to. */
  host(host: string): string {
    return `${this.#prefix}:host:${host}`;
  }

  /** Set: the requests under way at a host. */
  busy(host: string): string {
    return `${this.#prefix}:busy:${host}`;
  }
}

/** The job of a host in a run: always the same, so that what is put in twice is there once. BullMQ wants no colon in it. */
export function jobId(run: string, host: string): string {
  return `${run}-${createHash('sha256').update(host).digest('hex').slice(0, 16)}`;
}
