import { jsonAt } from '../sight.ts';
import { type Block, list, type Records, strings, text, uuid } from './records.ts';

/** Escapes a text for HTML, in content and in double-quoted attributes. */
export function html(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** The element that `rewriteNotion` turns into a formula. */
export function formula(tex: string, display: boolean): string {
  return `<x-tex data-tex="${html(tex)}" data-display="${display}"></x-tex>`;
}

const TAGS: Readonly<Record<string, string>> = { b: 'strong', i: 'em', s: 'del', c: 'code', _: 'u' };

/** Rich text `[[text, [["b"], ["a", url]]], …]` as HTML. */
export function richHtml(value: unknown, records: Records): string {
  return segments(value)
    .map(({ words, marks }) => segment(words, marks, records))
    .join('');
}

/** Rich text without its marks; mentions by name. */
export function richText(value: unknown, records: Records): string {
  return segments(value)
    .map(({ words, marks }) => mention(words, marks, records)?.words ?? words)
    .join('')
    .trim();
}

interface Segment {
  readonly words: string;
  readonly marks: readonly unknown[][];
}

function segments(value: unknown): Segment[] {
  return list(value).flatMap((part) => {
    const [words, marks] = list(part);
    return typeof words === 'string' ? [{ words, marks: list(marks).filter((mark) => Array.isArray(mark)) }] : [];
  });
}

function segment(words: string, marks: readonly unknown[][], records: Records): string {
  const tex = marks.find((mark) => mark[0] === 'e')?.[1];
  if (typeof tex === 'string') return formula(tex, false);
  const meant = mention(words, marks, records);
  let out = html(meant?.words ?? words).replaceAll('\n', '<br>');
  for (const [mark, value] of marks) {
    const tag = typeof mark === 'string' ? TAGS[mark] : undefined;
    if (tag !== undefined) out = `<${tag}>${out}</${tag}>`;
    else if (mark === 'a' && typeof value === 'string') out = `<a href="${html(value)}">${out}</a>`;
  }
  return meant?.url == null ? out : `<a href="${html(meant.url)}">${out}</a>`;
}

/** What the placeholder `‣` stands for: a page, a person, a date, a link with a preview. */
function mention(
  words: string,
  marks: readonly unknown[][],
  records: Records,
): { words: string; url: string | null } | null {
  if (words !== '‣') return null;
  for (const [mark, value] of marks) {
    if (mark === 'p' && typeof value === 'string') {
      return { words: titleOf(value, records) ?? '‣', url: `https://www.notion.so/${value.replaceAll('-', '')}` };
    }
    if (mark === 'u' && typeof value === 'string') {
      const name = records.users.get(uuid(value));
      return name === undefined ? null : { words: `@${name}`, url: null };
    }
    if (mark === 'd') return { words: dateText(value), url: null };
    if (mark === 'lm') return named(text(value, 'href'), text(value, 'title'));
    if (mark === 'eoi' && typeof value === 'string') return foreignObject(records.page(value));
  }
  return null;
}

/** What an `external_object_instance` shows of another site (a pull request, an issue): its title and its address there. */
export function foreignObject(block: Block | null): { words: string; url: string } | null {
  const title = list(jsonAt(block?.raw, 'format.attributes')).find((attribute) => jsonAt(attribute, 'id') === 'title');
  return named(
    text(block?.raw, 'format.original_url') ?? text(block?.raw, 'format.uri'),
    strings(jsonAt(title, 'values'))[0] ?? null,
  );
}

function named(url: string | null, title: string | null): { words: string; url: string } | null {
  return url === null ? null : { words: title ?? url, url };
}

/** Title of a page that is in the records. */
export function titleOf(id: string, records: Records): string | null {
  const block = records.page(id);
  if (block === null) return null;
  const collection = text(block.raw, 'collection_id') ?? text(block.raw, 'format.collection_pointer.id');
  const own = richText(jsonAt(block.raw, 'properties.title'), records);
  if (own !== '' || collection === null) return own === '' ? null : own;
  return richText(jsonAt(records.collections.get(uuid(collection)), 'name'), records) || null;
}

function dateText(value: unknown): string {
  const words = (...names: string[]): string => names.flatMap((name) => text(value, name) ?? []).join(' ');
  return [words('start_date', 'start_time'), words('end_date', 'end_time')].filter((part) => part !== '').join(' – ');
}

/** The plain words of a property that holds a file name, a link, a language. */
export function plain(value: unknown): string | null {
  const words = segments(value)
    .map((part) => part.words)
    .join('')
    .trim();
  return words === '' ? null : words;
}
