import type { Found } from './source.ts';
import type { Switches } from './switches.ts';
import { type Attribute, scanTags, type TagListener, visible } from './tags.ts';

const HEADING = /^h[1-6]$/;

/**
 * Collects from HTML what a reader can follow (`a`, `area`), pictures, headings, and the places that a fragment can lead
 * to (`id`, `a[name]`). A link's text is what stands up to its closing tag, else its picture's alternative text, else the
 * address. Serves whole pages and the pieces of HTML in Markdown, between which the text of a link may go on.
 */
export class HtmlReader implements TagListener {
  /** The nearest heading so far; the reader of Markdown sets it too. */
  heading: string | null = null;
  readonly #found: Found[];
  readonly #switches: Switches;
  readonly #anchor: (id: string) => void;
  /** Told the text of a heading when it ends. */
  readonly #headed: (heading: string) => void;
  #base = 0;
  #link: { found: Found; text: string; alt: string } | null = null;
  #headingText: string | null = null;
  #headingFrom = 0;

  constructor(found: Found[], switches: Switches, anchor: (id: string) => void, headed: (heading: string) => void) {
    this.#found = found;
    this.#switches = switches;
    this.#anchor = anchor;
    this.#headed = headed;
  }

  /** Reads HTML that begins at the offset `base` of the source. */
  read(html: string, base: number): void {
    this.#base = base;
    scanTags(html, this);
  }

  /** True between `<a href>` and its end. */
  get inLink(): boolean {
    return this.#link !== null;
  }

  open(name: string, attributes: ReadonlyMap<string, Attribute>, at: number): void {
    const id = attributes.get('id')?.value || (name === 'a' ? attributes.get('name')?.value : '');
    if (id) this.#anchor(id);
    if (HEADING.test(name)) {
      this.#headingText = '';
      this.#headingFrom = this.#found.length;
    }
    if (name === 'img') this.#image(attributes, at);
    if (name === 'a' || name === 'area') this.#follow(name, attributes, at);
  }

  close(name: string): void {
    if (name === 'a') this.endLink();
    if (this.#headingText === null || !HEADING.test(name)) return;
    const heading = visible(this.#headingText);
    this.#headingText = null;
    if (heading === '') return;
    this.heading = heading;
    for (const link of this.#found.slice(this.#headingFrom)) link.heading = heading;
    this.#headed(heading);
  }

  text(value: string): void {
    if (this.#link !== null) this.#link.text += value;
    if (this.#headingText !== null) this.#headingText += value;
  }

  comment(value: string, start: number, end: number): void {
    this.#switches.comment(value, start + this.#base, end + this.#base);
  }

  /** Ends the link that is open: at its closing tag, at the next link, or where the block ends. */
  endLink(): void {
    if (this.#link === null) return;
    const { found, text, alt } = this.#link;
    found.text = visible(text) || alt || found.address;
    this.#link = null;
  }

  #follow(name: string, attributes: ReadonlyMap<string, Attribute>, at: number): void {
    if (name === 'a') this.endLink();
    const href = attributes.get('href');
    if (href === undefined) return;
    const alt = visible(attributes.get(name === 'a' ? 'title' : 'alt')?.value ?? '');
    const found = this.#push('html', href, at, alt);
    if (name === 'a') this.#link = { found, text: '', alt };
  }

  #image(attributes: ReadonlyMap<string, Attribute>, at: number): void {
    const alt = visible(attributes.get('alt')?.value ?? '');
    if (this.#link !== null && alt !== '') this.#link.alt = alt;
    const src = attributes.get('src');
    if (src !== undefined) this.#push('image', src, at, alt);
  }

  #push(form: 'html' | 'image', attribute: Attribute, at: number, text: string): Found {
    const { value: address, start, end } = attribute;
    const found: Found = {
      at: at + this.#base,
      form,
      address,
      start: start + this.#base,
      end: end + this.#base,
      text: text || address,
      heading: this.heading,
      note: null,
    };
    this.#found.push(found);
    return found;
  }
}
