import { jsonAt } from '../sight.ts';
import { type Block, text } from './records.ts';
import { plain } from './richtext.ts';

/** Files that Notion keeps: they are given out only through its image service. */
const KEPT = /^attachment:|secure\.notion-static\.com|prod-files-secure|^\/(?!\/)/;

/**
 * The lasting address of an image block's picture: Notion's image service for files that it keeps (signed addresses
 * expire in about an hour and differ every night), the picture's own address for pictures from elsewhere.
 */
export function pictureAddress(block: Block): string | null {
  const source = plain(jsonAt(block.raw, 'properties.source')) ?? text(block.raw, 'format.display_source');
  if (source === null) return null;
  if (source.startsWith('/images/')) return `https://www.notion.so${source}`;
  if (!KEPT.test(source)) return /^https?:\/\//.test(source) ? source : null;
  return `https://www.notion.so/image/${encodeURIComponent(unsigned(source))}?table=block&id=${block.id}&cache=v2`;
}

/** An address without its signature. */
function unsigned(source: string): string {
  return /^https?:/.test(source) ? (source.split('?')[0] ?? source) : source;
}
