import { buildArticle, type Page, parseDate } from '../../article/index.ts';
import type { Article, Identity } from '../../types.ts';
import { escapeHtml } from '../escape.ts';
import { bodyOf, type Found, htmlPlatform, metaOf, textOf } from '../html-platform.ts';
import type { Marker, Platform, Visit } from '../platform.ts';
import { lastPage, visibleText } from '../sight.ts';

const markers: readonly Marker[] = [
  {
    rule: 'arxiv/no-such-identifier',
    situation: 'the page says that no such paper exists',
    where: 'text',
    selector: '#content h1, #content h2, #content p, main h1',
    match:
      /^(?:Article(?: identifier)? ['‘"]?[\w./-]{1,40}['’"]? (?:not found|not recognized|doesn['’]t exist)|Article not found|No such paper)/i,
    says: { verdict: 'gone', reason: 'not-found' },
    explicit: true,
    source: 'not verified on a kept page; error page of arxiv.org',
    seen: '2025-01',
  },
  {
    rule: 'arxiv/denied',
    situation: 'the visitor is taken for a robot',
    where: 'title',
    match: /^(?:Access Denied|403 Forbidden|arXiv\.org -? ?(?:Denied|Access))/i,
    says: { verdict: 'blocked', reason: 'forbidden' },
    explicit: false,
    source: 'info.arxiv.org/help/robots.html; wording not verified',
    seen: '2025-01',
  },
];

const pages = htmlPlatform({
  name: 'arxiv',
  hosts: ['arxiv.org', '.arxiv.org'],
  manners: { concurrency: 1, intervalMs: 3000 },
  markers,
  identify,
  keyOf,
  find,
});

/** Papers of arXiv: abstract and metadata. The PDF, the HTML and the abstract of one version are one page. */
const arxiv: Platform = { ...pages, read };

export default arxiv;

const NEW_ID = String.raw`\d{4}\.\d{4,5}`;
const OLD_ID = String.raw`[a-z-]{2,20}(?:\.[A-Z]{2})?\/\d{7}`;
const PATH = new RegExp(`^/(?:abs|pdf|html|format|ps|e-print|src)/(${NEW_ID}|${OLD_ID})(v\\d{1,3})?(?:\\.pdf)?/?$`);

function identify(url: URL): Identity | null {
  if (!/^(?:(?:www|export|[a-z]{2})\.)?arxiv\.org$/.test(url.hostname)) return null;
  const [, paper, version = ''] = PATH.exec(url.pathname) ?? [];
  if (paper === undefined) return null;
  return { platform: 'arxiv', key: `${paper}${version}`, url: `https://arxiv.org/abs/${paper}${version}` };
}

/** The page names the paper without its version, so a version is taken on trust of the address. */
function keyOf(page: Page, identity: Identity): string | null {
  const paper = metaOf(page, 'citation_arxiv_id');
  return paper === null ? null : paper === identity.key.replace(/v\d+$/, '') ? identity.key : paper;
}

function find(page: Page): Found | null {
  const at = bodyOf(page, ['blockquote.abstract']);
  const title = metaOf(page, 'citation_title') ?? textOf(page, 'h1.title');
  if (at === null || title === null) return null;
  return {
    ...at,
    title: title.replace(/^Title:\s*/, ''),
    author: authorsOf(page).join(', ') || null,
    published: parseDate(metaOf(page, 'citation_date')),
    updated: parseDate(metaOf(page, 'citation_online_date')),
    language: 'en',
  };
}

/** `Last, First` as people write their names. */
function authorsOf(page: Page): string[] {
  const names = page
    .$('meta[name="citation_author"]')
    .toArray()
    .flatMap(({ attribs }) => attribs.content?.trim() || []);
  return names.map((name) => /^([^,]+), ([^,]+)$/.exec(name)?.slice(1).reverse().join(' ') ?? name);
}

const ROWS: readonly (readonly [string, string])[] = [
  ['Comments', 'td.comments'],
  ['Subjects', 'td.subjects'],
  ['MSC classes', 'td.msc-classes'],
  ['ACM classes', 'td.acm-classes'],
  ['Report number', 'td.report-number'],
  ['Journal reference', 'td.jref'],
  ['DOI', 'td.doi a'],
  ['Submitted', '.dateline'],
];

function read(visit: Visit): Article | null {
  const page = lastPage(visit);
  const found = page === null ? null : find(page);
  if (page === null || found === null) return null;
  const facts = ROWS.flatMap(([label, selector]) => {
    const text = textOf(page, selector);
    return text === null ? [] : [`<li>${label}: ${withFormulas(text.replace(/^\[|\]$/g, ''))}</li>`];
  });
  const pdf = `https://arxiv.org/pdf/${visit.identity.key}`;
  const { body, proof: _, partial: __, ...fields } = found;
  return buildArticle({
    ...fields,
    content: [
      `<blockquote><p>${abstractOf(body)}</p></blockquote><ul>${facts.join('')}`,
      ...versionsOf(page).map((version) => `<li>${escapeHtml(version)}</li>`),
      `<li><a href="${pdf}">PDF</a></li></ul>`,
    ].join(''),
    baseUrl: page.url,
  });
}

/** `[v1] Mon, 1 Jan 2024 12:00:00 UTC (5 KB)`: when each version was handed in, or withdrawn. */
function versionsOf(page: Page): string[] {
  const history = textOf(page, '.submission-history') ?? '';
  return [...history.matchAll(/\[v\d{1,3}\] [^[\]]{10,200}/g)].map(([version]) => version.trim());
}

/** The abstract as HTML, without its label, links kept. */
function abstractOf({ children }: Found['body']): string {
  const parts = children.map((node) => {
    const isElement = node.type === 'tag';
    if (isElement && node.attribs.class === 'descriptor') return '';
    const words = withFormulas(node.type === 'text' ? node.data.replace(/\s+/g, ' ') : visibleText([node]));
    return isElement && node.name === 'a' && node.attribs.href
      ? `<a href="${escapeHtml(node.attribs.href)}">${words}</a>`
      : words;
  });
  return parts.join('').replace(/^\s*Abstract:\s*/, '');
}

/** TeX between dollar signs becomes a formula; the rest is text. */
function withFormulas(text: string): string {
  return text
    .split(/(\$(?!\s)[^$]{1,500}(?<!\s)\$(?!\d))/)
    .map((part, at) =>
      at % 2 === 1 && !/<\/script/i.test(part)
        ? `<script type="math/tex">${part.slice(1, -1)}</script>`
        : escapeHtml(part),
    )
    .join('');
}
