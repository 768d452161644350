import type { CrawlOutcome } from '../crawl/index.ts';
import { isGone } from '../report/index.ts';
import type { LinkStatus } from '../types.ts';
import { FAIL_LEVELS } from './flags.ts';

/** Does the run fail at this level? Each level includes those before it; `never` includes none. */
export function failsOn(level: string, { status, transitions }: Pick<CrawlOutcome, 'status' | 'transitions'>): boolean {
  if (level === 'never') return false;
  const newlyDead = new Set(transitions.filter(({ to }) => to === 'dead').map(({ id }) => id));
  const tests: Readonly<Record<string, (link: LinkStatus) => boolean>> = {
    'newly-dead': (link) => newlyDead.has(link.id),
    dead: (link) => link.health === 'dead',
    gone: isGone,
    blocked: (link) => link.verdict === 'blocked',
  };
  const included = FAIL_LEVELS.slice(0, FAIL_LEVELS.indexOf(level as (typeof FAIL_LEVELS)[number]) + 1);
  return status.links.some((link) => included.some((name) => tests[name]?.(link) === true));
}
