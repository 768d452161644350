import fc from 'fast-check';
import { XMLValidator } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { clip } from '../../src/commands/terminal.ts';
import { badge, feed, REPORT_FORMATS, readme, render, statusPage } from '../../src/report/index.ts';
import { ISSUE_LIMIT } from '../../src/report/markdown.ts';
import { runnerCommands } from '../github/workflow.ts';
import { runs } from '../property.ts';
import { HOSTILE, inputOf, link, MIXED, statusOf, transition } from './scene.ts';

/** Every text that is made for people or programs, by name: one suite over all of them. */
const ALL: Record<string, (input: ReturnType<typeof inputOf>) => string> = {
  ...Object.fromEntries(
    REPORT_FORMATS.map((format) => [format, (input: ReturnType<typeof inputOf>) => render(format, input)]),
  ),
  feed: (input) => feed(input.transitions, input.language),
  readme: (input) => [...readme(input.status, input.language)].join(''),
  statusPage: (input) => statusPage(input, input.transitions),
  badge: (input) => badge(input.status, input.language),
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

const hostileLinks = HOSTILE.map((text, at) =>
  link({
    id: `web/h-${at}`,
    verdict: 'gone',
    reason: 'not-found',
    health: 'dead',
    url: `https://example.test/${encodeURIComponent(text.replace(/[\ud800-\udfff]/g, ''))}`,
    title: text,
    author: text,
    occurrences: [
      {
        file: `notes/${text.replace(/[/\0]/g, '')}.md`,
        line: 1,
        column: 1,
        raw: text,
        text,
        heading: text,
        note: text,
      },
    ],
    evidence: {
      status: 404,
      finalUrl: `https://example.test/?${text}`,
      hops: [{ url: text, status: 302 }],
      marker: text,
      via: 'http',
      ms: 1,
    },
  }),
);
const hostileChanges = HOSTILE.map((text, at) => ({
  ...transition(`web/h-${at}`, 'healthy', 'dead'),
  title: text,
  url: `https://example.test/${at}`,
  marker: text,
}));

describe.each(Object.entries(ALL))('%s', (name, make) => {
  const hostile = make(
    inputOf(hostileLinks, {
      transitions: hostileChanges,
      problems: [{ file: HOSTILE[0] ?? '', line: 1, column: 1, code: 'x', message: HOSTILE.join(' ') }],
    }),
  );

  test('same input, same text', () => {
    expect(make(inputOf(MIXED))).toBe(make(inputOf(structuredClone(MIXED))));
  });

  test('speaks Chinese and English', () => {
    if (['json'].includes(name)) return;
    const changes = [transition('web/dead-1', 'healthy', 'dead')];
    expect(make(inputOf(MIXED, { transitions: changes, language: 'zh' }))).not.toBe(
      make(inputOf(MIXED, { transitions: changes, language: 'en' })),
    );
  });

  test('an empty list is a report too', () => {
    expect(make(inputOf([]))).toMatch(/\n$/);
  });

  test('no line is a command to a workflow runner, but the annotations of that format', () => {
    const commands = runnerCommands(hostile);
    if (name === 'github')
      expect(commands.every((line) => /^::(error|warning|notice) (file|title)=/.test(line))).toBe(true);
    else expect(commands).toEqual([]);
  });

  test('no control character, direction mark or lone surrogate comes through', () => {
    expect(CONTROL.exec(hostile)).toBeNull();
    expect(new TextDecoder().decode(new TextEncoder().encode(hostile))).toBe(hostile);
  });
});

describe('on a terminal', () => {
  const changes = [transition('web/dead-1', 'suspect', 'dead')];

  test('what changed stands before the lists, and what is well is left out', () => {
    const text = render('compact', inputOf(MIXED, { transitions: changes }));
    expect(text.split('\n').slice(0, 3)).toEqual(['新失效  一篇文章  notes/列表.md:3', '', 'notes/列表.md']);
    expect(text).not.toContain('web/alive-1');
    expect(text).toContain('⇒ https://new.test/');
    expect(render('compact', inputOf(MIXED, { transitions: changes, language: 'en' }))).toMatch(/^Newly dead {2}/);
  });

  test('a link that is not to be seen shows its kept copy, and an endless address is cut in the evidence', () => {
    const snapshot = {
      path: 'pages/web/a/page.md',
      capturedAt: '2026-11-01T02:00:00Z',
      sha256: '0',
      versions: 1,
      images: 0,
    };
    const marker = `https://wall.test/${'x'.repeat(5000)}`;
    const evidence = {
      status: 200,
      finalUrl: marker,
      hops: [{ url: 'https://a.test/', status: 302 }],
      marker,
      via: 'http' as const,
      ms: 1,
    };
    const walled = link({
      id: 'web/a',
      verdict: 'blocked',
      reason: 'verification-wall',
      health: 'blocked',
      snapshot,
      evidence,
    });
    const text = render('compact', inputOf([walled], { archive: 'kept/' }));
    expect(text).toContain('⇒ kept/pages/web/a/page.md');
    expect(text.length).toBeLessThan(1000);
    const moved = { ...walled, verdict: 'moved' as const, reason: 'permanent-redirect' as const, evidence: null };
    expect(render('compact', inputOf([moved]))).not.toContain('⇒');
  });

  test('detailed has every link with its health and its kept copy', () => {
    const text = render('detailed', inputOf(MIXED, { archive: 'kept/' }));
    for (const { url } of MIXED) expect(text).toContain(url);
    expect(text).toContain('kept/pages/web/dead-1/page.md');
    expect(text).toContain('已失效，自 2026-11-01');
  });

  test('leaves no line with nothing on it where a list names nothing', () => {
    const nothing = link({ id: 'web/none', url: '', verdict: 'skipped', reason: 'invalid-url', health: 'dead' });
    expect(render('compact', inputOf([nothing]))).not.toMatch(/^[ ]+$/m);
  });

  test('lines are cut to the terminal, addresses are not', () => {
    const narrow = (line: string): string => line.slice(0, 12);
    const lines = render('compact', inputOf(MIXED, { narrow })).split('\n');
    expect(lines).toContain('         https://example.test/web/dead-1');
    expect(lines.filter((line) => line.includes('✗')).every((line) => line.length <= 12)).toBe(true);
  });

  test.each([
    ['阅读清单', 8, '阅读清单'],
    ['阅读清单', 7, '阅读清…'],
    ['阅读清单', 6, '阅读…'],
    ['\u001b[31m阅读清单\u001b[0m ab', 7, '\u001b[31m阅读清…\u001b[0m'],
    ['\u001b[31mab\u001b[0m', 2, '\u001b[31mab\u001b[0m'],
    ['ab', 1, '…'],
  ])('%j in %i columns', (text, columns, expected) => {
    expect(clip(text, columns)).toBe(expected);
  });
});

describe('machine formats', () => {
  test('junit and feed are well-formed XML whatever the texts', () => {
    const input = inputOf([...MIXED, ...hostileLinks], { transitions: hostileChanges });
    expect(XMLValidator.validate(render('junit', input))).toBe(true);
    expect(XMLValidator.validate(feed(hostileChanges, 'zh'))).toBe(true);
  });

  test('junit counts timeouts as failures and walls as skipped', () => {
    const text = render('junit', inputOf(MIXED));
    expect(text).toContain('tests="6" failures="2" errors="0" skipped="2"');
    expect(text).toContain('type="unreachable/timeout"');
    expect(text).toMatch(/<skipped message="受阻：要求验证，看不到页面/);
  });

  test('json holds the status and what is new', () => {
    const parsed: unknown = JSON.parse(
      render('json', inputOf(MIXED, { transitions: [transition('web/dead-1', 'suspect', 'dead')] })),
    );
    expect(parsed).toMatchObject({
      schema: 'linkark/status@1',
      news: { newlyDead: ['web/dead-1'], moved: ['web/moved-1'], newlyBlocked: ['web/blocked-1'] },
    });
  });

  test('sarif names rules by index and places by line and column', () => {
    const log = JSON.parse(render('sarif', inputOf(MIXED))) as {
      runs: {
        tool: { driver: { rules: { id: string }[] } };
        results: {
          ruleId: string;
          ruleIndex: number;
          level: string;
          locations: { physicalLocation: { artifactLocation: { uri: string }; region: unknown } }[];
        }[];
      }[];
    };
    const [run] = log.runs;
    expect(run?.results).toHaveLength(5);
    for (const result of run?.results ?? []) {
      expect(run?.tool.driver.rules[result.ruleIndex]?.id).toBe(result.ruleId);
      expect(result.locations[0]?.physicalLocation).toMatchObject({
        artifactLocation: { uri: 'notes/%E5%88%97%E8%A1%A8.md' },
        region: { startLine: 3, startColumn: 1 },
      });
    }
  });
});

describe('github annotations', () => {
  const lines = (text: string) => text.trimEnd().split('\n');

  test('a link text cannot begin a command of its own', () => {
    const text = render('github', inputOf(hostileLinks.slice(0, 5)));
    for (const line of lines(text).slice(0, -1))
      expect(line).toMatch(/^::(error|warning|notice) (file=[^:]*,line=\d+,col=\d+,)?title=[^:]*::/);
    expect(lines(text)).toHaveLength(6);
  });

  test('what is over ten of a kind is counted, not hidden', () => {
    const many = Array.from({ length: 25 }, (_, at) =>
      link({ id: `web/g-${at}`, verdict: 'gone', reason: 'not-found' }),
    );
    const errors = lines(render('github', inputOf(many))).filter((line) => line.startsWith('::error'));
    expect(errors).toHaveLength(10);
    expect(errors.at(-1)).toContain('另有 16 条');
  });
});

describe('markdown', () => {
  const many = Array.from({ length: 2000 }, (_, at) =>
    link({ id: `web/g-${at}`, verdict: 'gone', reason: 'not-found', health: 'dead' }),
  );

  test('stays under the limit of an issue and says what is left out', () => {
    const text = render('markdown', inputOf(many));
    expect(text.length).toBeLessThan(ISSUE_LIMIT);
    expect(text).toMatch(/还有 \d+ 条放不下/);
  });

  test.each(['zh', 'en'] as const)('one address of an absurd length is left out alone (%s)', (language) => {
    const giant = link({
      id: 'web/a',
      verdict: 'gone',
      reason: 'not-found',
      health: 'dead',
      url: `https://x.test/${'a'.repeat(70_000)}`,
    });
    const text = render('markdown', inputOf([giant, ...MIXED], { language }));
    expect(text.length).toBeLessThan(ISSUE_LIMIT);
    expect(text).toMatch(/还有 1 条放不下|1 more did not fit/);
    expect(text).toContain('https://example.test/web/unclear-1');
  });

  test('every page that GitHub shows stays under its limit, whatever the links hold', () => {
    const long = '长'.repeat(5_000);
    const links = Array.from({ length: 3_000 }, (_, at) =>
      link({
        id: `web/l-${at}`,
        verdict: 'gone',
        reason: 'not-found',
        health: 'dead',
        title: long,
        url: `https://x.test/${long}/${at}`,
      }),
    );
    const changes = links.map(({ id }) => transition(id, 'healthy', 'dead'));
    for (const language of ['zh', 'en'] as const) {
      const input = inputOf(links, { language, transitions: changes });
      for (const text of [render('markdown', input), statusPage(input, changes)]) {
        expect(text.length).toBeLessThan(ISSUE_LIMIT);
        expect(Buffer.byteLength(text)).toBeLessThan(1 << 20);
      }
    }
  });

  test('a night without changes says so before what stays as it was; what is to be mended has a heading', () => {
    const stays = [link({ id: 'web/d', verdict: 'gone', reason: 'not-found', health: 'dead' })];
    const problems = [{ file: 'a.md', line: 3, column: 1, code: 'source/x', message: 'mend this' }];
    const text = render('markdown', inputOf(stays, { language: 'en', problems }));
    expect(text).toMatch(
      /Nothing changed\.[\s\S]*## Still dead \(1\)[\s\S]*## To mend in the lists\n\n- ⚠ `a\.md:3` mend this/,
    );
    expect(render('markdown', inputOf(MIXED))).not.toContain('没有变化');
  });

  test('evidence does not say the reason twice', () => {
    expect(render('markdown', inputOf(MIXED))).toContain('连不上：超时  \n');
  });

  test('a dead link says since when, and headings stand one blank line apart', () => {
    const text = render('markdown', inputOf(MIXED));
    expect(text).toContain('已不在：作者已删除 · 自 2026-11-01');
    expect(text).not.toContain('\n\n\n');
    expect(statusPage(inputOf(MIXED), [transition('web/dead-1', 'healthy', 'dead')])).not.toContain('\n\n\n');
  });

  test('what changed comes first, each with its reason, place and copies', () => {
    const text = render('markdown', inputOf(MIXED, { transitions: [transition('web/dead-1', 'suspect', 'dead')] }));
    const headings = text.split('\n').filter((line) => line.startsWith('## '));
    expect(headings).toEqual([
      '## 新失效（1）',
      '## 失败中，还不算失效（1）',
      '## 已搬家（1）',
      '## 新受阻（1）',
      '## 看不到，不算失效（1）',
    ]);
    expect(render('markdown', inputOf(MIXED, { language: 'en' }))).toContain('\n## Moved (1)\n');
    expect(text).toContain('已不在：作者已删除');
    expect(text).toContain('`notes/列表.md:3`');
    expect(text).toContain('(<archive/pages/web/dead-1/page.md>)');
    expect(text).toContain('(<https://web.archive.org/web/2026/https://example.test/>)');
  });

  test('no foreign text makes HTML, a mention, a table cell or a link of its own', () => {
    const text = render('markdown', inputOf(hostileLinks)).replace(/\\.|`[^`\n]*`/g, '');
    expect(text).not.toMatch(/<(script|img|a)\b/i);
    expect(text).not.toMatch(/(^|[^\w])@everyone/);
    expect(text).not.toContain('](https://evil.test)');
    const table = [...readme(statusOf(hostileLinks), 'zh')]
      .join('')
      .split('\n')
      .filter((line) => line.startsWith('| ['));
    for (const row of table) expect(row.replace(/\\./g, '').split('|')).toHaveLength(7);
  });
});

describe('pages of the archive', () => {
  test('hold no time of the run, so that a night without news changes nothing', () => {
    const later = {
      ...statusOf(MIXED),
      run: {
        ...statusOf(MIXED).run,
        id: 'x',
        startedAt: '2030-01-01T00:00:00.000Z',
        finishedAt: '2030-01-01T00:00:01.000Z',
      },
    };
    expect([...readme(later, 'zh')]).toEqual([...readme(statusOf(MIXED), 'zh')]);
    expect(statusPage({ ...inputOf(MIXED), status: later }, [])).toBe(statusPage(inputOf(MIXED), []));
    expect(badge(later, 'zh')).toBe(badge(statusOf(MIXED), 'zh'));
  });

  test('any text whatever gives well-formed reports', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const input = inputOf([
          link({
            id: 'web/x',
            verdict: 'gone',
            reason: 'not-found',
            title: text,
            occurrences: [{ file: 'a.md', line: 1, column: 1, raw: 'x', text, heading: text, note: null }],
          }),
        ]);
        expect(XMLValidator.validate(render('junit', input))).toBe(true);
        expect(render('github', input).trimEnd().split('\n')).toHaveLength(2);
        expect(() => JSON.parse(render('sarif', input)) as unknown).not.toThrow();
      }),
      runs(200),
    );
  });
});
