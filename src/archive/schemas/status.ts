import { HEALTHS, REASONS } from '../../types.ts';

const text = { type: 'string' } as const;
const textOrNull = { type: ['string', 'null'] } as const;
const time = {
  type: 'string',
  pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?(?:Z|[+-]\\d\\d:\\d\\d)$',
} as const;
const timeOrNull = { ...time, type: ['string', 'null'] } as const;
const count = { type: 'integer', minimum: 0 } as const;
const verdicts = Object.keys(REASONS);

function object(properties: Record<string, unknown>, orNull = false): Record<string, unknown> {
  return {
    type: orNull ? ['object', 'null'] : 'object',
    required: Object.keys(properties),
    additionalProperties: false,
    properties,
  };
}

const occurrence = object({
  file: text,
  line: { type: 'integer', minimum: 1 },
  column: { type: 'integer', minimum: 1 },
  raw: text,
  text,
  heading: textOrNull,
  note: textOrNull,
});

const evidence = object(
  {
    status: { type: ['integer', 'null'] },
    finalUrl: textOrNull,
    hops: { type: 'array', items: object({ url: text, status: { type: 'integer' } }) },
    marker: textOrNull,
    via: { enum: ['http', 'api', 'browser'] },
    ms: { type: 'number', minimum: 0 },
  },
  true,
);

const snapshot = object(
  {
    path: { type: 'string', pattern: '^pages/[^/]+/[^/]+/page\\.md$' },
    capturedAt: time,
    sha256: { type: 'string', pattern: '^[0-9a-f]{64}$' },
    versions: { type: 'integer', minimum: 1 },
    images: count,
  },
  true,
);

const link = {
  ...object({
    id: { type: 'string', maxLength: 100, pattern: '^[a-z0-9-]+/[A-Za-z0-9._~-]+$' },
    url: text,
    platform: text,
    occurrences: { type: 'array', items: occurrence },
    verdict: { enum: verdicts },
    reason: { enum: [...new Set(Object.values(REASONS).flat())] },
    evidence,
    health: { enum: [...HEALTHS] },
    since: timeOrNull,
    checkedAt: timeOrNull,
    lastAlive: timeOrNull,
    failures: count,
    title: textOrNull,
    author: textOrNull,
    published: textOrNull,
    snapshot,
    suggestion: object({ url: text, kind: { enum: ['redirect', 'snapshot', 'wayback'] } }, true),
  }),
  oneOf: Object.entries(REASONS).map(([verdict, reasons]) => ({
    properties: { verdict: { const: verdict }, reason: { enum: [...reasons] } },
  })),
};

/** JSON Schema (2020-12) of status.json. */
export const STATUS_SCHEMA: Readonly<Record<string, unknown>> = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'linkark/status@1',
  ...object({
    schema: { const: 'linkark/status@1' },
    run: object({
      id: text,
      startedAt: time,
      finishedAt: time,
      complete: { type: 'boolean' },
      counts: object(Object.fromEntries(['links', ...verdicts].map((name) => [name, count]))),
    }),
    links: { type: 'array', items: link },
  }),
};
