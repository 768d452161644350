import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { extendHistory } from '../../src/archive/history.ts';
import { type Archive, type Kept, openArchive, sniffFile } from '../../src/archive/index.ts';
import { isLinkId } from '../../src/archive/paths.ts';
import { rewriteHtml } from '../../src/archive/render-html.ts';
import { rewriteMarkdown } from '../../src/archive/render-markdown.ts';
import { cleanSvg } from '../../src/archive/svg.ts';
import type { Article, Span } from '../../src/types.ts';
import { runs } from '../property.ts';
import { freshFolder } from './folder.ts';
import { article, keepInput, link, png } from './samples.ts';

const AT = '2026-11-23T02:00:00.000Z';
const LATER = '2026-11-24T02:00:00.000Z';
const ONE = link('one');
const TEXT = '旧桥在河湾处，石栏上刻着修桥人的名字。'.repeat(20);

async function keepTwice(first: Partial<Article>, second: Partial<Article>): Promise<{ archive: Archive; kept: Kept }> {
  const archive = await openArchive(freshFolder());
  await archive.keep(ONE, article({ text: TEXT, ...first }), keepInput(AT));
  const kept = await archive.keep(ONE, article({ text: TEXT, ...second }), keepInput(LATER));
  return { archive, kept };
}

describe('a second visit', () => {
  test.each<[string, Partial<Article>, Partial<Article>, Kept['changed']]>([
    ['same content', {}, {}, 'same'],
    ['other white space and invisible characters', {}, { text: `  ${TEXT.replaceAll('，', '，\u200b\n')}  ` }, 'same'],
    ['text edited', {}, { text: TEXT.replace('修桥', '造桥') }, 'new-version'],
    ['title edited', {}, { title: '新桥' }, 'new-version'],
    ['text grown', {}, { text: TEXT.repeat(2) }, 'new-version'],
    ['text halved', {}, { text: TEXT.slice(0, TEXT.length / 2) }, 'new-version'],
    ['text gone', {}, { text: '' }, 'refused'],
    ['text much shorter', {}, { text: TEXT.slice(0, 60) }, 'refused'],
    ['text cut by a paywall', {}, { text: TEXT.slice(0, TEXT.length / 2), partial: true }, 'refused'],
    ['whole after the paywall', { partial: true, text: TEXT.slice(0, 80) }, {}, 'new-version'],
    ['title lost and text shorter', {}, { title: null, text: TEXT.slice(0, TEXT.length * 0.7) }, 'refused'],
  ])('with %s is %s', async (_what, first, second, changed) => {
    const { archive, kept } = await keepTwice(first, second);
    expect(kept.changed).toBe(changed);
    expect(await archive.versions(ONE.id)).toEqual(changed === 'new-version' ? ['20261123T020000Z'] : []);
    expect((await archive.readPage(ONE.id))?.captured).toBe(changed === 'new-version' ? LATER : AT);
    await archive.close();
  });

  test('fills in a picture that could not be had before, without a new version', async () => {
    const archive = await openArchive(freshFolder());
    const url = 'https://web.example/p.png';
    const page = article({ text: TEXT, pictures: [{ url, alt: '', asset: null }] });
    await archive.keep(ONE, page, keepInput(AT));
    const pictures = new Map([[url, { bytes: png(3, 4, 5), contentType: null }]]);
    const kept = await archive.keep(ONE, page, keepInput(LATER, { pictures }));
    expect([kept.changed, kept.ref?.images, kept.ref?.capturedAt, kept.ref?.versions]).toEqual(['same', 1, AT, 1]);
    expect((await archive.readPage(ONE.id))?.pictures[0]).toMatchObject({ width: 3, height: 4, type: 'image/png' });
    const third = await archive.keep(ONE, page, keepInput(LATER));
    expect([third.changed, third.ref]).toEqual(['same', kept.ref]);
    await archive.close();
  });

  test('sees the same picture behind another signature, and another picture behind the same address', async () => {
    const archive = await openArchive(freshFolder());
    const visit = (sign: string, grey: number): Promise<Kept> => {
      const url = `https://web.example/p.png?sign=${sign}`;
      return archive.keep(
        ONE,
        article({ text: TEXT, pictures: [{ url, alt: '', asset: null }] }),
        keepInput(`2026-11-2${sign}T02:00:00.000Z`, {
          pictures: new Map([[url, { bytes: png(3, 4, grey), contentType: null }]]),
        }),
      );
    };
    expect([(await visit('3', 1)).changed, (await visit('4', 1)).changed, (await visit('5', 2)).changed]).toEqual([
      'new',
      'same',
      'new-version',
    ]);
    await archive.close();
  });

  test('writes again what was deleted by hand', async () => {
    const dir = freshFolder();
    const archive = await openArchive(dir);
    await archive.keep(ONE, article(), keepInput(AT));
    rmSync(join(dir, 'pages', ONE.id, 'page.md'));
    const kept = await archive.keep(ONE, article(), keepInput(LATER));
    expect(kept).toMatchObject({ changed: 'same', why: expect.stringContaining('missing') });
    expect(existsSync(join(dir, 'pages', ONE.id, 'page.md'))).toBe(true);
    await archive.close();
  });
});

describe('the budget', () => {
  test('leaves out what is too large, names it, and keeps the page', async () => {
    const archive = await openArchive(freshFolder(), { budgets: { file: 200 } });
    const url = 'https://web.example/big.png';
    const big = Buffer.concat([png(3, 3, 1), Buffer.alloc(300)]);
    const page = article({
      html: `<p>桥</p><img src="${url}" alt="大图">`,
      pictures: [{ url, alt: '大图', asset: null }],
    });
    const kept = await archive.keep(
      ONE,
      page,
      keepInput(AT, { pictures: new Map([[url, { bytes: big, contentType: null }]]) }),
    );
    expect(kept.changed).toBe('new');
    expect(archive.leftOut()).toEqual([{ id: ONE.id, url, bytes: big.length, why: 'file-budget' }]);
    expect(readFileSync(join(archive.dir, 'pages', ONE.id, 'page.html'), 'utf8')).toContain(
      `<a class="missing" href="${url}"`,
    );
    await archive.close();
  });
});

describe('the files of a page', () => {
  test('say what they are, point to the kept pictures and run nothing', async () => {
    const dir = freshFolder();
    const archive = await openArchive(dir);
    const url = 'https://web.example/p.png?a=1&b=2';
    const page = article({
      title: '# 标题: "桥"\n第二行',
      html: `<p>桥<img src="${url.replace('&', '&amp;')}" alt='"&lt;'></p><script>x()</script><p onclick="x()">河</p>`,
      markdown: `桥 ![图](<${url}>)\n\n<p><img src="${url}"></p>`,
      pictures: [{ url, alt: '图', asset: null }],
    });
    await archive.keep(
      ONE,
      page,
      keepInput(AT, { note: '旧闻', pictures: new Map([[url, { bytes: png(3, 4, 5), contentType: null }]]) }),
    );
    const folder = join(dir, 'pages', ONE.id);
    const [asset] = readdirSync(join(dir, 'assets'), { recursive: true, encoding: 'utf8' }).filter((path) =>
      path.endsWith('.png'),
    );
    const markdown = readFileSync(join(folder, 'page.md'), 'utf8');
    const front: unknown = parse(markdown.split('---\n')[1] ?? '');
    expect(front).toEqual({
      url: ONE.url,
      title: '# 标题: "桥"\n第二行',
      author: '林某',
      published: '2026-03-01T08:00:00+08:00',
      captured: AT,
      platform: 'web',
      sha256: 'a'.repeat(64),
      note: '旧闻',
    });
    expect(markdown).toContain(`![图](../../../assets/${asset})`);
    expect(markdown).toContain(`<img src="../../../assets/${asset}">`);
    expect(existsSync(join(folder, '../../../assets', asset ?? ''))).toBe(true);
    const html = readFileSync(join(folder, 'page.html'), 'utf8');
    expect(html).toContain(`<img src="../../../assets/${asset}" alt="&quot;&lt;" width="3" height="4" loading="lazy">`);
    expect(html).not.toMatch(/<script|onclick/);
    expect(html).toContain('Content-Security-Policy');
    expect(readFileSync(join(folder, 'timemap.link'), 'utf8')).toBe(
      `<${ONE.url}>; rel="original",\n<timemap.link>; rel="self"; type="application/link-format"; from="Mon, 23 Nov 2026 02:00:00 GMT"; until="Mon, 23 Nov 2026 02:00:00 GMT",\n<page.html>; rel="first last memento"; datetime="Mon, 23 Nov 2026 02:00:00 GMT"\n`,
    );
    await archive.close();
  });

  test('of an earlier version find their pictures from where they lie', async () => {
    const dir = freshFolder();
    const archive = await openArchive(dir);
    const url = 'https://web.example/p.png';
    const visit = (at: string, text: string): Promise<Kept> =>
      archive.keep(
        ONE,
        article({
          text,
          html: `<img src="${url}">${text}`,
          markdown: `![](${url}) ${text}`,
          pictures: [{ url, alt: '', asset: null }],
        }),
        keepInput(at, { pictures: new Map([[url, { bytes: png(3, 4, 5), contentType: null }]]) }),
      );
    await visit(AT, TEXT);
    await visit(LATER, `${TEXT}又一段`);
    const folder = join(dir, 'pages', ONE.id, 'versions/20261123T020000Z');
    for (const name of ['page.md', 'page.html']) {
      const path = /(?:\.\.\/)+assets\/[^")]+/.exec(readFileSync(join(folder, name), 'utf8'))?.[0] ?? '';
      expect(existsSync(join(folder, path)), `${name}: ${path}`).toBe(true);
    }
    await archive.close();
  });

  test('bear any depth and any text', () => {
    expect(rewriteHtml(`${'<div>'.repeat(50_000)}x`, [], '')).toContain('x');
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(rewriteHtml(text, [], '')).not.toMatch(/<script|<iframe|\son\w+=/i);
        if (!text.includes('![') && !text.includes('<img')) expect(rewriteMarkdown(text, [], '')).toBe(text);
      }),
      runs(300),
    );
  });
});

describe('files by their bytes', () => {
  const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');
  test.each<[string, Uint8Array, unknown]>([
    ['png', png(7, 8, 1), { type: 'image/png', ext: 'png', width: 7, height: 8 }],
    ['gif', bytes('GIF89a\x05\0\x06\0\0\0\0\0'), { type: 'image/gif', ext: 'gif', width: 5, height: 6 }],
    [
      'jpeg',
      bytes('\xff\xd8\xff\xe0\0\x04ab\xff\xc0\0\x11\x08\0\x09\0\x0a\x03\0\0\0\0'),
      { type: 'image/jpeg', ext: 'jpg', width: 10, height: 9 },
    ],
    [
      'webp',
      bytes(`RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x63\0\0\x31\0\0\0\0`),
      { type: 'image/webp', ext: 'webp', width: 100, height: 50 },
    ],
    [
      'avif',
      bytes('\0\0\0\x18ftypavif\0\0\0\0avif....\0\0\0\x14ispe\0\0\0\0\0\0\0\x20\0\0\0\x10........'),
      { type: 'image/avif', ext: 'avif', width: 32, height: 16 },
    ],
    ['mp4', bytes('\0\0\0\x18ftypisom\0\0\0\0'), { type: 'video/mp4', ext: 'mp4', width: null, height: null }],
    [
      'svg',
      bytes('<?xml version="1.0"?><svg viewBox="0 0 30 20"><path/></svg>'),
      { type: 'image/svg+xml', ext: 'svg', width: 30, height: 20 },
    ],
    ['html', bytes('<!doctype html><html><svg></svg></html>'), null],
    ['text', bytes('not found, sorry about that'), null],
    ['nothing', new Uint8Array(0), null],
  ])('%s', (_name, data, kind) => {
    if (_name === 'html') expect(sniffFile(data)?.ext ?? null).not.toBe('html');
    else expect(sniffFile(data)).toEqual(kind);
  });

  test('an SVG loses what runs or fetches and keeps what draws', () => {
    const dirty =
      '<svg xmlns="http://www.w3.org/2000/svg" onload="x()"><script>x()</script><style>@import "//x";</style><a href="javascript:x()"><path d="M0"/></a><image href="https://x/"/><use href="#a"/><foreignObject><p/></foreignObject><path d="M1" fill="url(https://x/#a)"/></svg>';
    const clean = new TextDecoder().decode(cleanSvg(Buffer.from(dirty)) ?? new Uint8Array(0));
    expect(clean).not.toMatch(/script|onload|javascript|https:|foreignObject|@import/);
    expect(clean).toContain('<path d="M1" fill="none">');
    expect(cleanSvg(Buffer.from('<svg><script>x()</script></svg>'))).toBeNull();
    const prefixed =
      '<svg:svg><svg:style>@import "//x";</svg:style><style>a{}<g>b{fill:url(//x)}</g></style></svg:svg><svg>second</svg>';
    expect(new TextDecoder().decode(cleanSvg(Buffer.from(prefixed)) ?? new Uint8Array(0))).toBe(
      '<svg><style></style><style>a{}</style></svg>\n',
    );
  });
});

describe('a link id', () => {
  test.each(['web/a-1', 'wechat/s-8FOojNMnCe1D3q0TOgE_EQ-1f2e3d4c', 'zhihu/p-597586623-aaaaaaaa'])('may be %s', (id) =>
    expect(isLinkId(id)).toBe(true),
  );
  test.each([
    '',
    'web',
    'web/',
    '/a',
    'web/../x',
    'web/..',
    'web/a/b',
    'Web/a',
    'web/con',
    'web/nul.txt',
    'web/a.',
    'web/a b',
    'web/桥',
    `web/${'a'.repeat(100)}`,
    'web/a\\b',
    'con/a',
  ])('may not be %j', (id) => expect(isLinkId(id)).toBe(false));
  test('of any other shape throws before anything is written', async () => {
    const archive = await openArchive(freshFolder());
    await expect(archive.keep({ ...ONE, id: 'web/../../x' }, article(), keepInput(AT))).rejects.toMatchObject({
      code: 'archive/bad-id',
    });
    await expect(archive.readText('../secret')).rejects.toMatchObject({ code: 'archive/path' });
    await archive.close();
  });
});

describe('a history', () => {
  const span = (from: string, ok: boolean): Span =>
    ok ? { from, verdict: 'alive', reason: 'ok' } : { from, verdict: 'unreachable', reason: 'timeout' };
  test('is the very same where nothing changed', () => {
    const history = extendHistory([], span(AT, true));
    expect(extendHistory(history, span(LATER, true))).toBe(history);
  });
  test('of a link that changes every night stays below 600 bytes a month and 12 KB in all', () => {
    let history: readonly Span[] = [];
    for (let night = 0; night < 3000; night++)
      history = extendHistory(history, span(new Date(Date.UTC(2026, 0, 1 + night)).toISOString(), night % 2 === 0));
    expect(JSON.stringify(history.filter((entry) => entry.from.startsWith('2033-05'))).length).toBeLessThan(600);
    expect(JSON.stringify(history).length).toBeLessThan(12_000);
  });
});
