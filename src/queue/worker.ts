import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Job, Queue, Worker } from 'bullmq';
import {
  type LaneLimits,
  Looker,
  laneLimits,
  OFFLINE_HOSTS,
  type Report,
  runLanes,
  slotsOf,
  unanswered,
} from '../crawl/index.ts';
import type { Fetcher, Gate, Slot } from '../fetch/index.ts';
import { Board, PROTOCOL, type QueuedRun } from './board.ts';
import type { Connection } from './connect.ts';
import { asQueueError } from './connect.ts';
import { ATTEMPTS, type HostJob } from './crew.ts';
import { QueueError } from './errors.ts';
import { beat, loadGate, RedisGate } from './gate.ts';
import { JOBS, jobId, Keys } from './keys.ts';
import { Network } from './network.ts';

/** Hosts worked on at once, as a multiple of the requests at once: most of them wait for their next turn. */
const HOSTS_AT_ONCE = 2;

/** More bytes of results than this wait for nobody to take them in: then nothing further is asked. */
const MOST_WAITING = 256 * 1024 * 1024;

/** How long after a polite stop what is under way may take. */
const GRACE_MS = 20_000;

/** How a worker goes about it. */
export interface WorkerOptions {
  /** Requests under way at once. */
  concurrency: number;
  /** So long a worker may be silent before its hosts are given to others, in milliseconds. */
  lease: number;
  /** Come to an end when the queue is empty. */
  drain: boolean;
}

/** What asks the hosts of a run. */
export interface RunFetchers {
  fetcher: Fetcher;
  second: Fetcher | null;
  hostConcurrency(host: string): number;
  isPaced(host: string): boolean;
}

export type WorkerEvent =
  | { kind: 'ready'; name: string }
  | { kind: 'host'; host: string; links: number; end: 'done' | 'returned' }
  | { kind: 'failed'; host: string; reason: string; final: boolean }
  | { kind: 'stalled'; host: string }
  | { kind: 'full' };

export interface WorkerDeps {
  /** Makes what asks the hosts of a run; `pageHosts` are the hosts of its pages. */
  fetchers(run: QueuedRun, pageHosts: ReadonlySet<string>, gate: Gate, slot: Slot): Promise<RunFetchers>;
  /** A polite stop: what is under way is finished, the rest given back. */
  stop: AbortSignal;
  random(): number;
  tell(event: WorkerEvent): void;
}

/**
 * Works on the hosts in the queue until it is stopped, or until the queue is empty.
 * @throws QueueError where the queue is lost
 */
export async function work(connection: Connection, options: WorkerOptions, deps: WorkerDeps): Promise<void> {
  await new QueueWorker(connection, options, deps).run();
}

/** BullMQ's side of a queue. */
export function jobsOf({ redis, bull, prefix }: Connection): Queue<HostJob> {
  const jobs = new bull.Queue<HostJob>(JOBS, { connection: redis, prefix });
  // Faults of the connection are told by its end; without a listener they would be thrown.
  jobs.on('error', () => undefined);
  return jobs;
}

/** A run in this worker. */
interface OpenRun extends RunFetchers {
  run: QueuedRun;
}

class QueueWorker {
  readonly #connection: Connection;
  readonly #options: WorkerOptions;
  readonly #deps: WorkerDeps;
  readonly #keys: Keys;
  readonly #board: Board;
  readonly #jobs: Queue<HostJob>;
  readonly #name: string;
  readonly #limits: LaneLimits;
  readonly #slot: Slot;
  readonly #runs = new Map<string, Promise<OpenRun>>();
  /** Ends what is under way: the grace is over, or the queue is lost. */
  readonly #end = new AbortController();
  /** This worker can not go on: what is under way is finished, the rest given back. */
  readonly #halt = new AbortController();
  readonly #network = new Network();
  #fault: unknown = null;

  constructor(connection: Connection, options: WorkerOptions, deps: WorkerDeps) {
    this.#connection = connection;
    this.#options = options;
    this.#deps = deps;
    this.#keys = new Keys(connection.prefix);
    this.#board = new Board(connection.redis, this.#keys);
    this.#jobs = jobsOf(connection);
    this.#name = `${hostname().replace(/[^\w.-]/g, '')}-${randomBytes(4).toString('hex')}`;
    this.#limits = laneLimits(options.concurrency);
    this.#slot = slotsOf(options.concurrency);
  }

  async run(): Promise<void> {
    const { redis, bull, prefix, lost, shown } = this.#connection;
    const { lease, concurrency } = this.#options;
    await loadGate(redis);
    await beat(redis, this.#keys, this.#name, lease);
    const heart = setInterval(() => this.#beat(), lease / 3);
    const worker = new bull.Worker<HostJob>(JOBS, (job, token) => this.#work(job, token), {
      connection: redis,
      prefix,
      name: this.#name,
      // A worker without a network must come to see that of so many hosts.
      concurrency: Math.max(concurrency * HOSTS_AT_ONCE, OFFLINE_HOSTS),
      lockDuration: lease,
      stalledInterval: lease / 2,
      maxStalledCount: ATTEMPTS,
      drainDelay: 1,
    });
    this.#listen(worker);
    try {
      this.#deps.tell({ kind: 'ready', name: this.#name });
      await Promise.race([this.#untilDone(), lost]);
      await Promise.race([this.#close(worker), lost]);
      if (this.#network.offline.aborted) throw noNetwork();
      if (this.#fault !== null) throw this.#fault;
    } catch (error) {
      throw asQueueError(error, shown);
    } finally {
      clearInterval(heart);
      this.#end.abort();
      await this.#closeRuns();
      await worker.close(true).catch(() => undefined);
    }
  }

  #beat(): void {
    beat(this.#connection.redis, this.#keys, this.#name, this.#options.lease).catch((error) => this.#broken(error));
  }

  /** Something that must not fail has failed: no further host is asked. */
  #broken(error: unknown): void {
    this.#fault ??= error;
    this.#halt.abort();
  }

  #listen(worker: Worker<HostJob>): void {
    const { tell } = this.#deps;
    worker.on('failed', (job, error) => {
      const final = job === undefined || job.attemptsMade >= ATTEMPTS || /stalled/.test(error.message);
      tell({ kind: 'failed', host: job?.data.host ?? 'a host', reason: error.message, final });
    });
    worker.on('stalled', (id) => void this.#tellStalled(id));
    // Faults of the connection are told by its end; without a listener they would be thrown.
    worker.on('error', () => undefined);
  }

  async #tellStalled(id: string): Promise<void> {
    const job = await this.#jobs.getJob(id).catch(() => undefined);
    if (job !== undefined) this.#deps.tell({ kind: 'stalled', host: job.data.host });
  }

  /** Resolves at a polite stop, where this worker can not go on, or when the queue is empty where that is the end. */
  async #untilDone(): Promise<void> {
    const stop = AbortSignal.any(this.#stops);
    while (!stop.aborted) {
      if (this.#options.drain) {
        const counts = await this.#jobs.getJobCounts('waiting', 'active', 'delayed');
        if (Object.values(counts).every((count) => count === 0)) return;
      }
      await sleep(500, undefined, { signal: stop }).catch(() => undefined);
    }
  }

  /** Finishes what is under way and gives the rest back. */
  async #close(worker: Worker<HostJob>): Promise<void> {
    const grace = setTimeout(() => this.#end.abort(), GRACE_MS);
    try {
      await worker.close();
    } finally {
      clearTimeout(grace);
    }
  }

  async #closeRuns(): Promise<void> {
    for (const opened of this.#runs.values()) await closeRun(await opened.catch(() => undefined));
  }

  async #work(job: Job<HostJob>, token: string | undefined): Promise<void> {
    const { run: key, host } = job.data;
    const open = await this.#open(key);
    if (open === 'unfit') return this.#giveBack(job, token);
    // The run is over, or was called off.
    if (open === null) return;
    const id = jobId(key, host);
    let links = 0;
    for (;;) {
      const fields = await this.#board.openTasks(id);
      if (fields.length === 0) break;
      links += await this.#visit(open, id, host, fields);
      if (!this.#stopped()) continue;
      this.#deps.tell({ kind: 'host', host, links, end: 'returned' });
      return this.#giveBack(job, token);
    }
    this.#deps.tell({ kind: 'host', host, links, end: 'done' });
  }

  async #giveBack(job: Job<HostJob>, token: string | undefined): Promise<never> {
    await job.moveToWait(token);
    throw new this.#connection.bull.WaitingError();
  }

  #stopped(): boolean {
    return this.#end.signal.aborted || this.#stops.some(({ aborted }) => aborted);
  }

  get #stops(): AbortSignal[] {
    return [this.#deps.stop, this.#network.offline, this.#halt.signal];
  }

  /** Visits what is open of one host; says how many of its links. */
  async #visit(open: OpenRun, job: string, host: string, fields: readonly string[]): Promise<number> {
    const { run, fetcher, second } = open;
    const signal = this.#end.signal;
    const looker = new Looker(run.look, {
      ...{ fetcher, second, run: run.id, signal, stop: signal, random: this.#deps.random },
      pages: await this.#board.memory(job),
    });
    let links = 0;
    const deliver = async (field: string, report: Report) => {
      if (await this.#board.deliver(run.key, job, field, report, looker.pages)) links += 1;
      await this.#room(run.key);
    };
    const held: [string, Report][] = [];
    await runLanes({
      items: fields,
      hostOf: () => host,
      concurrencyOf: open.hostConcurrency,
      isPaced: open.isPaced,
      concurrency: this.#options.concurrency,
      limits: this.#limits,
      stopped: () => this.#stopped(),
      leave: () => fetcher.release(host),
      visit: async (field) => {
        const task = await this.#board.task(job, field);
        const visited = task && (await looker.look(task.link, task.record));
        if (!visited) return null;
        return async () => {
          const known = { record: task.record, page: async () => task.page };
          const found = await looker.finish(task.link, known, visited);
          if (signal.aborted) return;
          const report = { unanswered: unanswered(visited), found };
          const skipped = found.judgement.verdict === 'skipped';
          if (skipped || this.#network.note(host, report.unanswered)) await deliver(field, report);
          else held.push([field, report]);
        };
      },
    });
    if (held.length > 0 && (await this.#network.mayTell(AbortSignal.any([...this.#stops, signal])))) {
      for (const [field, report] of held) await deliver(field, report);
    }
    return links;
  }

  /** Waits while too many results wait for somebody to take them in. */
  async #room(run: string): Promise<void> {
    let told = false;
    while (!this.#stopped() && (await this.#board.waitingBytes(run)) > MOST_WAITING) {
      if (!told) this.#deps.tell({ kind: 'full' });
      told = true;
      await sleep(500);
    }
  }

  /** What asks the hosts of a run; null where the run is over or was called off, `unfit` where this worker must end. */
  async #open(key: string): Promise<OpenRun | 'unfit' | null> {
    const run = await this.#board.run(key);
    const known = this.#runs.get(key);
    if (run === null) {
      this.#runs.delete(key);
      await closeRun(await known);
      return null;
    }
    const opened = known ?? this.#openRun(run);
    this.#runs.set(key, opened);
    try {
      return await opened;
    } catch (error) {
      // The run is at fault where the queue says so; else this worker's own flags are, and no host may suffer for that.
      if (error instanceof QueueError) throw error;
      this.#broken(error);
      return 'unfit';
    }
  }

  async #openRun(run: QueuedRun): Promise<OpenRun> {
    if (run.protocol !== PROTOCOL) {
      throw new QueueError(
        'queue/refused',
        'The run was put in by another version of linkark',
        'Use the same version everywhere.',
      );
    }
    const { redis } = this.#connection;
    const gate = new RedisGate(redis, this.#keys, run.key, this.#name, (error) => this.#broken(error));
    return { run, ...(await this.#deps.fetchers(run, await this.#board.hosts(run.key), gate, this.#slot)) };
  }
}

async function closeRun(opened: OpenRun | undefined): Promise<void> {
  await opened?.fetcher.close();
  await opened?.second?.close();
}

function noNetwork(): QueueError {
  return new QueueError(
    'queue/offline',
    'This machine reaches nothing of the web; its hosts are given back',
    'Check its network, proxy and names (DNS), then start the worker again.',
  );
}
