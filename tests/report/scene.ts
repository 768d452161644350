import type { ReportInput } from '../../src/report/index.ts';
import type { LinkStatus, Status, Transition } from '../../src/types.ts';

/** A link's entry with everything ordinary about it. */
export function link(changes: Partial<LinkStatus> & { id: string }): LinkStatus {
  return {
    url: `https://example.test/${changes.id}`,
    platform: 'web',
    occurrences: [
      {
        file: 'notes/列表.md',
        line: 3,
        column: 1,
        raw: 'https://example.test/',
        text: '一篇文章',
        heading: '读物',
        note: null,
      },
    ],
    verdict: 'alive',
    reason: 'ok',
    evidence: { status: 200, finalUrl: 'https://example.test/', hops: [], marker: 'article', via: 'http', ms: 1234 },
    health: 'healthy',
    since: '2026-11-01T02:00:00.000Z',
    checkedAt: '2026-11-20T02:00:00.000Z',
    lastAlive: '2026-11-20T02:00:00.000Z',
    failures: 0,
    title: '一篇文章',
    author: null,
    published: null,
    snapshot: null,
    suggestion: null,
    ...changes,
  };
}

export function statusOf(links: LinkStatus[]): Status {
  const counts = {
    links: links.length,
    alive: 0,
    moved: 0,
    drifted: 0,
    gone: 0,
    blocked: 0,
    unclear: 0,
    unreachable: 0,
    skipped: 0,
  };
  for (const { verdict } of links) counts[verdict] += 1;
  return {
    schema: 'linkark/status@1',
    run: {
      id: '20261123T020000Z',
      startedAt: '2026-11-23T02:00:00.000Z',
      finishedAt: '2026-11-23T02:01:00.000Z',
      complete: true,
      counts,
    },
    links,
  };
}

export function inputOf(links: LinkStatus[], changes: Partial<ReportInput> = {}): ReportInput {
  return {
    status: statusOf(links),
    before: null,
    transitions: [],
    problems: [],
    language: 'zh',
    leftOut: 0,
    archive: 'archive/',
    ...changes,
  };
}

/** One link of every kind that a report must tell apart. */
export const MIXED: LinkStatus[] = [
  link({ id: 'web/alive-1' }),
  link({
    id: 'web/blocked-1',
    verdict: 'blocked',
    reason: 'verification-wall',
    health: 'blocked',
    evidence: {
      status: 200,
      finalUrl: 'https://example.test/wall',
      hops: [{ url: 'https://example.test/', status: 302 }],
      marker: '环境异常',
      via: 'http',
      ms: 10,
    },
  }),
  link({
    id: 'web/dead-1',
    verdict: 'gone',
    reason: 'deleted-by-author',
    health: 'dead',
    snapshot: {
      path: 'pages/web/dead-1/page.md',
      capturedAt: '2026-10-01T02:00:00.000Z',
      sha256: 'a'.repeat(64),
      versions: 1,
      images: 2,
    },
    suggestion: { url: 'https://web.archive.org/web/2026/https://example.test/', kind: 'wayback' },
  }),
  link({
    id: 'web/moved-1',
    verdict: 'moved',
    reason: 'permanent-redirect',
    suggestion: { url: 'https://new.test/', kind: 'redirect' },
  }),
  link({
    id: 'web/timeout-1',
    verdict: 'unreachable',
    reason: 'timeout',
    health: 'suspect',
    evidence: { status: null, finalUrl: null, hops: [], marker: 'timeout', via: 'http', ms: 30_000 },
  }),
  link({ id: 'web/unclear-1', verdict: 'unclear', reason: 'unrecognised-page', health: 'blocked' }),
];

export function transition(id: string, from: Transition['from'], to: Transition['to']): Transition {
  return {
    at: '2026-11-23T02:00:30.000Z',
    id,
    url: `https://example.test/${id}`,
    title: null,
    from,
    to,
    verdict: 'gone',
    reason: 'deleted-by-author',
    marker: null,
  };
}

/** Texts that try to break out of where they are put. */
export const HOSTILE = [
  // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of GitHub Actions
  '`code` ${{ secrets.TOKEN }}',
  '::set-output name=x::y\n::error::stolen',
  '</a><script>alert(1)</script><img src=x onerror=alert(1)>',
  '\u202Egnp.exe\u202C \u2066x\u2069',
  '\u001b[31mred\u001b[0m \u009b2J \u0007 \u0000',
  'a | b | c ](https://evil.test) [x]: y',
  '# heading\r\n> quote\n- list\n| --- |',
  '@everyone #1 GH-1 <!-- -->',
  ']]><![CDATA[ & &lt; "\'',
  '\ud800 lone \udfff',
  ' ::add-mask::all ##[add-mask]all ##[error]x ##[group] y',
];
