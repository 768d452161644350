import type { Queue as BullQueue, Worker as BullWorker, WaitingError } from 'bullmq';
import type { Redis } from 'ioredis';
import { QueueError } from './errors.ts';

/** BullMQ, loaded. */
export interface Bull {
  Queue: typeof BullQueue;
  Worker: typeof BullWorker;
  WaitingError: typeof WaitingError;
}

/** A connection to the Redis of a queue. */
export interface Connection {
  redis: Redis;
  bull: Bull;
  /** Stands before every key, BullMQ's too; in braces, so that a cluster keeps all of them on one node. */
  prefix: string;
  /** The address without password, for messages. */
  shown: string;
  /** Rejects with a QueueError once the Redis is gone for good; never resolves. */
  lost: Promise<never>;
  close(): void;
}

/** Longest wait for a first answer, in milliseconds. */
const PATIENCE_MS = 10_000;

/** So often a connection that stood is tried again, with pauses of up to 2 s: a Redis may be restarted. */
const RECONNECTS = 15;

const NAMESPACE = /^[\w.-]{1,60}$/;

/**
 * Connects to the Redis of an address like `rediss://user:password@host:6379/0?namespace=name`.
 * @throws QueueError where the address is wrong, the packages are missing or nobody answers
 */
export async function connect(address: string): Promise<Connection> {
  const { url, database, namespace, shown } = readAddress(address);
  const { Redis, bull } = await load();
  let stood = false;
  let fault: unknown = null;
  const redis = new Redis(url, {
    lazyConnect: true,
    family: 0,
    connectTimeout: PATIENCE_MS / 2,
    // As BullMQ wants it; that it does not go on for ever is the strategy's affair.
    maxRetriesPerRequest: null,
    retryStrategy: (times) => (stood && times <= RECONNECTS ? Math.min(times * 200, 2000) : null),
  });
  redis.on('error', (error: unknown) => {
    fault = error;
  });
  try {
    await inTime(redis.connect().then(() => redis.select(database)));
  } catch (error) {
    redis.disconnect();
    throw unreachable(shown, fault ?? error);
  }
  stood = true;
  let closing = false;
  const lost = new Promise<never>((_, reject) => {
    redis.on('end', () => {
      if (!closing) reject(lostConnection(shown, fault));
    });
  });
  lost.catch(() => undefined);
  const close = () => {
    closing = true;
    redis.disconnect();
  };
  return { redis, bull, prefix: `{${namespace}}`, shown, lost, close };
}

/** What an address says. */
export function readAddress(address: string): {
  url: string;
  database: number;
  namespace: string;
  shown: string;
} {
  const wrong = (why: string) =>
    new QueueError('queue/address', `The queue's address ${why}`, 'Write it as redis://host:6379 or rediss://….');
  if (!URL.canParse(address)) throw wrong('can not be read');
  const url = new URL(address);
  if (url.protocol !== 'redis:' && url.protocol !== 'rediss:') throw wrong('is not that of a Redis');
  if (url.hostname === '') throw wrong('names no host');
  if (!/^\/?\d{0,4}$/.test(url.pathname)) throw wrong('ends with something that is no number of a database');
  const namespace = url.searchParams.get('namespace') ?? 'linkark';
  if (!NAMESPACE.test(namespace)) throw wrong('has a namespace of other than letters, digits, points and dashes');
  const shown = `${url.protocol}//${url.username || url.password ? '…@' : ''}${url.host}${url.pathname}`;
  url.search = '';
  url.hash = '';
  return { url: url.href, database: Number(url.pathname.slice(1)), namespace, shown };
}

/** An expected fault as a sentence; what is a bug of ours stays as it is. */
export function asQueueError(error: unknown, shown: string): unknown {
  if (error instanceof QueueError || !(error instanceof Error)) return error;
  if (error.name === 'ReplyError') return refused(shown, error);
  return /^Connection is closed/.test(error.message) ? lostConnection(shown, error) : error;
}

async function load(): Promise<{ Redis: typeof Redis; bull: Bull }> {
  try {
    const [{ Redis }, { Queue, Worker, WaitingError }] = await Promise.all([import('ioredis'), import('bullmq')]);
    return { Redis, bull: { Queue, Worker, WaitingError } };
  } catch (error) {
    throw asLoadFault(error);
  }
}

/** Packages that are not there as a sentence; any other fault of loading them stays as it is. */
export function asLoadFault(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') return error;
  return new QueueError(
    'queue/packages',
    'A queue needs the packages bullmq and ioredis, which are not installed',
    'Install them with: npm install bullmq ioredis',
    error,
  );
}

async function inTime<T>(promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${PATIENCE_MS / 1000} s`)), PATIENCE_MS);
  });
  promise.catch(() => undefined);
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Redis names its refusals in capitals first. */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Where a name has several addresses Node gives the faults of all of them, and no words of its own.
  const first: unknown = error instanceof AggregateError ? error.errors[0] : null;
  const text = error.message || (first instanceof Error ? first.message : 'no answer');
  return text.replace(/\s+/g, ' ').slice(0, 200);
}

/** Why nobody could be reached at an address, as a sentence. */
export function unreachable(shown: string, error: unknown): QueueError {
  const words = wordsOf(error);
  const barred = /^(?:WRONGPASS|NOAUTH|NOPERM|ERR (?:AUTH|invalid password))/.test(words);
  return new QueueError(
    'queue/unreachable',
    barred ? `The queue ${shown} does not let us in: ${words}` : `The queue ${shown} does not answer: ${words}`,
    barred ? 'Check user and password in --queue.' : 'Check that Redis runs and that the address in --queue is right.',
    error,
  );
}

function lostConnection(shown: string, error: unknown): QueueError {
  return new QueueError(
    'queue/lost',
    `The queue ${shown} is gone: ${wordsOf(error ?? new Error('the connection was closed'))}`,
    'Start the same command again when it is back: it goes on from there.',
    error,
  );
}

function refused(shown: string, error: Error): QueueError {
  return new QueueError(
    'queue/refused',
    `The queue ${shown} refuses: ${wordsOf(error)}`,
    'It needs a Redis of version 6.2 or later that may be written to and does not throw keys away (noeviction).',
    error,
  );
}
