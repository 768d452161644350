/** Control characters, direction marks and the like: they change how the rest of a line is read. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]+/gu;

/** Foreign text on one line, without what could rewrite or reorder it. */
export function oneLine(text: string): string {
  return text.replace(UNSAFE, ' ').replace(LONE_SURROGATE, '\ufffd').replace(/ {2,}/g, ' ').trim();
}

const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Text inside XML, in elements and attributes. */
export function xml(text: string): string {
  return oneLine(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&apos;');
}

/** Text inside Markdown, also in a table cell or a link text; mentions and issue numbers do not become links. */
export function md(text: string): string {
  return oneLine(text)
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
  return `<${oneLine(url)
    .replace(/[<>\\]/g, (character) => encodeURIComponent(character))
    .replace(/\|/g, '%7C')}>`;
}

/** Cuts a text to so many characters, with an ellipsis where something was cut. */
export function cut(text: string, length: number): string {
  const characters = [...text];
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join('')}…`;
}
