import type { Language } from '../words.ts';
import { type Flag, GLOBAL_FLAGS } from './flags.ts';
import { inLanguage } from './language.ts';
import { COMMANDS, type Command } from './registry.ts';
import { displayWidth } from './terminal.ts';

const WIDTH = 100;

const ABOUT =
  'Reads link lists, visits every link politely, tells gone from blocked, and keeps a readable, searchable, verifiable copy of every article.';

const EXAMPLES: readonly (readonly [string, string])[] = [
  ['linkark check', 'check sources/ and keep what is new in archive/'],
  ['linkark check notes.md --dump', 'print the links of a file, ask nothing'],
  ['linkark read --open', 'read the archive, offline'],
];

/** The help of the whole program. */
export function programHelp(version: string, language: Language = 'en'): string {
  const say = (text: string) => inLanguage(text, language);
  return [
    say(`linkark ${version}: keeps what your links point at`),
    '',
    ...wrap(say(ABOUT), 84),
    '',
    say('Usage: linkark <command> [flags]'),
    '',
    say('Commands'),
    ...rows(COMMANDS.map((command) => [usage(command), say(command.summary)])),
    '',
    say('Start with'),
    ...rows(EXAMPLES.map(([line, text]) => [line, say(text)])),
    '',
    ...flagLines(GLOBAL_FLAGS, language),
    say('Exit codes: 0 nothing to fail on · 1 could not run (offline, disk full, interrupted)'),
    say('            2 links that --fail-on names, or faults that verify found'),
    say('            3 bad usage, configuration or source'),
    '',
    say('linkark <command> --help tells the flags of a command.'),
    '',
  ].join('\n');
}

/** The help of one command. */
export function commandHelp(command: Command, language: Language = 'en'): string {
  const say = (text: string) => inLanguage(text, language);
  return [
    `linkark ${usage(command)}${language === 'zh' ? '：' : ': '}${say(command.summary)}`,
    '',
    ...flagLines(command.flags, language),
    ...flagLines(GLOBAL_FLAGS, language),
    ...(command.flags.some((flag) => flag.type.kind === 'duration')
      ? [
          say('Durations are written 500ms, 1s, 2m, 1h; sizes 512KiB, 32MiB.'),
          say('Every flag can stand in linkark.config.json too, in camelCase; the command line wins.'),
          '',
        ]
      : []),
  ].join('\n');
}

function usage(command: Command): string {
  return command.operands ? `${command.name} ${command.operands}` : command.name;
}

/** Two columns, of which the second goes on below itself. */
function rows(pairs: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(0, ...pairs.map(([head]) => displayWidth(head)));
  return pairs.flatMap(([head, text]) => {
    const [first = '', ...rest] = wrap(text, WIDTH - width - 4);
    const gap = ' '.repeat(width - displayWidth(head));
    return [`  ${head}${gap}  ${first}`, ...rest.map((line) => ' '.repeat(width + 4) + line)];
  });
}

function flagLines(flags: readonly Flag[], language: Language): string[] {
  const lines: string[] = [];
  const width = Math.max(0, ...flags.map((flag) => flagHead(flag).length));
  for (const group of new Set(flags.map((flag) => flag.group))) {
    const members = flags.filter((flag) => flag.group === group);
    const pairs = members.map((flag) => [flagHead(flag).padEnd(width), flagText(flag, language)] as const);
    lines.push(inLanguage(group, language), ...rows(pairs), '');
  }
  return lines;
}

function flagHead(flag: Flag): string {
  return `${flag.short ? `-${flag.short}, ` : '    '}--${flag.name}${flag.value ? ` ${flag.value}` : ''}`;
}

function flagText(flag: Flag, language: Language): string {
  return [
    flag.help,
    ...(flag.default === null ? [] : [` (default: ${flag.default})`]),
    ...(flag.repeat ? ['; repeatable'] : []),
  ]
    .map((part) => inLanguage(part, language))
    .join('');
}

/** Breaks a text at spaces, and between full-width characters where no closing mark would begin a line. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const [piece] of text.matchAll(PIECES)) {
    if (line !== '' && displayWidth((line + piece).trimEnd()) > width) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += piece;
  }
  return [...lines, line.trimEnd()];
}

/** A word with the spaces after it, or one full-width character, either with the marks that may not part from it. */
const PIECES = /[（“《]?(?:[^\s\u2e80-\uffef]+|[\u2e80-\uffef])[，。；：、？！）”》]*\s*/gu;
