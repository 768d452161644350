/**
 * Tries every property for a given time instead of a number of runs, from new seeds:
 * `npm run fuzz -- [SECONDS A PROPERTY, 20] [TEST FILE OR FOLDER…]`. Exits as Vitest does.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

const given = process.argv.slice(2);
const seconds = /^\d+$/.test(given[0] ?? '') ? Number(given.shift()) : 20;
const files = readdirSync('tests', { recursive: true, encoding: 'utf8' })
  .map((path) => `tests/${path.replaceAll('\\', '/')}`)
  .filter((path) => path.endsWith('.test.ts') && readFileSync(path, 'utf8').includes('fc.assert('))
  .filter((path) => given.length === 0 || given.some((start) => path.startsWith(start)))
  .sort();

process.stdout.write(`${files.length} files of property tests, ${seconds} s a property\n`);
const { status } = spawnSync('npx', ['vitest', 'run', ...files], {
  stdio: 'inherit',
  env: { ...process.env, LINKARK_FUZZ: String(seconds) },
});
process.exitCode = status ?? 1;
