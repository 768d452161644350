import type { Link, Problem, Reason, Verdict } from '../types.ts';

/** What a run tells those who watch it. */
export type CrawlEvent =
  | { kind: 'start'; links: number; hosts: number; resumed: number }
  | {
      kind: 'done';
      link: Link;
      verdict: Verdict;
      reason: Reason;
      marker: string | null;
      kept: 'new' | 'new-version' | null;
    }
  | { kind: 'remark'; link: Link; message: string }
  | { kind: 'problem'; problem: Problem };

export type Listener = (event: CrawlEvent) => void;
