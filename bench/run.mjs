// Speed beside the peers on a loopback origin: `node bench/run.mjs --help` tells the flags. Rounds are interleaved: every
// tool once, then every tool again; what is told are medians. Peers from npm are installed into bench/peers on demand;
// linkchecker and wget are used where they are found.
import { execFileSync, fork, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeLinks } from './origin.mjs';

const HERE = import.meta.dirname;
const PEERS = join(HERE, 'peers');
const NPM_PEERS = ['linkinator@7', 'markdown-link-check@3', 'check-links@2'];

const { values } = readFlags({
  options: {
    help: { type: 'boolean' },
    list: { type: 'string', multiple: true, default: ['small:1000:200', 'medium:1000:200', 'mixed:1000:200'] },
    tools: { type: 'string', default: 'floor,linkark,linkinator,check-links,markdown-link-check,linkchecker,wget' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '300' },
    cli: { type: 'string', default: join(HERE, '..', 'dist', 'cli.js') },
    json: { type: 'string' },
  },
});
if (values.help) usage(0);

const folder = mkdtempSync(join(tmpdir(), 'linkark-bench-'));
// linkchecker, started by root, works as nobody.
chmodSync(folder, 0o755);

/** How each tool is called, and how its output names what it holds for broken. */
const TOOLS = {
  floor: { call: ({ list }) => ['node', join(HERE, 'floor.mjs'), list], broken: (out) => lines(out) },
  linkark: { call: linkark, broken: (_out, { report }) => linkarkBroken(report) },
  'linkark-second': { call: linkark, broken: (_out, { report }) => linkarkBroken(report) },
  linkinator: {
    call: ({ page }) => [bin('linkinator'), page, '--format', 'json', '--concurrency', '64', '--retry'],
    broken: (out) => JSON.parse(out).links.flatMap((link) => (link.state === 'BROKEN' ? [link.url] : [])),
  },
  'markdown-link-check': {
    call: ({ list, settings }) => [bin('markdown-link-check'), '--quiet', '--config', settings, list],
    broken: (out) => [...out.matchAll(/\[✖\] (\S+)/g)].map(([, url]) => url),
  },
  linkchecker: {
    call: ({ page, settings }) => [
      ...[
        'linkchecker',
        '--config',
        `${settings}.ini`,
        '--no-robots',
        '--check-extern',
        '-r1',
        '-t64',
        '--no-warnings',
      ],
      ...['-o', 'csv', `file://${page}`],
    ],
    broken: (out) => lines(out).flatMap((line) => (/;(?:False);/.test(line) ? [line.split(';')[0]] : [])),
  },
  'check-links': {
    call: ({ plain }) => ['node', join(HERE, 'check-links.mjs'), plain, PEERS],
    broken: (out) => lines(out),
  },
  // Archiving: `--tools floor-archive,linkark-archive,wget-warc --list mixed:1000:200`.
  'floor-archive': { call: ({ list }) => ['node', join(HERE, 'floor-archive.mjs'), list], broken: (out) => lines(out) },
  'linkark-archive': {
    call: (files) => linkark(files).filter((word) => !KEEPS_NOTHING.has(word)),
    broken: (_out, { report }) => linkarkBroken(report),
  },
  'linkark-archive-second': {
    call: (files) => TOOLS['linkark-archive'].call(files),
    broken: (_out, { report }) => linkarkBroken(report),
  },
  'wget-warc': {
    call: ({ plain }) => [
      ...['wget', '--no-verbose', '--tries=2', '--timeout=30', '--output-document=/dev/null', '--warc-cdx'],
      ...[`--warc-file=${plain}`, '-i', plain],
    ],
    broken: null,
  },
  wget: {
    call: ({ plain }) => ['wget', '--spider', '--no-verbose', '--tries=2', '--timeout=30', '-i', plain],
    broken: null,
  },
};

const KEEPS_NOTHING = new Set(['--no-snapshots', '--no-warc']);

function linkark({ list, archive, report }) {
  return [
    ...['node', values.cli, 'check', list, '--archive', archive, '--allow-private', '--no-snapshots', '--no-warc'],
    ...['--host-request-interval', '0ms', '--retry-wait-time', '100ms', '--no-progress', '--quiet'],
    ...['--fail-on', 'never', '--format', `json=${report}`],
  ];
}

function linkarkBroken(report) {
  const { links } = JSON.parse(readFileSync(report, 'utf8'));
  return links.flatMap(({ url, verdict }) => (verdict === 'alive' || verdict === 'moved' ? [] : [url]));
}

function lines(text) {
  return text.split('\n').filter((line) => line !== '');
}

function bin(name) {
  return join(PEERS, 'node_modules', '.bin', name);
}

function readFlags(config) {
  try {
    return parseArgs(config);
  } catch (error) {
    process.stderr.write(`${error.message}\n\n`);
    return usage(3);
  }
}

function usage(exitCode) {
  process.stdout.write(`node bench/run.mjs: linkark beside its peers on a loopback origin

  --list KIND:LINKS:HOSTS  small, medium, large or mixed pages; may be given again (small:1000:200 …)
  --tools A,B              the tools to run, from TOOLS in this file; archiving: floor-archive,linkark-archive,wget-warc
  --rounds N               rounds, interleaved; medians are told (3)
  --seconds N              the most that one tool may take (300)
  --cli FILE               the program to measure (dist/cli.js)
  --json FILE              writes the figures as JSON too
`);
  process.exit(exitCode);
}

/** Runs one tool; CPU seconds (user and system, children included), wall seconds, highest resident memory in MB. */
function measure(command) {
  const sums = join(folder, 'time');
  return new Promise((resolve) => {
    const args = ['-f', '%U %S %e %M', '-o', sums, 'timeout', values.seconds, ...command];
    const child = spawn('/usr/bin/time', args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    const out = [];
    child.stdout.on('data', (chunk) => out.push(chunk));
    child.stderr.on('data', (chunk) => command[0] === 'wget' && out.push(chunk));
    child.on('close', () => {
      const [user, system, wall, peak] = lines(readFileSync(sums, 'utf8')).at(-1).split(' ').map(Number);
      resolve({ cpu: user + system, wall, memory: peak / 1024, out: Buffer.concat(out).toString('utf8') });
    });
  });
}

/** Files of one list in the shapes that the tools read. */
function prepare(links, round, name) {
  const at = (ending) => join(folder, `${name}-${round}${ending}`);
  const files = {
    list: at('.md'),
    page: at('.html'),
    plain: at('.txt'),
    settings: at('.json'),
    report: at('.out.json'),
  };
  writeFileSync(files.list, `# Links\n\n${links.map(({ url }, index) => `- [link ${index}](${url})`).join('\n')}\n`);
  writeFileSync(files.page, `<!doctype html>\n${links.map(({ url }) => `<a href="${url}">link</a>`).join('\n')}\n`);
  writeFileSync(files.plain, `${links.map(({ url }) => url).join('\n')}\n`);
  writeFileSync(files.settings, JSON.stringify({ retryOn429: true, retryCount: 3, timeout: '30s' }));
  writeFileSync(`${files.settings}.ini`, '[checking]\nmaxrequestspersecond=1000\n');
  return { ...files, archive: join(folder, `${name}-archive`) };
}

/** Links that were told to be what they are not, or were never asked for. */
function wrong(tool, sample, links, files, asked) {
  const { broken } = TOOLS[tool];
  if (broken === null) return null;
  try {
    const said = new Set(broken(sample.out, files));
    return links.filter(({ url, alive }) => said.has(url) === alive || !asked.has(url.slice('http://'.length))).length;
  } catch (error) {
    return `unreadable: ${String(error).slice(0, 80)}`;
  }
}

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

async function benchList(origin, port, spec) {
  const [kind, count, hosts] = spec.split(':').map((part, at) => (at === 0 ? part : Number(part)));
  const links = makeLinks(kind, count, hosts, port);
  const tools = values.tools.split(',');
  const samples = new Map(tools.map((tool) => [tool, []]));
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const tool of tools) {
      const files = prepare(links, round, kind);
      await forget(origin);
      if (tool.startsWith('linkark') && !tool.endsWith('-second'))
        rmSync(files.archive, { recursive: true, force: true });
      const sample = await measure(TOOLS[tool].call(files));
      const asked = new Set(await forget(origin));
      samples.get(tool).push({ ...sample, out: '', wrong: wrong(tool, sample, links, files, asked) });
    }
  }
  return { spec, count, rows: tools.map((tool) => row(tool, samples.get(tool), count)) };
}

function row(tool, samples, count) {
  const of = (pick) => median(samples.map(pick));
  return {
    tool,
    wrong: samples[0].wrong,
    cpuPerThousand: (of(({ cpu }) => cpu) * 1000) / count,
    linksPerSecond: count / of(({ wall }) => wall),
    memory: of(({ memory }) => memory),
  };
}

function forget(origin) {
  return new Promise((resolve) => {
    origin.once('message', resolve);
    origin.send('forget');
  });
}

function print({ spec, rows }) {
  const floor = rows.find(({ tool }) => tool.startsWith('floor'))?.cpuPerThousand ?? Number.NaN;
  process.stdout.write(`\n${spec} (kind:links:hosts)\n\n`);
  process.stdout.write('| tool | wrong answers | CPU s per 1000 links | to the floor | links/s | peak MB |\n');
  process.stdout.write('| --- | ---: | ---: | ---: | ---: | ---: |\n');
  for (const { tool, wrong: faults, cpuPerThousand, linksPerSecond, memory } of rows) {
    const cells = [
      ...[tool, faults ?? '—', cpuPerThousand.toFixed(2), `${(cpuPerThousand / floor).toFixed(2)}×`],
      ...[linksPerSecond.toFixed(0), memory.toFixed(0)],
    ];
    process.stdout.write(`| ${cells.join(' | ')} |\n`);
  }
}

const asked = values.tools.split(',');
if (NPM_PEERS.some((peer) => asked.includes(peer.split('@')[0]))) {
  if (!existsSync(PEERS)) {
    mkdirSync(PEERS, { recursive: true });
    writeFileSync(join(PEERS, 'package.json'), '{"private":true}\n');
    execFileSync('npm', ['install', '--no-audit', '--no-fund', ...NPM_PEERS], { cwd: PEERS, stdio: 'ignore' });
  }
}
const origin = fork(join(HERE, 'origin.mjs'), { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
const port = await new Promise((resolve) => origin.stdout.once('data', (data) => resolve(Number(data))));
try {
  const results = [];
  for (const spec of values.list) {
    const result = await benchList(origin, port, spec);
    print(result);
    results.push(result);
  }
  if (values.json) writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`);
} finally {
  origin.disconnect();
  rmSync(folder, { recursive: true, force: true });
}
