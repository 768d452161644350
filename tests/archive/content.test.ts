import { describe, expect, test } from 'vitest';
import { Allowance, resolvePictures } from '../../src/archive/assets.ts';
import { type Content, onlyFillsPictures, whyPoorer } from '../../src/archive/content.ts';
import { openArchive, type StoredPage, type StoredPicture } from '../../src/archive/index.ts';
import { rewriteHtml } from '../../src/archive/render-html.ts';
import { renderMarkdown, rewriteMarkdown } from '../../src/archive/render-markdown.ts';
import { freshFolder } from './folder.ts';
import { article, keepInput, link, png } from './samples.ts';

const AT = '2026-11-23T02:00:00.000Z';
const ASSET = `assets/ab/${'ab'.repeat(32)}.png`;

function picture(url: string, asset: string | null, parts: Partial<StoredPicture> = {}): StoredPicture {
  return { url, alt: '', asset, width: null, height: null, bytes: null, type: null, ...parts };
}

function content(chars: number, pictures: number, parts: Partial<Content> = {}): Content {
  const kept = Array.from({ length: pictures }, (_, at) => picture(`https://a.example/${at}`, `assets/${at}`));
  return { title: '桥', text: '河'.repeat(chars), pictures: kept, partial: false, ...parts };
}

describe('a fresh page is refused', () => {
  test.each<[string, Content | null, Content, string | null]>([
    ['where it holds nothing', null, content(0, 0), 'the page holds neither text nor pictures'],
    ['where it holds nothing any more', content(0, 3), content(0, 0), 'the page holds neither text nor pictures'],
    ['where its text is gone and no picture came', content(300, 1), content(0, 1), 'the page has no text any more'],
    [
      'where only a part is shown',
      content(300, 0),
      content(200, 0, { partial: true }),
      'only a part is shown now (66 % of the kept text)',
    ],
    ['where it is much shorter', content(200, 0), content(79, 0), 'much shorter: 39 % of the kept text'],
    [
      'where it is shorter and has lost its title',
      content(200, 0),
      content(159, 0, { title: null }),
      'no title, and 79 % of the kept text',
    ],
    [
      'where a short one has lost its pictures',
      content(100, 2),
      content(89, 0),
      'no pictures, and 89 % of the kept text',
    ],
  ])('%s', (_, kept, fresh, why) => {
    expect(whyPoorer(kept, fresh)).toBe(why);
  });

  test.each<[string, Content | null, Content]>([
    ['the first of its kind', null, content(1, 0)],
    ['of pictures alone', content(0, 1), content(0, 2)],
    ['the first with text', content(0, 1), content(5, 0)],
    ['whose short text became pictures', content(100, 0), content(0, 2)],
    ['a part where there was but a part', content(300, 0, { partial: true }), content(200, 0, { partial: true })],
    ['a part that is nearly the whole', content(300, 0), content(270, 0, { partial: true })],
    ['two fifths of a long text', content(200, 0), content(80, 0)],
    ['much less of a short text', content(199, 0), content(20, 0)],
    ['without the title that it never had', content(200, 0, { title: null }), content(150, 0, { title: null })],
    ['a short one with its pictures gone and its text whole', content(100, 2), content(90, 0)],
    ['a long one with its pictures gone', content(200, 2), content(160, 0)],
  ])('but not %s', (_, kept, fresh) => {
    expect(whyPoorer(kept, fresh)).toBeNull();
  });
});

describe('a version of its own', () => {
  const kept = (parts: Partial<StoredPage>): StoredPage => ({
    ...{ schema: 'linkark/page@1', id: 'web/a-00000000', url: 'https://a.example/', platform: 'web', title: '桥' },
    ...{ author: null, account: null, published: null, updated: null, captured: AT, language: null, note: null },
    ...{ partial: false, original: null, source: { status: 200, finalUrl: '', sha256: null }, contentHash: '' },
    ...{ text: '河', markdown: '', html: '', pictures: [] },
    ...parts,
  });
  const [one, two] = [picture('https://a.example/1?sign=1', 'assets/1'), picture('https://a.example/2', 'assets/2')];
  const lacked = { ...one, asset: null };
  const fresh = (parts: Partial<Content>): Content => ({ ...content(0, 0), title: '桥', text: '河', ...parts });

  test.each<[string, Partial<StoredPage>, Partial<Content>, boolean]>([
    ['is not due where a picture could be had that was lacked', { pictures: [lacked] }, { pictures: [one] }, true],
    [
      'is not due where its address is signed anew',
      { pictures: [lacked] },
      { pictures: [{ ...one, url: 'https://a.example/1?sign=2' }] },
      true,
    ],
    ['is not due where nothing is there at all', { title: null }, { title: null }, true],
    ['is due for another title', { title: null }, {}, false],
    ['is due for another text', {}, { text: '桥' }, false],
    ['is due where a picture has gone', { pictures: [one, two] }, { pictures: [one] }, false],
    ['is due where a picture came that nobody lacked', { pictures: [one] }, { pictures: [one, two] }, false],
    [
      'is not due where one more could not be had',
      { pictures: [one] },
      { pictures: [one, { ...two, asset: null }] },
      true,
    ],
  ])('%s', (_, before, now, fills) => {
    expect(onlyFillsPictures(kept(before), fresh(now))).toBe(fills);
  });
});

describe('what there is room for', () => {
  test.each<[string, ConstructorParameters<typeof Allowance>[0], number, (string | null)[]]>([
    ['everything without a limit', { file: null, run: null, archive: null }, 1e12, [null, null, null]],
    ['no file beyond its limit', { file: 50, run: null, archive: null }, 0, ['file-budget', 'file-budget', null]],
    ['a run to its limit', { file: null, run: 100, archive: null }, 0, [null, 'run-budget', null]],
    ['an archive to its limit', { file: null, run: null, archive: 1000 }, 910, ['archive-budget', null, null]],
  ])('%s', (_, budgets, there, said) => {
    const allowance = new Allowance(budgets, there);
    expect([91, 60, 9].map((bytes) => allowance.take(bytes))).toEqual(said);
  });
});

describe('the pictures of an article', () => {
  const url = (name: string) => `https://a.example/${name}`;
  const came = (bytes: Uint8Array) => ({ bytes, contentType: null });
  const free = () => new Allowance({ file: null, run: null, archive: null }, 0);
  const shown = (...urls: string[]) => urls.map((each) => ({ url: each, alt: '', asset: null }));

  test('are kept once however often they are shown, and what is none is left out with the reason', async () => {
    const bytes = new Map([
      [url('a.png'), came(png(3, 3, 1))],
      [url('same.png'), came(png(3, 3, 1))],
      [url('page'), came(Buffer.from('<!doctype html><p>not found, sorry about that'))],
      [url('script.svg'), came(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>x()</script></svg>'))],
      [url('drawing.svg'), came(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><path d="M0"/></svg>'))],
    ]);
    const all = shown(
      url('a.png'),
      url('same.png'),
      url('a.png'),
      url('page'),
      url('script.svg'),
      url('drawing.svg'),
      url('none'),
    );
    const { pictures, files, leftOut } = await resolvePictures(freshFolder(), 'web/x', all, bytes, [], free());
    expect(pictures.map(({ asset }) => asset?.replace(/.*\./, '') ?? null)).toEqual([
      'png',
      'png',
      null,
      null,
      'svg',
      null,
    ]);
    expect(pictures[0]?.asset).toBe(pictures[1]?.asset);
    expect(files.size).toBe(2);
    expect(leftOut.map(({ url: each, why }) => [each, why])).toEqual([
      [url('page'), 'not-a-picture'],
      [url('script.svg'), 'unsafe-svg'],
    ]);
  });

  test('that did not come are those of the kept version, by address or by the same one under another signature', async () => {
    const kept = [
      picture(url('a.png?sign=1'), 'assets/a'),
      picture(url('b.png?of=1'), 'assets/b1'),
      picture(url('b.png?of=2'), 'assets/b2'),
      picture(url('lost.png'), null),
    ];
    const all = shown(url('a.png?sign=2'), url('b.png?of=2'), url('b.png?of=3'), url('lost.png'));
    const { pictures, leftOut } = await resolvePictures(freshFolder(), 'web/x', all, new Map(), kept, free());
    expect(pictures.map(({ asset }) => asset)).toEqual(['assets/a', 'assets/b2', null, null]);
    expect(leftOut).toEqual([]);
  });

  test('beyond what a run may take in are named with their links, in order', async () => {
    const archive = await openArchive(freshFolder(), { budgets: { run: 100 } });
    const [one, two] = [png(9, 9, 1), png(9, 9, 2)];
    const pictures = new Map([
      [url('2.png'), came(two)],
      [url('1.png'), came(one)],
    ]);
    for (const name of ['b', 'a']) {
      const page = article({ text: name.repeat(300), pictures: shown(url('2.png'), url('1.png')) });
      await archive.keep(link(name), page, keepInput(AT, { pictures }));
    }
    const left = archive.leftOut();
    expect(left.map(({ why }) => why)).toEqual(left.map(() => 'run-budget'));
    expect(left.map(({ id, url: each }) => `${id} ${each}`)).toEqual(
      left.map(({ id, url: each }) => `${id} ${each}`).sort(),
    );
    expect(left.length).toBeGreaterThan(1);
    await archive.close();
  });
});

describe('page.html', () => {
  const kept = [
    picture('https://a.example/1', ASSET, { alt: '记下的话' }),
    picture('https://a.example/2', null, { alt: '' }),
  ];
  const missing = (href: string, words: string) =>
    `<a class="missing" href="${href}" rel="noopener noreferrer">${words}</a>`;

  test.each([
    ['<img src="https://a.example/1">', `<img src="../${ASSET}" alt="记下的话" loading="lazy">`],
    ['<img src="https://a.example/1" alt="">', `<img src="../${ASSET}" alt="" loading="lazy">`],
    ['<img src="https://a.example/2">', missing('https://a.example/2', 'picture not kept')],
    ['<img src="https://a.example/3" alt="河">', missing('https://a.example/3', '河')],
    ['<img src="data:image/png;base64,x" alt="河">', '河'],
    ['<img alt="河">', '河'],
    ['<img>', 'picture not kept'],
    ['<a href="https://a.example/">河</a>', '<a href="https://a.example/" rel="noopener noreferrer">河</a>'],
    [
      '<a rel="opener" href="https://a.example/">河</a><a href="https://b.example/" rel="opener">水</a>',
      '<a href="https://a.example/" rel="noopener noreferrer">河</a><a href="https://b.example/" rel="noopener noreferrer">水</a>',
    ],
    ['<a href="#up">河</a>', '<a href="#up">河</a>'],
    ['<a href="mailto:a@b.example">河</a>', '<a href="mailto:a@b.example" rel="noopener noreferrer">河</a>'],
    ['<a href="javascript:x()">河</a>', '<a>河</a>'],
    ['<a href="//evil.example">河</a>', '<a>河</a>'],
    ['<p style="color:red">河</p>', '<p style="color:red">河</p>'],
    ['<p style="background:url(https://evil.example)">河</p>', '<p>河</p>'],
    ['<p style="position: fixed">河</p>', '<p>河</p>'],
    ['<p style="width:expression(x())">河</p>', '<p>河</p>'],
    ['<p srcdoc="x" onclick="x()" data="x" class="a" A"b="c">河</p>', '<p class="a">河</p>'],
    ['<meta http-equiv=refresh content=0><base href=x><input><p>河', '<p>河</p>'],
    ['<template><p>甲<br><input></p><template>乙</template></template>河', '河'],
    ['<script>if (a < b) "<p>"</script>河', '河'],
  ])('shows %s as %s', (html, shown) => {
    expect(rewriteHtml(html, kept, '../')).toBe(shown);
  });
});

describe('page.md', () => {
  const kept = [picture('https://a.example/1?a=1&b=2', ASSET), picture('https://a.example/2', null)];
  test.each([
    ['![河](https://a.example/1?a=1&b=2)', `![河](../${ASSET})`],
    ['![](https://a.example/2)', '[picture not kept](<https://a.example/2>)'],
    ['![a *b*](https://a.example/3 "title")', '[a b](<https://a.example/3>)'],
    ['![河](<https://a.example/a b>)', '[河](<https://a.example/a%20b>)'],
    ['![河](data:image/png;base64,x) 水', '河 水'],
    ['![](relative.png)水', '水'],
    ['<img src="https://a.example/1?a=1&amp;b=2">', `<img src="../${ASSET}">`],
    ['<img src="https://a.example/2"> 水', '<img src="https://a.example/2"> 水'],
    ['<img src="https://a.example/2', '<img src="https://a.example/2'],
    ['`![河](https://a.example/2)`', '`![河](https://a.example/2)`'],
    ['> - ![河](https://a.example/2)\n\n后', '> - [河](<https://a.example/2>)\n\n后'],
  ])('shows %s as %s', (markdown, shown) => {
    expect(rewriteMarkdown(markdown, kept, '../')).toBe(shown);
  });

  test.each<[string | null, string, string]>([
    ['旧桥', '河', '# 旧桥\n\n河\n'],
    ['旧桥', '# 旧桥\n\n河', '# 旧桥\n\n河\n'],
    ['a *b* [c]', '河', '# a \\*b\\* \\[c\\]\n\n河\n'],
    [' \n ', '河', '河\n'],
    [null, '河', '河\n'],
  ])('begins with the title %j, once', (title, markdown, body) => {
    const source = { status: 200, finalUrl: 'https://a.example/', sha256: null };
    const page: StoredPage = {
      ...{ schema: 'linkark/page@1', id: 'web/a-00000000', url: 'https://a.example/', platform: 'web', title },
      ...{ author: null, account: '河边', published: null, updated: null, captured: AT, language: null, note: null },
      ...{ partial: false, original: null, source, contentHash: '', text: '', markdown, html: '', pictures: [] },
    };
    const [, front, shown] = renderMarkdown(page, '').split(/^---\n/m);
    expect(shown).toBe(`\n${body}`);
    expect(front).toContain('author: 河边\n');
  });
});
