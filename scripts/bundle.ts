import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';

/**
 * The last step of the build: joins the compiled program and its packages into few files below dist/bin/, which is what
 * dist/cli.js starts from then. Node opens and compiles some eight hundred files otherwise, which takes longer than
 * checking a short list. The library (dist/index.js) stays as the compiler wrote it. See docs/decisions.
 */

const ROOT = join(import.meta.dirname, '..');
const OUT = join(ROOT, 'dist', 'bin');

/** Loaded only where they are asked for, from where the user has installed them. */
const OPTIONAL = ['@keyv/postgres', '@keyv/redis', 'bullmq', 'ioredis'];

const PERMITTED = new Set(['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', '0BSD']);

const CLI = `#!/usr/bin/env node
import { run } from './bin/run.js';

process.exitCode = await run(process.argv.slice(2), process);
`;

/**
 * Of undici the program uses the client of one connection. The package's own index loads all the rest with it, fetch and
 * WebSocket included, which is a tenth of the start of a short run.
 */
const clientOnly: Plugin = {
  name: 'client-only',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^undici$/ }, () => ({ path: 'undici', namespace: 'client-only' }));
    onLoad({ filter: /^undici$/, namespace: 'client-only' }, () => ({
      // The index alone gives the client its `connect`, by which a tunnel through a proxy is asked for.
      contents: `import Client from 'undici/lib/dispatcher/client.js';
        import connect from 'undici/lib/api/api-connect.js';
        Client.prototype.connect = connect;
        export { Client };`,
      resolveDir: ROOT,
    }));
  },
};

/** Packages whose code is in the bundle, as folders below the root. */
function packagesIn(inputs: Iterable<string>): string[] {
  const folders = new Set<string>();
  for (const input of inputs) {
    const found = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input.replaceAll('\\', '/'));
    if (found !== null) folders.add(found[0]);
  }
  return [...folders].sort();
}

/** Name, version and licence of a package; throws where its licence is not one that may be passed on so. */
function notice(folder: string): string {
  const path = join(ROOT, folder);
  const { name, version, license } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')) as Record<
    string,
    string
  >;
  if (license === undefined || !PERMITTED.has(license)) {
    throw new Error(`${name} ${version}: the licence ${license} is not one of ${[...PERMITTED].join(', ')}`);
  }
  const file = readdirSync(path).find((each) => /^licen[cs]e/i.test(each));
  const text = file === undefined ? `Licence: ${license}` : readFileSync(join(path, file), 'utf8').trim();
  return `${name} ${version}\n\n${text}\n`;
}

rmSync(OUT, { recursive: true, force: true });
const { metafile } = await build({
  absWorkingDir: ROOT,
  entryPoints: { run: 'dist/commands/run.js' },
  outdir: OUT,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.18',
  external: OPTIONAL,
  plugins: [clientOnly],
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
  // Packages in CommonJS ask for Node's own modules by require.
  banner: { js: "import{createRequire as __ours}from'node:module';const require=__ours(import.meta.url);" },
});
const notices = packagesIn(Object.keys(metafile.inputs)).map(notice);
if (!existsSync(join(OUT, 'run.js')) || notices.length === 0) throw new Error('the bundle is not what it should be');
writeFileSync(join(OUT, 'THIRD-PARTY-LICENSES.txt'), notices.join(`\n${'-'.repeat(79)}\n\n`));
writeFileSync(join(ROOT, 'dist', 'cli.js'), CLI);
