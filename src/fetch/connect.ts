import dns from 'node:dns';
import net from 'node:net';
import tls from 'node:tls';
import { Client } from 'undici';
import type { Fault, Phase } from './faults.ts';
import { faultLater, faultOf, skipped, unreachable } from './faults.ts';
import { refusedAddress } from './guard.ts';
import type { Resolve } from './options.ts';
import type { ProxyServer } from './proxy.ts';
import { bareHost } from './proxy.ts';
import { proxyFault } from './proxy-answer.ts';

/** Where a connection goes and what it must obey. */
export interface Route {
  url: URL;
  proxy: ProxyServer | null;
  allowPrivate: boolean;
  insecure: boolean;
  context: tls.SecureContext;
  resolve: Resolve | null;
}

/** A connection that stands, or why there is none. */
export type Opened = { socket: net.Socket } | { fault: Fault };

/**
 * Opens a connection for one origin: directly, to the proxy (http), or through a CONNECT tunnel (https). `given.stop`
 * is set to what gives up the attempt; afterwards the promise still settles.
 */
export async function openConnection(route: Route, given: { stop: (() => void) | null }): Promise<Opened> {
  const secure = route.url.protocol === 'https:';
  const { proxy } = route;
  if (proxy === null) {
    const opened = await openTcp(bareHost(route.url.hostname), portOf(route.url), guardedLookup(route), given);
    if ('fault' in opened || !secure) return opened;
    return wrapTls(opened.socket, route, bareHost(route.url.hostname), given);
  }
  const toProxy = await openToProxy(proxy, route, given);
  if ('fault' in toProxy || !secure) return toProxy;
  const tunnel = await openTunnel(toProxy.socket, proxy, route.url, given);
  if ('fault' in tunnel) return tunnel;
  return wrapTls(tunnel.socket, route, bareHost(route.url.hostname), given);
}

function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'https:' ? 443 : 80;
}

type Given = { stop: (() => void) | null };

/** Marks an error as the guard's, so that it is told from a failure of the network. */
class RefusedAddressError extends Error {
  readonly code = 'LINKARK_REFUSED';
}

function openTcp(host: string, port: number, lookup: net.LookupFunction | undefined, given: Given): Promise<Opened> {
  return new Promise((settle) => {
    let phase: Phase = net.isIP(host) === 0 ? 'lookup' : 'connect';
    const socket = net.connect({
      host,
      port,
      ...(lookup === undefined ? {} : { lookup }),
      // 250 ms, Node's default, is too short a try for an address on another continent.
      autoSelectFamilyAttemptTimeout: 2000,
    });
    socket.setNoDelay(true);
    // An error between two owners of the socket must not bring the process down; whoever owns it listens as well.
    socket.on('error', () => undefined);
    given.stop = () => socket.destroy(Object.assign(new Error('given up'), { code: 'ETIMEDOUT' }));
    socket.once('lookup', (error: Error | null) => {
      if (error === null) phase = 'connect';
    });
    const failed = (error: Error) => {
      socket.destroy();
      settle(error instanceof RefusedAddressError ? { fault: refused(error) } : faultLater(error, phase));
    };
    socket.once('error', failed);
    socket.once('connect', () => {
      socket.off('error', failed);
      settle({ socket });
    });
  });
}

function refused(error: RefusedAddressError): Fault {
  return skipped('private-address', error.message);
}

/** Node's look-up with the guard inside: what it lets through is what is connected to, there is no second look-up. */
function guardedLookup(route: Route): net.LookupFunction | undefined {
  if (route.allowPrivate && route.resolve === null) return undefined;
  const resolve: Resolve = route.resolve ?? ((hostname) => dns.promises.lookup(hostname, { all: true }));
  return (hostname, options, callback) => {
    resolve(hostname).then(
      (found) => {
        const usable = route.allowPrivate ? found : found.filter(({ address }) => refusedAddress(address) === null);
        const [first] = usable;
        if (first === undefined) {
          callback(whyNone(found), '', 0);
        } else if (options.all === true) {
          callback(null, usable);
        } else {
          callback(null, first.address, first.family);
        }
      },
      (error: NodeJS.ErrnoException) => callback(error, '', 0),
    );
  };
}

function whyNone(found: readonly { address: string }[]): NodeJS.ErrnoException {
  const [first] = found;
  if (first === undefined) return Object.assign(new Error('no address'), { code: 'ENODATA' });
  const hint = /^198\.1[89]\./.test(first.address) ? '; some VPNs answer every name so: try --allow-private' : '';
  return new RefusedAddressError(`the name resolves to ${refusedAddress(first.address) ?? first.address}${hint}`);
}

function wrapTls(plain: net.Socket, route: Route, host: string, given: Given): Promise<Opened> {
  return startTls(plain, { host, insecure: route.insecure, context: route.context }, given);
}

function startTls(
  plain: net.Socket,
  { host, insecure, context }: { host: string; insecure: boolean; context: tls.SecureContext },
  given: Given,
): Promise<Opened> {
  return new Promise((settle) => {
    const socket = tls.connect({
      socket: plain,
      secureContext: context,
      rejectUnauthorized: !insecure,
      host,
      // A literal address has no place in SNI (RFC 6066); the certificate is still checked against it.
      ...(net.isIP(host) === 0 ? { servername: host.replace(/\.$/, '') } : {}),
      ALPNProtocols: ['http/1.1'],
    });
    socket.on('error', () => undefined);
    given.stop = () => socket.destroy(Object.assign(new Error('given up'), { code: 'ETIMEDOUT' }));
    const failed = (error: Error) => {
      socket.destroy();
      plain.destroy();
      settle(faultLater(error, 'tls'));
    };
    socket.once('error', failed);
    socket.once('secureConnect', () => {
      socket.off('error', failed);
      settle({ socket });
    });
  });
}

async function openToProxy(proxy: ProxyServer, route: Route, given: Given): Promise<Opened> {
  // The proxy itself is the user's own choice and may stand in a private network.
  const opened = await openTcp(proxy.hostname, proxy.port, undefined, given);
  const secured =
    'fault' in opened || !proxy.secure
      ? opened
      : await startTls(
          opened.socket,
          { host: proxy.hostname, insecure: route.insecure, context: route.context },
          given,
        );
  if (!('fault' in secured)) return secured;
  return { fault: atProxy(secured.fault) };
}

/** Whatever keeps us from the proxy is a fault of this side. */
function atProxy(fault: Fault): Fault {
  const { reason, detail } = fault.failure;
  return unreachable(reason === 'dns' ? 'connect' : reason, `proxy: ${detail}`, { local: true });
}

/** Most bytes of a refusal that are read for its reason. */
const REFUSAL_BYTES = 4096;

async function openTunnel(toProxy: net.Socket, proxy: ProxyServer, url: URL, given: Given): Promise<Opened> {
  const authority = `${url.hostname}:${portOf(url)}`;
  let taken = false;
  const client = new Client(`http://${url.hostname}:${portOf(url)}`, {
    connect: (_options, callback) => {
      if (taken) return callback(Object.assign(new Error('once only'), { code: 'ECONNRESET' }), null);
      taken = true;
      queueMicrotask(() => callback(null, toProxy));
    },
    headersTimeout: 0,
  });
  const stopped = Object.assign(new Error('given up'), { code: 'ETIMEDOUT' });
  given.stop = () => void client.destroy(stopped).catch(() => undefined);
  try {
    const { statusCode, headers, socket } = await client.connect({
      path: authority,
      headers: {
        host: authority,
        ...(proxy.authorization === null ? {} : { 'proxy-authorization': proxy.authorization }),
      },
    });
    if (statusCode >= 200 && statusCode < 300 && socket instanceof net.Socket) return { socket };
    const words = await readSome(socket, given);
    return {
      fault:
        proxyFault(statusCode, headers, words) ??
        unreachable('connect', `proxy: HTTP ${statusCode} to CONNECT`, { local: true }),
    };
  } catch (error) {
    toProxy.destroy();
    return { fault: tunnelFault(error) };
  }
}

/** The proxy took the connection but not the request: most often the target did not answer it in time. */
function tunnelFault(error: unknown): Fault {
  const { reason, detail } = faultOf(error, 'headers').failure;
  if (reason === 'timeout') return unreachable('timeout', 'the proxy did not open a tunnel in time');
  return unreachable(reason, `proxy: ${detail}`, { local: true });
}

function readSome(socket: NodeJS.ReadableStream & { destroy(): unknown }, given: Given): Promise<string> {
  return new Promise((settle) => {
    let text = '';
    const end = () => {
      clearTimeout(timer);
      socket.destroy();
      settle(text);
    };
    const timer = setTimeout(end, 500);
    given.stop = end;
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      if (text.length >= REFUSAL_BYTES) end();
    });
    socket.once('end', end);
    socket.once('error', end);
    socket.once('close', end);
  });
}
