import type { Ask, Capture, Exchange, Failure, Hop, Try } from '../types.ts';
import { LONGEST_TIMER } from './abort.ts';
import type { Attempt, Line, Step } from './attempt.ts';
import { attempt } from './attempt.ts';
import type { Cookies, VisitCookies } from './cookies.ts';
import { decodeBody } from './decode.ts';
import type { Fault } from './faults.ts';
import { skipped, unreachable } from './faults.ts';
import { refusedHost } from './guard.ts';
import type { Hosts } from './hosts.ts';
import type { Pace } from './pace.ts';
import { proxyFor } from './proxy.ts';
import { forwardFault } from './proxy-answer.ts';
import { captureOf, fieldOf, fieldsOf, replyHeaders, shownAsk, shownUrl } from './record.ts';
import type { Redirect } from './redirect.ts';
import { redirectOf } from './redirect.ts';
import type { Kind, Validators } from './request-headers.ts';
import { requestHeaders } from './request-headers.ts';
import { backoff, isRetryableStatus, parseRetryAfter } from './retry.ts';
import type { Robots } from './robots.ts';
import type { Answer } from './transport.ts';

/** What a request may be given beside its ask. */
export interface FetchRequest {
  signal?: AbortSignal | undefined;
  validators?: Validators | undefined;
  /** Most bytes of the body, instead of the fetcher's `maxBody`. */
  maxBytes?: number | undefined;
  kind?: Kind | undefined;
}

/** What visits share. */
export interface Shared extends Line {
  pace: Pace;
  hosts: Hosts;
  cookies: Cookies;
  /** Null where robots.txt is not asked for. */
  robots: Robots | null;
}

/** Idle connections of one host that may turn out to be closed, one after another, before that counts as a failure. */
const MOST_STALE = 8;

/** The last moment that a date can name, in epoch milliseconds (ECMA-262, 21.4.1.1). */
const LATEST = 8.64e15;

/** Where a chain stands. */
interface Place {
  url: URL;
  method: 'GET' | 'POST';
  body: string | null;
  sameOrigin: boolean;
}

/** How asking one address ended. */
type Outcome = { answer: Answer; capture: Capture | null } | { failure: Failure; capture: Capture | null };

/** One ask, from its first address to its last: redirects, retries, and the record of it all. */
export class Visit {
  readonly #shared: Shared;
  readonly #ask: Ask;
  readonly #request: FetchRequest;
  readonly #cookies: VisitCookies;
  readonly #hops: Hop[] = [];
  readonly #tries: Try[] = [];
  readonly #captures: Capture[] = [];
  #at: number | null = null;
  #ms = 0;
  #retries = 0;
  #stale = 0;
  #finalUrl: string;

  constructor(shared: Shared, ask: Ask, request: FetchRequest) {
    this.#shared = shared;
    this.#ask = ask;
    this.#request = request;
    this.#cookies = shared.cookies.visit();
    this.#finalUrl = shownUrl(ask.url);
  }

  /** Makes the visit. Whatever the network does is in the Exchange. */
  async run(): Promise<Exchange> {
    const first = this.#firstPlace();
    if ('failure' in first) return this.#exchange(null, first.failure);
    const seen = new Set<string>();
    let place = first;
    for (;;) {
      this.#finalUrl = shownUrl(place.url);
      const refusal = this.#loop(seen, place) ?? this.#guard(place.url) ?? (await this.#robots(place.url));
      if (refusal !== null) return this.#exchange(null, refusal);
      const outcome = await this.#askPlace(place);
      if (outcome.capture !== null) this.#captures.push(outcome.capture);
      if ('failure' in outcome) return this.#exchange(null, outcome.failure);
      const redirect = redirectFrom(outcome.answer, place);
      if (redirect === null) return this.#finish(outcome.answer);
      this.#hops.push({ url: shownUrl(place.url), status: outcome.answer.status });
      place = this.#follow(place, redirect);
    }
  }

  #firstPlace(): Place | { failure: Failure } {
    const { url, method, body } = this.#ask;
    if (!URL.canParse(url)) return skipped('invalid-url', 'the address can not be read');
    const parsed = new URL(url);
    if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') {
      return skipped('invalid-url', `addresses of the scheme ${parsed.protocol.slice(0, 40)} are not fetched`);
    }
    parsed.username = '';
    parsed.password = '';
    return { url: parsed, method, body, sameOrigin: true };
  }

  #loop(seen: Set<string>, place: Place): Failure | null {
    if (this.#hops.length > this.#shared.settings.maxRedirects) {
      return unreachable('too-many-redirects', `more than ${this.#shared.settings.maxRedirects} redirects`).failure;
    }
    const key = `${place.method} ${this.#cookies.version} ${place.url.href}`;
    if (seen.has(key)) return unreachable('too-many-redirects', 'the redirects go in a circle').failure;
    seen.add(key);
    return null;
  }

  #guard(url: URL): Failure | null {
    const { allowPrivate, proxies } = this.#shared.settings;
    if (allowPrivate) return null;
    const why = refusedHost(url.hostname, proxyFor(proxies, url) !== null);
    return why === null ? null : skipped('private-address', why).failure;
  }

  async #robots(url: URL): Promise<Failure | null> {
    const { robots, pace } = this.#shared;
    if (robots === null) return null;
    const rules = await robots.rulesFor(url);
    if (rules.crawlDelay !== null) pace.slow(url.host, rules.crawlDelay * 1000);
    if (rules.isAllowed(url.href)) return null;
    return { verdict: 'blocked', reason: 'robots', detail: `robots.txt of ${url.host} disallows it`, local: false };
  }

  #follow(place: Place, redirect: Redirect): Place {
    const first = new URL(this.#ask.url);
    return {
      url: redirect.url,
      method: redirect.method,
      body: redirect.keepsBody ? place.body : null,
      // Once a chain has left the origin, what was bound to it stays behind, even if the chain comes back.
      sameOrigin: place.sameOrigin && redirect.url.origin === first.origin,
    };
  }

  /** Asks one address until it answers, or until asking again is of no use. */
  async #askPlace(place: Place): Promise<Outcome> {
    const { pace, hosts } = this.#shared;
    const { host } = place.url;
    this.#stale = 0;
    for (;;) {
      const step = this.#step(place);
      const { signal } = this.#request;
      const urgent = this.#hops.length > 0 || this.#tries.length > 0;
      const paced = await pace.run(host, (turn) => attempt(this.#shared, step, turn, signal), { signal, urgent });
      if ('stopped' in paced) return { ...stopped(), capture: null };
      if ('resting' in paced) return { failure: paced.resting.failure, capture: null };
      const made = paced.done;
      this.#count(made);
      if (this.#isStopped()) return { ...stopped(), capture: null };
      const result = await this.#weigh(made, place, step);
      if (result !== 'again') {
        if ('failure' in result) hosts.failed(host, { local: result.failure.local, connected: made.connected });
        return result;
      }
      if (this.#isStopped()) return { ...stopped(), capture: null };
    }
  }

  #isStopped(): boolean {
    return this.#request.signal?.aborted === true || this.#shared.closing.aborted;
  }

  #count(made: Attempt): void {
    this.#at ??= made.startedAt;
    this.#ms += Math.max(0, this.#shared.settings.clock() - made.startedAt);
  }

  #step(place: Place): Step {
    const { settings } = this.#shared;
    const { url } = place;
    const body = place.body === null || place.method === 'GET' ? null : Buffer.from(place.body, 'utf8');
    const headers = requestHeaders({
      settings,
      ask: this.#ask,
      url,
      sameOrigin: place.sameOrigin,
      hasBody: body !== null,
      kind: this.#request.kind ?? 'page',
      validators: this.#request.validators ?? null,
      cookie: this.#cookies.header(url),
    });
    const path = `${url.pathname}${url.search}`;
    const proxy = proxyFor(settings.proxies, url);
    const forwarded = proxy !== null && url.protocol === 'http:';
    if (forwarded && proxy.authorization !== null) headers.push(['proxy-authorization', proxy.authorization]);
    return {
      url,
      request: { method: place.method, target: forwarded ? `http://${url.host}${path}` : path, headers, body },
      timeout: Math.min(settings.hostRules(url.host).timeoutMs ?? settings.timeout, LONGEST_TIMER),
      maxBody: this.#request.maxBytes ?? settings.maxBody,
    };
  }

  /** Keeps, gives up or tries again. */
  async #weigh(made: Attempt, place: Place, step: Step): Promise<Outcome | 'again'> {
    const { sent } = made;
    const answer = 'answer' in sent ? sent.answer : sent.partial;
    // A redirect is followed by its header; its body may be whatever it likes.
    if (answer !== null && ('answer' in sent || redirectFrom(answer, place) !== null)) {
      const fault = this.#forwardFault(answer, place.url);
      if (fault === null) return this.#weighAnswer(answer, made, place, step);
      return this.#weighFault(fault, made, place);
    }
    if (!('fault' in sent)) throw new Error('an attempt has either an answer or a fault');
    if (made.stale && this.#stale < MOST_STALE) {
      this.#stale += 1;
      return 'again';
    }
    const outcome = await this.#weighFault(sent.fault, made, place);
    if (outcome === 'again' || answer === null) return outcome;
    return { ...outcome, capture: this.#capture(answer, made, place, step, sent.cut) };
  }

  #forwardFault(answer: Answer, url: URL): Fault | null {
    if (url.protocol !== 'http:' || proxyFor(this.#shared.settings.proxies, url) === null) return null;
    return forwardFault(answer.status, replyHeaders(answer.headers));
  }

  async #weighFault(fault: Fault, made: Attempt, place: Place): Promise<Outcome | 'again'> {
    const { hosts, settings } = this.#shared;
    // Where anything else has answered, it is the name's own servers that did not.
    const failure =
      fault.failure.reason === 'dns' && hosts.heardAnything ? { ...fault.failure, local: false } : fault.failure;
    this.#note(made, `${failure.reason}: ${failure.detail}`);
    if (!fault.retryable || this.#retries >= settings.maxRetries || !hosts.isWorthRetrying(place.url.host)) {
      return { failure, capture: null };
    }
    await this.#waitToRetry();
    return 'again';
  }

  async #weighAnswer(answer: Answer, made: Attempt, place: Place, step: Step): Promise<Outcome | 'again'> {
    const { hosts, pace, settings } = this.#shared;
    const { host } = place.url;
    const rests = hosts.answered(host, answer.status);
    const keep = (): Outcome => ({ answer, capture: this.#capture(answer, made, place, step, null) });
    this.#cookies.take(fieldsOf(answer.headers, 'set-cookie'), place.url);
    if (!isRetryableStatus(answer.status)) return keep();
    const named = parseRetryAfter(fieldOf(answer.headers, 'retry-after') ?? undefined, settings.clock());
    if (named !== null && named > settings.maxRetryAfter)
      return { failure: this.#defer(host, answer.status, named), capture: null };
    const pause = this.#pauseAfter(answer.status, named, host);
    if (pause > 0) pace.hold(host, settings.clock() + pause);
    if (rests || this.#retries >= settings.maxRetries) return keep();
    this.#note(made, `HTTP ${answer.status}${named === null ? '' : `, Retry-After ${Math.ceil(named / 1000)} s`}`);
    if (pause > 0) this.#retries += 1;
    else await this.#waitToRetry();
    return 'again';
  }

  /** How long the whole host is left alone after an answer, in milliseconds. */
  #pauseAfter(status: number, named: number | null, host: string): number {
    if (status !== 429) return named ?? 0;
    const { settings } = this.#shared;
    const cooldown = settings.hostRules(host).cooldownMs ?? 0;
    const own = settings.retryWaitTime * 2 ** this.#retries;
    return Math.max(named ?? Math.min(own, settings.maxRetryWait), cooldown);
  }

  /** The host wants to be left alone for longer than we wait: it gets its rest, and the ask comes another time. */
  #defer(host: string, status: number, wait: number): Failure {
    const { pace, settings } = this.#shared;
    const until = Math.min(settings.clock() + wait, LATEST);
    const detail = `HTTP ${status}, deferred until ${isoTime(until)}`;
    const failure: Failure =
      status === 429
        ? { verdict: 'blocked', reason: 'rate-limited', detail, local: false }
        : skipped('over-budget', detail).failure;
    pace.rest(host, { failure, until });
    return failure;
  }

  async #waitToRetry(): Promise<void> {
    const { settings, closing } = this.#shared;
    const wait = backoff(this.#retries, settings.retryWaitTime, settings.maxRetryWait, settings.random);
    this.#retries += 1;
    await settings.sleep(wait, this.#request.signal ?? closing);
  }

  #note(made: Attempt, reason: string): void {
    this.#tries.push({ at: isoTime(made.startedAt), reason });
  }

  #capture(
    answer: Answer,
    made: Attempt,
    place: Place,
    step: Step,
    truncated: Capture['response']['truncated'],
  ): Capture | null {
    if (!this.#shared.settings.captures) return null;
    const own = new Set(Object.keys(this.#ask.headers).map((name) => name.toLowerCase()));
    return captureOf(place.url, isoTime(made.startedAt), step.request, answer, own, truncated);
  }

  async #finish(answer: Answer): Promise<Exchange> {
    const limit = this.#request.maxBytes ?? this.#shared.settings.maxBody;
    const decoded = await decodeBody(answer.body, fieldOf(answer.headers, 'content-encoding'), limit);
    if ('fault' in decoded) return this.#exchange(null, decoded.fault.failure);
    return this.#exchange({ status: answer.status, headers: replyHeaders(answer.headers), body: decoded.body }, null);
  }

  #exchange(reply: Exchange['reply'], failure: Failure | null): Exchange {
    return {
      ask: shownAsk(this.#ask),
      at: isoTime(this.#at ?? this.#shared.settings.clock()),
      ms: Math.round(this.#ms),
      hops: this.#hops,
      finalUrl: this.#finalUrl,
      tries: this.#tries,
      reply,
      failure,
      captures: this.#captures,
    };
  }
}

function redirectFrom(answer: Answer, place: Place): Redirect | null {
  return redirectOf(answer.status, fieldOf(answer.headers, 'location'), place.url, place.method);
}

function stopped(): { failure: Failure } {
  return skipped('over-budget', 'the run was stopped before this was answered');
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}
