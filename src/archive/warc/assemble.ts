import type { FileStore } from '../file-store.ts';
import { isObject } from '../json.ts';
import { inflateMember, parseRecord } from './read.ts';
import { digestOf, writeRecord } from './record.ts';
import { SECRETS_NOTE } from './secrets.ts';
import { readMembers, readSpool, type SpoolEntry, spooledLinks, spooledRuns } from './spool.ts';

/** Where a payload was first stored: address and date of its response record. */
export interface Original {
  uri: string;
  date: string;
}

export interface WarcFile {
  /** Path below archive/. */
  path: string;
  members: AsyncIterable<Uint8Array>;
}

const IDENTICAL = 'http://netpreserve.org/warc/1.1/revisit/identical-payload-digest';
const NOT_MODIFIED = 'http://netpreserve.org/warc/1.1/revisit/server-not-modified';
/** Smaller payloads cost less than pointing to them. */
export const WORTH_REVISIT = 512;
/** Tables of the store: where each payload, and each page, lies. */
export const PAYLOADS = 'warc-payloads';
export const PAGES = 'warc-pages';

/**
 * Makes the WARC files of all spooled runs. Links come in order of their ids, so the files do not depend on the order
 * in which answers came; a payload that was stored before (in an earlier run, or earlier in this order) becomes a
 * revisit record. What is stored for the first time is remembered in `index`.
 */
export class Assembly {
  readonly #dir: string;
  readonly #store: FileStore;
  readonly #software: string;
  readonly #maxBytes: number;
  /** Payloads and pages first stored by this assembly: what the index is to be told. */
  readonly #fresh = new Map<string, Original>();

  constructor(dir: string, store: FileStore, software: string, maxBytes: number | null) {
    this.#dir = dir;
    this.#store = store;
    this.#software = software;
    this.#maxBytes = maxBytes ?? Number.POSITIVE_INFINITY;
  }

  async files(): Promise<WarcFile[]> {
    const files: WarcFile[] = [];
    for (const run of await spooledRuns(this.#dir)) {
      const parts = await this.#parts(run);
      parts.forEach((links, index) => {
        const name = index === 0 ? `${run}.warc.gz` : `${run}-${index + 1}.warc.gz`;
        files.push({ path: `warc/${yearOf(run)}/${name}`, members: this.#members(run, name, links) });
      });
    }
    return files;
  }

  /** To be called when all members were read: what is to be remembered, ready for the store. */
  fresh(): [string, Original][] {
    return [...this.#fresh].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  }

  /** Links of a run, parted so that no file becomes too large. */
  async #parts(run: string): Promise<string[][]> {
    const parts: string[][] = [];
    let size = 0;
    for (const link of await spooledLinks(this.#dir, run)) {
      const last = (await readSpool(this.#dir, run, link))?.entries.at(-1);
      if (last === undefined) continue;
      const bytes = last.offset + last.length;
      if (parts.length === 0 || size + bytes > this.#maxBytes - 65_536) {
        parts.push([]);
        size = 0;
      }
      parts.at(-1)?.push(link);
      size += bytes;
    }
    return parts;
  }

  async *#members(run: string, name: string, links: readonly string[]): AsyncGenerator<Uint8Array> {
    let first = true;
    for (const link of links) {
      const spool = await readSpool(this.#dir, run, link);
      const members = spool === null ? null : await readMembers(this.#dir, spool);
      if (spool === null || members === null) continue;
      if (first) yield this.#info(name, run, spool.startedAt);
      first = false;
      for (const [index, entry] of spool.entries.entries()) {
        const member = members[index];
        if (member !== undefined) yield await this.#revisited(entry, member);
      }
    }
  }

  #info(name: string, run: string, startedAt: string): Uint8Array {
    const lines = [
      `software: ${this.#software}`,
      'format: WARC File Format 1.1',
      'conformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/',
      `isPartOf: ${run}`,
      `description: ${SECRETS_NOTE}`,
    ];
    return writeRecord({
      type: 'warcinfo',
      date: new Date(startedAt).toISOString(),
      uri: null,
      contentType: 'application/warc-fields',
      block: Buffer.from(lines.map((line) => `${line}\r\n`).join('')),
      payload: null,
      fields: [['WARC-Filename', name]],
    }).member;
  }

  /** The member itself, or a revisit record in its place. */
  async #revisited(entry: SpoolEntry, member: Uint8Array): Promise<Uint8Array> {
    // A shard may have pointed to a payload already: here it is pointed to anew, wherever it lies now.
    const isRevisit = entry.type === 'revisit';
    if (entry.type !== 'response' && !isRevisit) return member;
    const here: Original = { uri: entry.uri, date: entry.date };
    if (entry.status === 304) {
      const page = await this.#known(`${PAGES}/${keyOf(entry.uri)}`);
      return page === null ? member : asRevisit(entry, member, NOT_MODIFIED, page);
    }
    const page = pageKey(entry);
    if (page !== null) await this.#remember(page, here, true);
    const key = payloadKey(entry);
    if (key === null) return member;
    const original = await this.#known(key);
    if (original !== null && (isRevisit || !(original.uri === here.uri && original.date === here.date))) {
      return asRevisit(entry, member, IDENTICAL, original);
    }
    if (isRevisit) return member;
    await this.#remember(key, here, false);
    return member;
  }

  async #known(key: string): Promise<Original | null> {
    const fresh = this.#fresh.get(key);
    if (fresh !== undefined) return fresh;
    const value = (await this.#store.get(key))?.value;
    if (!isObject(value) || typeof value.uri !== 'string' || typeof value.date !== 'string') return null;
    return { uri: value.uri, date: value.date };
  }

  async #remember(key: string, original: Original, replace: boolean): Promise<void> {
    if (!replace && (await this.#known(key)) !== null) return;
    this.#fresh.set(key, original);
  }
}

/** A response record made a revisit: the HTTP head stays, the payload is pointed to. */
function asRevisit(entry: SpoolEntry, member: Uint8Array, profile: string, original: Original): Uint8Array {
  const inflated = inflateMember(member);
  if (typeof inflated === 'string') return member;
  const { block, fields } = parseRecord(inflated.bytes, 0);
  const headEnd = Buffer.from(block).indexOf('\r\n\r\n') + 4;
  const payload = entry.payloadDigest;
  const written = writeRecord({
    type: 'revisit',
    date: entry.date,
    uri: entry.uri,
    contentType: 'application/http;msgtype=response',
    block: block.subarray(0, headEnd),
    payload: null,
    fields: [
      ['WARC-Profile', profile],
      ['WARC-Refers-To-Target-URI', original.uri],
      ['WARC-Refers-To-Date', original.date],
      ...(profile === IDENTICAL && payload !== null ? [['WARC-Payload-Digest', payload] as const] : []),
      ...(profile === IDENTICAL ? [['WARC-Truncated', 'length'] as const] : []),
      ...(fields.has('warc-ip-address') ? [['WARC-IP-Address', fields.get('warc-ip-address') ?? ''] as const] : []),
    ],
    id: entry.id,
  });
  return written.member;
}

/** Where the page of an answer is remembered; null where the answer is none. */
export function pageKey({ status, mime, uri }: Pick<SpoolEntry, 'status' | 'mime' | 'uri'>): string | null {
  return status === 200 && !mime?.startsWith('image/') ? `${PAGES}/${keyOf(uri)}` : null;
}

/** Where the payload of an answer is remembered; null where that is not worth it. */
export function payloadKey(entry: Pick<SpoolEntry, 'payloadDigest' | 'payloadBytes'>): string | null {
  const { payloadDigest, payloadBytes } = entry;
  if (payloadDigest === null || payloadBytes < WORTH_REVISIT) return null;
  return `${PAYLOADS}/${payloadDigest.replace('sha256:', '')}`;
}

/** 32 hex digits for an address. */
function keyOf(uri: string): string {
  return digestOf(Buffer.from(uri)).slice(7, 39);
}

function yearOf(run: string): string {
  return /^\d{4}/.exec(run)?.[0] ?? 'other';
}
