import type { Link } from '../types.ts';
import type { Found, Unanswered } from './look.ts';

/** What a visit by others came to. */
export interface Report {
  /** The exchanges of a visit that nothing answered; null where something did. */
  unanswered: Unanswered[] | null;
  found: Found;
}

/** What others need to know of the run whose links they visit. */
export interface CrewWork {
  run: { id: string; startedAt: string };
  /** True once no further link is wanted. */
  stopped(): boolean;
  /** Takes in what was found of a link, by its id; durable when it returns. What is not wanted is passed over. */
  take(id: string, report: Report): Promise<void>;
}

/** Others who make a run's visits: other processes, on this machine or elsewhere. */
export interface Crew {
  /** The run that they are in the middle of; null where they wait for one. */
  run: { id: string; startedAt: string } | null;
  /** Has the links visited in this order; returns when all have been taken in, or no more will come. */
  visit(links: readonly Link[], work: CrewWork): Promise<void>;
}
