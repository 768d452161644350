import type { LinkStatus, Problem, Status, Transition } from '../types.ts';
import type { Language } from '../words.ts';

/** How a part of a line may be set off on a terminal. */
export type Style = 'bold' | 'dim' | 'good' | 'bad' | 'warn' | 'info';

/** What reports compare with. */
export interface Earlier {
  links: readonly Pick<LinkStatus, 'id' | 'verdict'>[];
}

/** What every report is made from. */
export interface ReportInput {
  status: Status;
  /** The links before this run, at least those that had moved or were blocked; null for the first run. */
  before: Earlier | null;
  /** The changes of health in this run. */
  transitions: readonly Transition[];
  problems: readonly Problem[];
  language: Language;
  /** Pictures and files that were left out for their size, for people. */
  leftOut: number;
  /** Sets text off on a terminal; absent for files. */
  paint?: (style: Style, text: string) => string;
  /** Cuts a painted line to the width of the terminal; absent for files. */
  narrow?: (line: string) => string;
  /** Where the archive lies, relative to where the report is read; null where kept copies can not be linked. */
  archive: string | null;
}

/** What changed since the run before, most urgent first; each list sorted by id. */
export interface News {
  newlyDead: LinkStatus[];
  recovered: LinkStatus[];
  failing: LinkStatus[];
  drifted: LinkStatus[];
  moved: LinkStatus[];
  newlyBlocked: LinkStatus[];
  stillDead: LinkStatus[];
}

/** Sorts the links of a status by what is new about them. */
export function newsOf({ status, before, transitions }: Pick<ReportInput, 'status' | 'before' | 'transitions'>): News {
  const earlier = new Map(before?.links.map((link) => [link.id, link]));
  const changed = new Map(transitions.map((transition) => [transition.id, transition]));
  const news: News = {
    newlyDead: [],
    recovered: [],
    failing: [],
    drifted: [],
    moved: [],
    newlyBlocked: [],
    stillDead: [],
  };
  for (const link of status.links) {
    const transition = changed.get(link.id);
    const was = earlier.get(link.id);
    if (transition?.to === 'dead') news.newlyDead.push(link);
    else if (link.health === 'dead') news.stillDead.push(link);
    else if (transition?.to === 'healthy' && transition.from !== 'unknown' && transition.from !== 'blocked') {
      news.recovered.push(link);
    } else if (link.health === 'suspect') news.failing.push(link);
    else if (transition?.to === 'drifted') news.drifted.push(link);
    else if (link.verdict === 'moved' && was?.verdict !== 'moved') news.moved.push(link);
    else if (link.verdict === 'blocked' && was?.verdict !== 'blocked') news.newlyBlocked.push(link);
  }
  return news;
}

/** Does this link fail a run at `--fail-on gone`? Gone now, or dead. */
export function isGone(link: LinkStatus): boolean {
  return link.verdict === 'gone' || link.health === 'dead';
}

/** The words by which people know a link: its text in the list, else its title, else its address. */
export function nameOf(link: LinkStatus): string {
  const text = link.occurrences.find(
    (occurrence) => occurrence.text !== '' && occurrence.text !== occurrence.raw,
  )?.text;
  return text ?? link.title ?? link.url;
}
