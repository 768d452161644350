import { parseArgs } from 'node:util';
import type { Language } from '../words.ts';
import type { Flag } from './flags.ts';
import { GLOBAL_FLAGS } from './flags.ts';
import {
  bad,
  good,
  nearest,
  type Parsed,
  parseDuration,
  parseHeader,
  parseInteger,
  parseRegex,
  parseRemap,
  parseShard,
  parseSize,
} from './values.ts';

/** A mistake in the call, the configuration or a source: shown without a stack, exit code 3. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly code = 'LINKARK_USAGE';
}

export interface FormatChoice {
  format: string;
  file: string | null;
}

/** What each kind of flag becomes. */
type FlagValue =
  | boolean
  | number
  | string
  | RegExp
  | { pattern: RegExp; replacement: string }
  | [string, string]
  | { index: number; of: number }
  | FormatChoice;

/** The options of one call: command line over configuration over defaults. */
export class Options {
  readonly operands: readonly string[];
  readonly #values: ReadonlyMap<string, readonly FlagValue[]>;
  readonly #given: ReadonlySet<string>;

  constructor(
    operands: readonly string[],
    values: ReadonlyMap<string, readonly FlagValue[]>,
    given: ReadonlySet<string>,
  ) {
    this.operands = operands;
    this.#values = values;
    this.#given = given;
  }

  /** Was it said on the command line or in the configuration? */
  given(name: string): boolean {
    return this.#given.has(name);
  }

  on(name: string): boolean {
    return this.#first(name) === true;
  }

  number(name: string): number | null {
    const value = this.#first(name);
    return typeof value === 'number' ? value : null;
  }

  text(name: string): string | null {
    const value = this.#first(name);
    return typeof value === 'string' ? value : null;
  }

  /** A number that is always there, since its flag has a default. */
  amount(name: string): number {
    const value = this.number(name);
    if (value === null) throw new TypeError(`--${name} has no default`);
    return value;
  }

  /** A text that is always there, since its flag has a default. */
  word(name: string): string {
    const value = this.text(name);
    if (value === null) throw new TypeError(`--${name} has no default`);
    return value;
  }

  /** The language that --lang asks for; null where it does not. */
  language(): Language | null {
    const asked = this.text('lang');
    return asked === 'zh' || asked === 'en' ? asked : null;
  }

  regexes(name: string): RegExp[] {
    return this.#all(name).filter((value): value is RegExp => value instanceof RegExp);
  }

  headers(name: string): [string, string][] {
    return this.#all(name).filter((value): value is [string, string] => Array.isArray(value));
  }

  remaps(name: string): { pattern: RegExp; replacement: string }[] {
    return this.#all(name).filter(isRemap);
  }

  shard(name: string): { index: number; of: number } | null {
    return this.#all(name).find(isShard) ?? null;
  }

  formats(name: string): FormatChoice[] {
    return this.#all(name).filter(isFormat);
  }

  #first(name: string): FlagValue | undefined {
    return this.#all(name)[0];
  }

  #all(name: string): readonly FlagValue[] {
    return this.#values.get(name) ?? [];
  }
}

function isRemap(value: FlagValue): value is { pattern: RegExp; replacement: string } {
  return typeof value === 'object' && 'replacement' in value;
}

function isShard(value: FlagValue): value is { index: number; of: number } {
  return typeof value === 'object' && 'of' in value;
}

function isFormat(value: FlagValue): value is FormatChoice {
  return typeof value === 'object' && 'format' in value;
}

/** Reads one flag's value as written. */
export function readValue(flag: Flag, text: string): Parsed<FlagValue> {
  const type = flag.type;
  switch (type.kind) {
    case 'switch':
      return good(text !== 'false');
    case 'integer':
      return parseInteger(text, type.least);
    case 'duration':
      return parseDuration(text);
    case 'size':
      return parseSize(text);
    case 'text':
      return text === '' ? bad('it is empty') : good(text);
    case 'regex':
      return parseRegex(text);
    case 'remap':
      return parseRemap(text);
    case 'header':
      return parseHeader(text);
    case 'shard':
      return parseShard(text);
    case 'choice':
      return type.of.includes(text) ? good(text) : bad(unknownChoice(text, type.of));
    case 'format': {
      const at = text.indexOf('=');
      const format = at < 0 ? text : text.slice(0, at);
      const file = at < 0 ? null : text.slice(at + 1);
      if (!type.of.includes(format)) return bad(unknownChoice(format, type.of));
      return file === '' ? bad('the file after "=" is missing') : good({ format, file });
    }
  }
}

function unknownChoice(text: string, of: readonly string[]): string {
  const meant = nearest(text, of);
  return `"${text}" is none of ${of.join(', ')}${meant ? `; did you mean "${meant}"?` : ''}`;
}

/** Raw values from a configuration file, as texts, by flag name. */
export type ConfigValues = ReadonlyMap<string, readonly string[]>;

/**
 * Reads the command line of one command.
 * @throws UsageError where a flag is unknown, lacks its value or has a bad one
 */
export function readOptions(
  flags: readonly Flag[],
  argv: readonly string[],
  config: ConfigValues = new Map(),
): Options {
  const known = [...flags, ...GLOBAL_FLAGS];
  const raw = tokenise(known, argv);
  const values = new Map<string, FlagValue[]>();
  const given = new Set<string>();
  for (const flag of known) {
    const texts = raw.values.get(flag.name) ?? config.get(flag.name);
    if (texts) given.add(flag.name);
    const chosen = texts ?? (flag.default === null ? [] : [flag.default]);
    values.set(
      flag.name,
      chosen.map((text) => {
        const parsed = readValue(flag, text);
        if (!parsed.ok) throw new UsageError(`--${flag.name}: ${parsed.message}`);
        return parsed.value;
      }),
    );
  }
  return new Options(raw.operands, values, given);
}

function tokenise(
  flags: readonly Flag[],
  argv: readonly string[],
): { operands: string[]; values: Map<string, string[]> } {
  const options = Object.fromEntries(
    flags.map((flag) => [
      flag.name,
      {
        type: flag.type.kind === 'switch' ? ('boolean' as const) : ('string' as const),
        ...(flag.short ? { short: flag.short } : {}),
      },
    ]),
  );
  const { tokens } = parseArgs({ args: [...argv], options, allowPositionals: true, strict: false, tokens: true });
  const values = new Map<string, string[]>();
  const operands: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(token.value);
    if (token.kind !== 'option') continue;
    const flag = flags.find((candidate) => candidate.name === token.name);
    if (!flag) throw new UsageError(unknownFlag(token.rawName, flags));
    const text = flagText(flag, token.value, token.rawName);
    const before = values.get(flag.name);
    if (before && flag.repeat) before.push(text);
    else values.set(flag.name, [text]);
  }
  return { operands, values };
}

function flagText(flag: Flag, value: string | undefined, rawName: string): string {
  if (flag.type.kind === 'switch') {
    if (value !== undefined) throw new UsageError(`${rawName} takes no value`);
    return 'true';
  }
  if (value === undefined) throw new UsageError(`${rawName} needs a value: ${[rawName, flag.value].join(' ')}`);
  return value;
}

function unknownFlag(rawName: string, flags: readonly Flag[]): string {
  const meant = nearest(
    rawName.replace(/^-+/, ''),
    flags.map((flag) => flag.name),
  );
  return `unknown flag ${rawName}${meant ? `; did you mean --${meant}?` : ''} (--help lists all)`;
}
