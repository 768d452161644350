import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { XMLValidator } from 'fast-xml-parser';
import { unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { toXhtml } from '../../src/archive/export/xhtml.ts';
import { exportEpub, openArchive } from '../../src/archive/index.ts';
import type { Article, LinkStatus, Occurrence } from '../../src/types.ts';
import { freshFolder } from './folder.ts';
import { article, keepInput, link, png, status } from './samples.ts';

const AT = '2026-11-23T02:00:00.000Z';
const OPTIONS = { software: 'linkark/test', title: '桥' };

/** Where a list names a page. */
const place = (line: number, heading: string | null, parts: Partial<Occurrence> = {}): Occurrence => ({
  ...{ file: 'list.md', line, column: 1, raw: '', text: '', heading, note: null },
  ...parts,
});

interface Shown {
  name: string;
  occurrences?: Occurrence[];
  page?: Partial<Article>;
}

/** The files of a book of these pages, as text by name. */
async function bookOf(pages: Shown[], damage: (dir: string) => void = () => {}): Promise<Map<string, string>> {
  const dir = freshFolder();
  const archive = await openArchive(dir);
  await archive.beginRun({ id: '20261123T020000Z', startedAt: AT });
  const links: LinkStatus[] = [];
  for (const { name, occurrences, page } of pages) {
    const all = article({ title: name, ...page });
    const pictures = new Map(all.pictures.map(({ url }) => [url, { bytes: png(3, 3, url.length), contentType: null }]));
    const kept = await archive.keep(link(name), all, keepInput(AT, { pictures }));
    if (occurrences === undefined) continue;
    links.push({
      ...{ ...link(name), occurrences, verdict: 'alive', reason: 'ok', evidence: null, health: 'healthy' },
      ...{ since: null, checkedAt: null, lastAlive: null, failures: 0, title: name, author: null, published: null },
      ...{ snapshot: kept.ref, suggestion: null },
    });
  }
  await archive.finishRun({ status: status('20261123T020000Z', links) });
  await archive.close();
  damage(dir);
  const target = join(dir, '..', 'book.epub');
  expect(await exportEpub(dir, target, OPTIONS)).toMatchObject({ pages: pages.length });
  const files = Object.entries(unzipSync(readFileSync(target)));
  return new Map(files.map(([name, bytes]) => [name, new TextDecoder().decode(bytes)]));
}

describe('a book', () => {
  test('of nothing is none', async () => {
    const dir = freshFolder();
    const archive = await openArchive(dir);
    await archive.writeFiles([['note.txt', 'x']]);
    await archive.close();
    const target = join(dir, '..', 'book.epub');
    expect(await exportEpub(dir, target, OPTIONS)).toBeNull();
    expect(existsSync(target)).toBe(false);
  });

  test('has its chapters under the headings of the lists, those that no list names last', async () => {
    const files = await bookOf([
      { name: 'unnamed-2' },
      { name: 'c', occurrences: [place(9, 'Boats & ships')] },
      { name: 'd', occurrences: [place(9, 'Boats & ships', { column: 5 })] },
      { name: 'b', occurrences: [place(5, 'Bridges')] },
      { name: 'a', occurrences: [place(1, null)] },
      { name: 'e', occurrences: [place(1, 'Rivers', { file: 'more.md' })] },
      { name: 'unnamed-1' },
    ]);
    const nav = files.get('EPUB/nav.xhtml') ?? '';
    expect(XMLValidator.validate(nav)).toBe(true);
    const outline = [...nav.matchAll(/<span>([^<]*)|xhtml">([^<]*)|<\/ol><\/li>/g)].map(([all, part, title]) =>
      part === undefined ? (title ?? all) : `# ${part}`,
    );
    const end = '</ol></li>';
    const unnamed = ['unnamed-1', 'unnamed-2'].sort((one, two) => (link(one).id < link(two).id ? -1 : 1));
    expect(outline).toEqual([
      'a',
      '# Bridges',
      'b',
      end,
      '# Boats &amp; ships',
      'c',
      'd',
      end,
      '# Rivers',
      'e',
      end,
      ...unnamed,
    ]);
  });

  test('whose last chapters stand under a heading is closed too', async () => {
    const files = await bookOf([{ name: 'a', occurrences: [place(1, 'Rivers')] }]);
    expect(XMLValidator.validate(files.get('EPUB/nav.xhtml') ?? '')).toBe(true);
  });

  test('names a page without a title by its address, and one without a language as Chinese', async () => {
    const files = await bookOf([{ name: 'a', page: { title: null, language: null, author: null, published: null } }]);
    const chapter = files.get('EPUB/chapter-00001.xhtml') ?? '';
    expect(chapter).toContain(`<h1>${link('a').url}</h1>`);
    expect(chapter).toContain('xml:lang="zh-CN"');
    expect(chapter).not.toContain(' · ');
    expect(files.get('EPUB/package.opf')).toContain('<dc:language>zh-CN</dc:language>');
  });

  test('shows words in place of pictures that are lost', async () => {
    const [one, two] = ['https://a.example/1.png', 'https://a.example/two.png'];
    const page = {
      html: `<p><img src="${one}" alt="河"><img src="${two}"><img src="${one}" alt="&quot;"><img></p>`,
      pictures: [one, two].map((url) => ({ url, alt: '', asset: null })),
    };
    const whole = await bookOf([{ name: 'a', page }]);
    expect([...whole.keys()].filter((name) => name.endsWith('.png'))).toHaveLength(2);
    const lost = await bookOf([{ name: 'a', page }], (dir) => rmSync(join(dir, 'assets'), { recursive: true }));
    expect([...lost.keys()].filter((name) => name.endsWith('.png'))).toHaveLength(0);
    expect(lost.get('EPUB/chapter-00001.xhtml')).toContain('<p>河&quot;</p>');
  });
});

test.each([
  ['<ruby>桥<rt>q<br>i</rt></ruby>', '<ruby>桥<rt>q<br/>i</rt></ruby>'],
  ['<ruby>桥<rp>(<br></rp><rt>q</rt><rp>)</rp></ruby>', '<ruby>桥<rp>(</rp><rt>q</rt><rp>)</rp></ruby>'],
  ['<a>河</a><a href="https://a.example/ b">水</a>', '<a>河</a><a>水</a>'],
  ['<table><tr><td colspan="0" rowspan="12">格</td></tr></table>', '<table><tr><td rowspan="12">格</td></tr></table>'],
  ['<img src="https://a.example/1" alt="河"><hr>', '河<hr/>'],
])('%s becomes %s', (html, xhtml) => expect(toXhtml(html, new Map())).toBe(xhtml));
