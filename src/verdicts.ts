/** The verdicts, reasons and healths of the contract, as closed lists. */

/** Every verdict with its closed list of reasons. */
export const REASONS = {
  alive: ['ok', 'not-modified', 'partial'],
  moved: ['permanent-redirect', 'account-migrated'],
  drifted: ['title-mismatch', 'content-replaced'],
  gone: [
    'not-found',
    'deleted-by-author',
    'removed-by-platform',
    'account-removed',
    'expired',
    'soft-404',
    'redirected-home',
    'file-missing',
  ],
  blocked: [
    'verification-wall',
    'login-wall',
    'js-challenge',
    'forbidden',
    'rate-limited',
    'paywall',
    'client-only',
    'withheld',
    'robots',
  ],
  unclear: ['unrecognised-page', 'empty-page', 'bad-link'],
  unreachable: [
    'dns',
    'connect',
    'tls',
    'timeout',
    'reset',
    'server-error',
    'truncated',
    'too-many-redirects',
    'too-large',
    'bad-encoding',
  ],
  skipped: ['excluded', 'unsupported-scheme', 'invalid-url', 'private-address', 'offline', 'not-due', 'over-budget'],
} as const;

export type Verdict = keyof typeof REASONS;
export type ReasonOf<V extends Verdict> = (typeof REASONS)[V][number];
export type Reason = ReasonOf<Verdict>;

/** What one observation means. `marker` is the literal text, URL part, selector or status that decided it. */
export type Judgement = {
  [V in Verdict]: {
    verdict: V;
    reason: ReasonOf<V>;
    marker: string | null;
    /** Id of the rule that decided, such as `wechat/deleted-by-author` or `http/404`. */
    rule: string;
    /** True where the site itself said so in its own words (or with 410): two sightings are enough for `dead`. */
    explicit: boolean;
  };
}[Verdict];

export const HEALTHS = ['healthy', 'suspect', 'dead', 'blocked', 'drifted', 'unknown'] as const;
export type Health = (typeof HEALTHS)[number];
