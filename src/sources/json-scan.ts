/** A string of a JSON text: its value, and the offsets of its characters as written, quotes not counted. */
export interface JsonString {
  value: string;
  start: number;
  end: number;
}

export interface JsonListener {
  open(kind: '{' | '[', at: number): void;
  close(): void;
  key(string: JsonString): void;
  /** A string that is a value. */
  string(string: JsonString): void;
}

/** Goes through a JSON text that `JSON.parse` has accepted and tells where its strings stand. Depth costs nothing. */
export function scanJson(text: string, from: number, to: number, listener: JsonListener): void {
  const inObject: boolean[] = [];
  let wantsKey = false;
  let at = from;
  while (at < to) {
    const char = text.charAt(at);
    if (char === '"') {
      const end = stringEnd(text, at);
      const string = { value: String(JSON.parse(text.slice(at, end + 1))), start: at + 1, end };
      if (wantsKey) listener.key(string);
      else listener.string(string);
      at = end + 1;
      continue;
    }
    if (char === '{' || char === '[') {
      inObject.push(char === '{');
      wantsKey = char === '{';
      listener.open(char, at);
    } else if (char === '}' || char === ']') {
      inObject.pop();
      wantsKey = false;
      listener.close();
    } else if (char === ':') wantsKey = false;
    else if (char === ',') wantsKey = inObject.at(-1) === true;
    at += 1;
  }
}

function stringEnd(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text.charAt(at) !== '"') at += text.charAt(at) === '\\' ? 2 : 1;
  return at;
}
