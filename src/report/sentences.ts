import type { LinkStatus } from '../types.ts';
import { type Language, reasonWords, VERDICT_WORDS } from '../words.ts';
import { cut, oneLine } from './escape.ts';
import type { News } from './input.ts';

/** The day of a time: `2026-11-23`. */
export function day(time: string | null): string {
  return time === null ? '' : time.slice(0, 10);
}

/** Verdict and reason in words: `已失效：作者已删除`. */
export function why(link: LinkStatus, language: Language): string {
  const colon = language === 'zh' ? '：' : ': ';
  return `${VERDICT_WORDS[link.verdict][language]}${colon}${reasonWords(link.reason, language)}`;
}

/** What decided it, as evidence in a few words; empty where there is none. */
export function evidenceWords(link: LinkStatus): string {
  const { evidence } = link;
  if (!evidence) return '';
  const { status, marker } = evidence;
  // A marker that only repeats the status, here or on the way, or the reason tells nothing more.
  const known = [status, ...evidence.hops.map((hop) => hop.status)].map(String);
  const words = marker === link.reason || known.includes(String(marker)) ? null : marker;
  // Nor does a final address of which the marker is the telling part.
  const told = words !== null && /^https?:\/\//.test(words) && evidence.finalUrl?.startsWith(words) === true;
  const parts = [
    status === null ? null : `HTTP ${status}`,
    words === null ? null : `“${cut(oneLine(words), 120)}”`,
    evidence.hops.length > 0 && evidence.finalUrl && !told ? `→ ${cut(oneLine(evidence.finalUrl), 120)}` : null,
  ];
  return parts.filter((part) => part !== null).join(' · ');
}

/** Headings of the lists of news. */
export const NEWS_WORDS: Readonly<Record<keyof News, Readonly<Record<Language, string>>>> = {
  newlyDead: { zh: '新失效', en: 'Newly dead' },
  recovered: { zh: '已恢复', en: 'Recovered' },
  failing: { zh: '失败中，还不算失效', en: 'Failing, not yet dead' },
  drifted: { zh: '内容已变', en: 'Drifted' },
  moved: { zh: '已搬家', en: 'Moved' },
  newlyBlocked: { zh: '新受阻', en: 'Newly blocked' },
  stillDead: { zh: '仍失效', en: 'Still dead' },
};

const ONE_LINE_COUNTS = ['alive', 'moved', 'drifted', 'gone', 'unreachable', 'blocked', 'unclear', 'skipped'] as const;

/** `18 links: 15 alive, 1 gone, …`: only what is not zero. */
export function countsLine(
  counts: Readonly<Record<(typeof ONE_LINE_COUNTS)[number] | 'links', number>>,
  language: Language,
): string {
  const parts = ONE_LINE_COUNTS.filter((verdict) => counts[verdict] > 0).map((verdict) =>
    language === 'zh'
      ? `${VERDICT_WORDS[verdict].zh} ${counts[verdict]}`
      : `${counts[verdict]} ${VERDICT_WORDS[verdict].en}`,
  );
  const total =
    language === 'zh' ? `${counts.links} 个链接` : `${counts.links} ${counts.links === 1 ? 'link' : 'links'}`;
  if (parts.length === 0) return total;
  return language === 'zh' ? `${total}：${parts.join('，')}` : `${total}: ${parts.join(', ')}`;
}
