/**
 * Takes the pictures of the READMEs with Chromium: the reader's from the tests' own articles, the report from an archive
 * of the demo. `npm run demo -- --keep DIR && npx tsx scripts/pictures.ts DIR/archive`.
 */
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import { shelf } from '../tests/reader/shelf.ts';
import { launch, writeSite } from '../tests/reader/site.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const IMAGES = new URL('../docs/images/', import.meta.url);
/** The styles of a terminal that the report uses, by their number in an escape sequence. */
const STYLES: Readonly<Record<string, string>> = {
  1: 'font-weight: bold; color: #f4f1ea',
  2: 'color: #8d897f',
  31: 'color: #ff8a76',
  32: 'color: #82c497',
  33: 'color: #e0b05c',
};

/** What a command writes to a terminal, as HTML. */
function terminal(written: string): string {
  const escaped = written.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const spans = escaped.split('\u001b[').map((part, at) => {
    const [, code = '0', text = part] = at === 0 ? [] : (/^(\d+)m([\s\S]*)$/.exec(part) ?? []);
    return `<span style="${STYLES[code] ?? ''}">${text}</span>`;
  });
  return `<!doctype html><meta charset="utf-8"><style>
body { margin: 0; padding: 28px 32px; background: #1b1a17; color: #d8d4c9; }
pre { margin: 0; font: 15px/1.65 'DejaVu Sans Mono', 'Noto Sans Mono CJK SC', monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
</style><pre>${spans.join('')}</pre>`;
}

async function report(browser: Browser, archive: string, lang: string, name: string): Promise<void> {
  const args = ['tsx', 'src/cli.ts', 'report', '--archive', archive, '--lang', lang, '--fail-on', 'never'];
  const env = { ...process.env, FORCE_COLOR: '1' };
  const { stdout } = await promisify(execFile)('npx', args, { cwd: ROOT, env });
  const page = await browser.newPage({ viewport: { width: 1280, height: 200 } });
  await page.setContent(terminal(`$ linkark report --lang ${lang}\n${stdout.trimEnd()}`));
  await writeFile(new URL(name, IMAGES), await page.screenshot({ fullPage: true }));
  await page.close();
}

async function reader(browser: Browser): Promise<void> {
  const site = await writeSite(shelf());
  const shots = [
    ['index.html', 'html[data-ready]', 'reader-list.png'],
    ['articles/wechat/s-Train0001-1f2e3d4c.html', '.prose img', 'reader-article.png'],
  ] as const;
  const page = await browser.newPage({ viewport: { width: 1280, height: 1000 }, locale: 'zh-CN' });
  for (const [path, sign, name] of shots) {
    await page.goto(site.address(path));
    await page.waitForSelector(sign);
    await writeFile(new URL(name, IMAGES), await page.screenshot());
  }
  await page.close();
  await site.remove();
}

const archive = process.argv[2];
const browser = await launch();
await reader(browser);
if (archive !== undefined) {
  await report(browser, archive, 'en', 'report.png');
  await report(browser, archive, 'zh', 'report-zh.png');
}
await browser.close();
