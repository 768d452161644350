import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { readBaseline } from '../../src/commands/baseline.ts';
import { parseConfig } from '../../src/commands/config.ts';
import { CHECK_FLAGS } from '../../src/commands/flags.ts';
import { readOptions, UsageError } from '../../src/commands/options.ts';
import { SECTIONS } from '../../src/commands/settings.ts';
import {
  parseDuration,
  parseHeader,
  parseInteger,
  parseRemap,
  parseShard,
  parseSize,
} from '../../src/commands/values.ts';
import { runs } from '../property.ts';

const folder = mkdtempSync(join(tmpdir(), 'linkark-properties-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const key = fc.oneof(
  fc.constantFrom(
    'sources',
    'hosts',
    'timeout',
    'maxConcurrency',
    'include',
    'quiet',
    '$schema',
    'a.example',
    'headers',
    'interval',
  ),
  fc.constantFrom(...Object.keys(SECTIONS), ...Object.values(SECTIONS).flatMap((fields) => Object.keys(fields))),
  fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty', ''),
);
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<unknown>('1s', '32MiB', '(', 'https://a.example/', 0, 1, -1, 1.5, 1e99, true, null, ''),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.array(fc.tuple(key, tie('value')), { maxLength: 4 }).map((entries) => entries),
  ),
}));
/** JSON by its text, so that a key may be anything, `__proto__` and twice the same included. */
function textOf(item: unknown): string {
  if (!Array.isArray(item)) return JSON.stringify(item);
  const isObject =
    item.length > 0 &&
    item.every((entry) => Array.isArray(entry) && entry.length === 2 && typeof entry[0] === 'string');
  if (!isObject) return `[${item.map(textOf).join(',')}]`;
  return `{${item.map(([name, inner]) => `${JSON.stringify(name)}:${textOf(inner)}`).join(',')}}`;
}
const json = fc.array(fc.tuple(key, value), { minLength: 1, maxLength: 4 }).map(textOf);

it('any configuration is read, or refused in words', () => {
  fc.assert(
    fc.property(fc.oneof(json, fc.string({ maxLength: 20 })), (text) => {
      try {
        const { settings } = parseConfig(text, 'linkark.config.json');
        expect(Object.keys(settings).sort()).toEqual([...Object.keys(SECTIONS), 'hosts', 'sources'].sort());
        expect(Object.getPrototypeOf(settings.hosts)).toBe(Object.prototype);
      } catch (error) {
        expect(error).toBeInstanceOf(UsageError);
        expect(String(error)).toContain('linkark.config.json: ');
      }
    }),
    runs(500),
  );
});

it('any baseline is read, or refused in words', async () => {
  const link = fc.record(
    {
      url: fc.oneof(fc.constantFrom<unknown>('https://a.example/', 'no', 1, null), value),
      verdict: fc.constantFrom('gone', 'alive', null),
      health: fc.constantFrom('dead', 'healthy', 1),
    },
    { requiredKeys: [] },
  );
  const status = fc.record(
    {
      schema: fc.constantFrom('linkark/status@1', 'other'),
      links: fc.oneof(fc.array(fc.oneof(link, fc.constant(null))), fc.constantFrom<unknown>(null, 1, {})),
    },
    { requiredKeys: [] },
  );
  const text = fc.oneof(
    status.map((whole) => JSON.stringify(whole)),
    json,
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.webUrl().map((url) => `list.md:3:1 ${url}\n`),
  );
  await fc.assert(
    fc.asyncProperty(text, async (source) => {
      writeFileSync(join(folder, 'base'), source);
      const options = readOptions(CHECK_FLAGS, ['--baseline', 'base']);
      const terminal = { cwd: folder };
      try {
        for (const url of await readBaseline(options, terminal)) expect(URL.canParse(url)).toBe(true);
      } catch (error) {
        expect(error).toBeInstanceOf(UsageError);
      }
    }),
    runs(200),
  );
});

it('any value of a flag means something or is refused in words', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 15 }),
    fc
      .array(
        fc.constantFrom('1', '0', '.', 's', 'ms', 'h', 'MiB', '/', ':', ' ', '(', '^x', 'X-A', '٣', 'e', '-', '\n'),
        { maxLength: 6 },
      )
      .map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(text, (given) => {
      for (const parse of [parseDuration, parseSize]) {
        const parsed = parse(given);
        expect(parsed.ok ? Number.isFinite(parsed.value) && parsed.value >= 0 : parsed.message !== '').toBe(true);
      }
      const count = parseInteger(given, 1);
      expect(count.ok ? Number.isInteger(count.value) && count.value >= 1 : count.message !== '').toBe(true);
      const shard = parseShard(given);
      if (shard.ok) expect(shard.value.index).toBeLessThanOrEqual(shard.value.of);
      const header = parseHeader(given);
      if (header.ok) expect(header.value.join('')).not.toMatch(/[\r\n]/);
      expect(typeof parseRemap(given).ok).toBe('boolean');
    }),
    runs(500),
  );
});
