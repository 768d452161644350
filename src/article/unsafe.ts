import type { Text } from 'mdast';
import { defaultHandlers, type Handle, type State, type Unsafe } from 'mdast-util-to-markdown';

/** The rules of a writer, sorted so that those that can not match a text are found by its characters. */
interface Sorted {
  /** For each ASCII character the number of its bit, or 0 where no rule is about it. */
  bits: Uint8Array;
  /** Rules that can match texts with exactly these characters, by the characters' bits. */
  chosen: Map<number, Unsafe[]>;
}

const sorted = new WeakMap<readonly Unsafe[], Sorted>();

/**
 * Writes a text as the library does, but tries only the rules whose character the text holds: the library tries some
 * eighty regular expressions on each, and most texts hold a full stop and nothing else.
 */
export const writeText: Handle = (node: Text, parent, state, info) => {
  const rules = state.unsafe;
  state.unsafe = rulesFor(rules, [info.before, node.value, info.after]);
  try {
    return textHandler(node, parent, state, info);
  } finally {
    state.unsafe = rules;
  }
};

const textHandler: (node: Text, parent: Parameters<Handle>[1], state: State, info: Parameters<Handle>[3]) => string =
  defaultHandlers.text;

/** Line breaks: many rules are only about what stands beside one. */
const BREAK = 1;

function rulesFor(rules: Unsafe[], texts: readonly string[]): Unsafe[] {
  let known = sorted.get(rules);
  if (known === undefined) {
    known = sort(rules);
    sorted.set(rules, known);
  }
  const { bits, chosen } = known;
  let held = 0;
  for (const text of texts) {
    for (let at = 0; at < text.length; at++) held |= 1 << (bits[text.charCodeAt(at)] ?? 0);
  }
  let fitting = chosen.get(held);
  if (fitting === undefined) {
    fitting = rules.filter((rule) => {
      if (needsBreak(rule) && (held & (1 << BREAK)) === 0) return false;
      const bit = bits[rule.character.charCodeAt(0)] ?? 0;
      return bit === 0 || ((held >>> bit) & 1) === 1;
    });
    chosen.set(held, fitting);
  }
  return fitting;
}

/** Can a rule match only beside a line break? */
function needsBreak({ atBreak, before, after }: Unsafe): boolean {
  return atBreak === true || before === '[\\r\\n]' || after === '[\\r\\n]';
}

/** Gives each character that a rule is about its bit; without one left, its rules are always tried. */
function sort(rules: readonly Unsafe[]): Sorted {
  const bits = new Uint8Array(128);
  bits[10] = BREAK;
  bits[13] = BREAK;
  let next = BREAK + 1;
  for (const { character, inConstruct } of rules) {
    const code = character.charCodeAt(0);
    // Control characters are rules of one construct that no text stands in; those that are not asked for share no bit.
    if (bits[code] === 0 && inConstruct !== 'autolink' && next < 32) bits[code] = next++;
  }
  return { bits, chosen: new Map() };
}
