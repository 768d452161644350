import http from 'node:http';
import net from 'node:net';
import tls from 'node:tls';
import type { Fetcher, FetcherOptions, FetchRequest } from '../../src/fetch/index.ts';
import { createFetcher } from '../../src/fetch/index.ts';
import type { Ask, Exchange } from '../../src/types.ts';

/** Something that listens on a loopback port. */
export interface Listening {
  port: number;
  /** Host with port, as a lane is named. */
  host: string;
  url: string;
  close(): Promise<void>;
}

const opened: { close(): Promise<void> }[] = [];

/** Closes all servers and fetchers of the test file. */
export async function closeWorld(): Promise<void> {
  await Promise.all(opened.splice(0).map((each) => each.close()));
}

/** Listens on a free loopback port. */
export function listenOn(server: net.Server, scheme: 'http' | 'https'): Promise<Listening> {
  const sockets = new Set<net.Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      const listening: Listening = {
        port,
        host: `127.0.0.1:${port}`,
        url: `${scheme}://127.0.0.1:${port}`,
        close: () =>
          new Promise((done) => {
            for (const socket of sockets) socket.destroy();
            server.close(() => done());
          }),
      };
      opened.push(listening);
      resolve(listening);
    });
  });
}

/** A server that answers each request's head, as text, with whatever it likes, byte for byte. */
export function rawServer(answer: (socket: net.Socket, head: string, count: number) => void): Promise<Listening> {
  let count = 0;
  return listenOn(
    net.createServer((socket) => {
      let head = '';
      socket.on('data', (chunk) => {
        head += chunk.toString('latin1');
        const end = head.indexOf('\r\n\r\n');
        if (end < 0) return;
        const request = head;
        head = '';
        count += 1;
        answer(socket, request, count);
      });
    }),
    'http',
  );
}

/** A well-behaved server. */
export function webServer(
  answer: (request: http.IncomingMessage, response: http.ServerResponse, count: number) => void,
): Promise<Listening> {
  let count = 0;
  return listenOn(
    http.createServer((request, response) => {
      count += 1;
      answer(request, response, count);
    }),
    'http',
  );
}

/** A server over TLS that says `ok` to everything. */
export function tlsServer(identity: { cert: string; key: string }): Promise<Listening> {
  const server = tls.createServer(identity, (socket) => {
    socket.on('error', () => undefined);
    socket.on('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\nok'));
  });
  server.on('tlsClientError', () => undefined);
  return listenOn(server, 'https');
}

/** A bare TCP server. */
export function tcpServer(greet: (socket: net.Socket) => void): Promise<Listening> {
  return listenOn(net.createServer(greet), 'http');
}

/** A port of this machine on which nobody listens. */
export async function closedPort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** A fetcher for loopback servers with short waits; closed with the world. */
export function fetcherFor(options: FetcherOptions = {}): Fetcher {
  const fetcher = createFetcher({
    allowPrivate: true,
    hostRequestInterval: 0,
    hostConcurrency: 8,
    retryWaitTime: 1,
    timeout: 2000,
    maxRetries: 0,
    ...options,
  });
  opened.push(fetcher);
  return fetcher;
}

/** A plain ask. */
export function ask(url: string, more: Partial<Ask> = {}): Ask {
  return { url, method: 'GET', headers: {}, body: null, via: 'http', ...more };
}

/** One ask with a fetcher of its own. */
export function fetchOnce(url: string, options: FetcherOptions = {}, request: FetchRequest = {}): Promise<Exchange> {
  return fetcherFor(options).fetch(ask(url), request);
}

/** Verdict and reason of a failure, or the status of the reply. */
export function ending(exchange: Exchange): string {
  if (exchange.failure !== null) return `${exchange.failure.verdict}/${exchange.failure.reason}`;
  return `status ${exchange.reply?.status}`;
}

/** Body of the reply as text. */
export function bodyText(exchange: Exchange): string {
  return Buffer.from(exchange.reply?.body ?? []).toString('utf8');
}
