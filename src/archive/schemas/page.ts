const text = { type: 'string' } as const;
const textOrNull = { type: ['string', 'null'] } as const;
const sizeOrNull = { type: ['integer', 'null'], minimum: 0 } as const;

function object(properties: Record<string, unknown>): Record<string, unknown> {
  return { type: 'object', required: Object.keys(properties), additionalProperties: false, properties };
}

/** JSON Schema (2020-12) of page.json. */
export const PAGE_SCHEMA: Readonly<Record<string, unknown>> = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'linkark/page@1',
  ...object({
    schema: { const: 'linkark/page@1' },
    id: { type: 'string', maxLength: 100, pattern: '^[a-z0-9-]+/[A-Za-z0-9._~-]+$' },
    url: text,
    platform: text,
    title: textOrNull,
    author: textOrNull,
    account: textOrNull,
    published: textOrNull,
    updated: textOrNull,
    captured: {
      type: 'string',
      pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?(?:Z|[+-]\\d\\d:\\d\\d)$',
    },
    language: textOrNull,
    note: textOrNull,
    partial: { type: 'boolean' },
    original: textOrNull,
    source: object({
      status: { type: 'integer' },
      finalUrl: text,
      sha256: { type: ['string', 'null'], pattern: '^[0-9a-f]{64}$' },
    }),
    contentHash: { type: 'string', pattern: '^[0-9a-f]{64}$' },
    text,
    markdown: text,
    html: text,
    pictures: {
      type: 'array',
      items: object({
        url: text,
        alt: text,
        asset: { type: ['string', 'null'], pattern: '^assets/[0-9a-f]{2}/[0-9a-f]{64}\\.[a-z0-9]+$' },
        width: sizeOrNull,
        height: sizeOrNull,
        bytes: sizeOrNull,
        type: textOrNull,
      }),
    },
  }),
};
