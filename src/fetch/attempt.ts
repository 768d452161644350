import type { SecureContext } from 'node:tls';
import { onAbort } from './abort.ts';
import type { Connection, Connections } from './connections.ts';
import { discard } from './connections.ts';
import { faultOf } from './faults.ts';
import type { Settings } from './options.ts';
import type { Turn } from './pace.ts';
import { proxyFor } from './proxy.ts';
import type { Request, Sent } from './transport.ts';
import { send } from './transport.ts';

/** One address of a chain, ready to be asked. */
export interface Step {
  url: URL;
  request: Request;
  timeout: number;
  maxBody: number;
}

/** What one try brought. */
export interface Attempt {
  sent: Sent;
  /** Epoch ms of its start. */
  startedAt: number;
  /** Did a connection stand? */
  connected: boolean;
  /** An old connection turned out to be closed: the server never saw the request. */
  stale: boolean;
}

/** What every try needs. */
export interface Line {
  settings: Settings;
  connections: Connections;
  context: SecureContext;
  /** Aborts when the fetcher closes. */
  closing: AbortSignal;
}

const STOPPED = Object.assign(new Error('stopped'), { code: 'ECONNABORTED' });

/** Asks one address once, over an idle connection or a new one. Rejects for bugs only. */
export async function attempt(line: Line, step: Step, turn: Turn, signal: AbortSignal | undefined): Promise<Attempt> {
  const startedAt = line.settings.clock();
  const begun = performance.now();
  const origin = `${step.url.protocol}//${step.url.host}`;
  const lent = line.connections.lend(origin);
  const opened = lent ?? (await open(line, step, origin, signal));
  if ('fault' in opened) {
    return {
      sent: { fault: opened.fault, partial: null, cut: 'disconnect' },
      startedAt,
      connected: false,
      stale: false,
    };
  }
  // The whole time where nothing had to be opened: timers of one length cost Node least.
  const left = lent === null ? Math.max(1, Math.ceil(step.timeout - (performance.now() - begun))) : step.timeout;
  const sent = await exchange(line, opened, { ...step, timeout: left }, turn, signal);
  const stale = opened.used && 'fault' in sent && sent.partial === null && sent.fault.failure.reason === 'reset';
  if ('answer' in sent) line.connections.giveBack(opened);
  return { sent: hideProxy(sent, line, step.url), startedAt, connected: true, stale };
}

async function open(line: Line, step: Step, origin: string, signal: AbortSignal | undefined) {
  const { settings } = line;
  const given: { stop: (() => void) | null } = { stop: null };
  const stop = () => given.stop?.();
  const timer = setTimeout(stop, step.timeout);
  const forget = [onAbort(signal, stop), onAbort(line.closing, stop)];
  const route = {
    url: step.url,
    proxy: proxyFor(settings.proxies, step.url),
    allowPrivate: settings.allowPrivate,
    insecure: settings.insecure,
    context: line.context,
    resolve: settings.resolve,
  };
  try {
    return await line.connections.open(origin, route, given);
  } catch (error) {
    // Node refuses some addresses by throwing (a port out of range, a name too long).
    return { fault: faultOf(error, 'connect') };
  } finally {
    clearTimeout(timer);
    for (const each of forget) each();
  }
}

async function exchange(
  line: Line,
  connection: Connection,
  step: Step,
  turn: Turn,
  signal: AbortSignal | undefined,
): Promise<Sent> {
  const stop = () => discard(connection, STOPPED);
  const forget = [onAbort(signal, stop), onAbort(line.closing, stop)];
  const { maxHeaderCount, minBodyRate } = line.settings;
  try {
    return await send(
      connection,
      step.request,
      { timeout: step.timeout, maxBody: step.maxBody, maxHeaderCount, minBodyRate },
      turn,
    );
  } finally {
    for (const each of forget) each();
  }
}

/** Behind a proxy the socket's address is the proxy's, which is nobody's business. */
function hideProxy(sent: Sent, line: Line, url: URL): Sent {
  if (proxyFor(line.settings.proxies, url) === null) return sent;
  if ('answer' in sent) return { answer: { ...sent.answer, ip: null } };
  return { ...sent, partial: sent.partial === null ? null : { ...sent.partial, ip: null } };
}
