/** A clock that moves only when everything waits: hours of waiting pass in milliseconds, and always in the same way. */
export class VirtualClock {
  #now = 1_000_000;
  #sleepers: { at: number; order: number; wake: () => void }[] = [];
  #order = 0;

  readonly now = (): number => this.#now;

  readonly sleep = (ms: number): Promise<void> =>
    new Promise((wake) => {
      this.#order += 1;
      this.#sleepers.push({ at: this.#now + Math.max(0, ms), order: this.#order, wake });
    });

  /** Lets time pass until the promise settles. */
  async run<T>(promise: Promise<T>): Promise<T> {
    let settled = false;
    const done = promise.finally(() => {
      settled = true;
    });
    done.catch(() => undefined);
    while (!settled) {
      // Everything that can go on without time passing does so first.
      await new Promise((resolve) => setImmediate(resolve));
      if (settled) break;
      this.#sleepers.sort((a, b) => a.at - b.at || a.order - b.order);
      const next = this.#sleepers.shift();
      if (next === undefined) throw new Error('nothing sleeps and nothing is done: it would wait for ever');
      this.#now = Math.max(this.#now, next.at);
      next.wake();
    }
    return done;
  }
}

/** A small generator of numbers that are always the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
