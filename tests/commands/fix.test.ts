import { execFileSync } from 'node:child_process';
import { chmodSync, lstatSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { replaceFile } from '../../src/archive/disk.ts';
import { parseAddress } from '../../src/links/index.ts';
import { identify } from '../../src/platforms/index.ts';
import { readSource } from '../../src/sources/index.ts';
import type { LinkStatus, Reference } from '../../src/types.ts';
import { type Scene, setScene } from '../e2e/scene.ts';
import { link, statusOf } from '../report/scene.ts';
import { document } from '../sources/generate.ts';
import { type InProcess, runInProcess } from './in-process.ts';

let scene: Scene;
beforeEach(() => {
  scene = setScene(null);
});
afterEach(() => scene.remove());
const run = (args: readonly string[]): Promise<InProcess> => runInProcess(args, scene.folder);

const PAGE = 'pages/web/dead-1/page.md';
const WAYBACK = 'https://web.archive.org/web/2026/https://dead.example/';
const snapshot = { path: PAGE, capturedAt: '2026-10-01T02:00:00.000Z', sha256: 'a'.repeat(64), versions: 1, images: 0 };

/** An entry of status.json for an address as it is written. */
function entry(id: string, written: string, changes: Partial<LinkStatus>): LinkStatus {
  const address = parseAddress(written);
  if (address.kind !== 'web') throw new Error(`${written} is no web address`);
  const { url, platform } = identify(address.url);
  return link({ id, url, platform, ...changes });
}
const moved = (written: string, url: string): LinkStatus =>
  entry('web/moved', written, {
    verdict: 'moved',
    reason: 'permanent-redirect',
    suggestion: { url, kind: 'redirect' },
  });
const dead = (written: string, changes: Partial<LinkStatus> = {}): LinkStatus =>
  entry('web/dead', written, { verdict: 'gone', reason: 'not-found', health: 'dead', snapshot, ...changes });
const wayback = { suggestion: { url: WAYBACK, kind: 'wayback' as const } };

function archive(links: LinkStatus[], folder = 'archive', files: string[] = ['list.md']): void {
  const occurrences = files.map((file) => ({ file, line: 1, column: 1, raw: '', text: '', heading: null, note: null }));
  scene.write(`${folder}/status.json`, JSON.stringify(statusOf(links.map((one) => ({ ...one, occurrences })))));
}
const read = (name: string): string => readFileSync(join(scene.folder, name), 'utf8');

async function fixed(text: string, links: LinkStatus[], flags: string[] = [], name = 'list.md'): Promise<string> {
  scene.write(name, text);
  archive(links, 'archive', [name]);
  const result = await run(['fix', '--write', ...flags]);
  expect(result.code, result.stderr).toBe(0);
  const after = read(name);
  const again = await run(['fix', '--write', ...flags]);
  expect(again.stderr).toContain('nothing to mend');
  expect(read(name)).toBe(after);
  return after;
}

describe('fix --write', () => {
  test('a permanent redirect: only the bytes of the address change, in every way of writing it', async () => {
    const old = 'https://old.example/a_(b)?x=1&y=2';
    const text = `\ufeff# 标题\r\n\r\n[a\\]*b*](${old} "标题 \\" t") [c](<${old}>)\t<a class='k' href='${old.replace('&', '&amp;')}'>x</a>\r\n\r\n> [d][r]，又见 [r]。\r\n\r\n[r]: ${old} 't'\r\n\`${old}\`  \r\n`;
    const after = await fixed(text, [moved(old, 'https://new.example/q?p=1&r=2')]);
    const address = 'https://new.example/q?p=1&r=2';
    expect(after).toBe(
      `\ufeff# 标题\r\n\r\n[a\\]*b*](${address} "标题 \\" t") [c](<${address}>)\t<a class='k' href='${address.replace('&', '&amp;')}'>x</a>\r\n\r\n> [d][r]，又见 [r]。\r\n\r\n[r]: ${address} 't'\r\n\`${old}\`  \r\n`,
    );
  });

  test('a fragment goes along, unless the new address has its own', async () => {
    const links = [moved('https://old.example/a', 'https://new.example/b')];
    expect(await fixed('[a](https://old.example/a#part)\n', links)).toBe('[a](https://new.example/b#part)\n');
    const own = [moved('https://old.example/a', 'https://new.example/b#own')];
    expect(await fixed('[a](https://old.example/a#part)\n', own)).toBe('[a](https://new.example/b#own)\n');
  });

  test('http becomes https where the page was seen there, and only there', async () => {
    const seen = (finalUrl: string): LinkStatus =>
      entry('web/alive', 'http://site.example/p', {
        evidence: { status: 200, finalUrl, hops: [], marker: null, via: 'http', ms: 1 },
      });
    const text = '[a](http://site.example/p?utm_source=x#h) http://site.example/p。\n';
    expect(await fixed(text, [seen('https://site.example/p')])).toBe(text.replaceAll('http:', 'https:'));
    for (const elsewhere of ['http://site.example/p', 'https://other.example/p', 'https://site.example:8443/p']) {
      expect(await fixed(text, [seen(elsewhere)])).toBe(text);
    }
    const spelt = '[a](HTTP://Site.example/K%c3%b6ln/阅读) www.site.example/p\n';
    const links = [
      entry('web/alive', 'http://site.example/K%c3%b6ln/阅读', { evidence: seen('https://site.example/x').evidence }),
    ];
    expect(await fixed(spelt, links)).toBe(spelt.replace('HTTP:', 'https:'));
  });

  test('a dead link: the kept copy, relative to its list', async () => {
    const text = '- [a](https://dead.example/ "t")\n- [alive](https://alive.example/)\n';
    const after = await fixed(text, [dead('https://dead.example/')], [], 'notes/2026/list.md');
    expect(after).toBe(text.replace('https://dead.example/', `../../archive/${PAGE}`));
  });

  test('a dead link: the Wayback copy where that is wanted, or where no copy was kept', async () => {
    const text = '[a](https://dead.example/)\n';
    const by = `[a](${WAYBACK})\n`;
    expect(await fixed(text, [dead('https://dead.example/', wayback)], ['--dead', 'wayback'])).toBe(by);
    expect(await fixed(text, [dead('https://dead.example/', { ...wayback, snapshot: null })])).toBe(by);
    expect(await fixed(text, [dead('https://dead.example/', { snapshot: null })])).toBe(text);
    expect(await fixed(text, [dead('https://dead.example/', wayback)], ['--dead', 'keep'])).toBe(text);
  });

  test('a list that can not point at a file gets the Wayback copy or stays; HTML gets the HTML page', async () => {
    const html = '<html><a href="https://dead.example/">a</a></html>\n';
    expect(await fixed(html, [dead('https://dead.example/')], [], 'list.html')).toContain(
      'href="./archive/pages/web/dead-1/page.html"',
    );
    const csv = 'title,url\na,https://dead.example/\n';
    expect(await fixed(csv, [dead('https://dead.example/')], [], 'list.csv')).toBe(csv);
    expect(await fixed(csv, [dead('https://dead.example/', wayback)], [], 'list.csv')).toBe(
      `title,url\na,${WAYBACK}\n`,
    );
  });

  test('failing but not yet dead, blocked, switched off, pictures: left alone', async () => {
    const text =
      '![p](https://dead.example/) <!-- linkark-disable-line -->\n\n<!-- linkark-disable-next-line -->\n[a](https://dead.example/)\n\n![p](https://dead.example/)\n\n[b](https://gone.example/)\n';
    const gone = entry('web/gone', 'https://gone.example/', {
      verdict: 'gone',
      reason: 'not-found',
      health: 'suspect',
      snapshot,
    });
    expect(await fixed(text, [dead('https://dead.example/'), gone])).toBe(text);
  });

  test('addresses that are no web pages: left alone', async () => {
    const text = '[m](mailto:a@b.example) [j](javascript:alert) [t](tel:1) [a](https://old.example/)\n';
    const others = ['mailto:a@b.example', 'javascript:alert', 'tel:1'].map((url, at) =>
      link({ id: `web/other-${at}`, url, verdict: 'skipped', reason: 'unsupported-scheme', health: 'unknown' }),
    );
    const links = [...others, moved('https://old.example/', 'https://new.example/')];
    expect(await fixed(text, links)).toBe(text.replace('old', 'new'));
  });

  test('an archive folder with characters that mean something in an address', async () => {
    scene.write('list.md', '[a](https://dead.example/)\n');
    archive([dead('https://dead.example/')], '我的 #1 (100%) archive');
    const result = await run(['fix', '--write', '--archive', '我的 #1 (100%) archive']);
    expect(result.code, result.stderr).toBe(0);
    const [reference] = readSource('list.md', read('list.md'), 'markdown').references;
    expect(decodeURIComponent(reference?.address ?? '')).toBe(`./我的 #1 (100%) archive/${PAGE}`);
    expect(reference?.address).not.toContain('#');
    expect((await run(['fix', '--archive', '我的 #1 (100%) archive'])).stderr).toContain('nothing to mend');
  });

  test('tells of links that fail and are not dead yet, which stay', async () => {
    scene.write('list.md', '[a](https://dead.example/)\n');
    archive([dead('https://dead.example/', { health: 'suspect' })]);
    expect((await run(['fix'])).stderr).toContain('nothing to mend; 1 failing link is not dead yet');
    expect((await run(['fix', '--lang', 'zh'])).stderr).toContain('没有要改的；1 个链接存疑');
  });

  test('a file that is read-only stays, the others are written, and the end is 1', async () => {
    scene.write('a.md', '[a](https://dead.example/)\n');
    scene.write('b.md', '[a](https://dead.example/)\n');
    archive([dead('https://dead.example/')], 'archive', ['a.md', 'b.md']);
    chmodSync(join(scene.folder, 'a.md'), 0o444);
    const result = await run(['fix', '--write']);
    expect(result.code).toBe(1);
    expect(result.stderr).toMatch(/a\.md: it is read-only/);
    expect(result.stderr).toContain('1 file written, 1 left as it is');
    expect(read('a.md')).toContain('https://dead.example/');
    expect(read('b.md')).toContain(PAGE);
  });

  test('a file that is a symbolic link stays one, and keeps its mode', async () => {
    scene.write('real/list.md', '[a](https://old.example/)\n');
    chmodSync(join(scene.folder, 'real/list.md'), 0o640);
    symlinkSync(join(scene.folder, 'real/list.md'), join(scene.folder, 'list.md'));
    archive([moved('https://old.example/', 'https://new.example/')]);
    expect((await run(['fix', '--write', 'list.md'])).code).toBe(0);
    expect(lstatSync(join(scene.folder, 'list.md')).isSymbolicLink()).toBe(true);
    expect(read('real/list.md')).toBe('[a](https://new.example/)\n');
    expect(lstatSync(join(scene.folder, 'real/list.md')).mode & 0o777).toBe(0o640);
  });

  test('a file that changed meanwhile is not overwritten', async () => {
    const path = join(scene.folder, 'x.md');
    writeFileSync(path, 'now');
    expect(await replaceFile(path, Buffer.from('then'), 'new')).toBe('changed');
    expect(readFileSync(path, 'utf8')).toBe('now');
    expect(await replaceFile(path, Buffer.from('now'), 'new')).toBe('written');
    expect(await replaceFile(join(scene.folder, 'none.md'), Buffer.from(''), 'new')).toBe('changed');
  });
});

describe('fix without --write', () => {
  test('prints a diff that git apply takes, and writes nothing: BOM, CRLF, tabs, no line break at the end', async () => {
    const text = '\ufeff# 清单\r\n\r\n-\t[一](https://old.example/)\r\n\r\n\r\n\r\n-\t二 <https://old.example/>';
    scene.write('清单.md', text);
    archive([moved('https://old.example/', 'https://new.example/')], 'archive', ['清单.md']);
    const result = await run(['fix']);
    expect(result.code).toBe(0);
    expect(result.stderr).toBe('1 file would change; --write writes it\n');
    expect(result.stdout.split('\n').slice(0, 2)).toEqual(['--- a/清单.md', '+++ b/清单.md']);
    expect(read('清单.md')).toBe(text);
    scene.write('fix.patch', result.stdout);
    execFileSync('git', ['apply', '--whitespace=nowarn', 'fix.patch'], { cwd: scene.folder, stdio: 'pipe' });
    expect(read('清单.md')).toBe(text.replaceAll('old.example', 'new.example'));
  });

  test.each(['清 单（一）.md', 'a  b.md', '引"号.md', '反\\斜.md', '尾 .md', '零宽\u200b.md'])(
    'git apply finds the file that is called %j',
    async (name) => {
      scene.write(name, '[一](https://old.example/)\n');
      archive([moved('https://old.example/', 'https://new.example/')], 'archive', [name]);
      scene.write('fix.patch', (await run(['fix'])).stdout);
      execFileSync('git', ['apply', 'fix.patch'], { cwd: scene.folder, stdio: 'pipe' });
      expect(read(name)).toBe('[一](https://new.example/)\n');
    },
  );

  test('what it says is in the language of the lists, or the one asked for', async () => {
    scene.write('list.md', '[一篇文章](https://old.example/)\n');
    archive([moved('https://old.example/', 'https://new.example/')]);
    expect((await run(['fix', '--lang', 'zh'])).stderr).toBe('1 个文件需要改，加 --write 才写入\n');
    expect((await run(['fix', '--lang', 'en', '--write'])).stderr).toBe('1 file written\n');
    expect((await run(['fix', '--lang', 'zh'])).stderr).toBe('没有要改的\n');
  });

  test('a file that is not there, and an archive that is not there, are usage errors', async () => {
    expect((await run(['fix'])).code).toBe(3);
    archive([]);
    const result = await run(['fix', 'none.md']);
    expect([result.code, result.stderr]).toEqual([3, expect.stringContaining('none.md: there is no such file')]);
    expect((await run(['fix', 'archive'])).stderr).toContain('archive: this is a folder');
  });

  test('a list that speaks to a terminal or a runner does so in vain', async () => {
    scene.write(
      'list.md',
      '::add-mask::all\n[a](https://old.example/) \u001b[2J\u202e ##[error]x\n ::set-output name=a::b\n',
    );
    archive([moved('https://old.example/', 'https://new.example/')]);
    const { stdout } = await run(['fix']);
    for (const mark of ['\u001b', '\u202e', '##[']) expect(stdout).not.toContain(mark);
    expect(stdout).not.toMatch(/^[-+ ]*::(add-mask|set-output)/m);
  });
});

test('a hundred generated documents: nothing but addresses changes, each becomes what it should, once', async () => {
  const names = Array.from({ length: 100 }, (_, seed) => `lists/${seed}.md`);
  const links = new Map<string, LinkStatus>();
  const expected = new Map<string, string>();
  const before = names.map((name, seed) => {
    const text = document(seed);
    mkdirSync(dirname(join(scene.folder, name)), { recursive: true });
    scene.write(name, text);
    for (const { address, form } of readSource(name, text, 'markdown').references) {
      const parsed = parseAddress(address);
      if (parsed.kind !== 'web' || form === 'image') continue;
      const { platform, key } = identify(parsed.url);
      const { url } = identify(parsed.url);
      const page = `${platform} ${key}`;
      const serial = links.size;
      if (links.has(page)) continue;
      const target = `https://new-${serial}.example/a_(${serial})?x=1&copy=2`;
      const kinds = [
        moved(address, target),
        dead(address, { snapshot: { ...snapshot, path: `pages/web/d-${serial}/page.md` } }),
        dead(address, {
          snapshot: null,
          suggestion: { url: `https://web.archive.org/web/${serial}/${url}`, kind: 'wayback' },
        }),
        entry('web/alive', address, {}),
      ];
      const chosen = kinds[serial % 4] ?? entry('web/alive', address, {});
      links.set(page, { ...chosen, id: `web/l-${serial}` });
      if (serial % 4 === 0) expected.set(page, target);
      if (serial % 4 === 1) expected.set(page, `../archive/pages/web/d-${serial}/page.md`);
      if (serial % 4 === 2) expected.set(page, `https://web.archive.org/web/${serial}/${url}`);
    }
    return text;
  });
  archive([...links.values()], 'archive', names);
  const result = await run(['fix', '--write']);
  expect(result.code, result.stderr).toBe(0);
  for (const [at, name] of names.entries()) {
    const text = before[at] ?? '';
    const after = read(name);
    const old = readSource(name, text, 'markdown').references;
    const wanted = old.map(({ address, form }) => {
      const parsed = parseAddress(address);
      const same = parsed.kind === 'web' && form !== 'image' ? identify(parsed.url) : null;
      const page = `${same?.platform} ${same?.key}`;
      const hash = parsed.kind === 'web' && expected.get(page)?.startsWith('https://new-') ? parsed.url.hash : '';
      return expected.has(page) ? `${expected.get(page)}${hash}` : address;
    });
    const now = readSource(name, after, 'markdown').references;
    expect(
      now.map(({ address }) => address),
      name,
    ).toEqual(wanted);
    expect(outside(after, now, old), name).toBe(outside(text, old, old));
  }
  expect((await run(['fix'])).stderr).toContain('nothing to mend');
});

/**
 * A text without its addresses. A bare address may get pointed brackets or become the text of an inline link, where
 * the new one is a path or would be cut short without: such frames are left out too.
 */
function outside(text: string, references: readonly Reference[], old: readonly Reference[]): string {
  let rest = '';
  let from = 0;
  const pairs = references.map((one, at) => ({ ...one, was: old[at] })).sort((a, b) => a.start - b.start);
  for (const { start, end, was } of pairs) {
    if (start < from || was === undefined) continue;
    rest += text.slice(from, start);
    from = end;
    if (was.form !== 'bare' && was.form !== 'autolink') continue;
    const label = `[${was.raw.replace(/[\\[\]*_`<>&~|]/g, '\\$&')}](`;
    const framed = ['<', label].find((frame) => rest.endsWith(frame));
    if (framed === undefined) continue;
    rest = rest.slice(0, -framed.length);
    from += 1;
  }
  return rest + text.slice(from);
}
