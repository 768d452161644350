import type { Fault } from './door.ts';
import { httpBody, type ReadRecord, readWarc, WarcFault } from './warc/read.ts';
import { digestOf } from './warc/record.ts';

const ALWAYS = ['warc-record-id', 'warc-date', 'warc-type', 'content-length'];

/** Checks the WARC file at `place`, which is `path` in the archive, record by record: frame, mandatory fields, digests over the right bytes. */
export async function verifyWarc(place: string, path: string): Promise<Fault[]> {
  const faults: Fault[] = [];
  let count = 0;
  try {
    for await (const record of readWarc(place)) {
      for (const message of recordFaults(record, count === 0)) {
        faults.push({
          path,
          code: message.includes('igest') ? 'bad-digest' : 'bad-warc',
          message: `record at byte ${record.offset}: ${message}`,
        });
      }
      count++;
    }
  } catch (error) {
    if (!(error instanceof WarcFault)) throw error;
    faults.push({ path, code: 'bad-warc', message: `at byte ${error.offset}: ${error.message}` });
  }
  if (count === 0 && faults.length === 0) faults.push({ path, code: 'bad-warc', message: 'it holds no record' });
  return faults;
}

function recordFaults(record: ReadRecord, first: boolean): string[] {
  const { fields, block } = record;
  const faults = ALWAYS.filter((name) => !fields.has(name)).map((name) => `${name} is missing`);
  const type = fields.get('warc-type') ?? '';
  if (first && type !== 'warcinfo') faults.push('the first record is no warcinfo');
  if (type !== 'warcinfo' && !fields.has('warc-target-uri')) faults.push('warc-target-uri is missing');
  const blockDigest = fields.get('warc-block-digest');
  if (blockDigest !== undefined && blockDigest !== digestOf(block))
    faults.push('the block digest is not that of the block');
  const payloadDigest = fields.get('warc-payload-digest');
  const payload = type === 'resource' ? block : type === 'response' || type === 'request' ? httpBody(block) : null;
  if (payloadDigest !== undefined && payload !== null && payloadDigest !== digestOf(payload)) {
    faults.push('the payload digest is not that of the payload');
  }
  if (type === 'revisit' && !fields.has('warc-profile')) faults.push('warc-profile is missing');
  return faults;
}
