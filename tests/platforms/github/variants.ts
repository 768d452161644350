import type { VisitCase } from '../cases.ts';

/** More pages of github.com: files as its script has them since 2025, comments old and new, releases, wiki, folders. */

const REPOSITORY = 'https://github.com/tidepool/almanac';
const alive = { verdict: 'alive', reason: 'ok' } as const;

const HEAD = `<meta name="octolytics-dimension-user_login" content="tidepool">
<meta name="octolytics-dimension-repository_nwo" content="tidepool/almanac">`;
const NAVIGATION = '<nav><a href="/tidepool/almanac/pulls">Pull requests</a><button>Watch</button></nav>';

function html(title: string, body: string): string {
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>${HEAD}</head><body>${NAVIGATION}${body}</body></html>`;
}

/** A page of a file: the script's data, and what the server drew of the page around the file. */
function file(name: string, payload: unknown): string {
  const data = JSON.stringify({ payload, title: name }).replaceAll('<', '\\u003c');
  return html(
    `${name} at main · tidepool/almanac · GitHub`,
    `<div id="repo-content-pjax-container" class="repository-content"><react-app app-name="react-code-view">
<script type="application/json" data-target="react-app.embeddedData">${data}</script>
<div data-target="react-app.reactRoot"><h2 class="sr-only">Files</h2><button>Copy raw file</button><div>120 lines (98 loc) · 3.1 KB</div></div></react-app></div>`,
  );
}

const RICH = `<article class="markdown-body entry-content container-lg" itemprop="text">
<div class="markdown-heading" dir="auto"><h1 tabindex="-1" class="heading-element">Harmonics</h1><a class="anchor" href="#harmonics"><svg class="octicon octicon-link"></svg></a></div>
<p dir="auto">The height is <math-renderer class="js-inline-math" style="display: inline-block">$h(t)$</math-renderer>, with <math-renderer class="js-inline-math">$\`a_1\`$</math-renderer>.</p>
<math-renderer class="js-display-math" style="display: block">$$h(t)=\\sum_i a_i\\cos(\\omega_i t)$$</math-renderer>
<div class="markdown-alert markdown-alert-note" dir="auto"><p class="markdown-alert-title"><svg class="octicon"></svg>Note</p><p>Times are UTC.</p></div>
<div class="highlight highlight-source-ts notranslate" dir="auto"><pre><span class="pl-k">const</span> <span class="pl-c1">m2</span> = 12.42;</pre><div class="zeroclipboard-container"><clipboard-copy value="const m2 = 12.42;"><svg></svg></clipboard-copy></div></div>
<section class="js-render-needs-enrichment render-needs-enrichment" data-type="mermaid"><div class="js-render-enrichment-target" data-plain="graph TD"><div class="render-plaintext-hidden" dir="auto"><pre lang="mermaid" aria-label="Raw mermaid code">graph TD; Moon--&gt;Sea</pre></div></div></section>
<markdown-accessiblity-table><table><thead><tr><th>Name</th><th align="right">Hours</th></tr></thead><tbody><tr><td>M2</td><td align="right">12.42</td></tr></tbody></table></markdown-accessiblity-table>
<ul class="contains-task-list"><li class="task-list-item"><input type="checkbox" class="task-list-item-checkbox" disabled checked> M2</li><li class="task-list-item"><input type="checkbox" class="task-list-item-checkbox" disabled> S2</li></ul>
<p dir="auto"><a target="_blank" href="/tidepool/almanac/blob/main/docs/curve.png"><img src="/tidepool/almanac/raw/main/docs/curve.png" alt="curve" style="max-width: 100%;"></a> <g-emoji class="g-emoji" alias="ocean">🌊</g-emoji></p>
</article>`;

const REACT_ISSUE = html(
  'Neap tides are late · Issue #12 · tidepool/almanac · GitHub',
  `<relative-time datetime="2025-12-31T00:00:00Z">now</relative-time>
<div data-testid="issue-viewer-container"><div data-testid="issue-header"><h1><bdi class="markdown-title" data-testid="issue-title">Neap tides are <code>late</code></bdi><span>#12</span></h1></div>
<div data-testid="issue-body"><div><a data-testid="issue-body-header-author" href="/harbour-master">harbour-master</a><a data-testid="issue-body-header-link"><relative-time datetime="2025-02-03T04:05:06.000Z">on Feb 3</relative-time></a></div>
<div data-testid="issue-body-viewer"><div class="markdown-body NewMarkdownViewer" data-testid="markdown-body"><p>Three days after the quarter moon, not two.</p><ol><li>Run the table</li><li>Look at the gauge</li></ol></div></div></div>
<div data-testid="comment-viewer"><div class="markdown-body"><p>Same here.</p></div></div></div>`,
);

const OLD_PULL = html(
  'Correct the phase of S2 by oarsman · Pull Request #15 · tidepool/almanac · GitHub',
  `<div id="partial-discussion-header"><h1 class="gh-header-title"><bdi class="js-issue-title markdown-title">Correct the phase of S2</bdi> <span>#15</span></h1>
<relative-time datetime="2024-09-09T09:09:09Z">Sep 9</relative-time></div>
<div class="TimelineItem js-comment-container"><div class="timeline-comment-group"><div class="timeline-comment"><div class="timeline-comment-header"><h3><strong><a class="author Link--primary" href="/oarsman">oarsman</a></strong> commented <relative-time datetime="2024-08-07T06:05:04Z">Aug 7</relative-time></h3></div>
<div class="edit-comment-hide"><task-lists><table class="d-block"><tbody><tr class="d-block"><td class="d-block comment-body markdown-body js-comment-body"><p dir="auto">The phase was read from the wrong column.</p></td></tr></tbody></table></task-lists></div></div></div></div>
<div class="TimelineItem"><div class="js-comment-body">Thank you.</div></div>`,
);

const RELEASE = html(
  'Release v2.1.0 · tidepool/almanac · GitHub',
  `<div id="repo-content-pjax-container"><section class="release" data-view-component="true"><div class="Box-body"><h1 class="d-inline mr-3">v2.1.0</h1>
<div><a href="/oarsman" data-hovercard-type="user">oarsman</a> released this <relative-time datetime="2025-03-04T05:06:07Z">Mar 4</relative-time></div>
<div data-test-selector="body-content" class="markdown-body my-3"><h2>What's changed</h2><ul><li>Neap tides on time by <a class="user-mention" href="https://github.com/oarsman">@oarsman</a> in <a class="issue-link" href="https://github.com/tidepool/almanac/pull/15">#15</a></li></ul></div></div></section></div>`,
);

const WIKI = html(
  'Reading a gauge · tidepool/almanac Wiki · GitHub',
  `<div id="repo-content-pjax-container"><div id="wiki-wrapper"><h1>Reading a gauge</h1><div id="wiki-body"><div class="markdown-body"><p>Read the lower edge of the float.</p></div></div></div></div>`,
);

const FOLDER = html(
  'almanac/data at main · tidepool/almanac · GitHub',
  `<div id="repo-content-pjax-container"><react-app><script type="application/json" data-target="react-app.embeddedData">{"payload":{"tree":{"items":[{"name":"2024.csv"}],"readme":null}}}</script>
<table><tbody><tr><td><a href="/tidepool/almanac/blob/main/data/2024.csv">2024.csv</a></td></tr></tbody></table></react-app></div>`,
);

export const variants: readonly VisitCase[] = [
  {
    ...alive,
    name: 'a rendered file under its new name in the data',
    url: `${REPOSITORY}/blob/main/docs/harmonics.md`,
    answers: [
      {
        body: file('almanac/docs/harmonics.md', {
          codeViewLayoutRoute: { repo: {} },
          codeViewBlobRoute: { richText: RICH },
        }),
      },
    ],
    golden: 'blob-rendered',
  },
  {
    ...alive,
    name: 'lines of code under their new name in the data, with their language',
    url: `${REPOSITORY}/blob/main/src/tide.ts`,
    answers: [
      {
        body: file('almanac/src/tide.ts', {
          codeViewBlobLayoutRoute: { blob: { language: 'TypeScript', rawLines: null } },
          'codeViewBlobLayoutRoute.StyledBlob': {
            rawLines: ['export const low = (h: number) => h < 0;', '', '// "spring" & "neap"'],
          },
        }),
      },
    ],
    golden: 'blob-code',
  },
  {
    ...alive,
    name: 'the README below a folder, from the data',
    url: `${REPOSITORY}/tree/main/docs`,
    answers: [
      {
        body: file('almanac/docs', {
          tree: { readme: { richText: '<article><p>How the tables are made.</p></article>' } },
        }),
      },
    ],
    golden: 'folder-readme',
  },
  {
    ...alive,
    name: 'a folder without a README',
    url: `${REPOSITORY}/tree/main/data`,
    answers: [{ body: FOLDER }],
    golden: 'folder',
  },
  {
    ...alive,
    name: 'an issue in the present layout',
    url: `${REPOSITORY}/issues/12`,
    answers: [{ body: REACT_ISSUE }],
    golden: 'issue-2025',
    article: { title: 'Neap tides are late', author: 'harbour-master', published: '2025-02-03T04:05:06Z' },
  },
  {
    ...alive,
    name: 'a pull request in the former layout',
    url: `${REPOSITORY}/pull/15`,
    answers: [{ body: OLD_PULL }],
    golden: 'pull',
    article: { title: 'Correct the phase of S2', author: 'oarsman', published: '2024-08-07T06:05:04Z' },
  },
  {
    ...alive,
    name: 'a release',
    url: `${REPOSITORY}/releases/tag/v2.1.0`,
    answers: [{ body: RELEASE }],
    golden: 'release',
    article: { title: 'Release v2.1.0', author: 'tidepool', published: '2025-03-04T05:06:07Z' },
  },
  {
    ...alive,
    name: 'a page of a wiki',
    url: `${REPOSITORY}/wiki/Reading-a-gauge`,
    answers: [{ body: WIKI }],
    golden: 'wiki',
  },
];
