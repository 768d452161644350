/** Text of the same length in which what is not Markdown stands no more, so that offsets stay true. */

const FRONT_MATTER = /^(---|\+\+\+)[ \t]*(?:\r\n|\n|\r)/;

/** Blanks out the front matter (YAML between `---`, TOML between `+++`) and a byte order mark. */
export function withoutFrontMatter(text: string): string {
  const mark = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const fence = FRONT_MATTER.exec(text.slice(mark, mark + 200))?.[1];
  if (fence === undefined) return text;
  const closing = new RegExp(`^(?:${fence === '---' ? '---|\\.\\.\\.' : '\\+\\+\\+'})[ \\t]*$`, 'gm');
  closing.lastIndex = mark + fence.length + 1;
  const match = closing.exec(text);
  if (match === null) return text;
  const end = match.index + match[0].length;
  return text.slice(0, mark) + text.slice(mark, end).replace(/[^\r\n]/g, ' ') + text.slice(end);
}
