import { type Answer, type Handler, html, json, text, type WorldRequest } from '../answers.ts';
import type { Story } from './story.ts';

export interface NotionPage {
  /** Dashed UUID. */
  id: string;
  story: Story;
  /** Blocks a chunk; a small number makes clients page. */
  perChunk?: number;
  /** The blocks inside the toggle at the end are in no chunk and must be asked for by themselves. */
  hiddenChildren?: string[];
  /** Records wrapped once more, as since 2026. */
  nested?: boolean;
}

const SPACE = '0e3d99f7-9c1a-4f0e-8f3b-1c5a2b7d6e01';

/** A block id made from the page's, so that every page has its own. */
const blockId = (page: string, index: number): string =>
  `${page.slice(0, 24)}${(0x100000000000 + index).toString(16).slice(-12)}`;

interface Block {
  id: string;
  type: string;
  properties?: object;
  format?: object;
  content?: string[];
  parent: string;
}

function blocksOf(page: NotionPage): { chunked: Block[]; hidden: Block[] } {
  const { story } = page;
  let next = 0;
  const made: Block[] = [];
  const add = (type: string, properties: object, more: Partial<Block> = {}): void => {
    next += 1;
    made.push({ id: blockId(page.id, next), type, properties, parent: page.id, ...more });
  };
  story.paragraphs.forEach((paragraph, index) => {
    if (index === 1) add('sub_header', { title: [['一点背景']] });
    const half = Math.floor(paragraph.length / 2);
    add('text', { title: [[paragraph.slice(0, half), [['b']]], [paragraph.slice(half)]] });
    const source = story.pictures[index];
    if (source !== undefined) add('image', { source: [[source]] }, { format: { display_source: source } });
  });
  const hidden = (page.hiddenChildren ?? []).map(
    (line, index): Block => ({
      id: blockId(page.id, 5000 + index),
      type: 'text',
      properties: { title: [[line]] },
      parent: blockId(page.id, next + 1),
    }),
  );
  if (hidden.length > 0) add('toggle', { title: [['附：展开看']] }, { content: hidden.map((block) => block.id) });
  return { chunked: made, hidden };
}

function record(block: Block, page: NotionPage): object {
  const at = Date.parse(page.story.published);
  const value = {
    id: block.id,
    version: 12,
    type: block.type,
    ...(block.properties === undefined ? {} : { properties: block.properties }),
    ...(block.format === undefined ? {} : { format: block.format }),
    ...(block.content === undefined ? {} : { content: block.content }),
    created_time: at,
    last_edited_time: at + 3_600_000,
    parent_id: block.parent,
    parent_table: block.parent === SPACE ? 'space' : 'block',
    alive: true,
    space_id: SPACE,
  };
  return page.nested === true ? { spaceId: SPACE, value: { value, role: 'reader' } } : { value, role: 'reader' };
}

function pageBlock(page: NotionPage, content: Block[]): Block {
  return {
    id: page.id,
    type: 'page',
    properties: { title: [[page.story.title]] },
    content: content.map((block) => block.id),
    parent: SPACE,
  };
}

/** One chunk: an ancestor first (as the API does), the page itself, and the next `perChunk` blocks. */
function chunk(page: NotionPage, from: number): object {
  const { chunked } = blocksOf(page);
  const size = page.perChunk ?? 100;
  const ancestor: Block = {
    id: blockId(page.id, 9000),
    type: 'page',
    properties: { title: [['上级页面']] },
    content: [page.id],
    parent: SPACE,
  };
  const shown = [ancestor, pageBlock(page, chunked), ...chunked.slice(from, from + size)];
  const rest = from + size < chunked.length;
  const stack = rest ? [[{ table: 'block', id: page.id, index: from + size }]] : [];
  const block = Object.fromEntries(shown.map((one) => [one.id, record(one, page)]));
  return { cursor: { stack }, recordMap: { ...(page.nested === true ? { __version__: 3 } : {}), block } };
}

interface Call {
  pageId?: string;
  page?: { id: string };
  blockId?: string;
  limit?: number;
  cursor?: { stack?: { index?: number }[][] };
  requests?: { pointer?: { id: string }; id?: string }[];
}

const errorOf = (status: number, name: string, message: string): Answer =>
  json({ errorId: '84f42356-0000-4aa5-a20f-edcad0b601cc', name, message }, status);

function call(request: WorldRequest): Call | null {
  try {
    return JSON.parse(request.body) as Call;
  } catch {
    return null;
  }
}

/** Notion's public API over some pages: what is not among them is private or nowhere. Give it to `<host>/api/v3/*`. */
export function notionApi(pages: NotionPage[]): Handler {
  const byId = new Map(pages.map((page) => [page.id, page]));
  return (request) => {
    if (request.headers['user-agent'] === undefined) return text('Forbidden', 403);
    const asked = call(request);
    if (request.method !== 'POST' || asked === null) return errorOf(400, 'ValidationError', 'Invalid input.');
    const page = byId.get(asked.pageId ?? asked.page?.id ?? asked.blockId ?? '');
    switch (request.url.pathname.split('/').pop()) {
      case 'getPublicPageData':
        return publicData(page);
      case 'loadPageChunk':
      case 'loadCachedPageChunk':
      case 'loadCachedPageChunkV2':
        if ((asked.limit ?? 0) > 100) return errorOf(400, 'ValidationError', 'Invalid input.');
        if (page === undefined) return errorOf(400, 'ValidationError', 'Invalid input.');
        return json(chunk(page, asked.cursor?.stack?.[0]?.[0]?.index ?? 0));
      case 'syncRecordValuesMain':
      case 'syncRecordValues':
        return records(pages, asked);
      default:
        return errorOf(404, 'NotFoundError', 'Not found.');
    }
  };
}

function publicData(page: NotionPage | undefined): Answer {
  if (page === undefined) return json({ publicAccessRole: 'none', requireInterstitial: false });
  return json({
    pageId: page.id,
    spaceName: page.story.account,
    spaceId: SPACE,
    publicAccessRole: 'reader',
    ownerUserId: '281d872b-594c-81ea-88fd-0002593930df',
    requireInterstitial: false,
    canJoinSpace: false,
  });
}

function records(pages: NotionPage[], asked: Call): Answer {
  const wanted = new Set((asked.requests ?? []).map((one) => one.pointer?.id ?? one.id ?? ''));
  const block: Record<string, object> = {};
  for (const page of pages) {
    const { chunked, hidden } = blocksOf(page);
    for (const one of [pageBlock(page, chunked), ...chunked, ...hidden]) {
      if (wanted.has(one.id)) block[one.id] = record(one, page);
    }
  }
  return json({ recordMap: { block } });
}

/** What GET gives for any path: an empty shell that may name the page's id. */
export function notionShell(pageId: string): Answer {
  return html(
    `<!doctype html><html class="notion-html" data-notion-html="web" data-notion-version="23.13.20260908.1512"><head lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Notion</title><meta property="og:site_name" content="Notion"><meta property="og:title" content="Notion | Where teams and agents work together"></head><body><div id="notion-app"></div><script>window.__notion_boot_data=null;__notion_html_async.push("bootData",null)</script><script>__notion_html_async.push("requiredRedirectMetadata",{"pageId":"${pageId}","requiresRedirect":false})</script><script>__notion_html_async.push("statsigResults",null)</script></body></html>`,
  );
}
