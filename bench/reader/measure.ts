/**
 * Measures the reader on a generated collection, beside a plain MiniSearch page over the same texts:
 * `npx tsx bench/reader/measure.ts [articles=5000] [characters=2500]`. Needs Chromium at /usr/bin/chromium (or $CHROMIUM).
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { buildReader } from '../../src/reader/index.ts';
import { ASKED, collection } from './collection.ts';

const ARTICLES = Number(process.argv[2] ?? 5000);
const LENGTH = Number(process.argv[3] ?? 2500);
/** MiniSearch with pairs of characters takes minutes for all; it is measured on this many. */
const PAIRS_ON = 500;
const dir = await mkdtemp(join(tmpdir(), 'linkark-bench-'));

async function save(path: string, content: string | Uint8Array): Promise<number> {
  await mkdir(dirname(join(dir, path)), { recursive: true });
  await writeFile(join(dir, path), content);
  return Buffer.byteLength(content);
}

function print(name: string, value: string): void {
  console.log(`${name.padEnd(58)} ${value}`);
}

const mib = (bytes: number) => `${(bytes / 2 ** 20).toFixed(2)} MiB`;
const ms = (value: number) => `${value.toFixed(0)} ms`;

const input = collection(ARTICLES, LENGTH);
let textBytes = 0;
for (let n = 0; n < ARTICLES; n++) textBytes += Buffer.byteLength(input.text(n));
const sizes: Record<string, number> = { list: 0, index: 0, fixed: 0, articles: 0, 'index.html': 0 };
const began = performance.now();
for await (const { path, content } of buildReader(input)) {
  const part = path.startsWith('articles/')
    ? 'articles'
    : path.startsWith('reader/list/')
      ? 'list'
      : path.startsWith('reader/search/')
        ? 'index'
        : path === 'index.html'
          ? path
          : 'fixed';
  sizes[part] = (sizes[part] ?? 0) + (await save(path, content));
}
const { list = 0, index = 0, fixed = 0 } = sizes;
print('articles × characters', `${ARTICLES} × ${LENGTH}`);
print('texts, UTF-8', mib(textBytes));
print('building, files written', ms(performance.now() - began));
print('memory at its highest', mib(process.resourceUsage().maxRSS * 1024));
print('reader/: fixed part (code, styles, overview)', mib(fixed));
print('reader/: search index', `${mib(index)}  ${((100 * index) / textBytes).toFixed(1)} % of the texts`);
print('reader/: list', `${mib(list)}  ${((100 * list) / textBytes).toFixed(1)} %`);
print('reader/ without the fixed part', `${((100 * (index + list)) / textBytes).toFixed(1)} % of the texts`);
print('index.html', mib(sizes['index.html'] ?? 0));
print('articles/ (plain pages)', mib(sizes.articles ?? 0));

/** Two, three and four characters, a Latin word, the beginning of one, one character, two words; then what was planted. */
const QUERIES = [...Array.from({ length: 7 }, (_, at) => sample(at)), ...ASKED];

/** Words that occur: parts of generated texts. */
function sample(at: number): string {
  const text = input.text(17 + at * 31);
  const han = [...text.matchAll(/[\u4e00-\u9fff]{6,}/g)].map((found) => found[0]);
  const latin = [...text.matchAll(/[a-z]{4,}/g)].map((found) => found[0]);
  const run = han[3 + at] ?? '';
  return (
    [
      run.slice(0, 2),
      run.slice(0, 3),
      run.slice(1, 5),
      latin[0] ?? '',
      (latin[1] ?? '').slice(0, 2),
      run.slice(0, 1),
      `${run.slice(0, 2)} ${latin[2] ?? ''}`,
    ][at] ?? ''
  );
}

async function open(
  browser: Browser,
  path: string,
  isReady: string,
): Promise<{ page: Page; took: number; first: number }> {
  const page = await (
    await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'zh-CN', bypassCSP: true })
  ).newPage();
  const start = performance.now();
  await page.goto(pathToFileURL(join(dir, path)).href, { waitUntil: 'commit' });
  await page.waitForFunction(isReady, undefined, { polling: 5, timeout: 300_000 });
  const took = performance.now() - start;
  const first = await page.evaluate<number>(
    "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0",
  );
  return { page, took, first };
}

/** What a query took, in milliseconds since its last key. */
interface Asked {
  /** Until its lines are shown. */
  answer: number;
  /** Until every line in sight has its snippet. */
  snippets: number;
  /** Until the number of hits is certain; null where it stays an upper bound. */
  certain: number | null;
  hits: string;
}

/** How long to wait for an answer and its snippets, in milliseconds, and how long for a certain count. */
const PATIENCE = 60_000;
const PATIENCE_COUNT = 15_000;

/** In the page: types a query and waits for its answer, for the snippets of the lines in sight, and until the count is final. */
async function ask(page: Page, query: string): Promise<Asked> {
  return page.evaluate<Asked>(`(async (text) => {
    const field = document.querySelector('#q');
    const place = document.querySelector('#list');
    const count = document.querySelector('#count');
    const start = performance.now();
    const wait = (done, most) => new Promise((resolve) => {
      const look = () => {
        const passed = performance.now() - start;
        if (done()) resolve(passed);
        else if (passed > most) resolve(null);
        else setTimeout(look, 1);
      };
      look();
    });
    const isInSight = (one) => {
      const { top, bottom } = one.getBoundingClientRect();
      return bottom > 0 && top < innerHeight;
    };
    const before = place.firstElementChild;
    field.value = text;
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    const isNew = () => place.firstElementChild !== before && place.firstElementChild !== null;
    const isWaiting = (one) => isInSight(one) && one.hasAttribute('aria-busy');
    const answer = await wait(isNew, ${PATIENCE});
    const snippets = await wait(() => ![...place.querySelectorAll('.snippet')].some(isWaiting), ${PATIENCE});
    if (answer === null || snippets === null) throw new Error('No answer to ' + text);
    const certain = await wait(() => !count.textContent.includes('至多'), ${PATIENCE_COUNT});
    return { answer, snippets, certain, hits: count.textContent };
  })(${JSON.stringify(query)})`);
}

/** How often all queries are asked, each time in a page that knows nothing yet. */
const ROUNDS = 5;

/** Median and highest of what a query took. */
function printAsked(query: string, rounds: readonly Asked[]): void {
  const told = (name: string, times: readonly (number | null)[]) => {
    const sorted = times.filter((time) => time !== null).sort((a, b) => a - b);
    const never = sorted.length < times.length ? ' never' : '';
    return `${name} ${ms(sorted[sorted.length >> 1] ?? 0)} (${ms(sorted.at(-1) ?? 0)}${never})`;
  };
  const parts = [
    told(
      'answer',
      rounds.map((one) => one.answer),
    ),
    told(
      'snippets in sight',
      rounds.map((one) => one.snippets),
    ),
    told(
      'certain',
      rounds.map((one) => one.certain),
    ),
    rounds[0]?.hits ?? '',
  ];
  print(`  ${query}`, parts.join('  '));
}

async function measureMiniSearch(browser: Browser, name: string, count: number, pairs: boolean): Promise<void> {
  const umd = await readFile(
    join(dirname(createRequire(import.meta.url).resolve('minisearch')), '../umd/index.js'),
    'utf8',
  );
  await save('mini/minisearch.js', umd);
  const docs = input.status.links.slice(0, count).map((link, id) => ({ id, title: link.title, text: input.text(id) }));
  await save(`mini/${name}.docs.js`, `window.docs = ${JSON.stringify(docs)}`);
  const tokenize = pairs
    ? `{ tokenize: (s) => (s.match(/[a-z0-9]+|[\\u4e00-\\u9fff]+/gi) || []).flatMap((r) => /[a-z0-9]/i.test(r) || r.length < 2 ? [r] : [...r].slice(1).map((c, i) => r[i] + c)), searchOptions: { combineWith: 'AND' }, `
    : '{ ';
  await save(
    `mini/${name}.html`,
    `<!doctype html><meta charset=utf-8><script src=minisearch.js></script><script src=${name}.docs.js></script><script>window.mini = new MiniSearch(${tokenize}fields: ['title', 'text'], storeFields: ['title'] }); mini.addAll(docs); window.isReady = true;</script>`,
  );
  const { page, took } = await open(browser, `mini/${name}.html`, "'isReady' in window");
  const results = await page.evaluate<{ time: number; hits: number }[]>(
    `${JSON.stringify(QUERIES)}.map((q) => { const t = performance.now(); const hits = mini.search(q).length; return { time: performance.now() - t, hits }; })`,
  );
  print(`MiniSearch, ${name}, ${count} articles: interactive`, ms(took));
  print(
    `MiniSearch, ${name}: index as JSON`,
    await page.evaluate<string>('(JSON.stringify(mini).length / 2 ** 20).toFixed(1) + " Mi characters"'),
  );
  for (const [at, { time, hits }] of results.entries()) print(`  ${QUERIES[at] ?? ''}`, `${ms(time)}  ${hits} hits`);
  await page.context().close();
}

const args =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: args.split(' '),
});
try {
  const READY = "document.documentElement.dataset.ready === 'true'";
  const runs: number[] = [];
  let opened = await open(browser, 'index.html', READY);
  for (let n = 0; n < 4; n++) {
    runs.push(opened.took);
    await opened.page.context().close();
    opened = await open(browser, 'index.html', READY);
  }
  runs.push(opened.took);
  print('index.html: all data there and interactive, five times', runs.map(ms).join(' '));
  print('index.html: first contentful paint', ms(opened.first));
  const asked = new Map<string, Asked[]>(QUERIES.map((query) => [query, []]));
  for (let n = 0; n < ROUNDS; n++) {
    for (const query of QUERIES) asked.get(query)?.push(await ask(opened.page, query));
    await opened.page.context().close();
    opened = await open(browser, 'index.html', READY);
  }
  await opened.page.context().close();
  for (const [query, rounds] of asked) printAsked(query, rounds);
  await measureMiniSearch(browser, 'default', ARTICLES, false);
  await measureMiniSearch(browser, 'pairs', Math.min(PAIRS_ON, ARTICLES), true);
} finally {
  await browser.close();
  await rm(dir, { recursive: true, force: true });
}
