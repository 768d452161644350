import type { AnyNode } from 'domhandler';
import type { Article } from '../../types.ts';
import { baseAddress } from '../address.ts';
import { buildArticle } from '../build.ts';
import { metadataOf } from '../metadata/index.ts';
import { titleLine } from '../metadata/visible.ts';
import type { Page } from '../page.ts';
import { type Survey, survey } from '../survey.ts';
import { chooseElement } from './choose.ts';
import { prune } from './prune.ts';
import { weigh } from './weigh.ts';

/** The article of any page, by general rules; null where the page shows none. */
export function extractArticle(page: Page): Article | null {
  const shown = survey(page.$.root().toArray(), false);
  const metadata = metadataOf(page, shown);
  const found = findBody(shown, metadata.title) ?? findBody(survey(page.$.root().toArray(), true), metadata.title);
  if (found === null) return null;
  const { title, author, published, updated, language } = metadata;
  const article = buildArticle({
    content: [found.node],
    baseUrl: baseAddress(page.$('base[href]').attr('href'), page.url),
    title,
    author,
    published,
    updated,
    language,
    options: { drop: found.drop },
  });
  return article.text === '' ? null : article;
}

function findBody(lines: Survey, title: string | null): { node: AnyNode; drop: Set<AnyNode> } | null {
  const at = titleLine(lines, title);
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
