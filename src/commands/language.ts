import type { Language } from '../words.ts';
import { HELP } from './chinese/help.ts';
import { MESSAGES } from './chinese/messages.ts';

/** What `--lang` says on a command line that may be wrong elsewhere; null where it says nothing. */
export function languageOnLine(argv: readonly string[]): string | null {
  const at = argv.findLastIndex((word) => /^--lang(?:=|$)/.test(word));
  return (argv[at] === '--lang' ? argv[at + 1] : argv[at]?.slice('--lang='.length)) ?? null;
}

/**
 * The language of help, of mistakes and of whatever is said before the lists are read: as asked for, else that of the
 * system, which is the first of LC_ALL, LC_MESSAGES and LANG that is set (POSIX.1, chapter 8.2).
 */
export function spokenLanguage(asked: string | null, env: Readonly<Record<string, string | undefined>>): Language {
  if (asked === 'zh' || asked === 'en') return asked;
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || '';
  return /^zh(?![a-z])/i.test(locale) ? 'zh' : 'en';
}

/** A sentence of the program in a language; what it quotes stays as it is. One without a translation stays English. */
export function inLanguage(text: string, language: Language): string {
  return language === 'zh' ? (inChinese(text, 2) ?? text) : text;
}

/**
 * English sentences cut at what changes. Those that say how a sentence begins go first, for the others fit what is
 * quoted in them too; then those that fix most, so that `"{}" is no size` goes before `{} is no {}`.
 */
const PATTERNS = Object.entries({ ...MESSAGES, ...HELP })
  .map(([english, chinese]) => ({ pieces: english.split('{}'), open: english.startsWith('{}'), chinese }))
  .sort((a, b) => Number(a.open) - Number(b.open) || b.pieces.join('').length - a.pieces.join('').length);

/** @param depth how far sentences within sentences are looked for */
function inChinese(text: string, depth: number): string | null {
  for (const { pieces, chinese } of PATTERNS) {
    const parts = between(text, pieces);
    if (parts === null) continue;
    // What stands in quotation marks is somebody else's.
    const said = parts.map((part, at) =>
      depth === 0 || pieces[at]?.endsWith('"') ? part : (inChinese(part, depth - 1) ?? part),
    );
    let next = 0;
    return chinese.replace(/\{(\d?)\}/g, (_, place: string) => {
      next += 1;
      return said[Number(place || next) - 1] ?? '';
    });
  }
  const colon = text.indexOf(': ');
  const rest = colon < 0 || depth === 0 ? null : inChinese(text.slice(colon + 2), depth - 1);
  return rest === null ? null : text.slice(0, colon + 2) + rest;
}

/** What stands between the pieces of a pattern, or null where the text is another one. */
function between(text: string, pieces: readonly string[]): string[] | null {
  const [first = '', ...rest] = pieces;
  const last = rest.pop();
  if (last === undefined) return text === first ? [] : null;
  if (!text.startsWith(first) || !text.endsWith(last)) return null;
  const end = text.length - last.length;
  const parts: string[] = [];
  let from = first.length;
  for (const piece of rest) {
    const at = text.indexOf(piece, from);
    if (at < 0 || at + piece.length > end) return null;
    parts.push(text.slice(from, at));
    from = at + piece.length;
  }
  return from > end ? null : [...parts, text.slice(from, end)];
}
