import { expect, test } from 'vitest';
import type { KnownPage } from '../../src/crawl/look.ts';
import { fetchPictures } from '../../src/crawl/pictures.ts';
import type { Article, Capture, Exchange } from '../../src/types.ts';

const PICTURES = ['https://a.example/1.png', 'https://a.example/2.png'];
const link = { id: 'web/a-1', url: 'https://a.example/', platform: 'web', key: 'a', occurrences: [] };
const article: Article = {
  title: '桥',
  author: null,
  account: null,
  published: null,
  updated: null,
  language: null,
  html: '',
  markdown: '',
  text: '河上有桥',
  pictures: PICTURES.map((url) => ({ url, alt: '', asset: null })),
  partial: false,
  original: null,
};

/** Addresses that are asked for where this copy is kept. */
async function asked(stored: KnownPage | null, page: Article = article): Promise<string[]> {
  const urls: string[] = [];
  const fetcher = {
    fetch: async (ask: Exchange['ask']): Promise<Exchange> => {
      urls.push(ask.url);
      const reply = { status: 200, headers: {}, body: Buffer.from('x') };
      const at = '2026-01-01T00:00:00.000Z';
      return { ask, at, ms: 1, hops: [], finalUrl: ask.url, tries: [], reply, failure: null, captures: [] };
    },
  };
  await fetchPictures(link, page, stored, [], { fetcher, signal: new AbortController().signal });
  return urls;
}

const kept: KnownPage = {
  title: '桥',
  text: '河上有桥',
  pictures: [
    { url: PICTURES[0] ?? '', asset: 'assets/aa/aa.png' },
    { url: PICTURES[1] ?? '', asset: null },
  ],
};

test('of a page that is not kept, all pictures are asked for', async () => {
  expect(await asked(null)).toEqual(PICTURES);
});

test('of a page that stayed as it is, only those that could not be had', async () => {
  expect(await asked(kept)).toEqual([PICTURES[1]]);
  expect(await asked({ ...kept, title: 'title from the list' }, { ...article, title: null })).toEqual([PICTURES[1]]);
});

test('of a page that was edited, all: the same address may show another picture by now', async () => {
  expect(await asked({ ...kept, text: '河上无桥' })).toEqual(PICTURES);
  expect(await asked({ ...kept, title: '旧桥' })).toEqual(PICTURES);
});

test('what is no picture is not kept, and its captures neither', async () => {
  const answers: Exchange['reply'][] = [
    null,
    { status: 404, headers: {}, body: Buffer.from('x') },
    { status: 200, headers: {}, body: Buffer.alloc(0) },
    { status: 200, headers: { 'content-type': 'image/png' }, body: Buffer.from('png') },
    { status: 200, headers: {}, body: Buffer.from('gif') },
  ];
  const urls = answers.map((_, at) => `https://a.example/${at}`);
  const fetcher = {
    fetch: async (ask: Exchange['ask']): Promise<Exchange> => {
      const reply = answers[urls.indexOf(ask.url)] ?? null;
      const at = '2026-01-01T00:00:00.000Z';
      const request = { method: 'GET', target: '/', headers: [], body: null };
      const response = {
        httpVersion: '1.1',
        status: 200,
        statusText: '',
        headers: [],
        body: Buffer.alloc(0),
        truncated: null,
      };
      const captures = [{ url: ask.url, at, request, response, ip: null }];
      return { ask, at, ms: 1, hops: [], finalUrl: ask.url, tries: [], reply, failure: null, captures };
    },
  };
  const pictures = ['data:image/png;base64,x', ...urls, urls[3] ?? ''].map((url) => ({ url, alt: '', asset: null }));
  const captures: Capture[] = [];
  const signal = new AbortController().signal;
  const found = await fetchPictures(link, { ...article, pictures }, null, captures, { fetcher, signal });
  expect([...found]).toEqual([
    [urls[3], { bytes: Buffer.from('png'), contentType: 'image/png' }],
    [urls[4], { bytes: Buffer.from('gif'), contentType: null }],
  ]);
  expect(captures.map(({ url }) => url)).toEqual(urls.slice(3));
});
