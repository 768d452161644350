import { constants, crc32, deflateRawSync } from 'node:zlib';
import {
  type Answer,
  answer,
  type Handler,
  html,
  type Responder,
  redirect,
  respond,
  text,
  type Wire,
} from './answers.ts';

const on = (plain: Answer, wire: Wire): Answer => ({ ...plain, wire: { ...plain.wire, ...wire } });

/** Nothing for so many milliseconds, then the answer. */
export const slowFirstByte = (plain: Answer, after: number): Answer => on(plain, { firstByteAfter: after });
/** The body in small pieces with a pause between them; one byte a second unless told. */
export const drip = (plain: Answer, every = 1000, bytes = 1): Answer => on(plain, { drip: { bytes, every } });
/** TCP reset as soon as the request is read. */
export const resetBeforeHead = (plain: Answer): Answer => on(plain, { stopAt: 'before-head', stopBy: 'reset' });
/** Head and no byte of the body, then TCP reset. */
export const resetBeforeBody = (plain: Answer): Answer => on(plain, { stopAt: 0, stopBy: 'reset' });
/** Head and half of the body, then TCP reset. */
export const resetInBody = (plain: Answer): Answer => on(plain, { stopAt: plain.body.length >> 1, stopBy: 'reset' });
/** Half of the body that Content-Length promises, then an orderly close. */
export const truncated = (plain: Answer): Answer => on(plain, { stopAt: plain.body.length >> 1, stopBy: 'close' });
/** A body that never ends, as fast as it is read. */
export const endless = (plain: Answer): Answer => on(plain, { endless: true });
/** The request is read and never answered. */
export const hung = (): Answer => on(text(''), { stopAt: 'before-head', stopBy: 'hang' });
/** Head and half of the body, then silence. */
export const hungInBody = (plain: Answer): Answer => on(plain, { stopAt: plain.body.length >> 1, stopBy: 'hang' });
/** The whole body under a Content-Length that is not its own. */
export const wrongLength = (plain: Answer, declared: number): Answer => on(plain, { declaredLength: declared });
/** The answer as a server of 1996 gives it: HTTP/1.0, no length, closed at the end. */
export const http10 = (plain: Answer): Answer => on(plain, { http10: true });
/** 200 with nothing in it. */
export const emptyPage = (): Answer => html('');

/** An answer with so many header fields of its own. */
export function manyHeaders(plain: Answer, count = 10_000): Answer {
  const extra = Array.from({ length: count }, (_, index): [string, string] => [`X-Filler-${index}`, `value ${index}`]);
  return { ...plain, headers: [...plain.headers, ...extra] };
}

/** `total` bytes of spaces in an HTML page, gzip-encoded: 1 GiB is about 1 MiB on the wire. */
export function gzipBomb(total = 1 << 30): Answer {
  const piece = Buffer.alloc(16 << 20, 0x20);
  const count = Math.ceil(total / piece.length);
  // A full flush ends on a byte boundary and forgets its window, so the packed piece may stand any number of times.
  const packed = deflateRawSync(piece, { level: 9, finishFlush: constants.Z_FULL_FLUSH });
  let sum = 0;
  for (let done = 0; done < count; done += 1) sum = crc32(piece, sum);
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(sum >>> 0, 0);
  trailer.writeUInt32LE((count * piece.length) % 2 ** 32, 4);
  const head = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255]);
  const body = Buffer.concat([head, ...Array<Buffer>(count).fill(packed), Buffer.from([1, 0, 0, 255, 255]), trailer]);
  return answer(
    200,
    [
      ['Content-Type', 'text/html; charset=utf-8'],
      ['Content-Encoding', 'gzip'],
    ],
    body,
  );
}

/** Redirects from `/1` to `/2` … to `/length` under one prefix, then the answer. Give it to `prefix*`. */
export function redirectChain(prefix: string, length: number, last: Responder, status = 302): Handler {
  return (request) => {
    const step = Number(request.url.href.slice(prefix.length)) || 0;
    return step < length ? redirect(`${prefix}${step + 1}`, status) : respond(last, request);
  };
}

/** `/a` to `/b` and `/b` to `/a`: give it to both addresses. */
export const redirectLoop =
  (first: string, second: string): Handler =>
  (request) =>
    redirect(request.url.href === first ? second : first);

/** One answer for the first `times` requests of an address, then the other. */
const firstTimes =
  (times: number, first: Responder, then: Responder): Handler =>
  (request) =>
    respond(request.seen < times ? first : then, request);

/** 503 so many times, then the answer. */
export const unavailable = (times: number, then: Responder): Handler =>
  firstTimes(times, text('Service Unavailable', 503), then);

/** 429 with Retry-After until that many seconds after the first request for the address, then the answer. */
export function limitedFor(seconds: number, then: Responder): Handler {
  return (request) =>
    request.seen > 0 && request.sinceFirst >= seconds * 1000
      ? respond(then, request)
      : text('Too Many Requests', 429, [['Retry-After', String(seconds)]]);
}

/** 429 for whoever asks the host again sooner than `interval` milliseconds, else the answer. */
export function limitedPace(interval: number, then: Responder, retryAfter = 1): Handler {
  return (request) =>
    request.sinceLast !== null && request.sinceLast < interval
      ? text('Too Many Requests', 429, [['Retry-After', String(retryAfter)]])
      : respond(then, request);
}
