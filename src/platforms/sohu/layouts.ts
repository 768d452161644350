import { chinaTime, type Page } from '../../article/index.ts';
import { bodyOf, type Found, metaOf, textOf } from '../html-platform.ts';
import { visibleText } from '../sight.ts';

/** The article of a sohu.com page: `/a/` pages since 2016, their mobile twin, channel pages before. */
export function findSohu(page: Page): Found | null {
  return findPresent(page) ?? findChannel(page) ?? findOld(page);
}

const PRESENT = ['article#mp-editor', '#mp-editor', '.text article.article', '#articleContent', '.display-content'];

function findPresent(page: Page): Found | null {
  const at = bodyOf(page, PRESENT) ?? videoOf(page);
  const title = headline(page, '.text-title h1', 'h2.title-info', '.article-content h1', '.video-title h1', 'h1');
  if (at === null || title === null) return null;
  const account = metaOf(page, 'mediaid') ?? textOf(page, '#user-info h4 a', '#user-info h4', '.author-info .name');
  const reporter = reporterOf(page, at.body);
  return {
    ...at,
    title,
    author: reporter ?? account,
    account: reporter === null ? null : account,
    published:
      chinaTime(page.$('#news-time[data-val]').attr('data-val')) ??
      chinaTime(metaOf(page, 'datePublished') ?? metaOf(page, 'og:release_date')) ??
      chinaTime(textOf(page, '#news-time', '.article-info .time', '.time')),
    partial: partialOf(page),
    language: 'zh-CN',
  };
}

/** A page of one video has an empty body; its script names the video. */
function videoOf(page: Page): ReturnType<typeof bodyOf> {
  const body = page.$('article#mp-editor, #mp-editor, #article-video').toArray()[0];
  if (body?.type !== 'tag') return null;
  const script = scriptWith(page, 'article_video');
  return /article_video\s*[=:]\s*\{/.test(script) ? { proof: 'sohu_mp.article_video', body } : null;
}

const REPORTER =
  /^[（(]?\s*[\u4e00-\u9fff]{0,8}记者[\s:：/]+([\u4e00-\u9fff·]{2,4})(?:\s+[\u4e00-\u9fff]{0,10}报道)?\s*[)）]?$/;

/** `某报记者 NAME PLACE报道`, a line of its own among the last ones: newspapers name their reporter behind the text. */
function reporterOf(page: Page, body: Found['body']): string | null {
  const lines = page.$(body).find('p').toArray().slice(-5);
  return lines.flatMap((line) => REPORTER.exec(visibleText([line]))?.[1] ?? [])[0] ?? null;
}

/** A headline without the tags (原创) that stand in it. */
function headline(page: Page, ...selectors: readonly string[]): string | null {
  for (const selector of selectors) {
    const nodes = page.$(selector).first().contents().not('.article-tag, .tag').toArray();
    const text = visibleText(nodes);
    if (text !== '') return text;
  }
  return null;
}

/** `displayMode` in the page's settings: 0 whole, 1 shortened, 2 after login, 3 for subscribers, 4 for pay. */
function partialOf(page: Page): string | null {
  return /\bdisplayMode\s*:\s*["']?[1-4]["']?(?!\d)/.exec(scriptWith(page, 'displayMode'))?.[0] ?? null;
}

/** Source of the first inline script in which that word stands; empty where there is none. */
export function scriptWith(page: Page, word: string): string {
  for (const script of page.$('script:not([src])').toArray()) {
    const source = page.$(script).text();
    if (source.includes(word)) return source.slice(0, 500_000);
  }
  return '';
}

/** Channel pages of about 2008–2016 with microdata. */
function findChannel(page: Page): Found | null {
  const at = bodyOf(page, ['#contentText', '[itemprop="articleBody"]']);
  const title = textOf(page, 'h1[itemprop="headline"]', '.content-box h1', 'h1');
  if (at === null || title === null) return null;
  const name = textOf(page, '#author_baidu', '[itemprop="author"]')?.replace(/^作者\s*[:：]\s*/, '');
  const media = textOf(page, '#media_span', '#source_baidu a', '[itemprop="publisher"]');
  return {
    ...at,
    title,
    author: name || media || sourceOf(textOf(page, '.source')) || editorOf(page, at.body),
    account: name ? media : null,
    published:
      chinaTime(metaOf(page, 'datePublished')) ??
      chinaTime(page.$('#pubtime_baidu').attr('content')) ??
      chinaTime(textOf(page, '#pubtime_baidu', '.time', '.sourceTime', '.source')),
    language: 'zh-CN',
  };
}

/** Channel pages of about 2003–2007: tables, the line of time above the text, the editor at its end. */
function findOld(page: Page): Found | null {
  const at = bodyOf(page, ['#fontzoom', '#sohu_content', 'td.article', 'td.content']);
  const title = textOf(page, 'h1', 'fltitle', 'td.title') ?? plainTitle(page);
  if (at === null || title === null) return null;
  const byline = oldByline(page);
  return {
    ...at,
    title,
    author:
      /^[^来]*\[\s*([\u4e00-\u9fff·]{2,8})\s*\]/.exec(`${byline}`)?.[1] ?? editorOf(page, at.body) ?? sourceOf(byline),
    published: chinaTime(byline),
    language: 'zh-CN',
  };
}

const OLD_TIME = /\d{4}年\d{1,2}月\d{1,2}日\s*\d{1,2}[:：]\d\d/;

function oldByline(page: Page): string | null {
  for (const element of page.$('td, p, div, span, font').toArray().slice(0, 3000)) {
    const text = visibleText([element], 400);
    if (text.length < 160 && OLD_TIME.test(text)) return text;
  }
  return null;
}

/** `（责任编辑：NAME）` at the end of the text. */
function editorOf(page: Page, body: Found['body']): string | null {
  const end = page.$(body).text().replace(/\s+/g, ' ').trim().slice(-200);
  return /责任编辑\s*[:：]\s*([\u4e00-\u9fffA-Za-z·]{2,12})/.exec(end)?.[1] ?? null;
}

function sourceOf(byline: string | null): string | null {
  return /来源\s*[:：]\s*\[?\s*([^\s\]]{2,20})/.exec(`${byline}`)?.[1] ?? null;
}

function plainTitle(page: Page): string | null {
  const title = page.$('title').first().text().replace(/\s+/g, ' ').trim();
  return title.replace(/[-_]搜狐\S{0,8}$/, '').trim() || null;
}
