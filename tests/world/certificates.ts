import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIP } from 'node:net';
import { createSecureContext, type SecureContext } from 'node:tls';

/** How a host's certificate is wrong on purpose. */
export type CertificateFault = 'expired' | 'misnamed' | 'self-signed';

/** A throw-away certification authority that signs one leaf a host name. Every leaf shares one key, so that it is fast. */
export interface Authority {
  /** The authority's own certificate, PEM. */
  readonly pem: string;
  /** TLS context with a certificate for this name (or a wrong one, by `fault`); made once a name. */
  contextFor(hostname: string, fault?: CertificateFault): SecureContext;
}

/* ---- DER, as little of it as a certificate needs (X.690; RFC 5280) ---- */

function der(tag: number, ...parts: Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  if (body.length < 0x80) return Buffer.concat([Buffer.from([tag, body.length]), body]);
  const size: number[] = [];
  for (let rest = body.length; rest > 0; rest >>= 8) size.unshift(rest & 0xff);
  return Buffer.concat([Buffer.from([tag, 0x80 | size.length, ...size]), body]);
}

const sequence = (...parts: Uint8Array[]): Buffer => der(0x30, ...parts);
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const bitString = (bytes: Uint8Array): Buffer => der(0x03, Buffer.from([0]), bytes);
const time = (at: Date): Buffer =>
  der(
    0x18,
    Buffer.from(
      `${at
        .toISOString()
        .replace(/[-:T]/g, '')
        .replace(/\.\d+Z$/, '')}Z`,
    ),
  );
const name = (text: string): Buffer =>
  sequence(der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from(text.slice(0, 64))))));
const extension = (id: string, critical: boolean, value: Uint8Array): Buffer =>
  sequence(oid(id), ...(critical ? [der(0x01, Buffer.from([0xff]))] : []), der(0x04, value));

const ECDSA_SHA256 = sequence(oid('2a8648ce3d040302'));

interface CertificateFields {
  subject: string;
  issuer: string;
  publicKey: KeyObject;
  signer: KeyObject;
  notBefore: Date;
  notAfter: Date;
  extensions: Buffer[];
}

function certificate(fields: CertificateFields): string {
  const serial = randomBytes(12);
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, serial),
    ECDSA_SHA256,
    name(fields.issuer),
    sequence(time(fields.notBefore), time(fields.notAfter)),
    name(fields.subject),
    fields.publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...fields.extensions)),
  );
  const signature = sign('sha256', body, fields.signer);
  const base64 = sequence(body, ECDSA_SHA256, bitString(signature)).toString('base64');
  return `-----BEGIN CERTIFICATE-----\n${base64.replace(/.{1,64}/g, '$&\n')}-----END CERTIFICATE-----\n`;
}

function ipBytes(address: string): Buffer {
  if (isIP(address) === 4) return Buffer.from(address.split('.').map(Number));
  const [head = '', tail = ''] = address.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === '' ? [] : tail.split(':');
  const groups = [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right];
  return Buffer.from(groups.map((group) => group.padStart(4, '0')).join(''), 'hex');
}

function alternativeName(hostname: string): Buffer {
  const entry = isIP(hostname) === 0 ? der(0x82, Buffer.from(hostname)) : der(0x87, ipBytes(hostname));
  return extension('551d11', false, sequence(entry));
}

/* ---- the authority ---- */

const AUTHORITY_NAME = 'Stand-in web test authority';
const DAY = 86_400_000;

/** Makes a new authority with keys of its own. `now` is the moment around which its certificates are valid. */
export function createAuthority(now: Date = new Date()): Authority {
  const root = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const leaf = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const days = (count: number): Date => new Date(now.getTime() + count * DAY);
  const pem = certificate({
    subject: AUTHORITY_NAME,
    issuer: AUTHORITY_NAME,
    publicKey: root.publicKey,
    signer: root.privateKey,
    notBefore: days(-30),
    notAfter: days(365),
    extensions: [
      extension('551d13', true, sequence(der(0x01, Buffer.from([0xff])))),
      extension('551d0f', true, der(0x03, Buffer.from([1, 0x06]))),
    ],
  });
  const key = leaf.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const contexts = new Map<string, SecureContext>();

  function issue(hostname: string, fault: CertificateFault | undefined): SecureContext {
    const named = fault === 'misnamed' ? 'another-host.example' : hostname;
    const cert = certificate({
      subject: named,
      issuer: fault === 'self-signed' ? named : AUTHORITY_NAME,
      publicKey: leaf.publicKey,
      signer: fault === 'self-signed' ? createPrivateKey(key) : root.privateKey,
      notBefore: days(fault === 'expired' ? -20 : -10),
      notAfter: days(fault === 'expired' ? -5 : 90),
      extensions: [extension('551d13', true, sequence()), alternativeName(named)],
    });
    return createSecureContext({ key, cert });
  }

  return {
    pem,
    contextFor(hostname, fault) {
      const cacheKey = `${fault ?? ''} ${hostname}`;
      const known = contexts.get(cacheKey);
      if (known !== undefined) return known;
      const made = issue(hostname, fault);
      contexts.set(cacheKey, made);
      return made;
    },
  };
}
