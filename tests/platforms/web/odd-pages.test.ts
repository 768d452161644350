import { describe, expect, it } from 'vitest';
import web from '../../../src/platforms/web/index.ts';
import { looksLikeSibling, siblingUrl } from '../../../src/platforms/web/sibling.ts';
import { page } from '../answers.ts';
import { type Answer, judged, read, visitOf, word } from '../page-visit.ts';

const ASKED = 'https://harbour.example/tides/7';
const LINES = Array.from(
  { length: 24 },
  (_, at) =>
    `<p>On day ${at + 1} the keeper wrote down two heights, and the second was ${at * 3 + 11} centimetres lower than the first.</p>`,
).join('');
const story = (extra = '', head = ''): string =>
  page('The keeper of heights', `<h1>The keeper of heights</h1>${LINES}${extra}`, head);
const bytes = (...codes: number[]): Uint8Array => new Uint8Array([...codes, ...Array(40).fill(65)]);
const says = (answer: Answer, asked = ASKED): string => word(web, asked, answer);
const marker = (answer: Answer, asked = ASKED): string | null => judged(web, visitOf(web, asked, answer)).marker;

describe('what kind of thing an answer is', () => {
  it.each<[string, Uint8Array, string]>([
    ['application/pdf', new TextEncoder().encode('%PDF-1.7 …'), ''],
    ['image/png', bytes(0x89, 0x50, 0x4e, 0x47), 'application/octet-stream'],
    ['image/jpeg', bytes(0xff, 0xd8, 0xff), ''],
    ['image/gif', new TextEncoder().encode('GIF89a'), ''],
    ['application/zip', bytes(0x50, 0x4b, 3, 4), ''],
    ['application/gzip', bytes(0x1f, 0x8b), ''],
    ['application/octet-stream', bytes(7, 0, 7), ''],
    ['text/plain', new TextEncoder().encode('Low water at six, high water at noon.'), ''],
  ])('%s is told by its bytes', (type, body, declared) => {
    const visit = visitOf(web, ASKED, { body, type: declared });
    expect(web.sight(visit).proof).toBe(`content-type ${type}`);
  });

  it('a page without a type, or with that of a text, is a page', () => {
    for (const type of ['', 'text/plain', 'application/octet-stream']) {
      expect(read(web, ASKED, { body: story(), type })?.title, type).toBe('The keeper of heights');
    }
    expect(read(web, ASKED, { body: `\ufeff<!-- x -->${story()}`, type: 'text/plain' })?.title).toBe(
      'The keeper of heights',
    );
  });

  it.each([
    ['text/plain', 'https://harbour.example/README.md'],
    ['text/markdown', ASKED],
    ['text/x-markdown', ASKED],
  ])('%s at %s keeps its headline as its title', (type, asked) => {
    const article = read(web, asked, { body: 'Draft\n\n# Tides & <b>\n\nLow water\nat six.', type });
    expect(article).toMatchObject({ title: 'Tides & <b>', markdown: expect.stringContaining('Low water') });
  });

  it('plain text without a headline has no title, an empty one is no article', () => {
    expect(read(web, ASKED, { body: 'Low water at six.', type: 'text/plain' })).toMatchObject({ title: null });
    expect(read(web, ASKED, { body: ' \n ', type: 'text/plain' })).toBeNull();
    expect(read(web, ASKED, { body: '{"tides":[1,2]}', type: 'application/ld+json' })).toBeNull();
  });

  it.each([
    ['data in JSON', { body: '{"tides":[1,2]}', type: 'application/json' }, 'alive ok'],
    [
      'JSON that says 404 of itself',
      { body: '{"code":404,"message":"x"}', type: 'application/json' },
      'unclear unrecognised-page',
    ],
    [
      'JSON that says 410 of itself',
      { body: '{"status":"410"}', type: 'application/problem+json' },
      'unclear unrecognised-page',
    ],
    ['a text of one sentence of absence', { body: 'Page not found', type: 'text/plain' }, 'gone soft-404'],
    ['a file without a byte', { body: '', type: 'application/pdf' }, 'unclear empty-page'],
  ])('%s', (_, answer, expected) => {
    expect(says(answer)).toContain(expected);
  });
});

describe('gates before a page', () => {
  const GRAPH =
    '{"@context":"https://schema.org","@graph":[{"@type":"WebPage"},{"@type":"Article","isAccessibleForFree":"False"}]}';
  const data = (json: string): string => `<script type="application/ld+json">${json}</script>`;

  it.each<[string, Answer, string]>([
    [
      'a login page at the end of a redirect',
      { body: page('Harbour', '<p>Welcome back, sailor.</p>'), finalUrl: 'https://harbour.example/users/sign_in?to=7' },
      'blocked login-wall web/login-url',
    ],
    [
      "a login service's host",
      {
        body: page('Harbour', '<p>Welcome back, sailor.</p>'),
        finalUrl: 'https://passport.harbour.example/visitor?to=7',
      },
      'blocked login-wall web/login-url',
    ],
    [
      'an article at an address with a login in its name',
      { body: story(), finalUrl: 'https://harbour.example/login-of-the-keeper' },
      'alive ok web/article',
    ],
    [
      'a captcha that asks in words',
      { body: page('Harbour', '<p>Are you a robot? Tick the box.</p><div class="x h-captcha"></div>') },
      'blocked verification-wall',
    ],
    [
      'a captcha below an article',
      { body: story('<form><div class="g-recaptcha"></div></form>') },
      'alive ok web/article',
    ],
    ['an article that says in a graph that it is not free', { body: story('', data(GRAPH)) }, 'alive partial'],
    [
      'a teaser that says so',
      { body: page('Tides', '<p>Low water at six, and then</p>', data('[{"isAccessibleForFree":false}]')) },
      'blocked paywall',
    ],
    [
      'data about money that can not be read',
      { body: story('', data('{"isAccessibleForFree":false,,}')) },
      'alive ok web/article',
    ],
    ['data that says it is free', { body: story('', data('{"isAccessibleForFree":true}')) }, 'alive ok web/article'],
  ])('%s', (_, answer, expected) => {
    expect(says(answer)).toContain(expected);
  });

  it('a login page that was asked for is the page', () => {
    const asked = 'https://harbour.example/login';
    const text =
      '<p>Log in to see the tide tables of all harbours and to write into the book of heights. Whoever has no name in the book can ask the keeper for one.</p>';
    expect(says({ body: page('Login', text) }, asked)).toContain('alive ok');
  });
});

describe('a refresh in the head', () => {
  const refresh = (content: string, wrap = (tag: string): string => tag): Answer => ({
    body: page('Harbour', '<p>Please wait.</p>', wrap(`<meta http-equiv="Refresh" content="${content}">`)),
  });

  it.each([
    ['0; url=/new/7', 'https://harbour.example/new/7'],
    ["3;URL='https://other.example/7'", 'https://other.example/7'],
    ['1.5, /new/8', 'https://harbour.example/new/8'],
  ])('%s points elsewhere', (content, target) => {
    expect(web.sight(visitOf(web, ASKED, refresh(content))).movedTo).toBe(target);
  });

  it.each(['60; url=/new/7', '0; url=#top', '0', 'soon; url=/new/7', '0; url=http://['])('%s does not', (content) => {
    expect(web.sight(visitOf(web, ASKED, refresh(content))).movedTo).toBeNull();
  });

  it('is for browsers without scripts where it stands in noscript', () => {
    const inNoscript = refresh('0; url=/new/7', (tag) => `<noscript>${tag}</noscript>`);
    expect(web.sight(visitOf(web, ASKED, inNoscript)).movedTo).toBeNull();
    expect(
      web.sight(visitOf(web, ASKED, { body: page('Harbour', '<p>x</p>', '<meta http-equiv="refresh">') })).movedTo,
    ).toBeNull();
  });
});

describe('a domain that is parked', () => {
  const SALE = '<p>This domain is for sale.</p>';

  it.each<[string, Answer]>([
    [
      'words and a frame of a parking service',
      { body: page('x', `${SALE}<iframe src="https://www.sedoparking.com/x"></iframe>`) },
    ],
    ['words and a form of a seller', { body: page('x', `${SALE}<form action="https://dan.com/buy"></form>`) }],
    ['words and a script of a lander', { body: page('x', `${SALE}<script>window.LANDER_SYSTEM = "CP"</script>`) }],
    ['words and the bare name as title', { body: page('www.harbour.example', SALE) }],
    [
      'the name and a link to a parking service',
      {
        body: page(
          'harbour.example - tides',
          '<p>Sponsored</p><a href="http://[">x</a><link href="https://bodis.com/a.css">',
        ),
      },
    ],
    ['the end at a parking service', { body: page('x', SALE), finalUrl: 'https://hugedomains.com/domain/harbour' }],
  ])('%s', (_, answer) => {
    expect(says(answer)).toMatch(/^gone .* web\/parked$/);
  });

  it('one sign alone, or a long text about it, is none', () => {
    expect(says({ body: page('x', SALE) })).not.toContain('parked');
    expect(says({ body: story(`${SALE}<iframe src="https://www.sedoparking.com/x"></iframe>`) })).toContain('alive ok');
  });
});

describe('signs of an error page', () => {
  it.each<[string, Answer, string]>([
    [
      'a code for crawlers and a headline',
      { body: page('x', '<h1>Page not found</h1>', '<meta name="prerender-status-code" content="404">') },
      'meta prerender-status-code 404',
    ],
    [
      'a class of the body',
      { body: '<html><title>Page not found</title><body class="home error404"><p>Sorry.</p></body></html>' },
      'error404',
    ],
    [
      'the address at which it ended',
      { body: page('Page not found', '<p>x</p>'), finalUrl: 'https://harbour.example/error/404.html' },
      'address /error/404.html',
    ],
    [
      'its canonical address',
      { body: page('Page not found', '<p>x</p>', '<link rel="canonical" href="https://harbour.example/not-found">') },
      'canonical https://harbour.example/not-found',
    ],
    [
      'a notice behind a title of notices',
      { body: page('提示信息 - 港口', '<div class="error-box">您访问的页面不存在</div>') },
      'title "提示信息 - 港口"',
    ],
  ])('%s', (_, answer, expected) => {
    expect(says(answer)).toContain('gone soft-404');
    expect(marker(answer)).toContain(expected);
  });

  it('a page in place of a file counts as one', () => {
    expect(says({ body: page('Page not found', '<p>x</p>') }, 'https://harbour.example/table.pdf')).toContain(
      'gone soft-404',
    );
  });
});

describe('an address that nobody wrote', () => {
  const half = (): number => 0.5;
  const top = (): number => 1;

  it.each([
    ['https://harbour.example/tides/7', /^https:\/\/harbour\.example\/tides\/9\d{11}$/],
    ['https://harbour.example/a/table.html?x=1#y', /^https:\/\/harbour\.example\/a\/[a-z]{12}\.html$/],
    ['https://harbour.example/?p=12', /^https:\/\/harbour\.example\/\?p=9\d{11}$/],
    ['https://harbour.example/', /^https:\/\/harbour\.example\/[a-z]{12}$/],
    ['https://harbour.example/tides/', /^https:\/\/harbour\.example\/[a-z]{12}\/$/],
  ])('%s', (url, expected) => {
    expect(siblingUrl(url, half)).toMatch(expected);
    expect(siblingUrl(url, top)).toMatch(expected);
  });

  it('an empty page is like nothing, another title is another page', () => {
    const seen = web.sight(visitOf(web, ASKED, { body: story() }));
    expect(looksLikeSibling(seen, seen)).toBe(true);
    expect(looksLikeSibling(seen, { ...seen, title: 'x' })).toBe(false);
    expect(looksLikeSibling(seen, { ...seen, simhash: null })).toBe(false);
    expect(looksLikeSibling(seen, { ...seen, chars: seen.chars * 2 })).toBe(false);
  });
});
