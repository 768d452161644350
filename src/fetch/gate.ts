import type { Failure } from '../types.ts';

/** How one host is asked. */
export interface LaneRules {
  concurrency: number;
  /** Milliseconds between the starts of two requests. */
  intervalMs: number;
}

/** Why a host is asked no more, and until when (epoch ms; Infinity for the rest of the run). */
export interface Rest {
  failure: Failure;
  until: number;
}

/** Leave to make one request, given out by a Gate. Times are milliseconds from now. */
export interface Pass {
  /** The request is on the wire; the host's next may start after so long. */
  sent(nextMs: number): void;
  /** The request is over. */
  end(nextMs: number): void;
}

/**
 * Keeps the pace of hosts together with other processes that ask the same hosts. The lanes of a process give their
 * turns as ever; each turn then needs a pass as well. May reject where the others can no longer be reached: then
 * nothing may be asked.
 */
export interface Gate {
  /** A pass; or how long to wait before asking for one again; or that the host rests (milliseconds from now). */
  enter(host: string, rules: LaneRules): Promise<{ pass: Pass } | { waitMs: number } | { rest: Failure; ms: number }>;
  /** Tells the others to leave a host alone for so long. */
  hold(host: string, ms: number): void;
  /** Tells the others to ask a host no more for so long; Infinity for the rest of the run. */
  rest(host: string, failure: Failure, ms: number): void;
}
