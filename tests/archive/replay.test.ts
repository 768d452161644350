import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exportWacz } from '../../src/archive/index.ts';
import { httpBody, readWarc } from '../../src/archive/warc/read.ts';
import { answer } from '../world/answers.ts';
import { demoLinks, furnishDemoWeb } from '../world/demo-web.ts';
import { blogPost } from '../world/pages/blogs.ts';
import { root, runCli } from '../world/run-cli.ts';
import { startWorld } from '../world/world.ts';
import { twoNights } from './evidence.ts';
import { freshFolder } from './folder.ts';
import { bodyOf, type Got, playerFolder, replay, type Wanted } from './replay.ts';
import { png } from './samples.ts';

const player = playerFolder();
const why = 'needs LINKARK_WABAC, a folder with @webrecorder/wabac installed, see .ci/run';

const raw = (url: string, time: string, post: string | null = null): Wanted => ({ url, time, raw: true, post });
const shown = (url: string, time: string): Wanted => ({ url, time, raw: false, post: null });

/** Every answer with 200 in the WARCs of an archive, with the payload that it must show: of a revisit the first one's. */
async function evidence(dir: string): Promise<{ url: string; time: string; payload: Buffer; type: string }[]> {
  const payloads = new Map<string, Buffer>();
  const found: { url: string; time: string; payload: Buffer; type: string }[] = [];
  const paths = readdirSync(join(dir, 'warc'), { recursive: true, encoding: 'utf8' });
  for (const path of paths.filter((name) => name.endsWith('.warc.gz')).sort()) {
    for await (const { fields, block } of readWarc(join(dir, 'warc', path))) {
      const type = fields.get('warc-type') ?? '';
      const head = Buffer.from(block).toString('latin1', 0, 20);
      if (!['response', 'revisit'].includes(type) || !/^HTTP\/1\.\d 200 /.test(head)) continue;
      const digest = fields.get('warc-payload-digest') ?? '';
      if (type === 'response') payloads.set(digest, Buffer.from(httpBody(block) ?? []));
      const payload = payloads.get(digest);
      if (payload === undefined) throw new Error(`a revisit points to nothing: ${fields.get('warc-target-uri')}`);
      const time = (fields.get('warc-date') ?? '').replace(/\D/g, '').slice(0, 14);
      found.push({ url: fields.get('warc-target-uri') ?? '', time, payload, type });
    }
  }
  return found;
}

/** A payload without its content coding. */
function plain(payload: Buffer): Buffer {
  return payload[0] === 0x1f && payload[1] === 0x8b ? gunzipSync(payload) : payload;
}

describe.skipIf(player === null)(`replay of hard evidence (${why})`, () => {
  const asked: readonly [string, Wanted][] = [
    ['capital', raw('https://mp.weixin.qq.com/s/AbC', '20261123020001')],
    ['small', raw('https://mp.weixin.qq.com/s/aBc', '20261123020001')],
    ['chinese', raw('https://xn--fsqu00a.example/%E4%B8%AD%E6%96%87/%E9%A1%B5?%E9%A2%98=%E6%A1%A5', '20261123020004')],
    ['chinese, shown', shown('https://例子.example/中文/页?题=桥', '20261123020004')],
    ['changed', raw('https://xn--fsqu00a.example/%E4%B8%AD%E6%96%87/%E9%A1%B5?%E9%A2%98=%E6%A1%A5', '20261124020004')],
    ['picture', raw('https://img.example/shared.png', '20261123020002')],
    ['revisit in a run', raw('https://img.example/shared.png', '20261123020003')],
    ['revisit of a run', raw('https://img.example/shared.png', '20261124020005')],
    ['not modified', raw('https://n.example/p', '20261124020006')],
    ['posted', raw('https://n.example/api', '20261123020005', '{"page":1,"of":{"桥":["河","&"]}}')],
    ['posted, another', raw('https://n.example/api', '20261123020005', '{"page":2}')],
    ['text', raw('urn:text:https://mp.weixin.qq.com/s/AbC', '20261123020001')],
  ];
  let got: Got;
  const answerTo = (name: string): Got['answers'][number] | undefined =>
    got.answers[asked.findIndex(([known]) => known === name)];
  const textOf = (name: string): string => bodyOf(answerTo(name)).toString('utf8');

  beforeAll(async () => {
    const dir = freshFolder();
    await twoNights(dir);
    const wacz = join(dir, '..', 'hard.wacz');
    await exportWacz(dir, wacz, { software: 'linkark/test', title: 'T' });
    got = await replay(
      player ?? '',
      wacz,
      asked.map(([, wanted]) => wanted),
    );
  });

  test('opens without a fault, with every page', () => {
    expect(got.faults).toEqual([]);
    expect(got.pages.map(({ url }) => url).sort()).toEqual([
      'https://mp.weixin.qq.com/s/AbC',
      'https://mp.weixin.qq.com/s/aBc',
      'https://n.example/p',
      'https://xn--fsqu00a.example/%E4%B8%AD%E6%96%87/%E9%A1%B5?%E9%A2%98=%E6%A1%A5',
      'https://xn--fsqu00a.example/%E4%B8%AD%E6%96%87/%E9%A1%B5?%E9%A2%98=%E6%A1%A5',
    ]);
  });

  test('tells ids apart that differ by case alone', () => {
    expect([textOf('capital'), textOf('small')]).toEqual([
      '<html><title>A</title>甲</html>',
      '<html><title>B</title>乙</html>',
    ]);
  });

  test('shows Chinese addresses, each version at its time', () => {
    expect(textOf('chinese')).toBe('<html><title>丙</title>丙</html>');
    expect(textOf('chinese, shown')).toContain('<title>丙</title>');
    expect(textOf('changed')).toContain('2026-11-24T02:00:04.000Z');
  });

  test('shows what came again, in the same run or a later one', () => {
    const picture = bodyOf(answerTo('picture'));
    expect(picture.length).toBeGreaterThan(700);
    for (const name of ['revisit in a run', 'revisit of a run']) {
      expect(answerTo(name)?.status, name).toBe(200);
      expect(bodyOf(answerTo(name)).equals(picture), name).toBe(true);
    }
  });

  test('shows the page for which the server later said that it had not changed', () => {
    expect(answerTo('not modified')?.status).toBe(200);
    expect(textOf('not modified')).toContain('/p 2026-11-23T02:00:05.000Z');
  });

  test('answers each POST by what is sent, and has the extracted text beside the page', () => {
    expect([textOf('posted'), textOf('posted, another')]).toEqual(['{"a":1}', '{"a":2}']);
    expect(textOf('text')).toContain('河边的旧桥');
  });
});

describe.skipIf(player === null)(`replay of what the program keeps in two nights (${why})`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'linkark-replay-'));
  const archive = join(folder, 'archive');
  const chinese = 'https://blog.example/文章/桥?页=一';
  const story = (edition: string) => ({
    title: '修桥记',
    author: '石匠',
    account: '河边',
    published: '2024-05-06T07:08:09+08:00',
    paragraphs: [
      `${edition}：河上的桥断了三次，每一次都是同一个人来修，他说断过的地方接起来比原来结实。`,
      '他老了以后，把锤子交给了一个孩子。桥又断了一次，孩子用了两天把它接好。',
    ],
    pictures: ['https://pictures.example/bridge.png'],
  });
  let wacz = '';
  let pages: { url: string; ts: string; title: string }[] = [];

  beforeAll(async () => {
    const world = await startWorld();
    furnishDemoWeb(world);
    // Large enough to be worth pointing to when it comes again.
    const bytes = Buffer.concat([png(40, 40, 7), Buffer.alloc(700)]);
    world.on('pictures.example', answer(200, [['Content-Type', 'image/png']], bytes));
    const lists = [join(root, 'sources'), join(folder, 'more.md')];
    writeFileSync(join(folder, 'more.md'), `# 更多\n\n- [修桥记](<${chinese}>)\n`);
    const brisk = ['--host-request-interval', '1ms', '--retry-wait-time', '20ms', '--no-progress', '--quiet'];
    for (const edition of ['第一版', '第二版']) {
      world.on('blog.example', blogPost(new URL(chinese).href, story(edition)));
      const run = await runCli(['check', ...lists, '--archive', archive, ...brisk], { env: world.env, cwd: folder });
      expect([0, 2], run.stderr).toContain(run.code);
      // Versions are named by the second.
      await new Promise((resolve) => setTimeout(resolve, 1100));
    }
    await world.close();
    wacz = join(folder, 'archive.wacz');
    const exported = await runCli(['export', '--wacz', wacz, '--archive', archive]);
    expect(exported.code, exported.stderr).toBe(0);
    const [, ...lines] = new TextDecoder()
      .decode(unzipSync(readFileSync(wacz))['pages/pages.jsonl'])
      .trimEnd()
      .split('\n');
    pages = lines.map((line) => JSON.parse(line) as (typeof pages)[number]);
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('shows every page that it lists, with its title', async () => {
    const kept = demoLinks.filter(({ story: told }) => told !== null).length;
    // The Chinese page in two versions.
    expect(pages.length).toBe(kept + 2);
    const wanted = pages.map(({ url, ts }) => shown(url, ts.replace(/\D/g, '').slice(0, 14)));
    const got = await replay(player ?? '', wacz, wanted);
    expect(got.faults).toEqual([]);
    expect(got.pages.map(({ url }) => url).sort()).toEqual(pages.map(({ url }) => url).sort());
    for (const [index, { url }] of pages.entries()) expect(got.answers[index]?.status, url).toBe(200);
  }, 60_000);

  test('gives every answer back to the byte, those that came again included', async () => {
    const all = await evidence(archive);
    expect(new Set(all.map(({ type }) => type))).toEqual(new Set(['response', 'revisit']));
    const gets = all.filter(({ url }) => !url.includes('/api/v3/'));
    const got = await replay(
      player ?? '',
      wacz,
      gets.map(({ url, time }) => raw(url, time)),
    );
    const wrong = gets.filter(({ payload }, index) => !bodyOf(got.answers[index]).equals(plain(payload)));
    expect(wrong.map(({ url, time, type }) => `${type} ${time} ${url}`)).toEqual([]);
  }, 60_000);
});
