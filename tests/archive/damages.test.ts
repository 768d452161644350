import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { openArchive } from '../../src/archive/index.ts';
import { schemaFault } from '../../src/archive/schema-check.ts';
import { readSeal, sealStatus, statusSum } from '../../src/archive/seal.ts';
import type { LinkStatus } from '../../src/types.ts';
import { freshFolder } from './folder.ts';
import { article, keepInput, link, png, record, status } from './samples.ts';

const AT = '2026-11-23T02:00:00.000Z';
const RUN = '20261123T020000Z';
const PICTURE = 'https://web.example/p.png';
const [ONE, TWO] = [link('one'), link('two')];
const PAGE = `pages/${ONE.id}/page.json`;

/** An archive of two pages with a picture, ended by a run of its own. */
async function build(dir: string): Promise<void> {
  const archive = await openArchive(dir);
  await archive.beginRun({ id: RUN, startedAt: AT });
  const links: LinkStatus[] = [];
  for (const target of [ONE, TWO]) {
    const page = article({ html: `<img src="${PICTURE}">`, pictures: [{ url: PICTURE, alt: '', asset: null }] });
    const pictures = new Map([[PICTURE, { bytes: png(5, 5, 5), contentType: null }]]);
    const kept = await archive.keep(target, page, keepInput(AT, { pictures }));
    await archive.settle(target.id, { record: record(target.id, { snapshot: kept.ref }) });
    links.push({
      ...{ ...target, occurrences: [], verdict: 'alive', reason: 'ok', evidence: null, health: 'healthy' },
      ...{ since: null, checkedAt: null, lastAlive: null, failures: 0, title: '旧桥', author: null, published: null },
      ...{ snapshot: kept.ref, suggestion: null },
    });
  }
  const whole = status(RUN, links);
  whole.run.counts.alive = links.length;
  await archive.finishRun({
    status: whole,
    files: [['badge.json', '{}\n'] as const, ['status.md', '# 状态'] as const],
  });
  await archive.close();
}

let whole = '';
beforeAll(async () => {
  whole = freshFolder();
  await build(whole);
});

async function faultsOf(dir: string): Promise<string[]> {
  const archive = await openArchive(dir, { readOnly: true });
  const faults = await archive.verify();
  await archive.close();
  return faults.map(({ path, code, message }) => `${path} ${code}: ${message}`);
}

const read = (dir: string, path: string): string => readFileSync(join(dir, path), 'utf8');
const write = (dir: string, path: string, text: string): void => writeFileSync(join(dir, path), text);
const swapLines = (text: string, one: number, two: number): string => {
  const lines = text.split('\n');
  [lines[one], lines[two]] = [lines[two] ?? '', lines[one] ?? ''];
  return lines.join('\n');
};
/** status.json with a change, sealed anew: what is left to find is what it says. */
const restate = (change: (text: string) => string) => (dir: string) => {
  const text = change(read(dir, 'status.json'));
  write(dir, 'status.json', text);
  write(dir, 'status.md', sealStatus('# 状态', statusSum(text)));
};

const DAMAGES: [string, (dir: string) => void, RegExp][] = [
  [
    'lines of the manifest in another order',
    (dir) => write(dir, 'manifest.json', swapLines(read(dir, 'manifest.json'), 4, 5)),
    /^manifest\.json bad-manifest: \S+ is out of order$/,
  ],
  [
    'records in another order',
    (dir) => write(dir, 'state/web.ndjson', swapLines(read(dir, 'state/web.ndjson'), 0, 1)),
    /^state\/web\.ndjson bad-state: line 2 is out of order$/,
  ],
  [
    'a picture under the name of another',
    (dir) => {
      const [path = ''] = readdirSync(join(dir, 'assets'), { recursive: true, encoding: 'utf8' }).filter((name) =>
        /png$/.test(name),
      );
      writeFileSync(join(dir, 'assets', path), png(6, 6, 6));
    },
    /^assets\/\S+ bad-digest: its name is not the SHA-256 of its bytes$/,
  ],
  [
    'a picture taken away',
    (dir) => rmSync(join(dir, 'assets'), { recursive: true }),
    new RegExp(`^${PAGE} bad-page: assets/\\S+ is not there$`),
  ],
  ['a file that is no JSON', (dir) => write(dir, 'badge.json', '{'), /^badge\.json bad-json: it is not JSON$/],
  [
    'a page that says that it is another',
    (dir) => write(dir, PAGE, read(dir, PAGE).replace(ONE.id, TWO.id)),
    new RegExp(`^${PAGE} bad-page: it says that it is ${TWO.id}$`),
  ],
  [
    'a page moved to the place of another',
    (dir) => renameSync(join(dir, dirname(PAGE)), join(dir, `pages/${TWO.id}/versions`)),
    new RegExp(`^${PAGE} missing: the manifest names it, but it is not there$`),
  ],
  ['a status that is no JSON', restate((text) => text.slice(0, -3)), /^status\.json bad-json: it is not JSON$/],
  [
    'a status written otherwise',
    restate((text) => `${JSON.stringify(JSON.parse(text), null, 4)}\n`),
    /^status\.json bad-status: it is not written as the archive writes it$/,
  ],
  [
    'a link that stands in the status twice',
    restate((text) => text.replaceAll(TWO.id, ONE.id)),
    new RegExp(`^status\\.json bad-status: ${ONE.id} stands in it twice$`),
  ],
  [
    'a snapshot elsewhere',
    restate((text) => text.replace(`"path": "pages/${ONE.id}/page.md"`, `"path": "pages/${TWO.id}/page.md"`)),
    new RegExp(`^status\\.json bad-status: ${ONE.id}: the snapshot's path is pages/${TWO.id}/page\\.md$`),
  ],
  [
    'a snapshot that is not there',
    restate((text) => text.replace(`pages/${ONE.id}/page.md`, 'pages/web/none/page.md')),
    new RegExp(`^status\\.json bad-status: ${ONE.id}: pages/web/none/page\\.md is not in the archive$`),
  ],
  [
    'a snapshot with the sum of another file',
    restate((text) => text.replace(/"sha256": "[0-9a-f]{64}"/, `"sha256": "${'0'.repeat(64)}"`)),
    new RegExp(`^status\\.json bad-status: ${ONE.id}: \\S+ is not the file that it names$`),
  ],
  [
    'versions that are not there',
    restate((text) => text.replace('"versions": 1', '"versions": 3')),
    new RegExp(`^status\\.json bad-status: ${ONE.id}: it counts 3 versions, there are 1$`),
  ],
  [
    'a run that ends before it begins',
    restate((text) => text.replace('"finishedAt": "2026', '"finishedAt": "2025')),
    /^status\.json bad-status: the run ends at 2025\S+, before its start 2026\S+$/,
  ],
];

describe('verify', () => {
  test.each(DAMAGES)('says of %s what is wrong', async (_, damage, words) => {
    const dir = freshFolder();
    cpSync(whole, dir, { recursive: true });
    damage(dir);
    expect(await faultsOf(dir)).toContainEqual(expect.stringMatching(words));
  });

  test('of an archive in the middle of a run counts what the run has done, and what its stop left staged', async () => {
    const dir = freshFolder();
    cpSync(whole, dir, { recursive: true });
    const archive = await openArchive(dir);
    await archive.beginRun({ id: '20261124T020000Z', startedAt: '2026-11-24T02:00:00.000Z' });
    await archive.keep(ONE, article({ text: '新的桥。'.repeat(90) }), keepInput('2026-11-24T02:00:00.000Z'));
    await archive.keep(link('three'), article(), keepInput('2026-11-24T02:00:00.000Z'));
    await archive.close();
    expect(await faultsOf(dir)).toEqual([]);
    rmSync(join(dir, `pages/${link('three').id}/page.md`));
    expect(await faultsOf(dir)).toEqual([
      `pages/${link('three').id}/page.md missing: the manifest names it, but it is not there`,
    ]);
  });

  test('finds what a stop had staged and not yet put in place, and what it was about to take away', async () => {
    const dir = freshFolder();
    cpSync(whole, dir, { recursive: true });
    const archive = await openArchive(dir);
    await archive.writeFiles([['reader/a.js', 'a\n'] as const, ['reader/b.js', 'b\n'] as const]);
    await archive.close();
    const before = readFileSync(join(dir, 'manifest.json'));
    // The folder of one file is taken, so the stroke that counts cannot be put in place.
    const blocked = await openArchive(dir);
    mkdirSync(join(dir, 'reader/c.js'));
    const files = [['reader/b.js', 'new\n'] as const, ['reader/c.js', 'c\n'] as const];
    await expect(blocked.writeFiles(files, ['reader'])).rejects.toMatchObject({
      code: expect.stringMatching(/^archive\//),
    });
    await blocked.close();
    rmSync(join(dir, 'reader/c.js'), { recursive: true });
    expect(readFileSync(join(dir, 'manifest.json')).equals(before)).toBe(true);
    expect(await faultsOf(dir)).toEqual([]);
    const mended = await openArchive(dir);
    expect(mended.repairs).toEqual([expect.stringMatching(/^finished an interrupted write of \d+ files$/)]);
    expect(await mended.readText('reader/b.js')).toBe('new\n');
    expect(await mended.readText('reader/a.js')).toBeNull();
    expect(await mended.verify()).toEqual([]);
    await mended.close();
  });
});

describe('a seal', () => {
  test.each(['# 状态', '# 状态\n'])(
    'fits the report that it was put under, with a line break at its end or without: %j',
    (report) => {
      const sealed = sealStatus(report, 'ab'.repeat(32));
      expect(readSeal(sealed)).toEqual({ statusSha256: 'ab'.repeat(32), whole: true });
      expect(readSeal(sealed.replace('状', '壮'))?.whole).toBe(false);
      expect(sealStatus(sealed, 'ab'.repeat(32))).toBe(sealed);
      expect(readSeal(report)).toBeNull();
    },
  );

  test('does not depend on when the run was', () => {
    const text = read(whole, 'status.json');
    const later = text.replace(/((?:start|finish)edAt": "2026-11-)23/g, '$125').replace(RUN, '20261125T020000Z');
    expect(statusSum(later)).toBe(statusSum(text));
    expect(statusSum(text.replace('"alive": 2', '"alive": 3'))).not.toBe(statusSum(text));
    expect(statusSum('{}')).not.toBe(statusSum('{ }'));
  });
});

test.each<[unknown, object, string | null]>([
  ['abc', { type: 'string', maxLength: 2 }, 'the value is too long'],
  ['ab', { type: 'string', maxLength: 2 }, null],
  [{ a: 1 }, { type: 'object', additionalProperties: false }, 'a'],
])('%j under the schema %j', (value, schema, fault) => {
  const found = schemaFault(value, schema);
  if (fault === null) expect(found).toBeNull();
  else expect(found).toEqual(expect.stringContaining(fault.replace('the value ', '')));
});
