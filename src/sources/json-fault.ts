/** Numbers and names of JSON (RFC 8259). */
const SCALAR = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/**
 * Where a text stops being JSON: an offset, or null where it is JSON. `JSON.parse` decides whether it is; the engines
 * differ in whether and how they say where, so that is found here. Depth costs nothing.
 */
export function jsonFault(text: string): number | null {
  try {
    JSON.parse(text);
    return null;
  } catch {
    return faultAt(text);
  }
}

type Want = 'value' | 'value or end' | 'key' | 'key or end' | 'colon' | 'comma' | 'nothing';

function faultAt(text: string): number {
  const open: string[] = [];
  let want: Want = 'value';
  let at = 0;
  const after = (): Want => (open.length === 0 ? 'nothing' : 'comma');
  for (;;) {
    while (/[ \t\r\n]/.test(text.charAt(at))) at += 1;
    const char = text.charAt(at);
    const value: boolean = want === 'value' || want === 'value or end';
    const key: boolean = want === 'key' || want === 'key or end';
    const ends = want === 'comma' || want.endsWith('or end');
    if (char === '{' && value) {
      open.push('}');
      want = 'key or end';
    } else if (char === '[' && value) {
      open.push(']');
      want = 'value or end';
    } else if (char !== '' && char === open.at(-1) && ends) {
      open.pop();
      want = after();
    } else if (char === ',' && want === 'comma') want = open.at(-1) === '}' ? 'key' : 'value';
    else if (char === ':' && want === 'colon') want = 'value';
    else {
      const end = char === '"' && (value || key) ? stringEnd(text, at) : value ? scalarEnd(text, at) : null;
      if (end === null) return at;
      want = key ? 'colon' : after();
      at = end;
      continue;
    }
    at += 1;
  }
}

function scalarEnd(text: string, at: number): number | null {
  SCALAR.lastIndex = at;
  return SCALAR.test(text) ? SCALAR.lastIndex : null;
}

/** Where a string ends, or null where it holds what no string may. */
function stringEnd(text: string, start: number): number | null {
  let at = start + 1;
  while (at < text.length) {
    const char = text.charAt(at);
    if (char === '"') return at + 1;
    if (char < ' ') return null;
    if (char === '\\') {
      ESCAPE.lastIndex = at;
      if (!ESCAPE.test(text)) return null;
      at = ESCAPE.lastIndex;
    } else at += 1;
  }
  return null;
}
