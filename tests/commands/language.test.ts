import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { HELP } from '../../src/commands/chinese/help.ts';
import { MESSAGES } from '../../src/commands/chinese/messages.ts';
import { GLOBAL_FLAGS } from '../../src/commands/flags.ts';
import { commandHelp, programHelp } from '../../src/commands/help.ts';
import { inLanguage, languageOnLine, spokenLanguage } from '../../src/commands/language.ts';
import { COMMANDS } from '../../src/commands/registry.ts';
import { clip, displayWidth } from '../../src/commands/terminal.ts';
import { runs } from '../property.ts';
import { root } from '../world/run-cli.ts';

const CHINESE = /\p{Script=Han}/u;

/** The program's own texts, without what is generated. */
const SOURCES = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.ts$/.test(name) && !/generated|chinese|client/.test(name))
  .map((name) => readFileSync(join(root, 'src', name), 'utf8'));

describe('the language that is spoken', () => {
  test.each([
    [null, {}, 'en'],
    [null, { LANG: 'zh_CN.UTF-8' }, 'zh'],
    [null, { LANG: 'zh_TW' }, 'zh'],
    [null, { LANG: 'zh' }, 'zh'],
    [null, { LANG: 'zha_CN.UTF-8' }, 'en'],
    [null, { LANG: 'C' }, 'en'],
    [null, { LANG: 'zh_CN.UTF-8', LC_MESSAGES: 'en_US.UTF-8' }, 'en'],
    [null, { LANG: 'en_US.UTF-8', LC_MESSAGES: '', LC_ALL: 'zh_CN.GB18030' }, 'zh'],
    ['en', { LANG: 'zh_CN.UTF-8' }, 'en'],
    ['zh', { LANG: 'C' }, 'zh'],
    ['fr', { LANG: 'zh_CN.UTF-8' }, 'zh'],
  ])('asked for %j with %j: %s', (asked, env, expected) => {
    expect(spokenLanguage(asked, env)).toBe(expected);
  });

  test.each([
    [['check'], null],
    [['check', '--lang', 'zh'], 'zh'],
    [['--lang=en', 'x', '--lang=zh'], 'zh'],
    [['check', '--lang'], null],
    [['--language', 'zh'], null],
  ])('%j asks for %j', (argv, expected) => {
    expect(languageOnLine(argv)).toBe(expected);
  });
});

describe('a sentence in Chinese', () => {
  test.each([
    ['nothing found for "河"', '没有找到“河”'],
    ['nothing found for "it is not there"', '没有找到“it is not there”'],
    ['much shorter: 23 % of the kept text', '短了很多：只有已存文字的 23 %'],
    [
      '--timeout: "3x" is no duration: write 500ms, 1s, 2m or 1h',
      '--timeout: “3x”不是时长，请写成 500ms、1s、2m 或 1h',
    ],
    [
      'linkark.config.json: hosts.a.timeout: 3 must be a text like "1s"',
      'linkark.config.json: hosts.a.timeout: 3 应是形如 "1s" 的文字',
    ],
    [
      '"mailto:a@b.cn" is a mailto: address; only http and https are checked',
      '"mailto:a@b.cn" 是 mailto: 地址，只检查 http 和 https',
    ],
    [
      'byte 3 is not UTF-8; it looks like UTF-16: save the file as UTF-8',
      '第 3 个字节不是 UTF-8，看起来是 UTF-16；请把文件另存为 UTF-8',
    ],
    ['3 links on 1 host put in redis://a as run 7', '3 个链接、1 个网站已放入 redis://a，检查编号 7'],
    ['a.example: 2 links visited, the rest given back', 'a.example：已访问 2 个链接，其余交还'],
    ['"{1}" means 2 links; say which:\n  web/a  {}', '“{1}”对应 2 个链接，请指明是哪一个：\n  web/a  {}'],
  ])('%s', (english, chinese) => {
    expect(inLanguage(english, 'zh')).toBe(chinese);
    expect(inLanguage(english, 'en')).toBe(english);
  });

  test('what is not known stays as it is, and no text makes it fail', () => {
    expect(inLanguage('some words of a library', 'zh')).toBe('some words of a library');
    const piece = fc.oneof(fc.constantFrom(...Object.keys(MESSAGES), ': ', '{}', '$&'), fc.string({ maxLength: 8 }));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
        expect(typeof inLanguage(pieces.join(''), 'zh')).toBe('string');
      }),
      runs(200),
    );
  });

  test('what is quoted in it comes through untouched', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), (word) => {
        fc.pre(inLanguage(word, 'zh') === word);
        expect(inLanguage(`--output: the address ${word} is empty`, 'zh')).toBe(`--output: 链接 ${word} 是空的`);
      }),
      runs(200),
    );
  });

  test('as many places as the English has, each once', () => {
    for (const [english, chinese] of Object.entries({ ...MESSAGES, ...HELP })) {
      const places = [...chinese.matchAll(/\{(\d?)\}/g)].map(([, place], at) => Number(place || at + 1));
      const wanted = english
        .split('{}')
        .slice(1)
        .map((_, at) => at + 1);
      expect([...places].sort(), english).toEqual(wanted);
    }
  });

  test('every English sentence of the list is one that the program says', () => {
    const said = SOURCES.join('\n').replaceAll("\\'", "'");
    // Where the program puts a sentence together from parts, each part must be there.
    const fragments = (english: string) =>
      english.split(/\{\}|[:;.,]? (?=[({A-Zd])|\n|: /).filter((part) => part.length > 5);
    const missing = Object.keys({ ...MESSAGES, ...HELP }).filter(
      (english) => !COUNTED.test(english) && fragments(english).some((part) => !said.includes(part.trim())),
    );
    expect(missing).toEqual([]);
  });

  test('every mistake of a command line, a configuration and a list is in it', () => {
    const templates = SOURCES.flatMap((source) => [
      ...source.matchAll(
        /(?:UsageError|bad|fault|ArchiveError|QueueError)\([^'`]*(?:'[\w/-]+',\s*)?('(?:[^'\\]|\\.)+'|`[^`]+`)/g,
      ),
    ])
      .map(([, literal = '']) => literal.slice(1, -1).replaceAll("\\'", "'"))
      // A sentence within a sentence ends the literal; and what quotes nothing but other sentences has no words.
      .filter(
        (text) =>
          !/\$\{[^}]*$|\$\{hint\}|\$\{wanted /.test(text) && /[a-z]{3} [a-z]/.test(text.replace(/\$\{[^}]*\}/g, '')),
      );
    expect(templates.length).toBeGreaterThan(50);
    const english = templates.filter((text) => {
      const said = text.replace(/\$\{[^}]*\}/g, 'X').replace(/\.$/, '');
      return !CHINESE.test(inLanguage(said, 'zh')) && !KEPT_ENGLISH.test(said);
    });
    expect(english).toEqual([]);
  });
});

/** Sentences whose form goes with a number or a kind; each is said in a test of its command. */
const COUNTED = /^\{\} files? (?:would|written)|must be a boolean|its bytes are not|visited, the rest|later parts/;

/** Faults of a program that uses the archive wrongly; people do not meet them. */
const KEPT_ENGLISH =
  /link id|below the archive|not open for writing|cannot be listed|neither be taken|The store failed|there is no archive|says not how/;

describe('the help in Chinese', () => {
  const texts = [
    ...COMMANDS.flatMap(({ summary, flags }) => [summary, ...flags.flatMap(({ help, group }) => [help, group])]),
    ...GLOBAL_FLAGS.flatMap(({ help, group }) => [help, group]),
  ];
  it.each([...new Set(texts)])('%s', (text) => {
    expect(inLanguage(text, 'zh')).toMatch(CHINESE);
  });

  it.each([
    ['the program', programHelp('1.2.3', 'zh')],
    ...COMMANDS.map((command) => [command.name, commandHelp(command, 'zh')]),
  ] as [string, string][])('%s: columns meet, no line is too wide, none begins with a closing mark', (_, help) => {
    const lines = help.split('\n');
    for (const line of lines.slice(1)) {
      expect(displayWidth(line), line).toBeLessThanOrEqual(100);
      expect(line.trimStart(), line).not.toMatch(/^[，。；：、？！）”》]/);
    }
    for (const block of help.split('\n\n')) {
      const starts = block
        .split('\n')
        .flatMap((line) => /^( {2}\S.*? {2,}|^ {6}--.*? {2,})(?=[^\s-])/.exec(line)?.[1] ?? [])
        .map(displayWidth);
      expect(new Set(starts).size, block).toBeLessThanOrEqual(1);
    }
  });
});

describe('columns of a text', () => {
  test.each([
    ['abc', 3],
    ['中文，', 6],
    ['ﾊﾝ', 2],
    ['ＡＢ', 4],
    ['é', 1],
    ['e\u0301', 1],
    ['✅', 2],
    ['🎉', 2],
    ['👍🏽', 2],
    ['a\u200bb', 2],
    ['한글', 4],
    ['𠀀', 2],
  ])('%j takes %i', (text, width) => {
    expect(displayWidth(text)).toBe(width);
    expect(displayWidth(clip(`${text}${text}x`, width))).toBeLessThanOrEqual(width);
  });
});
