import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { XMLValidator } from 'fast-xml-parser';
import { Parser } from 'htmlparser2';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { StoredPage } from '../../src/archive/door.ts';
import { surtKey } from '../../src/archive/export/cdxj.ts';
import { toXhtml } from '../../src/archive/export/xhtml.ts';
import { openArchive, withoutSecrets } from '../../src/archive/index.ts';
import { Journal } from '../../src/archive/journal.ts';
import { readManifest } from '../../src/archive/manifest.ts';
import { isLinkId, requireInnerPath } from '../../src/archive/paths.ts';
import { renderHtml } from '../../src/archive/render-html.ts';
import { renderMarkdown } from '../../src/archive/render-markdown.ts';
import { sniffFile } from '../../src/archive/sniff.ts';
import { mergeRows, SortedFile } from '../../src/archive/sorted-file.ts';
import { cleanSvg } from '../../src/archive/svg.ts';
import { verifyWarc } from '../../src/archive/verify-warc.ts';
import { recordsOf, type SpoolRecord } from '../../src/archive/warc/capture.ts';
import { readWarc, WarcFault } from '../../src/archive/warc/read.ts';
import { encodeUri, writeRecord } from '../../src/archive/warc/record.ts';
import { unpackWarc } from '../../src/archive/warc/unpack.ts';
import { runs } from '../property.ts';
import { png } from './samples.ts';

const folder = mkdtempSync(join(tmpdir(), 'linkark-properties-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const anyText = fc.string({ unit: 'binary', maxLength: 40 });
/** Bytes with up to a few of them changed, dropped or put in. */
function damaged(bytes: Uint8Array): fc.Arbitrary<Uint8Array> {
  const change = fc.tuple(
    fc.nat(Math.max(0, bytes.length - 1)),
    fc.nat(255),
    fc.constantFrom('set', 'cut', 'add', 'end'),
  );
  return fc.array(change, { minLength: 1, maxLength: 3 }).map((changes) => {
    const out = [...bytes];
    for (const [at, byte, how] of changes) {
      if (how === 'set') out[at] = byte;
      else if (how === 'end') out.length = Math.min(out.length, at);
      else out.splice(at, how === 'cut' ? 1 : 0, ...(how === 'cut' ? [] : [byte]));
    }
    return Uint8Array.from(out);
  });
}

/** What a record is known by, and of an answer what is seen of its page; as values that can be compared. */
function known({ member, mime, payloadBytes, status, ...record }: SpoolRecord): unknown {
  const seen = record.type === 'response' ? { mime, payloadBytes, status } : {};
  return { type: record.type, id: record.id, uri: record.uri, ...seen, member: Buffer.from(member).toString('hex') };
}

async function readAll<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

const header = fc.tuple(
  fc.constantFrom(
    'content-type',
    'Content-Length',
    'set-cookie',
    'location',
    'transfer-encoding',
    'x-a',
    'bad name',
    '',
  ),
  fc.oneof(anyText, fc.constantFrom('1', 'text/html; charset=x', 'https://u:p@a.example/?access_token=t')),
);
const capture = fc.record({
  url: fc.constantFrom(
    'https://a.example/s?x=1',
    'https://u:pass@a.example/',
    'https://例子.测试/路?password=geheim#f',
    'no address',
    '',
  ),
  at: fc.constant('2026-11-23T02:00:00.000Z'),
  request: fc.record({
    method: fc.constantFrom('GET' as const, 'POST' as const),
    target: fc.constant('/s?x=1'),
    headers: fc.array(header, { maxLength: 3 }),
    body: fc.option(fc.uint8Array({ maxLength: 10 })),
  }),
  response: fc.record({
    httpVersion: fc.constantFrom('1.1', '2', 'x\r\n'),
    status: fc.constantFrom(200, 204, 304, 404),
    statusText: anyText,
    headers: fc.array(header, { maxLength: 4 }),
    body: fc.uint8Array({ maxLength: 60 }),
    truncated: fc.constantFrom(null, 'length' as const),
  }),
  ip: fc.constantFrom(null, '192.0.2.7'),
});

describe('a WARC file', () => {
  const INFO = writeRecord({
    type: 'warcinfo',
    date: '2026-11-23T02:00:00.000Z',
    uri: null,
    contentType: 'application/warc-fields',
    block: Buffer.from('software: x\r\n'),
    payload: null,
    fields: [],
  }).member;

  test('of whatever was captured verifies, comes apart again and holds no secret', async () => {
    const path = join(folder, 'any.warc.gz');
    await fc.assert(
      fc.asyncProperty(fc.array(capture, { maxLength: 3 }), anyText, anyText, async (captures, title, text) => {
        const page = { linkId: 'web/x-1', url: 'https://a.example/s?x=1', title, text, at: '2026-11-23T02:00:00.000Z' };
        const records = recordsOf(captures, page);
        writeFileSync(path, Buffer.concat([INFO, ...records.map(({ member }) => member)]));
        expect(await verifyWarc(path, 'any')).toEqual([]);
        const [unpacked, ...more] = await readAll(unpackWarc(path));
        expect(more).toEqual([]);
        expect(unpacked?.link).toBe('web/x-1');
        expect(unpacked?.records.map(known)).toEqual(records.map(known));
        for (const { fields } of await readAll(readWarc(path)))
          expect([...fields.values()].join('\n')).not.toMatch(/pass@|geheim|access_token/);
      }),
      runs(100),
    );
  });

  test('that was damaged is read as what it was, or not at all', async () => {
    const path = join(folder, 'damaged.warc.gz');
    const whole = [
      INFO,
      ...[1, 2].map(
        (at) =>
          writeRecord({
            type: 'resource',
            date: '2026-11-23T02:00:00.000Z',
            uri: `urn:text:${at}`,
            contentType: 'text/plain',
            block: Buffer.from(`text ${at}`.repeat(9)),
            payload: null,
            fields: [],
          }).member,
      ),
    ];
    const blocks = ['software: x\r\n', 'text 1'.repeat(9), 'text 2'.repeat(9)];
    await fc.assert(
      fc.asyncProperty(damaged(Buffer.concat(whole)), async (bytes) => {
        writeFileSync(path, bytes);
        const faults = await verifyWarc(path, 'damaged');
        const read: string[] = [];
        try {
          for await (const { block } of readWarc(path)) read.push(Buffer.from(block).toString('latin1'));
        } catch (error) {
          expect(error).toBeInstanceOf(WarcFault);
          expect(faults).not.toEqual([]);
        }
        for (const block of read) expect(blocks).toContain(block);
      }),
      runs(200),
    );
  });
});

describe('files of the archive that were damaged', () => {
  test('the journal gives back entries that were written, in their order, and no others', async () => {
    const path = join(folder, 'journal.ndjson');
    const { journal } = await Journal.open(path, false, () => undefined);
    const written = Array.from({ length: 4 }, (_, at) => ({ key: `web/${at}`, value: { title: `第${at}页`, at } }));
    await journal.append(written);
    await journal.close();
    const whole = readFileSync(path);
    await fc.assert(
      fc.asyncProperty(damaged(whole), async (bytes) => {
        writeFileSync(path, bytes);
        const read: unknown[] = [];
        const opened = await Journal.open(path, true, (entry) => read.push(entry));
        await opened.journal.close();
        const places = read.map((entry) => written.findIndex((each) => JSON.stringify(each) === JSON.stringify(entry)));
        expect(places).not.toContain(-1);
        expect(opened.damaged).toBeLessThanOrEqual(bytes.filter((byte) => byte === 10).length);
      }),
      runs(200),
    );
  });

  test('a sorted file is refused in words, or gives each row by its key', async () => {
    const path = join(folder, 'rows.ndjson');
    const lines = Array.from({ length: 40 }, (_, at) =>
      JSON.stringify({ key: `web/${String(at).padStart(2, '0')}`, value: at }),
    );
    await fc.assert(
      fc.asyncProperty(damaged(Buffer.from(`${lines.join('\n')}\n`)), async (bytes) => {
        writeFileSync(path, bytes);
        let file: SortedFile;
        try {
          file = await SortedFile.open(path);
        } catch (error) {
          expect(error).toMatchObject({ code: 'archive/damaged' });
          return;
        }
        for await (const { key, line } of file.rows()) expect((await file.get(key)) === null).toBe(line === '');
        await file.close();
      }),
      runs(100),
    );
  });

  test('a manifest gives entries or nothing, and an archive says what is wrong with it', async () => {
    const dir = join(folder, 'archive');
    const archive = await openArchive(dir);
    await archive.close();
    mkdirSync(dir, { recursive: true });
    const path = join(dir, 'manifest.json');
    const whole = `{\n  "schema": "linkark/manifest@1",\n  "sealed": [],\n  "files": [\n    {"path":"README.md","bytes":1,"sha256":"${'a'.repeat(64)}"}\n  ]\n}\n`;
    await fc.assert(
      fc.asyncProperty(damaged(Buffer.from(whole)), async (bytes) => {
        writeFileSync(path, bytes);
        for (const entry of await readAll(readManifest(path)))
          if (entry !== null) expect(typeof entry.path).toBe('string');
        const opened = await openArchive(dir, { readOnly: true });
        for (const fault of await opened.verify()) expect(fault.message).not.toBe('');
        await opened.close();
      }),
      runs(60),
    );
  });
});

test('rows merged with changes are what a map would hold, in order', async () => {
  const key = fc.stringMatching(/^[a-c"\\é]{1,2}$/);
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(key),
      fc.uniqueArray(fc.tuple(key, fc.boolean()), { selector: ([name]) => name }),
      async (keys, changes) => {
        const rowOf = (name: string, value: number): string => JSON.stringify({ key: name, value });
        const rows = [...keys].sort().map((name) => ({ key: name, line: rowOf(name, 1) }));
        const given = new Map(changes.map(([name, stays]) => [name, async () => (stays ? rowOf(name, 2) : null)]));
        const merged = await readAll(
          mergeRows(
            (async function* () {
              yield* rows;
            })(),
            given,
          ),
        );
        const model = new Map(rows.map((row) => [row.key, row.line]));
        for (const [name, stays] of changes)
          if (stays) model.set(name, rowOf(name, 2));
          else model.delete(name);
        expect(merged).toEqual([...model].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => `${line}\n`));
      },
    ),
    runs(150),
  );
});

describe('foreign bytes', () => {
  const heads = [
    '\x89PNG\r\n\x1a\n',
    '\xff\xd8\xff',
    'GIF89a',
    'RIFF\0\0\0\0WEBPVP8 ',
    'RIFF\0\0\0\0WEBPVP8L',
    'RIFF\0\0\0\0WEBPVP8X',
    'BM',
    '\0\0\x01\0',
    '\0\0\0\x20ftypavif',
    'ID3',
    '<svg viewBox="0 0',
    '<?xml?><svg width="',
  ];

  test('are told by their beginning, cut where they may be', () => {
    const bytes = fc
      .tuple(fc.constantFrom(...heads, ''), fc.uint8Array({ maxLength: 60 }))
      .map(([head, rest]) => Buffer.concat([Buffer.from(head, 'latin1'), rest]));
    fc.assert(
      fc.property(fc.oneof(bytes, damaged(png(3, 4, 5))), (given) => {
        const kind = sniffFile(given);
        if (kind === null) return;
        for (const side of [kind.width, kind.height])
          expect(side === null || (Number.isInteger(side) && side >= 0)).toBe(true);
      }),
      runs(400),
    );
  });

  test('as SVG neither run nor fetch', () => {
    const piece = fc.constantFrom(
      '<svg>',
      '<svg xmlns="http://www.w3.org/2000/svg" onload="x">',
      '</svg>',
      '<svg:svg>',
      '<script>',
      '</script>',
      '<foreignObject>',
      '<a href="javascript:x">',
      '<image href="http://x.example/"/>',
      '<image xlink:href="data:image/png;base64,AA"/>',
      '<use href="#a"/>',
      '<use href=" https://x"/>',
      '<style>',
      '</style>',
      '@import "x";',
      'a{fill:url(http://x.example/)}',
      'url(#a)',
      '<rect style="fill:url(//x)"/>',
      '<rect ONCLICK="x"/>',
      '<set attributeName="href" to="javascript:x"/>',
      '<!ENTITY a "x">',
      '<?xml-stylesheet href="x"?>',
      '<![CDATA[',
      ']]>',
      '<!--',
      '-->',
      '&lt;script&gt;',
      '<g>',
      '</g>',
      'u\\72l(//x)',
      '"',
      "'",
      '>',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const clean = cleanSvg(Buffer.from(pieces.join('')));
        if (clean === null) return;
        const source = Buffer.from(clean).toString();
        expect(XMLValidator.validate(source)).toBe(true);
        const found: string[] = [];
        let inStyle = false;
        new Parser(
          {
            onclosetag: () => {
              inStyle = false;
            },
            onopentag(name, attributes) {
              inStyle = name === 'style';
              if (/script|foreignobject|^set$|^a$|animate/i.test(name)) found.push(name);
              for (const [key, value] of Object.entries(attributes)) {
                if (/^on/i.test(key)) found.push(key);
                if (/href$|src$/i.test(key) && !/^\s*(?:#|data:image)/.test(value)) found.push(value);
                if (/url\s*\(\s*["']?(?!["']?#)/i.test(value) || value.includes('\\')) found.push(value);
              }
            },
            ontext: (text) => {
              if (inStyle && /@import|url\(\s*["']?[^#"']/i.test(text)) found.push(text);
            },
          },
          { xmlMode: true },
        ).end(source);
        expect(found).toEqual([]);
      }),
      runs(400),
    );
  });

  test('as HTML become well-formed XHTML', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '<p>',
        '</p>',
        '<td>',
        '<table>',
        '<tr>',
        '<li>',
        '<ul>',
        '<b>',
        '</b>',
        '<a href="https://a.example/?a=1&b=<">',
        '<img src="x" alt="<">',
        '<br>',
        '<script>',
        '</script>',
        '<!--',
        '-->',
        '&',
        '&nbsp;',
        '&#1;',
        '<![CDATA[',
        ']]>',
        '<svg>',
        '<rt>',
      ),
      anyText,
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const body = toXhtml(pieces.join(''), new Map([['x', 'images/1.png']]));
        expect(XMLValidator.validate(`<section>${body}</section>`)).toBe(true);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what XML forbids
        expect(body).not.toMatch(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/);
      }),
      runs(300),
    );
  });
});

test('any words in a page stay in their place in page.md and page.html', () => {
  const words = fc.oneof(
    anyText,
    fc.constantFrom(
      '---',
      '"',
      "'",
      '# x',
      ': ',
      '- a',
      '<script>',
      '|',
      '>',
      '2020-01-01',
      'null',
      'yes',
      '~',
      '\n---\n',
      '\t',
      '\u2028',
    ),
  );
  fc.assert(
    fc.property(words, words, fc.option(words), (title, author, note) => {
      const page: StoredPage = {
        schema: 'linkark/page@1', id: 'web/x-1', url: 'https://a.example/', platform: 'web', title, author, account: null, published: null, updated: null,
        captured: '2026-11-23T02:00:00.000Z', language: null, note, partial: false, original: null, source: { status: 200, finalUrl: 'https://a.example/', sha256: 'a'.repeat(64) },
        contentHash: 'a'.repeat(64), text: 't', markdown: 'text', html: '<p>text</p>', pictures: [],
      }; // biome-ignore format: a row of fields
      const front = /^---\n([\s\S]*?\n)---\n/.exec(renderMarkdown(page, '../'))?.[1] ?? '';
      expect(parse(front)).toMatchObject({ title, author, note, platform: 'web' });
      expect(renderHtml(page, '../')).not.toMatch(/<script|\son\w+=/i);
    }),
    runs(300),
  );
});

describe('addresses and paths', () => {
  const part = fc.constantFrom('https://', 'http://', 'u', ':', 'p@', '@', 'a.example', '/', '?', '&', 'access_token=t', 'sessionid=s', 'x=1', '#', '中', ' ', '%', '%zz', '<', '"', '\\', '\ud800', '\n', ':8080', '..', '.', 'con', 'COM1', '~', '-'); // biome-ignore format: signs
  const address = fc.oneof(
    fc.array(part, { maxLength: 10 }).map((parts) => parts.join('')),
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.webUrl({ withQueryParameters: true, withFragments: true }),
  );

  test('are written in ASCII and read back as the same page', () => {
    fc.assert(
      fc.property(address, (text) => {
        const uri = encodeUri(text);
        expect(uri).toMatch(/^[!-~]*$/);
        if (URL.canParse(text)) expect(encodeUri(uri)).toBe(uri);
        expect(surtKey(text)).not.toContain(' ');
      }),
      runs(400),
    );
  });

  test('lose their secrets and nothing else', () => {
    fc.assert(
      fc.property(address, (text) => {
        const bare = withoutSecrets(text);
        if (!/^https?:\/\/[^\\\n]*$/.test(text) || !URL.canParse(text) || !URL.canParse(bare)) return;
        const url = new URL(bare);
        expect(withoutSecrets(bare)).toBe(bare);
        expect(url.username + url.password).toBe('');
        for (const name of ['access_token', 'sessionid']) expect(url.searchParams.has(name)).toBe(false);
        expect(url.host).toBe(new URL(text).host);
      }),
      runs(400),
    );
  });

  test('lead nowhere but below the archive', () => {
    const path = fc.oneof(
      fc
        .array(fc.oneof(part, fc.constantFrom('web', 'x-1', 'nul.md', 'a', '.linkark')), { maxLength: 6 })
        .map((parts) => parts.join('')),
      address,
    );
    fc.assert(
      fc.property(path, (text) => {
        const fits = (() => {
          try {
            requireInnerPath(text);
            return true;
          } catch {
            return false;
          }
        })();
        if (!fits && !isLinkId(text)) return;
        expect(join('/archive', text).startsWith('/archive/')).toBe(true);
        expect(text).toMatch(/^[A-Za-z0-9._~/-]+$/);
        for (const segment of text.split('/'))
          expect(segment).not.toMatch(/^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)|^\.{0,2}$/i);
      }),
      runs(400),
    );
  });
});
