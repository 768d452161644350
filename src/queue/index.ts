import { createHash } from 'node:crypto';
import { runId } from '../crawl/index.ts';
import { Board } from './board.ts';
import { asQueueError, connect } from './connect.ts';
import { type CrewInput, type GivenUp, QueueCrew } from './crew.ts';
import { countWorkers } from './gate.ts';
import { Keys } from './keys.ts';
import { jobsOf, type WorkerDeps, type WorkerOptions, work } from './worker.ts';

export type { QueuedRun } from './board.ts';
export { ATTEMPTS, type CrewInput, type GivenUp, QueueCrew } from './crew.ts';
export { QueueError } from './errors.ts';
export type { RunFetchers, WorkerDeps, WorkerEvent, WorkerOptions } from './worker.ts';

/** What stands in a queue. */
export interface QueueStatus {
  workers: number;
  /** Hosts that wait for a worker, are worked on, or wait for another attempt. */
  waiting: number;
  active: number;
  delayed: number;
  /** `open`: links still to be visited. */
  runs: { id: string; startedAt: string; links: number; open: number }[];
  /** Hosts that were given up, lately. */
  givenUp: GivenUp[];
}

/** Which run a list is part of. */
export interface RunOfList {
  /** Ids of all links of the list. */
  ids: readonly string[];
  /** The run that the archive is in the middle of; null where there is none. */
  unfinished: { id: string; startedAt: string } | null;
  /** The archive's last finished run. */
  lastRun: string | null;
  now: Date;
}

/** A queue of hosts in Redis. Its methods throw QueueError where Redis is lost or refuses. */
export interface HostQueue {
  /** The address without its password. */
  readonly shown: string;
  /** Those who visit the links of a list: the run that is under way for it, or else a new one. */
  crew(list: RunOfList, input: CrewInput): Promise<QueueCrew>;
  /** Works on the hosts in the queue until it is stopped, or until the queue is empty. */
  work(options: WorkerOptions, deps: WorkerDeps): Promise<void>;
  status(): Promise<QueueStatus>;
  close(): void;
}

/** A run that was put in longer ago than this is not gone on with: what it saw is old news. */
const RESUME_MS = 12 * 3_600_000;

/** Hosts that were given up, most of them shown. */
const SHOWN = 100;

/**
 * Opens the queue at an address like `redis://host:6379/0?namespace=name`.
 * @throws QueueError where the address is wrong, the packages are missing or nobody answers
 */
export async function openQueue(address: string): Promise<HostQueue> {
  const connection = await connect(address);
  const { redis, prefix, shown, lost } = connection;
  const keys = new Keys(prefix);
  const board = new Board(redis, keys);
  const guarded = async <T>(action: () => Promise<T>): Promise<T> => {
    try {
      return await Promise.race([action(), lost]);
    } catch (error) {
      throw asQueueError(error, shown);
    }
  };
  return {
    shown,
    crew: (list, input) =>
      guarded(async () => {
        const jobs = jobsOf(connection);
        return new QueueCrew({ board, jobs, guarded }, await runOf(board, list), input);
      }),
    work: (options, deps) => work(connection, options, deps),
    status: () =>
      guarded(async () => {
        const jobs = jobsOf(connection);
        const counts = await jobs.getJobCounts('waiting', 'active', 'delayed');
        const runs = [];
        for (const { key, id, startedAt, links } of await board.runs()) {
          runs.push({ id, startedAt, links, open: await board.openCount(key) });
        }
        const failed = await jobs.getFailed(0, SHOWN - 1);
        const givenUp = failed.map((job) => ({ host: job.data.host, reason: job.failedReason }));
        const { waiting = 0, active = 0, delayed = 0 } = counts;
        return { workers: await countWorkers(redis, keys), waiting, active, delayed, runs, givenUp };
      }),
    close: () => connection.close(),
  };
}

/** The same list of the same archive on the same night is the same run, however often it is put in. */
async function runOf(
  board: Board,
  { ids, unfinished, lastRun, now }: RunOfList,
): Promise<{ key: string; run: { id: string; startedAt: string } }> {
  const mark = createHash('sha256')
    .update(JSON.stringify([lastRun, ids]))
    .digest('hex')
    .slice(0, 8);
  if (unfinished !== null) return { key: `${unfinished.id}-${mark}`, run: unfinished };
  const known = (await board.runs()).find(
    ({ key, startedAt }) => key.endsWith(`-${mark}`) && now.getTime() - Date.parse(startedAt) <= RESUME_MS,
  );
  const run = known ?? { id: runId(now), startedAt: now.toISOString() };
  return { key: `${run.id}-${mark}`, run: { id: run.id, startedAt: run.startedAt } };
}
