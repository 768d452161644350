/** A small seeded generator of numbers (mulberry32): the same seed, the same documents, on every machine. */
class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A whole number from 0 up to, not including, `sides`. */
  roll(sides: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides;
  }

  pick<T>(from: readonly [T, ...T[]]): T {
    return from[this.roll(from.length)] ?? from[0];
  }
}

const WORDS = [
  '模型',
  '训练，',
  'data',
  'und',
  'l’été',
  '🎉',
  '阅读。',
  'x_y',
  'a*b',
  '（注）',
  'C++',
  '2 < 3',
  'R&D',
  '\\*',
  '&copy;',
  'v1.0',
] as const;
const HOSTS = ['example.com', 'mp.weixin.example', 'a-b.example.org:8080/b', '例子.测试', 'www.example.net'] as const;
const PATHS = [
  '',
  '/',
  '/s/8F_oo-Q',
  '/a/b.html',
  '/s?__biz=Mz==&mid=1&sn=ab',
  '/%C4%E3?x=%26',
  '/w/Köln',
  '/a_(b)',
  '/p#part',
  '/?q=1;r=2',
] as const;
const TAILS = [' ', '，', '。', '）', '. ', ', ', '中文', '、', '…', '\n', ' 🎉 '] as const;

/** One realistic Markdown document for each seed: all the ways of writing a link, in all the places for one. */
export function document(seed: number): string {
  const dice = new Dice(seed);
  const definitions: string[] = [];
  const blocks = Array.from({ length: 3 + dice.roll(12) }, () => block(dice, definitions, 0));
  if (dice.roll(4) === 0) blocks.unshift('---\ntitle: "x"\nurl: https://front.matter/x\n---');
  const text = `${[...blocks, definitions.join('\n')].join('\n\n')}\n`;
  return (dice.roll(8) === 0 ? '\ufeff' : '') + (dice.roll(3) === 0 ? text.replaceAll('\n', '\r\n') : text);
}

let serial = 0;

function url(dice: Dice): string {
  serial += 1;
  const path = dice.pick(PATHS);
  return `${dice.pick(['https', 'http'])}://n${serial % 97}.${dice.pick(HOSTS)}${path}`;
}

function words(dice: Dice): string {
  return Array.from({ length: 1 + dice.roll(4) }, () => dice.pick(WORDS)).join(' ');
}

function link(dice: Dice, definitions: string[], inCell: boolean): string {
  const text = words(dice);
  switch (dice.roll(inCell ? 5 : 9)) {
    case 0:
      return `[${text}](${url(dice)} "标题")`;
    case 1:
      return `[**${text}**](<${url(dice)}>)`;
    case 2:
      return `${url(dice)}${dice.pick(TAILS).replace('\n', ' ')}`;
    case 3:
      return `<${url(dice)}>`;
    case 4:
      return `[\`code\` ${text}](${url(dice)})`;
    case 5: {
      const label = `ref ${definitions.length}`;
      definitions.push(`[${label}]: ${dice.pick([url(dice), `<${url(dice)}> 't'`])}`);
      return dice.pick([`[${text}][${label}]`, `[${label.toUpperCase()}][]`, `[${label}]`]);
    }
    case 6:
      return `<a class="x" href="${url(dice).replaceAll('&', '&amp;')}">html</a>`;
    case 7:
      return `[![pic](${url(dice)}.png)](${url(dice)})`;
    default:
      return `\`${url(dice)}\` [${text}\nmore](../local.md#x) ${url(dice)}${dice.pick(TAILS)}`;
  }
}

function inline(dice: Dice, definitions: string[]): string {
  return Array.from({ length: 1 + dice.roll(4) }, () =>
    dice.roll(3) > 0 ? link(dice, definitions, false) : words(dice),
  ).join(' ');
}

function indent(text: string, by: string, first: string): string {
  return first + text.replaceAll('\n', `\n${by}`);
}

function block(dice: Dice, definitions: string[], depth: number): string {
  const inner = (): string => (depth > 3 ? inline(dice, definitions) : block(dice, definitions, depth + 1));
  switch (dice.roll(depth > 3 ? 3 : 11)) {
    case 0:
    case 1:
      return `p ${inline(dice, definitions)}`;
    case 2:
      return `${'#'.repeat(1 + dice.roll(4))} ${inline(dice, definitions).replaceAll('\n', ' ')}`;
    case 3:
      return Array.from({ length: 1 + dice.roll(3) }, () => indent(inner(), '  ', '- ')).join('\n');
    case 4:
      return Array.from({ length: 1 + dice.roll(3) }, (_, at) => indent(inner(), '   ', `${at + 1}. `)).join('\n');
    case 5:
      return indent(inner(), '> ', '> ');
    case 6:
      return `p [a](${url(dice)})\n\n${indent(inner(), '> ', '> ')}`;
    case 7: {
      const row = (): string => `| ${link(dice, definitions, true)} | ${words(dice).replace('a*b', 'ab')} |`;
      return `| a | b |\n|:--|---|\n${row()}\n${row()}`;
    }
    case 8:
      return `${dice.pick(['```js', '~~~'])}\n[no](${url(dice)})\n${url(dice)}\n`.replace(
        /^(```|~~~)(js)?\n([\s\S]*)$/,
        '$1$2\n$3$1',
      );
    case 9:
      return `<div>\n<a href='${url(dice)}'>a</a><img src="${url(dice)}">\n</div>`;
    default:
      return `-\tp\ttab ${inline(dice, definitions).replaceAll('\n', ' ')}`;
  }
}
