import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { expect, test } from 'vitest';
import { render } from '../../src/report/index.ts';
import { HOSTILE, inputOf, link, MIXED } from './scene.ts';

const text = {
  type: 'object',
  required: ['text'],
  additionalProperties: false,
  properties: { text: { type: 'string', minLength: 1 } },
};
const level = { enum: ['none', 'note', 'warning', 'error'] };
const count = { type: 'integer', minimum: 1 };

/**
 * The part of SARIF 2.1.0 (OASIS standard, sections 3.13 to 3.52) that this report uses, and stricter than it: no
 * property that is not named here. Written for this test; the OASIS schema itself is not at hand.
 */
const SCHEMA = {
  type: 'object',
  required: ['version', 'runs'],
  additionalProperties: false,
  properties: {
    $schema: { type: 'string', format: 'uri' },
    version: { const: '2.1.0' },
    runs: { type: 'array', minItems: 1, items: { $ref: '#/$defs/run' } },
  },
  $defs: {
    run: {
      type: 'object',
      required: ['tool', 'results'],
      additionalProperties: false,
      properties: {
        tool: {
          type: 'object',
          required: ['driver'],
          additionalProperties: false,
          properties: {
            driver: {
              type: 'object',
              required: ['name', 'rules'],
              additionalProperties: false,
              properties: {
                name: { type: 'string' },
                rules: { type: 'array', uniqueItems: true, items: { $ref: '#/$defs/rule' } },
              },
            },
          },
        },
        columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
        properties: { type: 'object', additionalProperties: { type: 'integer' } },
        results: { type: 'array', items: { $ref: '#/$defs/result' } },
      },
    },
    rule: {
      type: 'object',
      required: ['id'],
      additionalProperties: false,
      properties: {
        id: { type: 'string', pattern: '^[a-z]+/[a-z0-9-]+$' },
        shortDescription: text,
        defaultConfiguration: { type: 'object', additionalProperties: false, properties: { level } },
      },
    },
    result: {
      type: 'object',
      required: ['ruleId', 'message', 'locations'],
      additionalProperties: false,
      properties: {
        ruleId: { type: 'string' },
        ruleIndex: { type: 'integer', minimum: 0 },
        level,
        message: text,
        locations: { type: 'array', minItems: 1, items: { $ref: '#/$defs/location' } },
        partialFingerprints: { type: 'object', additionalProperties: { type: 'string' } },
      },
    },
    location: {
      type: 'object',
      required: ['physicalLocation'],
      additionalProperties: false,
      properties: {
        physicalLocation: {
          type: 'object',
          required: ['artifactLocation', 'region'],
          additionalProperties: false,
          properties: {
            artifactLocation: {
              type: 'object',
              required: ['uri'],
              additionalProperties: false,
              properties: { uri: { type: 'string', format: 'uri-reference' } },
            },
            region: {
              type: 'object',
              required: ['startLine'],
              additionalProperties: false,
              properties: { startLine: count, startColumn: count },
            },
          },
        },
      },
    },
  },
};

const ajv = new Ajv({ allErrors: true, strict: true });
formats.default(ajv);
const validate = ajv.compile(SCHEMA);

const hostile = HOSTILE.map((words, at) =>
  link({
    id: `web/h-${at}`,
    verdict: 'gone',
    reason: 'not-found',
    title: words,
    url: `https://x.test/${at}#${words}`,
    occurrences: [{ file: `a b/${words}.md`, line: 1, column: 1, raw: words, text: words, heading: null, note: null }],
  }),
);

test.each([
  ['links of every kind', MIXED],
  ['no links', []],
  ['hostile texts and file names', hostile],
])('sarif is SARIF 2.1.0: %s', (_name, links) => {
  for (const language of ['zh', 'en'] as const) {
    expect(validate(JSON.parse(render('sarif', inputOf(links, { language })))), JSON.stringify(validate.errors)).toBe(
      true,
    );
  }
});

test('a file name comes back out of its location as it was', () => {
  const log = JSON.parse(render('sarif', inputOf(hostile))) as {
    runs: { results: { locations: { physicalLocation: { artifactLocation: { uri: string } } }[] }[] }[];
  };
  const [uri] = log.runs.flatMap(({ results }) =>
    results.flatMap(({ locations }) => locations.map((one) => one.physicalLocation.artifactLocation.uri)),
  );
  expect(decodeURIComponent(uri ?? '')).toBe(`a b/${HOSTILE[0]}.md`);
});

test('more results than code scanning takes: the worst are kept, and the rest is counted', () => {
  const links = Array.from({ length: 25_010 }, (_, at) =>
    link({
      id: `web/l-${String(at).padStart(5, '0')}`,
      ...(at < 100 ? { verdict: 'blocked', reason: 'forbidden' } : { verdict: 'gone', reason: 'not-found' }),
    }),
  );
  const [run] = (
    JSON.parse(render('sarif', inputOf(links))) as { runs: { results: { level: string }[]; properties: unknown }[] }
  ).runs;
  expect(run?.results).toHaveLength(25_000);
  expect(run?.results.filter((result) => result.level === 'note')).toHaveLength(90);
  expect(run?.properties).toEqual({ leftOut: 10 });
});
