/**
 * Nights over a changing web, through the real program, beside GNU Wget over the same nights:
 * `npm run build && npx tsx bench/nights/run.ts [--nights 50] [--links 30] [--seed 1] [--cli dist/cli.js]`.
 * One archive is killed at random moments (kill -9) and gone on with; another is left alone, and is what CPU and size
 * are measured on. Ends with 1 where a version is lost, a good one was overwritten, or `verify` found a fault.
 */
import { spawn } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openArchive } from '../../src/archive/index.ts';
import { numbers } from '../../tests/archive/nights.ts';
import { cleanEnv, root } from '../../tests/world/run-cli.ts';
import { startWorld, type World } from '../../tests/world/world.ts';
import { ChangingWeb, type PageState, sha256 } from './web.ts';

const { values } = parseArgs({
  options: {
    nights: { type: 'string', default: '50' },
    links: { type: 'string', default: '30' },
    seed: { type: 'string', default: '1' },
    cli: { type: 'string', default: join(root, 'dist/cli.js') },
  },
});
const NIGHTS = Number(values.nights);
const CLI = resolve(values.cli);
/** Kills a night at most; a night that ends before its kill is a night. */
const MOST_KILLS = 2;

interface Ran {
  /** User and system time, seconds. */
  cpu: number;
  code: number | null;
  killed: boolean;
  out: string;
}

/** Runs a command; `kill` is told its pid and may end it. */
function run(command: readonly string[], env: NodeJS.ProcessEnv, kill?: (pid: number) => () => void): Promise<Ran> {
  const sums = join(folder, 'time');
  const child = spawn('/usr/bin/time', ['-q', '-f', '%U %S', '-o', sums, ...command], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const out: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => void out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => void out.push(chunk));
  const stop = child.pid === undefined ? undefined : kill?.(child.pid);
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (code) => {
      stop?.();
      const [user = 0, system = 0] = (readFileSync(sums, 'utf8').trimEnd().split('\n').at(-1) ?? '')
        .split(' ')
        .map(Number);
      // GNU time ends with 128 and the signal's number where its command was killed.
      done({ cpu: user + system, code, killed: code === 137, out: Buffer.concat(out).toString('utf8') });
    });
  });
}

const check = (archive: string): string[] => [
  ...[
    process.execPath,
    CLI,
    'check',
    'list.md',
    '--archive',
    archive,
    '--fail-on',
    'never',
    '--quiet',
    '--no-progress',
  ],
  ...['--host-request-interval', '1ms', '--retry-wait-time', '20ms', '--max-retries', '1'],
];

/** Ends the program inside GNU time once the world was asked so often, or, with 0 more requests, after so long. */
function killer(world: World, requests: number, afterMs: number): (pid: number) => () => void {
  const from = world.log.length;
  return (pid) => {
    let due: number | null = null;
    const timer = setInterval(() => {
      if (due === null && world.log.length - from >= requests) due = performance.now() + afterMs;
      if (due === null || performance.now() < due) return;
      clearInterval(timer);
      try {
        const [child] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ');
        if (child !== undefined && child !== '') process.kill(Number(child), 'SIGKILL');
      } catch {
        // It has ended by itself.
      }
    }, 1);
    return () => clearInterval(timer);
  };
}

function sizeOf(path: string): number {
  const entries = readdirSync(path, { recursive: true, withFileTypes: true });
  return entries.reduce(
    (sum, entry) => sum + (entry.isFile() ? statSync(join(entry.parentPath, entry.name)).size : 0),
    0,
  );
}

const folder = mkdtempSync(join(tmpdir(), 'linkark-nights-'));
const world = await startWorld();
const env = cleanEnv(world.env);
const web = new ChangingWeb(Number(values.seed), Number(values.links));
web.furnish(world);
writeFileSync(
  join(folder, 'list.md'),
  `# 桥\n\n${web.pages.map(({ url, title }) => `- [${title}](<${url}>)`).join('\n')}\n`,
);
writeFileSync(join(folder, 'list.txt'), `${web.pages.map(({ url }) => url).join('\n')}\n`);
const random = numbers(Number(values.seed) + 7);
const problems: string[] = [];

/** A night with kills: until one run comes to its end. Verified after every stop. */
async function killedNight(night: number): Promise<number> {
  let kills = 0;
  for (let attempt = 0; ; attempt++) {
    const usual = 2 * web.pages.length;
    const late = random(3) === 0;
    const kill =
      attempt < MOST_KILLS
        ? killer(world, late ? web.pages.length : random(usual), random(late ? 400 : 60))
        : undefined;
    const ran = await run(check('killed'), env, kill);
    if (ran.killed) kills++;
    await verify('killed', `night ${night}, attempt ${attempt}`);
    if (!ran.killed && ran.code !== 0) problems.push(`night ${night}: exit ${ran.code}: ${ran.out.slice(-300)}`);
    if (!ran.killed) return kills;
  }
}

async function verify(archive: string, when: string): Promise<void> {
  const { code, out } = await run([process.execPath, CLI, 'verify', '--archive', archive], env);
  if (code !== 0 && !out.includes('there is no archive here yet'))
    problems.push(`${when}: verify: ${out.slice(0, 500)}`);
}

/** Wget over the same pages: page requisites, a WARC a night; with `seen` it leaves out what an earlier night has. */
async function wget(night: number, place: string, dedup: boolean): Promise<number> {
  mkdirSync(join(folder, place), { recursive: true });
  const name = join(place, `night-${String(night).padStart(2, '0')}`);
  const seen = join(folder, `${place}.cdx`);
  const args = [
    ...[
      'wget',
      '--quiet',
      '--input-file=list.txt',
      '--page-requisites',
      '--span-hosts',
      '--delete-after',
      '--no-directories',
    ],
    ...[
      '--directory-prefix=wget-tmp',
      `--warc-file=${name}`,
      '--warc-cdx',
      '--no-warc-keep-log',
      '--execute=robots=off',
    ],
    ...['--tries=2', '--waitretry=0', '--timeout=10', `--ca-certificate=${world.ca}`],
    ...(dedup && night > 0 ? [`--warc-dedup=${seen}`] : []),
  ];
  const { http_proxy, https_proxy } = { http_proxy: world.proxy, https_proxy: world.proxy };
  const { cpu } = await run(args, { ...env, http_proxy, https_proxy });
  const cdx = readFileSync(join(folder, `${name}.cdx`), 'utf8').split('\n');
  appendFileSync(seen, `${(night === 0 ? cdx : cdx.slice(1)).filter((line) => line !== '').join('\n')}\n`);
  rmSync(join(folder, `${name}.cdx`));
  return cpu;
}

/** Every version that ever stood, with its picture, in the order in which they stood, and no other. */
async function compare(archive: string): Promise<number> {
  const opened = await openArchive(join(folder, archive), { readOnly: true });
  const status = await opened.readStatus();
  const ids = new Map(status?.links.map(({ id, url }) => [url, id]));
  let versions = 0;
  for (const page of web.pages) {
    const id = ids.get(page.url) ?? '';
    const kept: string[] = [];
    for (const name of [...(await opened.versions(id)), undefined]) {
      const stored = await opened.readPage(id, name);
      const asset = stored?.pictures[0]?.asset;
      const bytes = asset == null ? null : await opened.readBytes(asset);
      kept.push(`${/这一篇写到第\d+稿为止/.exec(stored?.text ?? '')?.[0]} ${bytes === null ? null : sha256(bytes)}`);
    }
    const stood = page.stood.map(({ words, picture }) => `${words} ${picture}`);
    versions += stood.length;
    if (JSON.stringify(kept) !== JSON.stringify(stood)) problems.push(difference(archive, page, stood, kept));
  }
  await opened.close();
  return versions;
}

function difference(archive: string, page: PageState, stood: readonly string[], kept: readonly string[]): string {
  return `${archive}: ${page.url}:\n  stood ${stood.join(', ')}\n  kept  ${kept.join(', ')}`;
}

const totals = {
  kills: 0,
  linkark: 0,
  wget: 0,
  dedup: 0,
  quiet: 0,
  quietBytes: 0,
  events: {} as Record<string, number>,
};
const sizes = { first: 0, last: 0, killed: 0 };
let first = { linkark: 0, wget: 0 };
for (let night = 0; night < NIGHTS; night++) {
  const before = web.pages.reduce((sum, { stood }) => sum + stood.length, 0);
  for (const [name, count] of Object.entries(web.next(night))) totals.events[name] = (totals.events[name] ?? 0) + count;
  const news = web.pages.reduce((sum, { stood }) => sum + stood.length, 0) - before;
  totals.kills += await killedNight(night);
  const plain = await run(check('plain'), env);
  if (plain.code !== 0) problems.push(`night ${night}: exit ${plain.code}: ${plain.out.slice(-300)}`);
  await verify('plain', `night ${night}`);
  const [simple, dedup] = [await wget(night, 'wget', false), await wget(night, 'wget-dedup', true)];
  totals.linkark += plain.cpu;
  totals.wget += simple;
  totals.dedup += dedup;
  const size = sizeOf(join(folder, 'plain'));
  if (night === 0) {
    first = { linkark: plain.cpu, wget: simple };
    sizes.first = size;
  } else if (news === 0) {
    totals.quiet++;
    totals.quietBytes += size - sizes.last;
  }
  sizes.last = size;
  console.error(
    `night ${night + 1}: ${news} new versions, ${totals.kills} kills so far, ${size} bytes, ${problems.length} problems`,
  );
}
const versions = await compare('plain');
await compare('killed');
sizes.killed = sizeOf(join(folder, 'killed'));
await world.close();

const mb = (bytes: number): string => (bytes / 1e6).toFixed(2);
const perNight = (total: number, once: number): string => ((total - once) / Math.max(1, NIGHTS - 1)).toFixed(2);
const evidence = sizeOf(join(folder, 'plain/warc'));
console.log(`${NIGHTS} nights, ${web.pages.length} pages, ${JSON.stringify(totals.events)}, ${totals.kills} kills.
${versions} versions stood in all. Problems: ${problems.length === 0 ? 'none' : problems.length}.

| | CPU s, first night | CPU s a later night | MB after night 1 | MB after night ${NIGHTS} |
| --- | ---: | ---: | ---: | ---: |
| linkark, whole archive | ${first.linkark.toFixed(2)} | ${perNight(totals.linkark, first.linkark)} | ${mb(sizes.first)} | ${mb(sizes.last)} |
| of which WARC | | | | ${mb(evidence)} |
| linkark, killed ${totals.kills} times | | | | ${mb(sizes.killed)} |
| wget --warc-file | ${first.wget.toFixed(2)} | ${perNight(totals.wget, first.wget)} | | ${mb(sizeOf(join(folder, 'wget')))} |
| wget --warc-file --warc-dedup | | ${perNight(totals.dedup, first.wget)} | | ${mb(sizeOf(join(folder, 'wget-dedup')))} |

Nights without a new version: ${totals.quiet}; they added ${totals.quietBytes} bytes together.`);
for (const problem of problems) console.log(`✗ ${problem}`);
if (problems.length === 0) rmSync(folder, { recursive: true, force: true });
else console.log(`The folder stays: ${folder}`);
process.exitCode = problems.length === 0 ? 0 : 1;
