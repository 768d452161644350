/**
 * About how long the library takes for a part of a document, in characters of plain prose (a microsecond each, more or
 * less). An upper bound, whatever stands there: each mark is weighed by what it costs where it costs most, which is
 * where it leads nowhere (a bracket that never closes), measured in parts of `piece` characters. Of a longer part the
 * time may grow with the square of its length, and with a power of its depth, which is not reckoned but ruled out.
 */
export function libraryCost(text: string, piece: number): number {
  if (DEEP.test(text)) return Number.POSITIVE_INFINITY;
  let cost = text.length;
  for (let at = 0; at < text.length; at += 1) cost += WEIGHTS[text.charCodeAt(at)] ?? 0;
  // At each sign after which an address may end, the library looks for the end of such signs.
  for (const [run] of text.matchAll(TRAILS)) cost += run.length ** 2 / 50;
  return cost * Math.max(1, text.length / piece);
}

/** Twenty marks of quotations and items in one line. */
const DEEP = /^(?:[ \t]*(?:>|(?:[-+*]|\d{1,9}[.)])(?=[ \t]))){20}/m;
const TRAILS = /[!"'),.:;?_~*&\]]{9,}/g;

/** For each ASCII character what it costs beside its length. */
const WEIGHTS: readonly number[] = Array.from({ length: 128 }, (_, code) => weightOf(String.fromCharCode(code)));

function weightOf(char: string): number {
  if (char === '<') return 120;
  if (char === '\n' || char === '\r') return 120;
  if (char === '[' || char === ']') return 60;
  if (char === '|') return 40;
  return '*_~`>&@\\'.includes(char) ? 15 : 0;
}
