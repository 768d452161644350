import type { Element } from 'domhandler';
import type { Article } from '../types.ts';
import { buildArticle } from './build.ts';
import { readMetadata } from './metadata.ts';
import type { Page } from './page.ts';

/** The article of any page, by general rules; null where the page shows none. */
export function extractArticle(page: Page): Article | null {
  const best = mainElement(page);
  if (best === null) return null;
  const { title, author, published, updated, language } = readMetadata(page);
  const article = buildArticle({ content: [best], baseUrl: page.url, title, author, published, updated, language });
  return article.text === '' ? null : article;
}

function mainElement(page: Page): Element | null {
  const score = new Map<Element, number>();
  for (const p of page.$('p')) {
    const parent = p.parent;
    if (parent?.type !== 'tag') continue;
    let chars = 0;
    for (const child of p.children) if (child.type === 'text') chars += child.data.trim().length;
    score.set(parent, (score.get(parent) ?? 0) + chars);
  }
  let best: Element | null = null;
  let top = 0;
  for (const [element, value] of score) {
    if (value > top) {
      best = element;
      top = value;
    }
  }
  return best ?? page.$('body').get(0) ?? null;
}
