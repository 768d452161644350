import type { Redis } from 'ioredis';
import type { KnownPage, LookOptions, PagesOfHost, Report } from '../crawl/index.ts';
import type { Link, LinkRecord } from '../types.ts';
import { pack, unpack } from './frame.ts';
import type { Keys } from './keys.ts';
import { Script } from './script.ts';

/** Changes when what is written to Redis changes its shape: runs of another one are not worked on. */
export const PROTOCOL = 1;

/** A run as the queue knows it. */
export interface QueuedRun {
  protocol: number;
  /** Its id with a mark of its list. */
  key: string;
  id: string;
  startedAt: string;
  links: number;
  hosts: number;
  look: LookOptions;
  /** How its hosts are to be asked, in the words of the commands. */
  asking: unknown;
  /** `loading`: its links are being put in; nothing is asked yet. */
  state: 'loading' | 'open';
}

/** One link to be visited, with all that its visit needs. */
export interface Task {
  link: Link;
  record: LinkRecord | null;
  page: KnownPage | null;
}

/** What a visit found, as it is handed back. */
interface Entry {
  id: string;
  report: Report;
}

/** A result larger than this travels in pieces: Redis is slow with single large values. */
const PIECE_BYTES = 8 * 1024 * 1024;

/** Pieces whose result was never written are forgotten. */
const FORGET_S = 2 * 24 * 3600;

/** Results read at once. */
const BATCH = 16;

/** Hosts whose names are read in one answer. */
const SCAN = 1000;

/**
 * Takes a task away and puts down its result in one piece, so that a link has either the one or the other, whoever is
 * killed when. -1 where another has done it. KEYS tasks results counts memory; ARGV field result memory
 */
const DELIVER = new Script(`
if redis.call('HDEL', KEYS[1], ARGV[1]) == 0 then return -1 end
redis.call('RPUSH', KEYS[2], ARGV[2])
if ARGV[3] ~= '' then redis.call('SET', KEYS[4], ARGV[3]) end
redis.call('HINCRBY', KEYS[3], 'tasks', -1)
return redis.call('HINCRBY', KEYS[3], 'bytes', #ARGV[2])
`);

/** Takes results away that are stored elsewhere now. KEYS results counts; ARGV results bytes */
const ACKNOWLEDGE = new Script(`
redis.call('LTRIM', KEYS[1], ARGV[1], -1)
redis.call('HINCRBY', KEYS[2], 'bytes', -ARGV[2])
`);

/** Puts down tasks that are not there. KEYS tasks counts; ARGV field task … */
const PUT = new Script(`
local put = 0
for at = 1, #ARGV, 2 do put = put + redis.call('HSETNX', KEYS[1], ARGV[at], ARGV[at + 1]) end
redis.call('HINCRBY', KEYS[2], 'tasks', put)
return put
`);

/** A run's links and results in Redis. */
export class Board {
  readonly #redis: Redis;
  readonly #keys: Keys;

  constructor(redis: Redis, keys: Keys) {
    this.#redis = redis;
    this.#keys = keys;
  }

  async runs(): Promise<QueuedRun[]> {
    const found = Object.values(await this.#redis.hgetall(this.#keys.runs)).map(readRun);
    return found.sort((a, b) => (a.key < b.key ? -1 : 1));
  }

  async run(key: string): Promise<QueuedRun | null> {
    const text = await this.#redis.hget(this.#keys.runs, key);
    return text === null ? null : readRun(text);
  }

  async saveRun(run: QueuedRun): Promise<void> {
    await this.#redis.hset(this.#keys.runs, run.key, JSON.stringify(run));
  }

  /** Takes a run away with all that belongs to it; results of it that are still under way then go nowhere. */
  async removeRun(run: string, jobs: Iterable<string>): Promise<void> {
    const { runs, results, counts, hosts, rests, tasks, memory } = this.#named(run);
    await this.#redis.hdel(runs, run);
    await this.#redis.unlink(results, counts, hosts, rests);
    for (const part of chunks([...jobs], BATCH))
      await this.#redis.unlink(...part.flatMap((job) => [tasks(job), memory(job)]));
  }

  async addHosts(run: string, hosts: readonly string[]): Promise<void> {
    for (const part of chunks(hosts, SCAN)) await this.#redis.sadd(this.#keys.hosts(run), ...part);
  }

  async hosts(run: string): Promise<Set<string>> {
    return new Set(await this.#redis.smembers(this.#keys.hosts(run)));
  }

  /** Puts the links of a job down, as far as they are not there; `at` is a link's place in the order of the run. */
  async putTasks(run: string, job: string, tasks: readonly { at: number; task: Task }[]): Promise<void> {
    for (const part of chunks(tasks, BATCH)) {
      const values: (string | Buffer)[] = [];
      for (const { at, task } of part) values.push(fieldOf(at, task.link.id), await pack(task));
      await PUT.run(this.#redis, [this.#keys.tasks(job), this.#keys.counts(run)], values);
    }
  }

  /** Names of the tasks of a job that are still to be done, in their order. */
  async openTasks(job: string): Promise<string[]> {
    return (await this.#redis.hkeys(this.#keys.tasks(job))).sort();
  }

  /** Null where it is done. */
  async task(job: string, field: string): Promise<Task | null> {
    const frame = await this.#redis.hgetBuffer(this.#keys.tasks(job), field);
    return frame === null ? null : asTask(await unpack(frame));
  }

  /** What visits of this host have taught before. */
  async memory(job: string): Promise<PagesOfHost> {
    const text = await this.#redis.get(this.#keys.memory(job));
    return new Map(text === null ? [] : asPages(JSON.parse(text)));
  }

  /**
   * Hands a result back; true where it counts, false where another has done it before.
   * @param pages what visits of this host have taught
   */
  async deliver(run: string, job: string, field: string, report: Report, pages: PagesOfHost): Promise<boolean> {
    const id = linkOf(field);
    const frame = await this.#shorten(run, id, await pack({ id, report } satisfies Entry));
    const memory = pages.size === 0 ? '' : JSON.stringify([...pages]);
    const { tasks, results, counts, memory: place } = this.#named(run);
    const left = await DELIVER.run(this.#redis, [tasks(job), results, counts, place(job)], [field, frame, memory]);
    return Number(left) >= 0;
  }

  /** Bytes of results that nobody has taken in yet. */
  async waitingBytes(run: string): Promise<number> {
    return Number(await this.#redis.hget(this.#keys.counts(run), 'bytes'));
  }

  async openCount(run: string): Promise<number> {
    return Number(await this.#redis.hget(this.#keys.counts(run), 'tasks'));
  }

  /** The oldest results; to be taken away with `acknowledge` once they are stored. */
  async results(run: string): Promise<{ entries: Entry[]; acknowledge: () => Promise<void> }> {
    const frames = await this.#redis.lrangeBuffer(this.#keys.results(run), 0, BATCH - 1);
    const entries: Entry[] = [];
    const pieces: string[] = [];
    for (const frame of frames) {
      const entry = await this.#whole(run, await unpack(frame), pieces);
      if (entry !== null) entries.push(entry);
    }
    const bytes = frames.reduce((sum, frame) => sum + frame.length, 0);
    const acknowledge = async () => {
      const { results, counts } = this.#named(run);
      if (frames.length > 0) await ACKNOWLEDGE.run(this.#redis, [results, counts], [frames.length, bytes]);
      if (pieces.length > 0) await this.#redis.unlink(...pieces);
    };
    return { entries, acknowledge };
  }

  /** A frame, or in place of a large one how many pieces it lies in. */
  async #shorten(run: string, id: string, frame: Buffer): Promise<Buffer> {
    if (frame.length <= PIECE_BYTES) return frame;
    let at = 0;
    for (; at * PIECE_BYTES < frame.length; at++) {
      const piece = frame.subarray(at * PIECE_BYTES, (at + 1) * PIECE_BYTES);
      await this.#redis.set(this.#keys.piece(run, id, at), piece, 'EX', FORGET_S);
    }
    return pack({ id, pieces: at });
  }

  async #whole(run: string, value: unknown, pieces: string[]): Promise<Entry | null> {
    if (!isObject(value) || typeof value.pieces !== 'number') return asEntry(value);
    const parts: Buffer[] = [];
    for (let at = 0; at < value.pieces; at++) {
      const key = this.#keys.piece(run, String(value.id), at);
      pieces.push(key);
      const part = await this.#redis.getBuffer(key);
      // Forgotten: the link is missed in the end, and put in again.
      if (part === null) return null;
      parts.push(part);
    }
    return asEntry(await unpack(Buffer.concat(parts)));
  }

  #named(run: string) {
    const keys = this.#keys;
    return {
      runs: keys.runs,
      results: keys.results(run),
      counts: keys.counts(run),
      hosts: keys.hosts(run),
      rests: keys.rests(run),
      tasks: (job: string) => keys.tasks(job),
      memory: (job: string) => keys.memory(job),
    };
  }
}

/** A task's name: its place in the order first, so that names sort as tasks are to be done. */
function fieldOf(at: number, id: string): string {
  return `${String(at).padStart(9, '0')} ${id}`;
}

function linkOf(field: string): string {
  return field.slice(field.indexOf(' ') + 1);
}

function* chunks<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readRun(text: string): QueuedRun {
  const value: unknown = JSON.parse(text);
  if (!isQueuedRun(value)) throw new Error('the queue holds a run of an unknown shape');
  return value;
}

function isQueuedRun(value: unknown): value is QueuedRun {
  return isObject(value) && typeof value.protocol === 'number' && typeof value.key === 'string';
}

function asTask(value: unknown): Task {
  if (!isTask(value)) throw new Error('the queue holds a task of an unknown shape');
  return value;
}

function isTask(value: unknown): value is Task {
  return isObject(value) && isObject(value.link) && 'record' in value && 'page' in value;
}

/** Written by `deliver` alone. */
function asPages(value: unknown): Iterable<[string, PagesOfHost extends Map<string, infer Pages> ? Pages : never]> {
  return Array.isArray(value) ? value : [];
}

function asEntry(value: unknown): Entry {
  if (!isEntry(value)) throw new Error('the queue holds a result of an unknown shape');
  const { id, report } = value;
  // Maps travel as lists of pairs.
  return { id, report: { ...report, found: { ...report.found, pictures: new Map(report.found.pictures) } } };
}

function isEntry(value: unknown): value is Entry {
  return isObject(value) && typeof value.id === 'string' && isObject(value.report) && isObject(value.report.found);
}
