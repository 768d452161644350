import { setFlagsFromString } from 'node:v8';

/** Links of a run that is short: so many that are only checked. */
const SHORT_RUN = 5000;
/** A link that is archived takes the processor as long as so many that are only checked. */
const ARCHIVED = 100;

/** What the choice is made by. */
export interface Workload {
  links: number;
  /** Are pages archived, or links only checked? */
  archives: boolean;
  /** Version of the engine, as in `process.versions.v8`. */
  v8: string;
}

/**
 * Has V8 wait longer before it optimises a function, where the run is too short to earn that back. Compiling takes a
 * fifth of the processor time of checking 1 000 links; from some 5 000 links on it pays. For the whole process, so it
 * is for the program and not for the library. Only on the engine of Node 20, where it was measured: later ones have
 * another compiler between, and may not know the option.
 * @param set takes one option of V8
 */
export function deferOptimising(
  { links, archives, v8 }: Workload,
  set: (flag: string) => void = setFlagsFromString,
): void {
  const work = links * (archives ? ARCHIVED : 1);
  if (v8.startsWith('11.3.') && work <= SHORT_RUN) set('--interrupt-budget=200000');
}
