import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, test } from 'vitest';
import { indexBelow, surtKey } from '../../src/archive/export/cdxj.ts';
import { FileStore } from '../../src/archive/file-store.ts';
import { openArchive } from '../../src/archive/index.ts';
import { Journal } from '../../src/archive/journal.ts';
import { verifyWarc } from '../../src/archive/verify-warc.ts';
import { Assembly } from '../../src/archive/warc/assemble.ts';
import { recordsOf } from '../../src/archive/warc/capture.ts';
import { inflateMember, parseRecord, readWarc } from '../../src/archive/warc/read.ts';
import { type WarcRecord, writeRecord } from '../../src/archive/warc/record.ts';
import { spoolFiles } from '../../src/archive/warc/spool.ts';
import { unpackWarc } from '../../src/archive/warc/unpack.ts';
import { capture } from './evidence.ts';
import { freshFolder } from './folder.ts';
import { article, keepInput, link, status } from './samples.ts';

const AT = '2026-11-23T02:00:00.000Z';
const PATH = 'warc/2026/x.warc.gz';

let dir: string;
beforeEach(() => {
  dir = freshFolder();
  mkdirSync(join(dir, dirname(PATH)), { recursive: true });
});

/** A WARC file of these members. */
function fileOf(...members: Uint8Array[]): string {
  writeFileSync(join(dir, PATH), Buffer.concat(members));
  return join(dir, PATH);
}

/** A record of ours, and the same with a change by hand. */
const recordOf = (parts: Partial<WarcRecord>): Uint8Array =>
  writeRecord({
    ...{ type: 'resource', date: AT, uri: 'https://a.example/', contentType: 'text/plain' },
    ...{ block: Buffer.from('text'), payload: Buffer.from('text'), fields: [] },
    ...parts,
  }).member;
const edited = (member: Uint8Array, change: (text: string) => string): Uint8Array =>
  gzipSync(Buffer.from(change(gunzipSync(member).toString('latin1')), 'latin1'));
const without = (name: string) => (text: string) => text.replace(new RegExp(`^${name}: .*\r\n`, 'm'), '');

const INFO = recordOf({ type: 'warcinfo', uri: null, payload: null, contentType: 'application/warc-fields' });
const TEXT = recordOf({});
const ANSWER = recordOf({
  type: 'response',
  contentType: 'application/http;msgtype=response',
  block: Buffer.from('HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>'),
  payload: Buffer.from('<p>'),
});

describe('verify of a WARC file', () => {
  test.each<[string, Uint8Array[], string[]]>([
    ['a whole one', [INFO, TEXT, ANSWER], []],
    ['an empty one', [], ['bad-warc it holds no record']],
    ['one without its first record', [TEXT], ['bad-warc the first record is no warcinfo']],
    [
      'a record without address',
      [INFO, edited(TEXT, without('WARC-Target-URI'))],
      ['bad-warc warc-target-uri is missing'],
    ],
    ['a record without date', [INFO, edited(TEXT, without('WARC-Date'))], ['bad-warc warc-date is missing']],
    ['a record without id', [INFO, edited(TEXT, without('WARC-Record-ID'))], ['bad-warc warc-record-id is missing']],
    ['a record without type', [INFO, edited(TEXT, without('WARC-Type'))], ['bad-warc warc-type is missing']],
    [
      'a revisit without profile',
      [INFO, recordOf({ type: 'revisit', payload: null })],
      ['bad-warc warc-profile is missing'],
    ],
    [
      'a block that was changed',
      [INFO, edited(TEXT, (text) => text.replace('\r\n\r\ntext', '\r\n\r\ntaxt'))],
      [
        'bad-digest the block digest is not that of the block',
        'bad-digest the payload digest is not that of the payload',
      ],
    ],
    [
      'a payload digest over the head too',
      [
        INFO,
        recordOf({ type: 'response', block: Buffer.from('HTTP/1.1 200 OK\r\n\r\n<p>'), payload: Buffer.from('<b>') }),
      ],
      ['bad-digest the payload digest is not that of the payload'],
    ],
    ['an answer without an end of its head', [INFO, recordOf({ type: 'response', payload: null })], []],
    [
      'one that is no gzip',
      [INFO, Buffer.from('plain text, twenty bytes and more')],
      ['bad-warc the gzip member is broken'],
    ],
    ['one that is cut', [INFO, TEXT.subarray(0, 40)], ['bad-warc the file ends inside a gzip member']],
    ['one with a few bytes too many', [INFO, TEXT.subarray(0, 4)], ['bad-warc the file ends inside a gzip member']],
    [
      'a member that is no record',
      [INFO, gzipSync('HTTP/1.1 200 OK\r\n\r\n')],
      ['bad-warc the member is no WARC record'],
    ],
    [
      'a member without a head',
      [INFO, gzipSync('WARC/1.1\r\nWARC-Type: x')],
      ['bad-warc the record has no end of its head'],
    ],
    [
      'a head with a line that is no field',
      [INFO, edited(TEXT, (text) => text.replace('WARC/1.1\r\n', 'WARC/1.1\r\nno field\r\n'))],
      ['bad-warc a line of the head is no field'],
    ],
    [
      'a length that is not that of the block',
      [INFO, edited(TEXT, (text) => text.replace('Content-Length: 4', 'Content-Length: 5'))],
      ['bad-warc Content-Length does not say how long the block is'],
    ],
    [
      'no length',
      [INFO, edited(TEXT, without('Content-Length'))],
      ['bad-warc Content-Length does not say how long the block is'],
    ],
    [
      'an end that is none',
      [INFO, edited(TEXT, (text) => `${text.slice(0, -4)}....`)],
      ['bad-warc the record does not end in two line breaks'],
    ],
  ])('says of %s what is wrong', async (_, members, faults) => {
    const found = await verifyWarc(fileOf(...members), PATH);
    expect(found.map(({ code, message }) => `${code} ${message.replace(/^(?:record )?at byte \d+: /, '')}`)).toEqual(
      faults,
    );
    expect(new Set(found.map(({ path }) => path)).size).toBeLessThan(2);
  });

  test('of a file that is not there is a fault of the disk', async () => {
    await expect(verifyWarc(join(dir, 'none'), PATH)).rejects.toMatchObject({ code: 'archive/not-found' });
    await expect(unpackWarc(join(dir, 'none')).next()).rejects.toMatchObject({ code: 'archive/not-found' });
  });
});

describe('a record', () => {
  test('has of a field that comes twice the first, and names in any case', () => {
    const bytes = Buffer.from('WARC/1.0\r\nA: 1\r\na: 2\r\nCONTENT-LENGTH:  2\r\n\r\nok\r\n\r\n');
    const { version, fields, block } = parseRecord(bytes, 0);
    expect([version, fields.get('a'), Buffer.from(block).toString()]).toEqual(['WARC/1.0', '1', 'ok']);
  });

  test('longer than what is read at once is read whole', async () => {
    const block = Buffer.from(Array.from({ length: 400_000 }, (_, at) => (at * 7919) % 251));
    const noise = Buffer.concat([block, Buffer.from(block).reverse()]).map((byte, at) => byte ^ ((at >> 3) % 256));
    const path = fileOf(INFO, recordOf({ block: Buffer.from(noise), payload: null }), TEXT);
    const lengths = [];
    for await (const record of readWarc(path)) lengths.push(record.block.length);
    expect(lengths).toEqual([4, 800_000, 4]);
  });

  test.each<[string, Uint8Array, 'cut' | 'broken']>([
    ['too short', Buffer.alloc(17), 'cut'],
    ['of another format', Buffer.alloc(40, 'x'), 'broken'],
    ['with a head that we do not write', Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 8]), Buffer.alloc(40)]), 'broken'],
    ['whose data is damaged', Buffer.concat([TEXT.subarray(0, 10), Buffer.alloc(60, 0xff)]), 'broken'],
    ['without its sum', TEXT.subarray(0, TEXT.length - 3), 'cut'],
    ['whose sum is another', Buffer.concat([TEXT.subarray(0, TEXT.length - 8), Buffer.alloc(8)]), 'broken'],
  ])('in a member %s is %s', (_, bytes, what) => {
    expect(inflateMember(bytes)).toBe(what);
  });
});

describe('the records of a link', () => {
  test('of a stranger are taken for what they are: those without a link are passed over', async () => {
    const path = fileOf(
      INFO,
      ANSWER,
      recordOf({ type: 'metadata', payload: null, block: Buffer.from('title: x') }),
      TEXT,
    );
    const found = [];
    for await (const one of unpackWarc(path)) found.push(one);
    expect(found).toEqual([]);
  });

  test('come back with all that is known of them', async () => {
    const odd = recordOf({ type: 'response', block: Buffer.from('HTTP/1.1 204\r\nno-colon\r\n\r\n'), payload: null });
    const torn = edited(recordOf({ type: 'response', payload: null }), (text) =>
      without('WARC-Record-ID')(without('WARC-Target-URI')(without('WARC-Date')(text))),
    );
    const revisit = recordOf({ type: 'revisit', payload: null, block: Buffer.from('HTTP/1.1 200 OK\r\n\r\n') });
    const named = recordOf({ type: 'metadata', payload: null, block: Buffer.from('linkark-id: web/a-00000000\r\n') });
    const strange = edited(TEXT, (text) => text.replace('WARC-Type: resource', 'WARC-Type: conversion'));
    const found = [];
    for await (const one of unpackWarc(fileOf(INFO, odd, torn, revisit, strange, named, TEXT))) found.push(one);
    expect(found.map(({ link: id }) => id)).toEqual(['web/a-00000000']);
    expect(found[0]?.records.map(({ type, status: code, id, uri }) => [type, code, id !== '', uri !== ''])).toEqual([
      ['response', 204, true, true],
      ['response', 0, false, false],
      ['revisit', 200, true, true],
      ['resource', null, true, true],
      ['metadata', null, true, true],
      ['resource', null, true, true],
    ]);
  });
});

describe('the index of a WARC file', () => {
  test.each([
    ['https://www.a.example:8080/Path?b=1&a=2', 'example,a,www:8080)/Path?b=1&a=2'],
    ['http://a.example/', 'example,a)/'],
    ['urn:text:https://a.example/a b', 'urn:text:https://a.example/a%20b'],
    ['not an address', 'not%20an%20address'],
  ])('knows %s as %s', (address, key) => {
    expect(surtKey(address)).toBe(key);
  });

  test('names what a stranger wrote as far as it can be known', async () => {
    const bare = edited(recordOf({ payload: null, contentType: 'text/plain; charset=utf-8' }), (text) =>
      without('WARC-Block-Digest')(without('WARC-Date')(text)),
    );
    const headless = recordOf({ type: 'response', block: Buffer.from('no head'), payload: null, contentType: 'x' });
    const typeless = edited(
      recordOf({ type: 'response', block: Buffer.from('HTTP/1.1 404 No\r\n: x\r\n\r\n') }),
      without('Content-Type'),
    );
    const unchanged = recordOf({ type: 'revisit', fields: [['WARC-Profile', 'x/server-not-modified']], payload: null });
    fileOf(INFO, bare, headless, typeless, unchanged);
    const lines = [];
    for await (const { line, opens } of indexBelow(dir, PATH)) lines.push([line, opens] as const);
    const entries = lines.map(([line]) => JSON.parse(line.slice(line.indexOf('{'))));
    expect(entries.map(({ status: code, mime }) => [code, mime])).toEqual([
      [200, 'text/plain'],
      [200, 'x'],
      [404, 'application/octet-stream'],
    ]);
    expect(entries[0]).toMatchObject({ digest: '', filename: 'x.warc.gz', url: 'https://a.example/' });
    expect(lines.map(([, opens]) => opens)).toEqual([false, true, false]);
    expect(lines[0]?.[0]).toMatch(/^example,a\)\/ {2}\{/);
  });
});

describe('what waits to become a WARC file', () => {
  const RUN = { id: 'night', startedAt: AT };
  const facts = { linkId: 'web/a-00000000', url: 'https://a.example/', title: null, text: 'text', at: AT };

  function spool(id: string, records = recordsOf([capture('https://a.example/', AT)], { ...facts, linkId: id })): void {
    for (const [path, data] of spoolFiles(RUN, id, records)) {
      mkdirSync(join(dir, dirname(path)), { recursive: true });
      writeFileSync(join(dir, path), data);
    }
  }

  async function assembled(maxBytes: number | null): Promise<{ path: string; uris: string[] }[]> {
    const { journal } = await Journal.open(join(dir, 'journal'), false, () => undefined);
    const files = [];
    const assembly = new Assembly(dir, new FileStore(join(dir, 'state'), journal), 'linkark/test', maxBytes);
    for (const { path, members } of await assembly.files()) {
      const uris = [];
      for await (const member of members) {
        const text = gunzipSync(member).toString('latin1');
        uris.push(`${/^WARC-Type: (.*)\r/m.exec(text)?.[1]} ${/^WARC-Target-URI: (.*)\r/m.exec(text)?.[1] ?? ''}`);
      }
      files.push({ path, uris });
    }
    await journal.close();
    return files;
  }

  test('is parted where one file would grow too large', async () => {
    for (const name of ['c', 'a', 'b']) spool(`web/${name}-00000000`);
    expect((await assembled(null)).map(({ path }) => path)).toEqual(['warc/other/night.warc.gz']);
    const parts = await assembled(65_536 + 10);
    expect(parts.map(({ path }) => path)).toEqual(
      [1, 2, 3].map((n) => `warc/other/night${n === 1 ? '' : `-${n}`}.warc.gz`),
    );
    expect(parts.every(({ uris }) => uris[0] === 'warcinfo ')).toBe(true);
  });

  test('is left out where it is not whole, and the rest is written', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e']) spool(`web/${name}-00000000`);
    const at = (name: string) => join(dir, `.linkark/spool/night/web@${name}-00000000`);
    writeFileSync(`${at('a')}.json`, '{"run":');
    writeFileSync(`${at('b')}.warc.gz`, 'cut');
    writeFileSync(`${at('c')}.json`, JSON.stringify({ run: 'night', startedAt: AT, link: 'x', entries: [] }));
    writeFileSync(`${at('d')}.json`, JSON.stringify({ entries: [] }));
    const [file, ...more] = await assembled(null);
    expect(more).toEqual([]);
    expect(file?.uris).toEqual([
      'warcinfo ',
      'response https://a.example/',
      'request https://a.example/',
      'metadata https://a.example/',
      'resource urn:text:https://a.example/',
    ]);
  });

  test('a 304 for a page that was never kept stays the answer that it is', async () => {
    const unchanged = { status: 304, statusText: 'Not Modified', body: new Uint8Array(0), headers: [] };
    spool('web/a-00000000', recordsOf([capture('https://a.example/', AT, unchanged)], { ...facts, title: '桥\n河' }));
    const [file] = await assembled(null);
    expect(file?.uris[1]).toBe('response https://a.example/');
  });
});

test('without a limit for a file all evidence is in one', async () => {
  const own = freshFolder();
  const archive = await openArchive(own, { budgets: { file: null } });
  await archive.beginRun({ id: '20261123T020000Z', startedAt: AT });
  for (const name of ['a', 'b']) {
    await archive.keep(link(name), article(), keepInput(AT, { captures: [capture(`https://a.example/${name}`, AT)] }));
  }
  await archive.finishRun({ status: status('20261123T020000Z') });
  const links = [];
  for await (const one of unpackWarc(join(own, 'warc/2026/20261123T020000Z.warc.gz'))) links.push(one.link);
  expect(links).toEqual([link('a').id, link('b').id].sort());
  await archive.close();
});

test('runs of the same second write WARC files beside each other', async () => {
  const own = freshFolder();
  for (const name of ['a', 'b', 'c']) {
    const archive = await openArchive(own);
    await archive.beginRun({ id: '20261123T020000Z', startedAt: AT });
    await archive.keep(link(name), article(), keepInput(AT, { captures: [capture(`https://a.example/${name}`, AT)] }));
    await archive.finishRun({ status: status('20261123T020000Z') });
    await archive.close();
  }
  const archive = await openArchive(own, { readOnly: true });
  const names = ['', '.1', '.2'].map((serial) => `warc/2026/20261123T020000Z${serial}.warc.gz`);
  for (const name of names) expect(await archive.readBytes(name), name).not.toBeNull();
  expect(await archive.verify()).toEqual([]);
  await archive.close();
});
