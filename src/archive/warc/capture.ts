import type { Capture } from '../../types.ts';
import { encodeUri, type WarcType, writeRecord } from './record.ts';
import { SECRET_HEADERS, withoutSecrets } from './secrets.ts';

/** A finished record with what the assembling of a WARC and an index need to know of it. */
export interface SpoolRecord {
  type: WarcType;
  id: string;
  uri: string;
  date: string;
  /** HTTP status; null for requests and resources. */
  status: number | null;
  /** Media type of the payload, lower case; null where there is none. */
  mime: string | null;
  payloadDigest: string | null;
  /** Octets of the payload. */
  payloadBytes: number;
  /** The response that a request belongs to, and the other way round. */
  concurrentTo: string | null;
  member: Uint8Array;
}

/** What is known of the page that the captures led to. */
export interface PageFacts {
  linkId: string;
  url: string;
  title: string | null;
  /** Extracted text, kept as a `urn:text:` resource beside the page. */
  text: string;
  /** Capture time of the page. */
  at: string;
}

const CRLF = '\r\n';

/** Request and response records of the captures in their order, then one metadata and one text record of the page. */
export function recordsOf(captures: readonly Capture[], page: PageFacts): SpoolRecord[] {
  const records = captures.flatMap(recordPair);
  const main = mainResponse(records, page.url);
  records.push(metadataRecord(page, main), textRecord(page, main));
  return records;
}

function recordPair(capture: Capture): SpoolRecord[] {
  const uri = encodeUri(withoutSecrets(capture.url));
  const date = new Date(capture.at).toISOString();
  const response = responseRecord(capture, uri, date);
  const block = Buffer.concat([requestHead(capture, uri), capture.request.body ?? new Uint8Array(0)]);
  const request = writeRecord({
    type: 'request',
    date,
    uri,
    contentType: 'application/http;msgtype=request',
    block,
    payload: capture.request.body,
    fields: [['WARC-Concurrent-To', response.id]],
  });
  return [
    response,
    {
      type: 'request',
      id: request.id,
      uri,
      date,
      status: null,
      mime: null,
      payloadDigest: null,
      payloadBytes: 0,
      concurrentTo: response.id,
      member: request.member,
    },
  ];
}

function responseRecord(capture: Capture, uri: string, date: string): SpoolRecord {
  const { response } = capture;
  const head = responseHead(capture);
  const fields: [string, string][] = [];
  if (capture.ip !== null) fields.push(['WARC-IP-Address', capture.ip]);
  if (response.truncated !== null) fields.push(['WARC-Truncated', response.truncated]);
  const written = writeRecord({
    type: 'response',
    date,
    uri,
    contentType: 'application/http;msgtype=response',
    block: Buffer.concat([head, response.body]),
    payload: response.body,
    fields,
  });
  return {
    type: 'response',
    id: written.id,
    uri,
    date,
    status: response.status,
    mime: mimeOf(response.headers),
    payloadDigest: written.payloadDigest,
    payloadBytes: response.body.length,
    concurrentTo: null,
    member: written.member,
  };
}

/** The media type of a Content-Type field, lower case; null where it names none. */
export function mimeOf(headers: readonly (readonly [string, string])[]): string | null {
  const value = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  const mime = (value.split(';', 1)[0] ?? '').trim().toLowerCase();
  return /^[a-z0-9!#$&^_.+-]+\/[a-z0-9!#$&^_.+-]+$/.test(mime) ? mime : null;
}

function requestHead(capture: Capture, uri: string): Buffer {
  const { request } = capture;
  let target = request.target;
  try {
    const { pathname, search } = new URL(uri);
    target = pathname + search;
  } catch {
    target = withoutSecrets(target);
  }
  const lines = request.headers.flatMap(([name, value]) => headerLine(name, value));
  return headBytes(`${request.method} ${target} HTTP/1.1${CRLF}${lines.join('')}${CRLF}`);
}

/**
 * The head of a response as stored: the transfer coding has been taken off the body, so its field is renamed and
 * Content-Length says what is there; the content coding is still on, so its field stays.
 */
function responseHead(capture: Capture): Buffer {
  const { response } = capture;
  const length = String(response.body.length);
  let hasLength = false;
  const lines = response.headers.flatMap(([name, value]) => {
    const lower = name.toLowerCase();
    if (lower === 'transfer-encoding' || lower === 'trailer') return headerLine(`X-Orig-${name}`, value);
    if (lower !== 'content-length') return headerLine(name, value);
    if (hasLength) return [];
    hasLength = true;
    return value.trim() === length || response.status === 304 || capture.request.method === 'HEAD'
      ? headerLine(name, value)
      : [...headerLine(`X-Orig-${name}`, value), ...headerLine(name, length)];
  });
  if (!hasLength && response.status !== 304 && response.status !== 204) lines.push(`Content-Length: ${length}${CRLF}`);
  const version = /^\d\.\d$/.test(response.httpVersion) ? response.httpVersion : '1.1';
  const reason = response.statusText.replace(/[\r\n]+/g, ' ');
  return headBytes(`HTTP/${version} ${response.status} ${reason}${CRLF}${lines.join('')}${CRLF}`);
}

const ADDRESS_HEADERS = new Set(['location', 'referer', 'content-location', 'refresh', 'link']);

function headerLine(name: string, value: string): string[] {
  const lower = name.toLowerCase();
  if (SECRET_HEADERS.has(lower) || !/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) return [];
  const safe = ADDRESS_HEADERS.has(lower) ? withoutSecrets(value) : value;
  return [`${name}: ${safe.replace(/[\r\n]+/g, ' ')}${CRLF}`];
}

/** Header values come as Latin-1, one character an octet; anything else can only be meant as UTF-8. */
function headBytes(head: string): Buffer {
  for (let at = 0; at < head.length; at++) if (head.charCodeAt(at) > 255) return Buffer.from(head, 'utf8');
  return Buffer.from(head, 'latin1');
}

/** The response that holds the page itself: its own address, else the last document that came with 200. */
function mainResponse(records: readonly SpoolRecord[], url: string): SpoolRecord | null {
  const good = records.filter((record) => record.type === 'response' && record.status === 200);
  const uri = encodeUri(withoutSecrets(url));
  return (
    good.find((record) => record.uri === uri) ??
    good.filter((record) => !/^image\//.test(record.mime ?? '')).at(-1) ??
    null
  );
}

function metadataRecord(page: PageFacts, main: SpoolRecord | null): SpoolRecord {
  const uri = main?.uri ?? encodeUri(withoutSecrets(page.url));
  const date = main?.date ?? new Date(page.at).toISOString();
  const lines = [`linkark-id: ${page.linkId}`, `linkark-url: ${encodeUri(page.url)}`];
  if (page.title !== null) lines.push(`title: ${page.title.replace(/\s+/g, ' ')}`);
  const written = writeRecord({
    type: 'metadata',
    date,
    uri,
    contentType: 'application/warc-fields',
    block: Buffer.from(`${lines.join(CRLF)}${CRLF}`),
    payload: null,
    fields: main === null ? [] : [['WARC-Refers-To', main.id]],
  });
  return derived('metadata', written, uri, date, null, 0);
}

/** Derived text goes under its own `urn:text:` address: under the page's it would hide the page from players. */
function textRecord(page: PageFacts, main: SpoolRecord | null): SpoolRecord {
  const uri = `urn:text:${encodeUri(withoutSecrets(page.url))}`;
  const date = main?.date ?? new Date(page.at).toISOString();
  const block = Buffer.from(page.text);
  const written = writeRecord({
    type: 'resource',
    date,
    uri,
    contentType: 'text/plain; charset=utf-8',
    block,
    payload: block,
    fields: main === null ? [] : [['WARC-Concurrent-To', main.id]],
  });
  return derived('resource', written, uri, date, 'text/plain', block.length);
}

function derived(
  type: WarcType,
  written: { id: string; member: Uint8Array; payloadDigest: string | null },
  uri: string,
  date: string,
  mime: string | null,
  payloadBytes: number,
): SpoolRecord {
  return {
    type,
    id: written.id,
    uri,
    date,
    status: null,
    mime,
    payloadDigest: written.payloadDigest,
    payloadBytes,
    concurrentTo: null,
    member: written.member,
  };
}
