import { type ArticleContext, languageTag, rootOf } from './article.ts';
import { type DiffPart, diffText } from './diff.ts';
import type { Entry } from './entries.ts';
import { renderFrame } from './frame.ts';
import type { KeptPage } from './input.ts';
import { articlePath } from './paths.ts';
import type { Language } from './strings.ts';
import { h, labelled, phrase, phraseIn, type View } from './view.ts';

/** Unchanged paragraphs that stay in sight on either side of a change. */
const CONTEXT = 1;

export interface DiffPage {
  entry: Entry;
  /** Name of the older version. */
  version: string;
  older: KeptPage;
  newer: KeptPage;
  /** Name of the newer version; null for the latest. */
  newerVersion: string | null;
}

/** The difference between a version and the one after it, readable without scripts. */
export function renderDiff({ language, collection }: ArticleContext, page: DiffPage): string {
  const { entry, version, older, newer, newerVersion } = page;
  const root = rootOf(articlePath(entry.id, version, 'diff'));
  const diff = diffText(older.text, newer.text);
  const title = newer.title ?? entry.title;
  const same = diff.added === 0 && diff.removed === 0;
  const back = root + articlePath(entry.id);
  return renderFrame(
    { language, root, collection, title, kind: 'diff', attrs: { 'data-app': 'diff', 'data-up': back } },
    h(
      'header',
      { class: 'head' },
      h('p', { class: 'place' }, phraseIn('span', {}, language, 'diffTitle')),
      h('h1', { lang: languageTag(newer) }, h('a', { href: back }, title)),
      phraseIn('p', { class: 'byline' }, language, 'diffBetween', older.captured, newer.captured),
      h(
        'p',
        { class: 'diff-sums' },
        same ? phrase(language, 'diffSame') : phrase(language, 'diffCounts', String(diff.added), String(diff.removed)),
        diff.coarse ? phrase(language, 'diffCoarse') : null,
      ),
      titleChange(language, older.title, newer.title),
      h(
        'nav',
        { class: 'diff-links', ...labelled(language, 'aria-label', 'versionsTitle') },
        phraseIn('a', { href: root + articlePath(entry.id, version) }, language, 'versionOf', older.captured),
        phraseIn(
          'a',
          { href: root + articlePath(entry.id, newerVersion ?? undefined) },
          language,
          'versionOf',
          newer.captured,
        ),
      ),
    ),
    h(
      'div',
      { class: 'prose diff', id: 'text', lang: languageTag(newer) },
      ...(same ? [] : diffViews(language, diff.parts)),
    ),
  );
}

function titleChange(language: Language, older: string | null, newer: string | null): View | null {
  if (older === newer || older === null || newer === null) return null;
  return h(
    'p',
    { class: 'diff title-change', ...labelled(language, 'aria-label', 'diffTitle'), role: 'group' },
    ...diffText(older, newer).parts.map(partView),
  );
}

function partView({ kind, text }: DiffPart): View | string {
  if (kind === 'same') return text;
  return h(kind === 'added' ? 'ins' : 'del', {}, text);
}

/** The parts as paragraphs, with long unchanged stretches folded away. */
function diffViews(language: Language, parts: readonly DiffPart[]): View[] {
  const paragraphs = toParagraphs(parts);
  const changed = paragraphs.map((paragraph) => paragraph.some((part) => part.kind !== 'same'));
  const near = (at: number) => {
    for (let other = at - CONTEXT; other <= at + CONTEXT; other++) if (changed[other] === true) return true;
    return false;
  };
  const out: View[] = [];
  let folded: View[] = [];
  const unfold = () => {
    if (folded.length > 0) {
      out.push(
        h(
          'details',
          { class: 'unchanged' },
          phraseIn('summary', {}, language, 'diffSkipped', String(folded.length)),
          ...folded,
        ),
      );
    }
    folded = [];
  };
  for (const [at, paragraph] of paragraphs.entries()) {
    const view = h('p', {}, ...paragraph.map(partView));
    if (near(at)) {
      unfold();
      out.push(view);
    } else folded.push(view);
  }
  unfold();
  return out;
}

function toParagraphs(parts: readonly DiffPart[]): DiffPart[][] {
  const paragraphs: DiffPart[][] = [];
  let current: DiffPart[] = [];
  for (const part of parts) {
    const lines = part.text.split('\n');
    for (const [at, text] of lines.entries()) {
      if (at > 0) {
        if (current.length > 0) paragraphs.push(current);
        current = [];
      }
      if (text.trim() !== '') current.push({ kind: part.kind, text });
    }
  }
  if (current.length > 0) paragraphs.push(current);
  return paragraphs;
}
