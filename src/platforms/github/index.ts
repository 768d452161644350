import type { Element } from 'domhandler';
import { buildArticle, type Page, parseDate, plainText, type Rewrite } from '../../article/index.ts';
import type { Article, Identity } from '../../types.ts';
import { escapeHtml } from '../escape.ts';
import { bodyOf, type Found, htmlPlatform, metaOf, textOf } from '../html-platform.ts';
import type { Marker, Platform, Visit } from '../platform.ts';
import { jsonAt, lastPage, titleOf } from '../sight.ts';
import { identifyGithub } from './identify.ts';

const markers: readonly Marker[] = [
  {
    rule: 'github/login',
    situation: 'the login page in place of the page',
    where: 'final-url',
    match: /^https?:\/\/github\.com\/login(?:[/?]|$)/,
    says: { verdict: 'blocked', reason: 'login-wall' },
    explicit: false,
    source: 'docs.github.com: address of the login page',
    seen: '2026-01',
  },
  {
    rule: 'github/not-found',
    situation: 'error page of the site',
    where: 'title',
    match: /^(?:Page not found · GitHub|File not found · GitHub)/,
    says: { verdict: 'gone', reason: 'not-found' },
    explicit: false,
    source: 'error page of github.com; it does not tell deleted from private',
    seen: '2025-10',
  },
  {
    rule: 'github/rate-limit',
    situation: 'too many requests',
    where: 'title',
    match: /^(?:Rate limit · GitHub|Access to this site has been restricted)/,
    says: { verdict: 'blocked', reason: 'rate-limited' },
    explicit: false,
    source: 'error page of github.com',
    seen: '2025-10',
  },
  {
    rule: 'github/blocked-repository',
    situation: 'GitHub disabled the repository',
    where: 'title',
    match: /^Repository unavailable(?: due to DMCA takedown)?/,
    says: { verdict: 'gone', reason: 'removed-by-platform' },
    explicit: true,
    source: 'docs.github.com: DMCA takedown policy',
    seen: '2025-10',
  },
];

const pages = htmlPlatform({
  name: 'github',
  hosts: ['github.com', 'www.github.com'],
  manners: { concurrency: 2, intervalMs: 1000, cooldownMs: 60_000 },
  markers,
  statuses: {
    451: {
      says: { verdict: 'gone', reason: 'removed-by-platform' },
      explicit: true,
      source: 'docs.github.com: DMCA takedown policy',
    },
  },
  renames: true,
  identify: identifyGithub,
  keyOf,
  find,
  rewrite,
  drop: ['.anchor, .octicon, clipboard-copy, .zeroclipboard-container, [aria-label="Copy"], .js-file-line-container'],
});

/** GitHub: repositories by their README, issues by their first comment, files by their text. Renamed ones answer 301. */
const github: Platform = { ...pages, read: (visit) => readFile(visit) ?? pages.read(visit) };

export default github;

/** Only the repository is named for certain on every page; what stands behind it is taken from the address. */
function keyOf(page: Page, identity: Identity): string | null {
  const repository = metaOf(page, 'octolytics-dimension-repository_nwo')?.toLowerCase();
  if (repository === undefined) return null;
  const asked = /^[^/]+\/[^/#]+/.exec(identity.key)?.[0];
  return repository === asked ? identity.key : repository;
}

const README = [
  '#readme article.markdown-body',
  'article.markdown-body[itemprop="text"]',
  '.Box article.markdown-body',
];
const COMMENT = ['[data-testid="issue-body"] .markdown-body', '.js-comment-body', 'td.comment-body', '.comment-body'];
const OTHER = [
  '#wiki-body .markdown-body',
  '.release .markdown-body',
  '[data-test-selector="body-content"]',
  '#repo-content-pjax-container',
  'article.markdown-body',
];

function find(page: Page, { key }: Identity): Found | null {
  const at = bodyOf(page, [...COMMENT, ...README]) ?? embedded(page) ?? bodyOf(page, OTHER);
  const window = titleOf(page).replace(/\s·\s(?:Issue #|Pull Request #|Discussion #|GitHub|[\w.-]+\/[\w.-]+).*$/, '');
  const title = textOf(page, '[data-testid="issue-title"]', 'h1 bdi.js-issue-title', 'h1 .markdown-title') ?? window;
  if (at === null || title === '' || page.status >= 400) return null;
  const isComment = COMMENT.includes(at.proof);
  const isRelease = key.includes('/releases/tag/');
  return {
    ...at,
    title: title.replace(/^GitHub - /, ''),
    author: isComment ? textOf(page, ...COMMENTATOR) : metaOf(page, 'octolytics-dimension-user_login'),
    published: isComment || isRelease ? timeOf(page) : null,
  };
}

const COMMENTATOR = ['[data-testid="issue-body-header-author"]', '.timeline-comment-header .author', 'a.author'];
const TIMES =
  '[data-testid="issue-body"] relative-time, .timeline-comment-header relative-time, .release relative-time';

/** When the comment or release was written; GitHub's tags carry the zone. */
function timeOf(page: Page): string | null {
  const times = [...page.$(TIMES), ...page.$('relative-time')].map(({ attribs }) => attribs.datetime);
  return parseDate(times[0], { zone: 'Z' });
}

const DATA = 'script[data-target="react-app.embeddedData"]';

/** Pages of files are drawn by a script from JSON in the page. */
function embedded(page: Page): { proof: string; body: Found['body'] } | null {
  const body = page.$(DATA).get(0);
  return body?.type === 'script' && fileOf(page) !== null ? { proof: DATA, body } : null;
}

/** The file that a page's JSON holds, as HTML: its rendered form where it has one, else its lines as code. */
function fileOf(page: Page): string | null {
  const parts = routesOf(page);
  const found = (name: string): unknown => parts.map((part) => jsonAt(part, name)).find((value) => value != null);
  const [rich, lines] = [found('richText'), found('rawLines')];
  if (typeof rich === 'string') return rich;
  if (!Array.isArray(lines)) return null;
  const language = String(found('language') ?? 'text')
    .toLowerCase()
    .replaceAll(' ', '-');
  const code = lines.filter((line) => typeof line === 'string').join('\n');
  return `<pre data-lang="${escapeHtml(language)}"><code>${escapeHtml(code)}</code></pre>`;
}

/** Where the JSON keeps a file: `payload.blob` until 2025, since then parted under several `payload.codeView…`. */
function routesOf(page: Page): unknown[] {
  return Object.entries(Object(payloadOf(page)))
    .filter(([name]) => /^(?:blob|tree|codeView\w+(?:\.\w+)?)$/.test(name))
    .flatMap(([, route]) => [route, jsonAt(route, 'blob'), jsonAt(route, 'readme')]);
}

function payloadOf(page: Page): unknown {
  try {
    return jsonAt(JSON.parse(page.$(DATA).first().text()), 'payload');
  } catch {
    return undefined;
  }
}

function readFile(visit: Visit): Article | null {
  const page = lastPage(visit);
  const found = page === null ? null : find(page, visit.identity);
  const content = page === null || found?.proof !== DATA ? null : fileOf(page);
  if (page === null || found === null || content === null) return null;
  return buildArticle({
    content,
    baseUrl: page.url,
    title: found.title,
    author: found.author ?? null,
    options: { rewrite },
  });
}

/** Formulas stand between their dollar signs in an element of their own, drawn by a script. */
function rewrite(element: Element): Rewrite | undefined {
  if (element.name !== 'math-renderer') return undefined;
  const tex = plainText(element)
    .trim()
    .replace(/^\$\$?`?|`?\$\$?$/g, '')
    .trim();
  return { kind: 'formula', tex, display: / js-display-math /.test(` ${element.attribs.class} `) };
}
