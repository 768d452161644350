import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';
import { type Responder, respond, text, type WorldRequest } from './answers.ts';
import { type CertificateFault, createAuthority } from './certificates.ts';
import { createRoutes, type HostRules, hostMatches } from './routes.ts';
import { send } from './wire.ts';

/** One request as the stand-in web saw it. Times are milliseconds of one monotonic clock. */
export interface LogEntry {
  at: number;
  /** When the answer was over; null while it is not. */
  endedAt: number | null;
  scheme: 'http' | 'https';
  host: string;
  method: string;
  /** Path with query. */
  path: string;
  url: string;
  headers: Record<string, string>;
  /** Requests of this host being answered when this one came, itself included. */
  inFlight: number;
  /** Null where the answer was no whole one: reset, hung, or the client left. */
  status: number | null;
}

export interface WorldOptions {
  /** Where the CA certificate goes; a new temporary folder unless given. */
  folder?: string;
  /** What hosts answer for addresses nobody registered; 404 unless given. */
  fallback?: Responder;
}

/** The stand-in web: a forward proxy with its own CA that answers for real host names over real sockets and TLS. */
export interface World {
  /** Address of the proxy, `http://127.0.0.1:<port>`. */
  readonly proxy: string;
  /** Path of the CA certificate, PEM. */
  readonly ca: string;
  /** Environment of a child process that is to live in this world. */
  readonly env: Record<'HTTP_PROXY' | 'HTTPS_PROXY' | 'NODE_EXTRA_CA_CERTS' | 'NO_PROXY', string>;
  /** Every request so far, in order of arrival. */
  readonly log: LogEntry[];
  /** Hosts asked for by CONNECT or by absolute URI, dead ones included, in order. */
  readonly connects: { at: number; host: string; port: number }[];
  /**
   * Registers what answers: `https://host/path` exactly (scheme and query count, a fragment does not),
   * `https://host/path*` everything that begins so, or a bare host name for all of it; `*.host` for every host below.
   * The longest match wins, and of two alike the later.
   */
  on(pattern: string, responder: Responder): void;
  /** Faults of a whole host: bad certificate, dead DNS, closed port, connections that hang. */
  host(name: string, rules: HostRules): void;
  close(): Promise<void>;
}

interface Origin {
  host: string;
  port: number;
  raw: Socket;
  scheme: 'http' | 'https';
}

/** Starts an empty stand-in web; hosts that nobody registered do not exist in it. */
export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const routes = createRoutes();
  const rules: [string, HostRules][] = [];
  const authority = createAuthority();
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'linkark-world-'));
  const ca = join(folder, 'stand-in-ca.pem');
  writeFileSync(ca, authority.pem);
  const origins = new WeakMap<Socket, Origin>();
  const sockets = new Set<Socket>();
  const book = createBook();
  const connects: World['connects'] = [];
  const rulesOf = (host: string): HostRules =>
    Object.assign({}, ...rules.filter(([name]) => hostMatches(name, host)).map(([, rule]) => rule));

  const server = createServer({ maxHeaderSize: 1 << 20, requireHostHeader: false }, onRequest);
  server.keepAliveTimeout = 120_000;
  server.requestTimeout = 0;
  server.headersTimeout = 0;
  server.on('connection', keep);
  server.on('connect', onConnect);
  server.on('clientError', (_error, socket) => socket.destroy());

  function keep(socket: Socket): void {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
  }

  function onConnect(request: IncomingMessage, socket: Socket, first: Buffer): void {
    const [, host = '', port = '443'] = /^\[?(.*?)\]?(?::(\d+))?$/.exec(request.url ?? '') ?? [];
    connects.push({ at: performance.now(), host, port: Number(port) });
    const rule = rulesOf(host);
    if (rule.connect === 'hang') return;
    const refusal = refuse(routes.knows(host), rule);
    if (refusal !== null) {
      const fields = refusal.status === undefined ? '' : `Proxy-Status: ${refusal.status}\r\n`;
      socket.end(`HTTP/1.1 502 Bad Gateway\r\n${fields}Content-Length: 0\r\nConnection: close\r\n\r\n`);
      return;
    }
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    if (first.length > 0) socket.unshift(first);
    // The first byte tells TLS (handshake record, 0x16) from plain HTTP inside the tunnel.
    const begin = (): void => {
      const chunk: Buffer | null = socket.read();
      if (chunk === null || chunk.length === 0) {
        if (!socket.destroyed && !socket.readableEnded) socket.once('readable', begin);
        return;
      }
      socket.unshift(chunk);
      if (chunk[0] === 0x16) openTls(socket, host, Number(port), rule.certificate);
      else open(socket, { host, port: Number(port), raw: socket, scheme: 'http' });
    };
    begin();
  }

  function openTls(raw: Socket, host: string, port: number, fault: CertificateFault | undefined): void {
    const tls = new TLSSocket(raw, {
      isServer: true,
      ALPNProtocols: ['http/1.1'],
      secureContext: authority.contextFor(host, fault),
      SNICallback: (name, done) => done(null, authority.contextFor(name, fault)),
    });
    tls.on('error', () => raw.destroy());
    open(tls, { host, port, raw, scheme: 'https' });
  }

  function open(socket: Socket, origin: Origin): void {
    origins.set(socket, origin);
    server.emit('connection', socket);
  }

  async function onRequest(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const origin = origins.get(request.socket);
    const target = request.url ?? '/';
    const url = origin === undefined ? absolute(target) : inTunnel(origin, target);
    if (url === null) return void response.writeHead(400).end();
    if (origin === undefined) {
      connects.push({ at: performance.now(), host: bare(url.hostname), port: Number(url.port || 80) });
      const rule = rulesOf(bare(url.hostname));
      if (rule.connect === 'hang') return;
      const refusal = refuse(routes.knows(bare(url.hostname)), rule);
      if (refusal !== null) {
        const fields = refusal.status === undefined ? {} : { 'Proxy-Status': refusal.status };
        return void response.writeHead(502, fields).end();
      }
    }
    const { entry, view } = book.enter(request, url);
    let settled: number | null = null;
    response.once('close', () => book.leave(entry, settled));
    view.body = await readAll(request);
    const responder = routes.find(url) ?? options.fallback ?? text('404 page not found', 404);
    const reply = await respond(responder, view);
    if (reply.wire?.stopAt === undefined) settled = reply.status;
    await send(request, response, origin?.raw ?? request.socket, reply);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const proxy = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    proxy,
    ca,
    env: { HTTP_PROXY: proxy, HTTPS_PROXY: proxy, NODE_EXTRA_CA_CERTS: ca, NO_PROXY: '' },
    log: book.log,
    connects,
    on: routes.add,
    host: (name, rule) => void rules.push([name, rule]),
    close: () => close(server, sockets, options.folder === undefined ? folder : null),
  };
}

/** How a proxy refuses a host that it can not reach, with what it says in Proxy-Status (RFC 9209); null where it can. */
function refuse(known: boolean, rule: HostRules): { status?: string } | null {
  if (rule.connect === 'closed') return { status: 'stand-in; error=connection_refused' };
  if (rule.connect === 'dead-dns') return { status: 'stand-in; error=dns_error' };
  return known ? null : {};
}

const bare = (hostname: string): string => hostname.replace(/^\[|\]$/g, '');
const absolute = (target: string): URL | null => (/^http:\/\//i.test(target) ? new URL(target) : null);

function inTunnel(origin: Origin, target: string): URL {
  const usual = origin.scheme === 'https' ? 443 : 80;
  const host = origin.host.includes(':') ? `[${origin.host}]` : origin.host;
  return new URL(`${origin.scheme}://${host}${origin.port === usual ? '' : `:${origin.port}`}${target}`);
}

async function readAll(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  try {
    for await (const part of request) parts.push(part as Buffer);
  } catch {
    // The client left in the middle of its own request: what came is what there is.
  }
  return Buffer.concat(parts).toString('utf8');
}

async function close(server: Server, sockets: Set<Socket>, folder: string | null): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  for (const socket of sockets) socket.destroy();
  await closed;
  if (folder !== null) rmSync(folder, { recursive: true, force: true });
}

/** Keeps the log and what handlers may know of earlier requests. */
function createBook(): {
  log: LogEntry[];
  enter(request: IncomingMessage, url: URL): { entry: LogEntry; view: WorldRequest };
  leave(entry: LogEntry, status: number | null): void;
} {
  const log: LogEntry[] = [];
  const flying = new Map<string, number>();
  const lastOfHost = new Map<string, number>();
  const visits = new Map<string, { count: number; first: number }>();
  return {
    log,
    enter(request, url) {
      const at = performance.now();
      const host = bare(url.hostname);
      const inFlight = (flying.get(host) ?? 0) + 1;
      flying.set(host, inFlight);
      const last = lastOfHost.get(host);
      lastOfHost.set(host, at);
      const visit = visits.get(url.href) ?? { count: 0, first: at };
      visits.set(url.href, { count: visit.count + 1, first: visit.first });
      const headers: Record<string, string> = {};
      for (const [name, value] of Object.entries(request.headers)) headers[name] = String(value);
      const method = request.method ?? 'GET';
      const entry: LogEntry = {
        at,
        endedAt: null,
        scheme: url.protocol === 'https:' ? 'https' : 'http',
        host,
        method,
        path: url.pathname + url.search,
        url: url.href,
        headers,
        inFlight,
        status: null,
      };
      log.push(entry);
      const sinceLast = last === undefined ? null : at - last;
      const view = {
        url,
        method,
        headers,
        body: '',
        seen: visit.count,
        sinceLast,
        sinceFirst: at - visit.first,
        inFlight,
      };
      return { entry, view };
    },
    leave(entry, status) {
      if (entry.endedAt !== null) return;
      entry.endedAt = performance.now();
      entry.status = status;
      flying.set(entry.host, (flying.get(entry.host) ?? 1) - 1);
    },
  };
}
