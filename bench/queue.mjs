// Workers on a real Redis beside one run: `node bench/queue.mjs [--links 2000] [--hosts 100] [--workers 2] [--kind mixed]
// [--interval 200ms] [--lease 10s] [--no-kill] [--no-snapshots] [--cli dist/cli.js]`. One worker is killed with -9 in the middle. Tells
// whether a link was lost, whether the result is that of one run, and the least time between two requests to one host: as
// the origin saw them, and as Redis gave leave for them by its own clock.
import { fork, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Redis } from 'ioredis';
import { makeLinks, startOrigin } from './origin.mjs';

if (process.argv[2] === 'origin') {
  const log = [];
  const origin = await startOrigin(log);
  process.on('message', () => {
    process.send(log.splice(0));
    origin.forget();
  });
  process.on('disconnect', () => process.exit(0));
  process.send(origin.port);
} else await main();

async function main() {
  const { values } = parseArgs({
    allowNegative: true,
    options: {
      links: { type: 'string', default: '2000' },
      hosts: { type: 'string', default: '100' },
      workers: { type: 'string', default: '2' },
      kind: { type: 'string', default: 'mixed' },
      interval: { type: 'string', default: '200ms' },
      lease: { type: 'string', default: '10s' },
      snapshots: { type: 'boolean', default: true },
      kill: { type: 'boolean', default: true },
      cli: { type: 'string', default: join(import.meta.dirname, '..', 'dist', 'cli.js') },
    },
  });
  const folder = mkdtempSync(join(tmpdir(), 'linkark-queue-'));
  const origin = fork(import.meta.filename, ['origin'], { stdio: 'inherit' });
  const port = await message(origin);
  const redisPort = await freePort();
  const redis = spawn('redis-server', ['--port', String(redisPort), '--save', '', '--appendonly', 'no'], {
    cwd: folder,
    stdio: 'ignore',
  });
  try {
    const links = makeLinks(values.kind, Number(values.links), Number(values.hosts), port);
    const list = links.map(({ url }, at) => `- [link ${at}](${url})`).join('\n');
    writeFileSync(join(folder, 'list.md'), `# Links\n\n${list}\n`);
    await bench({ folder, origin, values, links, queue: `redis://127.0.0.1:${redisPort}` });
  } finally {
    redis.kill();
    origin.disconnect();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function bench({ folder, origin, values, links, queue }) {
  const asking = ['--allow-private', '--host-request-interval', values.interval, '--retry-wait-time', '100ms'];
  const keeping = values.snapshots ? [] : ['--no-snapshots'];
  const asCheck = [...asking, ...keeping, '--no-progress', '--fail-on', 'never', '--format', 'json=report.json'];
  const call = (args) => start(values.cli, args, folder);
  const one = await call(['check', 'list.md', '--archive', 'one', ...asCheck]).ended;
  const log = await take(origin);
  print('one run', one, log, folder, 'one');

  const watch = await watchLeaves(queue);
  const collector = call(['enqueue', 'list.md', '--archive', 'many', '--queue', queue, '--wait', ...asCheck]);
  const workers = Array.from({ length: Number(values.workers) }, () =>
    call(['worker', '--queue', queue, '--lease', values.lease]),
  );
  if (values.kill) {
    await sleep(one.seconds * 500);
    workers[0].child.kill('SIGKILL');
    process.stdout.write(`one worker killed after ${(one.seconds / 2).toFixed(1)} s\n`);
  }
  const many = await collector.ended;
  for (const { child } of workers) child.kill('SIGTERM');
  const ended = await Promise.all(workers.map((worker) => worker.ended));
  print(`${values.workers} workers`, many, await take(origin), folder, 'many');
  watch.monitor.disconnect();
  const { leaves } = watch;
  process.stdout.write(
    `leaves given by Redis: ${leaves.length}, least gap at one host ${leastGap(leaves).toFixed(1)} ms\n`,
  );
  const silent = ended.flatMap(({ text }) => text.match(/fell silent/g) ?? []).length;
  process.stdout.write(`hosts taken over from a silent worker: ${silent}\n`);
  process.stdout.write(`workers ended with ${ended.map(({ code, signal }) => signal ?? code).join(', ')}\n`);
  const cpu = [many, ...ended].map(({ cpu: seconds }) => seconds.toFixed(1));
  process.stdout.write(`CPU s: one run ${one.cpu.toFixed(1)}; taking in and workers ${cpu.join(', ')}\n`);
  compare(status(folder, 'one'), status(folder, 'many'), links.length);
}

function print(name, { code, seconds }, log, folder, archive) {
  const { counts } = status(folder, archive).run;
  const gap = leastGap(log);
  process.stdout.write(
    `${name}: exit ${code}, ${seconds.toFixed(1)} s, ${log.length} requests, least gap at one host ${gap.toFixed(1)} ms, ` +
      `${JSON.stringify(counts)}\n`,
  );
}

function compare(one, many, count) {
  const ids = new Set(many.links.map(({ id }) => id));
  process.stdout.write(`links: ${count} listed, ${many.links.length} in the result, ${ids.size} different\n`);
  const [a, b] = [one, many].map(({ links }) => new Map(links.map((link) => [link.id, timeless(link)])));
  const unlike = [...a].filter(([id, text]) => b.get(id) !== text);
  process.stdout.write(`links whose entries differ from those of one run: ${unlike.length}\n`);
  for (const [id, text] of unlike.slice(0, 5)) process.stdout.write(`  ${id}\n  ${text}\n  ${b.get(id)}\n`);
}

/** An entry without its times, and without the hash of a page that names its time. */
function timeless(link) {
  const { checkedAt: _, since: __, lastAlive: ___, ...rest } = link;
  const evidence = rest.evidence && { ...rest.evidence, ms: 0 };
  const snapshot = rest.snapshot && { ...rest.snapshot, capturedAt: '', sha256: '' };
  return JSON.stringify({ ...rest, evidence, snapshot });
}

function status(folder, archive) {
  return JSON.parse(readFileSync(join(folder, archive, 'status.json'), 'utf8'));
}

/** Has Redis tell when it gave a request leave to begin: `[host, , , ms]`, as the origin's log. */
async function watchLeaves(queue) {
  const leaves = [];
  const redis = new Redis(queue);
  const monitor = await redis.monitor();
  redis.disconnect();
  monitor.on('monitor', (time, [command, key, field]) => {
    if (command.toUpperCase() === 'HSET' && field === 'starter') leaves.push([key, null, null, Number(time) * 1000]);
  });
  return { monitor, leaves };
}

function leastGap(log) {
  const last = new Map();
  let least = Number.POSITIVE_INFINITY;
  for (const [host, , , at] of log) {
    if (last.has(host)) least = Math.min(least, at - last.get(host));
    last.set(host, at);
  }
  return least;
}

/** Runs the command; `cpu` are its user and system seconds. */
function start(cli, args, cwd) {
  const begun = performance.now();
  const run = cli.endsWith('.ts') ? ['--import', import.meta.resolve('tsx'), cli] : [cli];
  const child = spawn(process.execPath, [...run, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (part) => (text += part));
  const usage = setInterval(() => {
    cpu = cpuOf(child.pid) ?? cpu;
  }, 100);
  let cpu = 0;
  const ended = new Promise((resolve) => {
    child.on('close', (code, signal) => {
      clearInterval(usage);
      if (code !== 0 && signal === null) process.stdout.write(`${args[0]} ended with ${code}: ${text.slice(-2000)}\n`);
      resolve({ code, signal, cpu, seconds: (performance.now() - begun) / 1000, text });
    });
  });
  return { child, ended };
}

/** User and system seconds of a process so far; null where the system does not tell. */
function cpuOf(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return null;
  }
}

function message(child) {
  return new Promise((resolve) => child.once('message', resolve));
}

function take(origin) {
  const log = message(origin);
  origin.send('take');
  return log;
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
