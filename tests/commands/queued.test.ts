import { describe, expect, test } from 'vitest';
import { parseConfig } from '../../src/commands/config.ts';
import { readOptions } from '../../src/commands/options.ts';
import { askingOf, workerAsking } from '../../src/commands/queued.ts';
import { COMMANDS } from '../../src/commands/registry.ts';

const optionsOf = (name: string, ...argv: string[]) =>
  readOptions(COMMANDS.find((command) => command.name === name)?.flags ?? [], argv);
const settingsOf = (config: object) => parseConfig(JSON.stringify(config), 'c.json').settings;
const NOTHING = settingsOf({});

/** What a run says, as it comes out of the queue. */
const travelled = (settings: object, ...argv: string[]): unknown =>
  JSON.parse(JSON.stringify(askingOf(optionsOf('enqueue', ...argv), settingsOf(settings))));

describe('how a worker asks', () => {
  test('as the run says, but first as it was told itself', () => {
    const run = travelled({}, '--timeout', '5s', '--max-retries', '1', '--robots', '--user-agent', 'run/1');
    const { options } = workerAsking(run, optionsOf('worker'), NOTHING);
    expect([options.amount('timeout'), options.amount('max-retries'), options.on('robots')]).toEqual([5000, 1, true]);
    expect([options.word('user-agent'), options.on('insecure')]).toEqual(['run/1', false]);
    expect([options.given('timeout'), options.given('host-request-interval')]).toEqual([true, false]);
    expect(options.amount('host-request-interval')).toBe(1000);

    const own = optionsOf('worker', '--timeout', '9s', '--insecure', '--user-agent', 'own/1', '--header', 'A: b');
    const mixed = workerAsking(run, own, NOTHING).options;
    expect([mixed.amount('timeout'), mixed.on('insecure'), mixed.word('user-agent')]).toEqual([9000, true, 'own/1']);
    expect(mixed.headers('header')).toEqual([['A', 'b']]);
    expect(mixed.given('insecure')).toBe(true);
  });

  test('secrets do not travel with a run; a worker has its own', () => {
    const hosts = { 'a.example': { interval: '5s', headers: { authorization: 'secret' }, cookies: 'secret.txt' } };
    const run = travelled({ hosts }, '--exclude', 'x');
    expect(JSON.stringify(run)).not.toContain('secret');
    const own = {
      'a.example': { headers: { authorization: 'mine' } },
      'b.example': { cookies: 'b.txt', interval: '9s' },
    };
    const argv = ['--cookies', 'jar.txt', '--ca', 'own.pem'];
    const { options, settings } = workerAsking(run, optionsOf('worker', ...argv), settingsOf({ hosts: own }));
    expect(settings.hosts).toEqual({
      'a.example': { interval: 5000, headers: { authorization: 'mine' } },
      'b.example': { cookies: 'b.txt' },
    });
    expect([options.text('cookies'), options.text('ca')]).toEqual(['jar.txt', 'own.pem']);
  });

  test.each([null, 'words', {}, { flags: [] }])('%j is not how a run asks', (asking) => {
    expect(() => workerAsking(asking, optionsOf('worker'), NOTHING)).toThrow('says not how to ask');
  });
});
