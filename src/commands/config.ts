import { CHECK_FLAGS, type Flag } from './flags.ts';
import { readNamed } from './named.ts';
import { type ConfigValues, type Options, readValue, UsageError } from './options.ts';
import { HOST_SETTINGS, SECTIONS, type Setting, type Settings } from './settings.ts';
import { bad, good, nearest, type Parsed, parseDuration, parseInteger, parseSize } from './values.ts';

/** What the configuration file says: values of flags as texts, and the settings that have no flag. */
export interface Config {
  flags: ConfigValues;
  settings: Settings;
}

const DEFAULT_FILE = 'linkark.config.json';
const DEFAULT_SOURCES = ['sources'];

/**
 * Reads linkark.config.json, or the file of --config; a missing default file means the defaults.
 * @throws UsageError naming the file and the path of a bad key
 */
export async function readConfig(options: Options, cwd: string): Promise<Config> {
  const name = options.text('config') ?? DEFAULT_FILE;
  const text = await readNamed(name, { cwd });
  if (text === null) {
    if (options.given('config')) throw new UsageError(`${name}: there is no such configuration file`);
    return parseConfig('{}', name);
  }
  return parseConfig(text, name);
}

/** Reads the text of a configuration. See readConfig. */
export function parseConfig(text: string, name: string): Config {
  const json = asObject(parseJson(text, name), name, '');
  const flags = new Map<string, string[]>();
  const settings = defaults();
  const flagKeys = new Map(CHECK_FLAGS.filter((flag) => flag.config !== false).map((flag) => [camel(flag.name), flag]));
  for (const [key, value] of Object.entries(json)) {
    const flag = flagKeys.get(key);
    if (key === '$schema') continue;
    if (key === 'sources') settings.sources = texts(value, name, key);
    else if (key === 'hosts') settings.hosts = readHosts(value, name);
    else if (Object.hasOwn(SECTIONS, key)) readSection(key as keyof typeof SECTIONS, value, settings, name);
    else if (flag) readFlag(flag, value, flags, name, key);
    else throw unknownKey(name, key, [...flagKeys.keys(), ...Object.keys(SECTIONS), 'sources', 'hosts', '$schema']);
  }
  return { flags, settings };
}

/** `host-request-interval` as `hostRequestInterval`. */
export function camel(flagName: string): string {
  return flagName.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new UsageError(`${name}: no valid JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function asObject(value: unknown, name: string, path: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw new UsageError(`${name}: ${path || 'the file'} must be an object, like { … }`);
}

function texts(value: unknown, name: string, path: string): string[] {
  if (Array.isArray(value) && value.every((item): item is string => typeof item === 'string')) return value;
  throw new UsageError(`${name}: ${path} must be a list of texts, like ["…"]`);
}

function unknownKey(name: string, path: string, known: Iterable<string>): UsageError {
  const meant = nearest(path.slice(path.lastIndexOf('.') + 1), known);
  return new UsageError(`${name}: ${path} is no known key${meant ? `; did you mean "${meant}"?` : ''}`);
}

function readFlag(flag: Flag, value: unknown, flags: Map<string, string[]>, name: string, path: string): void {
  const items = flag.repeat && Array.isArray(value) ? value : [value];
  const written = items.map((item: unknown, index) => {
    const place = Array.isArray(value) ? `${path}[${index}]` : path;
    const wanted = flag.type.kind === 'switch' ? 'boolean' : flag.type.kind === 'integer' ? 'number' : 'string';
    if (typeof item !== wanted)
      throw new UsageError(`${name}: ${place} must be a ${wanted === 'string' ? 'text' : wanted}`);
    const parsed = readValue(flag, String(item));
    if (!parsed.ok) throw new UsageError(`${name}: ${place}: ${parsed.message}`);
    return String(item);
  });
  flags.set(flag.name, written);
}

function readSection(key: keyof typeof SECTIONS, value: unknown, settings: Settings, name: string): void {
  const known: Record<string, Setting> = SECTIONS[key];
  const target: Record<string, unknown> = settings[key];
  for (const [field, item] of Object.entries(asObject(value, name, key))) {
    const setting = own(known, field);
    if (!setting) throw unknownKey(name, `${key}.${field}`, Object.keys(known));
    target[field] = readSetting(setting, item, name, `${key}.${field}`);
  }
}

function readHosts(value: unknown, name: string): Settings['hosts'] {
  const hosts: [string, Settings['hosts'][string]][] = [];
  const known: Record<string, Setting> = HOST_SETTINGS;
  for (const [host, fields] of Object.entries(asObject(value, name, 'hosts'))) {
    const read: Record<string, unknown> = {};
    for (const [field, item] of Object.entries(asObject(fields, name, `hosts.${host}`))) {
      const setting = own(known, field);
      if (!setting) throw unknownKey(name, `hosts.${host}.${field}`, Object.keys(known));
      read[field] = readSetting(setting, item, name, `hosts.${host}.${field}`);
    }
    hosts.push([host, read]);
  }
  return Object.fromEntries(hosts);
}

/** What an object holds itself: every object has a `constructor`, and a file may name one. */
function own(known: Readonly<Record<string, Setting>>, field: string): Setting | undefined {
  return Object.hasOwn(known, field) ? known[field] : undefined;
}

function readSetting(setting: Setting, value: unknown, name: string, path: string): unknown {
  const parsed = settingValue(setting, value);
  if (!parsed.ok) throw new UsageError(`${name}: ${path}: ${parsed.message}`);
  return parsed.value;
}

function settingValue(setting: Setting, value: unknown): Parsed<unknown> {
  const shown = JSON.stringify(value);
  switch (setting.type) {
    case 'duration':
      return typeof value === 'string' ? parseDuration(value) : bad(`${shown} must be a text like "1s"`);
    case 'size':
      return typeof value === 'string' ? parseSize(value) : bad(`${shown} must be a text like "32MiB"`);
    case 'integer':
      return typeof value === 'number' ? parseInteger(shown, 0) : bad(`${shown} must be a whole number`);
    case 'number':
      return typeof value === 'number' && value >= 0 ? good(value) : bad(`${shown} must be a number from 0 up`);
    case 'text':
      return typeof value === 'string' ? good(value) : bad(`${shown} must be a text`);
    case 'url':
      return typeof value === 'string' && /^https?:\/\//.test(value) && URL.canParse(value)
        ? good(value)
        : bad(`${shown} must be an address like "https://…"`);
    case 'headers':
      return isTextRecord(value) ? good(value) : bad(`${shown} must be an object of texts`);
  }
}

function isTextRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.values(value).every((item) => typeof item === 'string');
}

function defaults(): Settings {
  const sections = Object.fromEntries(
    Object.entries(SECTIONS).map(([key, fields]) => [
      key,
      Object.fromEntries(Object.entries(fields).map(([field, setting]) => [field, defaultValue(setting)])),
    ]),
  );
  // Object.fromEntries forgets the keys; they are those of SECTIONS by construction.
  return { ...(sections as Omit<Settings, 'sources' | 'hosts'>), sources: DEFAULT_SOURCES, hosts: {} };
}

/** A default stands in the data as a person would write it. */
function defaultValue(setting: Setting): unknown {
  return setting.default === null ? null : readSetting(setting, setting.default, 'the defaults', setting.help);
}
