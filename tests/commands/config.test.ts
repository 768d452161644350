import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { parseConfig } from '../../src/commands/config.ts';
import { CHECK_FLAGS } from '../../src/commands/flags.ts';
import { readOptions, UsageError } from '../../src/commands/options.ts';
import { configSchema } from '../../src/commands/schema.ts';

const bad = (text: string) => {
  try {
    parseConfig(text, 'linkark.config.json');
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  throw new Error('it was taken');
};

describe('linkark.config.json', () => {
  test('an empty one means the defaults', () => {
    const { settings, flags } = parseConfig('{}', 'linkark.config.json');
    expect(flags.size).toBe(0);
    expect(settings.sources).toEqual(['sources']);
    expect(settings.pace).toEqual({ retryAfterCap: 300_000, due: 604_800_000, restAfter: 6 });
    expect(settings.health.failureHours).toBe(48);
  });

  test('flags in camelCase, settings in sections, hosts by name', () => {
    const text = JSON.stringify({
      $schema: './x.json',
      sources: ['notes', 'a.md'],
      hostRequestInterval: '2s',
      exclude: ['^https://a', 'b$'],
      noImages: true,
      health: { failureHours: 72 },
      hosts: { '.example.org': { interval: '5s', headers: { 'x-a': 'b' }, language: 'en' } },
    });
    const { settings, flags } = parseConfig(text, 'c.json');
    expect(settings.sources).toEqual(['notes', 'a.md']);
    expect(settings.health.failureHours).toBe(72);
    expect(settings.hosts['.example.org']).toEqual({ interval: 5000, headers: { 'x-a': 'b' }, language: 'en' });
    const options = readOptions(CHECK_FLAGS, [], flags);
    expect(options.number('host-request-interval')).toBe(2000);
    expect(options.regexes('exclude')).toHaveLength(2);
    expect(options.on('no-images')).toBe(true);
  });

  test('settings of every kind are taken as they are written', () => {
    const { settings } = parseConfig(
      JSON.stringify({
        budget: { run: '5MiB' },
        wayback: { api: 'https://wayback.example/', interval: '0' },
        secondOpinion: { proxy: 'http://proxy.example:8080' },
        hosts: { a: { concurrency: 3, cookies: 'a.txt', headers: {} } },
      }),
      'c.json',
    );
    expect(settings.budget).toEqual({ run: 5 * 1024 * 1024, archive: 900 * 1024 * 1024, file: 50 * 1024 * 1024 });
    expect(settings.wayback).toEqual({ api: 'https://wayback.example/', interval: 0 });
    expect(settings.secondOpinion.proxy).toBe('http://proxy.example:8080');
    expect(settings.hosts.a).toEqual({ concurrency: 3, cookies: 'a.txt', headers: {} });
  });

  test('the command line wins', () => {
    const { flags } = parseConfig('{"timeout":"2s"}', 'c.json');
    expect(readOptions(CHECK_FLAGS, ['--timeout', '9s'], flags).number('timeout')).toBe(9000);
  });

  test.each([
    ['{"constructor": 3}', 'linkark.config.json: constructor is no known key'],
    ['{"health": {"toString": 3}}', 'linkark.config.json: health.toString is no known key'],
    ['{"maxConcurency": 3}', 'linkark.config.json: maxConcurency is no known key; did you mean "maxConcurrency"?'],
    ['{"maxConcurrency": "3"}', 'linkark.config.json: maxConcurrency must be a number'],
    ['{"timeout": "soon"}', 'linkark.config.json: timeout: "soon" is no duration: write 500ms, 1s, 2m or 1h'],
    ['{"exclude": ["a", "("]}', 'linkark.config.json: exclude[1]: "(" is no regular expression'],
    [
      '{"health": {"failureHour": 3}}',
      'linkark.config.json: health.failureHour is no known key; did you mean "failureHours"?',
    ],
    [
      '{"hosts": {"a.b": {"intervall": "1s"}}}',
      'linkark.config.json: hosts.a.b.intervall is no known key; did you mean "interval"?',
    ],
    ['{"hosts": {"a.b": {"interval": 3}}}', 'linkark.config.json: hosts.a.b.interval: 3 must be a text like "1s"'],
    ['{"sources": "notes"}', 'linkark.config.json: sources must be a list of texts, like ["…"]'],
    ['[]', 'linkark.config.json: the file must be an object, like { … }'],
    ['{"hosts": []}', 'linkark.config.json: hosts must be an object'],
    ['{"hosts": {"a.b": {"headers": {"x": 1}}}}', 'hosts.a.b.headers: {"x":1} must be an object of texts'],
    ['{"hosts": {"a.b": {"headers": null}}}', 'hosts.a.b.headers: null must be an object of texts'],
    ['{"hosts": {"a.b": {"cookies": 1}}}', 'hosts.a.b.cookies: 1 must be a text'],
    ['{"hosts": {"a.b": {"concurrency": "2"}}}', 'hosts.a.b.concurrency: "2" must be a whole number'],
    ['{"hosts": {"a.b": {"concurrency": 1.5}}}', 'hosts.a.b.concurrency: "1.5" is no whole number from 0 up'],
    ['{"budget": {"run": 5}}', 'budget.run: 5 must be a text like "32MiB"'],
    ['{"budget": {"run": "5"}}', 'budget.run: "5" is no size'],
    ['{"health": {"failureHours": -1}}', 'health.failureHours: -1 must be a number from 0 up'],
    ['{"health": {"failureHours": "1"}}', 'health.failureHours: "1" must be a number from 0 up'],
    ['{"wayback": {"api": "ftp://a"}}', 'wayback.api: "ftp://a" must be an address like "https://…"'],
    ['{"wayback": {"api": "https://"}}', 'wayback.api: "https://" must be an address'],
    ['{"wayback": {"api": 7}}', 'wayback.api: 7 must be an address'],
    ['{"zzzzzzzzzzzz": 1}', 'linkark.config.json: zzzzzzzzzzzz is no known key'],
    ['{"noImages": "yes"}', 'linkark.config.json: noImages must be a boolean'],
    ['{"output": 1}', 'linkark.config.json: output must be a text'],
    ['{"sources": [1]}', 'linkark.config.json: sources must be a list of texts'],
    ['{"a":', 'linkark.config.json: no valid JSON'],
  ])('%s is an error with its path', (text, message) => {
    expect(bad(text)).toContain(message);
  });

  test('its JSON Schema is the one that stands in the project', () => {
    const stored: unknown = JSON.parse(
      readFileSync(new URL('../../linkark.config.schema.json', import.meta.url), 'utf8'),
    );
    expect(stored).toEqual(JSON.parse(JSON.stringify(configSchema())));
  });

  test('the schema takes and refuses what the program does', () => {
    const ajv = new Ajv2020();
    addFormatsModule.default(ajv);
    const validate = ajv.compile(configSchema());
    expect(validate({ timeout: '3s', hosts: { 'a.b': { interval: '1s' } }, health: { failureHours: 3 } })).toBe(true);
    expect(validate({ maxConcurency: 3 })).toBe(false);
    expect(validate({ timeout: 'soon' })).toBe(false);
  });
});
