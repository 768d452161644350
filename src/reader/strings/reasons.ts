import type { Reason } from '../../types.ts';
import { REASONS } from '../../types.ts';
import { type Language, reasonWords } from '../../words.ts';

const REASON_NAMES: ReadonlySet<string> = new Set(Object.values(REASONS).flat());
const BLOCKED: ReadonlySet<string> = new Set(REASONS.blocked);

/** Is this word one of the contract's reasons? */
export function isReason(word: string): word is Reason {
  return REASON_NAMES.has(word);
}

/** Why a link has its verdict, as a whole sentence; of a wall it says that the page itself may well be there. */
export function reasonSentence(language: Language, reason: Reason): string {
  const words = reasonWords(reason, language);
  if (language === 'zh') return `${words}${BLOCKED.has(reason) ? '；这不说明原文没了' : ''}。`;
  const sentence = words.charAt(0).toUpperCase() + words.slice(1);
  return `${sentence}${BLOCKED.has(reason) ? '; that says nothing about the page' : ''}.`;
}
