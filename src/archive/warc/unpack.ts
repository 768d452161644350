import * as fs from 'node:fs/promises';
import { archiveError } from '../errors.ts';
import { WORTH_REVISIT } from './assemble.ts';
import { mimeOf, type SpoolRecord } from './capture.ts';
import { type ReadRecord, readWarc } from './read.ts';

/** The records of one link in a WARC file that this program wrote. */
export interface LinkRecords {
  link: string;
  records: SpoolRecord[];
}

/**
 * Takes a WARC file of ours apart again: the records of each link, as they were spooled, with their gzip members byte
 * for byte. A link's records end with its `urn:text:` resource; its id stands in the metadata record before that.
 * Throws WarcFault where the file is broken.
 */
export async function* unpackWarc(path: string): AsyncGenerator<LinkRecords> {
  const handle = await fs.open(path, 'r').catch((error: unknown) => {
    throw archiveError(error, path);
  });
  try {
    let link: string | null = null;
    let records: SpoolRecord[] = [];
    for await (const record of readWarc(path)) {
      const type = record.fields.get('warc-type');
      if (type === 'warcinfo') continue;
      const member = Buffer.alloc(record.length);
      await handle.read(member, 0, member.length, record.offset);
      records.push(spooled(record, member));
      if (type === 'metadata') link = linkOf(record) ?? link;
      if (type !== 'resource' || link === null) continue;
      yield { link, records };
      link = null;
      records = [];
    }
  } finally {
    await handle.close();
  }
}

function linkOf(record: ReadRecord): string | null {
  return /^linkark-id: (\S+)/m.exec(Buffer.from(record.block).toString('utf8'))?.[1] ?? null;
}

function spooled({ fields, block }: ReadRecord, member: Uint8Array): SpoolRecord {
  const type = fields.get('warc-type');
  const isAnswer = type === 'response' || type === 'revisit';
  const head = isAnswer ? readHead(block) : null;
  return {
    type: isSpoolType(type) ? type : 'resource',
    id: fields.get('warc-record-id') ?? '',
    uri: fields.get('warc-target-uri') ?? '',
    date: fields.get('warc-date') ?? '',
    status: head?.status ?? null,
    mime: head === null ? null : mimeOf(head.headers),
    payloadDigest: fields.get('warc-payload-digest') ?? null,
    // Of a revisit the payload lies elsewhere; it was worth pointing to, and that is all that is asked here.
    payloadBytes: type === 'revisit' ? WORTH_REVISIT : block.length - (head?.length ?? 0),
    concurrentTo: fields.get('warc-concurrent-to') ?? null,
    member,
  };
}

function isSpoolType(type: string | undefined): type is SpoolRecord['type'] {
  return type !== undefined && ['request', 'response', 'revisit', 'metadata', 'resource'].includes(type);
}

/** Status and fields of an HTTP answer, and how many octets they take. */
function readHead(block: Uint8Array): { status: number; headers: [string, string][]; length: number } {
  const bytes = Buffer.from(block.buffer, block.byteOffset, block.length);
  const end = bytes.indexOf('\r\n\r\n');
  const [first = '', ...lines] = bytes.toString('latin1', 0, Math.max(end, 0)).split('\r\n');
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1).trim()];
  });
  return { status: Number(first.split(' ')[1] ?? 0), headers, length: end + 4 };
}
