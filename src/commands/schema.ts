import { camel } from './config.ts';
import { CHECK_FLAGS, type Flag } from './flags.ts';
import { HOST_SETTINGS, SECTIONS, type Setting } from './settings.ts';

type Schema = Readonly<Record<string, unknown>>;

const DURATION: Schema = { type: 'string', pattern: '^(0|\\d+(\\.\\d+)?(ms|s|m|h))$' };
const SIZE: Schema = { type: 'string', pattern: '^\\d+(\\.\\d+)?(B|KiB|MiB|GiB)$' };

/** The JSON Schema of linkark.config.json, made from the same data that reads it. */
export function configSchema(): Schema {
  const flags = CHECK_FLAGS.filter((flag) => flag.config !== false);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'linkark.config.json',
    description: 'Settings of linkark. Flags of the command line win over them.',
    type: 'object',
    additionalProperties: false,
    properties: {
      $schema: { type: 'string' },
      sources: {
        type: 'array',
        items: { type: 'string' },
        description: 'the lists: files, folders, globs',
        default: ['sources'],
      },
      ...Object.fromEntries(flags.map((flag) => [camel(flag.name), flagSchema(flag)])),
      ...Object.fromEntries(Object.entries(SECTIONS).map(([name, fields]) => [name, objectOf(fields)])),
      hosts: {
        type: 'object',
        description: 'settings for one host; ".example.org" means that domain and every host below it',
        additionalProperties: objectOf(HOST_SETTINGS),
      },
    },
  };
}

function objectOf(fields: Readonly<Record<string, Setting>>): Schema {
  const properties = Object.entries(fields).map(([name, setting]) => [name, settingSchema(setting)]);
  return { type: 'object', additionalProperties: false, properties: Object.fromEntries(properties) };
}

function settingSchema(setting: Setting): Schema {
  const about = { description: setting.help, ...(setting.default === null ? {} : { default: setting.default }) };
  switch (setting.type) {
    case 'duration':
      return { ...DURATION, ...about };
    case 'size':
      return { ...SIZE, ...about };
    case 'integer':
      return { type: 'integer', minimum: 0, ...about };
    case 'number':
      return { type: 'number', minimum: 0, ...about };
    case 'text':
      return { type: 'string', ...about };
    case 'url':
      return { type: 'string', pattern: '^https?://', ...about };
    case 'headers':
      return { type: 'object', additionalProperties: { type: 'string' }, ...about };
  }
}

function flagSchema(flag: Flag): Schema {
  const one = valueSchema(flag);
  const value = flag.repeat ? { anyOf: [one, { type: 'array', items: one }] } : one;
  const preset =
    flag.default === null ? {} : { default: flag.type.kind === 'integer' ? Number(flag.default) : flag.default };
  return { ...value, description: flag.help, ...preset };
}

function valueSchema({ type }: Flag): Schema {
  switch (type.kind) {
    case 'switch':
      return { type: 'boolean' };
    case 'integer':
      return { type: 'integer', minimum: type.least };
    case 'duration':
      return DURATION;
    case 'size':
      return SIZE;
    case 'choice':
      return { type: 'string', enum: [...type.of] };
    case 'format':
      return { type: 'string', pattern: `^(${type.of.join('|')})(=.+)?$` };
    case 'regex':
      return { type: 'string', format: 'regex' };
    case 'text':
    case 'remap':
    case 'header':
    case 'shard':
      return { type: 'string' };
  }
}
