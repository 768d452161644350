import { X509Certificate } from 'node:crypto';
import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';
import { FetchConfigurationError } from './options.ts';

/**
 * One TLS context for the whole fetcher: parsing the hundred-odd root certificates costs milliseconds, so it is done
 * once. Further authorities are added to Node's own store, which already holds NODE_EXTRA_CA_CERTS; the `ca` option of
 * `createSecureContext` would replace that store.
 */
export function secureContextWith(ca: readonly string[]): SecureContext {
  const context = createSecureContext();
  for (const pem of ca) checkPem(pem);
  if (ca.length === 0) return context;
  const store: unknown = context.context;
  if (!takesAuthorities(store)) return createSecureContext({ ca: [...rootCertificates, ...ca] });
  for (const pem of ca) store.addCACert(pem);
  return context;
}

function takesAuthorities(store: unknown): store is { addCACert(pem: string): void } {
  return typeof store === 'object' && store !== null && 'addCACert' in store && typeof store.addCACert === 'function';
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
