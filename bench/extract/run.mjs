// npm run bench:extract [-- SETS [EXTRACTORS]], names joined by commas (--help tells them): measures extraction beside
// its peers and writes the table into docs/benchmarks.md. Rows of what is not named stay as they are.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = join(HERE, '../..');
const SHARED = process.env.LINKARK_BENCH ?? join(ROOT, '../shared/bench');
const RUN = join(HERE, '.run');
const DOCS = join(ROOT, 'docs/benchmarks.md');
const SETS = ['aeb', 'gne', 'cwced', 'mh-article', 'wechat', 'misc-zh'];
const RUNNERS = [
  ['linkark', join(HERE, 'linkark.mjs')],
  ['Readability + linkedom', join(RUN, 'extractors/readability-linkedom.mjs')],
  ['Readability + jsdom', join(RUN, 'extractors/readability-jsdom.mjs')],
  ['Defuddle + linkedom', join(RUN, 'extractors/defuddle-linkedom.mjs')],
];

const sets = chosen(process.argv[2], SETS);
const wanted = chosen(
  process.argv[3],
  RUNNERS.map(([name]) => name),
);

if (!existsSync(SHARED)) {
  console.error(`No benchmark data at ${SHARED}; set LINKARK_BENCH to the folder that holds bench.mjs and data/.`);
  process.exit(3);
}
if (!existsSync(join(HERE, 'node_modules'))) {
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: HERE, stdio: 'inherit' });
}
prepare();
for (const [name, file] of RUNNERS) {
  if (!wanted.includes(name)) continue;
  console.log(`\n# ${name}`);
  const options = ['bench.mjs', file, '--name', slug(name), '--data', sets.join(','), '--timeout', '300000'];
  const { status } = spawnSync(process.execPath, options, { cwd: RUN, stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}
const results = RUNNERS.map(([name]) => [
  name,
  wanted.includes(name) ? JSON.parse(readFileSync(join(RUN, 'results', `${slug(name)}.json`), 'utf8')) : { sets: {} },
]);
writeDocs(section(results));

/** The names of an argument, all where there is none; a name that is not known ends the run with those that are. */
function chosen(argument, known) {
  const names = argument?.split(',') ?? known;
  if (names.every((name) => known.includes(name))) return names;
  console.error('npm run bench:extract [-- SETS [EXTRACTORS]], names joined by commas');
  console.error(`sets: ${SETS.join(', ')}; extractors: ${RUNNERS.map(([name]) => name).join(', ')}`);
  process.exit(argument === '--help' ? 0 : 3);
}

/** The harness writes beside itself and its folder may be read-only, so it is copied; the data are only pointed at. */
function prepare() {
  rmSync(RUN, { recursive: true, force: true });
  mkdirSync(RUN, { recursive: true });
  for (const file of readdirSync(SHARED)) {
    if (!file.endsWith('.mjs')) continue;
    const source = readFileSync(join(SHARED, file), 'utf8');
    // Processor time instead of the clock's: the machine may have other work to do.
    const timed = source.replaceAll(
      'performance.now()',
      '(process.cpuUsage().user + process.cpuUsage().system) / 1000',
    );
    writeFileSync(join(RUN, file), file === 'worker.mjs' ? timed : source);
  }
  mkdirSync(join(RUN, 'extractors'));
  for (const file of readdirSync(join(SHARED, 'extractors'))) {
    writeFileSync(join(RUN, 'extractors', file), readFileSync(join(SHARED, 'extractors', file)));
  }
  writeFileSync(join(RUN, 'package.json'), '{"type":"module"}');
  const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
  execFileSync(process.execPath, [compiler, '-p', 'tsconfig.build.json', '--outDir', join(RUN, 'dist')], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  try {
    symlinkSync(join(SHARED, 'data'), join(RUN, 'data'), 'junction');
  } catch {
    cpSync(join(SHARED, 'data'), join(RUN, 'data'), { recursive: true });
  }
}

function slug(name) {
  return name.toLowerCase().replace(/\W+/g, '-');
}

function section(all) {
  const lines = [
    `Measured with Node ${process.version} by \`npm run bench:extract\` on the day at the end of each row; ${versions()}.`,
    'All run one after the other on the same machine, so times of one day compare with one another and with nothing else.',
    'F1, P and R are of the text (4-gram shingles); title, author and date are shares of pages with a known value; time is the',
    "processor's, median a page and 95th percentile; memory is the peak of the process, the runtime included.",
    '',
    '| set | pages | extractor | F1 | P | R | title | author | date | ms 50 / 95 | peak MB | measured |',
    '| - | - | - | - | - | - | - | - | - | - | - | - |',
  ];
  const today = new Date().toISOString().slice(0, 10);
  const before = existsSync(DOCS) ? readFileSync(DOCS, 'utf8').split('\n') : [];
  for (const set of SETS) {
    for (const [name, { sets: found }] of all) {
      const result = found[set];
      if (result === undefined) {
        lines.push(...before.filter((line) => line.startsWith(`| ${set} |`) && line.includes(`| ${name} |`)));
        continue;
      }
      const s = result.by.all;
      const share = (field) => (s[field]?.acc == null ? '–' : `${Math.round(100 * s[field].acc)} %`);
      const fixed = (value) => (Number.isFinite(value) ? value.toFixed(3) : '–');
      lines.push(
        `| ${set} | ${s.n} | ${name} | ${fixed(s.f1)} | ${fixed(s.p)} | ${fixed(s.r)} | ${share('title')} | ${share('author')} | ${share('date')} | ${s.ms50.toFixed(0)} / ${s.ms95.toFixed(0)} | ${result.peakRssMB} | ${today} |`,
      );
    }
  }
  return lines.join('\n');
}

function versions() {
  const version = (name) => JSON.parse(readFileSync(join(HERE, 'node_modules', name, 'package.json'), 'utf8')).version;
  return ['@mozilla/readability', 'linkedom', 'jsdom', 'defuddle'].map((name) => `${name} ${version(name)}`).join(', ');
}

function writeDocs(text) {
  const [open, close] = ['<!-- extraction: written by npm run bench:extract -->', '<!-- /extraction -->'];
  const before = existsSync(DOCS) ? readFileSync(DOCS, 'utf8') : '# Benchmarks\n';
  const block = `${open}\n${text}\n${close}`;
  const [from, to] = [before.indexOf(open), before.indexOf(close)];
  const after =
    from >= 0 && to > from
      ? before.slice(0, from) + block + before.slice(to + close.length)
      : `${before.trimEnd()}\n\n## Extraction\n\n${block}\n`;
  writeFileSync(DOCS, after);
  console.log(`\nwritten to ${DOCS}`);
}
