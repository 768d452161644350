import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { LinkStatus, Status } from '../../src/types.ts';
import { demoLinks, furnishDemoWeb } from './demo-web.ts';
import { cleanEnv, cliArguments, root } from './run-cli.ts';
import { startWorld, type World } from './world.ts';

const say = (...lines: string[]): void => console.log(lines.join('\n'));

const HELP = `npm run demo -- [--keep DIR] [--nights N]

Checks the links in sources/ against a stand-in web on this machine and keeps what it finds.
  --keep DIR   put the archive there instead of a new temporary folder
  --nights N   run N times over the same archive (default 1): later nights change nothing but their own time`;

interface DemoOptions {
  folder: string;
  nights: number;
}

function options(): DemoOptions | null {
  const { values } = parseArgs({
    options: {
      keep: { type: 'string' },
      nights: { type: 'string', default: '1' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    say(HELP);
    return null;
  }
  const nights = Number(values.nights);
  if (!Number.isInteger(nights) || nights < 1) throw new Error('--nights takes a whole number from 1');
  if (values.keep === undefined) return { folder: mkdtempSync(join(tmpdir(), 'linkark-demo-')), nights };
  const folder = resolve(values.keep);
  mkdirSync(folder, { recursive: true });
  return { folder, nights };
}

/** The very command that a user runs, with this world's proxy and shorter waits; gives its exit code. */
function check(world: World, archive: string): Promise<number | null> {
  const args = [
    'check',
    'sources',
    '--archive',
    archive,
    '--host-request-interval',
    '50ms',
    '--retry-wait-time',
    '50ms',
  ];
  say(`$ linkark ${args.join(' ')}`, '');
  const child = spawn(process.execPath, cliArguments(args), { cwd: root, env: cleanEnv(world.env), stdio: 'inherit' });
  return new Promise((done, fail) => child.on('close', done).on('error', fail));
}

interface Row {
  url: string;
  expected: string;
  found: string;
  what: string;
  title: string;
  ok: boolean;
}

function compare(links: readonly LinkStatus[]): Row[] {
  const byUrl = new Map(links.map((link) => [link.url, link]));
  return demoLinks.map((given) => {
    const link = byUrl.get(given.url);
    const expected = `${given.verdict}/${given.reason}`;
    const found = link === undefined ? 'not visited' : `${link.verdict}/${link.reason}`;
    const keptIt = given.story === null || (link?.snapshot ?? null) !== null;
    const title = link?.title ?? link?.occurrences[0]?.text ?? given.story?.title ?? '';
    return {
      url: given.url,
      expected,
      found: keptIt ? found : `${found}, no copy`,
      what: given.what,
      title,
      ok: found === expected && keptIt,
    };
  });
}

function table(rows: Row[]): string {
  const width = Math.max(...rows.map(({ found }) => found.length));
  return rows
    .flatMap((row) => {
      const wrong = row.ok ? [] : [`     ${' '.repeat(width)}the stand-in web gave ${row.expected}`];
      return [
        `  ${row.ok ? '✓' : '✗'}  ${row.found.padEnd(width)}  ${row.what}`,
        `     ${' '.repeat(width)}  ${row.url}`,
        ...wrong,
      ];
    })
    .join('\n');
}

function readStatus(archive: string): Status | null {
  const path = join(archive, 'status.json');
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Status) : null;
}

/** Everything that a night may not change: status.json without its run. */
const settled = (status: Status | null): string => JSON.stringify(status?.links ?? null);

function whereToLook(archive: string, folder: string): void {
  const places: [string, string][] = [
    ['README.md', 'the list as a table, each link with its kept copy'],
    ['index.html', 'the offline reader; open it in a browser'],
    ['status.json', 'every verdict with its evidence'],
    ['pages', 'the kept articles as Markdown and HTML'],
    ['assets', 'their pictures'],
  ];
  say('', 'Where to look / 结果在这里:');
  for (const [name, what] of places) {
    if (existsSync(join(archive, name))) say(`  ${join(archive, name)}`, `      ${what}`);
  }
  say('', 'Search it / 搜索:', `  npm run linkark -- search 大模型 --archive ${archive}`);
  say('', `The folder stays; remove ${folder} when you have seen enough.`);
}

async function main(): Promise<number> {
  const chosen = options();
  if (chosen === null) return 0;
  const archive = join(chosen.folder, 'archive');
  const world = await startWorld();
  furnishDemoWeb(world);
  say(
    'linkark demo: the links in sources/, checked against a stand-in web on this machine.',
    'It answers for the real host names with pages written for it; nothing leaves this computer.',
    '演示：用本机的替身网站检查 sources/ 里的 18 条链接，不需要联网。',
    '',
  );
  try {
    let before: string | null = null;
    for (let night = 1; night <= chosen.nights; night += 1) {
      if (chosen.nights > 1) say('', `— night ${night} of ${chosen.nights} —`);
      const code = await check(world, archive);
      if (code !== 0 && code !== 2) {
        say('', `✗ The check ended with exit code ${code}; 0 (all well) or 2 (links are gone) was expected.`);
        return 1;
      }
      const now = settled(readStatus(archive));
      if (before !== null && now !== before) {
        say('', '✗ A second night over the same web changed the results of the first.');
        return 1;
      }
      before = now;
    }
    return conclude(world, archive, chosen.folder);
  } finally {
    await world.close();
  }
}

function conclude(world: World, archive: string, folder: string): number {
  const status = readStatus(archive);
  if (status === null) {
    say('', `✗ The check wrote no ${join(archive, 'status.json')}.`);
    return 1;
  }
  const rows = compare(status.links);
  const wrong = rows.filter(({ ok }) => !ok).length;
  const hosts = new Set(world.log.map(({ host }) => host)).size;
  say('', `The stand-in web answered ${world.log.length} requests for ${hosts} hosts.`, '');
  say('What linkark found, against what each link was given:', table(rows));
  whereToLook(archive, folder);
  if (wrong > 0) {
    say('', `✗ ${wrong} of ${rows.length} links were judged otherwise than they were given (see ✗ above).`);
    return 1;
  }
  say('', `✓ All ${rows.length} links got the verdict they were given. 全部 ${rows.length} 条链接判断正确。`);
  return 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  say(`✗ ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 3;
}
