import type { Exchange } from '../types.ts';

/** What `looksOffline` needs of an exchange. */
export type Outcome = Pick<Exchange, 'failure' | 'reply'> & { finalUrl?: string | null };

/** Names that must all fail to resolve before their number says that the resolver, and not the names, is at fault. */
const DEAD_NAMES = 3;

/**
 * Is this machine offline, rather than the sites down? True when nothing at all answered and every failure is of the
 * local kind. Some systems, when offline, say of every name that it does not exist; so that counts as local too where
 * it befell at least three different hosts and nothing else happened. One dead host never makes a run offline, and one
 * answer, refusal or certificate from anywhere shows that the network is there.
 */
export function looksOffline(outcomes: Iterable<Outcome>): boolean {
  let local = 0;
  const deadNames = new Set<string>();
  for (const { failure, reply, finalUrl } of outcomes) {
    if (reply !== null || failure?.verdict === 'blocked') return false;
    if (failure === null || failure.verdict === 'skipped') continue;
    if (failure.local) local += 1;
    else if (failure.reason === 'dns') deadNames.add(hostOf(finalUrl ?? null));
    else return false;
  }
  if (deadNames.size === 0) return local > 0;
  return deadNames.size >= DEAD_NAMES;
}

function hostOf(url: string | null): string {
  return url !== null && URL.canParse(url) ? new URL(url).hostname : '';
}
