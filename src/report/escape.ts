/** Control characters, direction marks and the like: they change how the rest of a line is read. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]+/gu;

/** Foreign text on one line, without what could rewrite or reorder it, or give GitHub's runner a command. */
export function oneLine(text: string): string {
  return defuse(bare(text));
}

function bare(text: string): string {
  return text.replace(UNSAFE, ' ').replace(LONE_SURROGATE, '\ufffd').replace(/ {2,}/g, ' ').trim();
}

const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * A printed line without workflow commands: GitHub's runner takes `::name …::` for one after any white space, and the
 * older `##[name]` anywhere in a line (actions/runner, ActionCommand.cs). A space is put into them; all else stays.
 */
export function defuse(line: string): string {
  return line.replace(/^(\s*):(?=:[\w-]+(?: |::))/, '$1: ').replace(/##\[(?=[\w-])/g, '## [');
}

/** Data as JSON that is safe to print: the same value, with marks and commands inside strings written as escapes. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value, null, 2).replace(/##\[/g, '##\\u005b');
  return `${text.replace(UNSAFE_IN_JSON, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
}

const UNSAFE_IN_JSON = /[\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]/g;

/** A path as a relative URI reference. */
export function uriPath(file: string): string {
  return file
    .split('/')
    .map((part) => encodeURIComponent(part.replace(LONE_SURROGATE, '\ufffd')))
    .join('/');
}

/** Text inside XML, in elements and attributes. */
export function xml(text: string): string {
  return bare(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&apos;')
    .replace(/##\[/g, '##&#91;');
}

/** Text inside Markdown, also in a table cell or a link text; mentions and issue numbers do not become links. */
export function md(text: string): string {
  return bare(text)
    .replace(/[\\`*_{}[\]<>|~$]/g, '\\$&')
    .replace(/^(\s*)(#{1,6}\s|[-+]\s|>|\d+[.)]\s|={3,}|-{3,})/, '$1\\$2')
    .replace(/(^|[^\w&])([@#])(?=[\w-])/g, '$1$2\u200d')
    .replace(/&/g, '&amp;');
}

/** Text in backticks. */
export function mdCode(text: string): string {
  return `\`${oneLine(text).replace(/`/g, '')}\``;
}

/** An address as a Markdown destination in angle brackets. */
export function mdUrl(url: string): string {
  return `<${bare(url)
    .replace(/[<>\\]/g, (character) => encodeURIComponent(character))
    .replace(/##\[/g, '##%5B')
    .replace(/\|/g, '%7C')}>`;
}

/** Cuts a text to so many characters, with an ellipsis where something was cut. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const characters = [...text];
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join('')}…`;
}
