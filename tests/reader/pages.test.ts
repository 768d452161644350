import { describe, expect, it } from 'vitest';
import { healthByDay, renderDashboard, writeBytes } from '../../src/reader/dashboard.ts';
import { listShards, readDataScript, unpackEntry, unpackRow } from '../../src/reader/data.ts';
import { buildList } from '../../src/reader/entries.ts';
import { buildReader, type KeptPage, type ReaderInput } from '../../src/reader/index.ts';
import type { LinkStatus, Transition } from '../../src/types.ts';
import { ARTICLES, type Sample } from './articles.ts';
import { occurrence, shelf } from './shelf.ts';

const ID = 'web/own-archive-77aa88bb';
const OLDER = '20260301T020000Z';

/** One article of the shelf, with what a case says of its link and its copies. */
function alone(sample: Partial<Sample>, link: Partial<LinkStatus>, page: (kept: KeptPage) => KeptPage | null) {
  const article = ARTICLES.find(({ id }) => id === ID);
  if (article === undefined) throw new Error('No article');
  const input = shelf([{ ...article, ...sample }], 'en');
  input.status.links = input.status.links.map((one) => ({ ...one, ...link }));
  const stored = input.page;
  input.page = async (id, version) => {
    const kept = await stored(id, version);
    return kept === null ? null : page(kept);
  };
  return input;
}

async function pageOf(input: ReaderInput, path: string): Promise<string> {
  for await (const file of buildReader(input)) if (file.path === path) return String(file.content);
  throw new Error(`No ${path}`);
}

/** The text of a page without its tags. */
function words(html: string): string {
  return html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
}

describe('the page of an article', () => {
  const article = `articles/${ID}.html`;

  it('has the title of the list where the copy has none', async () => {
    const html = await pageOf(
      alone({ title: '清单里的题目' }, {}, (kept) => ({ ...kept, title: null })),
      article,
    );
    expect(html).toMatch(/<h1[^>]*>清单里的题目<\/h1>/);
  });

  it('says where the copy is not the whole, and whose text it is', async () => {
    const html = await pageOf(
      alone({}, {}, (kept) => ({ ...kept, partial: true, original: 'https://first.example/a', account: '阿澄' })),
      article,
    );
    expect(html).toContain('The copy holds only the part that was public.');
    expect(html).toContain('href="https://first.example/a"');
    expect(html.match(/class="author"/g)).toHaveLength(1);
  });

  it.each<[string, Partial<LinkStatus>, RegExp[], RegExp[]]>([
    ['unknown', { health: 'unknown', reason: 'not-due', since: null }, [/It has not been checked yet/], [/Since/]],
    ['dead', { health: 'dead', reason: 'not-found', lastAlive: null }, [/Since 1 March 2026/], [/Last seen alive/]],
    ['suspect', { health: 'suspect', reason: 'timeout' }, [/Last seen alive on/], []],
    ['healthy', { health: 'healthy' }, [/Since 1 March 2026/], [/Last seen alive/]],
  ])('says how an original is that is %s', async (_, link, there, missing) => {
    const text = words(
      await pageOf(
        alone({}, link, (kept) => kept),
        article,
      ),
    );
    for (const words of there) expect(text).toMatch(words);
    for (const words of missing) expect(text).not.toMatch(words);
  });

  it('names the file alone where its line has no heading', async () => {
    const html = await pageOf(
      alone({ occurrences: [occurrence('list.md', 3, null, 'A note.')] }, {}, (kept) => kept),
      article,
    );
    expect(html).toContain('<p class="note-place">list.md</p>');
    expect(html).toContain('>list.md</a>');
  });

  it('is written in the language it says, and else in that of its letters', async () => {
    const languages: [string | null, string, string][] = [
      ['fr', '中文', 'fr'],
      ['"><script>', '中文', 'zh-CN'],
      [null, 'english', 'en'],
      [null, '', 'en'],
    ];
    for (const [language, text, lang] of languages) {
      const html = await pageOf(
        alone({}, {}, (kept) => ({ ...kept, language, text })),
        article,
      );
      expect(html).toContain(`<div class="prose" id="text" lang="${lang}">`);
    }
  });
});

describe('an earlier version', () => {
  const older = [{ name: OLDER, captured: '2026-03-01T02:00:00Z', html: '<p>从前。</p>' }];
  const diff = `articles/${ID}/${OLDER}.diff.html`;

  it('that is not there is not spoken of', async () => {
    const input = alone({ older }, {}, (kept) => (kept.captured.startsWith('2026-03-01') ? null : kept));
    const paths: string[] = [];
    for await (const { path } of buildReader(input)) paths.push(path);
    expect(paths.filter((path) => path.startsWith(`articles/${ID}`))).toEqual([`articles/${ID}.html`]);
    expect(await pageOf(input, `articles/${ID}.html`)).not.toContain('class="versions"');
  });

  it('with the same text differs in nothing that a person reads', async () => {
    const text = words(
      await pageOf(
        alone({ older, title: '题' }, {}, (kept) => ({ ...kept, title: null, text: '一样。' })),
        diff,
      ),
    );
    expect(text).toContain('The text is the same.');
    expect(text).not.toContain('characters added');
    expect(text).toContain('题');
  });

  it('that has hardly a sentence in common is compared by paragraphs, and the page says so', async () => {
    const long = (sign: string) => Array.from({ length: 4000 }, (_, at) => `${sign}${at}。`).join('');
    const html = await pageOf(
      alone({ older }, {}, (kept) => ({ ...kept, text: long(kept.captured.startsWith('2026-03-01') ? '甲' : '乙') })),
      diff,
    );
    expect(html).toContain('too large to compare in detail');
    expect(html).toContain('<del>');
  });

  it('folds what stayed the same away, but for its neighbours', async () => {
    const same = (sign: string) => Array.from({ length: 9 }, (_, at) => `第${at}段${sign}。`).join('\n');
    const html = await pageOf(
      alone({ older }, {}, (kept) => ({
        ...kept,
        text: `${same('前')}\n${kept.captured.startsWith('2026-03-01') ? '旧话。' : '新的句子'}\n\n${same('后')}\n`,
      })),
      diff,
    );
    expect(html.match(/<summary/g)).toHaveLength(2);
    expect(html.match(/8 unchanged paragraphs/g)).toHaveLength(2);
  });
});

describe('the data of the list', () => {
  it('gives every entry and line back', () => {
    const list = buildList(shelf().status);
    const [{ entries, rows } = { entries: [], rows: [] }] = listShards(list);
    expect(entries.map(unpackEntry)).toEqual(list.entries);
    expect(rows.map(unpackRow)).toEqual(list.rows);
  });

  it.each<[string, (packed: (string | number | null)[]) => (string | number | null)[]]>([
    ['is too short', (packed) => packed.slice(0, 3)],
    ['is empty', () => []],
    ['has a text for a number', (packed) => ['0', ...packed.slice(1)]],
    ['has a number for a text', (packed) => [0, 7, ...packed.slice(2)]],
    ['has nothing where a text must be', (packed) => [0, null, ...packed.slice(2)]],
  ])('is no entry where it %s', (_, damage) => {
    const [first = []] = [...listShards(buildList(shelf().status))].flatMap(({ entries }) => entries);
    expect(unpackEntry(first)).not.toBeNull();
    expect(unpackEntry(damage([...first]))).toBeNull();
  });

  it.each([
    ['', null],
    ['__linkark("list",0,{"a":1})\n', { a: 1 }],
    ['\ufeff__linkark("search",0,"x")\n', 'x'],
    ['__linkark("list",0,{"a":1}', null],
    ['__linkark("list",0,{"a":)\n', null],
    ['alert(1)\n', null],
    ['__linkark("list",x,1)\n', null],
  ])('%j hands over %j', (script, value) => {
    expect(readDataScript(new TextEncoder().encode(script))).toEqual(value);
  });

  it('names links without any words by their address', () => {
    const { status } = shelf([
      ...ARTICLES.slice(0, 1).map((article) => ({
        ...article,
        title: ' \u202e ',
        url: 'https://a.example/x',
        occurrences: [occurrence('list.md', 1, null, null, '\n')],
      })),
    ]);
    expect(buildList(status).entries[0]?.title).toBe('https://a.example/x');
  });
});

describe('the contents of a long list', () => {
  const long = (headings: number) => {
    const [one] = ARTICLES;
    if (one === undefined) throw new Error('No article');
    const samples = Array.from({ length: 250 }, (_, at) => ({
      ...one,
      id: `web/x-${at}`,
      html: null,
      older: [],
      occurrences: [occurrence(`f${Math.floor(at / 125)}.md`, at, at % 125 < 5 ? null : `h${at % headings}`, null)],
    }));
    return pageOf(shelf(samples), 'index.html');
  };
  const contents = (html: string) => /<nav class="contents".*?<\/nav>/s.exec(html)?.[0] ?? '';

  it('lead to the page on which a heading stands', async () => {
    const nav = contents(await long(20));
    expect(nav).toContain('href="#f-0"');
    expect(nav).toMatch(/href="articles\/list-2\.html#f-\d+"[^>]*>f1\.md/);
    expect(nav).toMatch(/href="articles\/list-2\.html#g-\d+"[^>]*>h\d+/);
  });

  it('are the files alone where there are very many headings', async () => {
    const nav = contents(await long(100));
    expect(nav).toContain('>f1.md</a>');
    expect(nav).not.toContain('#g-');
  });
});

describe('the overview', () => {
  const death = (id: string, at: string): Transition => ({
    at,
    id,
    url: 'https://a.example/',
    title: null,
    from: 'healthy',
    to: 'dead',
    verdict: 'gone',
    reason: 'not-found',
    marker: null,
  });
  const overview = (changes: Transition[], sizes: ReaderInput['sizes'] = null) =>
    renderDashboard({ ...shelf(), language: 'en', collection: 'x', changes, sizes });
  const deaths = (html: string) => /<figure class="chart" id="chart-deaths">.*?<\/figure>/s.exec(html)?.[0] ?? '';
  const months = (html: string) =>
    [...deaths(html).matchAll(/<th scope="row"><span>([^<]*)/g)].map((found) => found[1]);

  it('counts deaths by month without gaps, over the turn of a year, those of links that have left the list too', () => {
    const html = overview([death('weibo/left-the-list-00000000', '2025-12-31T02:00:00Z')]);
    expect(months(html)).toEqual([
      '2025-12',
      ...Array.from({ length: 11 }, (_, at) => `2026-${String(at + 1).padStart(2, '0')}`),
    ]);
    expect(words(deaths(html))).toContain('Weibo');
  });

  it('goes back two years and no further', () => {
    const html = overview(['1999-01-01T00:00:00Z', '2026-02-01T00:00:00Z'].map((at) => death('web/a-00000000', at)));
    expect(months(html)).toHaveLength(24);
    expect(months(html)[0]).toBe('2024-12');
  });

  it('says nothing of sizes that were not measured', () => {
    expect(overview([])).not.toContain('id="chart-sizes"');
    expect(overview([], [{ part: 'warc', bytes: 2048 }])).toContain('2.0 KiB');
  });

  it('goes back over 400 days of changes and no further', () => {
    const { status } = shelf();
    const turns = Array.from({ length: 900 }, (_, at): Transition => {
      const day = new Date(Date.UTC(2024, 0, 1 + at)).toISOString();
      const change = death(ID, day);
      return at % 2 === 0 ? { ...change, from: 'dead', to: 'healthy' } : change;
    });
    const days = healthByDay(status, turns.slice(0, 899));
    expect(days).toHaveLength(401);
    expect(days.at(-1)?.counts.healthy).toBe(3);
  });

  it('writes the largest sizes in the largest unit', () => {
    expect([2 ** 40, 5000 * 2 ** 40].map(writeBytes)).toEqual(['1.0 TiB', '5000 TiB']);
  });
});
