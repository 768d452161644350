import type { Dispatcher } from 'undici';
import type { Connection } from './connections.ts';
import { discard } from './connections.ts';
import type { Fault, Phase } from './faults.ts';
import { faultOf, unreachable } from './faults.ts';

/** One request as it goes to one address. */
export interface Request {
  method: 'GET' | 'POST';
  /** Request target: path and query, or the whole address where a proxy forwards it. */
  target: string;
  headers: [string, string][];
  body: Uint8Array | null;
}

/** An answer read to its end, or as far as it came. */
export interface Answer {
  httpVersion: string;
  status: number;
  statusText: string;
  /** In the order received; names and values as Latin-1 text, one character a byte. */
  headers: [string, string][];
  /** After removal of the transfer coding only. */
  body: Uint8Array;
  ip: string | null;
}

/** Limits of one request: sizes in bytes, times in milliseconds. */
interface Limits {
  timeout: number;
  maxBody: number;
  maxHeaderCount: number;
  minBodyRate: number;
}

/** Told as it happens: the request is on the wire; the first byte of the answer is here. */
interface Progress {
  sent(): void;
  heard(): void;
}

/** What came of one request. `partial` is set where an answer had begun: its head and the beginning of its body. */
export type Sent = { answer: Answer } | { fault: Fault; partial: Answer | null; cut: Cut };

/** How an answer that did not come whole was cut. */
export type Cut = 'length' | 'time' | 'disconnect';

/** How many times `timeout` a body may take that keeps coming fast enough. */
const LONG_BODY = 4;
/** Most bytes of an unfinished answer that are kept as evidence. */
const PARTIAL_BYTES = 64 * 1024;

/** Sends one request over a connection that is lent to it, and reads the answer within its limits. Rejects for bugs only. */
export function send(connection: Connection, request: Request, limits: Limits, progress: Progress): Promise<Sent> {
  return new Promise((settle) => {
    const reading = new Reading(connection, limits, progress, settle);
    connection.mender.expect();
    try {
      connection.client.dispatch(
        {
          method: request.method,
          path: request.target,
          headers: request.headers.flat(),
          ...(request.body === null ? {} : { body: request.body }),
        },
        reading,
      );
    } catch (error) {
      reading.onResponseError(null, error);
    }
  });
}

/** Reads one answer; undici calls its `on…` members. */
class Reading implements Dispatcher.DispatchHandler {
  readonly #connection: Connection;
  readonly #limits: Limits;
  readonly #progress: Progress;
  readonly #settle: (sent: Sent | Promise<Sent>) => void;
  readonly #chunks: Buffer[] = [];
  readonly #ip: string | null;
  #size = 0;
  #head: Omit<Answer, 'body' | 'ip' | 'httpVersion'> | null = null;
  #timer: NodeJS.Timeout;
  #headersAt = 0;
  #settled = false;

  constructor(
    connection: Connection,
    limits: Limits,
    progress: Progress,
    settle: (sent: Sent | Promise<Sent>) => void,
  ) {
    this.#connection = connection;
    this.#limits = limits;
    this.#progress = progress;
    this.#settle = settle;
    this.#ip = connection.socket.remoteAddress ?? null;
    this.#timer = setTimeout(
      () => this.#end(() => unreachable('timeout', `no answer within ${limits.timeout} ms`), 'time'),
      limits.timeout,
    );
  }

  onRequestStart(): void {
    if (!this.#settled) this.#progress.sent();
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    _headers: unknown,
    statusText?: string,
  ): void {
    // An interim answer (100, 103) is not the answer.
    if (status < 200 || this.#settled) return;
    this.#progress.heard();
    const headers = rawFields(controller.rawHeaders);
    this.#head = { status, statusText: statusText ?? '', headers };
    this.#headersAt = performance.now();
    clearTimeout(this.#timer);
    if (headers.length > this.#limits.maxHeaderCount) {
      this.#end(() => unreachable('too-large', `more than ${this.#limits.maxHeaderCount} header fields`), 'length');
      return;
    }
    if (declaredLength(headers) > this.#limits.maxBody) {
      this.#tooLarge();
      return;
    }
    this.#timer = setTimeout(() => this.#lookAtPace(), this.#limits.timeout);
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#settled) return;
    if (this.#size + chunk.length > this.#limits.maxBody) {
      this.#tooLarge();
      return;
    }
    this.#size += chunk.length;
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    const answer = this.#answer();
    if (this.#settled || answer === null) return;
    this.#settled = true;
    clearTimeout(this.#timer);
    this.#settle({ answer });
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: unknown): void {
    const phase: Phase = this.#head === null ? 'headers' : 'body';
    this.#end(() => faultOf(error, phase), 'disconnect');
  }

  #tooLarge(): void {
    this.#end(() => unreachable('too-large', `the body is larger than ${this.#limits.maxBody} bytes`), 'length');
  }

  /** The body has had its time: one that still comes fast enough gets more, a drip does not. */
  #lookAtPace(): void {
    const seconds = (performance.now() - this.#headersAt) / 1000;
    const left = this.#limits.timeout * LONG_BODY - seconds * 1000;
    if (left > 0 && this.#size >= this.#limits.minBodyRate * seconds) {
      this.#timer = setTimeout(() => this.#lookAtPace(), Math.min(left, this.#limits.timeout));
      return;
    }
    this.#end(() => unreachable('timeout', `the body was not complete after ${Math.round(seconds * 1000)} ms`), 'time');
  }

  /** @param faultIn may throw: then a bug has come to light, and `send` rejects with it */
  #end(faultIn: () => Fault, cut: Cut): void {
    if (this.#settled) return;
    this.#settled = true;
    clearTimeout(this.#timer);
    discard(this.#connection);
    this.#settle(
      new Promise((give) => {
        give({ fault: faultIn(), partial: this.#answer(PARTIAL_BYTES), cut });
      }),
    );
  }

  #answer(most = this.#size): Answer | null {
    if (this.#head === null) return null;
    const body = joined(this.#chunks, Math.min(this.#size, most));
    this.#chunks.length = 0;
    return { ...this.#head, httpVersion: this.#connection.mender.httpVersion, body, ip: this.#ip };
  }
}

/** A small body comes in one chunk, which needs no copy. */
function joined(chunks: readonly Buffer[], size: number): Buffer {
  const [first] = chunks;
  return first !== undefined && first.length === size ? first : Buffer.concat(chunks, size);
}

function rawFields(raw: Dispatcher.DispatchController['rawHeaders']): [string, string][] {
  if (!Array.isArray(raw)) return [];
  const fields: [string, string][] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) fields.push([latin1(raw[at]), latin1(raw[at + 1])]);
  return fields;
}

function latin1(bytes: Buffer | string | undefined): string {
  return typeof bytes === 'string' ? bytes : (bytes?.toString('latin1') ?? '');
}

function declaredLength(headers: readonly [string, string][]): number {
  const field = headers.find(([name]) => name.toLowerCase() === 'content-length');
  const length = Number(field?.[1] ?? 0);
  return Number.isFinite(length) ? length : 0;
}
