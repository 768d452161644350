/** Files that Notion keeps: they are given out only through its image service. */
const KEPT =
  /^attachment:|secure\.notion-static\.com|prod-files-secure|^https:\/\/(?:file\.notion\.(?:so|com)|img\.notionusercontent\.com)\/|^\/(?!\/)/;

/** Is this the source of a file that Notion keeps? */
export function isKept(source: string): boolean {
  return KEPT.test(source);
}

/**
 * The lasting address of a picture in a block: Notion's image service for files that it keeps (signed addresses
 * expire in about an hour and differ every night), the picture's own address for pictures from elsewhere.
 */
export function pictureAddress(source: string, id: string): string | null {
  if (source.startsWith('/images/')) return `https://www.notion.so${source}`;
  if (!isKept(source)) return /^https?:\/\//.test(source) ? source : null;
  return `https://www.notion.so/image/${encodeURIComponent(unsigned(source))}?table=block&id=${id}&cache=v2`;
}

/** An address without its signature. */
function unsigned(source: string): string {
  return source.replace(/^(https?:[^?]*)\?.*$/, '$1');
}
