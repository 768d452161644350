/**
 * Browsers read what old and careless servers write; undici's parser, rightly strict for servers, refuses it. So the
 * head of an answer is mended before the parser sees it, as RFC 9112 lets a client do: line ends without CR (2.2),
 * folded lines (5.2), blanks before the colon (5.1), lines that are no field, control characters in values, the same
 * Content-Length said twice (RFC 9110, 8.6), Content-Length beside Transfer-Encoding (6.1), and the Content-Length of
 * answers that have no body (204, 304), which undici would wait for.
 * A head that is well formed passes through byte for byte.
 */
export function mendHead(head: string): string {
  const lines = unfold(head.split(/\r?\n/));
  const [status = '', ...rest] = lines;
  const fields = rest.flatMap(mendField);
  return [status, ...onceLong(fields, hasNoBody(status)).map(([name, value]) => `${name}:${value}`), '', ''].join(
    '\r\n',
  );
}

type Field = [name: string, value: string];

function unfold(lines: readonly string[]): string[] {
  const whole: string[][] = [];
  for (const line of lines) {
    const last = whole.at(-1);
    if (/^[ \t]/.test(line) && last !== undefined && whole.length > 1) last.push(line.trim());
    else if (line !== '') whole.push([line]);
  }
  return whole.map((parts) => parts.join(' '));
}

function mendField(line: string): Field[] {
  const colon = line.indexOf(':');
  const name = line.slice(0, Math.max(0, colon)).trimEnd();
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) return [];
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is sought
  return [[name, line.slice(colon + 1).replace(/[\x00-\x08\x0a-\x1f\x7f]/g, ' ')]];
}

function hasNoBody(status: string): boolean {
  return /^HTTP\/\d\.\d (?:204|304)\b/.test(status);
}

function onceLong(fields: readonly Field[], bodiless: boolean): Field[] {
  const isLength = ([name]: Field) => name.toLowerCase() === 'content-length';
  const coded = fields.some(([name]) => name.toLowerCase() === 'transfer-encoding');
  const lengths = new Set(fields.filter(isLength).flatMap(([, value]) => value.split(',').map((part) => part.trim())));
  if (!coded && !bodiless && lengths.size > 1) return [...fields];
  const others = fields.filter((field) => !isLength(field));
  const [length] = lengths;
  return coded || bodiless || length === undefined ? others : [...others, ['Content-Length', ` ${length}`]];
}

const LINE_FEED = 10;
const START = Buffer.from('HTTP/');

function mayBeHttp(bytes: Buffer): boolean {
  const length = Math.min(bytes.length, START.length);
  return bytes.subarray(0, length).equals(START.subarray(0, length));
}

/** Offset after the empty line that ends the head beginning at `from`, or -1. */
function headEnd(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(LINE_FEED, from); at >= 0; at = bytes.indexOf(LINE_FEED, at + 1)) {
    if (bytes[at + 1] === LINE_FEED) return at + 2;
    if (bytes[at + 1] === 13 && bytes[at + 2] === LINE_FEED) return at + 3;
  }
  return -1;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: a field with those in it is not proper
const PROPER_FIELD = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+:[^\x00-\x08\x0a-\x1f\x7f]*$/;

function isProper(head: string): boolean {
  let lengths = hasNoBody(head) ? 1 : 0;
  let coded = 0;
  for (const line of head.split('\r\n').slice(1, -2)) {
    if (!PROPER_FIELD.test(line)) return false;
    if (/^content-length:/i.test(line)) lengths += 1 + (line.includes(',') ? 1 : 0);
    else if (/^transfer-encoding:/i.test(line)) coded = 1;
  }
  return lengths + coded <= 1 && !/[^\r]\n/.test(head);
}

/** Mends the head of each answer in a stream of bytes. */
export class HeadMender {
  #held: Buffer[] = [];
  #size = 0;
  #inHead = false;
  readonly #limit: number;
  /** HTTP version as the last head wrote it. */
  httpVersion = '1.1';

  /** @param limit bytes beyond which a head is handed on as it is, for the parser to refuse */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** A request goes out: what comes next is a head. */
  expect(): void {
    this.#inHead = true;
  }

  /** Takes what was received; returns what the parser shall see, or null where the head is not complete yet. */
  take(chunk: Buffer): Buffer | null {
    if (!this.#inHead) return chunk;
    this.#held.push(chunk);
    this.#size += chunk.length;
    // A drip of single bytes must not make us join the same bytes again and again.
    if (this.#size < this.#limit && this.#size > 5 && !chunk.includes(LINE_FEED) && this.#mayBeHttp()) return null;
    const bytes = this.#held.length === 1 ? chunk : Buffer.concat(this.#held);
    this.#held = [];
    this.#size = 0;
    return this.#mend(bytes);
  }

  #mayBeHttp(): boolean {
    const [first] = this.#held;
    return first === undefined || mayBeHttp(first);
  }

  #mend(bytes: Buffer): Buffer | null {
    const mended: Buffer[] = [];
    let from = 0;
    let whole = true;
    // Interim answers (100, 103) are heads without a body; the answer's own head comes after them.
    for (;;) {
      const end = headEnd(bytes, from);
      if (end < 0) break;
      const head = bytes.toString('latin1', from, end);
      const status = /^HTTP\/(\d\.\d) +(\d{3})/.exec(head);
      if (status?.[1] !== undefined) this.httpVersion = status[1];
      const proper = isProper(head);
      whole &&= proper;
      mended.push(proper ? bytes.subarray(from, end) : Buffer.from(mendHead(head), 'latin1'));
      from = end;
      if (status === null || Number(status[2]) >= 200 || status[2] === '101') {
        this.#inHead = false;
        // Nothing was mended, as with almost every answer: what came is handed on without a copy.
        if (whole) return bytes;
        mended.push(bytes.subarray(from));
        return Buffer.concat(mended);
      }
    }
    return this.#keep(bytes, from, mended);
  }

  #keep(bytes: Buffer, from: number, mended: Buffer[]): Buffer | null {
    const rest = bytes.subarray(from);
    if (rest.length >= this.#limit || !mayBeHttp(rest)) {
      this.#inHead = false;
      return Buffer.concat([...mended, rest]);
    }
    if (rest.length > 0) {
      this.#held.push(rest);
      this.#size = rest.length;
    }
    return mended.length === 0 ? null : Buffer.concat(mended);
  }
}
