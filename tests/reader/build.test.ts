import { readFile } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path/posix';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { Parser } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import { renderAssets } from '../../scripts/build-reader.ts';
import { healthByDay, renderDashboard, writeBytes } from '../../src/reader/dashboard.ts';
import { pageScript, readDataScript } from '../../src/reader/data.ts';
import { buildList, news, readingMinutes } from '../../src/reader/entries.ts';
import { buildReader, type ReaderInput } from '../../src/reader/index.ts';
import { escapeHtml } from '../../src/reader/markup.ts';
import { en } from '../../src/reader/strings/en.ts';
import { zh } from '../../src/reader/strings/zh.ts';
import { LANGUAGES, sayReason } from '../../src/reader/strings.ts';
import { REASONS } from '../../src/types.ts';
import { runs } from '../property.ts';
import { ARTICLES } from './articles.ts';
import { PICTURE_PATH } from './picture.ts';
import { shelf } from './shelf.ts';

async function files(input: ReaderInput): Promise<Map<string, string>> {
  const all = new Map<string, string>();
  for await (const { path, content } of buildReader(input)) {
    expect(all.has(path)).toBe(false);
    all.set(path, typeof content === 'string' ? content : Buffer.from(content).toString('base64'));
  }
  return all;
}

describe('the built reader', () => {
  it('is the same whatever the order of the links, bytes and all', async () => {
    const turned = shelf();
    turned.status.links.reverse();
    expect([...(await files(turned))]).toEqual([...(await files(shelf()))]);
  });

  it('leads nowhere that is not there', async () => {
    const all = await files(shelf());
    const there = new Set([...all.keys(), PICTURE_PATH]);
    for (const [path, html] of all) {
      if (!path.endsWith('.html')) continue;
      for (const [, address = ''] of html.matchAll(/\s(?:href|src)="([^"]+)"/g)) {
        if (/^(?:https?|data|mailto):/.test(address)) continue;
        const target = normalize(
          join(dirname(path), address.replace(/[?#].*$/, '') || path.slice(path.lastIndexOf('/') + 1)),
        );
        expect(there, `${path} → ${address}`).toContain(target);
      }
    }
  });

  it('has no place for scripts, styles or requests from elsewhere on any page', async () => {
    for (const [path, html] of await files(shelf())) {
      if (!path.endsWith('.html')) continue;
      expect(html, path).toContain('http-equiv="Content-Security-Policy"');
      expect(html, path).not.toMatch(/<script(?![^>]*\ssrc="(?:\.\.\/)*reader\/)|\son[a-z]+=|\sstyle=|<style/i);
    }
  });

  it('has names that every file system takes', async () => {
    for (const path of (await files(shelf())).keys()) {
      expect(path).toMatch(/^[\x21-\x7e]+$/);
      for (const part of path.split('/')) expect(part.length).toBeLessThan(120);
    }
  });

  it('shows no copy where the page is not to be had, and goes past it', async () => {
    const input = shelf();
    const page = input.page;
    input.page = async (id, version) => (id.startsWith('zhihu/') ? null : page(id, version));
    const all = await files(input);
    expect([...all.keys()].some((path) => path.startsWith('articles/zhihu/'))).toBe(false);
    expect(all.get('index.html')).not.toContain('articles/zhihu/');
    expect([...all.values()].join('')).not.toContain('zhihu/p-10000001-aa11bb22.html');
  });

  it('asks for one page after the other', async () => {
    const input = shelf();
    const page = input.page;
    let open = 0;
    input.page = async (id, version) => {
      expect(open++).toBe(0);
      await new Promise((resolve) => setTimeout(resolve, 1));
      open--;
      return page(id, version);
    };
    await files(input);
  });

  it('of an empty list is a page that says so', async () => {
    const input = shelf([]);
    expect((await files(input)).get('index.html')).toContain('清单还是空的');
  });

  it('divides a long list into pages and shards that hold every line once', async () => {
    const [one] = ARTICLES;
    if (one === undefined) throw new Error('No articles');
    const many = Array.from({ length: 1203 }, (_, at) => ({
      ...one,
      id: `web/x-${at}`,
      html: null,
      older: [],
      title: `第 ${at} 篇`,
      occurrences: one.occurrences.map((place) => ({ ...place, line: at })),
    }));
    const all = await files(shelf(many));
    const titles = [...all]
      .filter(([path]) => path === 'index.html' || path.startsWith('articles/list-'))
      .map(([, html]) => html.match(/class="row-title"/g)?.length ?? 0);
    expect(titles).toHaveLength(13);
    expect([...all.keys()].filter((path) => /^reader\/list\/\d+\.js$/.test(path))).toHaveLength(2);
    const shard = readDataScript(new TextEncoder().encode(all.get('reader/list/1.js') ?? ''));
    expect(shard).toMatchObject({ rows: { length: 203 }, entries: { length: 203 } });
  });
});

describe('an article as a script', () => {
  /** What the file hands over when it is run, each time it does. */
  const handed = (file: string) => {
    const calls: unknown[][] = [];
    runInNewContext(file, { __linkark: (...given: unknown[]) => calls.push(given) });
    return calls;
  };
  const textOf = (html: string) => {
    let text = '';
    const parser = new Parser({ ontext: (data) => (text += data) });
    parser.end(html);
    return text;
  };

  it('hands over its own page and does nothing else, whatever the page holds', () => {
    const hostile = fc.constantFrom(
      '`',
      '\\',
      '${',
      '}',
      '$',
      "'",
      '"',
      '<!--',
      '-->',
      '\n',
      '\u2028',
      '`)',
      ';hacked()//',
      'x',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(hostile, fc.string({ unit: 'binary' })), { maxLength: 20 }), (parts) => {
        const html = `<p>${escapeHtml(parts.join(''))}</p>\n`;
        const calls = handed(pageScript('web/x-1', html));
        expect(calls).toHaveLength(1);
        expect(calls[0]?.slice(0, 2)).toEqual(['page', 'web/x-1']);
        const got = String(calls[0]?.[2])
          .replace(/^-->\n/, '')
          .replace(/<!--$/, '');
        expect(textOf(got)).toBe(textOf(html).replace(/\r\n?/g, '\n'));
      }),
      runs(200),
    );
  });

  it('is the latest version of every article, as it is on the disk', async () => {
    const all = await files(shelf());
    const pages = [...all].filter(([path]) => /^articles\/[a-z]+\/[^/]+\.html$/.test(path));
    expect(pages.length).toBe(ARTICLES.filter((article) => article.html !== null).length);
    for (const [path, file] of pages) {
      const [call, ...more] = handed(file);
      expect(more, path).toEqual([]);
      expect(`articles/${String(call?.[1])}.html`).toBe(path);
      expect(String(call?.[2])).toContain('id="text"');
    }
  });
});

describe('the list', () => {
  it('stands in the order of the files and lines', () => {
    const { entries, rows, groups } = buildList(shelf().status);
    expect(
      rows.map((row) => `${groups[row.group]?.file} ${groups[row.group]?.heading} ${entries[row.entry]?.title}`),
    ).toEqual([
      'sources/reading.md 图书馆 国家图书馆的数字化之路',
      'sources/reading.md 存档 自己动手保存网页：一份清单，一个文件夹',
      'sources/reading.md 存档 Search for small archives: scan first, index later',
      'sources/reading.md 书店 城市里的旧书店',
      'sources/reading.md null 下次再查的链接',
      'sources/大模型.md 训练与工程 从零训练大模型：十九天的流水账',
      'sources/大模型.md 训练与工程 大模型为什么会“一本正经地胡说”',
      'sources/大模型.md 提示词 提示词笔记（持续更新）',
      'sources/大模型.md 提示词 还没有看到的一篇',
      'sources/大模型.md 提示词 自己动手保存网页：一份清单，一个文件夹',
    ]);
  });

  it('has as news what died or came back lately and is still so', () => {
    const { status, changes } = shelf();
    const { dead, recovered } = news(status, changes);
    expect(dead.map((change) => change.id)).toEqual(['wechat/s-Train0001-1f2e3d4c']);
    expect(recovered.map((change) => change.id)).toEqual(['zhihu/p-10000001-aa11bb22']);
  });

  it('counts the reading time of Chinese by characters and of English by words', () => {
    expect(readingMinutes('字'.repeat(4000))).toBe(10);
    expect(readingMinutes('word '.repeat(2200))).toBe(10);
    expect(readingMinutes('')).toBe(1);
  });
});

describe('the overview', () => {
  it('ends with the present, and begins before anything was known', () => {
    const { status, changes } = shelf();
    const days = healthByDay(status, changes);
    expect(days[days.length - 1]?.counts).toEqual({
      healthy: 3,
      suspect: 1,
      dead: 2,
      blocked: 1,
      drifted: 1,
      unknown: 1,
    });
    expect(days[0]?.counts.dead).toBe(0);
    expect(days.map(({ day }) => day)).toEqual(days.map(({ day }) => day).sort());
  });

  it('writes sizes for people', () => {
    expect([0, 1023, 1024, 15_000, 9_100_000].map(writeBytes)).toEqual([
      '0 B',
      '1023 B',
      '1.0 KiB',
      '15 KiB',
      '8.7 MiB',
    ]);
  });
});

describe('the words', () => {
  it.each([
    ['zh', '文章', '图片', 'WARC 证据'],
    ['en', 'Articles', 'Pictures', 'WARC evidence'],
  ] as const)('of the sizes are those of the page: %s', (language, ...names) => {
    const sizes = ['pages', 'assets', 'warc', 'else'].map((part) => ({ part, bytes: 2048 }));
    const html = renderDashboard({ ...shelf(), language, collection: 'x', sizes, changes: [] });
    const chart = /<figure class="chart" id="chart-sizes">.*?<\/figure>/s.exec(html)?.[0] ?? '';
    for (const name of [...names, 'else']) expect(chart).toContain(`>${name}</span>`);
    expect(chart).toContain(`data-t="partPages">${names[0]}<`);
  });

  it('are there for every reason in both languages', () => {
    for (const reason of Object.values(REASONS).flat()) {
      for (const language of LANGUAGES) expect(sayReason(language, reason)).toMatch(/[。.]$/);
    }
  });

  it('take the same arguments in both languages', () => {
    for (const [key, words] of Object.entries(zh)) {
      const other = en[key as keyof typeof zh];
      expect(typeof other, key).toBe(typeof words);
    }
  });
});

describe('the generated assets', () => {
  it('are those of the present client: run `npx tsx scripts/build-reader.ts`', async () => {
    expect(await readFile(new URL('../../src/reader/assets.generated.ts', import.meta.url), 'utf8')).toBe(
      await renderAssets(),
    );
  });

  it('are classic scripts without modules, requests or eval', async () => {
    const text = await readFile(new URL('../../src/reader/assets.generated.ts', import.meta.url), 'utf8');
    expect(text).not.toMatch(
      /\bfetch\(|XMLHttpRequest|\bimport\(|\beval\(|new Function|innerHTML|insertAdjacentHTML|document\.write/,
    );
  });
});
