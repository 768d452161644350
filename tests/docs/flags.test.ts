import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { flagsDocument } from '../../scripts/flag-table.ts';
import { commandHelp, programHelp } from '../../src/commands/help.ts';
import { COMMANDS } from '../../src/commands/registry.ts';

test('docs/flags.md is what the flags say (npx tsx scripts/flag-table.ts writes it)', () => {
  expect(readFileSync(new URL('../../docs/flags.md', import.meta.url), 'utf8')).toBe(flagsDocument());
});

test('every row of its tables has four cells', () => {
  const rows = flagsDocument()
    .split('\n')
    .filter((line) => line.startsWith('|'));
  for (const row of rows) expect(row.split(/(?<!\\)\|/).length, row).toBe(6);
});

test('--help names every command, and the help of a command every flag of it', () => {
  const help = programHelp('1.2.3');
  for (const command of COMMANDS) {
    expect(help).toMatch(new RegExp(`^  ${command.name}\\b`, 'm'));
    for (const flag of command.flags) expect(commandHelp(command), command.name).toContain(`--${flag.name}`);
  }
});

test('no two commands have the same name, no command two flags of one name', () => {
  const names = COMMANDS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const { name, flags } of COMMANDS) {
    const own = flags.flatMap((flag) => (flag.short ? [`--${flag.name}`, `-${flag.short}`] : [`--${flag.name}`]));
    expect(new Set(own).size, name).toBe(own.length);
  }
});
