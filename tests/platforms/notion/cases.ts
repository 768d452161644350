import type { Answer, MarkerCase, PlatformCases, VisitCase } from '../cases.ts';
import { block, chunk, DATABASE, everything, ID, id, PAGE, PRIVATE, PUBLIC, ROWS, SHELL, TOP, words } from './pages.ts';
import { variants } from './variants.ts';

const URL_ = `https://www.notion.so/${ID}`;
const SITE = `https://bakery.notion.site/${ID}`;
const root = block(PAGE, 'page', { ...words(['面包手记']), content: TOP });
const ancestor = block(id(900), 'page', { ...words(['上一层']), content: [PAGE] });
const all = everything();
const alive = { verdict: 'alive', reason: 'ok' } as const;
const shell: Answer = { ask: ID, body: SHELL };
const open: Answer = { ask: 'app.notion.com/api/v3/getPublicPageData', body: PUBLIC };
const rows: Answer = { ask: 'queryCollection', body: ROWS };
const NO_API: Answer = {
  status: 404,
  body: '<html><body>Not Found</body></html>',
  headers: { 'content-type': 'text/html' },
};

const visits: VisitCase[] = [
  {
    ...alive,
    name: 'a public page in one answer',
    url: URL_,
    answers: [shell, open, { ask: 'loadPageChunk', body: chunk([ancestor, root, ...all], 'flat', [], DATABASE) }, rows],
    golden: 'page',
    article: {
      title: '面包手记',
      author: null,
      published: '2020-06-07T22:38:30.730Z',
      updated: '2020-07-22T12:16:00.000Z',
    },
  },
  {
    ...alive,
    name: 'the same in two chunks, what is missing fetched, the newer nesting',
    url: SITE,
    answers: [
      shell,
      { ...NO_API, ask: 'app.notion.com' },
      { ask: 'bakery.notion.site/api/v3/getPublicPageData', body: PUBLIC },
      { ask: 'loadPageChunk', body: chunk([ancestor, root, ...all.slice(0, 9)], 'nested', [['next']], DATABASE) },
      { ask: 'loadPageChunk', body: chunk(all.slice(9, 20), 'nested') },
      { ask: 'syncRecordValuesMain', body: chunk(all.slice(20), 'nested') },
      rows,
    ],
    golden: 'page',
  },
  {
    ...alive,
    name: 'a database page',
    url: URL_,
    answers: [
      shell,
      open,
      {
        ask: 'loadPageChunk',
        body: chunk(
          [block(PAGE, 'collection_view_page', { view_ids: [id(192)], collection_id: id(191) })],
          'flat',
          [],
          DATABASE,
        ),
      },
      rows,
    ],
    golden: 'database',
    article: { title: '配方' },
  },
  {
    ...alive,
    name: 'a page whose database can not be queried',
    url: URL_,
    answers: [
      shell,
      open,
      { ask: 'loadPageChunk', body: chunk([root, ...all], 'flat', [], DATABASE) },
      { ask: 'queryCollection', status: 406, body: '{"name":"GroupsV1NotSupportedError"}' },
    ],
    golden: 'no-rows',
  },
  {
    name: 'a private page',
    url: URL_,
    answers: [shell, { ...open, body: PRIVATE }],
    verdict: 'blocked',
    reason: 'login-wall',
    rule: 'notion/access',
    golden: null,
  },
  {
    name: 'a page without a public role',
    url: URL_,
    answers: [shell, { ...open, body: '{}' }],
    verdict: 'blocked',
    reason: 'login-wall',
    golden: null,
  },
  {
    name: 'the API refuses',
    url: URL_,
    answers: [shell, { ...open, status: 403, body: '{"errorId":"x","name":"Forbidden"}' }],
    verdict: 'blocked',
    reason: 'login-wall',
    golden: null,
  },
  {
    name: 'the API knows no such page',
    url: URL_,
    answers: [shell, { ...open, status: 404, body: '{"errorId":"x","name":"NotFound"}' }],
    verdict: 'gone',
    reason: 'not-found',
    golden: null,
  },
  {
    name: 'the API says that it is gone for good',
    url: URL_,
    answers: [shell, { ...open, status: 410, body: '{"errorId":"x","name":"Gone"}' }],
    verdict: 'gone',
    reason: 'not-found',
    rule: 'http/410',
    golden: null,
  },
  {
    name: 'a page in the trash',
    url: URL_,
    answers: [shell, open, { ask: 'loadPageChunk', body: chunk([{ ...root, content: [], alive: false }]) }],
    verdict: 'gone',
    reason: 'deleted-by-author',
    rule: 'notion/trash',
    golden: null,
  },
  {
    name: 'content that failed to come',
    url: URL_,
    answers: [shell, open, { ask: 'loadPageChunk', status: 500, body: '{"errorId":"x"}' }],
    verdict: 'unreachable',
    reason: 'server-error',
    golden: null,
  },
  {
    name: 'an empty record map',
    url: URL_,
    answers: [shell, open, { ask: 'loadPageChunk', body: chunk([]) }],
    verdict: 'blocked',
    reason: 'login-wall',
    golden: null,
  },
  {
    name: 'too many requests',
    url: URL_,
    answers: [
      shell,
      {
        ...open,
        status: 429,
        body: '{"errorId":"x","name":"UserRateLimitResponse","clientData":{"type":"rate_limited"}}',
      },
    ],
    verdict: 'blocked',
    reason: 'rate-limited',
    golden: null,
  },
  {
    name: 'only the shell',
    url: URL_,
    answers: [shell, NO_API, NO_API],
    verdict: 'blocked',
    reason: 'client-only',
    rule: 'notion/shell',
    golden: null,
  },
  {
    name: 'a shell of another shape',
    url: URL_,
    answers: [{ ask: ID, body: '<html></html>' }, NO_API, NO_API],
    verdict: 'blocked',
    reason: 'client-only',
    golden: null,
  },
  {
    ...alive,
    name: 'an address without an id',
    url: 'https://bakery.notion.site/welcome',
    answers: [
      { ask: 'welcome', body: SHELL },
      open,
      { ask: 'loadPageChunk', body: chunk([block(PAGE, 'page', words(['欢迎']))]) },
    ],
    golden: 'welcome',
  },
];

const QUOTING: Answer = {
  body: '<html><body><p>data-notion-html="web" id="notion-app" UserRateLimitResponse</p></body></html>',
};

const markers: MarkerCase[] = [
  {
    rule: 'notion/login',
    matches: { body: '', finalUrl: 'https://www.notion.so/login?redirect=x' },
    not: [
      { body: '', finalUrl: `https://www.notion.so/login-page-${ID}x` },
      { body: '', finalUrl: 'https://example.com/login' },
    ],
  },
  {
    rule: 'notion/rate-limited',
    matches: { body: '{"name":"UserRateLimitResponse"}' },
    not: [{ body: '{"title":"UserRateLimitResponse"}' }, QUOTING],
  },
  {
    rule: 'notion/not-shared',
    matches: { body: '{"name":"ValidationError"}' },
    not: [{ body: '{"name":"ValidationErrors of mine"}' }],
  },
  { rule: 'notion/access', matches: { body: PRIVATE }, not: [{ body: PUBLIC }] },
  { rule: 'notion/trash', matches: { body: chunk([{ ...root, alive: false }]) }, not: [{ body: chunk([root]) }] },
  { rule: 'notion/shell', matches: { body: SHELL }, not: [QUOTING] },
];

export const cases: PlatformCases = {
  platform: 'notion',
  same: [
    {
      key: ID,
      url: URL_,
      spellings: [
        URL_,
        `https://www.notion.so/bakery/Bread-notes-${ID}?v=1&pvs=4#abc`,
        `https://notion.so/${PAGE}`,
        `https://app.notion.com/p/Bread-${ID}`,
        `https://bakery.notion.site/Bread-notes-cafe-${ID.toUpperCase()}`,
        `https://www.notion.so/${'f'.repeat(32)}?p=${ID}&pm=s`,
      ],
    },
    { key: 'site-bakery.notion.site/welcome', spellings: ['https://bakery.notion.site/welcome/?pvs=4'] },
  ],
  different: [
    URL_,
    `https://www.notion.so/${'a'.repeat(32)}`,
    'https://bakery.notion.site/welcome',
    'https://other.notion.site/welcome',
  ],
  refused: [
    'https://www.notion.so/',
    'https://www.notion.so/product',
    `https://example.org/${ID}`,
    `https://notion.site.example.org/${ID}`,
  ],
  visits: [...visits, ...variants],
  markers,
};
