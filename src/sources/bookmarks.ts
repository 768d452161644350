import { Lines } from './lines.ts';
import { type Found, finish, type Source } from './source.ts';
import { Switches } from './switches.ts';
import { type Attribute, scanTags, type TagListener, visible } from './tags.ts';

/** Reads a Netscape bookmark file, as browsers export it: the folder is the heading, the description (`DD`) the note. */
export function readBookmarks(file: string, text: string): Source {
  const reader = new BookmarkReader();
  scanTags(text, reader);
  reader.end();
  const lines = new Lines(text);
  return finish(file, text, lines, reader.switches.filter(reader.found, text, lines));
}

/** Tags whose text is kept, until another of them or of the structure begins. */
const TEXTS = new Set(['a', 'dd', 'h3']);

class BookmarkReader implements TagListener {
  readonly found: Found[] = [];
  readonly switches = new Switches();
  /** Of each open list the name of its folder, or of the next around it that has one. */
  readonly #folders: (string | null)[] = [];
  /** A folder's name stands before its list opens. */
  #folder: string | null = null;
  #reading: string | null = null;
  #text = '';

  open(name: string, attributes: ReadonlyMap<string, Attribute>, at: number): void {
    if (name === 'p' || name === 'br') return;
    this.end();
    if (name === 'dl') {
      this.#folders.push(this.#folder ?? this.#folders.at(-1) ?? null);
      this.#folder = null;
    }
    const href = name === 'a' ? attributes.get('href') : undefined;
    if (name === 'a' && href === undefined) return;
    if (TEXTS.has(name)) this.#reading = name;
    if (href === undefined) return;
    const { value: address, start, end } = href;
    const heading = this.#folders.at(-1) ?? null;
    this.found.push({ at, form: 'html', address, start, end, text: address, heading, note: null });
  }

  close(name: string): void {
    if (name === this.#reading) this.end();
    if (name !== 'dl') return;
    this.end();
    this.#folders.pop();
  }

  text(value: string): void {
    if (this.#reading !== null) this.#text += value;
  }

  comment(value: string, start: number, end: number): void {
    this.switches.comment(value, start, end);
  }

  /** Gives the text that was read to what it belongs to. */
  end(): void {
    const text = visible(this.#text);
    const last = this.found.at(-1);
    if (this.#reading === 'h3') this.#folder = text === '' ? null : text;
    if (this.#reading === 'a' && last !== undefined && text !== '') last.text = text;
    if (this.#reading === 'dd' && last !== undefined && text !== '') last.note ??= text;
    this.#reading = null;
    this.#text = '';
  }
}
