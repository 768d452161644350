import type { Page } from '../../article/index.ts';
import { countChars, titleOf, visibleText } from '../sight.ts';
import type { Entity } from './entity.ts';
import { identifyZhihu, parseKey } from './identity.ts';

/**
 * The article in the visible tree, for pages that were saved without their data; only where the page names its id, and
 * where its data hold `others` alone not by the address of the visit, which a page of something else has too.
 */
export function domArticle(page: Page, key: string, others = false): Entity | null {
  const { kind, id } = parseKey(key);
  if (kind === 'answer') return answer(page, id);
  return kind === 'p' ? column(page, key, others) : null;
}

function column(page: Page, key: string, others: boolean): Entity | null {
  const { $ } = page;
  const address = $('meta[itemprop="url"], link[rel="canonical"], meta[property="og:url"]')
    .toArray()
    .map(({ attribs }) => `${attribs.content ?? attribs.href}`)
    .concat(others ? [] : page.url);
  if (!address.some((url) => URL.canParse(url) && identifyZhihu(new URL(url))?.key === key)) return null;
  const body = $('.Post-RichText').first();
  const title = $('h1.Post-Title').first().text();
  return build(page, '.Post-RichText', body, title, $('.Post-Author .AuthorInfo, .AuthorInfo').first());
}

function answer(page: Page, id: string): Entity | null {
  const { $ } = page;
  const item = $('.AnswerItem')
    .filter((_, element) => element.attribs.name === id)
    .first();
  const body = item.find('.RichContent-inner .RichText').first();
  const title = $('h1.QuestionHeader-title').first().text();
  return build(page, `.AnswerItem[name="${id}"] .RichText`, body, title, item.find('.AuthorInfo').first());
}

type Selection = ReturnType<Page['$']>;

function build(page: Page, proof: string, body: Selection, title: string, by: Selection): Entity | null {
  const content = body.contents().toArray();
  if (content.length === 0 || (countChars(visibleText(content)) === 0 && body.find('img').length === 0)) return null;
  const item = body.closest('.AnswerItem, .Post-Main, article, body');
  return {
    proof,
    title: title.trim() || cleanTitle(titleOf(page)),
    author: by.find('meta[itemprop="name"]').first().attr('content') ?? null,
    account: null,
    content,
    created: epoch(item.find('meta[itemprop="dateCreated"], meta[itemprop="datePublished"]').first().attr('content')),
    updated: epoch(item.find('meta[itemprop="dateModified"]').first().attr('content')),
    cut: item.find('.KfeCollection-PaidAnswerFooter').length > 0 ? '.KfeCollection-PaidAnswerFooter' : null,
    answers: [],
  };
}

/** A title as a browser shows it, without the count of messages before and the site's name behind. */
function cleanTitle(title: string): string | null {
  const clean = title
    .replace(/^\([^()]{0,40}(?:私信|消息)[^()]{0,20}\)\s*/, '')
    .replace(/\s+-\s+知乎(?:专栏)?$/, '')
    .trim();
  return clean === '' || clean === '知乎' ? null : clean;
}

/** Epoch seconds of an ISO time in UTC; Zhihu's tags carry the zone. */
function epoch(iso: string | undefined): number | null {
  const ms = iso === undefined || !/Z$|[+-]\d\d:?\d\d$/.test(iso) ? Number.NaN : Date.parse(iso);
  return Number.isFinite(ms) ? Math.floor(ms / 1000) : null;
}
