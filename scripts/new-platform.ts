/**
 * Writes the skeleton of a platform and of its tests: `npm run new:platform -- <name> <url of an article>`.
 * What it writes passes the contract suite as it stands; what the platform really shows is then filled in.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { registry } from '../src/platforms/registry.generated.ts';
import { platformFolders, registrySource } from './generate-registry.ts';

const ROOT = new URL('../', import.meta.url);

/** Why no platform can be begun with this name and address, and what to do; null where one can. */
export function whyNot(name: string, address: string): string | null {
  if (!/^[a-z][a-z0-9]{1,30}$/.test(name)) return `"${name}" is no name: lower-case letters and digits, please`;
  if (!/^https?:/.test(address) || !URL.canParse(address)) return `"${address}" is no web address: begin with https://`;
  const { pathname, hostname } = new URL(address);
  if (pathname === '/') return `"${address}" is a front page: name an article`;
  const names = registry.map((platform) => platform.name);
  if (names.includes(name)) return `the platform ${name} is there already: see src/platforms/${name}/`;
  const owner = registry.find(({ hosts }) => hosts.includes(hostname));
  return owner ? `${hostname} belongs to the platform ${owner.name}: see src/platforms/${owner.name}/` : null;
}

/** The files of a new platform by their path below the project; `whyNot` has nothing against name and address. */
export function skeleton(name: string, address: string): Record<string, string> {
  const url = new URL(address);
  const path = url.pathname.replace(/\/+$/, '');
  return {
    [`src/platforms/${name}/index.ts`]: platformSource(name, url.hostname, patternOf(path)),
    [`src/platforms/${name}/markers.ts`]: markersSource(name),
    [`tests/platforms/${name}/cases.ts`]: casesSource(name, `https://${url.hostname}${path}`),
    [`tests/platforms/${name}/golden/article.md`]: GOLDEN,
  };
}

/** A pattern for the paths of articles: the last segment is the id. */
function patternOf(path: string): string {
  const folder = path.slice(0, path.lastIndexOf('/') + 1).replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  return `/^${folder}(?<id>[\\w.-]+)$/`;
}

function platformSource(name: string, host: string, pattern: string): string {
  return `import { buildArticle, type Page, visibleText } from '../../article/index.ts';
import type { Article, Identity, Sighting } from '../../types.ts';
import type { Platform, Visit } from '../platform.ts';
import { askOnce, lastPage, matchMarkers, NOTHING_SEEN, sighting, sightNoArticle } from '../sight.ts';
import { markers } from './markers.ts';

const ARTICLE = ${pattern};
const BODY = 'article';

/** Articles of ${host}. */
const ${name}: Platform = {
  name: '${name}',
  hosts: ['${host}'],
  manners: {},
  markers,
  identify,
  ask: askOnce,
  sight,
  read,
};

function identify(url: URL): Identity | null {
  const path = url.pathname.replace(/\\/+$/, '');
  const id = ARTICLE.exec(path)?.groups?.id;
  return id === undefined ? null : { platform: '${name}', key: id, url: \`https://${host}\${path}\` };
}

/** Does the page name the article that was asked for? */
function compare(identity: Identity, page: Page): Sighting['identity'] {
  const canonical = page.$('link[rel="canonical"]').first().attr('href') ?? '';
  const named = URL.canParse(canonical, page.url) ? identify(new URL(canonical, page.url)) : null;
  if (named === null) return 'unknown';
  return named.key === identity.key ? 'same' : 'other';
}

function sight(visit: Visit): Sighting {
  const page = lastPage(visit);
  if (page === null) return NOTHING_SEEN;
  const text = visibleText(page.$, BODY);
  if (text === '') return sightNoArticle(markers, page);
  return sighting(text, {
    proof: BODY,
    identity: compare(visit.identity, page),
    title: page.$('h1').first().text().trim(),
    markers: matchMarkers(markers, page),
  });
}

function read(visit: Visit): Article | null {
  const page = lastPage(visit);
  if (page === null || visibleText(page.$, BODY) === '') return null;
  return buildArticle({
    content: page.$(BODY).first().contents(),
    baseUrl: page.url,
    title: page.$('h1').first().text(),
  });
}

export default ${name};
`;
}

function markersSource(name: string): string {
  return `import type { Marker } from '../platform.ts';

/** What the site says where an article is not there; each with its source and the month it was last seen. */
export const markers: readonly Marker[] = [
  {
    rule: '${name}/not-found',
    situation: 'Error page in the words of the site',
    where: 'text',
    selector: '.error-page',
    match: 'page not found',
    says: { verdict: 'gone', reason: 'not-found' },
    explicit: true,
    source: 'to be filled in',
    seen: '2026-01',
  },
];
`;
}

function casesSource(name: string, url: string): string {
  return `import type { PlatformCases } from '../cases.ts';

const URL_ = '${url}';
const ARTICLE = \`<html><head><link rel="canonical" href="\${URL_}"></head><body><h1>A title</h1><article><p>Words that quote page not found.</p></article></body></html>\`;
const ERROR = '<html><body><div class="error-page">page not found</div></body></html>';

export const cases: PlatformCases = {
  platform: '${name}',
  same: [{ key: '${url.slice(url.lastIndexOf('/') + 1)}', url: URL_, spellings: [URL_, \`\${URL_}?utm_source=x#top\`] }],
  different: [URL_, \`\${URL_}2\`],
  refused: ['${new URL(url).origin}/'],
  visits: [
    {
      name: 'an article',
      url: URL_,
      answers: [{ body: ARTICLE }],
      verdict: 'alive',
      reason: 'ok',
      golden: 'article',
    },
    {
      name: 'an error page',
      url: URL_,
      answers: [{ body: ERROR }],
      verdict: 'gone',
      reason: 'not-found',
      golden: null,
    },
  ],
  markers: [{ rule: '${name}/not-found', matches: { body: ERROR }, not: [{ body: ARTICLE }] }],
};
`;
}

const GOLDEN = `{
  "title": "A title",
  "author": null,
  "account": null,
  "published": null,
  "updated": null,
  "partial": false,
  "original": null,
  "pictures": []
}

--- markdown
Words that quote page not found.

--- html
<p>Words that quote page not found.</p>
--- text
Words that quote page not found.
`;

/** Says of the first of these files that is there already that it is; so nothing is written over, or half. */
function takenBy(files: Record<string, string>): string | null {
  const taken = Object.keys(files).find((path) => existsSync(new URL(path, ROOT)));
  return taken === undefined ? null : `${taken} is there already: take another name, or remove it`;
}

function main(): void {
  const [name, address] = process.argv.slice(2);
  if (name === undefined || address === undefined) {
    process.stderr.write('usage: npm run new:platform -- <name> <url of an article>\n');
    process.exitCode = 3;
    return;
  }
  const fault = whyNot(name, address) ?? takenBy(skeleton(name, address));
  if (fault !== null) {
    process.stderr.write(`new:platform: ${fault}\n`);
    process.exitCode = 3;
    return;
  }
  for (const [path, source] of Object.entries(skeleton(name, address))) {
    const file = fileURLToPath(new URL(path, ROOT));
    mkdirSync(fileURLToPath(new URL('.', new URL(path, ROOT))), { recursive: true });
    writeFileSync(file, source);
    process.stdout.write(`${path}\n`);
  }
  writeFileSync(fileURLToPath(new URL('src/platforms/registry.generated.ts', ROOT)), registrySource(platformFolders()));
  process.stdout.write('next: docs/platforms.md, from step 2 on\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
