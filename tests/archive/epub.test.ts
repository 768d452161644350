import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { XMLValidator } from 'fast-xml-parser';
import { unzipSync } from 'fflate';
import { Parser } from 'htmlparser2';
import { describe, expect, test } from 'vitest';
import { toXhtml } from '../../src/archive/export/xhtml.ts';
import { exportEpub, openArchive } from '../../src/archive/index.ts';
import { freshFolder } from './folder.ts';
import { hasPython } from './python.ts';
import { article, keepInput, link, png, status } from './samples.ts';

const AT = '2026-11-23T02:00:00.000Z';
const OPTIONS = { software: 'linkark/test', title: '桥 & 河' };

async function book(): Promise<{ dir: string; target: string }> {
  const dir = freshFolder();
  const archive = await openArchive(dir);
  await archive.beginRun({ id: '20261123T020000Z', startedAt: AT });
  const url = 'https://web.example/p.png';
  const html = `<p>一 & 二<br>三<img src="${url}" alt="桥"></p><li>散</li><table><tr><td colspan="2">格</td></tr></table>`;
  await archive.keep(
    link('b'),
    article({ html, pictures: [{ url, alt: '桥', asset: null }] }),
    keepInput(AT, { pictures: new Map([[url, { bytes: png(3, 3, 1), contentType: null }]]) }),
  );
  await archive.keep(link('a'), article({ title: '甲' }), keepInput(AT));
  await archive.finishRun({ status: status('20261123T020000Z') });
  await archive.close();
  const target = join(dir, '..', 'book.epub');
  await exportEpub(dir, target, OPTIONS);
  return { dir, target };
}

/** True where a strict XML parser takes it. */
function isWellFormed(xml: string): boolean {
  try {
    execFileSync('python3', ['-c', 'import sys,xml.dom.minidom as m; m.parseString(sys.stdin.buffer.read())'], {
      input: xml,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    return true;
  } catch {
    return false;
  }
}

describe('the book', () => {
  test('begins with its media type, uncompressed, and lists every file that it holds', async () => {
    const { target } = await book();
    const bytes = readFileSync(target);
    expect(bytes.toString('latin1', 30, 58)).toBe('mimetypeapplication/epub+zip');
    const files = unzipSync(bytes);
    const opf = new TextDecoder().decode(files['EPUB/package.opf']);
    const listed: string[] = [];
    new Parser(
      { onopentag: (name, { href }) => void (name === 'item' && listed.push(`EPUB/${href}`)) },
      { xmlMode: true },
    ).end(opf);
    const held = Object.keys(files).filter((name) => name.startsWith('EPUB/') && name !== 'EPUB/package.opf');
    expect(listed.sort()).toEqual(held.sort());
    expect(held.filter((name) => name.endsWith('.png'))).toHaveLength(1);
  });

  test.skipIf(!hasPython())('is well-formed XML throughout (needs python3)', async () => {
    const { target } = await book();
    for (const [name, bytes] of Object.entries(unzipSync(readFileSync(target)))) {
      if (/\.(?:xhtml|opf|xml)$/.test(name)) expect(isWellFormed(new TextDecoder().decode(bytes)), name).toBe(true);
    }
  });

  test('is the same bytes twice', async () => {
    const { dir, target } = await book();
    const again = join(dir, '..', 'again.epub');
    await exportEpub(dir, again, OPTIONS);
    expect(readFileSync(again).equals(readFileSync(target))).toBe(true);
  });
});

/** The checker of the EPUB standard's own house, where Debian's package has put it; null where it is not there. */
function epubcheck(): string[] | null {
  const jar = '/usr/share/java/epubcheck.jar';
  try {
    execFileSync('java', ['-version'], { stdio: 'ignore' });
    return existsSync(jar) ? ['-jar', jar] : null;
  } catch {
    return null;
  }
}

const checker = epubcheck();
test.skipIf(checker === null)(
  'passes epubcheck with odd pages and with WebP in it (needs Debian package epubcheck)',
  async () => {
    const dir = freshFolder();
    const archive = await openArchive(dir);
    await archive.beginRun({ id: '20261123T020000Z', startedAt: AT });
    const url = 'https://web.example/p.webp';
    const pictures = new Map([[url, { bytes: webp(), contentType: 'image/webp' }]]);
    for (const [index, [html]] of ODD.entries()) {
      const parts = { title: `<${index} & "更多">`, html: `${html}<p><img src="${url}" alt='"'></p>` };
      const page = article({ ...parts, pictures: [{ url, alt: '"', asset: null }] });
      await archive.keep(link(`odd-${index}`), page, keepInput(AT, { pictures }));
    }
    await archive.finishRun({ status: status('20261123T020000Z') });
    await archive.close();
    const target = join(dir, '..', 'book.epub');
    expect(await exportEpub(dir, target, OPTIONS)).toMatchObject({ pages: ODD.length, files: 1 });
    const told = spawnSync('java', [...(checker ?? []), target], { encoding: 'utf8' });
    expect(told.stderr + told.stdout).toContain('0 fatals / 0 errors / 0 warnings');
  },
  120_000,
);

/** Pages with elements where they must not stand, and what becomes of them. */
const ODD: readonly (readonly [string, string])[] = [
  ['<ul><p>a</p><li>b</li></ul>', '<div><p>a</p><div>b</div></div>'],
  ['<ol><li>a</li> <li>b<ul>c</ul></li></ol>', '<ol><li>a</li> <li>b<div>c</div></li></ol>'],
  ['<dl><dt>a</dt><dd>b</dd></dl>', '<dl><dt>a</dt><dd>b</dd></dl>'],
  ['<dl><dt>a</dt></dl>', '<div><div>a</div></div>'],
  ['<table><tr><td>a</td></tr><tr>b</tr></table>', '<div><div><div>a</div></div><div>b</div></div>'],
  [
    '<table><caption>c</caption><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>',
    '<table><caption>c</caption><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>',
  ],
  [
    '<p><ruby>桥<rp>(</rp><rt>qiáo</rt><rp>)</rp></ruby></p>',
    '<p><ruby>桥<rp>(</rp><rt>qiáo</rt><rp>)</rp></ruby></p>',
  ],
  ['<p><ruby><rt>qiáo</rt>桥</ruby></p>', '<p>qiáo桥</p>'],
  [
    '<p><ruby>桥<rp><b>(</b></rp><rt>q</rt><rp>)</rp></ruby></p>',
    '<p><ruby>桥<rp>(</rp><rt>q</rt><rp>)</rp></ruby></p>',
  ],
  ['<figure><p>a</p><figcaption>b</figcaption><p>c</p></figure>', '<div><p>a</p><div>b</div><p>c</p></div>'],
];

test.each(ODD)('%s becomes %s', (html, xhtml) => expect(toXhtml(html, new Map())).toBe(xhtml));

test('readers that do not know WebP are given something else', async () => {
  const dir = freshFolder();
  const archive = await openArchive(dir);
  const url = 'https://web.example/p.webp';
  const page = article({ html: `<p><img src="${url}" alt=""></p>`, pictures: [{ url, alt: '', asset: null }] });
  const pictures = new Map([[url, { bytes: webp(), contentType: null }]]);
  await archive.keep(link('a'), page, keepInput(AT, { pictures }));
  await archive.close();
  const target = join(dir, '..', 'book.epub');
  await exportEpub(dir, target, OPTIONS);
  const files = unzipSync(readFileSync(target));
  const opf = new TextDecoder().decode(files['EPUB/package.opf']);
  expect(opf).toMatch(/media-type="image\/webp" fallback="no-webp"\/>\n<item id="no-webp" href="no-webp\.svg"/);
  expect(isWellFormedSvg(new TextDecoder().decode(files['EPUB/no-webp.svg']))).toBe(true);
});

function isWellFormedSvg(svg: string): boolean {
  return XMLValidator.validate(svg) === true && svg.startsWith('<svg xmlns="http://www.w3.org/2000/svg"');
}

/** The head of a lossless WebP of 8 by 8 points. */
function webp(): Uint8Array {
  const bytes = Buffer.alloc(30);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(22, 4);
  bytes.write('WEBPVP8L', 8, 'latin1');
  bytes.writeUInt32LE(10, 16);
  bytes[20] = 0x2f;
  bytes.writeUInt32LE(7 | (7 << 14), 21);
  return bytes;
}

test.each([
  ['<p>a<script>x</script>b</p>', '<p>ab</p>'],
  ['<li>a</li><ul><li>b</li></ul>', 'a<ul><li>b</li></ul>'],
  ['<p onclick="x">a<b>c', '<p>a<b>c</b></p>'],
  [
    '<a href="javascript:x">a</a><a href="https://a.example/?a=1&b=2">b</a>',
    '<a>a</a><a href="https://a.example/?a=1&amp;b=2">b</a>',
  ],
  ['<custom-x>a\u0001</custom-x>', 'a'],
])('%s becomes %s', (html, xhtml) => expect(toXhtml(html, new Map())).toBe(xhtml));
