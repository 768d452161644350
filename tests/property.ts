import type { Parameters } from 'fast-check';

const seconds = Number(process.env.LINKARK_FUZZ ?? 0);

/**
 * How long a property is tried. In `npm test` this is so many runs from one fixed seed, so that a red test always speaks
 * of the change that made it red. In `npm run fuzz` it is LINKARK_FUZZ seconds from a new seed each time, whatever the
 * number; the seed and path that a failure prints, beside `runs(…)`, play it again.
 */
export function runs(count: number): Parameters<unknown> {
  if (seconds > 0) return { numRuns: 1e9, interruptAfterTimeLimit: seconds * 1000, includeErrorInReport: true };
  return { numRuns: count, seed: 20_261_123, includeErrorInReport: true };
}
