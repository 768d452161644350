import type { KeptPage, ReaderInput } from '../../src/reader/index.ts';
import type { Health, LinkStatus, Occurrence, Reason, Status, Transition, Verdict } from '../../src/types.ts';
import { ARTICLES, type Sample } from './articles.ts';
import { PICTURE_PATH } from './picture.ts';

const VERDICTS: Readonly<Record<string, Verdict>> = {
  ok: 'alive',
  'deleted-by-author': 'gone',
  'not-found': 'gone',
  timeout: 'unreachable',
  'verification-wall': 'blocked',
  'content-replaced': 'drifted',
  'not-due': 'skipped',
};

/** A link of the list as status.json has it. */
function linkOf(sample: Sample): LinkStatus {
  const { id, url, platform, health, reason } = sample;
  const kept = sample.html !== null;
  const since = sample.since ?? '2026-03-01T02:00:00Z';
  return {
    id,
    url,
    platform,
    occurrences: sample.occurrences,
    verdict: VERDICTS[reason] ?? 'alive',
    reason,
    evidence: null,
    health,
    since: health === 'unknown' ? null : since,
    checkedAt: '2026-11-20T02:00:00Z',
    lastAlive: health === 'healthy' ? '2026-11-20T02:00:00Z' : '2026-10-02T02:00:00Z',
    failures: 0,
    title: sample.title,
    author: sample.author,
    published: sample.published,
    snapshot: kept
      ? {
          path: `pages/${id}/page.md`,
          capturedAt: '2026-03-05T02:00:00Z',
          sha256: '0'.repeat(64),
          versions: 1 + sample.older.length,
          images: 1,
        }
      : null,
    suggestion: null,
  };
}

export function occurrence(
  file: string,
  line: number,
  heading: string | null,
  note: string | null,
  text = 'link',
): Occurrence {
  return { file, line, column: 1, raw: 'https://example.com/', text, heading, note };
}

function textOf(html: string): string {
  return html
    .replace(/<\/(?:p|h\d|li|figcaption|td|blockquote|pre)>/g, '\n')
    .replace(/<[^>]+>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .trim();
}

function keptOf(sample: Sample, html: string, captured: string): KeptPage {
  const { id, url, title, author, published } = sample;
  return {
    id,
    url,
    title,
    author,
    published,
    account: sample.account,
    updated: null,
    captured,
    language: sample.language,
    partial: false,
    original: null,
    text: textOf(html),
    html,
    pictures: [
      { url: 'https://pictures.example/kept.png', alt: '示意图', asset: PICTURE_PATH, width: 640, height: 360 },
      { url: 'https://pictures.example/lost.png', alt: '丢失的图', asset: null, width: null, height: null },
    ],
  };
}

const HEALTHS: readonly Health[] = ['healthy', 'suspect', 'dead', 'blocked', 'drifted', 'unknown'];

function transition(at: string, link: LinkStatus, from: Health, to: Health, reason: Reason): Transition {
  return { at, id: link.id, url: link.url, title: link.title, from, to, verdict: link.verdict, reason, marker: null };
}

/** A whole small collection as the reader gets it. */
export function shelf(samples: readonly Sample[] = ARTICLES, language: 'zh' | 'en' = 'zh'): ReaderInput {
  const links = samples.map(linkOf).sort((a, b) => (a.id < b.id ? -1 : 1));
  const byId = new Map(samples.map((sample) => [sample.id, sample]));
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
  for (const link of links) counts[link.verdict]++;
  const status: Status = {
    schema: 'linkark/status@1',
    run: {
      id: '20261120T020000Z',
      startedAt: '2026-11-20T02:00:00Z',
      finishedAt: '2026-11-20T02:10:00Z',
      complete: true,
      counts,
    },
    links,
  };
  const changes: Transition[] = [];
  for (const [at, link] of links.entries()) {
    const day = `2026-0${3 + (at % 6)}-1${at % 10}T02:00:00Z`;
    changes.push(transition(day, link, 'unknown', 'healthy', 'ok'));
    if (link.health === 'dead') changes.push(transition(link.since ?? '', link, 'healthy', 'dead', link.reason));
    else if (link.health !== 'healthy' && HEALTHS.includes(link.health))
      changes.push(transition(`2026-10-0${1 + (at % 9)}T02:00:00Z`, link, 'healthy', link.health, link.reason));
  }
  const back = links.find((link) => link.id.startsWith('zhihu/') && link.health === 'healthy');
  if (back !== undefined) {
    changes.push(
      transition('2026-11-01T02:00:00Z', back, 'healthy', 'suspect', 'timeout'),
      transition('2026-11-19T02:00:00Z', back, 'suspect', 'healthy', 'ok'),
    );
  }
  changes.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : 1));
  return {
    status,
    changes,
    language,
    title: null,
    sizes: [
      { part: 'pages', bytes: 1_830_000 },
      { part: 'assets', bytes: 12_400_000 },
      { part: 'warc', bytes: 9_100_000 },
      { part: 'reader', bytes: 410_000 },
    ],
    versions: async (id) => (byId.get(id)?.older ?? []).map(({ name }) => name),
    page: async (id, version) => {
      const sample = byId.get(id);
      if (sample === undefined || sample.html === null) return null;
      if (version === undefined) return keptOf(sample, sample.html, '2026-03-05T02:00:00Z');
      const older = sample.older.find(({ name }) => name === version);
      return older === undefined
        ? null
        : keptOf({ ...sample, title: older.title ?? sample.title }, older.html, older.captured);
    },
  };
}
