import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linkAddress, webAddress } from '../../src/article/address.ts';
import { extractArticle, parseDate, readMetadata, simhash, visibleText } from '../../src/article/index.ts';
import {
  authorInLine,
  dateInLine,
  dayInLine,
  editorInLine,
  peopleInLine,
  reporterInLine,
  tidyName,
} from '../../src/article/metadata/byline.ts';
import { runs } from '../property.ts';
import { pageOf } from './page-of.ts';

const DAY_OR_MOMENT = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d))?$/;

/** Pieces of pages: elements that mean something to a reader, whole and broken. */
const PIECES = [
  '<html>', '<head>', '<title>', '</title>', '<body>', '<article>', '</article>', '<main>', '<div class="content">', '<div hidden>',
  '<div style="display:none">', '</div>', '<p>', '</p>', '<h1>', '</h1>', '<h2>', '<section>', '<nav>', '<footer>', '<aside>',
  '<table>', '<tr>', '<td colspan=99999>', '<th>', '</table>', '<ul>', '<li>', '<ol start=-3>', '<dl>', '<dt>', '<dd>',
  '<pre>', '<code>', '</code>', '</pre>', '<blockquote>', '<a href="/x">', '<a href="javascript:x">', '</a>', '<b>', '</b>', '<i>',
  '<img src="a.png" data-src="b.jpg">', '<img srcset="a.png 1x, b.png 2x,, c 3w">', '<picture>', '<source srcset=",">', '<figure>',
  '<figcaption>', '<br>', '<hr>', '<math>', '<svg>', '<mi>', '</svg>', '<template>', '<noscript>', '</noscript>', '<iframe src=x>',
  '<meta property="og:title" content="T">', '<meta name="author" content="N">', '<meta charset="gbk">',
  '<meta property="article:published_time" content="2020-01-01T00:00:00+99:99">', '<time datetime="2020-13-40">',
  '<script type="application/ld+json">{"@type":"Article","headline":', '"x"', ',"author":[{"name":null}]}', '</script>',
  '<base href="http://[">', '<link rel=canonical href="//x">', '<!--', '-->', '<![CDATA[', ']]>', '&nbsp;', '&#x0;', '&lt;', '<', '>',
  '作者：林小舟', '2020年3月14日 10:15', '一段足够长的文字，写在这里，好让它看起来像一篇文章的正文，而不是一行标题。', 'A sentence, long enough to count. ', '\0', '\u202e',
] as const; // biome-ignore format: a row of signs
const markup = fc
  .array(fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...PIECES) }, fc.string({ unit: 'binary', maxLength: 8 })), {
    maxLength: 50,
  })
  .map((parts) => parts.join(''));
const type = fc.constantFrom('text/html', 'text/html; charset=gbk', 'text/html; charset="', 'application/json', '');

function isDate(value: string | null): boolean {
  return value === null || (DAY_OR_MOMENT.test(value) && !Number.isNaN(Date.parse(value)));
}

describe('any bytes', () => {
  it('are read as an article or as none, the same each time', () => {
    fc.assert(
      fc.property(markup, type, (html, contentType) => {
        const article = extractArticle(pageOf(html, 'https://site.example/a/1.html', contentType));
        expect(extractArticle(pageOf(html, 'https://site.example/a/1.html', contentType))).toEqual(article);
        if (article === null) return;
        expect(isDate(article.published) && isDate(article.updated)).toBe(true);
        expect(article.markdown).not.toContain('\0');
        for (const { url } of article.pictures) expect(url).toMatch(/^https?:/);
      }),
      runs(150),
    );
  });

  it('have metadata that are facts or null', () => {
    fc.assert(
      fc.property(markup, type, (html, contentType) => {
        const { title, author, published } = readMetadata(pageOf(html, 'https://site.example/a/1.html', contentType));
        expect(isDate(published)).toBe(true);
        for (const word of [title, author]) expect(word).not.toBe('');
      }),
      runs(100),
    );
  });

  it('are a page, whatever they are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), type, (body, contentType) => {
        const page = pageOf(body, 'https://site.example/', contentType);
        visibleText(page.$);
        expect(typeof page.text).toBe('string');
        expect(page.json === undefined || typeof page.json === 'object').toBe(true);
        expect(new TextDecoder(page.charset).encoding).not.toBe('');
      }),
      runs(150),
    );
  });
});

describe('any line', () => {
  const word = fc.constantFrom(
    '2020', '-', '/', '.', '年', '月', '日', '3', '14', '31', '02', '10:15', '25:61', ':', 'pm', 'AM', 'T', 'Z', '+08:00', '+99:99', 'GMT',
    '-1400', 'March', 'Mar', 'th', ',', ' ', '\t', '二〇二〇年', '三月', '十四日', '下午', '发布', '时间：', '20200314101500', '1584151200',
    '作者', '：', '记者', '林小舟', '（', '）', '来源', '编辑', 'By', 'Ann Lee', 'and', '|', '原创', '报道', '今天是',
  ); // biome-ignore format: a row of words
  const line = fc.oneof(
    fc.array(word, { maxLength: 14 }).map((words) => words.join('')),
    fc.array(word, { maxLength: 8 }).map((words) => words.join(' ')),
    fc.string({ unit: 'grapheme', maxLength: 40 }),
  );
  const context = fc.record({
    zone: fc.constantFrom(null, 'Z', '+08:00', '-05:30'),
    order: fc.constantFrom(null, 'day-first' as const, 'month-first' as const),
  });

  it('holds a date that is one, or none', () => {
    fc.assert(
      fc.property(line, context, (text, place) => {
        expect(parseDate(text, place)).toSatisfy(isDate);
        expect(dateInLine(text, place)?.date ?? null).toSatisfy(isDate);
        expect(dayInLine(text) ?? '01-01').toMatch(/^\d\d-\d\d$/);
      }),
      runs(1000),
    );
  });

  it('keeps a moment that is written as ISO 8601', () => {
    const moment = fc.date({ min: new Date('1990-01-02'), max: new Date('2099-12-30'), noInvalidDate: true });
    fc.assert(
      fc.property(moment, (date) => {
        const iso = `${date.toISOString().slice(0, 19)}Z`;
        expect(parseDate(iso)).toBe(iso);
      }),
      runs(200),
    );
  });

  it('names somebody or nobody', () => {
    fc.assert(
      fc.property(line, (text) => {
        for (const read of [tidyName, authorInLine, reporterInLine, peopleInLine, editorInLine]) {
          const name = read(text);
          if (name !== null) expect(name.trim()).not.toBe('');
        }
        expect(simhash(text)).toMatch(/^[0-9a-f]{16}$/);
      }),
      runs(500),
    );
  });

  it('is an address of the web or none', () => {
    const part = fc.constantFrom('http', 'https', ':', '//', 'java', 'script:', '\t', '\n', '\0', ' ', 'a.b', '/', '?', '#', '[', '@', 'mailto:', 'data:', 'ÿ', '\ud800'); // biome-ignore format: signs
    const raw = fc.oneof(
      fc.array(part, { maxLength: 10 }).map((parts) => parts.join('')),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(raw, fc.constantFrom('https://site.example/a', 'about:blank', 'no base'), (text, base) => {
        const web = webAddress(text, base);
        if (web !== null) expect(new URL(web).protocol).toMatch(/^https?:$/);
        expect(linkAddress(text, base) ?? 'http:').toMatch(/^(?:https?|mailto|tel):/i);
      }),
      runs(500),
    );
  });
});
