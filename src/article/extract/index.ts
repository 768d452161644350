import type { AnyNode } from 'domhandler';
import type { Article } from '../../types.ts';
import { baseAddress } from '../address.ts';
import { buildArticle } from '../build.ts';
import { readMetadata } from '../metadata.ts';
import type { Page } from '../page.ts';
import { chooseElement } from './choose.ts';
import { prune } from './prune.ts';
import { survey } from './survey.ts';
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
  const weights = weigh(lines);
  const best = chooseElement(lines, weights);
  const node = lines.elements[best]?.element;
  if (node === undefined) return null;
  return { node, drop: prune(lines, weights, best, title) };
}
