import { existsSync } from 'node:fs';
import MarkdownIt from 'markdown-it';
import { chromium } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { buildArticle } from '../../src/article/index.ts';
import { RUNNING } from './hostile-markup.ts';

const CHROMIUM = '/usr/bin/chromium';

describe.skipIf(!existsSync(CHROMIUM))(`in a browser (skipped where ${CHROMIUM} is absent)`, () => {
  it('nothing of a hostile page runs, asks or opens a dialog, as HTML and as Markdown', {
    timeout: 60_000,
  }, async () => {
    const content = RUNNING.map((html) => `<p>piece</p>${html}`).join('\n');
    // All of them together, and each alone, so that none hides in what another left open.
    const articles = [content, ...RUNNING].map((html) =>
      buildArticle({ content: html, baseUrl: 'https://site.example/a' }),
    );
    const markdown = new MarkdownIt({ html: true });
    const bodies = articles.flatMap((article) => [article.html, markdown.render(article.markdown)]);
    const browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
    });
    try {
      const page = await browser.newPage();
      const events: string[] = [];
      page.on('dialog', (dialog) => {
        events.push(`dialog ${dialog.message()}`);
        void dialog.dismiss();
      });
      await page.exposeFunction('pwned', () => events.push('script ran'));
      await page.route('**', (route) => {
        const url = route.request().url();
        // Pictures of the article itself are its content; everything else is a request that must not be made.
        if (!/^https:\/\/(?:site\.example|evil\.example\/s)\b/.test(url) || route.request().resourceType() !== 'image')
          events.push(`asked ${url}`);
        void route.abort();
      });
      for (const body of bodies) {
        await page.setContent(`<!doctype html><meta charset="utf-8">${body}`);
        for (const link of await page.locator('a').all()) await link.dispatchEvent('mouseover');
      }
      expect(events).toEqual([]);
    } finally {
      await browser.close();
    }
  });
});
