import type { Keyv } from 'keyv';
import type { LinkRecord } from '../types.ts';
import type { Records } from './door.ts';
import { ArchiveError } from './errors.ts';
import { compareText, isObject } from './json.ts';
import { isLinkId, requireLinkId } from './paths.ts';
import type { OpenedStore } from './stores.ts';

const BATCH = 200;

/** The link records over any keyv store. */
export function openRecords(store: OpenedStore): Records {
  const { keyv } = store;
  return {
    async get(id) {
      const value: unknown = await asking(() => storedValue(store, id));
      return isRecord(value) ? value : null;
    },
    async set(record) {
      requireLinkId(record.id);
      await asking(() => keyv.set(record.id, record));
    },
    async delete(id) {
      return asking(() => keyv.delete(id));
    },
    all: () => (store.files === null ? byKeys(keyv) : inOrder(keyv)),
  };
}

/** Keyv adds to the store on files nothing but the end of what is kept for a time, and takes longer than the store. */
async function storedValue({ keyv, files }: OpenedStore, id: string): Promise<unknown> {
  const stored = await files?.get(id);
  return files === null || stored?.expires !== undefined ? keyv.get(id) : stored?.value;
}

/** The store on files yields its keys sorted: nothing needs to be held. */
async function* inOrder(keyv: Keyv): AsyncGenerator<LinkRecord> {
  for await (const [, value] of entries(keyv)) if (isRecord(value)) yield value;
}

/** Other stores yield keys in their own order: sort the keys, then ask in batches. */
async function* byKeys(keyv: Keyv): AsyncGenerator<LinkRecord> {
  const keys: string[] = [];
  for await (const [key, value] of entries(keyv)) if (isRecord(value)) keys.push(key);
  keys.sort(compareText);
  for (let at = 0; at < keys.length; at += BATCH) {
    const values: unknown[] = await asking(() => keyv.getMany(keys.slice(at, at + BATCH)));
    for (const value of values) if (isRecord(value)) yield value;
  }
}

async function* entries(keyv: Keyv): AsyncGenerator<[string, unknown]> {
  if (keyv.iterator === undefined)
    throw new ArchiveError('archive/store', 'The store cannot be listed', 'Use another store.');
  for await (const entry of keyv.iterator({})) {
    const pair: unknown = entry;
    if (Array.isArray(pair) && typeof pair[0] === 'string') yield [pair[0], pair[1]];
  }
}

function isRecord(value: unknown): value is LinkRecord {
  return (
    isObject(value) &&
    typeof value.id === 'string' &&
    isLinkId(value.id) &&
    typeof value.url === 'string' &&
    Array.isArray(value.history)
  );
}

async function asking<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof ArchiveError) throw error;
    const words = error instanceof Error ? error.message : String(error);
    throw new ArchiveError(
      'archive/store',
      `The store failed: ${words}`,
      'Check the server that --store names.',
      null,
      error,
    );
  }
}
