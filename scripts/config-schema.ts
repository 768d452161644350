/** Writes linkark.config.schema.json from the flags and settings; a test fails when it is stale. */
import { writeFileSync } from 'node:fs';
import { configSchema } from '../src/commands/schema.ts';

writeFileSync(
  new URL('../linkark.config.schema.json', import.meta.url),
  `${JSON.stringify(configSchema(), null, 2)}\n`,
);
