import type { Ask, Exchange, Identity } from '../../types.ts';
import { jsonAt } from '../sight.ts';
import { dashed, pageId } from './identity.ts';
import { Records, text, uuid } from './records.ts';
import { databasesOf, missingBlocks } from './tree.ts';

/** Bounds of one visit: 5 000 blocks of content, what is missing in ten rounds, twenty databases. */
const MAX_CHUNKS = 50;
const MAX_SYNCS = 10;
const MAX_DATABASES = 20;
const SYNC_SIZE = 100;
const ROW_LIMIT = 500;

const CENTRAL = 'https://app.notion.com/api/v3';
const OLD_CENTRAL = 'https://www.notion.so/api/v3';

/** What one visit's answers mean, in the order in which they were asked. */
export interface Conversation {
  readonly shell: Exchange | null;
  /** The first answer about the page's access that was one, not a host without the API. */
  readonly access: Exchange | null;
  readonly pageId: string | null;
  readonly isPublic: boolean;
  readonly records: Records;
}

/** The next request; every step follows from the answers so far, so a visit can be replayed. */
export function askNotion(identity: Identity, answered: readonly Exchange[]): Ask | null {
  const next = nextStep(identity, answered);
  if (next !== null) return next;
  // A visit is judged by its last answer: a step that failed on the way must not speak for the page. Asked for once.
  const failed = answered.length > 1 && answered.at(-1)?.reply === null;
  return failed && !closed(answered) ? get(identity.url) : null;
}

function nextStep(identity: Identity, answered: readonly Exchange[]): Ask | null {
  const shell = answered[0];
  if (shell === undefined) return get(identity.url);
  const usable = shell.reply !== null && (shell.reply.status < 300 || shell.reply.status === 304);
  if (!usable) return null;
  const talk = conversation(identity, answered);
  if (talk.pageId === null) return null;
  if (talk.access === null) return askAccess(talk.pageId, identity, answered);
  if (!talk.isPublic || closed(answered)) return null;
  const base = baseOf(talk.access.ask.url);
  return (
    nextChunk(base, talk.pageId, answered) ??
    nextSync(base, talk.pageId, talk.records, answered) ??
    nextDatabase(base, talk.pageId, talk.records, answered)
  );
}

/** Was the shell asked for again, as the end of a visit? */
function closed(answered: readonly Exchange[]): boolean {
  return answered.slice(1).some((exchange) => exchange.ask.method === 'GET');
}

/** Reads a visit so far. */
export function conversation(identity: Identity, answered: readonly Exchange[]): Conversation {
  const shell = answered[0] ?? null;
  const access = of(answered, 'getPublicPageData').find(isAnswer) ?? null;
  const role = text(jsonOf(access), 'publicAccessRole');
  const records = new Records();
  for (const exchange of answered) addTo(records, exchange);
  return {
    shell,
    access,
    pageId: pageIdOf(identity, shell),
    isPublic: access?.reply?.status === 200 && role !== null && role !== 'none',
    records,
  };
}

function addTo(records: Records, exchange: Exchange): void {
  if (!exchange.ask.url.includes('/api/v3/') || exchange.reply?.status !== 200) return;
  const json = jsonOf(exchange);
  records.add(json);
  if (!exchange.ask.url.endsWith('/queryCollection')) return;
  const view = text(JSON.parse(exchange.ask.body ?? '{}'), 'collectionView.id');
  if (view !== null) records.addRows(view, jsonAt(json, 'result'));
}

/** From the address, else from what the shell says of the page behind a site's own path. */
function pageIdOf(identity: Identity, shell: Exchange | null): string | null {
  if (!identity.key.startsWith('site-')) return pageId(identity.key);
  const body = shell?.reply?.body;
  if (body === undefined) return null;
  const html = new TextDecoder().decode(body.subarray(0, 200_000));
  return pageId(
    /"requiredRedirectMetadata"\s*,\s*\{[^{}]{0,500}?"pageId"\s*:\s*"([\da-fA-F-]{32,36})"/.exec(html)?.[1],
  );
}

/** An answer of the API itself: JSON, whatever its status; a host without the API answers 404 with a page. */
function isAnswer(exchange: Exchange): boolean {
  return exchange.reply !== null && (jsonOf(exchange) !== null || exchange.reply.status === 429);
}

const parsed = new WeakMap<Exchange, { json: unknown }>();

function jsonOf(exchange: Exchange | null): unknown {
  if (exchange === null || exchange.reply === null) return null;
  const known = parsed.get(exchange);
  if (known !== undefined) return known.json;
  const json = parse(new TextDecoder().decode(exchange.reply.body));
  parsed.set(exchange, { json });
  return json;
}

function parse(body: string): unknown {
  try {
    const json: unknown = JSON.parse(body);
    return typeof json === 'object' ? json : null;
  } catch {
    return null;
  }
}

function of(answered: readonly Exchange[], method: string): Exchange[] {
  return answered.filter((exchange) => exchange.ask.url.endsWith(`/api/v3/${method}`));
}

function baseOf(url: string): string {
  return url.slice(0, url.indexOf('/api/v3/') + '/api/v3'.length);
}

/** The API's hosts in turn, until one answers: the central one, the page's own, the former central one. */
function askAccess(id: string, identity: Identity, answered: readonly Exchange[]): Ask | null {
  const tried = new Set(of(answered, 'getPublicPageData').map((exchange) => baseOf(exchange.ask.url)));
  const bases = [CENTRAL, `${new URL(identity.url).origin}/api/v3`, OLD_CENTRAL];
  const base = bases.find((candidate) => !tried.has(candidate));
  if (base === undefined || closed(answered)) return null;
  return post(base, 'getPublicPageData', {
    type: 'block-space',
    name: 'page',
    blockId: dashed(id),
    saveParent: false,
    showMoveTo: false,
    showWebsiteLogin: true,
    requestedOnPublicDomain: new URL(identity.url).hostname.endsWith('.notion.site'),
  });
}

/** The page's content chunk by chunk, until the cursor's stack is empty. */
function nextChunk(base: string, id: string, answered: readonly Exchange[]): Ask | null {
  const chunks = of(answered, 'loadPageChunk');
  const last = chunks.at(-1);
  const cursor = last === undefined ? { stack: [] } : jsonAt(jsonOf(last), 'cursor');
  const stack = jsonAt(cursor, 'stack');
  const more = last === undefined || (Array.isArray(stack) && stack.length > 0 && last.reply?.status === 200);
  if (!more || chunks.length >= MAX_CHUNKS) return null;
  const body = { pageId: dashed(id), limit: 100, chunkNumber: chunks.length, cursor, verticalColumns: false };
  const ask = post(base, 'loadPageChunk', body);
  // A cursor that does not move would go round for ever.
  const seen = chunks.some(
    (chunk) => jsonAt(parse(chunk.ask.body ?? ''), 'cursor') !== undefined && sameCursor(chunk, cursor),
  );
  return seen ? null : ask;
}

function sameCursor(chunk: Exchange, cursor: unknown): boolean {
  return JSON.stringify(jsonAt(parse(chunk.ask.body ?? ''), 'cursor')) === JSON.stringify(cursor);
}

/** Blocks that the page lists but no answer carried, asked for once. */
function nextSync(base: string, id: string, records: Records, answered: readonly Exchange[]): Ask | null {
  const syncs = of(answered, 'syncRecordValuesMain');
  if (syncs.length >= MAX_SYNCS || syncs.some((sync) => sync.reply?.status !== 200)) return null;
  const asked = new Set(syncs.flatMap((sync) => askedIds(sync.ask.body)));
  const missing = missingBlocks(records, id).filter((block) => !asked.has(block));
  if (missing.length === 0) return null;
  const spaceId = text(records.page(id)?.raw, 'space_id');
  const requests = missing.slice(0, SYNC_SIZE).map((block) => ({
    pointer: { table: 'block', id: block, ...(spaceId === null ? {} : { spaceId }) },
    version: -1,
  }));
  return post(base, 'syncRecordValuesMain', { requests });
}

function askedIds(body: string | null): string[] {
  const requests = jsonAt(parse(body ?? ''), 'requests');
  return Array.isArray(requests) ? requests.map((request) => uuid(text(request, 'pointer.id') ?? '')) : [];
}

/** The rows of a database whose view is on the page, asked for once a view. */
function nextDatabase(base: string, id: string, records: Records, answered: readonly Exchange[]): Ask | null {
  const queries = of(answered, 'queryCollection');
  if (queries.length >= MAX_DATABASES) return null;
  const asked = new Set(queries.map((query) => text(parse(query.ask.body ?? ''), 'collectionView.id')));
  const next = databasesOf(records, id).find(({ view }) => !asked.has(view) && !records.rows.has(view));
  if (next === undefined) return null;
  const spaceId = text(records.page(id)?.raw, 'space_id');
  const pointer = spaceId === null ? {} : { spaceId };
  const results = { type: 'results', limit: ROW_LIMIT };
  const body = {
    collection: { id: next.collection, ...pointer },
    collectionView: { id: next.view, ...pointer },
    loader: { type: 'reducer', reducers: { collection_group_results: results }, searchQuery: '', userTimeZone: 'UTC' },
  };
  return post(base, 'queryCollection', body, spaceId === null ? {} : { 'x-notion-space-id': spaceId });
}

function get(url: string): Ask {
  return { url, method: 'GET', headers: {}, body: null, via: 'http' };
}

function post(base: string, method: string, body: unknown, headers: Record<string, string> = {}): Ask {
  return {
    url: `${base}/${method}`,
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
    via: 'api',
  };
}
