import type { CheerioAPI } from 'cheerio';
import { load } from 'cheerio/slim';
import type { Document } from 'domhandler';
import type { Reply } from '../types.ts';
import { decodeBytes, isPlainUtf8 } from './charset.ts';
import { parseMarkup, parseUtf8 } from './parse.ts';

/** One answer, opened for reading. Everything is worked out at most once, and only when asked for. */
export interface Page {
  /** Final address after redirects. */
  readonly url: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** The body decoded by header, BOM, meta, strict UTF-8, then gb18030. */
  readonly text: string;
  /** Name of the encoding that was used, as in the Encoding Standard. */
  readonly charset: string;
  /** The tree, parsed by htmlparser2, at most about 512 elements deep. Shared: readers that change it work on a clone. */
  readonly $: CheerioAPI;
  /** The body as JSON, or undefined where it is none. */
  readonly json: unknown;
}

/** Opens an answer. Pure; costs nothing until a field is read. */
export function openPage(reply: Reply, url: string): Page {
  return new LazyPage(reply, url);
}

class LazyPage implements Page {
  readonly url: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  #decoded: { text: string; charset: string } | undefined;
  #charset: string | undefined;
  #tree: CheerioAPI | undefined;
  #json: { value: unknown } | undefined;

  constructor(reply: Reply, url: string) {
    this.url = url;
    this.status = reply.status;
    this.headers = reply.headers;
    this.body = reply.body;
  }

  get text(): string {
    this.#decoded ??= decodeBytes(this.body, this.headers['content-type'] ?? null);
    return this.#decoded.text;
  }

  get charset(): string {
    if (this.#charset !== undefined) return this.#charset;
    this.#decoded ??= decodeBytes(this.body, this.headers['content-type'] ?? null);
    return this.#decoded.charset;
  }

  get $(): CheerioAPI {
    this.#tree ??= load(this.#parse(), { xml: { xmlMode: false, decodeEntities: true } });
    return this.#tree;
  }

  /** From the bytes where nobody has asked for the text yet: a text of some megabytes is not made only to be parsed. */
  #parse(): Document {
    const type = this.headers['content-type'] ?? null;
    if (this.#decoded === undefined && isPlainUtf8(this.body, type)) {
      const tree = parseUtf8(this.body);
      if (tree !== null) {
        this.#charset = 'utf-8';
        return tree;
      }
    }
    return parseMarkup(this.text);
  }

  get json(): unknown {
    this.#json ??= { value: beginsAsMarkup(this.body) ? undefined : parseJson(this.text) };
    return this.#json.value;
  }
}

/** Is the first sign of the body a `<`, in whatever encoding? Then it need not be decoded to know that it is no JSON. */
function beginsAsMarkup(body: Uint8Array): boolean {
  const hasMark = body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf;
  for (let at = hasMark ? 3 : 0; at < body.length; at++) {
    const byte = body[at] ?? 0;
    if (byte !== 32 && (byte < 9 || byte > 13)) return byte === 60;
  }
  return false;
}

function parseJson(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
