import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ARTICLES } from './articles.ts';
import { HOSTILE, hostileShelf } from './hostile.ts';
import { shelf } from './shelf.ts';
import { launch, NO_BROWSER, ready, type Site, watchedPage, writeSite } from './site.ts';

const TRAINING = 'articles/wechat/s-Train0001-1f2e3d4c';
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What the tests use of a page's own scope; the project's types have no DOM outside the client. */
interface PageScope {
  CSS?: { highlights: Map<string, Set<unknown>> };
}

interface AxeResult {
  violations: { id: string; impact: string | null; nodes: { target: unknown[]; failureSummary?: string }[] }[];
}

describe.skipIf(NO_BROWSER !== null)(`the reader in Chromium, from file:// ${NO_BROWSER ?? ''}`, () => {
  let browser: Browser;
  let site: Site;

  beforeAll(async () => {
    browser = await launch();
    site = await writeSite(shelf());
  });
  afterAll(async () => {
    await browser?.close();
    await site?.remove();
  });

  it('is walked through by keyboard alone', async () => {
    const { page, faults } = await watchedPage(browser);
    await page.goto(site.address('index.html'));
    await ready(page);
    await page.keyboard.press('/');
    await page.keyboard.type('大模型 训练');
    await page.waitForSelector('.snippet mark');
    expect(await page.locator('#list .row .title').allTextContents()).toEqual([
      '从零训练大模型：十九天的流水账',
      '大模型为什么会“一本正经地胡说”',
    ]);
    await expect.poll(() => page.textContent('#count')).toBe('“大模型 训练”：2 篇');

    await page.keyboard.press('Enter');
    expect(await page.locator(':focus').textContent()).toBe('从零训练大模型：十九天的流水账');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.article-page .prose');
    expect(await page.evaluate(() => (globalThis as PageScope).CSS?.highlights.get('hit')?.size)).toBeGreaterThan(2);
    await page.locator('.prose img').scrollIntoViewIfNeeded();
    await expect.poll(() => page.locator('.prose img').evaluate((img) => img.naturalWidth)).toBe(640);
    expect(await page.locator('.prose math').count()).toBe(3);

    await page.locator('.versions .version').first().focus();
    await page.keyboard.press('Enter');
    await page.waitForSelector('.older');
    expect(await page.locator('.prose').textContent()).toContain('一个半月');
    await page.locator('.versions .changes').first().focus();
    await page.keyboard.press('Enter');
    await page.waitForSelector('.diff-page');
    expect(await page.locator('.diff ins').allTextContents()).toContain('九');
    await page.keyboard.press('Escape');
    await page.waitForSelector('.article-page');
    await page.keyboard.press('Escape');
    await ready(page);
    expect(await page.inputValue('#q')).toBe('大模型 训练');

    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('#list .row').count()).toBeGreaterThan(8);
    await page.locator('.chip.dead').focus();
    await page.keyboard.press('Space');
    await expect.poll(() => page.locator('#list .row').count()).toBe(2);
    await page.keyboard.press('l');
    expect(await page.locator('.chip.dead').textContent()).toBe('dead 2');
    expect(await page.getAttribute('html', 'lang')).toBe('en');
    await page.keyboard.press('t');
    await page.keyboard.press('t');
    expect(await page.getAttribute('html', 'data-theme')).toBe('dark');
    await page.keyboard.press('?');
    expect(await page.locator('dialog').textContent()).toContain('Keyboard shortcuts');
    await page.keyboard.press('Escape');
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    expect(await page.locator('#list .row:focus-within').getAttribute('data-n')).toBe(
      await page.locator('#list .row').first().getAttribute('data-n'),
    );
    await page.reload();
    await ready(page);
    expect(await page.getAttribute('html', 'data-theme')).toBe('dark');
    expect(await page.locator('#list .row').count()).toBe(2);
    expect(faults).toEqual([]);
  });

  it('goes from article to article with j and k', async () => {
    const { page, faults } = await watchedPage(browser);
    await page.goto(site.address(`${TRAINING}.html`));
    const title = (await page.locator('h1').textContent()) ?? '';
    await page.keyboard.press('j');
    await page.locator('h1', { hasNotText: title }).waitFor();
    await page.keyboard.press('k');
    await page.locator('h1', { hasText: title }).waitFor();
    expect(faults).toEqual([]);
  });

  it('drops a page that has the pairs of a word, but not the word', async () => {
    const apart = { ...shelf(), page: shelf().page };
    apart.page = async (id, version) => {
      const kept = await shelf().page(id, version);
      return kept === null || !id.startsWith('sohu/')
        ? kept
        : { ...kept, text: '旧书，书店，店里', html: '<p>旧书，书店，店里</p>' };
    };
    const other = await writeSite(apart);
    const { page, faults } = await watchedPage(browser);
    await page.goto(other.address('index.html#q=旧书店里'));
    await ready(page);
    await page.waitForSelector('#list .empty');
    expect(await page.textContent('#count')).toContain('0');
    expect(faults).toEqual([]);
    await other.remove();
  });

  it('is read whole with scripts disabled', async () => {
    const { page, faults } = await watchedPage(browser, { javaScriptEnabled: false });
    await page.goto(site.address('index.html'));
    const links = await page
      .locator('#list a.title[href^="articles/"]')
      .evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
    expect(new Set(links).size).toBe(ARTICLES.filter((article) => article.html !== null).length);
    expect(await page.locator('noscript').textContent()).toContain('逐篇阅读');
    for (const link of new Set(links)) {
      await page.goto(site.address(link));
      expect((await page.locator('.prose').textContent())?.length).toBeGreaterThan(20);
    }
    for (const path of [
      `${TRAINING}/20260220T020000Z.html`,
      `${TRAINING}/20260220T020000Z.diff.html`,
      'reader/dashboard.html',
    ]) {
      await page.goto(site.address(path));
      expect((await page.locator('main').textContent())?.length).toBeGreaterThan(100);
    }
    expect(faults).toEqual([]);
  });

  describe('has no serious fault that axe finds', () => {
    /** Kinds of pages: where one is, and what is there when all has come. */
    const kinds: readonly (readonly [kind: string, path: string, sign: string])[] = [
      ['list', 'index.html', 'html[data-ready] .chip.dead'],
      ['search', 'index.html#q=训练', '.snippet mark'],
      ['no hits', 'index.html#q=饕餮', '#list .empty'],
      ['article', `${TRAINING}.html`, '.prose'],
      ['version', `${TRAINING}/20260212T020000Z.html`, '.older'],
      ['difference', `${TRAINING}/20260220T020000Z.diff.html`, '.diff'],
      ['overview', 'reader/dashboard.html', '#chart-health polygon'],
      ['empty list', 'empty index.html', 'html[data-ready] #list .nothing'],
      ['empty overview', 'empty reader/dashboard.html', '#chart-health .empty'],
      ['hostile titles', 'hostile index.html', 'html[data-ready] #list .row'],
    ];
    const looks = [
      [390, 'light', 'zh-CN'],
      [1280, 'dark', 'en-US'],
      [1920, 'light', 'en-US'],
      [390, 'dark', 'en-US'],
      [1280, 'light', 'zh-CN'],
      [1920, 'dark', 'zh-CN'],
    ] as const;
    let empty: Site;
    let bad: Site;
    let axe: string;
    beforeAll(async () => {
      empty = await writeSite(shelf([]));
      bad = await writeSite(hostileShelf());
      axe = await readFile(AXE, 'utf8');
    });
    afterAll(async () => {
      await empty?.remove();
      await bad?.remove();
    });

    function addressOf(path: string): string {
      const [, which, rest] = /^(?:(empty|hostile) )?(.*)$/.exec(path) ?? [];
      return (which === 'empty' ? empty : which === 'hostile' ? bad : site).address(rest ?? path);
    }

    // Each kind is seen in three of the six looks, which have among them every width, both schemes and both languages.
    it.each(looks.map((look, at) => [...look, at] as const))(
      'at %i px, %s, in %s',
      async (width, colorScheme, locale, at) => {
        const viewport = { width, height: 900 };
        const { page, faults } = await watchedPage(browser, { colorScheme, locale, viewport, bypassCSP: true });
        const found: string[] = [];
        for (const [kind, path, sign] of kinds.filter((_, n) => n % 2 === Math.floor(at / 3))) {
          await page.goto('about:blank');
          await page.goto(addressOf(path));
          await page.waitForSelector(sign, { state: 'attached' });
          await page.evaluate(axe);
          const result = await page.evaluate<AxeResult>('axe.run({ preload: false })');
          for (const { id, impact, nodes } of result.violations) {
            if (impact !== 'serious' && impact !== 'critical') continue;
            const where = nodes.slice(0, 3).map((node) => [node.target, node.failureSummary]);
            found.push(`${kind}: ${id} ${JSON.stringify(where)}`);
          }
          const wider = await page.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth);
          if (wider > 0) found.push(`${kind}: ${wider} px too wide`);
        }
        expect(found, found.join(' ')).toEqual([]);
        expect(faults).toEqual([]);
      },
    );
  });

  it('shows the newest end of a chart on a phone, and the only day of a young archive', async () => {
    const young = await writeSite({ ...shelf(), changes: [] });
    const { page, faults } = await watchedPage(browser, { viewport: { width: 390, height: 844 } });
    await page.goto(site.address('reader/dashboard.html'));
    const chart = await page.locator('#chart-health svg').boundingBox();
    expect(Math.round((chart?.x ?? 0) + (chart?.width ?? 999))).toBeLessThanOrEqual(390);
    await page.goto(young.address('reader/dashboard.html'));
    const day = await page.locator('#chart-health rect').first().boundingBox();
    expect(day?.x).toBeGreaterThan(0);
    expect((day?.x ?? 0) + (day?.width ?? 999)).toBeLessThan(390);
    expect(faults).toEqual([]);
    await young.remove();
  });

  it('offers nothing to filter where the list is empty', async () => {
    const empty = await writeSite(shelf([]));
    const { page, faults } = await watchedPage(browser);
    await page.goto(empty.address('index.html'));
    await ready(page);
    expect(await page.locator('#controls').isVisible()).toBe(false);
    expect(await page.locator('#list').textContent()).toContain('linkark check');
    expect(faults).toEqual([]);
    await empty.remove();
  });

  it('runs nothing of hostile articles, notes and titles', async () => {
    const bad = await writeSite(hostileShelf());
    const { page, faults } = await watchedPage(browser);
    const run = () => page.evaluate(() => 'hacked' in globalThis);
    await page.goto(bad.address('index.html'));
    await ready(page);
    expect(await page.locator('#list .row').count()).toBe(HOSTILE.length);
    expect(await run()).toBe(false);
    await page.keyboard.press('/');
    await page.keyboard.type('alert');
    await page.waitForSelector('.snippet:not([aria-busy])');
    expect(await run()).toBe(false);
    const links = await page
      .locator('#list a.title')
      .evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
    expect(links.length).toBeGreaterThan(0);
    for (const link of [...links, 'reader/dashboard.html']) {
      await page.goto(bad.address(link));
      expect(await run()).toBe(false);
      expect(await page.locator('[onclick], [onerror], [onload], [style], main script, iframe, form').count()).toBe(0);
    }
    expect(faults).toEqual([]);
    await bad.remove();
  });
});
