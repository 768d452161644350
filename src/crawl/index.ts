import pLimit from 'p-limit';
import type { Archive, Kept, LeftOut, RunInProgress, Settlement } from '../archive/index.ts';
import type { Fetcher, Slot } from '../fetch/index.ts';
import { looksOffline } from '../fetch/index.ts';
import { hostKey } from '../links/index.ts';
import type { Judgement, Link, LinkRecord, LinkStatus, Run, Status, Transition } from '../types.ts';
import { Backlog, type Hold } from './backlog.ts';
import type { Crew } from './crew.ts';
import type { Listener } from './events.ts';
import { keepArticle } from './keep.ts';
import { runLanes } from './lanes.ts';
import { checkLocal, type LocalFiles } from './local.ts';
import { type Found, Looker, type LookOptions, type Unanswered, unanswered } from './look.ts';
import type { Plan } from './plan.ts';
import { confirmedAt, confirms, joinOutcome, type Outcome } from './record.ts';
import { type Chosen, selectLinks } from './select.ts';
import { assembleStatus, linkStatus, runId } from './status.ts';

export type { Crew, CrewWork, Report } from './crew.ts';
export type { PagesOfHost } from './doubt.ts';
export type { CrawlEvent, Listener } from './events.ts';
export { type LaneLimits, laneLimits, runLanes, slotsOf } from './lanes.ts';
export { type KnownPage, Looker, type LookOptions, unanswered } from './look.ts';
export { type Plan, planLinks, type Selection } from './plan.ts';
export { selectLinks } from './select.ts';
export { runId } from './status.ts';

/** How a run goes about it. Times in milliseconds. */
export interface CrawlOptions extends LookOptions {
  maxConcurrency: number;
  hostConcurrency(host: string): number;
  /** Does the host want time between two requests? Absent: all do. */
  isPaced?(host: string): boolean;
  /** Leave links alone that were seen healthy within this time; null asks all. */
  due: number | null;
  /** Stop beginning links after this time; null never stops. */
  budget: number | null;
}

/** What a run uses of the world outside. */
export interface CrawlDeps {
  archive: Archive;
  /** The fetcher, given the run's slots. */
  fetcher(slot: Slot): Fetcher;
  /** Asks once more by another route before a link is called dead; null where none is configured. */
  second: Fetcher | null;
  /** Others who make the visits; absent where this process makes them itself. */
  crew?: Crew;
  files: LocalFiles;
  now(): Date;
  stop: AbortSignal;
  /** 0 up to but not 1; for made-up addresses. */
  random(): number;
  tell: Listener;
}

export interface CrawlOutcome {
  /** True where nothing at all could be reached: nothing was recorded. */
  offline: boolean;
  status: Status;
  transitions: readonly Transition[];
  leftOut: readonly LeftOut[];
}

/** So many hosts out of reach for reasons of our own, and none that answered, mean that we are offline. */
export const OFFLINE_HOSTS = 3;

/** Bytes of answers that may wait to be read and stored; what is made of them takes some ten times as much. */
const MOST_HELD = 16 * 1024 * 1024;

/** The longest that a timer of Node can wait, in milliseconds; one that is set for longer strikes at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** An unfinished run older than this is not gone on with: what it saw is old news. */
const RESUME_MS = 12 * 3_600_000;

/** Asks, judges, keeps and records every link of the plan. The caller ends the run with `archive.finishRun`. */
export async function crawl(plan: Plan, options: CrawlOptions, deps: CrawlDeps): Promise<CrawlOutcome> {
  return new Crawl(plan, options, deps).run();
}

/** The run that a stop left unfinished, unless it is too old to go on with. */
export function unfinishedRun({ run }: Pick<Archive, 'run'>, at: Date): RunInProgress | null {
  return run !== null && at.getTime() - Date.parse(run.startedAt) <= RESUME_MS ? run : null;
}

type Skip = Extract<Judgement, { verdict: 'skipped' }>['reason'];

class Crawl {
  readonly #plan: Plan;
  readonly #options: CrawlOptions;
  readonly #deps: CrawlDeps;
  readonly #fetcher: Fetcher;
  readonly #startedAt: Date;
  readonly #unfinished: RunInProgress | null;
  readonly #run: { id: string; startedAt: string };
  #lastRun: Run | null = null;
  #begun: Promise<unknown> | null = null;
  /** Until something answers we may be offline, and then nothing is to be written: outcomes wait here. */
  #held: (() => Promise<void>)[] | null = [];
  readonly #failed: Unanswered[] = [];
  readonly #failedHosts = new Set<string>();
  #givenUp = false;
  readonly #skipped = new Map<string, Skip>();
  readonly #settled = new Set<string>();
  /** Entries of links that are settled, so that their records need not be read again. */
  readonly #entries = new Map<string, LinkStatus>();
  readonly #looker: Looker;
  readonly #backlog = new Backlog(MOST_HELD);
  /** Ends what is under way: a stop from outside, or the end of the time budget. */
  readonly #signal: AbortSignal;
  /** End of the time budget. Held here, for a joined signal does not hold its parts, and a timer that is collected never strikes. */
  readonly #timeUp: AbortSignal | null;

  constructor(plan: Plan, options: CrawlOptions, deps: CrawlDeps) {
    this.#plan = plan;
    this.#options = options;
    this.#deps = deps;
    this.#startedAt = deps.now();
    this.#unfinished = unfinishedRun(deps.archive, this.#startedAt);
    const { id, startedAt } = this.#unfinished ??
      deps.crew?.run ?? {
        id: runId(this.#startedAt),
        startedAt: this.#startedAt.toISOString(),
      };
    this.#run = { id, startedAt };
    const slots = pLimit(options.maxConcurrency);
    this.#fetcher = deps.fetcher((task) => slots(task));
    this.#timeUp = options.budget === null ? null : AbortSignal.timeout(Math.min(options.budget, LONGEST_TIMER));
    this.#signal = this.#timeUp === null ? deps.stop : AbortSignal.any([deps.stop, this.#timeUp]);
    const { second, stop, random } = deps;
    const [fetcher, run, signal] = [this.#fetcher, this.#run.id, this.#signal];
    this.#looker = new Looker(options, { fetcher, second, run, signal, stop, random });
  }

  async run(): Promise<CrawlOutcome> {
    const { archive, tell } = this.#deps;
    this.#lastRun = await archive.lastRun();
    const unfinished = this.#unfinished;
    const links = await this.#select(unfinished?.done ?? new Set());
    const hosts = new Set(links.map(({ link }) => hostKey(new URL(link.url))));
    tell({ kind: 'start', links: this.#plan.links.length, hosts: hosts.size, resumed: unfinished?.done.size ?? 0 });
    await (this.#deps.crew ? this.#send(links, this.#deps.crew) : this.#ask(links));
    for (const { link } of links) {
      if (!this.#settled.has(link.id) && !this.#skipped.has(link.id)) this.#skipped.set(link.id, 'over-budget');
    }
    await this.#fetcher.close();
    if (await this.#isOffline(links.length)) return this.#outcome(true);
    await this.#begin();
    await this.#release();
    await this.#checkLocals();
    if (!this.#complete()) await this.#noteVisits(unfinished?.done ?? new Set());
    return this.#outcome(false);
  }

  /** The links to be asked, those not seen for longest first. */
  async #select(done: ReadonlySet<string>): Promise<Chosen[]> {
    for (const { link, reason } of this.#plan.skipped) this.#skipped.set(link.id, reason);
    const { archive } = this.#deps;
    const { chosen, resting } = await selectLinks(this.#plan.links, {
      records: archive.records,
      lastRun: this.#lastRun,
      due: this.#options.due,
      at: this.#startedAt,
      done,
    });
    for (const id of resting) this.#skipped.set(id, 'not-due');
    return chosen;
  }

  async #ask(links: { link: Link }[]): Promise<void> {
    const { maxConcurrency, hostConcurrency, isPaced } = this.#options;
    await runLanes<{ link: Link }>({
      items: links,
      hostOf: ({ link }) => hostKey(new URL(link.url)),
      concurrencyOf: hostConcurrency,
      ...(isPaced ? { isPaced } : {}),
      concurrency: maxConcurrency,
      stopped: () => this.#signal.aborted || this.#givenUp,
      visit: ({ link }) => this.#visit(link).catch((bug: unknown) => this.#giveUp(bug)),
      leave: (host) => this.#fetcher.release(host),
    });
  }

  /** A bug ends the run: whatever waits for its turn or its answer would hold that up for minutes. */
  async #giveUp(bug: unknown): Promise<never> {
    await this.#fetcher.close();
    throw bug;
  }

  /** Has the links visited by others, and takes in what they found. */
  async #send(links: { link: Link }[], crew: Crew): Promise<void> {
    const known = new Map(links.map(({ link }) => [link.id, link]));
    await crew.visit(
      links.map(({ link }) => link),
      {
        run: this.#run,
        stopped: () => this.#signal.aborted || this.#givenUp,
        take: async (id, report) => {
          const link = known.get(id);
          if (link === undefined || this.#settled.has(id)) return;
          const record = await this.#deps.archive.records.get(id);
          const { found } = report;
          const settle = await this.#weigh(link, found.judgement, report.unanswered, () =>
            this.#settle(link, record, found),
          );
          await settle?.();
        },
      },
    );
  }

  /** First stage of a link; the second reads, keeps and records. */
  async #visit(link: Link): Promise<(() => Promise<void>) | null> {
    const hold = await this.#backlog.enter();
    let settle: (() => Promise<void>) | null = null;
    try {
      settle = await this.#look(link, hold);
    } finally {
      if (settle === null) hold.leave();
    }
    return settle && (() => settle().finally(hold.leave));
  }

  async #look(link: Link, hold: Hold): Promise<(() => Promise<void>) | null> {
    const { archive } = this.#deps;
    const record = await archive.records.get(link.id);
    const looked = await this.#looker.look(link, record);
    if (looked === null) return null;
    hold.weigh(looked.visit.exchanges.reduce((sum, { reply }) => sum + (reply?.body.length ?? 0), 0));
    const known = { record, page: () => archive.readPage(link.id) };
    return this.#weigh(link, looked.judgement, unanswered(looked), async () =>
      this.#settle(link, record, await this.#looker.finish(link, known, looked)),
    );
  }

  /** Between the stages: may it be recorded, and now? Returns the second stage where it may. */
  async #weigh(
    link: Link,
    judgement: Judgement,
    failed: readonly Unanswered[] | null,
    settle: () => Promise<void>,
  ): Promise<(() => Promise<void>) | null> {
    if (judgement.verdict === 'skipped') return this.#passOver(link, judgement);
    if (failed === null) await this.#begin();
    else this.#noteFailure(link, failed);
    if (this.#held === null || failed === null) return settle;
    this.#settled.add(link.id);
    this.#held.push(settle);
    return null;
  }

  /** Not asked after all (a private address, a host that wants to be left alone): what was known stays known. */
  #passOver(link: Link, { verdict, reason, marker }: Extract<Judgement, { verdict: 'skipped' }>): null {
    this.#skipped.set(link.id, reason);
    this.#deps.tell({ kind: 'done', link, verdict, reason, marker, kept: null });
    return null;
  }

  /**
   * Where the first hosts all fail on our side and nothing answers, there is no use in trying the rest. Names that do
   * not exist are no such sign yet: they are told long before the first page comes.
   */
  #noteFailure(link: Link, exchanges: readonly Unanswered[]): void {
    if (this.#begun !== null) return;
    this.#failed.push(...exchanges);
    this.#failedHosts.add(hostKey(new URL(link.url)));
    if (this.#failedHosts.size < OFFLINE_HOSTS) return;
    this.#givenUp = this.#failed.every(({ failure }) => failure?.local === true);
  }

  /** Joins what was found with what was known, and stores both in one stroke. */
  async #settle(link: Link, record: LinkRecord | null, found: Found): Promise<void> {
    const { archive, tell } = this.#deps;
    const { article, judgement, observation } = found;
    const join = (kept: Kept | null): Settlement => {
      const copy = kept && { snapshot: kept.ref, contentHash: kept.contentHash };
      const outcome: Outcome = { observation, judgement, article, kept: copy, suggestion: null };
      if (record !== null && confirms(link, record, outcome)) return {};
      const confirmed = confirmedAt(record, this.#lastRun);
      const joined = joinOutcome(link, record, outcome, confirmed, this.#options.thresholds);
      return joined.news ? { record: joined.record, transition: joined.transition } : {};
    };
    const keeps = article !== null && this.#options.snapshots;
    const kept = keeps ? await keepArticle(archive, link, article, found, join) : null;
    if (kept?.changed === 'refused') {
      tell({ kind: 'remark', link, message: kept.why ?? 'the kept copy is the better one' });
    }
    if (!keeps) {
      const news = join(null);
      await archive.settle(link.id, news);
      this.#entries.set(link.id, linkStatus(link, news.record ?? record, null));
    }
    this.#settled.add(link.id);
    for (const problem of found.places) tell({ kind: 'problem', problem });
    const changed = kept?.changed === 'new' || kept?.changed === 'new-version' ? kept.changed : null;
    tell({ kind: 'done', link, ...judgement, kept: changed });
  }

  async #begin(): Promise<void> {
    const { archive } = this.#deps;
    const fresh = archive.run !== null && archive.run.id !== this.#run.id;
    this.#begun ??= archive.beginRun(this.#run, { fresh });
    await this.#begun;
  }

  /** Stores the outcomes that waited for a sign of life. */
  async #release(): Promise<void> {
    const held = this.#held ?? [];
    this.#held = null;
    for (const settle of held) await settle();
  }

  async #isOffline(asked: number): Promise<boolean> {
    return asked > 0 && this.#begun === null && looksOffline(this.#failed);
  }

  async #checkLocals(): Promise<void> {
    const { archive, files, now, tell } = this.#deps;
    for (const local of this.#plan.local) {
      const record = await archive.records.get(local.link.id);
      const seen = await checkLocal(local, this.#run.id, now().toISOString(), files);
      const outcome = { ...seen, article: null, kept: null, suggestion: null };
      const confirmed = confirmedAt(record, this.#lastRun);
      const joined = joinOutcome(local.link, record, outcome, confirmed, this.#options.thresholds);
      await archive.settle(local.link.id, joined.news ? { record: joined.record, transition: joined.transition } : {});
      const { verdict, reason, marker } = seen.judgement;
      tell({ kind: 'done', link: local.link, verdict, reason, marker, kept: null });
    }
  }

  /** Did the run visit every link that it was meant to? */
  #complete(): boolean {
    const left = new Set(this.#skipped.values());
    return !left.has('not-due') && !left.has('over-budget');
  }

  /** A run that did not visit all links says of each when it was last visited, so that the next begins with the others. */
  async #noteVisits(done: ReadonlySet<string>): Promise<void> {
    const { archive } = this.#deps;
    for (const { id } of this.#plan.links) {
      const record = await archive.records.get(id);
      const visited = this.#settled.has(id) || done.has(id);
      const seenAt = visited ? this.#run.startedAt : confirmedAt(record, this.#lastRun);
      if (!record || seenAt === null || record.seenAt === seenAt) continue;
      if (record.observation && record.observation.at >= seenAt) continue;
      await archive.settle(id, { record: { ...record, seenAt } });
    }
  }

  async #outcome(offline: boolean): Promise<CrawlOutcome> {
    const { archive, now } = this.#deps;
    const links: LinkStatus[] = [];
    const all = [...this.#plan.links, ...this.#plan.skipped, ...this.#plan.local].map((item) =>
      'link' in item ? item.link : item,
    );
    for (const link of all) {
      const known = offline || this.#skipped.has(link.id) ? undefined : this.#entries.get(link.id);
      if (known !== undefined) {
        links.push(known);
        continue;
      }
      const record = await archive.records.get(link.id);
      links.push(linkStatus(link, record, offline ? 'offline' : (this.#skipped.get(link.id) ?? null)));
    }
    const complete = !offline && this.#complete();
    const run = { ...this.#run, finishedAt: now().toISOString(), complete };
    return {
      offline,
      status: assembleStatus(run, links),
      transitions: archive.transitions(),
      leftOut: archive.leftOut(),
    };
  }
}
