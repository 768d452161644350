import { parseQuery } from '../search/query.ts';
import { findPlaces } from '../search/snippet.ts';
import { fold } from '../search/terms.ts';
import { onKey } from './comfort.ts';
import { byId, rootPath } from './dom.ts';
import { listState } from './memory.ts';
import { rangeOf, textOf } from './text.ts';

/** An article, a difference or the overview: keys to go on, and what was searched for made visible. */
export function openArticle(): void {
  const main = byId('content', HTMLElement);
  const go = (address: string | undefined) => {
    if (address !== undefined) location.href = address;
  };
  onKey({
    j: () => go(main?.dataset.next),
    k: () => go(main?.dataset.previous),
    '/': () => go(`${rootPath()}index.html#search`),
    Escape: () => go(main?.dataset.up ?? `${rootPath()}index.html${listState()}`),
  });
  const query = new URLSearchParams(location.hash.slice(1)).get('q');
  if (query !== null) showHits(query);
}

function showHits(query: string): void {
  const text = byId('text', HTMLElement);
  if (text === null || !('highlights' in CSS)) return;
  const { text: words, places } = textOf(text);
  const ranges = findPlaces(fold(words), parseQuery(query).literals, 500)
    .map(({ start, end }) => rangeOf(places, start, end))
    .filter((range) => range !== null);
  CSS.highlights.set('hit', new Highlight(...ranges));
  const first = ranges[0]?.startContainer.parentElement;
  first?.scrollIntoView({ block: 'center' });
}
