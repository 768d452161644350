import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { Parser } from 'htmlparser2';
import { describe, expect, test } from 'vitest';
import { toXhtml } from '../../src/archive/export/epub.ts';
import { exportEpub, openArchive } from '../../src/archive/index.ts';
import { freshFolder } from './folder.ts';
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

function hasPython(): boolean {
  try {
    execFileSync('python3', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
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
