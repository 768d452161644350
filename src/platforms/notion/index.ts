import type { Element } from 'domhandler';
import { buildArticle, type Page, type Rewrite } from '../../article/index.ts';
import { parseMarkup } from '../../article/parse.ts';
import type { Article, Exchange, Sighting } from '../../types.ts';
import type { Platform, StatusRule, Visit } from '../platform.ts';
import { jsonAt, matchMarkers, NOTHING_SEEN, sighting, sightNoArticle, visibleText } from '../sight.ts';
import { identifyNotion, pageId } from './identity.ts';
import { markers } from './markers.ts';
import { askNotion, conversation } from './protocol.ts';
import type { Block, Records } from './records.ts';
import { pageHtml } from './render.ts';
import { titleOf } from './richtext.ts';

const PRIVATE: StatusRule = {
  says: { verdict: 'blocked', reason: 'login-wall' },
  explicit: false,
  source: 'public link checkers: 401 and 403 of the API are private pages',
};

/** Public pages of Notion: the shell proves nothing, its API does. */
const notion: Platform = {
  name: 'notion',
  hosts: ['notion.so', 'www.notion.so', 'app.notion.com', 'www.notion.com', 'notion.com', '.notion.site'],
  manners: { concurrency: 1, intervalMs: 500, cooldownMs: 60_000 },
  markers,
  statuses: { 403: PRIVATE },
  identify: identifyNotion,
  ask: askNotion,
  sight,
  read,
};

interface Seen {
  readonly records: Records;
  readonly page: Block | null;
}

/** The page's block, looked up by id: the first block of an answer may be an ancestor. */
function look({ identity, exchanges, pages }: Visit): Seen {
  const talk = conversation(identity, exchanges);
  const records = talk.records;
  for (const page of pages) if (exchanges.length === 0 && page !== null) records.add(page.json);
  const id = talk.pageId ?? pageId(identity.key);
  return { records, page: id === null ? null : records.page(id) };
}

function sight(visit: Visit): Sighting {
  const { records, page } = look(visit);
  if (page === null) return sightMissing(visit);
  const title = titleOf(page.id, records);
  if (!page.alive) {
    return sighting(title ?? '', {
      identity: 'same',
      title,
      markers: [{ rule: 'notion/trash', literal: 'alive=false' }],
    });
  }
  const body = visibleText(parseMarkup(pageHtml(page, records)).children);
  return sighting(`${title ?? ''}\n${body}`, {
    proof: `recordMap.block["${page.id}"]`,
    identity: 'same',
    title,
  });
}

/** No block of that id: the API's own answer says why, else there is only the shell. */
function sightMissing({ identity, exchanges, pages }: Visit): Sighting {
  const { access, isPublic } = conversation(identity, exchanges);
  const shell = pages[0] ?? null;
  if (access === null) return sightShell(shell, exchanges.length > 1);
  const answer =
    pageOf(exchanges, pages, isPublic ? exchanges.find(isChunk) : access) ?? pageOf(exchanges, pages, access);
  const found = answer === null ? [] : matchMarkers(markers, answer);
  // An answer that failed says nothing of who may read the page.
  const refused = found.length === 0 && access.reply?.status === 200 && (answer?.status ?? 200) === 200;
  const role = jsonAt(answer?.json, 'publicAccessRole');
  const literal = isPublic ? 'recordMap: {}' : `publicAccessRole=${typeof role === 'string' ? role : 'none'}`;
  return { ...NOTHING_SEEN, markers: refused ? [{ rule: 'notion/access', literal }] : found };
}

/** A shell that was answered says nothing of the page, whatever status the hosts without the API gave. */
function sightShell(shell: Page | null, asked: boolean): Sighting {
  if (shell === null) return NOTHING_SEEN;
  const seen = sightNoArticle(markers, shell);
  if (!asked || shell.status >= 300 || seen.markers.length > 0) return seen;
  return { ...seen, markers: [{ rule: 'notion/shell', literal: 'no answer of the API' }] };
}

function isChunk(exchange: Exchange): boolean {
  return exchange.ask.url.endsWith('/loadPageChunk');
}

function pageOf(exchanges: readonly Exchange[], pages: Visit['pages'], exchange: Exchange | undefined): Page | null {
  return exchange === undefined ? null : (pages[exchanges.indexOf(exchange)] ?? null);
}

function read(visit: Visit): Article | null {
  const { records, page } = look(visit);
  if (page === null || !page.alive) return null;
  return buildArticle({
    content: pageHtml(page, records),
    baseUrl: visit.identity.url,
    title: titleOf(page.id, records),
    published: utc(jsonAt(page.raw, 'created_time')),
    updated: utc(jsonAt(page.raw, 'last_edited_time')),
    options: { rewrite },
  });
}

/** Epoch milliseconds as ISO 8601 in UTC. */
function utc(ms: unknown): string | null {
  return typeof ms === 'number' && ms > 0 && ms < 8.64e15 ? new Date(ms).toISOString() : null;
}

function rewrite({ name, attribs }: Element): Rewrite | undefined {
  if (name === 'x-tex') {
    return { kind: 'formula', tex: attribs['data-tex'] ?? '', display: attribs['data-display'] === 'true' };
  }
  if (name === 'x-embed') {
    const url = attribs['data-url'] ?? '';
    return { kind: 'link', text: attribs['data-text'] ?? url, url, block: true, embed: true };
  }
  return undefined;
}

export default notion;
