import type { AnyNode } from 'domhandler';
import type { Article } from '../../types.ts';
import { baseAddress } from '../address.ts';
import { buildArticle } from '../build.ts';
import { readMetadata } from '../metadata.ts';
import type { Page } from '../page.ts';
import { chooseElement } from './choose.ts';
import { prune } from './prune.ts';
import { survey } from './survey.ts';
import { titleBlock } from './title.ts';
import { weigh } from './weigh.ts';

/** The article of any page, by general rules; null where the page shows none. */
export function extractArticle(page: Page): Article | null {
  const metadata = readMetadata(page);
  const found = findBody(page, metadata.title, false) ?? findBody(page, metadata.title, true);
  if (found === null) return null;
  const baseUrl = baseAddress(page.$('base[href]').attr('href'), page.url);
  const { title, author, published, updated, language } = metadata;
  const article = buildArticle({
    content: [found.node],
    baseUrl,
    title,
    author,
    published,
    updated,
    language,
    options: { drop: found.drop },
  });
  return article.text === '' ? null : article;
}

function findBody(page: Page, title: string | null, readHidden: boolean): { node: AnyNode; drop: Set<AnyNode> } | null {
  const lines = survey(page.$.root().toArray(), readHidden);
  const at = titleBlock(lines, title);
  let weights = weigh(lines, true);
  let best = chooseElement(lines, weights, at);
  // A page that consists of what looks like teasers is a list of finds with descriptions, and that is its article.
  if (best < 0 || (weights.good[best] ?? 0) < 0.2 * weights.total) {
    weights = weigh(lines, false);
    best = chooseElement(lines, weights, at);
  }
  const node = lines.elements[best]?.element;
  return node === undefined ? null : { node, drop: prune(lines, weights, best, title) };
}
