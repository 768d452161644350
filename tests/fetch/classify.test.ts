import { describe, expect, it } from 'vitest';
import { faultOf } from '../../src/fetch/faults.ts';

const error = (code: string) => Object.assign(new Error('boom'), { code });
const several = (...codes: string[]) => new AggregateError(codes.map(error), 'all failed');

describe('an error becomes a failure', () => {
  it.each<[string, unknown, Parameters<typeof faultOf>[1], string, boolean, boolean]>([
    ['unknown name', error('ENOTFOUND'), 'lookup', 'dns', false, false],
    ['no name server', error('EAI_AGAIN'), 'lookup', 'dns', true, true],
    ['refused', error('ECONNREFUSED'), 'connect', 'connect', false, true],
    ['no network', error('ENETUNREACH'), 'connect', 'connect', true, true],
    ['too many files', error('EMFILE'), 'connect', 'connect', true, true],
    ['no route', error('EHOSTUNREACH'), 'connect', 'connect', false, true],
    ['timeout', error('ETIMEDOUT'), 'connect', 'timeout', false, true],
    ['reset in the handshake', error('ECONNRESET'), 'tls', 'reset', false, true],
    ['old protocol', error('ERR_SSL_UNSUPPORTED_PROTOCOL'), 'tls', 'tls', false, false],
    ['odd TLS code', error('EPROTO'), 'tls', 'tls', false, false],
    ['reset in the body', error('ECONNRESET'), 'body', 'reset', false, true],
    ['closed in the body', error('UND_ERR_SOCKET'), 'body', 'truncated', false, true],
    ['closed before the head', error('UND_ERR_SOCKET'), 'headers', 'reset', false, true],
    ['several addresses, one refused', several('ENETUNREACH', 'ECONNREFUSED'), 'connect', 'connect', false, true],
    ['several addresses, none reachable', several('ENETUNREACH', 'ENETUNREACH'), 'connect', 'connect', true, true],
    ['a system code of no row of its own', error('EINVAL'), 'lookup', 'dns', false, false],
    ['a port out of range', error('ERR_SOCKET_BAD_PORT'), 'connect', 'connect', false, true],
    ['a closed stream', error('ERR_STREAM_PREMATURE_CLOSE'), 'body', 'reset', false, true],
    ['a certificate', error('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), 'tls', 'tls', false, false],
    ['OpenSSL without a word for it', new Error('error:0A000000:SSL routines::'), 'tls', 'tls', false, false],
  ])('%s', (_name, thrown, phase, reason, local, retryable) => {
    const fault = faultOf(thrown, phase);
    expect([fault.failure.reason, fault.failure.local, fault.retryable]).toEqual([reason, local, retryable]);
  });

  it.each<[string, unknown, Parameters<typeof faultOf>[1]]>([
    ['a missing function', new TypeError('client.connect is not a function'), 'headers'],
    ['a name out of scope', new ReferenceError('x is not defined'), 'tls'],
    ['a file that is not there', error('ERR_MODULE_NOT_FOUND'), 'connect'],
    ['an argument of another type', Object.assign(new TypeError('x'), { code: 'ERR_INVALID_ARG_TYPE' }), 'tls'],
    ['an assertion', error('ERR_ASSERTION'), 'body'],
    ['an error without a code', new Error('what?'), 'lookup'],
    ['a code that an object inherits', error('constructor'), 'tls'],
    ['several of them', new AggregateError([new TypeError('x')], 'all failed'), 'connect'],
    ['no error at all', undefined, 'headers'],
  ])('but a bug does not: %s', (_name, thrown, phase) => {
    const caught = (() => {
      try {
        return faultOf(thrown, phase);
      } catch (error) {
        return { caught: error };
      }
    })();
    expect(caught).toEqual({ caught: thrown });
  });

  it('never shows the text of an error', () => {
    const thrown = Object.assign(new Error('Cookie: sid=secret'), { code: 'EWHATEVER' });
    expect(faultOf(thrown, 'headers').failure.detail).not.toContain('secret');
  });
});
