import { join } from 'node:path';
import { mimeOf } from '../warc/capture.ts';
import { httpBody, type ReadRecord, readWarc } from '../warc/read.ts';
import { postAddress } from './post.ts';

/** A line of the index and the address that it is about. */
export interface IndexLine {
  line: string;
  uri: string;
  /** True for an answer with 200 that is no picture: something a page can be opened from. */
  opens: boolean;
}

/**
 * CDXJ lines of one WARC file in the file's order: every response, revisit and resource. Keys keep the case of path
 * and query: WeChat's short ids differ by case alone.
 */
async function* indexWarc(path: string, filename: string): AsyncGenerator<IndexLine> {
  let response: ReadRecord | null = null;
  for await (const record of readWarc(path)) {
    const type = record.fields.get('warc-type');
    const isRequest =
      type === 'request' && record.fields.get('warc-concurrent-to') === response?.fields.get('warc-record-id');
    if (response !== null) yield lineOf(response, isRequest ? record : null, filename);
    response = type === 'response' || type === 'resource' || isPayloadRevisit(record) ? record : null;
  }
  if (response !== null) yield lineOf(response, null, filename);
}

/** A 304 is evidence, not something to open: in the index it would hide the page that it confirms. */
function isPayloadRevisit({ fields }: ReadRecord): boolean {
  return (
    fields.get('warc-type') === 'revisit' && fields.get('warc-profile')?.endsWith('/identical-payload-digest') === true
  );
}

/** The index of one WARC below archive/. */
export function indexBelow(dir: string, path: string): AsyncGenerator<IndexLine> {
  return indexWarc(join(dir, path), path.slice(path.lastIndexOf('/') + 1));
}

function lineOf(record: ReadRecord, request: ReadRecord | null, filename: string): IndexLine {
  const { fields } = record;
  const type = fields.get('warc-type');
  const uri = fields.get('warc-target-uri') ?? '';
  const http = type === 'resource' ? null : headOf(record);
  const status = http?.status ?? 200;
  const mime =
    type === 'revisit' ? 'warc/revisit' : (http?.mime ?? (fields.get('content-type') ?? '').split(';', 1)[0] ?? '');
  const url = askedAddress(uri, request);
  const entry = {
    url,
    digest: fields.get('warc-payload-digest') ?? fields.get('warc-block-digest') ?? '',
    mime: mime === '' || mime === 'application/http' ? 'application/octet-stream' : mime,
    filename,
    offset: record.offset,
    length: record.length,
    ...(url === uri ? {} : { method: 'GET' }),
    status,
  };
  const time = (fields.get('warc-date') ?? '').replace(/\D/g, '').slice(0, 14);
  const opens = type !== 'resource' && status === 200 && !(http?.mime ?? '').startsWith('image/');
  return { line: `${surtKey(url)} ${time} ${JSON.stringify(entry)}`, uri, opens };
}

function headOf(record: ReadRecord): { status: number; mime: string | null } {
  const body = httpBody(record.block);
  const head = Buffer.from(
    body === null ? record.block : record.block.subarray(0, record.block.length - body.length),
  ).toString('latin1');
  const [first = '', ...lines] = head.split('\r\n');
  const headers = lines.flatMap((line): [string, string][] => {
    const colon = line.indexOf(':');
    return colon < 1 ? [] : [[line.slice(0, colon), line.slice(colon + 1).trim()]];
  });
  return { status: Number(/^HTTP\/\d(?:\.\d)? (\d{3})/.exec(first)?.[1] ?? 200), mime: mimeOf(headers) };
}

/**
 * The address under which players look for an answer: that of a POST holds what was sent, and is asked for as if by GET.
 * Its line says so, for players compare the address with the record's own where no method is named.
 */
function askedAddress(uri: string, request: ReadRecord | null): string {
  if (request === null) return uri;
  const sent = httpBody(request.block) ?? new Uint8Array(0);
  const head = Buffer.from(request.block.subarray(0, request.block.length - sent.length)).toString('latin1');
  const method = head.slice(0, head.indexOf(' '));
  if ((method !== 'POST' && method !== 'PUT') || !URL.canParse(uri)) return uri;
  return postAddress(uri, method, /^content-type:[ \t]*([^\r\n]*)/im.exec(head)?.[1] ?? '', sent);
}

/** `com,example,www)/Path?b=1&a=2`: the host turned round, everything else as it is. */
export function surtKey(address: string): string {
  try {
    const url = new URL(address);
    if (url.protocol !== 'http:' && url.protocol !== 'https:') return address.replace(/ /g, '%20');
    const host = url.hostname.split('.').reverse().join(',');
    return `${host}${url.port === '' ? '' : `:${url.port}`})${url.pathname}${url.search}`;
  } catch {
    return address.replace(/ /g, '%20');
  }
}
