import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openArchive } from '../../src/archive/index.ts';
import type { Judgement, LinkRecord, LinkStatus } from '../../src/types.ts';
import { record } from '../archive/samples.ts';
import { type Scene, setScene } from '../e2e/scene.ts';
import { link, statusOf } from '../report/scene.ts';
import { runInProcess } from './in-process.ts';

const ID = 'web/x';
let scene: Scene;
beforeEach(() => {
  scene = setScene(null);
});
afterEach(() => scene.remove());

/** What `show` prints of a link, line by line. */
async function shown(
  changes: Partial<LinkStatus>,
  remembered: Partial<LinkRecord> | null,
  flags: readonly string[] = ['--lang', 'en'],
): Promise<string[]> {
  scene.write('archive/status.json', JSON.stringify(statusOf([link({ id: ID, ...changes })])));
  if (remembered !== null) {
    const archive = await openArchive(scene.archive, { software: 'test' });
    await archive.settle(ID, { record: record(ID, remembered) });
    await archive.close();
  }
  const { code, stdout } = await runInProcess(['show', ID, ...flags], scene.folder);
  expect(code).toBe(0);
  return stdout.split('\n').map((line) => line.replace(/ {2,}/g, ' | '));
}

const judgement = (explicit: boolean): Judgement => ({
  verdict: 'gone',
  reason: 'not-found',
  marker: 'It\u001b[2J is gone',
  rule: 'site/words',
  explicit,
});

test('says all that is known', async () => {
  const lines = await shown(
    {
      title: 'The harbour',
      author: 'Ada',
      published: '2026-01-02',
      verdict: 'gone',
      reason: 'not-found',
      health: 'suspect',
      failures: 2,
      evidence: {
        ...{ status: 404, finalUrl: 'https://b.example/', marker: null, via: 'http', ms: 1 },
        hops: [{ url: 'https://a.example/', status: 301 }],
      },
      snapshot: {
        path: 'pages/web/x/page.md',
        capturedAt: '2026-10-01',
        sha256: '0'.repeat(64),
        versions: 1,
        images: 0,
      },
      suggestion: { kind: 'snapshot', url: 'pages/web/x/page.html' },
    },
    {
      judgement: judgement(true),
      history: [
        { from: '2026-10-01T02:00:00.000Z', verdict: 'alive', reason: 'ok' },
        { from: '2026-11-01T02:00:00.000Z', verdict: 'gone', reason: 'not-found', marker: '404' },
      ],
    },
  );
  expect(lines).toEqual(
    expect.arrayContaining([
      'The harbour',
      'author | Ada',
      'published | 2026-01-02',
      'HTTP | 301 https://a.example/ → 404 https://b.example/',
      'published | 2026-01-02',
      'checked | 2026-11-20 02:00 UTC',
      'health | suspect since 2026-11-01 02:00 UTC, failures in a row: 2',
      'what changes it the same words again at least 20 hours after the first: dead; the article: healthy',
      ' | 2026-10-01 02:00 UTC | alive/ok',
      ' | 2026-11-01 02:00 UTC | gone/not-found | “404”',
      'Kept',
      ' | archive/pages/web/x/page.md | 2026-10-01',
      'instead | kept copy: archive/pages/web/x/page.html',
    ]),
  );
  expect(lines.find((line) => line.startsWith('rule'))).toContain('site/words “It');
  expect(lines.join('')).not.toContain('\u001b');
});

test('says nothing of what is not known', async () => {
  const lines = await shown(
    {
      ...{ title: null, evidence: null, since: null, lastAlive: null, checkedAt: null },
      health: 'unknown',
      occurrences: [],
    },
    null,
  );
  expect(lines[0]).toBe('https://example.test/web/x');
  const labels = lines.flatMap((line) => /^([a-z ]+) \| /i.exec(line)?.[1] ?? []);
  expect(labels).toEqual(['id', 'address', 'platform', 'verdict', 'health']);
});

test('names another place than the copy', async () => {
  const copy = 'https://web.archive.org/web/2026/https://example.test/';
  expect(await shown({ suggestion: { kind: 'wayback', url: copy } }, null)).toContain(
    `instead | Wayback copy: ${copy}`,
  );
});

describe('what would change the health', () => {
  test.each([
    ['suspect', judgement(true), '至少 20 小时后', 'the same words again'],
    ['suspect', judgement(false), '连续失败 3 次', 'three failures in a row over 48 hours'],
    ['dead', null, '只要再看到一次文章就恢复', 'one sight of the article'],
    ['blocked', null, '能看到文章', 'a sight of the article, or'],
    ['healthy', null, '网站说没有了或连不上', "the site's word that it is gone"],
  ] as const)('%s', async (health, judged, zh, en) => {
    const line = async (flags: string[], label: string): Promise<string | undefined> =>
      (await shown({ health }, { judgement: judged }, flags)).find((text) => text.startsWith(label));
    expect(await line(['--lang', 'zh'], '怎样会变')).toContain(zh);
    expect(await line(['--lang', 'en'], 'what changes it')).toContain(en);
  });
});

test('in Chinese: marks, counts and times as people write them', async () => {
  const lines = await shown(
    {
      ...{ verdict: 'gone', reason: 'not-found', health: 'suspect', failures: 2, title: null },
      published: '2023-02-21T12:05:00+08:00',
      occurrences: [
        {
          ...{ file: '清单.md', line: 3, column: 1, raw: 'x', text: '桥', heading: '读物' },
          note: '好。\n\n\u001b[2J再读。',
        },
      ],
      suggestion: { kind: 'redirect', url: 'https://new.example/' },
    },
    null,
    ['--lang', 'zh'],
  );
  expect(lines).toEqual(
    expect.arrayContaining([
      '桥',
      '发表 | 2023-02-21 12:05 +08:00',
      '结论 | 已不在（not-found）：网站说没有这个页面',
      '状况 | 存疑，自 2026-11-01 02:00 UTC，连续失败 2 次',
      ' | 清单.md:3:1 | 桥 | # 读物',
      ' | > 好。',
      ' | >',
      ' | > [2J再读。',
      '可换成 | 新地址：https://new.example/',
    ]),
  );
});
