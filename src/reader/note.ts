import { h, outward, type View } from './view.ts';

/** A piece of a line: plain text, or text that is strong, stressed, code, struck out, or a link. */
export type Piece = string | ['b' | 'i' | 'c' | 's', string] | ['a', string, string];

/** A block of a note: paragraph, list item, quotation, code or heading. Flat, so that it is shown without recursion. */
export interface Block {
  t: 'p' | 'li' | 'q' | 'pre' | 'h';
  c: Piece[];
}

const TAGS = { b: 'strong', i: 'em', c: 'code', s: 'del' } as const;

/** The blocks as views; list items stand in one list as far as they follow each other. */
export function noteViews(blocks: readonly Block[]): View[] {
  const out: View[] = [];
  let items: View[] = [];
  const endList = () => {
    if (items.length > 0) out.push(h('ul', {}, ...items));
    items = [];
  };
  for (const block of blocks) {
    const content = block.c.map(pieceView);
    if (block.t === 'li') {
      items.push(h('li', {}, ...content));
      continue;
    }
    endList();
    if (block.t === 'q') out.push(h('blockquote', {}, h('p', {}, ...content)));
    else if (block.t === 'pre') out.push(h('pre', { tabindex: '0' }, h('code', {}, ...content)));
    else out.push(h('p', block.t === 'h' ? { class: 'note-heading' } : {}, ...content));
  }
  endList();
  return out;
}

function pieceView(piece: Piece): View | string {
  if (typeof piece === 'string') return piece;
  if (piece[0] === 'a') return outward(piece[2], {}, piece[1]);
  return h(TAGS[piece[0]], {}, piece[1]);
}

/** The words of a note, for searching in it. */
export function noteText(blocks: readonly Block[]): string {
  return blocks
    .map((block) => block.c.map((piece) => (typeof piece === 'string' ? piece : piece[1])).join(''))
    .join('\n');
}
