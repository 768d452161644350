import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Platform } from '../../../src/platforms/platform.ts';
import { glance } from '../../../src/platforms/web/glance.ts';
import web from '../../../src/platforms/web/index.ts';
import { runs } from '../../property.ts';
import { judged, visitOf } from '../page-visit.ts';

const ASKED = 'https://notes.example/river/ferry';
const glancing: Platform = { ...web, sight: (visit) => glance(visit) ?? web.sight(visit) };

const sentences = Array.from(
  { length: 90 },
  (_, at) => `The ferry of the ${at}th year crosses the river at dawn, slowly.`,
);
const paragraphs = (count: number): string =>
  sentences
    .slice(0, count)
    .map((text) => `<p>${text}</p>`)
    .join('\n');
const document = (head: string, body: string, attributes = ''): string =>
  `<!doctype html><html><head>${head}</head><body ${attributes}>${body}</body></html>`;
const TITLE = '<title>The ferry</title>';
const LONG = 90;

const HEADS = [
  TITLE,
  '<title>404 Not Found</title>',
  '<title></title>',
  `${TITLE}<link rel="canonical" href="/404.html">`,
  `${TITLE}<meta property="og:url" content="https://notes.example/not-found">`,
  `${TITLE}<meta name="prerender-status-code" content="404">`,
  `${TITLE}<meta http-equiv="refresh" content="0; url=/login">`,
  `${TITLE}<script type="application/ld+json">{"@type":"Article","isAccessibleForFree":false}</script>`,
  `${TITLE}<script>window._cf_chl_opt = {};</script>`,
];
const BEFORE = [
  '',
  '<h1>Page not found</h1>',
  '<h2>The ferry</h2>',
  '<div class="error">This page has been deleted.</div>',
  '<form><input type="password" name="p"></form>',
  '<p>This domain is for sale.</p>',
  '<div id="app"></div><script src="/app.js"></script>',
];
const FRAMES: readonly ((text: string) => string)[] = [
  (text) => `<article>${text}</article>`,
  (text) => `<nav>${text}</nav>`,
  (text) => `<div hidden>${text}</div>`,
  (text) => `<div style="display: none">${text}</div>`,
  (text) => `<template>${text}</template>`,
  (text) => `<a href="/">${text}</a>`,
  (text) => text,
];
/** Marks as careless pages leave them. */
const CARELESS: readonly ((html: string) => string)[] = [
  (html) => html,
  (html) => html.replaceAll('</p>', ''),
  (html) => html.replaceAll('</nav>', ''),
  (html) => html.replaceAll('<p>', '<p>&amp; &#x4e2d;&nbsp;'),
  (html) => html.replaceAll('</p>', '</p></nav></header><br/>'),
  (html) => html.replaceAll('<p>', '<P CLASS=a hidden-not>'),
  (html) => html.replace('<body', '<svg/><script/>//</script><body'),
];
const BODIES = ['', 'class="error404"', 'id="page-not-found"', 'class="post"'];
const ENDS = [
  ASKED,
  'https://notes.example/',
  'https://notes.example/account/login',
  'https://notes.example/river/quay',
];

/** The shortest page of these paragraphs for which a glance is enough: of that one it reads every character. */
function shortest(html: (text: string) => string) {
  for (let count = 1; count <= LONG; count++) {
    const visit = visitOf(web, ASKED, { body: html(paragraphs(count)) });
    const seen = glance(visit);
    if (seen !== null) return { seen, full: web.sight(visit) };
  }
  throw new Error('a glance is enough for none');
}

describe('a glance', () => {
  test('leads to the verdict of the full look, or says nothing', () => {
    const parts = fc.record({
      head: fc.constantFrom(...HEADS),
      before: fc.constantFrom(...BEFORE),
      frame: fc.constantFrom(...FRAMES),
      body: fc.constantFrom(...BODIES),
      careless: fc.constantFrom(...CARELESS),
      count: fc.constantFrom(0, 3, 20, 40, LONG),
      status: fc.constantFrom(200, 200, 200, 404, 410, 500),
      finalUrl: fc.constantFrom(...ENDS),
    });
    fc.assert(
      fc.property(parts, ({ head, before, frame, body, careless, count, status, finalUrl }) => {
        const html = careless(document(head, `${before}${frame(paragraphs(count))}`, body));
        const hops = finalUrl === ASKED ? [] : [{ url: ASKED, status: 301 }];
        const visit = visitOf(web, ASKED, { body: html, status, finalUrl, hops });
        const { verdict, reason } = judged(web, visit);
        expect(judged(glancing, visit)).toMatchObject({ verdict, reason });
      }),
      runs(400),
    );
  });

  test('is enough for a plain long article, and counts what a visitor reads', () => {
    const { seen, full } = shortest((text) => document(TITLE, `<article>${text}</article>`));
    expect(seen).toMatchObject({ proof: 'main content', title: 'The ferry', markers: [] });
    expect(seen.chars).toBe(full.chars);
  });

  test('ends where the page is certain to be there', () => {
    const { seen } = shortest((text) => document(TITLE, text));
    const more = visitOf(web, ASKED, { body: document(TITLE, paragraphs(LONG)) });
    expect(glance(more)).toEqual(seen);
  });

  test('reads character references as what they stand for', () => {
    const { seen, full } = shortest((text) =>
      document('<title>Ferry &amp; quay</title>', text.replaceAll('dawn', '&#26089;&#26216;&nbsp;')),
    );
    expect(seen.title).toBe('Ferry & quay');
    expect(seen.chars).toBe(full.chars);
  });

  test.each([
    ['paragraphs without ends', (text: string) => `<article>${text.replaceAll('</p>', '')}</article>`],
    ['ends without beginnings', (text: string) => `<article></nav></header></a>${text}</article>`],
    ['a drawing without an end of its own', (text: string) => `<article><svg/>${text}</article>`],
  ])('is enough for a long article with %s', (_what, mark) => {
    const { seen, full } = shortest((text) => document(TITLE, mark(text)));
    expect(seen).toMatchObject({ proof: 'main content', chars: full.chars });
  });

  test('takes no list behind an open paragraph for prose', () => {
    const items = paragraphs(LONG).replaceAll('<p>', '<li>').replaceAll('</p>', '');
    expect(glance(visitOf(web, ASKED, { body: document(TITLE, `<p>All ferries:<ul>${items}</ul>`) }))).toBeNull();
  });

  test.each([
    ['short text', document(TITLE, paragraphs(20))],
    ['text in the menu', document(TITLE, `<nav>${paragraphs(LONG)}</nav>`)],
    ['hidden text', document(TITLE, `<div hidden>${paragraphs(LONG)}</div>`)],
    ['an error class', document(TITLE, paragraphs(LONG), 'class="error404"')],
    ['an error headline', document(TITLE, `<h1>Page not found</h1>${paragraphs(LONG)}`)],
    ['no title', document('', paragraphs(LONG))],
  ])('says nothing of a page with %s', (_what, body) => {
    expect(glance(visitOf(web, ASKED, { body }))).toBeNull();
  });
});
