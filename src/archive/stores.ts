import { Keyv } from 'keyv';
import { ArchiveError, systemCode } from './errors.ts';
import type { FileStore } from './file-store.ts';

/** Kinds of store that `--store URI` names, by scheme. */
const STORE_SCHEMES = ['files', 'memory', 'redis', 'rediss', 'postgres', 'postgresql'] as const;

/** A keyv store ready for use. `files` is set where it is the store on files, which wants to be merged at the end of a run. */
export interface OpenedStore {
  keyv: Keyv;
  files: FileStore | null;
}

const NAMESPACE = 'linkark';

/**
 * Opens the store of a URI. `files:` lies in the archive itself. For Redis and PostgreSQL the adapters `@keyv/redis`
 * and `@keyv/postgres` must be installed; a query parameter `namespace` keeps several archives apart in one database.
 */
export async function openStore(uri: string, files: () => FileStore): Promise<OpenedStore> {
  const scheme = /^([a-z]+):/.exec(uri)?.[1] ?? '';
  switch (scheme) {
    case 'files': {
      const store = files();
      return { keyv: onFiles(store), files: store };
    }
    case 'memory':
      return { keyv: makeKeyv(new Map(), NAMESPACE), files: null };
    case 'redis':
    case 'rediss':
      return remote(
        uri,
        '@keyv/redis',
        async (address) =>
          new (await import('@keyv/redis')).default(address, { throwOnConnectError: true, connectionTimeout: 5_000 }),
      );
    case 'postgres':
    case 'postgresql':
      return remote(uri, '@keyv/postgres', async (address) => {
        const { KeyvPostgres } = await import('@keyv/postgres');
        return new KeyvPostgres({ uri: address, table: 'linkark' });
      });
    default:
      throw new ArchiveError(
        'archive/unknown-store',
        `Unknown store ${JSON.stringify(withoutPassword(uri))}`,
        `Use one of ${STORE_SCHEMES.map((name) => `${name}:`).join(' ')}`,
      );
  }
}

function makeKeyv(store: unknown, namespace: string | undefined): Keyv {
  const keyv = new Keyv({
    store,
    // Plain JSON: keyv's own serialiser would turn strings that begin with ":base64:" into bytes.
    serialize: (data) => JSON.stringify(data),
    deserialize: (data) => JSON.parse(data),
    throwOnErrors: true,
    ...(namespace === undefined ? { useKeyPrefix: false } : { namespace }),
  });
  // Errors are thrown to the caller; without a listener keyv would throw them a second time out of nowhere.
  keyv.on('error', () => undefined);
  return keyv;
}

/** The store on files reads and writes JSON itself: texts between it and keyv would be made and read for nothing. */
function onFiles(store: FileStore): Keyv {
  const keyv = makeKeyv(store, undefined);
  keyv.serialize = undefined;
  keyv.deserialize = undefined;
  return keyv;
}

async function remote(uri: string, name: string, make: (address: string) => Promise<unknown>): Promise<OpenedStore> {
  const url = new URL(uri);
  const namespace = url.searchParams.get('namespace') ?? NAMESPACE;
  url.searchParams.delete('namespace');
  let keyv: Keyv;
  try {
    keyv = makeKeyv(await make(url.href), namespace);
  } catch (error) {
    throw openingFault(uri, name, error);
  }
  await probe(keyv, uri);
  return { keyv, files: null };
}

/** Why a store could not be opened: its package `name` is missing, or its address will not do. */
export function openingFault(uri: string, name: string, error: unknown): ArchiveError {
  const [message, mend] =
    systemCode(error) === 'ERR_MODULE_NOT_FOUND'
      ? [`The store needs the package ${name}`, `npm install ${name}`]
      : [`The store ${withoutPassword(uri)} cannot be opened`, 'Check the address in --store.'];
  return new ArchiveError('archive/store', message, mend, null, error);
}

/** Asks once, so that a wrong address is said at the start and not at the first record. */
async function probe(keyv: Keyv, uri: string): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in 10 s')), 10_000);
  });
  try {
    await Promise.race([keyv.get('probe'), late]);
  } catch (error) {
    await Promise.race([keyv.disconnect(), late]).catch(() => undefined);
    const words = error instanceof Error ? error.message : String(error);
    throw new ArchiveError(
      'archive/store',
      `The store ${withoutPassword(uri)} does not answer: ${words}`,
      'Check that the server runs and that address, user and password in --store are right.',
      null,
      error,
    );
  } finally {
    clearTimeout(timer);
  }
}

/** A store address fit for messages. */
export function withoutPassword(uri: string): string {
  return uri.replace(/^([a-z]+:\/\/)[^/@]{0,1000}@/i, '$1…@').slice(0, 200);
}
