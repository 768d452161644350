import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openPage } from '../../src/article/index.ts';
import { linkId } from '../../src/links/index.ts';
import { identify, judge, platformNamed } from '../../src/platforms/index.ts';
import type { Article, Judgement } from '../../src/types.ts';

/** Saved pages of others lie beside the repository, never in it; without them there is nothing to measure. */
const PAGES = fileURLToPath(new URL('../../../shared/pages/', import.meta.url));
const HERE = existsSync(`${PAGES}manifest.json`);

interface Entry {
  file: string;
  platform: string;
  kind: string;
  url: string | null;
  title: string | null;
  author: string | null;
  published: string | null;
  body_first40?: string;
  body_last40?: string;
  images_in_body?: number;
}

/** Pages saved without their address get one of their platform's shape. */
const ADDRESS: Readonly<Record<string, string>> = {
  '163': 'https://www.163.com/dy/article/AAAAAAAA05118AAA.html',
  sohu: 'https://www.sohu.com/a/100000001_1',
};

/** The manifest counts an icon of 18 pixels behind the text, which an HTML5 parser moves into it. */
const ICON_COUNTED = new Set(['163/gbk-2005-biz-power.html']);

const entries: Entry[] = HERE ? JSON.parse(readFileSync(`${PAGES}manifest.json`, 'utf8')).pages : [];
const ours = entries.filter(({ file }) => /^(?:163|sohu|other|synthetic\/(?:163|sohu))/.test(file));

function bare(text: string | null | undefined): string {
  return (text ?? '').replace(/[\s\u00a0\u3000\u200b\ufeff]+/g, '');
}

function open(entry: Entry): { article: Article | null; judgement: Judgement } {
  const kind = entry.platform === 'sohu' ? 'sohu' : '163';
  const identity = identify(new URL(entry.url ?? ADDRESS[kind] ?? ''));
  const platform = platformNamed(identity.platform);
  const body = readFileSync(PAGES + entry.file);
  const page = openPage({ status: 200, headers: { 'content-type': 'text/html' }, body }, identity.url);
  const visit = { identity, exchanges: [], pages: [page] };
  const judgement = judge({
    id: linkId(identity),
    run: '20261123T020000Z',
    at: '2026-11-23T02:00:00Z',
    ms: 1,
    via: 'http',
    status: 200,
    finalUrl: identity.url,
    hops: [],
    tries: [],
    failure: null,
    sighting: platform.sight(visit),
    bodySha256: null,
    etag: null,
    lastModified: null,
  });
  return { article: platform.read(visit), judgement };
}

/** Which of a page's fields are not what a careful reader found. */
function wrongFields(entry: Entry, article: Article | null): string[] {
  const text = bare(article?.text);
  const times = [article?.published, entry.published].map((time) => (time ? Date.parse(time) : null));
  const right: Record<string, boolean> = {
    title: bare(article?.title) === bare(entry.title),
    author: bare(article?.author) === bare(entry.author),
    published: times[0] === times[1],
    first: text.slice(0, 40) === bare(entry.body_first40),
    last: text.slice(-40) === bare(entry.body_last40),
  };
  return Object.keys(right)
    .filter((name) => !right[name])
    .map((name) => `${entry.file} ${name}`);
}

describe.skipIf(!HERE)('saved pages (skipped where ../shared is absent)', () => {
  const articles = ours.filter(({ kind }) => kind === 'article');

  it('holds pages of these platforms', () => {
    expect(articles.length).toBeGreaterThan(10);
  });

  it('gives at least 97 % of the fields as a careful reader found them', () => {
    const wrong = articles.flatMap((entry) => wrongFields(entry, open(entry).article));
    expect(1 - wrong.length / (articles.length * 5), wrong.join('\n')).toBeGreaterThanOrEqual(0.97);
  });

  it('counts the pictures of at least 95 % of the bodies right', () => {
    const wrong = articles.filter((entry) => {
      const expected = (entry.images_in_body ?? 0) - (ICON_COUNTED.has(entry.file) ? 1 : 0);
      return open(entry).article?.pictures.length !== expected;
    });
    expect(1 - wrong.length / articles.length, wrong.map(({ file }) => file).join('\n')).toBeGreaterThanOrEqual(0.95);
  });

  it('judges every article alive and reads no other page as one', () => {
    for (const entry of ours) {
      const { article, judgement } = open(entry);
      if (entry.kind === 'article') expect(judgement.verdict, entry.file).toBe('alive');
      else {
        expect(judgement, entry.file).toMatchObject({ verdict: 'gone', reason: 'not-found' });
        expect(article, entry.file).toBeNull();
      }
    }
  });
});
