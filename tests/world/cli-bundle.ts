import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from './run-cli.ts';

/**
 * Before all tests: joins the program's own source into one script, so that the many runs of it as a child process do not
 * compile it each time anew. Packages are loaded from node_modules as ever. Gives back what takes the script away again.
 */
export default async function bundleCli(): Promise<() => void> {
  // As deep below the root as src/commands is, for the program reads its version from package.json.
  const outdir = join(root, 'node_modules', `.linkark-test-${process.pid}`);
  await build({
    absWorkingDir: root,
    entryPoints: ['src/cli.ts'],
    outdir,
    bundle: true,
    splitting: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'node20.18',
    outExtension: { '.js': '.mjs' },
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  process.env.LINKARK_TEST_CLI = join(outdir, 'cli.mjs');
  return () => rmSync(outdir, { recursive: true, force: true });
}
