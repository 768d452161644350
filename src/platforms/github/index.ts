import { buildArticle, type Page, parseDate } from '../../article/index.ts';
import type { Article, Identity } from '../../types.ts';
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

function find(page: Page): Found | null {
  const at = bodyOf(page, [...COMMENT, ...README, ...OTHER]) ?? embedded(page);
  if (at === null) return null;
  const window = titleOf(page).replace(/\s·\s(?:Issue #|Pull Request #|Discussion #|GitHub|[\w.-]+\/[\w.-]+).*$/, '');
  const title = textOf(page, '[data-testid="issue-title"]', 'h1 bdi.js-issue-title', 'h1 .markdown-title') ?? window;
  if (title === '' || page.status >= 400) return null;
  const isComment = COMMENT.includes(at.proof);
  const owner = metaOf(page, 'octolytics-dimension-user_login');
  return {
    ...at,
    title: title.replace(/^GitHub - /, ''),
    author: isComment
      ? textOf(page, '[data-testid="issue-body-header-author"]', '.timeline-comment-header .author', 'a.author')
      : owner,
    published: isComment ? parseDate(page.$('relative-time[datetime]').attr('datetime'), { zone: 'Z' }) : null,
  };
}

/** Pages of files are drawn by a script from JSON in the page. */
function embedded(page: Page): { proof: string; body: Found['body'] } | null {
  const proof = 'script[data-target="react-app.embeddedData"]';
  const body = page.$(proof).toArray()[0];
  if (body === undefined || body.type !== 'script' || payloadOf(page) === undefined) return null;
  return { proof, body };
}

function payloadOf(page: Page): unknown {
  const source = page.$('script[data-target="react-app.embeddedData"]').first().text();
  try {
    return jsonAt(JSON.parse(source), 'payload');
  } catch {
    return undefined;
  }
}

/** The file of a blob page: its rendered form where it has one, else its lines as code. */
function readFile(visit: Visit): Article | null {
  const page = lastPage(visit);
  const found = page === null ? null : find(page);
  if (page === null || found === null || !found.proof.startsWith('script')) return null;
  const payload = payloadOf(page);
  const rich = jsonAt(payload, 'blob.richText') ?? jsonAt(payload, 'tree.readme.richText');
  const lines = jsonAt(payload, 'blob.rawLines');
  const code = Array.isArray(lines)
    ? lines.filter((line): line is string => typeof line === 'string').join('\n')
    : null;
  if (typeof rich !== 'string' && code === null) return null;
  const content = typeof rich === 'string' ? rich : `<pre><code>${escapeHtml(code ?? '')}</code></pre>`;
  return buildArticle({ content, baseUrl: page.url, title: found.title, author: found.author ?? null });
}

function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
}
