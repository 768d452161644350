import { type Flag, GLOBAL_FLAGS } from './flags.ts';
import { COMMANDS, type Command } from './registry.ts';

const WIDTH = 100;

/** The help of the whole program. */
export function programHelp(version: string): string {
  const width = Math.max(...COMMANDS.map((command) => usage(command).length));
  return [
    `linkark ${version}: keeps what your links point at`,
    '',
    'Reads link lists, visits every link politely, tells gone from blocked, and keeps a',
    'readable, searchable, verifiable copy of every article.',
    '',
    'Usage: linkark <command> [flags]',
    '',
    'Commands',
    ...COMMANDS.map((command) => `  ${usage(command).padEnd(width)}  ${command.summary}`),
    '',
    'Start with',
    '  linkark check                      check sources/ and keep what is new in archive/',
    '  linkark check notes.md --dump      print the links of a file, ask nothing',
    '  linkark read --open                read the archive, offline',
    '',
    ...flagLines(GLOBAL_FLAGS),
    'Exit codes: 0 nothing to fail on · 1 could not run (offline, disk full, interrupted)',
    '            2 links that --fail-on names, or faults that verify found · 3 bad usage',
    '',
    'linkark <command> --help tells the flags of a command.',
    '',
  ].join('\n');
}

/** The help of one command. */
export function commandHelp(command: Command): string {
  return [
    `linkark ${usage(command)}: ${command.summary}`,
    '',
    ...flagLines(command.flags),
    ...flagLines(GLOBAL_FLAGS),
    ...(command.flags.some((flag) => flag.type.kind === 'duration')
      ? [
          'Durations are written 500ms, 1s, 2m, 1h; sizes 512KiB, 32MiB.',
          'Every flag can stand in linkark.config.json too, in camelCase; the command line wins.',
          '',
        ]
      : []),
  ].join('\n');
}

function usage(command: Command): string {
  return command.operands ? `${command.name} ${command.operands}` : command.name;
}

function flagLines(flags: readonly Flag[]): string[] {
  const lines: string[] = [];
  const width = Math.max(0, ...flags.map((flag) => flagHead(flag).length));
  for (const group of new Set(flags.map((flag) => flag.group))) {
    lines.push(group);
    for (const flag of flags.filter((candidate) => candidate.group === group)) {
      const [first = '', ...rest] = wrap(flagText(flag), WIDTH - width - 4);
      lines.push(`  ${flagHead(flag).padEnd(width)}  ${first}`, ...rest.map((line) => ' '.repeat(width + 4) + line));
    }
    lines.push('');
  }
  return lines;
}

function flagHead(flag: Flag): string {
  return `${flag.short ? `-${flag.short}, ` : '    '}--${flag.name}${flag.value ? ` ${flag.value}` : ''}`;
}

function flagText(flag: Flag): string {
  return `${flag.help}${flag.default === null ? '' : ` (default: ${flag.default})`}${flag.repeat ? '; repeatable' : ''}`;
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line ? `${line} ${word}` : word;
  }
  return [...lines, line];
}
