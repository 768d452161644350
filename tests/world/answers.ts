import { createHash } from 'node:crypto';

/** What happens on the wire besides the plain answer: all optional, all combinable. Times in milliseconds. */
export interface Wire {
  /** Silence before the first byte. */
  firstByteAfter?: number;
  /** Speak HTTP/1.0 and close at the end. */
  http10?: boolean;
  /** A Content-Length that is not the body's. */
  declaredLength?: number;
  /** Where the answer stops before its end: before the head, or after so many bytes of the body. */
  stopAt?: 'before-head' | number;
  /** How it stops: TCP reset, orderly close, or silence for ever. */
  stopBy?: 'reset' | 'close' | 'hang';
  /** The body in pieces of so many bytes, each so long after the one before. */
  drip?: { bytes: number; every: number };
  /** The body repeated without end, as fast as it is read. */
  endless?: boolean;
}

/** One answer of the stand-in web: plain data. */
export interface Answer {
  status: number;
  statusText?: string;
  headers: [string, string][];
  body: Uint8Array;
  wire?: Wire;
}

/** What a handler may see of one request. */
export interface WorldRequest {
  url: URL;
  method: string;
  headers: Record<string, string>;
  body: string;
  /** How many requests for this very address came before this one. */
  seen: number;
  /** Milliseconds since the request before this one to the same host; null for the first. */
  sinceLast: number | null;
  /** Milliseconds since the first request for this very address. */
  sinceFirst: number;
  /** Requests of this host that are being answered at this moment, this one included. */
  inFlight: number;
}

export type Handler = (request: WorldRequest) => Answer | Promise<Answer>;
export type Responder = Answer | Handler;

const bytesOf = (body: string | Uint8Array): Uint8Array => (typeof body === 'string' ? Buffer.from(body) : body);

/** Any answer; `headers` as pairs, in order. */
export function answer(status: number, headers: [string, string][], body: string | Uint8Array): Answer {
  return { status, headers, body: bytesOf(body) };
}

/** An HTML page in UTF-8. */
export function html(body: string | Uint8Array, status = 200, headers: [string, string][] = []): Answer {
  return answer(status, [['Content-Type', 'text/html; charset=utf-8'], ...headers], body);
}

/** JSON as an API sends it. */
export function json(value: unknown, status = 200, headers: [string, string][] = []): Answer {
  return answer(status, [['Content-Type', 'application/json; charset=utf-8'], ...headers], JSON.stringify(value));
}

/** Plain text. */
export function text(body: string, status = 200, headers: [string, string][] = []): Answer {
  return answer(status, [['Content-Type', 'text/plain; charset=utf-8'], ...headers], body);
}

/** A redirect; `location` goes out as it is given. */
export function redirect(location: string, status = 302): Answer {
  return answer(status, [['Location', location]], '');
}

/** Asks the responder, whether it is data or a function. */
export async function respond(responder: Responder, request: WorldRequest): Promise<Answer> {
  return typeof responder === 'function' ? responder(request) : responder;
}

/** The same answer with an ETag; a conditional request that names it is answered 304. */
export function withEtag(plain: Answer, tag?: string): Handler {
  const etag = tag ?? `"${createHash('sha256').update(plain.body).digest('hex').slice(0, 16)}"`;
  return (request) =>
    request.headers['if-none-match'] === etag
      ? answer(304, [['ETag', etag]], '')
      : { ...plain, headers: [...plain.headers, ['ETag', etag]] };
}
