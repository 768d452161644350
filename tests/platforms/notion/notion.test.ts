import { describe, expect, it } from 'vitest';
import notion from '../../../src/platforms/notion/index.ts';
import type { Ask, Exchange, Identity } from '../../../src/types.ts';
import { judged, read, visitOf } from '../page-visit.ts';
import { block, chunk, DATABASE, ID, id, PAGE, PUBLIC, ROWS, SHELL, words } from './pages.ts';
import { answersOf } from './variants.ts';

const PAGE_URL = `https://www.notion.so/${ID}`;
const IDENTITY: Identity = { platform: 'notion', key: ID, url: PAGE_URL };
const root = (...content: string[]): ReturnType<typeof block> => block(PAGE, 'page', { ...words(['x']), content });

type Step = string | { readonly status: number; readonly body: string } | null;

/** What is asked, step by step, when these are the answers; null is an answer that never came. */
function asked(steps: readonly Step[], identity = IDENTITY): Ask[] {
  const exchanges: Exchange[] = [];
  const asks: Ask[] = [];
  for (const step of [...steps, 'end']) {
    const ask = notion.ask(identity, exchanges);
    if (ask === null) break;
    asks.push(ask);
    const { status, body } = typeof step === 'string' ? { status: 200, body: step } : (step ?? { status: 0, body: '' });
    const reply = step === null ? null : { status, headers: {}, body: new TextEncoder().encode(body) };
    exchanges.push({ ask, at: '', ms: 1, hops: [], finalUrl: ask.url, tries: [], reply, failure: null, captures: [] });
  }
  return asks;
}

const methods = (asks: readonly Ask[]): string[] => asks.map(({ url }) => url.replace(/^.*\//, ''));

describe('what is asked', () => {
  it.each<[string, Step[], string[]]>([
    ['nothing more where the shell did not come', [null], [ID]],
    ['nothing more where the shell is an error', [{ status: 500, body: '' }], [ID]],
    ['no content of a page that is not public', [SHELL, '{"publicAccessRole":"none"}'], [ID, 'getPublicPageData']],
    ['the shell again after a step that failed', [SHELL, PUBLIC, null], [ID, 'getPublicPageData', 'loadPageChunk', ID]],
    ['no third time', [SHELL, PUBLIC, null, null], [ID, 'getPublicPageData', 'loadPageChunk', ID]],
    [
      'chunks until the cursor stands still',
      [SHELL, PUBLIC, chunk([root()], 'flat', [['a']]), chunk([], 'flat', [['a']]), chunk([], 'flat', [['a']])],
      [ID, 'getPublicPageData', 'loadPageChunk', 'loadPageChunk'],
    ],
    [
      'missing blocks once, in the space of the page',
      [SHELL, PUBLIC, chunk([root(id(1), id(2))]), chunk([block(id(1), 'text')])],
      [ID, 'getPublicPageData', 'loadPageChunk', 'syncRecordValuesMain'],
    ],
    [
      'no more missing blocks after a refusal',
      [SHELL, PUBLIC, chunk([root(id(1))]), { status: 429, body: '{}' }],
      [ID, 'getPublicPageData', 'loadPageChunk', 'syncRecordValuesMain'],
    ],
  ])('%s', (_, steps, expected) => {
    expect(methods(asked(steps)).slice(0, expected.length + 1)).toEqual(expected);
  });

  it('the API of three hosts in turn, until one answers in JSON', () => {
    const site = { ...IDENTITY, url: `https://bakery.notion.site/${ID}` };
    const asks = asked([SHELL, '<p>no</p>', 'true', PUBLIC], site);
    expect(asks.map(({ url }) => new URL(url).hostname)).toEqual([
      'bakery.notion.site',
      'app.notion.com',
      'bakery.notion.site',
      'www.notion.so',
      'www.notion.so',
    ]);
  });

  it('needs no space for missing blocks and rows', () => {
    const view = block(id(1), 'collection_view', { view_ids: [id(192)], collection_id: id(191), space_id: undefined });
    const page = { ...root(id(1), id(2)), space_id: undefined };
    const asks = asked([SHELL, PUBLIC, chunk([page, view], 'flat', [], DATABASE), chunk([]), ROWS]);
    expect(methods(asks)).toEqual([
      ID,
      'getPublicPageData',
      'loadPageChunk',
      'syncRecordValuesMain',
      'queryCollection',
    ]);
    expect(asks.map(({ body }) => body).join()).not.toContain('spaceId');
    expect(asks.at(-1)?.headers).toEqual({ 'content-type': 'application/json' });
  });

  it('asks for no more than twenty databases', () => {
    const numbers = Array.from({ length: 30 }, (_, at) => 300 + at);
    const views = numbers.map((n) =>
      block(id(n), 'collection_view', { view_ids: [id(n + 100)], collection_id: id(n + 200) }),
    );
    const asks = asked([SHELL, PUBLIC, chunk([root(...numbers.map(id)), ...views]), ...Array(40).fill('{}')]);
    expect(methods(asks).filter((method) => method === 'queryCollection')).toHaveLength(20);
  });

  it('learns the id behind the path of a site from its shell, and asks nothing where the shell names none', () => {
    const site = { platform: 'notion', key: 'site-bakery.notion.site/menu', url: 'https://bakery.notion.site/menu' };
    expect(asked([SHELL], site)[1]?.body).toContain(PAGE);
    expect(asked(['<html></html>'], site)).toHaveLength(1);
    expect(asked([null], site)).toHaveLength(1);
  });
});

describe('addresses', () => {
  it.each([
    ['https://bakery.notion.site', 'site-bakery.notion.site', 'https://bakery.notion.site/'],
    [
      'https://bakery.notion.site/menu/today/',
      'site-bakery.notion.site/menu/today',
      'https://bakery.notion.site/menu/today',
    ],
  ])('%s', (address, key, url) => {
    expect(notion.identify(new URL(address))).toEqual({ platform: 'notion', key, url });
  });

  it.each(['https://bakery.notion.site/image/x.png', 'https://www.notion.so/product', `https://example.org/${ID}`])(
    'refuses %s',
    (address) => {
      expect(notion.identify(new URL(address))).toBeNull();
    },
  );
});

describe('what the answers mean', () => {
  const rule = (...answers: { body: string; status?: number }[]): string =>
    judged(notion, visitOf(notion, PAGE_URL, ...answers)).rule;

  it('a visit without any answer shows nothing', () => {
    expect(notion.sight({ identity: IDENTITY, exchanges: [], pages: [] })).toMatchObject({ proof: null, chars: 0 });
  });

  it.each([
    ['a login page in place of the shell', [{ body: '<p>Log in</p>', status: 401 }], 'http/401'],
    ['an API that is not to be asked now', [{ body: SHELL }, { body: 'slow down', status: 429 }], 'http/429'],
    [
      'a public page whose content is refused',
      [{ body: SHELL }, { body: PUBLIC }, { body: '{"name":"ValidationError"}', status: 400 }],
      'notion/not-shared',
    ],
    [
      'a public page without its block',
      [{ body: SHELL }, { body: PUBLIC }, { body: chunk([block(id(9), 'page')]) }],
      'notion/access',
    ],
    [
      'a page in the trash without a title',
      [{ body: SHELL }, { body: PUBLIC }, { body: chunk([block(PAGE, 'page', { alive: false })]) }],
      'notion/trash',
    ],
    [
      'a page without a title',
      [{ body: SHELL }, { body: PUBLIC }, { body: chunk([block(PAGE, 'page')]) }],
      'notion/article',
    ],
  ])('%s', (_, answers, expected) => {
    expect(rule(...answers)).toBe(expected);
  });
});

describe('records of odd shapes', () => {
  it('a database page without a name of its own has that of its collection', () => {
    const page = block(PAGE, 'collection_view_page', {
      view_ids: [id(192)],
      format: { collection_pointer: { id: id(191) } },
    });
    const answers = [{ body: SHELL }, { body: PUBLIC }, { body: chunk([page], 'flat', [], DATABASE) }, { body: ROWS }];
    expect(read(notion, PAGE_URL, ...answers)?.title).toBe('配方');
  });

  it('times that are none are no dates', () => {
    const page = block(PAGE, 'page', { ...words(['x']), created_time: 0, last_edited_time: 1e20 });
    const article = read(notion, PAGE_URL, { body: SHELL }, { body: PUBLIC }, { body: chunk([page]) });
    expect(article).toMatchObject({ published: null, updated: null });
  });

  it('what is no block, no text and no mark is passed over', () => {
    const odd = block(id(1), 'text', {
      properties: {
        title: ['bare', [7], [['deep']], ['kept', 'b', 3], ['too', [3, ['b', 'x'], [null], ['a', 4], ['zz']]]],
      },
    });
    const nameless = { ...block(id(2), 'text', words(['by its key'])), id: undefined };
    const blocks = {
      [PAGE]: { value: root(id(1), id(2), id(3)) },
      [id(1)]: { value: odd },
      [id(2)]: { value: nameless },
      [id(3)]: { value: { id: id(3) } },
      [id(4)]: 5,
    };
    const body = JSON.stringify({
      recordMap: { block: blocks, collection: { [id(5)]: { value: null } }, notion_user: { [id(6)]: { value: {} } } },
    });
    expect(read(notion, PAGE_URL, { body: SHELL }, { body: PUBLIC }, { body })?.text).toBe('kepttoo\nby its key');
  });

  it('a mention of what is not in the records keeps its place', () => {
    const line = block(
      id(1),
      'text',
      words(['‣', [['p', 4]]], ['‣', [['eoi', id(7)]]], ['‣', [['lm', {}]]], ['‣', [['d', {}]]], ['‣']),
    );
    const answers = answersOf('x', [line]).map(({ body }) => ({ body }));
    expect(read(notion, PAGE_URL, ...answers)?.text).toBe('‣‣‣‣');
  });

  it('blocks beyond thirty levels are left out', () => {
    const ladder = Array.from({ length: 40 }, (_, at) =>
      block(id(at + 1), 'text', { ...words([`level ${at + 1}.`]), content: [id(at + 2)] }),
    );
    const answers = answersOf('x', ladder).map(({ body }) => ({ body }));
    const text = read(notion, PAGE_URL, ...answers, { body: '{}' })?.text;
    expect(text).toContain('level 30.');
    expect(text).not.toContain('level 35.');
  });
});
