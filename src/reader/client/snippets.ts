import type { Entry } from '../entries.ts';
import { findPlaces, makeSnippet, type Snippet, type SnippetPiece } from '../search/snippet.ts';
import { fold } from '../search/terms.ts';
import { h, type View } from '../view.ts';
import { toDom } from './dom.ts';
import { textOfArticle } from './texts.ts';

/** Room for a hit's snippet until it comes, so that nothing jumps. */
export function waitingSnippet(entry: Entry): View | null {
  return entry.captured === null ? null : h('p', { class: 'snippet', 'aria-busy': 'true' });
}

/** Shows where the words of a query stand, in the lines that come into sight. */
export class Snippets {
  readonly #waiting = new Map<Element, () => void>();
  readonly #watch = new IntersectionObserver(
    (seen) => {
      for (const { target, isIntersecting } of seen) {
        if (!isIntersecting) continue;
        this.#watch.unobserve(target);
        this.#waiting.get(target)?.();
        this.#waiting.delete(target);
      }
    },
    { rootMargin: '25% 0px' },
  );

  /** Marks the words in the title now and shows the snippet when the line is in sight. */
  add(line: HTMLElement, entry: Entry, literals: readonly string[]): void {
    markTitle(line, entry.title, literals);
    if (entry.captured === null) return;
    this.#waiting.set(line, () => void showSnippet(line, entry, literals));
    this.#watch.observe(line);
  }

  /** Forgets all lines: others come. */
  clear(): void {
    this.#watch.disconnect();
    this.#waiting.clear();
  }
}

/** Which of the literals an article's text lacks; null where the text cannot be had. */
export async function missingIn(entry: Entry, literals: readonly string[]): Promise<readonly string[] | null> {
  return (await snippetOf(entry, literals))?.missing ?? null;
}

async function snippetOf(entry: Entry, literals: readonly string[]): Promise<Snippet | null> {
  const text = await textOfArticle(entry.id);
  return text === null ? null : makeSnippet(text, literals);
}

async function showSnippet(line: HTMLElement, entry: Entry, literals: readonly string[]): Promise<void> {
  const snippet = await snippetOf(entry, literals);
  const place = line.querySelector('.snippet');
  if (place === null) return;
  place.removeAttribute('aria-busy');
  if (snippet === null || snippet.pieces.length === 0) place.remove();
  else place.replaceChildren(...snippet.pieces.map(pieceNode));
}

function pieceNode(piece: SnippetPiece): Node {
  return toDom(piece.hit ? h('mark', {}, piece.text) : piece.text);
}

function markTitle(line: HTMLElement, title: string, literals: readonly string[]): void {
  const link = line.querySelector('.title');
  const places = findPlaces(fold(title), literals);
  if (link === null || places.length === 0) return;
  const nodes: Node[] = [];
  let at = 0;
  for (const { start, end } of places) {
    nodes.push(toDom(title.slice(at, start)), toDom(h('mark', {}, title.slice(start, end))));
    at = end;
  }
  link.replaceChildren(...nodes, toDom(title.slice(at)));
}
