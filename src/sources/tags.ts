import { QuoteType, Tokenizer } from 'htmlparser2';

/** An attribute's decoded value and the offsets of its own characters as written, quotes not counted. */
export interface Attribute {
  value: string;
  start: number;
  end: number;
}

/** What a reader of tags listens to. Offsets are UTF-16, in the text that was handed in; names are in lower case. */
export interface TagListener {
  /** `at` is the offset of the `<`. Of an attribute that is written twice the first counts. */
  open(name: string, attributes: ReadonlyMap<string, Attribute>, at: number): void;
  close(name: string): void;
  /** Decoded text; that of scripts and styles is left out. */
  text(value: string): void;
  /** `start` and `end` enclose the whole comment. */
  comment(value: string, start: number, end: number): void;
}

const NOT_FOR_READERS = new Set(['script', 'style']);

/** Reads tags, text and comments of HTML (or of XML) in one pass, without building a tree: depth costs nothing. */
export function scanTags(text: string, listener: TagListener, xml = false): void {
  let name = '';
  let at = 0;
  let attributes = new Map<string, Attribute>();
  let attribute = '';
  let nameEnd = 0;
  let value = '';
  let hidden = false;
  const opened = (): void => {
    hidden = !xml && NOT_FOR_READERS.has(name);
    listener.open(name, attributes, at);
  };
  const tokenizer = new Tokenizer(
    { xmlMode: xml, decodeEntities: true },
    {
      onopentagname(start, end) {
        name = text.slice(start, end).toLowerCase();
        at = start - 1;
        attributes = new Map();
      },
      onattribname(start, end) {
        attribute = text.slice(start, end).toLowerCase();
        nameEnd = end;
        value = '';
      },
      onattribdata(start, end) {
        value += text.slice(start, end);
      },
      onattribentity(point) {
        value += String.fromCodePoint(point);
      },
      onattribend(quote, end) {
        if (attributes.has(attribute)) return;
        const quoted = quote === QuoteType.Double || quote === QuoteType.Single;
        const span =
          quote === QuoteType.NoValue ? { start: end, end } : valueSpan(text, nameEnd, quoted ? end - 1 : end);
        attributes.set(attribute, { value, ...span });
      },
      onopentagend: opened,
      onselfclosingtag() {
        opened();
        hidden = false;
        if (xml) listener.close(name);
      },
      onclosetag(start, end) {
        hidden = false;
        listener.close(text.slice(start, end).toLowerCase());
      },
      ontext(start, end) {
        if (!hidden) listener.text(text.slice(start, end));
      },
      ontextentity(point) {
        if (!hidden) listener.text(String.fromCodePoint(point));
      },
      oncomment(start, end, tail) {
        if (text.startsWith('<!--', start - 4)) listener.comment(text.slice(start, end - tail), start - 4, end + 1);
      },
      oncdata(start, end, tail) {
        if (xml) listener.text(text.slice(start, end - tail));
      },
      ondeclaration: ignore,
      onprocessinginstruction: ignore,
      onend: ignore,
    },
  );
  tokenizer.write(text);
  tokenizer.end();
}

function ignore(): void {}

function valueSpan(text: string, nameEnd: number, end: number): { start: number; end: number } {
  let start = nameEnd;
  while (start < end && /\s/.test(text.charAt(start))) start += 1;
  if (text.charAt(start) === '=') start += 1;
  while (start < end && /\s/.test(text.charAt(start))) start += 1;
  const quote = text.charAt(start);
  return { start: Math.min(quote === '"' || quote === "'" ? start + 1 : start, end), end };
}

/** Decodes the character references of running text (`&amp;`), and only those that end in a semicolon, as Markdown has them. */
export function decodeEntities(text: string): string {
  return text.replace(/&(?:#x[0-9a-f]{1,6}|#[0-9]{1,7}|[a-z][a-z0-9]{0,31});/gi, (entity) => {
    let decoded = '';
    const add = (value: string): void => {
      decoded += value;
    };
    scanTags(entity, { open: ignore, close: ignore, comment: ignore, text: add });
    return decoded;
  });
}

/** Text as a reader sees it: every run of white space one space, none at either end. */
export function visible(text: string): string {
  return text.replace(/[\t\n\f\r ]+/g, ' ').trim();
}
