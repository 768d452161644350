import { isAscii, isUtf8 } from 'node:buffer';

/**
 * Bytes to text. Order of belief: byte order mark, header, meta, strict UTF-8, gb18030; whatever is declared is
 * believed only as far as the bytes bear it out. gb2312 and gbk are read as gb18030, their superset.
 */

/** How far into a page a declaration is looked for, in bytes: old portals put scripts before it. */
const META_SEARCH_BYTES = 65_536;

/** Spellings met in declarations that the Encoding Standard does not list. */
const SPELLINGS: Readonly<Record<string, string>> = {
  gb2312: 'gb18030',
  gbk: 'gb18030',
  gb_2312: 'gb18030',
  'gb_2312-80': 'gb18030',
  'x-gbk': 'gb18030',
  cp936: 'gb18030',
  utf_8: 'utf-8',
  'utf-8mb4': 'utf-8',
  utf8mb4: 'utf-8',
  cp932: 'shift_jis',
  cp949: 'euc-kr',
  cp950: 'big5',
};

export interface Decoded {
  text: string;
  /** Name in the Encoding Standard, such as `utf-8` or `gb18030`. */
  charset: string;
}

/**
 * Decodes a body. Never fails: where nothing fits, bytes become U+FFFD.
 * @param contentType value of the Content-Type header, or null
 */
export function decodeBytes(body: Uint8Array, contentType: string | null): Decoded {
  const marked = byteOrderMark(body);
  if (marked !== null) return { text: new TextDecoder(marked).decode(body), charset: marked };
  const { utf8, declared } = known(body, contentType);
  return utf8 ? { text: new TextDecoder('utf-8').decode(body), charset: 'utf-8' } : byDeclaration(body, declared);
}

/** Is the body UTF-8 without a byte order mark, by the same rules as `decodeBytes`, and without a fault? Decodes nothing. */
export function isPlainUtf8(body: Uint8Array, contentType: string | null): boolean {
  return byteOrderMark(body) === null && known(body, contentType).utf8;
}

function known(body: Uint8Array, contentType: string | null): { utf8: boolean; declared: string | null } {
  const declared =
    knownEncoding(charsetParameter(contentType ?? '')) ??
    knownEncoding(declaredInside(latin1(body.subarray(0, META_SEARCH_BYTES))));
  // Long runs of valid multi-byte UTF-8 do not come about by chance in another encoding, so they win over any declaration.
  const ours = declared === null || declared === 'utf-8';
  return { utf8: isUtf8(body) && (ours || (!isAscii(body) && !stateful(declared))), declared };
}

function byDeclaration(body: Uint8Array, declared: string | null): Decoded {
  const candidates = [declared, 'gb18030', 'big5'];
  for (const charset of candidates) {
    if (charset === null || charset === 'utf-8') continue;
    const text = strictly(charset, body);
    if (text !== null) return { text, charset };
  }
  // Nothing fits strictly: a page cut in the middle of a character, or with a few damaged bytes. Least damage wins.
  const tries = [declared ?? 'utf-8', 'utf-8', 'gb18030'].map((charset) => {
    const text = new TextDecoder(charset).decode(body);
    return { decoded: { text, charset }, damage: countReplacements(text) };
  });
  return tries.reduce((best, next) => (next.damage < best.damage ? next : best)).decoded;
}

function byteOrderMark(body: Uint8Array): string | null {
  if (body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf) return 'utf-8';
  if (body[0] === 0xff && body[1] === 0xfe) return 'utf-16le';
  if (body[0] === 0xfe && body[1] === 0xff) return 'utf-16be';
  return null;
}

function strictly(charset: string, body: Uint8Array): string | null {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(body);
  } catch {
    return null;
  }
}

/** ISO-2022-JP and the like are pure ASCII bytes with escapes: valid UTF-8 says nothing about them. */
function stateful(charset: string): boolean {
  return charset.startsWith('iso-2022') || charset.startsWith('utf-16');
}

function countReplacements(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\uFFFD'); at >= 0; at = text.indexOf('\uFFFD', at + 1)) count++;
  return count;
}

function latin1(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes);
}

function charsetParameter(value: string): string | null {
  return /charset\s*=\s*["']?\s*([\w:.-]+)/i.exec(value)?.[1] ?? null;
}

/** The encoding that the page's own markup declares: `<meta>` or an XML declaration; `<script charset>` is not meant. */
function declaredInside(head: string): string | null {
  const xml = /^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.-]+)/i.exec(head)?.[1];
  if (xml !== undefined) return xml;
  const markup = withoutScripts(head);
  for (const [tag] of markup.matchAll(/<meta\b[^>]{0,1000}>/gi)) {
    const found = charsetParameter(tag);
    // A meta never declares UTF-16 truthfully: it could not have been read (HTML Standard, prescan).
    if (found !== null) return /^utf-?16/i.test(found) ? 'utf-8' : found;
  }
  return null;
}

function withoutScripts(markup: string): string {
  const parts: string[] = [];
  const lower = markup.toLowerCase();
  let from = 0;
  while (from < markup.length) {
    const comment = lower.indexOf('<!--', from);
    const script = lower.indexOf('<script', from);
    const at = Math.min(comment < 0 ? markup.length : comment, script < 0 ? markup.length : script);
    parts.push(markup.slice(from, at));
    if (at === markup.length) break;
    const end = at === comment ? lower.indexOf('-->', at) : lower.indexOf('</script', at);
    if (end < 0) break;
    from = end + 1;
  }
  return parts.join('');
}

function knownEncoding(label: string | null): string | null {
  if (label === null) return null;
  const name = SPELLINGS[label.trim().toLowerCase()] ?? label.trim().toLowerCase();
  try {
    const encoding = new TextDecoder(name).encoding;
    return encoding === 'gbk' ? 'gb18030' : encoding;
  } catch {
    return null;
  }
}
