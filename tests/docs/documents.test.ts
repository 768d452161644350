import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';
import { EXIT } from '../../src/commands/exit.ts';
import { GLOBAL_FLAGS } from '../../src/commands/flags.ts';
import { readOptions } from '../../src/commands/options.ts';
import { COMMANDS } from '../../src/commands/registry.ts';
import { readSource } from '../../src/sources/index.ts';
import { HEALTHS, REASONS } from '../../src/verdicts.ts';
import { VERDICT_WORDS } from '../../src/words.ts';
import { root, runCli } from '../world/run-cli.ts';
import { codeSpans, documents, shellCommands, text, wordsOf } from './commands.ts';

const { scripts } = JSON.parse(text('package.json')) as { scripts: Record<string, string> };
const READMES = ['README.md', 'README.zh-CN.md'];
const FLAGS = new Set([...COMMANDS.flatMap(({ flags }) => flags), ...GLOBAL_FLAGS].map(({ name }) => name));

/** What is wrong with a `linkark …` command line; null where it would be read. */
function faultOf([name = '', ...args]: readonly string[]): string | null {
  const command = COMMANDS.find((candidate) => candidate.name === name);
  if (command === undefined) return `${name} is no command`;
  try {
    readOptions(command.flags, args);
    return null;
  } catch (error) {
    return String(error);
  }
}

/** What is wrong with a command of a document; null where it can be run as it stands. */
function faultOfCommand(command: string): string | null {
  const [program = '', ...words] = wordsOf(command);
  const after = words.indexOf('--');
  const rest = after < 0 ? [] : words.slice(after + 1);
  if (program === 'linkark' || (program === 'npx' && words[0] === 'linkark')) {
    return faultOf(program === 'npx' ? words.slice(1) : words);
  }
  if (program === 'git' || (program === 'npx' && words[0] === 'tsx')) return null;
  if (program === 'npx' && words[0] === 'vitest') return existsSync(join(root, words[2] ?? '')) ? null : 'no such test';
  if (program.includes('/')) return existsSync(join(root, program)) ? null : 'no such file';
  if (program !== 'npm') return `${program} is no program that a reader has`;
  if (words[0] === 'ci') return null;
  const script = words[0] === 'run' ? (words[1] ?? '') : (words[0] ?? '');
  if (scripts[script] === undefined) return `no script ${script}`;
  if (script === 'check-links') return faultOf(['check', ...rest]);
  return script === 'linkark' ? faultOf(rest) : null;
}

describe.each(documents())('%s', (path) => {
  test('every command in it can be run', () => {
    const wrong = shellCommands(text(path)).flatMap((command) => {
      const fault = faultOfCommand(command);
      return fault === null ? [] : [`${command}: ${fault}`];
    });
    expect(wrong).toEqual([]);
  });

  test('its links to files and headings lead somewhere', () => {
    const { references, anchors } = readSource(path, text(path), 'markdown');
    const wrong = references
      .map(({ address }) => address)
      .filter((address) => !/^[a-z][a-z0-9+.-]*:/i.test(address))
      .filter((address) => {
        const [file = '', heading] = address.split('#');
        if (file === '') return heading !== undefined && !anchors.includes(heading);
        const target = normalize(join(path, '..', decodeURIComponent(file)));
        if (!existsSync(join(root, target))) return true;
        if (heading === undefined || !target.endsWith('.md')) return false;
        return !readSource(target, text(target), 'markdown').anchors.includes(heading);
      });
    expect(wrong).toEqual([]);
  });

  test('commands and flags that it names in passing exist', () => {
    const spans = codeSpans(text(path));
    const commands = spans.filter((span) => /^(?:npx )?linkark [a-z]/.test(span));
    expect(commands.filter((span) => faultOfCommand(span) !== null)).toEqual([]);
    // Flags of other programs stand with their program's name.
    const flags = spans.flatMap((span) => /^--([a-z][a-z-]*)/.exec(span)?.[1] ?? []);
    expect(flags.filter((name) => !FLAGS.has(name))).toEqual([]);
  });
});

test('both READMEs have the same commands, in the same order', () => {
  const [english, chinese] = READMES.map((path) => shellCommands(text(path)));
  expect(chinese).toEqual(english);
  expect(english?.length).toBeGreaterThan(8);
});

test.each(READMES)('%s: the table of verdicts names all of them, in their order', (path) => {
  const rows = [...text(path).matchAll(/^\| `(\w+)`([^|]*)\|/gm)].filter(([, name]) => name !== undefined);
  const named = rows.map(([, name]) => name).filter((name) => name !== undefined && name in REASONS);
  expect(named).toEqual(Object.keys(REASONS));
  if (path === 'README.md') return;
  const words = rows.map(([, name, word]) => `${name} ${word?.trim()}`);
  for (const [verdict, { zh }] of Object.entries(VERDICT_WORDS)) expect(words).toContain(`${verdict} ${zh}`);
});

test.each(READMES)('%s names every exit code once, in order', (path) => {
  const line = text(path)
    .split(/\n{2,}/)
    .find((paragraph) => /^(?:Exit codes|退出码)/.test(paragraph));
  const codes = [...(line ?? '').matchAll(/`(\d)`/g)].map((code) => Number(code[1]));
  expect(codes).toEqual(Object.values(EXIT));
});

test('words that are set in code in READMEs as a health or verdict are ones', () => {
  const known = new Set<string>([...HEALTHS, ...Object.keys(REASONS)]);
  for (const path of READMES) {
    const called = [...text(path).matchAll(/(?:called|判为) `(\w+)`/g)].map((word) => word[1] ?? '');
    expect(called.length, path).toBeGreaterThan(0);
    expect(called.filter((word) => !known.has(word))).toEqual([]);
  }
});

test('the READMEs name every command that a reader may want', () => {
  for (const path of READMES) {
    const all = [...shellCommands(text(path)), ...codeSpans(text(path))].join('\n');
    for (const name of ['read', 'search', 'show', 'verify', 'export', 'init', 'fix', 'diff', 'merge']) {
      expect(all, `${path}: ${name}`).toMatch(new RegExp(`linkark (?:-- )?${name}\\b`));
    }
  }
});

test('what needs no network is run as it stands in the README', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'linkark-readme-'));
  try {
    writeFileSync(join(folder, 'notes.md'), '[a](https://one.example/a)\n');
    const commands = shellCommands(text('README.md'))
      .map(wordsOf)
      .filter((words) => words.includes('--dump') || words.includes('--help'))
      .map((words) => ['check', ...words.slice(words.indexOf('--') + 1)]);
    expect(commands.length).toBeGreaterThan(1);
    for (const words of commands) {
      const run = await runCli(words.includes('--dump') ? [...words, 'notes.md'] : words, { cwd: folder });
      expect(run.code, words.join(' ')).toBe(0);
      expect(run.stdout).toContain(words.includes('--dump') ? 'https://one.example/a' : '--max-concurrency');
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('the workflow that README shows in part is the action that is there', () => {
  const uses = /uses: linkark\/linkark\/([^@\s]+)@/.exec(text('README.md'))?.[1];
  const action = readFileSync(join(root, uses ?? '', 'action.yml'), 'utf8');
  expect(action).toContain('sources:');
});
