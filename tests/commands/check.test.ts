import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'undici';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Terminal } from '../../src/commands/terminal.ts';
import { BRISK, type Scene, setScene } from '../e2e/scene.ts';
import { html, json, text } from '../world/answers.ts';
import { plainPage } from '../world/pages/blogs.ts';
import { startWorld, type World } from '../world/world.ts';
import { type InProcess, runInProcess } from './in-process.ts';

const SITE = 'https://check.example';
const FINE = `${SITE}/fine`;
const GONE = `${SITE}/gone`;
const SENTENCES = '这一页只为试着检查而写，写得不长也不短，读的时候不费眼睛，存的时候不占地方。'.repeat(10);

let world: World;
let scene: Scene;
beforeAll(async () => {
  world = await startWorld();
  world.on(FINE, plainPage('好页', SENTENCES));
  world.on(GONE, text('Gone', 410));
});
afterAll(() => world.close());
beforeEach(() => {
  scene = setScene(world);
});
afterEach(() => scene.remove());

const check = (args: readonly string[], given: Partial<Terminal> = {}): Promise<InProcess> =>
  runInProcess(['check', ...BRISK, '--ca', world.ca, ...args], scene.folder, { env: world.env, ...given });
/** What the requests for one address looked like. */
const asked = (url: string) => world.log.filter((request) => `https://${request.host}${request.path}` === url);

describe('lists', () => {
  test('a run over some lists leaves the links of the others as they were, but not of those that are no more', async () => {
    scene.write('one.md', `[好](${FINE})\n`);
    scene.write('two.md', `[没了](${GONE})\n`);
    expect((await check(['one.md', 'two.md'])).code).toBe(2);
    expect((await check(['one.md'])).code).toBe(2);
    expect(scene.status().links.map(({ url }) => url)).toEqual([FINE, GONE]);
    expect((await check(['one.md', 'two.md', '--exclude', 'gone'])).code).toBe(0);
    scene.write('one.md', `[没了](${GONE})\n`);
    expect((await check(['one.md', '--fail-on', 'never'])).code).toBe(0);
  });

  test('one that can not be read does not keep the others from being checked, and ends with 3', async () => {
    scene.write('one.md', `[好](${FINE})\n`);
    const { code, stdout } = await check(['one.md', 'none.md', '--lang', 'zh']);
    expect(code).toBe(3);
    expect(stdout).toContain('none.md  没有这个文件或文件夹，请检查名字');
    expect(scene.link(FINE).verdict).toBe('alive');
  });

  test('links to headings of other lists are looked up, those into other files are not read', async () => {
    scene.write('code.ts', 'export const one = 1;\n');
    scene.write('data.csv', 'url\n');
    scene.write('there.md', '# 第一节\n');
    scene.write('sub/x.md', '# X\n');
    scene.write('one.md', '[a](there.md#第一节) [b](there.md#第二节) [c](code.ts#L1) [d](data.csv#x) [e](sub/#y)\n');
    expect((await check(['one.md', '--lang', 'zh'])).code).toBe(2);
    const verdicts = scene.status().links.map(({ url, verdict }) => [url, verdict]);
    expect(verdicts.sort()).toEqual([
      ['code.ts#L1', 'alive'],
      ['data.csv#x', 'alive'],
      ['sub/#y', 'alive'],
      ['there.md#第一节', 'alive'],
      ['there.md#第二节', 'gone'],
    ]);
  });

  test('--dump prints links in the order of the lists, whichever was seen first', async () => {
    scene.write('b.md', `<${GONE}>\n\n<${FINE}>\n`);
    scene.write('a.md', `<${FINE}> <${GONE}>\n`);
    const { stdout } = await check(['b.md', 'a.md', '--dump']);
    expect(stdout.split('\n')).toEqual([
      ...[`b.md:1:1 ${GONE}`, `b.md:3:1 ${FINE}`, `a.md:1:1 ${FINE}`, `a.md:1:${FINE.length + 4} ${GONE}`, ''],
    ]);
  });
});

describe('a run', () => {
  test.each([
    ['zh', '离线（offline）'],
    ['en', 'offline: nothing at all'],
  ])('that reaches nothing records nothing and says so: %s', async (language, words) => {
    scene.write('one.md', [1, 2, 3, 4].map((n) => `<https://h${n}.example/>\n`).join('\n'));
    // Port 9 is that of discard, where nobody listens.
    const env = { HTTPS_PROXY: 'http://127.0.0.1:9', HTTP_PROXY: 'http://127.0.0.1:9' };
    const { code, stderr } = await check(['one.md', '--max-retries', '0', '--lang', language], { env });
    expect(code).toBe(1);
    expect(stderr).toContain(words);
    expect(existsSync(join(scene.archive, 'status.json'))).toBe(false);
  });

  test.each(['zh', 'en'])('that finds not one name asks whether the machine is offline: %s', async (language) => {
    // A name that can exist nowhere (RFC 6761); where not even the resolver answers, the run is offline for certain.
    scene.write('one.md', '<https://one.invalid/>\n');
    const { stderr } = await check(['one.md', '--max-retries', '0', '--lang', language], { env: {} });
    expect(stderr).toMatch(language === 'zh' ? /离线|没有联网/ : /offline/);
  });

  test('that is stopped ends with 1 and keeps what it saw', async () => {
    scene.write('one.md', `[好](${FINE})\n`);
    const { code } = await check(['one.md'], { stop: AbortSignal.abort() });
    expect(code).toBe(1);
    expect(scene.status().run.complete).toBe(false);
  });

  test('tells each link with --verbose, and what became of its copy', async () => {
    scene.write('one.md', `[好](${FINE})\n`);
    expect((await check(['one.md', '--verbose'])).stderr).toContain(`还在  ${FINE}  页面还在，已存`);
    world.on(FINE, plainPage('好页', SENTENCES.slice(0, 90)));
    const { stderr } = await check(['one.md', '--verbose', '--lang', 'zh']);
    world.on(FINE, plainPage('好页', SENTENCES));
    expect(stderr).toMatch(/check\.example\/fine: 短了很多：只有已存文字的 \d+ %/);
  });

  test('--quiet prints only what is wrong', async () => {
    scene.write('one.md', `[好](${FINE})\n`);
    scene.write('two.md', `[没了](${GONE})\n`);
    expect(await check(['one.md', '--quiet'])).toEqual({ code: 0, stdout: '', stderr: '' });
    expect((await check(['two.md', '--quiet'])).stdout).toContain(GONE);
    expect((await check(['one.md', 'none.md', '--quiet'])).stdout).toContain('none.md');
  });

  test('--suggest asks for a copy of what is gone, at the address that is configured', async () => {
    const copy = 'https://web.archive.org/web/2026/https://check.example/gone';
    world.on(
      'https://wayback.example/available*',
      json({ archived_snapshots: { closest: { available: true, url: copy } } }),
    );
    scene.write('linkark.config.json', '{"wayback": {"api": "https://wayback.example/available", "interval": "1ms"}}');
    scene.write('one.md', `[没了](${GONE})\n`);
    const { stdout } = await check(['one.md', '--suggest']);
    expect(scene.link(GONE).suggestion).toEqual({ kind: 'wayback', url: copy });
    expect(stdout).toContain(`⇒ ${copy}`);
  });

  test('--include-fragments looks for the place in a page', async () => {
    world.on(
      `${SITE}/places`,
      html(`<!doctype html><title>x</title><article><h1 id="one">x</h1><p>${SENTENCES}</p></article>`),
    );
    scene.write('one.md', `[a](${SITE}/places#one) [b](${SITE}/places#two)\n`);
    const { stdout } = await check(['one.md', '--include-fragments', '--lang', 'zh']);
    expect(stdout).toContain(`页面 ${SITE}/places 还在，但里面没有 #two`);
    expect(stdout).not.toContain('#one');
  });
});

describe('what is sent', () => {
  test('headers, cookies and language of a host, from the configuration', async () => {
    const page = `${SITE}/headers`;
    world.on(page, plainPage('头', SENTENCES));
    scene.write('host.txt', '# Netscape HTTP Cookie File\n.check.example\tTRUE\t/\tTRUE\t0\tsession\tfromhost\n');
    scene.write(
      'linkark.config.json',
      JSON.stringify({
        hosts: {
          '.check.example': {
            cookies: 'host.txt',
            headers: { 'x-own': 'mine' },
            language: 'fr',
            interval: '0',
            concurrency: 1,
          },
        },
      }),
    );
    scene.write('one.md', `<${page}>\n`);
    expect(
      (await check(['one.md', '--header', 'X-All: yes'], { env: { ...world.env, NODE_EXTRA_CA_CERTS: '' } })).code,
    ).toBe(0);
    expect(asked(page).at(-1)?.headers).toMatchObject({
      ...{ cookie: 'session=fromhost', 'x-own': 'mine', 'accept-language': 'fr', 'x-all': 'yes' },
    });
  });

  test('the cookies of --cookies, and an honest name unless another is given', async () => {
    const page = `${SITE}/cookies`;
    world.on(page, plainPage('饼', SENTENCES));
    scene.write('jar.txt', '.check.example\tTRUE\t/\tTRUE\t0\tsession\tfromflag\n');
    scene.write('one.md', `<${page}>\n`);
    await check(['one.md', '--cookies', 'jar.txt']);
    expect(asked(page).at(-1)?.headers).toMatchObject({ cookie: 'session=fromflag' });
    expect(String(asked(page).at(-1)?.headers['user-agent'])).toContain('linkark/');
    await check(['one.md', '--user-agent', 'somebody']);
    expect(asked(page).at(-1)?.headers).toMatchObject({ 'user-agent': 'somebody' });
  });

  test('certificates of NODE_EXTRA_CA_CERTS still count where --ca names others', async () => {
    scene.write('other.pem', readFileSync(world.ca, 'utf8'));
    scene.write('one.md', `<${FINE}>\n`);
    const again = await runInProcess(['check', ...BRISK, '--ca', 'other.pem', 'one.md'], scene.folder, {
      env: { ...world.env, NODE_EXTRA_CA_CERTS: 'none.pem' },
    });
    expect(again.code).toBe(0);
  });
});

describe('reports', () => {
  test('name the archive as it is reached from where they are, in a workflow by its address', async () => {
    scene.write('one.md', `[好](${FINE})\n`);
    const report = (env: Record<string, string>, args: string[] = []) =>
      check(['one.md', '--format', 'detailed', ...args], { env: { ...world.env, ...env } }).then(
        ({ stdout }) => stdout,
      );
    const github = { GITHUB_SERVER_URL: 'https://github.com', GITHUB_REPOSITORY: 'a/b', GITHUB_REF_NAME: 'main' };
    expect(await report({})).toContain('         archive/pages/web/');
    expect(await report(github)).toContain('         https://github.com/a/b/blob/main/archive/pages/web/');
    expect(await report({ ...github, GITHUB_SERVER_URL: 'javascript:' })).toContain('         archive/pages/web/');
    const outside = join(scene.folder, 'outside');
    scene.write('inner/one.md', `[好](${FINE})\n`);
    const inner = (archive: string) =>
      runInProcess(
        ['check', ...BRISK, '--ca', world.ca, 'one.md', '--format', 'detailed', '--archive', archive],
        join(scene.folder, 'inner'),
        { env: { ...world.env, ...github } },
      ).then(({ stdout }) => stdout);
    expect(await inner(outside)).toContain(`         ${outside}/pages/web/`);
    expect(await inner('../outside')).toContain('         ../outside/pages/web/');
    await check(['one.md', '--format', 'detailed', '--output', 'out/report.txt']);
    expect(readFileSync(join(scene.folder, 'out/report.txt'), 'utf8')).toContain('../archive/pages/web/');
  });
});

describe('a bug of the program', () => {
  test('ends the run as such and at once; no link is told to be at fault, and nothing is recorded', async () => {
    world.host('hangs.check.example', { connect: 'hang' });
    scene.write('one.md', `<${FINE}> <https://hangs.check.example/>\n`);
    const bug = new TypeError('made of nothing');
    vi.spyOn(Client.prototype, 'connect').mockRejectedValueOnce(bug);
    await expect(check(['one.md', '--timeout', '1h'])).rejects.toBe(bug);
    expect(existsSync(join(scene.archive, 'status.json'))).toBe(false);
  });
});
