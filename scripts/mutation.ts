/**
 * Mutation testing of what decides: `npm run mutation -- [options of Stryker]`. Stryker brings some two hundred packages
 * and is wanted once in a while, so it is no dependency: it is installed into node_modules/.cache, with this project's
 * own Vitest. The configuration is stryker.config.json, the findings are in docs/mutation.md.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const VERSION = '9.6.1';
const cache = fileURLToPath(new URL(`../node_modules/.cache/stryker-${VERSION}`, import.meta.url));
const modules = `${cache}/node_modules/@stryker-mutator`;

function run(command: string, args: readonly string[], cwd?: string): void {
  const { status } = spawnSync(command, args, { stdio: 'inherit', ...(cwd === undefined ? {} : { cwd }) });
  if (status !== 0) process.exit(status ?? 1);
}

if (!existsSync(`${modules}/core`)) {
  mkdirSync(cache, { recursive: true });
  writeFileSync(`${cache}/package.json`, '{ "private": true }\n');
  const packages = ['core', 'vitest-runner'].map((name) => `@stryker-mutator/${name}@${VERSION}`);
  // Without its peer: the runner shall find the Vitest that the project has.
  run('npm', ['install', '--no-audit', '--no-fund', '--legacy-peer-deps', ...packages], cache);
}
const plugin = `${modules}/vitest-runner/dist/src/index.js`;
run(process.execPath, [`${modules}/core/bin/stryker.js`, 'run', '--plugins', plugin, ...process.argv.slice(2)]);
