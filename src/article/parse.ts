import { type Document, DomHandler } from 'domhandler';
import { Parser } from 'htmlparser2';

/** Parses HTML to a tree with htmlparser2: five times faster than an HTML5 parser, at the price of no tree repair. */
export function parseMarkup(html: string): Document {
  const handler = new DomHandler();
  const parser = new Parser(handler, { decodeEntities: true });
  parser.end(html);
  return handler.root;
}
