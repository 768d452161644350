import type { Socket } from 'node:net';
import { Client } from 'undici';
import type { Opened, Route } from './connect.ts';
import { openConnection } from './connect.ts';
import { HeadMender } from './mend.ts';

/** One connection, lent to one request at a time, so that every answer's socket and address are known. */
export interface Connection {
  client: Client;
  socket: Socket;
  /** Pool that it belongs to: scheme and host. */
  origin: string;
  /** True once it has carried an answer. */
  used: boolean;
  /** Stands before undici's parser. */
  mender: HeadMender;
}

/** Limits that undici's parser enforces. */
interface ParserLimits {
  maxHeaderSize: number;
  keepAliveMs: number;
}

/** Most idle connections kept; an origin costs some 40 KB, and a list may name ten thousand of them. */
const MAX_IDLE = 1000;

/** Connections by origin. Idle ones are lent again, the longest idle closed first where there are too many. */
export class Connections {
  readonly #idle = new Map<string, Connection[]>();
  readonly #limits: ParserLimits;
  #count = 0;
  #closed = false;

  constructor(limits: ParserLimits) {
    this.#limits = limits;
  }

  /** An idle connection to this origin, or null. */
  lend(origin: string): Connection | null {
    const idle = this.#idle.get(origin);
    for (let next = idle?.pop(); next !== undefined; next = idle?.pop()) {
      this.#count -= 1;
      if (idle?.length === 0) this.#idle.delete(origin);
      if (usable(next)) return next;
      discard(next);
    }
    return null;
  }

  /** Opens a new connection; see `openConnection` for `given`. */
  async open(
    origin: string,
    route: Route,
    given: { stop: (() => void) | null },
  ): Promise<Connection | Extract<Opened, { fault: unknown }>> {
    const opened = await openConnection(route, given);
    if ('fault' in opened) return opened;
    return connectionOver(opened.socket, origin, this.#limits);
  }

  /** Takes a connection back after an answer that was read to its end. */
  giveBack(connection: Connection): void {
    if (this.#closed || !usable(connection)) {
      discard(connection);
      return;
    }
    connection.used = true;
    const idle = this.#idle.get(connection.origin) ?? [];
    idle.push(connection);
    // Set again, so that the map's order is that of last use.
    this.#idle.delete(connection.origin);
    this.#idle.set(connection.origin, idle);
    this.#count += 1;
    if (this.#count > MAX_IDLE) this.#closeLongestIdle();
  }

  /** Closes the idle connections of a host, both schemes. */
  closeHost(host: string): void {
    for (const origin of [`http://${host}`, `https://${host}`]) {
      const idle = this.#idle.get(origin) ?? [];
      this.#idle.delete(origin);
      this.#count -= idle.length;
      for (const connection of idle) discard(connection);
    }
  }

  /** Closes all that is idle, and whatever comes back later. */
  close(): void {
    this.#closed = true;
    for (const idle of this.#idle.values()) for (const connection of idle) discard(connection);
    this.#idle.clear();
    this.#count = 0;
  }

  #closeLongestIdle(): void {
    for (const [origin, idle] of this.#idle) {
      const oldest = idle.shift();
      if (idle.length === 0) this.#idle.delete(origin);
      if (oldest === undefined) continue;
      this.#count -= 1;
      discard(oldest);
      return;
    }
  }
}

/** One for all: undici would make an error, with its stack, for every connection that is closed. */
const CLOSED = Object.assign(new Error('closed'), { code: 'ECONNABORTED' });

/** Closes a connection for good, whatever it is doing. */
export function discard(connection: Connection, error: Error = CLOSED): void {
  // A destroyed client answers its waiting request with the error; nobody else waits.
  connection.client.destroy(error, ignore);
  connection.socket.destroy();
}

function ignore(): void {}

function usable({ client, socket }: Connection): boolean {
  return !client.closed && !client.destroyed && !socket.destroyed && socket.readable && socket.writable;
}

function connectionOver(socket: Socket, origin: string, limits: ParserLimits): Connection {
  let taken = false;
  const client = new Client(origin, {
    connect: (_options, callback) => {
      // undici would connect anew on its own; a new connection is a new turn at the host, so it must not.
      if (taken) return callback(Object.assign(new Error('closed'), { code: 'ECONNRESET' }), null);
      taken = true;
      // Not at once: undici does not look at its queue again while it is still asking for the connection.
      queueMicrotask(() => callback(null, socket));
    },
    pipelining: 1,
    maxHeaderSize: limits.maxHeaderSize,
    keepAliveTimeout: limits.keepAliveMs,
    keepAliveMaxTimeout: limits.keepAliveMs,
    // Time is kept by the request itself, with a finer clock.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const mender = new HeadMender(limits.maxHeaderSize * 2);
  const connection: Connection = { client, socket, origin, used: false, mender };
  mendReads(socket, mender);
  return connection;
}

/** undici takes what it parses by `socket.read()`. */
function mendReads(socket: Socket, mender: HeadMender): void {
  const read = socket.read.bind(socket);
  socket.read = (size?: number) => {
    for (;;) {
      const chunk: unknown = read(size);
      if (!Buffer.isBuffer(chunk)) return chunk;
      const mended = mender.take(chunk);
      if (mended !== null) return mended;
    }
  };
}
