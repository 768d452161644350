import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, Wire } from './answers.ts';

const has = (answer: Answer, field: string): boolean =>
  answer.headers.some(([name]) => name.toLowerCase() === field.toLowerCase());

/** Writes one answer. `raw` is the TCP socket below TLS, which a reset must reach. Never throws. */
export async function send(
  request: IncomingMessage,
  response: ServerResponse,
  raw: Socket,
  answer: Answer,
): Promise<void> {
  const wire = answer.wire ?? {};
  if (wire.firstByteAfter !== undefined) await sleep(wire.firstByteAfter, undefined, { ref: false });
  if (response.destroyed || request.socket.destroyed) return;
  if (answer.wire === undefined || Object.keys(wire).every((key) => key === 'firstByteAfter')) {
    sendPlain(response, request.method ?? 'GET', answer);
  } else {
    await sendByHand(request, raw, answer, wire);
  }
}

function sendPlain(response: ServerResponse, method: string, answer: Answer): void {
  const flat = answer.headers.flat();
  if (!has(answer, 'content-length') && answer.status !== 304 && answer.status !== 204) {
    flat.push('Content-Length', String(answer.body.length));
  }
  if (!has(answer, 'date')) flat.push('Date', new Date().toUTCString());
  response.sendDate = false;
  response.writeHead(answer.status, answer.statusText, flat);
  response.end(method === 'HEAD' || answer.status === 304 ? undefined : answer.body);
}

function head(answer: Answer, wire: Wire): string {
  const lines = [
    `HTTP/${wire.http10 === true ? '1.0' : '1.1'} ${answer.status} ${answer.statusText ?? 'OK'}`,
    ...answer.headers.map(([name, value]) => `${name}: ${value}`),
  ];
  // Without a length the body ends where the connection does, as HTTP/1.0 and an endless body want it.
  const length = wire.declaredLength ?? (wire.http10 === true || wire.endless === true ? null : answer.body.length);
  if (length === null) lines.push('Connection: close');
  else if (!has(answer, 'content-length')) lines.push(`Content-Length: ${length}`);
  return `${lines.join('\r\n')}\r\n\r\n`;
}

function stop(socket: Socket, raw: Socket, how: Wire['stopBy']): void {
  if (how === 'hang') return;
  if (how === 'reset') raw.resetAndDestroy();
  else socket.end();
}

/** Writes past node's own HTTP server, because these answers break its rules. */
async function sendByHand(request: IncomingMessage, raw: Socket, answer: Answer, wire: Wire): Promise<void> {
  const socket = request.socket;
  socket.on('error', () => {});
  if (wire.stopAt === 'before-head') return stop(socket, raw, wire.stopBy);
  await write(socket, Buffer.from(head(answer, wire), 'latin1'));
  if (wire.endless === true) return pourEndlessly(socket, answer.body);
  const body = wire.stopAt === undefined ? answer.body : answer.body.subarray(0, wire.stopAt);
  const piece = wire.drip?.bytes ?? (body.length || 1);
  for (let at = 0; at < body.length && !socket.destroyed; at += piece) {
    if (at > 0) await sleep(wire.drip?.every ?? 0, undefined, { ref: false });
    await write(socket, body.subarray(at, at + piece));
  }
  // A reset that overtakes the bytes before it would be a reset before the body: let them leave first.
  if (wire.stopBy === 'reset') await sleep(20);
  if (wire.stopAt === undefined) socket.end();
  else stop(socket, raw, wire.stopBy);
}

async function pourEndlessly(socket: Socket, body: Uint8Array): Promise<void> {
  const unit = body.length === 0 ? Buffer.from(' ') : body;
  const block = Buffer.alloc(Math.ceil(65_536 / unit.length) * unit.length, unit);
  while (!socket.destroyed) await write(socket, block);
}

/** Resolves when the bytes are handed on or the other side has gone. */
function write(socket: Socket, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    if (socket.destroyed || bytes.length === 0) return resolve();
    const done = (): void => {
      socket.off('close', done);
      resolve();
    };
    socket.once('close', done);
    socket.write(bytes, done);
  });
}
