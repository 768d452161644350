import { HtmlReader } from './html-reader.ts';
import { Lines } from './lines.ts';
import { type Found, finish, type Source } from './source.ts';
import { Switches } from './switches.ts';
import { type Attribute, scanTags } from './tags.ts';

/** Reads an HTML page: `a[href]` and `area[href]`, and pictures as form `image`; relative ones against `<base href>`. */
export function readHtml(file: string, text: string): Source {
  const found: Found[] = [];
  const anchors: string[] = [];
  const switches = new Switches();
  const page = new PageReader(
    found,
    switches,
    (id) => anchors.push(id),
    () => {},
  );
  scanTags(text, page);
  page.endLink();
  const { base } = page;
  if (base !== null) for (const link of found) link.address = resolve(link.address, base);
  const lines = new Lines(text);
  return finish(file, text, lines, switches.filter(found, text, lines), anchors);
}

/** Characters of a `<base href>` that is taken for one: a longer one would be written into every address of the page. */
const LONGEST_BASE = 500;

class PageReader extends HtmlReader {
  /** The first `<base href>` of a usual length. */
  base: string | null = null;

  override open(name: string, attributes: ReadonlyMap<string, Attribute>, at: number): void {
    const base = name === 'base' ? attributes.get('href')?.value : undefined;
    if (base !== undefined && base.length <= LONGEST_BASE) this.base ??= base;
    super.open(name, attributes, at);
  }
}

/** Only a page that says where it comes from makes its relative addresses web addresses. */
function resolve(address: string, base: string): string {
  const relative = !/^\s*(?:[a-z][a-z0-9+.-]*:|\/\/|#|$)/i.test(address);
  return relative && /^https?:/i.test(base) && URL.canParse(address, base) ? new URL(address, base).href : address;
}
