import type { AnyNode } from 'domhandler';
import type { Article } from '../../types.ts';
import { baseAddress } from '../address.ts';
import { buildArticle } from '../build.ts';
import { metadataOf, readDeclared } from '../metadata/index.ts';
import { type Place, titleLine } from '../metadata/visible.ts';
import type { Page } from '../page.ts';
import { type Survey, survey } from '../survey.ts';
import { chooseElement } from './choose.ts';
import { prune } from './prune.ts';
import { type Weights, weigh } from './weigh.ts';

/** The article of any page, by general rules; null where the page shows none. */
export function extractArticle(page: Page): Article | null {
  const shown = survey(page.$.root().toArray(), false);
  const declared = readDeclared(page, shown);
  const found = findBody(shown, declared.title) ?? findBody(survey(page.$.root().toArray(), true), declared.title);
  if (found === null) return null;
  const metadata = metadataOf(page, found.lines, declared, found.place);
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

interface Body {
  node: AnyNode;
  drop: Set<AnyNode>;
  lines: Survey;
  place: Place;
}

function findBody(lines: Survey, title: string | null): Body | null {
  const at = titleLine(lines, title);
  let weights = weigh(lines, true);
  let best = chooseElement(lines, weights, at);
  // A page that consists of what looks like teasers is a list of finds with descriptions, and that is its article.
  if (best < 0 || (weights.good[best] ?? 0) < 0.2 * weights.total || insideTeaser(lines, weights, best)) {
    weights = weigh(lines, false);
    best = chooseElement(lines, weights, at);
  }
  const entry = lines.elements[best];
  if (entry === undefined) return null;
  const place = { title: at, first: entry.first, last: entry.last };
  return { node: entry.element, drop: prune(lines, weights, best, title), lines, place };
}

function insideTeaser({ elements }: Survey, weights: Weights, from: number): boolean {
  for (let at = from; at >= 0; at = elements[at]?.parent ?? -1) if (weights.teaser[at] === 1) return true;
  return false;
}
