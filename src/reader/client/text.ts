const BLOCKS = /^(?:P|DIV|H[1-6]|LI|BLOCKQUOTE|PRE|TR|TD|TH|FIGURE|FIGCAPTION|DT|DD|SUMMARY|CAPTION|BR|HR)$/;

/** A text node and where its text begins in the whole. */
export interface Place {
  node: Text;
  start: number;
}

/** The text of an element with a line break between blocks, and where each text node stands in it. */
export function textOf(element: Element): { text: string; places: Place[] } {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  const parts: string[] = [];
  const places: Place[] = [];
  let length = 0;
  const put = (text: string) => {
    parts.push(text);
    length += text.length;
  };
  let broken = true;
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (node instanceof Text) {
      places.push({ node, start: length });
      put(node.data);
      broken = false;
    } else if (!broken && BLOCKS.test(node.nodeName)) {
      put('\n');
      broken = true;
    }
  }
  return { text: parts.join(''), places };
}

/** The stretch from `start` to `end` of the text as a range of the document. */
export function rangeOf(places: readonly Place[], start: number, end: number): Range | null {
  const first = placeAt(places, start);
  const last = placeAt(places, end - 1);
  if (first === null || last === null) return null;
  const range = document.createRange();
  range.setStart(first.node, Math.min(first.node.length, start - first.start));
  range.setEnd(last.node, Math.min(last.node.length, end - last.start));
  return range;
}

function placeAt(places: readonly Place[], at: number): Place | null {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle]?.start ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return places[low - 1] ?? null;
}
