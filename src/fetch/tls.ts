import { X509Certificate } from 'node:crypto';
import * as tls from 'node:tls';
import { FetchConfigurationError } from './options.ts';

/**
 * One TLS context for the whole fetcher: parsing the hundred-odd root certificates costs milliseconds, so it is done
 * once. Without further authorities it is Node's own, NODE_EXTRA_CA_CERTS included. The `ca` option of
 * `createSecureContext` replaces Node's authorities, so they are named again; those of NODE_EXTRA_CA_CERTS can only be
 * had from Node 22.15 on, before that the caller reads that file too and passes its text.
 */
export function secureContextWith(ca: readonly string[]): tls.SecureContext {
  if (ca.length === 0) return tls.createSecureContext();
  for (const pem of ca) checkPem(pem);
  return tls.createSecureContext({ ca: [...defaultAuthorities(), ...ca] });
}

/** The types of Node 20 do not know `getCACertificates`. */
function defaultAuthorities(): readonly string[] {
  const get: unknown = Reflect.get(tls, 'getCACertificates');
  if (typeof get !== 'function') return tls.rootCertificates;
  const found: unknown = Reflect.apply(get, tls, ['default']);
  return Array.isArray(found) ? found.filter((pem) => typeof pem === 'string') : tls.rootCertificates;
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

function checkPem(pem: string): void {
  try {
    const certificates = pem.match(CERTIFICATE) ?? [];
    if (certificates.length === 0) throw new Error('no certificate');
    for (const each of certificates) new X509Certificate(each);
  } catch {
    throw new FetchConfigurationError(
      'fetch/bad-ca',
      'The file of certificate authorities is not PEM text with certificates',
    );
  }
}
