import { setTimeout as sleep } from 'node:timers/promises';
import { OFFLINE_HOSTS, type Report } from '../crawl/index.ts';
import { looksOffline } from '../fetch/index.ts';

type Failed = NonNullable<Report['unanswered']>;

/** How long after the first failure something may still answer, in milliseconds: names fail faster than pages come. */
const PATIENCE_MS = 5000;

/**
 * Has this worker a network? One that has none finds every host unreachable, and faster than the others find anything.
 * Until something answers it may tell of no failure; once several hosts have failed on its side it must stop.
 */
export class Network {
  readonly #patience: number;
  readonly #answered = new AbortController();
  readonly #offline = new AbortController();
  readonly #failed: Failed[number][] = [];
  readonly #hosts = new Set<string>();
  #failedAt: number | null = null;

  constructor(patience: number = PATIENCE_MS) {
    this.#patience = patience;
  }

  /** Aborted once it is plain that there is no network. */
  get offline(): AbortSignal {
    return this.#offline.signal;
  }

  /**
   * A visit is over; true where what it found may be told.
   * @param failed its exchanges where nothing answered; null where something did
   */
  note(host: string, failed: Failed | null): boolean {
    if (failed === null || failed.some(showsNetwork)) this.#answered.abort();
    if (failed === null || this.#answered.signal.aborted) return true;
    this.#failedAt ??= performance.now();
    this.#hosts.add(host);
    this.#failed.push(...failed);
    if (this.#timeLeft() <= 0) this.#judge();
    return false;
  }

  /** May failures be told after all? Waits until something answers elsewhere or has had its time to. */
  async mayTell(stop: AbortSignal): Promise<boolean> {
    const known = AbortSignal.any([this.#answered.signal, this.offline, stop]);
    while (!known.aborted) {
      const left = this.#timeLeft();
      if (left > 0) await sleep(left, undefined, { signal: known }).catch(() => undefined);
      else if (!this.#judge()) return true;
    }
    return this.#answered.signal.aborted;
  }

  #timeLeft(): number {
    return (this.#failedAt ?? performance.now()) + this.#patience - performance.now();
  }

  #judge(): boolean {
    if (this.#hosts.size >= OFFLINE_HOSTS && looksOffline(this.#failed)) this.#offline.abort();
    return this.offline.aborted;
  }
}

/** A refusal or a certificate from anywhere shows that there is a network. */
function showsNetwork({ failure }: Failed[number]): boolean {
  return failure !== null && failure.verdict !== 'skipped' && !failure.local && failure.reason !== 'dns';
}
