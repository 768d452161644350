import { type Document, DomHandler, type Element } from 'domhandler';
import { Parser } from 'htmlparser2';
import { withoutDeepTags } from './shallow.ts';

/** Elements stand at most this deep in one another; browsers flatten there too. */
export const MAX_DEPTH = 512;

/** Thrown through the parser by the handler below, and caught there. */
class TooDeep extends Error {}

/** Counts the open elements and stops the parser where there are too many: its own stack costs time by its depth. */
class BoundedHandler extends DomHandler {
  #depth = 0;

  override onopentag(name: string, attribs: Element['attribs']): void {
    if (++this.#depth > MAX_DEPTH + 8) throw new TooDeep('markup is nested too deeply');
    super.onopentag(name, attribs);
  }

  override onclosetag(): void {
    this.#depth--;
    super.onclosetag();
  }
}

/**
 * Parses HTML to a tree with htmlparser2: five times faster than an HTML5 parser, at the price of no tree repair.
 * No tree is deeper than about 512 elements: tags beyond that are left out of the markup, their content stays.
 */
export function parseMarkup(html: string): Document {
  try {
    return parse(html);
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error;
    return parse(withoutDeepTags(html, MAX_DEPTH));
  }
}

function parse(html: string): Document {
  const handler = new BoundedHandler();
  const parser = new Parser(handler, { decodeEntities: true });
  parser.end(html);
  return handler.root;
}
