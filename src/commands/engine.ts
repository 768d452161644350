import { setFlagsFromString } from 'node:v8';

/** Links of a run that is short: so many that are only checked. */
const SHORT_RUN = 5000;
/** A link that is archived takes the processor as long as so many that are only checked. */
const ARCHIVED = 100;
/** Links from which on a list is so long that what is known of it is most of the memory. */
const LONG_LIST = 20_000;

/** What the choice is made by. */
export interface Workload {
  links: number;
  /** Are pages archived, or links only checked? */
  archives: boolean;
  /** Version of the engine, as in `process.versions.v8`. */
  v8: string;
}

/**
 * Fits V8 to the length of the run. For the whole process, so it is for the program and not for the library.
 *
 * A short run is over before it earns back what optimising costs: compiling takes a fifth of the processor time of
 * checking 1 000 links, and pays from some 5 000 on. So V8 waits longer, on the engine of Node 20, where it was
 * measured; later ones have another compiler between.
 *
 * Of a long list much has to be remembered, and V8 lets the heap grow to about the double of that before it collects.
 * For a tenth more processor time it collects sooner. Node 20, 22 and 24 know the option.
 * @param set takes one option of V8; of one that it does not know it complains on standard error
 */
export function fitEngine({ links, archives, v8 }: Workload, set: (flag: string) => void = setFlagsFromString): void {
  const work = links * (archives ? ARCHIVED : 1);
  if (v8.startsWith('11.3.') && work <= SHORT_RUN) set('--interrupt-budget=200000');
  if (links > LONG_LIST && /^1[1-3]\./.test(v8)) set('--heap-growing-percent=35');
}
