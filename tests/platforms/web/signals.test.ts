import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import web from '../../../src/platforms/web/index.ts';
import { ERROR_PHRASES, isErrorPhrase } from '../../../src/platforms/web/signals.ts';
import { runs } from '../../property.ts';
import { page } from '../answers.ts';
import { read, visitOf, word } from '../page-visit.ts';

const ERRORS = [
  '404',
  'Error 404',
  '404 Not Found',
  '404 - Page not found',
  'Page Not Found',
  'Page not found.',
  'The page cannot be found',
  'This page could not be found',
  'This article is no longer available',
  "Sorry, this page isn't available.",
  "Oops! That page can't be found.",
  "We couldn't find the page you asked for",
  'The content has been deleted by the author.',
  'Not Found',
  '页面不存在',
  '404 页面不存在',
  '抱歉，您访问的页面不存在！',
  '对不起，您要访问的页面不存在或已被删除',
  '您访问的页面找不到了',
  '该文章已被删除',
  '内容不存在或已被删除',
  '未找到相关内容',
  '网页跑丢了',
  '404错误页面',
  "404. That's an error.",
  'HTTP Status 404 – Not Found',
  'Error 404 (Not Found)!!1',
  "We can't seem to find the page you're looking for.",
  'The requested URL was not found on this server.',
  'It looks like nothing was found at this location.',
  'Video unavailable',
  'Item not found',
  '该贴已被删除',
  '该视频已被删除',
  '链接不存在或已过期',
  'お探しのページは見つかりませんでした',
  'Seite nicht gefunden',
];

const ARTICLES = [
  '404 Not Found: a short history of an error',
  'How to design a page not found page',
  'Why is my page not found by search engines?',
  'The page that could not be found in the library',
  'Not found in translation',
  'What the 404 bus taught me',
  '404路公交车今日起改道',
  '如何优雅地处理页面不存在的情况',
  '页面不存在时应该返回什么状态码',
  '为什么被删除的文章还能搜到',
  '他访问的页面不存在，可他不在乎',
  '失踪的人找到了',
  '文件已找到',
  '该文章获奖了',
  'Gone',
  'Gone with the wind',
  'The link you followed to the harbour',
  'Nothing was found at this location of the old wreck by divers',
  '该视频获奖了',
  '标致404',
];

test.each(ERROR_PHRASES.map((phrase) => [phrase.source.slice(0, 60), phrase] as const))(
  'whatever /%s…/ matches is an error phrase',
  (_source, phrase) => {
    // Word boundaries can not be generated; what is made without them is looked at only where it matches with them.
    const shape = new RegExp(phrase.source.replaceAll('\\b', ''), 'u');
    const texts = fc.stringMatching(shape).filter((text) => {
      const whole = text.replace(/\s+/g, ' ').trim();
      return whole !== '' && whole.length <= 160 && phrase.test(whole);
    });
    fc.assert(
      fc.property(texts, (text) => {
        expect(isErrorPhrase(text)).toBe(true);
      }),
      runs(30),
    );
  },
);

describe('error phrases', () => {
  test.each(ERRORS.map((text) => [text]))('names an error page: %s', (text) => {
    expect(isErrorPhrase(text)).toBe(true);
  });
  test.each(ARTICLES.map((text) => [text]))('names an article: %s', (text) => {
    expect(isErrorPhrase(text)).toBe(false);
  });
  test('any text is answered at once', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 2000 }), (text) => {
        expect(typeof isErrorPhrase(text)).toBe('boolean');
      }),
      runs(200),
    );
    expect(isErrorPhrase('sorry page '.repeat(1000))).toBe(false);
  });
});

describe('one sign is not enough', () => {
  const lines = (count: number): string =>
    Array.from(
      { length: count },
      (_, at) =>
        `<p>Line ${at} of the harbour log tells how many boats came in on day ${at + 3} and what they carried.</p>`,
    ).join('');

  test('a title alone, over an article', () => {
    const body = page('Page not found', `<article><h1>The lost ledger</h1>${lines(8)}</article>`);
    expect(word(web, 'https://site.example/a', { body })).toBe('alive ok web/article');
  });

  test('a hidden box with an error notice, beside a short article', () => {
    const body = page('Harbour log', `<h1>Harbour log</h1>${lines(2)}<div class="error-box">Page not found</div>`);
    expect(word(web, 'https://site.example/a', { body })).toBe('alive ok web/article');
  });

  test('a login form at the top of an article', () => {
    const body = page(
      'Harbour log',
      `<form><input type="password"></form><article><h1>Harbour log</h1>${lines(8)}</article>`,
    );
    expect(word(web, 'https://site.example/a', { body })).toBe('alive ok web/article');
  });

  test('a shop that sells domains is not parked', () => {
    const body = page(
      'Domain names',
      `<h1>Domains</h1><p>Every domain may be for sale, says the law of the sea.</p>${lines(3)}`,
    );
    expect(word(web, 'https://site.example/a', { body })).toBe('alive ok web/article');
  });

  test('a link to a login page may end there', () => {
    const body = page('Sign in', '<h1>Sign in</h1><p>Give your name and your word.</p>');
    expect(word(web, 'https://site.example/login', { body })).toBe('alive ok web/article');
  });
});

test('a wall is never read as an article', () => {
  const body = page(
    'Just a moment...',
    '<h1>site.example</h1><p>Checking your browser.</p><script>window._cf_chl_opt={};</script>',
  );
  expect(read(web, 'https://site.example/a', { body, status: 403 })).toBeNull();
});

test('a page is alive on an error status only if it names itself', () => {
  const text = Array.from(
    { length: 30 },
    (_, at) => `<p>Paragraph ${at}: the crane lifted ${at} crates before noon and ${at + 2} after it.</p>`,
  ).join('');
  const named = page(
    'Crane',
    `<article><h1>Crane</h1>${text}</article>`,
    '<link rel="canonical" href="https://site.example/crane">',
  );
  expect(word(web, 'https://site.example/crane', { body: named, status: 503 })).toBe('alive ok web/article');
  expect(word(web, 'https://site.example/crane', { body: named, status: 404 })).toBe('gone not-found http/404');
});

test('http and https are one page', () => {
  expect(web.identify(new URL('http://site.example/a'))?.key).toBe(
    web.identify(new URL('https://site.example/a'))?.key,
  );
  expect(web.identify(new URL('ftp://site.example/a'))).toBeNull();
  expect(visitOf(web, 'http://site.example/a').identity.url).toBe('http://site.example/a');
});

describe('a page with hardly any text that speaks of absence', () => {
  const nav = Array.from({ length: 30 }, (_, at) => `<li><a href="/${at}">A long name of a boat ${at}</a></li>`).join(
    '',
  );

  test.each([
    ['Boats', '<h2>The boat that you want does not exist</h2>'],
    ['港口', '<h2>呃……你想要的船不在这儿</h2>'],
  ])('is neither alive nor gone: %s', (title, body) => {
    const html = page(title, `<ul>${nav}</ul>${body}`);
    expect(word(web, 'https://site.example/a', { body: html })).toBe('unclear unrecognised-page web/unrecognised');
  });

  test('is alive where only its list or a longer text does', () => {
    const listed = page('Boats', `<ul>${nav}<li><p>The lost boat: it was removed</p></li></ul><p>Thirty boats.</p>`);
    expect(word(web, 'https://site.example/a', { body: listed })).toBe('alive ok web/article');
    const told = page(
      'Boats',
      `<p>The boat was not found. ${'We looked in every harbour of the coast. '.repeat(9)}</p>`,
    );
    expect(word(web, 'https://site.example/a', { body: told })).toBe('alive ok web/article');
  });
});

test('a plain text may be short', () => {
  const answer = { body: 'High water at three.\n', type: 'text/plain' };
  expect(word(web, 'https://site.example/a.txt', answer)).toBe('alive ok web/article');
});
