import type { Entry } from '../entries.ts';
import { articlePath } from '../paths.ts';
import { findPlaces, type SnippetPiece } from '../search/snippet.ts';
import { fold } from '../search/terms.ts';
import { h, type View } from '../view.ts';
import { rootPath, toDom } from './dom.ts';
import { askFrame } from './frames.ts';

/** Room for a hit's snippet until it comes, so that nothing jumps. */
export function waitingSnippet(entry: Entry): View | null {
  return entry.captured === null ? null : h('p', { class: 'snippet', 'aria-busy': 'true' });
}

/** Shows where the literals stand in an entry's title and text. Gives those that its page says are not in the text. */
export async function showSnippet(
  line: HTMLElement,
  entry: Entry,
  literals: readonly string[],
): Promise<readonly string[]> {
  markTitle(line, entry.title, literals);
  if (entry.captured === null) return [];
  // The hits themselves come first.
  await new Promise((resolve) => setTimeout(resolve, 0));
  const snippet = await askFrame(rootPath() + articlePath(entry.id), literals);
  const place = line.querySelector('.snippet');
  if (snippet === null || place === null) return [];
  place.removeAttribute('aria-busy');
  if (snippet.pieces.length === 0) place.remove();
  else place.replaceChildren(...snippet.pieces.map(pieceNode));
  return snippet.missing;
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
