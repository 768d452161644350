import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { openPage } from '../../src/article/index.ts';
import { judge, platformNamed } from '../../src/platforms/index.ts';
import type { Visit } from '../../src/platforms/platform.ts';
import type { Article, Judgement } from '../../src/types.ts';
import { observe } from './cases.ts';

/** Real pages beside the project; they measure and are not part of it. */
const PAGES = new URL('../../../shared/pages/', import.meta.url);
const BENCH = new URL('../../../shared/bench/data/', import.meta.url);
const MINE = new Set(['wechat', 'zhihu', 'notion']);

interface Row {
  readonly file: string;
  readonly platform: string;
  readonly kind: string;
  readonly url: string | null;
  readonly og_url?: string;
  readonly page_id?: string;
  readonly http_status?: string;
  readonly title?: string | null;
  readonly author?: string | null;
  readonly account?: string;
  readonly published?: string | null;
  readonly updated?: string;
  readonly body_first40?: string;
  readonly body_last40?: string;
  readonly images_in_body?: number;
  readonly figures_in_body?: number;
  readonly initialData_content?: { readonly first40: string; readonly last40: string };
  readonly synthetic?: boolean;
}

/** What each kind of page that is no article means. */
const WORDS: Readonly<Record<string, string>> = {
  deleted: 'gone/deleted-by-author',
  violation: 'gone/removed-by-platform',
  'unavailable-temporary': 'blocked/withheld',
  verify: 'blocked/verification-wall',
  'param-error': 'unclear/bad-link',
  migrated: 'moved/account-migrated',
  challenge: 'blocked/js-challenge',
  blocked: 'blocked/verification-wall',
  'need-login': 'blocked/login-wall',
  'not-found': 'gone/not-found',
  shell: 'blocked/client-only',
  'rate-limit': 'blocked/rate-limited',
};

function visitOf(platform: string, address: string, body: Uint8Array, status: number): Visit {
  const identity = platformNamed(platform).identify(new URL(address)) ?? { platform, key: 'unknown', url: address };
  const page = openPage({ status, headers: {}, body }, address);
  const ask = { url: address, method: 'GET' as const, headers: {}, body: null, via: 'http' as const };
  const reply = { status, headers: {}, body };
  const none = { tries: [], hops: [], captures: [], failure: null, at: '', ms: 0 };
  return {
    identity,
    pages: [page],
    exchanges: platform === 'notion' ? [] : [{ ask, reply, finalUrl: address, ...none }],
  };
}

function judged(visit: Visit, status: number): Judgement {
  const platform = platformNamed(visit.identity.platform);
  return judge({ ...observe(platform, visit), status, finalUrl: visit.identity.url });
}

const tight = (text: string): string => text.replace(/[\s\u00a0\u3000\u200b\ufeff]+/g, '');
const instant = (date: string | null): number => Date.parse(date ?? '');

/** Fields of one row as `[name, is it right]`. */
function fields(row: Row, article: Article): [string, boolean][] {
  const body = [...tight(article.text)];
  const starts = (want: string): boolean => body.slice(0, [...want].length).join('') === want;
  const ends = (want: string): boolean => body.slice(-[...want].length).join('') === want;
  const data = row.initialData_content;
  const out: [string, boolean][] = [];
  if (row.title) out.push(['title', article.title === row.title]);
  if (row.synthetic !== true && row.author !== undefined)
    out.push(['author', (article.author ?? '') === (row.author ?? '')]);
  if (row.account) out.push(['account', article.account === row.account]);
  if (row.published) out.push(['published', instant(article.published) === instant(row.published)]);
  if (row.updated) out.push(['updated', instant(article.updated) === instant(row.updated)]);
  if (row.body_first40) out.push(['first words', starts(row.body_first40) || starts(data?.first40 ?? '\u0000')]);
  if (row.body_last40) out.push(['last words', ends(row.body_last40) || ends(data?.last40 ?? '\u0000')]);
  return out;
}

describe.skipIf(!existsSync(PAGES))('saved pages (skipped where ../shared is absent)', () => {
  const { pages }: { pages: Row[] } = existsSync(PAGES)
    ? JSON.parse(readFileSync(new URL('manifest.json', PAGES), 'utf8'))
    : { pages: [] };
  const rows = pages.filter((row) => MINE.has(row.platform) && row.kind !== 'api-json');
  const results: [string, string, boolean][] = [];
  const pictures: [string, boolean][] = [];

  it.each(rows.map((row) => [row.file, row] as const))('%s', (file, row) => {
    const byId = row.page_id === undefined ? null : `https://www.notion.so/${row.page_id.replaceAll('-', '')}`;
    const address = row.url ?? row.og_url ?? byId ?? 'https://example.com/';
    const status = Number(/\d+/.exec(row.http_status ?? '')?.[0] ?? 200);
    const visit = visitOf(row.platform, address, readFileSync(new URL(file, PAGES)), status);
    const { verdict, reason } = judged(visit, status);
    const article = platformNamed(row.platform).read(visit);
    const dead = WORDS[row.kind];
    expect(`${verdict}/${reason}`).toBe(dead ?? 'alive/ok');
    if (dead !== undefined) return expect(article).toBeNull();
    if (article === null) throw new Error('no article was read');
    for (const [name, right] of fields(row, article)) results.push([file, name, right]);
    if (row.images_in_body === undefined) return;
    const drawn = article.html.split('<img ').length - 1;
    const right = [article.pictures.length, drawn].some((n) => n === row.images_in_body || n === row.figures_in_body);
    pictures.push([file, right]);
  });

  afterAll(() => {
    const wrong = results.filter(([, , right]) => !right).map(([file, name]) => `${file}: ${name}`);
    const share = (all: number, bad: number): string => `${all - bad} of ${all}`;
    const miscounted = pictures.filter(([, right]) => !right).map(([file]) => file);
    console.log(`fields right: ${share(results.length, wrong.length)}; wrong: ${wrong.join(', ') || 'none'}`);
    console.log(
      `pictures right: ${share(pictures.length, miscounted.length)}; wrong: ${miscounted.join(', ') || 'none'}`,
    );
    expect(1 - wrong.length / results.length).toBeGreaterThanOrEqual(0.97);
  });
});

const STATES: Readonly<Record<string, string>> = {
  deleted: 'gone/deleted-by-author',
  violation: 'gone/removed-by-platform',
  unavailable: 'blocked/withheld',
};

describe.skipIf(!existsSync(BENCH))('benchmark pages of WeChat (skipped where ../shared is absent)', () => {
  const listed = ['wechat', 'wechat-dead'].flatMap((set) =>
    existsSync(BENCH) ? readdirSync(new URL(`${set}/`, BENCH)).map((name) => `${set}/${name}/`) : [],
  );

  it.each(listed)('%s', (folder) => {
    const truth = JSON.parse(readFileSync(new URL(`${folder}truth.json`, BENCH), 'utf8'));
    const body = gunzipSync(readFileSync(new URL(`${folder}page.html.gz`, BENCH)));
    const visit = visitOf('wechat', truth.url, body, 200);
    const { verdict, reason } = judged(visit, 200);
    expect(`${verdict}/${reason}`).toBe(STATES[truth.state] ?? 'alive/ok');
    const article = platformNamed('wechat').read(visit);
    if (truth.state !== undefined) return expect(article).toBeNull();
    if (truth.title) expect(article?.title).toBe(truth.title);
    expect(article?.published?.slice(0, 10)).toBe(truth.published);
    expect(truth.author).toContain(article?.author ?? article?.account);
    const length = tight(truth.text).length;
    expect(Math.abs(tight(article?.text ?? '').length - length)).toBeLessThan(Math.max(20, length * 0.03));
  });
});
