import { describe, expect, it } from 'vitest';
import { bodyOf, type HtmlRules, htmlPlatform, textOf } from '../../src/platforms/html-platform.ts';
import type { Marker } from '../../src/platforms/platform.ts';
import { matchMarkers } from '../../src/platforms/sight.ts';
import { page } from './answers.ts';
import { pageOf } from './cases.ts';
import { read, visitOf } from './page-visit.ts';

const HOST = 'https://notes.example/n';

/** A small platform of notes: `/n/<number>`, the text in `.note`. */
const RULES: HtmlRules = {
  name: 'notes',
  hosts: ['notes.example'],
  manners: {},
  markers: [
    {
      rule: 'notes/boxed',
      situation: 'a box says that it is gone',
      where: 'text',
      selector: '.box',
      match: 'gone',
      says: { verdict: 'gone', reason: 'not-found' },
      explicit: true,
      source: 'test',
      seen: '2026-01',
    },
  ],
  identify(url) {
    const id = url.hostname === 'notes.example' ? /^\/n\/(\d+)$/.exec(url.pathname)?.[1] : undefined;
    return id === undefined ? null : { platform: 'notes', key: id, url: `${HOST}/${id}` };
  },
  find(opened) {
    const at = bodyOf(opened, ['.note']);
    return at === null ? null : { ...at, title: textOf(opened, 'h1') };
  },
  redirectors: [
    { host: 'leave.notes.example', parameter: 'url' },
    { host: 'out.notes.example', parameter: 'to' },
  ],
};
const notes = htmlPlatform(RULES);
const NOTE = '<h1>Tides</h1><div class="note"><p>Low water at six.</p></div>';
const identityOf = (
  head: string,
  more: Parameters<typeof visitOf>[2] | Record<string, never> = {},
  rules = RULES,
): string =>
  htmlPlatform(rules).sight(visitOf(htmlPlatform(rules), `${HOST}/7`, { body: page('Tides', NOTE, head), ...more }))
    .identity;

describe('which page it is', () => {
  it.each([
    ['its canonical link', '<link rel="canonical" href="/n/7">', 'same'],
    ['an address without a scheme', '<meta property="og:url" content="notes.example/n/7">', 'same'],
    ['the form of some savers of pages', '<meta property="og:url" value="https://notes.example/n/7">', 'same'],
    [
      'the second where the first is empty',
      '<link rel="canonical" href=" "><meta name="og:url" content="https://notes.example/n/8">',
      'other',
    ],
    [
      'the second where the first is none',
      '<link rel="canonical" href="http://["><meta name="og:url" content="https://notes.example/n/8">',
      'other',
    ],
    ['nothing where it names the front page', '<link rel="canonical" href="https://notes.example/">', 'unknown'],
    ['nothing where the tag has no content', '<meta property="og:url">', 'unknown'],
  ])('%s', (_, head, expected) => {
    expect(identityOf(head)).toBe(expected);
  });

  it('a redirect to another note is another, but for good where notes are renamed', () => {
    const to = (...statuses: number[]) => ({
      body: page('Tides', NOTE),
      finalUrl: `${HOST}/8`,
      hops: statuses.map((status) => ({ url: `${HOST}/7`, status })),
    });
    const renaming = { ...RULES, renames: true };
    expect(identityOf('', to(301))).toBe('other');
    expect(identityOf('', to(301), renaming)).toBe('same');
    expect(identityOf('', to(308, 301), renaming)).toBe('same');
    expect(identityOf('', to(302, 301), renaming)).toBe('other');
    expect(identityOf('', to(), renaming)).toBe('other');
  });
});

describe('what is seen', () => {
  it('nothing where no request was answered', () => {
    const visit = { identity: { platform: 'notes', key: '7', url: `${HOST}/7` }, exchanges: [], pages: [null] };
    expect(notes.sight(visit)).toMatchObject({ proof: null, identity: 'unknown', chars: 0, title: null });
    expect(notes.read(visit)).toBeNull();
  });

  it('a picture is an article, a container without anything is none', () => {
    expect(
      read(notes, `${HOST}/7`, { body: '<h1>Tides</h1><div class="note"><img src="/tide.png"></div>' })?.pictures,
    ).toHaveLength(1);
    expect(read(notes, `${HOST}/7`, { body: '<h1>Tides</h1><div class="note"> - </div>' })).toBeNull();
  });

  it('words in a box are no hindrance to a layout nobody knows, an error status is', () => {
    const long = Array.from(
      { length: 30 },
      (_, at) => `<p>Day ${at}: the keeper wrote ${at * 7} centimetres into the book of heights.</p>`,
    ).join('');
    const body = page(
      'Tides',
      `<div class="box" hidden>gone</div><div class="box">gone</div><main><h1>Tides</h1>${long}</main>`,
    );
    const seen = (status: number) => notes.sight(visitOf(notes, `${HOST}/7`, { body, status }));
    expect(seen(200)).toMatchObject({ proof: 'main content', markers: [] });
    expect(seen(404)).toMatchObject({ proof: null, markers: [{ rule: 'notes/boxed' }] });
  });

  it('links through the redirector lead where they mean', () => {
    const link = (href: string): string => `<a href="${href}">x</a>`;
    const hrefs = [
      '//out.notes.example/?to=https%3A%2F%2Fexample.org%2Fa',
      'https://out.notes.example/?to=javascript%3A1',
      'https://out.notes.example/',
      '/n/9',
      'http://[',
    ];
    const html = read(notes, `${HOST}/7`, {
      body: `<h1>Tides</h1><div class="note">Low water ${hrefs.map(link).join(', ')}<a>y</a></div>`,
    })?.html;
    expect([...(html ?? '').matchAll(/href="([^"]*)"/g)].map(([, href]) => href)).toEqual([
      'https://example.org/a',
      'https://out.notes.example/?to=javascript%3A1',
      'https://out.notes.example/',
      'https://notes.example/n/9',
    ]);
  });

  it('statuses and headers for pictures are those of the rules', () => {
    const says = { verdict: 'gone', reason: 'deleted-by-author' } as const;
    const own = htmlPlatform({
      ...RULES,
      statuses: { 420: { says, explicit: true, source: 'test' } },
      pictureHeaders: () => ({ referer: HOST }),
    });
    expect(own.statuses?.[420]?.says).toEqual(says);
    expect(own.pictureHeaders?.('https://notes.example/a.png')).toEqual({ referer: HOST });
    expect(notes.pictureHeaders).toBeUndefined();
  });
});

describe('markers look only where they say', () => {
  const marker = (where: Marker['where'], match: string | RegExp, selector?: string): Marker => ({
    rule: 'notes/x',
    situation: 'x',
    where,
    match,
    ...(selector === undefined ? {} : { selector }),
    says: { verdict: 'gone', reason: 'not-found' },
    explicit: false,
    source: 'test',
    seen: '2026-01',
  });
  const literal = (rule: Marker, answer: { body: string; headers?: Record<string, string> }): string | undefined =>
    matchMarkers([rule], pageOf(answer, `${HOST}/7`))[0]?.literal;

  it('in a header', () => {
    expect(literal(marker('header', 'yes', 'x-gone'), { body: 'x', headers: { 'x-gone': 'yes, it is' } })).toBe('yes');
    expect(literal(marker('header', 'yes', 'x-gone'), { body: 'yes' })).toBeUndefined();
    expect(literal(marker('header', 'yes'), { body: 'yes' })).toBeUndefined();
  });

  it('in JSON, in lists and records, by value or pattern', () => {
    const body = JSON.stringify({ errors: [{ code: 7 }, { code: null }], map: { a: { state: 'gone for good' } } });
    expect(literal(marker('json', '7', 'errors.*.code'), { body })).toBe('errors.*.code=7');
    expect(literal(marker('json', 'null', 'errors.*.code'), { body })).toBe('errors.*.code=null');
    expect(literal(marker('json', /gone/, 'map.*.state'), { body })).toBe('gone');
    expect(literal(marker('json', /lost/, 'map.*.state'), { body })).toBeUndefined();
    expect(literal(marker('json', '7', 'errors'), { body })).toBeUndefined();
    expect(literal(marker('json', '7', 'errors.*.code'), { body: `<pre>${body}</pre>` })).toBeUndefined();
    for (const where of ['html', 'text', 'title'] as const)
      expect(literal(marker(where, 'code'), { body })).toBeUndefined();
  });

  it('in scripts where no element is named, in the body where no container is', () => {
    const body = page('gone', '<p>gone</p><script>var state = "lost";</script>');
    expect(literal(marker('html', 'lost'), { body })).toBe('lost');
    expect(literal(marker('html', 'gone'), { body })).toBeUndefined();
    expect(literal(marker('text', 'gone'), { body })).toBe('gone');
    expect(literal(marker('text', 'lost'), { body })).toBeUndefined();
  });
});
