import type { AnyNode } from 'domhandler';
import { buildArticle, chinaTime, type Page } from '../../article/index.ts';
import { parseMarkup } from '../../article/parse.ts';
import type { Article, Ask, Exchange, Identity, Sighting } from '../../types.ts';
import { escapeHtml } from '../escape.ts';
import type { Platform, Visit } from '../platform.ts';
import { askOnce, matchMarkers, NOTHING_SEEN, sighting, sightNoArticle, visibleText } from '../sight.ts';
import { zhihuOptions } from './content.ts';
import { domArticle } from './dom.ts';
import { type Entity, entityOf } from './entity.ts';
import { identifyZhihu, parseKey, unwrapZhihu } from './identity.ts';
import { markers } from './markers.ts';

/** What of Zhihu is tried beside the page itself. */
export interface ZhihuOptions {
  /** Ask the public reader (`/tardis/zm/…`) where the page was refused. Not verified on the live site, so off by default. */
  readonly tardis: boolean;
}

/** Columns, answers, questions, pins and videos of Zhihu. */
export function createZhihu(options: ZhihuOptions): Platform {
  return {
    name: 'zhihu',
    hosts: ['zhihu.com', '.zhihu.com'],
    manners: { concurrency: 1, intervalMs: 3000, headers: { 'accept-language': 'zh-CN,zh;q=0.9' } },
    markers,
    unwrap: unwrapZhihu,
    identify: identifyZhihu,
    ask: (identity, answered) => (options.tardis ? askBoth(identity, answered) : askOnce(identity, answered)),
    sight,
    read,
  };
}

const TARDIS: Readonly<Record<string, string>> = { p: 'art', answer: 'ans' };

function askBoth(identity: Identity, answered: readonly Exchange[]): Ask | null {
  const first = askOnce(identity, answered);
  const status = answered[0]?.reply?.status;
  const { kind, id } = parseKey(identity.key);
  const name = TARDIS[kind];
  if (first !== null || answered.length > 1 || status !== 403 || name === undefined) return first;
  return { url: `https://www.zhihu.com/tardis/zm/${name}/${id}`, method: 'GET', headers: {}, body: null, via: 'http' };
}

/** The page that shows the article, else the one that was answered first. */
function shownPage(visit: Visit): Page | null {
  const shown = visit.pages.findLast((page) => page !== null && articleOf(page, visit.identity.key) !== null);
  return shown ?? visit.pages.find((page) => page !== null) ?? null;
}

/** From the page's data, else from its visible tree. */
function articleOf(page: Page, key: string): Entity | null {
  const found = entityOf(page, key);
  if (found !== null && found !== 'others') return found.content.length > 0 || found.title !== null ? found : null;
  return domArticle(page, key, found === 'others');
}

function sight(visit: Visit): Sighting {
  const page = shownPage(visit);
  if (page === null) return NOTHING_SEEN;
  const { key } = visit.identity;
  const article = articleOf(page, key);
  if (article === null) {
    const others = entityOf(page, key) === 'others';
    return { ...sightNoArticle(markers, page), identity: others ? 'other' : 'unknown' };
  }
  return sighting(`${article.title ?? ''}\n${visibleText(bodyOf(article))}`, {
    proof: article.proof,
    identity: 'same',
    title: article.title,
    markers: matchMarkers(markers, page),
    partial: article.cut,
  });
}

/** Everything that is read: the article's own nodes, then those of the answers a question's page carries. */
function bodyOf(article: Entity): AnyNode[] {
  const answers = article.answers.flatMap((answer) => [
    ...parseMarkup(`<h2>${escapeHtml(answer.author ?? '')}</h2>`).children,
    ...nodesOf(answer),
  ]);
  return [...nodesOf(article), ...answers];
}

function nodesOf({ content }: Entity): readonly AnyNode[] {
  return typeof content === 'string' ? parseMarkup(content).children : content;
}

function read(visit: Visit): Article | null {
  const page = shownPage(visit);
  if (page === null) return null;
  const article = articleOf(page, visit.identity.key);
  if (article === null) return null;
  return buildArticle({
    content: bodyOf(article),
    baseUrl: visit.identity.url,
    title: article.title,
    author: article.author,
    account: article.account,
    published: chinaTime(article.created),
    updated: chinaTime(article.updated),
    language: 'zh',
    partial: article.cut !== null,
    options: zhihuOptions,
  });
}

export default createZhihu({ tardis: false });
