import type { VisitCase } from '../cases.ts';

/** More of arXiv: old numbers, one version of several, a withdrawn paper, formulas in every field. */

const alive = { verdict: 'alive', reason: 'ok' } as const;

function abs(id: string, meta: string, content: string): string {
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>[${id}] Paper</title>${meta}<meta name="citation_arxiv_id" content="${id}"></head><body><div id="content-inner"><div id="abs">${content}</div></div></body></html>`;
}

const OLD = abs(
  'hep-th/9901001',
  '<meta name="citation_title" content="Knots in $S^3$ ropes"><meta name="citation_author" content="Knotwell, Ida B."><meta name="citation_author" content="The Rope Collaboration"><meta name="citation_author" content=""><meta name="citation_author"><meta name="citation_date" content="1999/01/02"><meta name="citation_doi" content="10.1000/rope">',
  `<div class="dateline">[Submitted on 2 Jan 1999]</div><h1 class="title mathjax"><span class="descriptor">Title:</span>Knots in $S^3$ ropes</h1>
<blockquote class="abstract mathjax"><span class="descriptor">Abstract:</span>We tie $n<10$ knots &amp; count.
  Cost: $5 and $6. <a href="https://example.org/code">this https URL</a></blockquote><table><tr><td class="tablecell comments mathjax">12 pages, $\\epsilon$ figures</td></tr><tr><td class="tablecell subjects"><span class="primary-subject">High Energy Physics - Theory (hep-th)</span>; Geometric Topology (math.GT)</td></tr>
<tr><td class="tablecell msc-classes">57M25</td></tr><tr><td class="tablecell report-number">ROPE-99-1</td></tr><tr><td class="tablecell jref">J. Ropes 1 (1999) 1-12</td></tr><tr><td class="tablecell doi"><a href="https://doi.org/10.1000/rope">https://doi.org/10.1000/rope</a></td></tr></table>`,
);

const HISTORY = `<div class="submission-history"><h2>Submission history</h2> From: Ada Harbour [<a href="#">view email</a>] <br><strong><a href="/abs/2401.00001v1">[v1]</a></strong> Mon, 1 Jan 2024 12:00:00 UTC (5 KB)<br><strong>[v2]</strong> Sat, 3 Feb 2024 09:08:07 UTC (6 KB)</div>`;
const VERSION = abs(
  '2401.00001',
  '<meta name="citation_title" content="Counting Waves with One Cork"><meta name="citation_author" content="Harbour, Ada"><meta name="citation_date" content="2024/01/01"><meta name="citation_online_date" content="2024/02/03">',
  `<div class="dateline">[Submitted on 1 Jan 2024 (<a>v1</a>), last revised 3 Feb 2024 (this version, v2)]</div><blockquote class="abstract mathjax">One cork is enough.</blockquote>${HISTORY}`,
);
const WITHDRAWN = VERSION.replace(
  'One cork is enough.',
  'This paper has been withdrawn by the author; one cork is not enough.',
).replace('(6 KB)', '(withdrawn)');
const BARE = abs(
  '2401.00001',
  '',
  '<h1 class="title mathjax"><span class="descriptor">Title:</span> Counting Waves</h1><blockquote class="abstract">One cork is enough.</blockquote>',
);

export const variants: readonly VisitCase[] = [
  {
    ...alive,
    name: 'a paper of 1999, formulas in every field',
    url: 'https://arxiv.org/abs/hep-th/9901001',
    answers: [{ body: OLD }],
    golden: 'old-number',
    article: { author: 'Ida B. Knotwell, The Rope Collaboration', published: '1999-01-02', updated: null },
  },
  {
    ...alive,
    name: 'one version, with the list of all',
    url: 'https://arxiv.org/abs/2401.00001v2',
    answers: [{ body: VERSION }],
    golden: 'version',
  },
  {
    ...alive,
    name: 'a withdrawn paper',
    url: 'https://arxiv.org/abs/2401.00001',
    answers: [{ body: WITHDRAWN }],
    golden: 'withdrawn',
  },
  {
    ...alive,
    name: 'a page without its data',
    url: 'https://arxiv.org/abs/2401.00001',
    answers: [{ body: BARE }],
    golden: 'bare',
    article: { title: 'Counting Waves', author: null, published: null },
  },
];
