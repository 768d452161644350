import { Lines } from './lines.ts';
import { type Found, finish, type Source } from './source.ts';
import { Switches } from './switches.ts';
import { scanTags, visible } from './tags.ts';

/**
 * Reads OPML 2.0: of each outline the page that people read (`htmlUrl`, else the `url` of a link), and the feed
 * (`xmlUrl`) only where no page is named. Titles of the outlines around it are the heading, `description` is the note.
 */
export function readOpml(file: string, text: string): Source {
  const found: Found[] = [];
  const switches = new Switches();
  /** Of each open outline its title, or that of the next around it that has one. */
  const headings: (string | null)[] = [];
  scanTags(
    text,
    {
      open(name, attributes, at) {
        if (name !== 'outline') return;
        const heading = headings.at(-1) ?? null;
        const named = visible(attributes.get('title')?.value || attributes.get('text')?.value || '');
        const address = [attributes.get('htmlurl'), attributes.get('url'), attributes.get('xmlurl')].find(
          (each) => each?.value,
        );
        if (address !== undefined) {
          const { value, start, end } = address;
          const note = visible(attributes.get('description')?.value ?? '') || null;
          found.push({ at, form: 'html', address: value, start, end, text: named || value, heading, note });
        }
        headings.push(named === '' ? heading : named);
      },
      close(name) {
        if (name === 'outline') headings.pop();
      },
      text: () => {},
      comment: (value, start, end) => switches.comment(value, start, end),
    },
    true,
  );
  const lines = new Lines(text);
  return finish(file, text, lines, switches.filter(found, text, lines));
}
