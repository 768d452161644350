import type { Writable } from 'node:stream';
import { defuse } from '../report/index.ts';

/** What a command may use of the process; tests pass their own. */
export interface Terminal {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly version: string;
  readonly out: Writable;
  readonly err: Writable;
  /** True where `err` is a terminal that can redraw a line. */
  readonly live: boolean;
  readonly color: boolean;
  readonly columns: number;
  /** Columns of `out` where that is a terminal; null for files and pipes, whose lines stay whole. */
  readonly outColumns: number | null;
  readonly stdin: () => Promise<Uint8Array>;
  /** Aborted by Ctrl-C or a polite stop from outside. */
  readonly stop: AbortSignal;
  readonly now: () => Date;
}

const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, blue: 34, magenta: 35, cyan: 36 } as const;
export type Color = keyof typeof CODES;

/** Paints text where the terminal wants colour. */
export function paint(terminal: Pick<Terminal, 'color'>, color: Color, text: string): string {
  return terminal.color ? `\u001b[${CODES[color]}m${text}\u001b[0m` : text;
}

/** Columns that a text takes: full-width characters and pictures take two, marks on the character before them none. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += NARROW.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return width;
}

const NARROW = /\p{Mn}|\p{Me}|\p{Cf}|[\u{1f3fb}-\u{1f3ff}]/u;
const WIDE =
  /[\p{Emoji_Presentation}\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** Cuts a line to so many columns, with an ellipsis where something was cut; colours take no room and are ended. */
export function clip(text: string, columns: number): string {
  let kept = '';
  let width = 0;
  let short = '';
  for (const piece of text.split(COLOR)) {
    if (COLOR.test(piece)) kept += piece;
    else {
      for (const character of piece) {
        width += displayWidth(character);
        if (width > columns) return `${short}…${text.includes(RESET) ? RESET : ''}`;
        kept += character;
        if (width < columns) short = kept;
      }
    }
  }
  return text;
}

const RESET = '\u001b[0m';
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const COLOR = /(\u001b\[\d+m)/;

// Control characters of a foreign title or address could rewrite the terminal; direction marks could reorder a line.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/gu;

/** Makes foreign text safe for one line of a terminal or a workflow's log; white space stays where it is. */
export function safe(text: string): string {
  return defuse(text.replace(UNSAFE, ' '));
}

/** The same without white space at the ends. */
export function plain(text: string): string {
  return safe(text.trim()).trim();
}
