import type { Failure } from '../types.ts';

/** Why one request brought no usable answer, and whether asking again may help. */
export interface Fault {
  failure: Failure;
  retryable: boolean;
}

/** How far a request had come: it names the reason where the error itself does not. */
export type Phase = 'lookup' | 'connect' | 'tls' | 'headers' | 'body';

const RETRYABLE = new Set(['connect', 'reset', 'timeout', 'truncated']);

/** A Failure of verdict `unreachable` with whether it is worth a retry. */
export function unreachable(
  reason: Failure['reason'],
  detail: string,
  more: { local?: boolean; retryable?: boolean } = {},
): Fault {
  return {
    failure: { verdict: 'unreachable', reason, detail, local: more.local ?? false },
    retryable: more.retryable ?? RETRYABLE.has(reason),
  };
}

/** A Failure that says why a request was not made. */
export function skipped(reason: 'private-address' | 'over-budget' | 'invalid-url', detail: string): Fault {
  return { failure: { verdict: 'skipped', reason, detail, local: false }, retryable: false };
}

type Row = [reason: Failure['reason'], detail: string, more?: { local?: boolean; retryable?: boolean }];

/** Error codes of Node, libuv, getaddrinfo and undici that mean the same in every phase. */
const CODES: Readonly<Record<string, Row>> = {
  ENOTFOUND: ['dns', 'the name does not exist'],
  ENODATA: ['dns', 'the name has no address'],
  EAI_NODATA: ['dns', 'the name has no address'],
  EAI_NONAME: ['dns', 'the name does not exist'],
  EAI_FAIL: ['dns', 'the name server failed'],
  EAI_AGAIN: ['dns', 'no name server answered', { local: true, retryable: true }],
  ECONNREFUSED: ['connect', 'connection refused'],
  EHOSTUNREACH: ['connect', 'no route to the host'],
  EHOSTDOWN: ['connect', 'the host is down'],
  ENETUNREACH: ['connect', 'the network is unreachable from here', { local: true }],
  ENETDOWN: ['connect', 'the network is down here', { local: true }],
  EADDRNOTAVAIL: ['connect', 'no address to connect from', { local: true }],
  EACCES: ['connect', 'this machine does not allow the connection', { local: true, retryable: false }],
  EPERM: ['connect', 'this machine does not allow the connection', { local: true, retryable: false }],
  EMFILE: ['connect', 'too many open files here', { local: true }],
  ENFILE: ['connect', 'too many open files here', { local: true }],
  ENOBUFS: ['connect', 'no buffer space here', { local: true }],
  ENOMEM: ['connect', 'no memory here', { local: true }],
  ETIMEDOUT: ['timeout', 'the connection timed out'],
  ECONNRESET: ['reset', 'connection reset'],
  ECONNABORTED: ['reset', 'connection aborted'],
  EPIPE: ['reset', 'connection closed while sending'],
  UND_ERR_HEADERS_OVERFLOW: ['too-large', 'too many or too long header fields'],
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: ['truncated', 'the body is shorter than its Content-Length'],
  HPE_INVALID_EOF_STATE: ['truncated', 'the connection closed in the middle of the answer'],
  HPE_HEADER_OVERFLOW: ['too-large', 'too many or too long header fields'],
};

/** What OpenSSL and Node say of a certificate, in plain words. */
const CERTIFICATES: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'the certificate has expired',
  CERT_NOT_YET_VALID: 'the certificate is not valid yet',
  CERT_REVOKED: 'the certificate is revoked',
  CERT_REJECTED: 'the certificate is rejected',
  CERT_UNTRUSTED: 'the certificate is not trusted',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'the certificate chain ends in a self-signed certificate that is not trusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the issuer of the certificate is unknown',
  UNABLE_TO_GET_ISSUER_CERT: 'the issuer of the certificate is unknown',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'the issuer of the certificate is unknown',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate is for another name',
  HOSTNAME_MISMATCH: 'the certificate is for another name',
};

/** Codes of libuv and of name servers (`ECONNRESET`, `EAI_AGAIN`). Node's own begin with `ERR_`: most of those are bugs. */
const SYSTEM = /^(?!ERR_)E[A-Z0-9_]+$/;
/** Codes of undici and its parser, of OpenSSL, and of Node where an address, a socket or a stream is at fault. */
const CLIENT = /^(?:UND_ERR|HPE|ERR_(?:SSL|OSSL|TLS|SOCKET|STREAM|INVALID_IP))_/;
/** What X.509 verification finds has no prefix of its own. */
const VERIFICATION = /^(?!ERR_)[A-Z][A-Z0-9_]+$/;

/**
 * Turns an error of a socket, a resolver, TLS or undici into a Fault. The error's own text is never shown: it may hold
 * secrets.
 * @throws the error itself where it is none of theirs: a bug of this program says nothing about a page
 */
export function faultOf(error: unknown, phase: Phase): Fault {
  const code = codeOf(error, phase);
  if (code === null) throw error;
  if (phase === 'tls' && code !== 'ECONNRESET' && code !== 'ETIMEDOUT' && code !== 'EPIPE') return tlsFault(code);
  const row = Object.hasOwn(CODES, code) ? CODES[code] : undefined;
  if (row !== undefined) return unreachable(row[0], `${row[1]} (${code})`, row[2]);
  if (code === 'UND_ERR_INVALID_ARG') return skipped('invalid-url', 'the request can not be written as HTTP');
  if (code === 'UND_ERR_SOCKET') {
    return phase === 'body'
      ? unreachable('truncated', 'the connection closed in the middle of the answer')
      : unreachable('reset', 'the connection closed without an answer');
  }
  if (code.startsWith('HPE_')) return unreachable('server-error', `the answer is not proper HTTP`);
  if (phase === 'lookup') return unreachable('dns', `the name could not be resolved (${code})`);
  if (phase === 'connect') return unreachable('connect', `no connection (${code})`);
  return unreachable('reset', `the exchange broke off (${code})`);
}

/** The same, for whoever settles a promise: a rejected one where `faultOf` throws. */
export async function faultLater(error: unknown, phase: Phase): Promise<{ fault: Fault }> {
  return { fault: faultOf(error, phase) };
}

function tlsFault(code: string): Fault {
  const words = Object.hasOwn(CERTIFICATES, code) ? CERTIFICATES[code] : undefined;
  return unreachable('tls', words === undefined ? `no TLS connection (${code})` : `${words} (${code})`);
}

/** The `code` of an error; of several tries at several addresses, the one that says most about the other side. */
function codeOf(error: unknown, phase: Phase): string | null {
  const each = error instanceof AggregateError ? error.errors : [error];
  const codes = each.map((one) => ownCode(one, phase)).filter((code) => code !== null);
  return codes.find((code) => CODES[code]?.[2]?.local !== true) ?? codes[0] ?? null;
}

/** The `code` of one error, or null where it is no error of the network. */
function ownCode(error: unknown, phase: Phase): string | null {
  if (!(error instanceof Error)) return null;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (SYSTEM.test(code) || CLIENT.test(code) || (phase === 'tls' && VERIFICATION.test(code))) return code;
  // undici 7 leaves its parser's errors without a code.
  if (error.name === 'HTTPParserError') return /EOF/.test(error.message) ? 'HPE_INVALID_EOF_STATE' : 'HPE_INVALID';
  // OpenSSL has no word for some of its own.
  return phase === 'tls' && error.message.startsWith('error:') ? 'ERR_SSL' : null;
}
