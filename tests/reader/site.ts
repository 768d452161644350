import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { buildReader, type ReaderInput } from '../../src/reader/index.ts';
import { PICTURE, PICTURE_PATH } from './picture.ts';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
/** Why the tests in a browser are skipped; null where there is one. */
export const NO_BROWSER = existsSync(CHROMIUM) ? null : `no browser at ${CHROMIUM}`;

export function launch(): Promise<Browser> {
  const args =
    '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';
  return chromium.launch({ executablePath: CHROMIUM, args: args.split(' ') });
}

/** A reader written to disk. */
export interface Site {
  address(path: string): string;
  remove(): Promise<void>;
}

export async function writeSite(input: ReaderInput): Promise<Site> {
  const dir = await mkdtemp(join(tmpdir(), 'linkark-reader-'));
  const write = async (path: string, content: string | Uint8Array) => {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), content);
  };
  for await (const { path, content } of buildReader(input)) await write(path, content);
  await write(PICTURE_PATH, PICTURE);
  return {
    address: (path) => pathToFileURL(join(dir, path.split(/[?#]/)[0] ?? '')).href + (/[?#].*$/.exec(path)?.[0] ?? ''),
    remove: () => rm(dir, { recursive: true, force: true }),
  };
}

/** What a page must not do: say anything on the console, throw, fail to load, or ask anything but files. */
export interface Watched {
  page: Page;
  faults: string[];
}

export async function watchedPage(browser: Browser, options: BrowserContextOptions = {}): Promise<Watched> {
  const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1280, height: 900 }, ...options });
  const faults: string[] = [];
  context.on('request', (request) => {
    if (!/^(?:file|data):/.test(request.url())) faults.push(`asked ${request.url()}`);
  });
  context.on('requestfailed', (request) => {
    // Going to another page breaks off what the last one was still loading.
    if (request.failure()?.errorText !== 'net::ERR_ABORTED') faults.push(`failed ${request.url()}`);
  });
  context.on('console', (message) => faults.push(`console ${message.type()}: ${message.text()}`));
  context.on('weberror', (error) => faults.push(`error ${error.error().message}`));
  context.on('dialog', (dialog) => {
    faults.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  return { page: await context.newPage(), faults };
}

/** Waits until the list has all its data. */
export async function ready(page: Page): Promise<void> {
  await page.waitForSelector('html[data-ready]');
}
