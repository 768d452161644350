import { describe, expect, test } from 'vitest';
import { isReportFormat, type ReportInput, readme, render, statusPage } from '../../src/report/index.ts';
import type { Health, LinkStatus, Reason, Transition, Verdict } from '../../src/types.ts';
import { inputOf, link, MIXED, statusOf, transition } from './scene.ts';

const SNAPSHOT = {
  path: 'pages/web/a/page.md',
  capturedAt: '2026-11-01T02:00:00Z',
  sha256: '0',
  versions: 1,
  images: 0,
};

/** In which lists of news a link stands, as the JSON report names them. */
function listsOf(now: LinkStatus, before: LinkStatus | null, change: Transition | null): string[] {
  const input = inputOf([now], { before: before && statusOf([before]), transitions: change === null ? [] : [change] });
  const { news } = JSON.parse(render('json', input)) as { news: Record<string, string[]> };
  return Object.entries(news).flatMap(([list, ids]) => (ids.length > 0 ? [list] : []));
}

describe('what is new about a link', () => {
  const state = (verdict: Verdict, health: Health): LinkStatus => link({ id: 'a', verdict, health });
  const change = (from: Health, to: Health): Transition => transition('a', from, to);

  test.each<[string, LinkStatus, LinkStatus | null, Transition | null, string[]]>([
    ['well as before', state('alive', 'healthy'), state('alive', 'healthy'), null, []],
    ['well, and seen for the first time', state('alive', 'healthy'), null, change('unknown', 'healthy'), []],
    [
      'well again behind a wall',
      state('alive', 'healthy'),
      state('blocked', 'blocked'),
      change('blocked', 'healthy'),
      [],
    ],
    [
      'well after failing',
      state('alive', 'healthy'),
      state('gone', 'suspect'),
      change('suspect', 'healthy'),
      ['recovered'],
    ],
    ['well after death', state('moved', 'healthy'), state('gone', 'dead'), change('dead', 'healthy'), ['recovered']],
    ['failing', state('unreachable', 'suspect'), null, change('healthy', 'suspect'), ['failing']],
    ['dead today', state('gone', 'dead'), state('gone', 'suspect'), change('suspect', 'dead'), ['newlyDead']],
    ['dead since long', state('gone', 'dead'), state('gone', 'dead'), null, ['stillDead']],
    ['dead since long, behind a wall today', state('blocked', 'dead'), state('gone', 'dead'), null, ['stillDead']],
    ['another page today', state('drifted', 'drifted'), null, change('healthy', 'drifted'), ['drifted']],
    ['another page since long', state('drifted', 'drifted'), state('drifted', 'drifted'), null, []],
    ['moved today', state('moved', 'healthy'), state('alive', 'healthy'), null, ['moved']],
    ['moved since long', state('moved', 'healthy'), state('moved', 'healthy'), null, []],
    ['behind a wall today', state('blocked', 'healthy'), state('alive', 'healthy'), null, ['newlyBlocked']],
    ['behind a wall since long', state('blocked', 'healthy'), state('blocked', 'healthy'), null, []],
  ])('%s', (_, now, before, transitions, lists) => {
    expect(listsOf(now, before, transitions)).toEqual(lists);
  });
});

describe('on a terminal', () => {
  const styled = (links: LinkStatus[], changes: Partial<ReportInput>): string =>
    render('compact', inputOf(links, { paint: (style, text) => `<${style}>${text}</>`, language: 'en', ...changes }));

  test.each<[Health, Health, Verdict, string]>([
    ['suspect', 'dead', 'gone', '<bad>Newly dead</>'],
    ['dead', 'healthy', 'alive', '<good>Recovered</>'],
    ['healthy', 'drifted', 'drifted', '<warn>Drifted</>'],
  ])('a change from %s to %s has its colour and place', (from, health, verdict, words) => {
    const links = [link({ id: 'a', verdict, health })];
    expect(styled(links, { transitions: [transition('a', from, health)] })).toContain(
      `${words}  <bold>一篇文章</><dim>  notes/列表.md:3</>`,
    );
  });

  test('a change of a link that no list names any more is told without a place', () => {
    const links = [link({ id: 'a', verdict: 'gone', health: 'dead', occurrences: [] })];
    expect(styled(links, { transitions: [transition('a', 'suspect', 'dead')] })).toMatch(
      /^<bad>Newly dead<\/> {2}<bold>一篇文章<\/><dim><\/>\n/,
    );
  });

  test.each<[ReportInput['language'], string, string]>([
    ['zh', '3 个文件因大小未存', '本次没有查完，下次接着查'],
    ['en', '3 files left out for their size', 'the run is not complete; the next one goes on with the rest'],
  ])('the last lines say what was left out and what is still to do (%s)', (language, leftOut, incomplete) => {
    const status = { ...statusOf([]), run: { ...statusOf([]).run, complete: false } };
    expect(
      render('compact', inputOf([], { status, leftOut: 3, language }))
        .trimEnd()
        .split('\n')
        .slice(-2),
    ).toEqual([leftOut, incomplete]);
    expect(render('markdown', inputOf([], { status, language }))).toContain(
      language === 'zh' ? '2026-11-23 02:01 UTC（没有查完）' : '2026-11-23 02:01 UTC (not complete)',
    );
  });

  test('a dead link shows what is nearest to it: a Wayback copy, else the kept one, else nothing', () => {
    const dead = link({ id: 'a', verdict: 'gone', reason: 'not-found', health: 'dead', snapshot: SNAPSHOT });
    const kept = { url: SNAPSHOT.path, kind: 'snapshot' } as const;
    const shown = (changes: Partial<LinkStatus>, archive: string | null): string | undefined =>
      /⇒ (.+)/.exec(render('compact', inputOf([{ ...dead, ...changes }], { archive })))?.[1];
    expect(shown({ suggestion: { url: 'https://old.test/a', kind: 'wayback' } }, 'kept/')).toBe('https://old.test/a');
    expect(shown({ suggestion: kept }, 'kept/')).toBe('kept/pages/web/a/page.md');
    expect(shown({ suggestion: kept }, null)).toBeUndefined();
    expect(shown({ suggestion: null, snapshot: null }, 'kept/')).toBeUndefined();
  });

  test('detailed tells no day where none is known', () => {
    const links = [
      link({ id: 'a', verdict: 'skipped', reason: 'excluded', health: 'unknown', evidence: null, since: null }),
      link({ id: 'b', since: null }),
      link({ id: 'c' }),
    ];
    const lines = render('detailed', inputOf(links, { language: 'en' })).split('\n');
    expect(lines.filter((line) => /^ {9}(?!http|the |excluded)/.test(line))).toEqual([
      '         unknown',
      '         healthy',
      '         healthy since 2026-11-01',
    ]);
    expect(lines).toContain('         excluded by the settings');
  });
});

describe('texts for GitHub', () => {
  const anywhere = {
    file: 'list.md',
    line: null,
    column: null,
    code: 'source/missing',
    message: 'there is no such file',
  };

  test('a problem of a whole file stands at its beginning, and without a line in Markdown', () => {
    expect(render('github', inputOf([], { problems: [anywhere] }))).toMatch(
      /^::warning file=list\.md,line=1,col=1,title=linkark::there is no such file\n/,
    );
    expect(render('markdown', inputOf([], { problems: [anywhere] }))).toContain('- ⚠ `list.md` there is no such file');
    expect(render('compact', inputOf([], { problems: [anywhere] }))).toMatch(/^list\.md {2}there is no such file\n/);
  });

  test('annotations over the limit are counted in English too', () => {
    const links = Array.from({ length: 12 }, (_, at) => link({ id: `${at}`, verdict: 'gone', reason: 'not-found' }));
    expect(render('github', inputOf(links, { language: 'en' }))).toContain(
      '::error title=linkark::3 more: see the report',
    );
  });

  test('of many places five are named and the rest counted', () => {
    const [one] = link({ id: 'a' }).occurrences;
    const occurrences = Array.from(
      { length: 7 },
      (_, at) => ({ ...one, line: at + 1 }) as LinkStatus['occurrences'][0],
    );
    const text = render(
      'markdown',
      inputOf([link({ id: 'a', verdict: 'gone', reason: 'not-found', health: 'dead', occurrences })]),
    );
    expect(text).toContain('`notes/列表.md:5` +2');
    expect(text).not.toContain('列表.md:6');
  });

  test('where the archive can not be linked, status.json is named alone and no copy is offered', () => {
    const many = Array.from({ length: 2_000 }, (_, at) =>
      link({ id: `${at}`, verdict: 'gone', reason: 'not-found', health: 'dead', snapshot: SNAPSHOT }),
    );
    const text = render('markdown', inputOf(many, { archive: null }));
    expect(text).toMatch(/条放不下，见 status\.json\n$/);
    expect(text).not.toContain('已存副本');
  });
});

test('a link that no list names any more has no row in the table', () => {
  const links = [
    link({ id: 'a', url: 'https://kept.test/' }),
    link({ id: 'b', url: 'https://left.test/', occurrences: [] }),
  ];
  expect([...readme(statusOf(links), 'en')].join('').match(/\]\(<https:[^>]+>\)/g)).toEqual([
    '](<https://kept.test/>)',
  ]);
});

test('a change is told by the words of the list, else by its title, else by its address', () => {
  const changes = [
    transition('a', 'healthy', 'dead'),
    { ...transition('b', 'healthy', 'dead'), title: 'A page that was' },
    { ...transition('c', 'healthy', 'dead'), url: 'https://c.test/' },
  ];
  expect(statusPage(inputOf([link({ id: 'a' })], { language: 'en' }), changes).match(/(?<=-23 \[)[^\]]+/g)).toEqual([
    'https://c.test/',
    'A page that was',
    '一篇文章',
  ]);
});

test('a link whose text is its own address goes by its title, else by the address', () => {
  const bare = { ...link({ id: 'a' }).occurrences[0], text: 'https://x.test/', raw: 'https://x.test/' };
  const occurrences = [bare] as LinkStatus['occurrences'];
  const name = (title: string | null): string | undefined =>
    / ✗ \S+ {2}(.+)/.exec(
      render('compact', inputOf([link({ id: 'a', verdict: 'gone', url: 'https://x.test/', title, occurrences })])),
    )?.[1];
  expect([name('Its title'), name(null)]).toEqual(['Its title', 'https://x.test/']);
});

test('junit tells a visit that never began as one of no time', () => {
  const links = [link({ id: 'a', verdict: 'skipped', reason: 'offline', evidence: null })];
  expect(render('junit', inputOf(links))).toContain(' time="0.000"><skipped ');
});

test('a reason of another version is told by its own name, and named to SARIF as no rule of this one', () => {
  const later: string = 'sold-to-another';
  const links = [link({ id: 'a', verdict: 'gone', reason: later as Reason })];
  expect(render('compact', inputOf(links))).toContain('✗ 已不在  一篇文章\n         sold-to-another · HTTP 200');
  expect(JSON.parse(render('sarif', inputOf(links)))).toMatchObject({
    runs: [{ results: [{ ruleId: 'gone/sold-to-another', ruleIndex: -1 }] }],
  });
});

test('a format is one only by its own name', () => {
  expect(['compact', 'sarif'].every(isReportFormat)).toBe(true);
  expect(['', 'Compact', 'constructor', 'toString', '__proto__'].some(isReportFormat)).toBe(false);
});

test('every verdict but a plain one has rules in SARIF, whatever the list holds', () => {
  const { runs } = JSON.parse(render('sarif', inputOf(MIXED))) as {
    runs: { tool: { driver: { rules: { id: string; defaultConfiguration: { level: string } }[] } } }[];
  };
  const levels = runs.flatMap(({ tool }) =>
    tool.driver.rules.map(({ id, defaultConfiguration }) => `${id.split('/')[0]} ${defaultConfiguration.level}`),
  );
  expect([...new Set(levels)]).toEqual([
    'gone error',
    'unreachable warning',
    'drifted warning',
    'moved note',
    'blocked note',
    'unclear note',
  ]);
});
