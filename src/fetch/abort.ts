/**
 * One listener a signal. A run has thousands of asks waiting on the same AbortSignal, and adding a listener to an
 * EventTarget walks all that are there; here adding and taking away cost the same however many wait.
 */
const WAITERS = new WeakMap<AbortSignal, Set<() => void>>();

/** Calls `listener` once when the signal aborts (at once where it has); returns the function that takes it back. */
export function onAbort(signal: AbortSignal | undefined, listener: () => void): () => void {
  if (signal === undefined) return () => undefined;
  if (signal.aborted) {
    listener();
    return () => undefined;
  }
  const waiters = WAITERS.get(signal) ?? watch(signal);
  waiters.add(listener);
  return () => waiters.delete(listener);
}

function watch(signal: AbortSignal): Set<() => void> {
  const waiters = new Set<() => void>();
  WAITERS.set(signal, waiters);
  const wake = () => {
    for (const listener of [...waiters]) listener();
    waiters.clear();
  };
  signal.addEventListener('abort', wake, { once: true });
  return waiters;
}

/** The longest that a timer of Node can wait, in milliseconds; one that is set for longer fires at once. */
export const LONGEST_TIMER = 2 ** 31 - 1;

/** Waits `ms` milliseconds, or until the signal aborts; never rejects. */
export function sleepFor(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      forget();
      resolve();
    };
    // Longer waits are looked at again by whoever waits.
    const timer = setTimeout(end, Math.min(Math.max(0, ms), LONGEST_TIMER));
    const forget = onAbort(signal, end);
  });
}
