import pLimit from 'p-limit';
import type { Archive, Kept, LeftOut, RunInProgress, Settlement } from '../archive/index.ts';
import type { Fetcher, Slot } from '../fetch/index.ts';
import { looksOffline } from '../fetch/index.ts';
import type { Thresholds } from '../health/index.ts';
import { hostKey } from '../links/index.ts';
import { platformNamed } from '../platforms/index.ts';
import type { Article, Exchange, Judgement, Link, LinkRecord, LinkStatus, Run, Status, Transition } from '../types.ts';
import { Doubts } from './doubt.ts';
import type { Listener } from './events.ts';
import { missingPlaces } from './fragments.ts';
import { keepArticle } from './keep.ts';
import { runLanes } from './lanes.ts';
import { checkLocal, type LocalFiles } from './local.ts';
import type { Plan } from './plan.ts';
import { confirmedAt, isThere, joinOutcome, type Outcome } from './record.ts';
import { NEVER_SEEN, readSeen, type Seen } from './seen.ts';
import { assembleStatus, linkStatus, runId } from './status.ts';
import { identityOf, type Visited, visitLink } from './visit.ts';
import { drift } from './witness.ts';

export type { CrawlEvent, Listener } from './events.ts';
export { type Plan, planLinks, type Selection } from './plan.ts';

/** How a run goes about it. Times in milliseconds. */
export interface CrawlOptions {
  maxConcurrency: number;
  hostConcurrency(host: string): number;
  /** Does the host want time between two requests? Absent: all do. */
  isPaced?(host: string): boolean;
  thresholds: Thresholds;
  /** Leave links alone that were seen healthy within this time; null asks all. */
  due: number | null;
  /** Stop beginning links after this time; null never stops. */
  budget: number | null;
  snapshots: boolean;
  images: boolean;
  warc: boolean;
  /** Look for the places (`#…`) that the lists point at. */
  fragments: boolean;
}

/** What a run uses of the world outside. */
export interface CrawlDeps {
  archive: Archive;
  /** The fetcher, given the run's slots. */
  fetcher(slot: Slot): Fetcher;
  /** Asks once more by another route before a link is called dead; null where none is configured. */
  second: Fetcher | null;
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
  /** The status before this run. */
  before: Status | null;
  transitions: readonly Transition[];
  leftOut: readonly LeftOut[];
}

/** So many hosts out of reach for reasons of our own, and none that answered, mean that we are offline. */
const OFFLINE_HOSTS = 3;

/** Reasons that are about us, not about the page. */
const WALLS: ReadonlySet<string> = new Set(['verification-wall', 'js-challenge', 'login-wall', 'rate-limited']);

/** An unfinished run older than this is not gone on with: what it saw is old news. */
const RESUME_MS = 12 * 3_600_000;

/** Asks, judges, keeps and records every link of the plan. The caller ends the run with `archive.finishRun`. */
export async function crawl(plan: Plan, options: CrawlOptions, deps: CrawlDeps): Promise<CrawlOutcome> {
  return new Crawl(plan, options, deps).run();
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
  readonly #failed: Exchange[] = [];
  readonly #failedHosts = new Set<string>();
  #givenUp = false;
  readonly #skipped = new Map<string, Skip>();
  readonly #settled = new Set<string>();
  /** Entries of links that are settled, so that their records need not be read again. */
  readonly #entries = new Map<string, LinkStatus>();
  readonly #doubts: Doubts;
  /** Ends what is under way: a stop from outside, or the end of the time budget. */
  readonly #signal: AbortSignal;

  constructor(plan: Plan, options: CrawlOptions, deps: CrawlDeps) {
    this.#plan = plan;
    this.#options = options;
    this.#deps = deps;
    this.#startedAt = deps.now();
    this.#unfinished = this.#goOnWith(deps.archive);
    const { id, startedAt } = this.#unfinished ?? {
      id: runId(this.#startedAt),
      startedAt: this.#startedAt.toISOString(),
    };
    this.#run = { id, startedAt };
    const slots = pLimit(options.maxConcurrency);
    this.#fetcher = deps.fetcher((task) => slots(task));
    this.#signal =
      options.budget === null ? deps.stop : AbortSignal.any([deps.stop, AbortSignal.timeout(options.budget)]);
    this.#doubts = new Doubts({
      fetcher: this.#fetcher,
      run: this.#run.id,
      signal: this.#signal,
      second: deps.second,
      thresholds: options.thresholds,
      random: deps.random,
    });
  }

  async run(): Promise<CrawlOutcome> {
    const { archive, tell } = this.#deps;
    const before = await archive.readStatus();
    this.#lastRun = before?.run ?? null;
    const unfinished = this.#unfinished;
    const links = await this.#select(unfinished?.done ?? new Set());
    const hosts = new Set(links.map(({ link }) => hostKey(new URL(link.url))));
    tell({ kind: 'start', links: this.#plan.links.length, hosts: hosts.size, resumed: unfinished?.done.size ?? 0 });
    await this.#ask(links);
    if (await this.#isOffline(links.length)) return this.#outcome(before, true);
    await this.#begin();
    await this.#release();
    await this.#checkLocals();
    if (!this.#complete()) await this.#noteVisits(unfinished?.done ?? new Set());
    return this.#outcome(before, false);
  }

  /** The run that a stop left unfinished, unless it is too old to go on with. */
  #goOnWith({ run }: Archive): RunInProgress | null {
    return run !== null && this.#startedAt.getTime() - Date.parse(run.startedAt) <= RESUME_MS ? run : null;
  }

  /** The links to be asked, those not seen for longest first. */
  async #select(done: ReadonlySet<string>): Promise<{ link: Link; seen: string }[]> {
    const chosen: { link: Link; seen: string }[] = [];
    for (const { link, reason } of this.#plan.skipped) this.#skipped.set(link.id, reason);
    const known = await readSeen(this.#deps.archive.records, this.#plan.links, (record) => this.#seenIn(record));
    for (const link of this.#plan.links) {
      if (done.has(link.id)) continue;
      const { seen, rests } = known.get(link.id) ?? NEVER_SEEN;
      if (rests) this.#skipped.set(link.id, 'not-due');
      else chosen.push({ link, seen });
    }
    return chosen.sort((a, b) => (a.seen < b.seen ? -1 : a.seen > b.seen ? 1 : 0));
  }

  #seenIn(record: LinkRecord): Seen {
    const seen = confirmedAt(record, this.#lastRun) ?? '';
    return { seen, rests: this.#rests(record, seen) };
  }

  #rests(record: LinkRecord, seen: string): boolean {
    if (this.#options.due === null || record.health?.health !== 'healthy') return false;
    return this.#startedAt.getTime() - Date.parse(seen) < this.#options.due;
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
      visit: ({ link }) => this.#visit(link),
      leave: (host) => this.#fetcher.release(host),
    });
    for (const { link } of links) {
      if (!this.#settled.has(link.id) && !this.#skipped.has(link.id)) this.#skipped.set(link.id, 'over-budget');
    }
    await this.#fetcher.close();
  }

  /** First stage of a link; the second reads, keeps and records. */
  async #visit(link: Link): Promise<(() => Promise<void>) | null> {
    const record = await this.#deps.archive.records.get(link.id);
    const identity = identityOf(link);
    const validators = record?.judgement?.verdict === 'alive' && this.#has(record) ? record.validators : null;
    const brief = !this.#options.snapshots && !record?.snapshot;
    const deps = { fetcher: this.#fetcher, run: this.#run.id, signal: this.#signal, brief };
    let visited = await visitLink(link.id, identity, validators, deps);
    if (this.#signal.aborted && visited.observation.failure) return null;
    visited = await this.#doubts.settle(link, record, visited);
    this.#watchWall(link, visited);
    if (visited.judgement.verdict === 'skipped') return this.#passOver(link, visited.judgement);
    const answered = visited.visit.exchanges.some((exchange) => exchange.reply !== null);
    if (!answered) this.#noteFailure(link, visited);
    const settle = () => this.#settle(link, record, visited);
    if (answered) await this.#begin();
    if (this.#held === null || answered) return settle;
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

  /** Where the first hosts all fail on our side and nothing answers, there is no use in trying the rest. */
  #noteFailure(link: Link, { visit }: Visited): void {
    if (this.#begun !== null) return;
    this.#failed.push(...visit.exchanges);
    this.#failedHosts.add(hostKey(new URL(link.url)));
    if (this.#failedHosts.size >= OFFLINE_HOSTS) this.#givenUp = looksOffline(this.#failed);
  }

  #has(record: LinkRecord): boolean {
    return record.snapshot !== null || !this.#options.snapshots;
  }

  /** Several walls in a row, and the host rests for the run. */
  #watchWall(link: Link, { judgement, visit }: Visited): void {
    const host = hostKey(new URL(link.url));
    if (WALLS.has(judgement.reason)) {
      if (!platformNamed(link.platform).isWalledForm?.(visit.identity)) this.#fetcher.reportWall(host);
    } else if (judgement.verdict !== 'unreachable') this.#fetcher.reportPage(host);
  }

  /** Reads what is there, joins it with what was known, and stores both in one stroke. */
  async #settle(link: Link, record: LinkRecord | null, visited: Visited): Promise<void> {
    const { archive, tell } = this.#deps;
    const { article, judgement } = await this.#read(link, record, visited);
    const join = (kept: Kept | null): Settlement => {
      const { observation } = visited;
      const copy = kept && { snapshot: kept.ref, contentHash: kept.contentHash };
      const outcome: Outcome = { observation, judgement, article, kept: copy, suggestion: null };
      const confirmed = confirmedAt(record, this.#lastRun);
      const joined = joinOutcome(link, record, outcome, confirmed, this.#options.thresholds);
      return joined.news ? { record: joined.record, transition: joined.transition } : {};
    };
    const keeps = article !== null && this.#options.snapshots;
    const kept = keeps ? await this.#keep(link, article, visited, join) : null;
    if (!keeps) {
      const news = join(null);
      await archive.settle(link.id, news);
      this.#entries.set(link.id, linkStatus(link, news.record ?? record, null));
    }
    this.#settled.add(link.id);
    const changed = kept?.changed === 'new' || kept?.changed === 'new-version' ? kept.changed : null;
    if (this.#options.fragments && isThere(judgement)) {
      for (const problem of missingPlaces(link, visited.visit)) tell({ kind: 'problem', problem });
    }
    tell({ kind: 'done', link, ...judgement, kept: changed });
  }

  async #keep(link: Link, article: Article, visited: Visited, join: (kept: Kept) => Settlement): Promise<Kept> {
    const { archive, stop, tell } = this.#deps;
    const { images, warc } = this.#options;
    const deps = { archive, fetcher: this.#fetcher, signal: stop, images, warc };
    const kept = await keepArticle(link, article, visited, deps, join);
    if (kept.changed === 'refused') {
      tell({ kind: 'remark', link, message: kept.why ?? 'the kept copy is the better one' });
    }
    return kept;
  }

  /** The article of a page that is there, unless it has become another one. */
  async #read(
    link: Link,
    record: LinkRecord | null,
    { judgement, visit, glanced }: Visited,
  ): Promise<{ article: Article | null; judgement: Judgement }> {
    if (!isThere(judgement) || glanced || judgement.reason === 'not-modified') return { article: null, judgement };
    const article = platformNamed(link.platform).read(visit);
    if (article === null) return { article, judgement };
    const stored = record?.snapshot ? await this.#deps.archive.readPage(link.id) : null;
    const texts = link.occurrences.map((occurrence) => occurrence.text);
    const drifted = drift(texts, stored, { title: article.title, text: article.text });
    return drifted ? { article: null, judgement: drifted } : { article, judgement };
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

  async #outcome(before: Status | null, offline: boolean): Promise<CrawlOutcome> {
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
      before,
      status: assembleStatus(run, links),
      transitions: archive.transitions(),
      leftOut: archive.leftOut(),
    };
  }
}
