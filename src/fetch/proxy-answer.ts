import type { Fault } from './faults.ts';
import { unreachable } from './faults.ts';

/** Header fields as undici gives them. */
type Fields = Readonly<Record<string, string | string[] | undefined>>;

/** Error types of RFC 9209 (Proxy-Status) and of Squid (X-Squid-Error) that tell why the target was not reached. */
const NAMED: readonly [pattern: RegExp, reason: 'dns' | 'connect' | 'tls' | 'timeout' | 'reset'][] = [
  [/dns_(?:error|timeout)|ERR_DNS_FAIL/i, 'dns'],
  [/connection_timeout|ERR_READ_TIMEOUT|ERR_CONNECT_TIMEOUT/i, 'timeout'],
  [/tls_(?:protocol_error|certificate_error|alert_received)|ERR_SECURE_CONNECT_FAIL/i, 'tls'],
  [/connection_terminated|ERR_ZERO_SIZE_OBJECT|ERR_READ_ERROR/i, 'reset'],
  [/connection_refused|destination_(?:unavailable|ip_unroutable)|ERR_CONNECT_FAIL/i, 'connect'],
];

/** Words by which other proxies tell of a name that does not resolve. */
const DNS_WORDS =
  /ENOTFOUND|EAI_AGAIN|EAI_NONAME|getaddrinfo|NXDOMAIN|no such host|(?:name|host|servname).{0,30}not (?:known|found|be resolved)|(?:could not|cannot|can't|unable to|failed to) resolve|resolution (?:failed|failure)|\bdns\b.{0,30}(?:fail|error)/i;

/** What a proxy's refusal of a CONNECT means. Null where it says nothing of the target: the proxy would not do it. */
export function proxyFault(status: number, headers: Fields, body: string): Fault | null {
  if (status === 407) {
    return unreachable('connect', 'proxy: it asks for a name and password (407)', { local: true, retryable: false });
  }
  const named = namedFault(headers);
  if (named !== null) return named;
  if (status < 500) return null;
  if (DNS_WORDS.test(body.slice(0, 4096)))
    return unreachable('dns', `the proxy could not resolve the name (HTTP ${status})`);
  if (status === 504) return unreachable('timeout', 'the target did not answer the proxy in time (HTTP 504)');
  return unreachable('connect', `the proxy could not reach the target (HTTP ${status})`);
}

/** The same for an answer to a forwarded http request: only where the proxy says that the answer is its own. */
export function forwardFault(status: number, headers: Fields): Fault | null {
  if (status === 407) return proxyFault(status, headers, '');
  return status >= 500 ? namedFault(headers) : null;
}

function namedFault(headers: Fields): Fault | null {
  const text = [headers['proxy-status'], headers['x-squid-error']].flat().join(' ').slice(0, 1000);
  for (const [pattern, reason] of NAMED) {
    if (pattern.test(text)) return unreachable(reason, `the proxy could not reach the target (${reason})`);
  }
  return null;
}
