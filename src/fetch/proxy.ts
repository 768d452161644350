import ipaddr from 'ipaddr.js';

/** The variables that name proxies; the lower-case ones win, as in curl. */
export interface ProxyEnvironment {
  HTTP_PROXY?: string | undefined;
  HTTPS_PROXY?: string | undefined;
  NO_PROXY?: string | undefined;
  http_proxy?: string | undefined;
  https_proxy?: string | undefined;
  no_proxy?: string | undefined;
}

/** A proxy to go through. */
export interface ProxyServer {
  secure: boolean;
  hostname: string;
  port: number;
  /** Value of Proxy-Authorization, or null; a secret. */
  authorization: string | null;
}

/** Which proxy an address goes through. */
export interface Proxies {
  http: ProxyServer | null;
  https: ProxyServer | null;
  exceptions: readonly Exception[];
}

type Exception =
  | { kind: 'all' }
  | { kind: 'name'; name: string; port: string | null }
  | { kind: 'range'; range: [ipaddr.IPv4 | ipaddr.IPv6, number] };

/** Reads the variables; `unusable(name)` is called, and must throw, where one of them is no HTTP proxy. */
export function readProxies(env: ProxyEnvironment, unusable: (name: string) => never): Proxies {
  return {
    http: parseProxy(env.http_proxy || env.HTTP_PROXY, () => unusable('HTTP_PROXY')),
    https: parseProxy(env.https_proxy || env.HTTPS_PROXY, () => unusable('HTTPS_PROXY')),
    exceptions: parseExceptions(env.no_proxy ?? env.NO_PROXY ?? ''),
  };
}

/** The proxy for an address, or null where it is reached directly. */
export function proxyFor(proxies: Proxies, url: URL): ProxyServer | null {
  const proxy = url.protocol === 'https:' ? proxies.https : proxies.http;
  if (proxy === null || proxies.exceptions.some((exception) => excepts(exception, url))) return null;
  return proxy;
}

function parseProxy(value: string | undefined, unusable: () => never): ProxyServer | null {
  const text = value?.trim();
  if (text === undefined || text === '') return null;
  const address = text.includes('://') ? text : `http://${text}`;
  if (!URL.canParse(address)) return unusable();
  const url = new URL(address);
  if ((url.protocol !== 'http:' && url.protocol !== 'https:') || url.hostname === '') return unusable();
  const secure = url.protocol === 'https:';
  return {
    secure,
    hostname: bareHost(url.hostname),
    port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
    authorization: basicAuthorization(url),
  };
}

/** `Basic …` from the user and password of an address, or null where it names none. */
export function basicAuthorization(url: URL): string | null {
  if (url.username === '' && url.password === '') return null;
  const pair = `${decodeLoosely(url.username)}:${decodeLoosely(url.password)}`;
  return `Basic ${Buffer.from(pair, 'utf8').toString('base64')}`;
}

function decodeLoosely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A host as sockets want it: IPv6 without its brackets. */
export function bareHost(hostname: string): string {
  return hostname.startsWith('[') && hostname.endsWith(']') ? hostname.slice(1, -1) : hostname;
}

function parseExceptions(text: string): Exception[] {
  return text
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .map(parseException);
}

function parseException(entry: string): Exception {
  if (entry === '*') return { kind: 'all' };
  if (ipaddr.isValidCIDR(entry)) return { kind: 'range', range: ipaddr.parseCIDR(entry) };
  const bare = bareHost(entry);
  if (ipaddr.IPv4.isValidFourPartDecimal(bare) || ipaddr.IPv6.isValid(bare)) {
    const address = ipaddr.parse(bare);
    return { kind: 'range', range: [address, address.kind() === 'ipv4' ? 32 : 128] };
  }
  const colon = entry.lastIndexOf(':');
  const port = colon > 0 ? entry.slice(colon + 1) : null;
  const name = bareHost(colon > 0 ? entry.slice(0, colon) : entry)
    .toLowerCase()
    .replace(/^\*?\./, '')
    .replace(/\.$/, '');
  return { kind: 'name', name, port };
}

function excepts(exception: Exception, url: URL): boolean {
  if (exception.kind === 'all') return true;
  const host = bareHost(url.hostname).replace(/\.$/, '');
  if (exception.kind === 'range') {
    if (!ipaddr.isValid(host)) return false;
    const address = ipaddr.process(host);
    const [base, bits] = exception.range;
    return address.kind() === base.kind() && address.match(base, bits);
  }
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  if (exception.port !== null && exception.port !== port) return false;
  return host === exception.name || host.endsWith(`.${exception.name}`);
}
