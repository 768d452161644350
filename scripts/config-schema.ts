/** Writes linkark.config.schema.json from the flags and settings; a test fails when it is stale. */
import { writeFileSync } from 'node:fs';
import { configSchema } from '../src/commands/schema.ts';

/** Lists of words on one line, as the formatter lays them out. */
const text = JSON.stringify(configSchema(), null, 2).replace(
  /\[\s+("[^"]*"(?:,\s+"[^"]*")*)\s+\]/g,
  (_, words: string) => `[${words.replace(/,\s+/g, ', ')}]`,
);

writeFileSync(new URL('../linkark.config.schema.json', import.meta.url), `${text}\n`);
