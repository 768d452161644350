import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const ROOT = new URL('../../', import.meta.url);

/** Licences that let linkark be used under its own. */
const FITTING = new Set([
  'MIT',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  '0BSD',
  'BlueOak-1.0.0',
  'Unlicense',
  'CC0-1.0',
  'Python-2.0',
]);

interface Locked {
  dev?: boolean;
  license?: string;
}

interface Manifest {
  license?: string;
  scripts?: Record<string, string>;
}

const lock = JSON.parse(readFileSync(new URL('package-lock.json', ROOT), 'utf8')) as {
  packages: Record<string, Locked>;
};
/** What comes along where linkark is installed; those for other systems are in the lock file only. */
const shipped = Object.entries(lock.packages).filter(([path, { dev }]) => path !== '' && dev !== true);

function manifestOf(path: string): Manifest | null {
  const file = new URL(`${path}/package.json`, ROOT);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Manifest) : null;
}

test('there are packages to look at, and most of them are installed', () => {
  expect(shipped.length).toBeGreaterThan(20);
  expect(shipped.filter(([path]) => manifestOf(path) !== null).length).toBeGreaterThan(shipped.length / 2);
});

test('every package that is installed with linkark has a licence that fits', () => {
  const odd = shipped.flatMap(([path, { license }]) => {
    const named = manifestOf(path)?.license ?? license ?? 'none';
    return FITTING.has(named) ? [] : [`${path}: ${named}`];
  });
  expect(odd).toEqual([]);
});

test('none of them needs its install script run, but esbuild, which works without', () => {
  const scripted = shipped.filter(([path]) => {
    const scripts = manifestOf(path)?.scripts ?? {};
    return ['preinstall', 'install', 'postinstall'].some((name) => scripts[name] !== undefined);
  });
  expect(scripted.map(([path]) => path).filter((path) => !/(?:^|\/)node_modules\/esbuild$/.test(path))).toEqual([]);
});
