import { setTimeout as sleep } from 'node:timers/promises';
import type { Queue } from 'bullmq';
import type { Crew, CrewWork, KnownPage } from '../crawl/index.ts';
import { hostKey } from '../links/index.ts';
import type { Link, LinkRecord } from '../types.ts';
import { type Board, PROTOCOL, type QueuedRun } from './board.ts';
import { jobId } from './keys.ts';

/** How often an empty list of results is looked at, and after how long a silence the jobs are. */
const LOOK_MS = 200;
const SILENCE_MS = 2000;

/** Jobs put in at once. */
const BULK = 500;

/** So often a job is tried whose worker reports a fault, and so often one whose worker falls silent. */
export const ATTEMPTS = 3;

/** How long a job that was given up stays listed. */
const LISTED_S = 7 * 24 * 3600;

/** A job: one host of a run. Its links lie in the tasks. */
export interface HostJob {
  run: string;
  host: string;
}

/** Runs what needs the queue; rejects with a QueueError once the queue is lost. */
export type Guarded = <T>(action: () => Promise<T>) => Promise<T>;

/** A host that was tried too often. */
export interface GivenUp {
  host: string;
  reason: string;
}

/** What the queue's side of a run needs to know of it. */
export interface CrewInput extends Pick<QueuedRun, 'look' | 'asking'> {
  /** Hosts of all pages of the run. */
  hosts: readonly string[];
  /** What is known of a link. */
  record(id: string): Promise<LinkRecord | null>;
  page(id: string): Promise<KnownPage | null>;
}

/** Puts a run's links in the queue and takes in what workers find. */
export class QueueCrew implements Crew {
  readonly run: { id: string; startedAt: string };
  /** Hosts that were given up; their links were not all visited. */
  readonly givenUp: GivenUp[] = [];
  readonly #board: Board;
  readonly #jobs: Queue<HostJob>;
  readonly #guarded: Guarded;
  readonly #key: string;
  readonly #input: CrewInput;

  constructor(
    { board, jobs, guarded }: { board: Board; jobs: Queue<HostJob>; guarded: Guarded },
    { key, run }: { key: string; run: { id: string; startedAt: string } },
    input: CrewInput,
  ) {
    this.#board = board;
    this.#jobs = jobs;
    this.#guarded = guarded;
    this.#key = key;
    this.run = run;
    this.#input = input;
  }

  /** Puts the links in, unless they are in already; says how many hosts they are on. */
  load(links: readonly Link[], run: { id: string; startedAt: string }): Promise<{ hosts: number }> {
    return this.#guarded(() => this.#load(links, run));
  }

  async #load(links: readonly Link[], run: { id: string; startedAt: string }): Promise<{ hosts: number }> {
    const hosts = byHost(links);
    const known = await this.#board.run(this.#key);
    if (known?.state !== 'open') {
      const { look, asking } = this.#input;
      const counts = { links: links.length, hosts: hosts.size };
      const queued: QueuedRun = {
        protocol: PROTOCOL,
        key: this.#key,
        ...run,
        ...counts,
        look,
        asking,
        state: 'loading',
      };
      await this.#board.saveRun(queued);
      await this.#board.addHosts(this.#key, this.#input.hosts);
      for (const [host, own] of hosts) await this.#putTasks(host, own);
      // From here on workers take tasks away: none may be put in twice.
      await this.#board.saveRun({ ...queued, state: 'open' });
    }
    await this.#putJobs([...hosts.keys()]);
    return { hosts: hosts.size };
  }

  visit(links: readonly Link[], work: CrewWork): Promise<void> {
    return this.#guarded(async () => {
      await this.#load(links, work.run);
      await this.#collect(links, work);
      // All is stored, or nobody wants the rest. After a fault everything stays: the same command goes on from there.
      const jobs = [...byHost(links).keys()].map((host) => jobId(this.#key, host));
      await this.#board.removeRun(this.#key, jobs);
    });
  }

  async #collect(links: readonly Link[], work: CrewWork): Promise<void> {
    const missing = new Map(byHost(links));
    const homes = new Map<string, { host: string; own: Map<string, PlacedLink> }>();
    for (const [host, own] of missing) for (const id of own.keys()) homes.set(id, { host, own });
    let heardAt = performance.now();
    while (missing.size > 0 && !work.stopped()) {
      const { entries, acknowledge } = await this.#board.results(this.#key);
      await Promise.all(entries.map(({ id, report }) => work.take(id, report)));
      await acknowledge();
      for (const { id } of entries) {
        const home = homes.get(id);
        home?.own.delete(id);
        if (home?.own.size === 0) missing.delete(home.host);
      }
      if (entries.length > 0) heardAt = performance.now();
      else if (performance.now() - heardAt < SILENCE_MS) await sleep(LOOK_MS);
      else {
        await this.#mend(missing);
        heardAt = performance.now();
      }
    }
  }

  /**
   * After a silence: links whose job is no more, and whose result never came, are put in again (a Redis may have lost
   * some of what it was told); those of a job that was given up are missing for good.
   */
  async #mend(missing: Map<string, Map<string, PlacedLink>>): Promise<void> {
    const { waiting = 0, active = 0, delayed = 0 } = await this.#jobs.getJobCounts('waiting', 'active', 'delayed');
    if (waiting + active + delayed >= missing.size) return;
    for (const [host, own] of [...missing]) {
      const job = await this.#jobs.getJob(jobId(this.#key, host));
      const state = job === undefined ? 'unknown' : await job.getState();
      if (state === 'failed') {
        this.givenUp.push({ host, reason: job?.failedReason || 'for no reason given' });
        missing.delete(host);
      } else if (state === 'unknown' && (await this.#board.results(this.#key)).entries.length === 0) {
        await this.#putTasks(host, own);
        await this.#putJobs([host]);
      }
    }
  }

  async #putTasks(host: string, links: ReadonlyMap<string, PlacedLink>): Promise<void> {
    const { record, page } = this.#input;
    const tasks = [];
    for (const { at, link } of links.values()) {
      const known = await record(link.id);
      tasks.push({ at, task: { link, record: known, page: known?.snapshot ? slim(await page(link.id)) : null } });
    }
    await this.#board.putTasks(this.#key, jobId(this.#key, host), tasks);
  }

  async #putJobs(hosts: readonly string[]): Promise<void> {
    for (let at = 0; at < hosts.length; at += BULK) {
      await this.#jobs.addBulk(
        hosts.slice(at, at + BULK).map((host) => ({
          name: 'host',
          data: { run: this.#key, host },
          opts: {
            jobId: jobId(this.#key, host),
            attempts: ATTEMPTS,
            backoff: { type: 'exponential', delay: 2000 },
            removeOnComplete: true,
            removeOnFail: { age: LISTED_S },
          },
        })),
      );
    }
  }
}

interface PlacedLink {
  /** Place in the order in which the run asks. */
  at: number;
  link: Link;
}

/** The links of each host by id, hosts in the order of their first links. */
function byHost(links: readonly Link[]): Map<string, Map<string, PlacedLink>> {
  const hosts = new Map<string, Map<string, PlacedLink>>();
  links.forEach((link, at) => {
    const host = hostKey(new URL(link.url));
    const own = hosts.get(host) ?? new Map<string, PlacedLink>();
    hosts.set(host, own.set(link.id, { at, link }));
  });
  return hosts;
}

/** Only what a visit needs of a kept page. */
function slim(page: KnownPage | null): KnownPage | null {
  if (page === null) return null;
  const pictures = page.pictures.filter(({ asset }) => asset !== null).map(({ url, asset }) => ({ url, asset }));
  return { title: page.title, text: page.text, pictures };
}
