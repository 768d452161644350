const LINE_END = /\r\n|\n|\r/;

/**
 * The Markdown inside a quotation: its source without its own `>` marks and those of the `depth` quotations around it.
 * `text` is the source from the quotation's first `>` to its end.
 */
export function quoteText(text: string, depth: number): string {
  const lines = text.split(LINE_END).map((line, index) => withoutMarks(line, index === 0 ? 1 : depth + 1));
  return lines.join('\n').trim();
}

function withoutMarks(line: string, marks: number): string {
  let at = 0;
  for (let mark = 0; mark < marks; mark += 1) {
    let next = at;
    while (line.charAt(next) === ' ' || line.charAt(next) === '\t') next += 1;
    if (line.charAt(next) !== '>') break;
    at = next + 1;
    if (line.charAt(at) === ' ') at += 1;
  }
  return line.slice(at).trimEnd();
}

/**
 * The source of a piece of HTML, `text`, with the marks of the quotations and lists around it (`> `, indents) blanked
 * out, so that it reads as HTML and keeps its offsets. `value` is the same without those marks.
 */
export function htmlSource(text: string, value: string): string {
  if (text.length === value.length) return text;
  const values = value.split(LINE_END);
  let out = '';
  let from = 0;
  text.split(LINE_END).forEach((line, index) => {
    const own = values[index] ?? '';
    const marks = Math.max(0, line.length - own.length);
    const end = from + line.length;
    const next = text.startsWith('\r\n', end) ? end + 2 : end + 1;
    out += ' '.repeat(marks) + text.slice(from + marks, next);
    from = next;
  });
  return out;
}
