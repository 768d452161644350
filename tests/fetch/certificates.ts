import './reflect.ts';
import { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

/** A certificate with its key, both PEM. */
export interface Identity {
  cert: string;
  key: string;
}

interface Authority {
  certificate: x509.X509Certificate;
  keys: webcrypto.CryptoKeyPair;
  pem: string;
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY = 86_400_000;

x509.cryptoProvider.set(webcrypto);

function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
}

async function pemOf(key: webcrypto.CryptoKey): Promise<string> {
  return x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');
}

/** A certificate authority of the test's own. */
export async function newAuthority(name: string): Promise<Authority> {
  const keys = await newKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=${name}`,
    keys,
    signingAlgorithm: ALGORITHM,
    notBefore: new Date(Date.now() - DAY),
    notAfter: new Date(Date.now() + 30 * DAY),
    extensions: [new x509.BasicConstraintsExtension(true, 1, true)],
  });
  return { certificate, keys, pem: certificate.toString('pem') };
}

/** A certificate for names and addresses, signed by the authority, or by itself where there is none. */
export async function newIdentity(
  authority: Authority | null,
  names: readonly string[],
  days: { from: number; to: number } = { from: -1, to: 20 },
): Promise<Identity> {
  const keys = await newKeys();
  const alternatives = names.map((value) => ({
    type: /^[\d.]+$/.test(value) ? ('ip' as const) : ('dns' as const),
    value,
  }));
  const certificate = await x509.X509CertificateGenerator.create({
    subject: `CN=${names[0] ?? 'nobody'}`,
    issuer: authority?.certificate.subject ?? `CN=${names[0] ?? 'nobody'}`,
    publicKey: keys.publicKey,
    signingKey: authority?.keys.privateKey ?? keys.privateKey,
    signingAlgorithm: ALGORITHM,
    notBefore: new Date(Date.now() + days.from * DAY),
    notAfter: new Date(Date.now() + days.to * DAY),
    extensions: [new x509.SubjectAlternativeNameExtension(alternatives)],
  });
  return { cert: certificate.toString('pem'), key: await pemOf(keys.privateKey) };
}
