import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

export type WarcType = 'warcinfo' | 'request' | 'response' | 'revisit' | 'metadata' | 'resource';

/** Fields of a record in the order in which they are written. WARC-Record-ID and Content-Length are added. */
export interface WarcRecord {
  type: WarcType;
  /** WARC-Date, ISO 8601 in UTC. */
  date: string;
  /** WARC-Target-URI, already percent-encoded; null for warcinfo. */
  uri: string | null;
  contentType: string;
  block: Uint8Array;
  /** The payload where it differs from the block, for its digest; null where the record has none. */
  payload: Uint8Array | null;
  fields: readonly (readonly [string, string])[];
  /** WARC-Record-ID where it is to be another record's: a revisit in the place of a response that others point to. */
  id?: string;
}

/** `sha256:` and lower-case hex. */
export function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** An id that the same record always gets: a UUID made of its SHA-256 (version 8, RFC 9562). */
function recordId(record: Pick<WarcRecord, 'type' | 'date' | 'uri'>, blockDigest: string): string {
  const hex = createHash('sha256')
    .update(JSON.stringify([record.type, record.date, record.uri, blockDigest]))
    .digest('hex');
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 3) | 8).toString(16);
  return `<urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}>`;
}

/** A record by WARC 1.1 as its own gzip member, and the id it got. */
export function writeRecord(record: WarcRecord): { id: string; member: Uint8Array; payloadDigest: string | null } {
  const blockDigest = digestOf(record.block);
  const id = record.id ?? recordId(record, blockDigest);
  const payloadDigest = record.payload === null ? null : digestOf(record.payload);
  const fields: [string, string][] = [
    ['WARC-Type', record.type],
    ['WARC-Record-ID', id],
    ['WARC-Date', record.date],
  ];
  if (record.uri !== null) fields.push(['WARC-Target-URI', record.uri]);
  for (const [name, value] of record.fields) fields.push([name, value.replace(/[\r\n]+/g, ' ')]);
  if (payloadDigest !== null) fields.push(['WARC-Payload-Digest', payloadDigest]);
  fields.push(['WARC-Block-Digest', blockDigest]);
  fields.push(['Content-Type', record.contentType]);
  fields.push(['Content-Length', String(record.block.length)]);
  const head = `WARC/1.1\r\n${fields.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
  return { id, member: gzip(Buffer.concat([Buffer.from(head), record.block, Buffer.from('\r\n\r\n')])), payloadDigest };
}

/** One gzip member that is the same on every system: no time, no file name, operating system "unknown". */
function gzip(bytes: Uint8Array): Uint8Array {
  const member = gzipSync(bytes, { level: 6 });
  member[9] = 255;
  return member;
}

/** An address as RFC 3986 wants it: host in Punycode, everything else beyond ASCII percent-encoded, no fragment. */
export function encodeUri(address: string): string {
  let url = address;
  try {
    const parsed = new URL(address);
    parsed.hash = '';
    url = parsed.href;
  } catch {
    // Not an address at all: its characters are encoded all the same.
  }
  return url
    .toString()
    .replace(/[^A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]+/g, (part) => encodeURIComponent(wellFormed(part)))
    .replace(/%(?![0-9A-Fa-f]{2})/g, '%25');
}

function wellFormed(text: string): string {
  return new TextDecoder().decode(new TextEncoder().encode(text));
}
