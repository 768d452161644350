/** Statuses that are worth another try: the server says, or may mean, "later". */
export function isRetryableStatus(status: number): boolean {
  return (
    status === 408 ||
    status === 425 ||
    status === 429 ||
    (status >= 500 && status <= 599 && status !== 501 && status !== 505)
  );
}

/**
 * Wait before a retry in milliseconds: exponential with full jitter, so that many who failed together do not return
 * together. `attempt` counts from 0.
 */
export function backoff(attempt: number, base: number, cap: number, random: () => number): number {
  return Math.min(cap, base * 2 ** Math.min(attempt, 30)) * random();
}

/** Milliseconds that a Retry-After asks for (RFC 9110, 10.2.3: seconds or a date), or null where it says nothing usable. */
export function parseRetryAfter(value: string | undefined, now: number): number | null {
  const text = value?.trim() ?? '';
  if (/^\d{1,12}$/.test(text)) return Number(text) * 1000;
  // Beginning with the name of a day: Date.parse would read dates into far stranger things.
  if (!/^(?:mon|tue|wed|thu|fri|sat|sun)/i.test(text) || text.length > 64) return null;
  // A date that names no zone is of Greenwich, wherever this machine stands.
  const zoned = /(?:[a-z]| [+-]\d{2}:?\d{2})$/i.test(text);
  const at = Date.parse(zoned ? text : `${text} GMT`);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}
