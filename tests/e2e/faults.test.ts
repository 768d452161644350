import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, answer, html, redirect, text } from '../world/answers.ts';
import * as fault from '../world/faults.ts';
import { blogPost } from '../world/pages/blogs.ts';
import { gbk } from '../world/pages/gbk.ts';
import type { Story } from '../world/pages/story.ts';
import type { CliRun } from '../world/run-cli.ts';
import { startWorld, type World } from '../world/world.ts';
import { BRISK, listOf, type Scene, setScene } from './scene.ts';

const story: Story = {
  title: '修桥的人',
  author: '石匠',
  account: '河边笔记',
  published: '2024-05-06T07:08:09+08:00',
  paragraphs: [
    '河上的桥断了三次，每一次都是同一个人来修。他说桥断不是坏事，断过的地方接起来，比原来还要结实一些。',
    '村里的孩子问他为什么不修一座永远不断的桥。他想了很久，说永远不断的桥，就没有人记得怎样修桥了。',
    '后来他老了，把锤子交给了那个提问的孩子。桥又断了一次，孩子用了两天把它接好，走上去的时候一点声音也没有。',
  ],
  pictures: [],
};
const page: Answer = blogPost('https://blog.example/', story);
const inGbk = (): Answer =>
  answer(
    200,
    [['Content-Type', 'text/html']],
    gbk(Buffer.from(page.body).toString().replace('<meta charset="utf-8">', '')),
  );

interface Row {
  name: string;
  /** What answers at the row's own host, by its root address. */
  furnish(world: World, url: string, host: string): void;
  expected: string;
  http?: boolean;
}

const one = (name: string, reply: Parameters<World['on']>[1], expected: string): Row => ({
  name,
  furnish: (world, url) => world.on(url, reply),
  expected,
});

const ROWS: Row[] = [
  one('reset before the head', fault.resetBeforeHead(page), 'unreachable/reset'),
  one('reset before the body', fault.resetBeforeBody(page), 'unreachable/reset'),
  one('reset in the body', fault.resetInBody(page), 'unreachable/reset'),
  one('truncated', fault.truncated(page), 'unreachable/truncated'),
  one('endless', fault.endless(page), 'unreachable/too-large'),
  one('one byte a second', fault.drip(page), 'unreachable/timeout'),
  one('hung', fault.hung(), 'unreachable/timeout'),
  one('hung in the body', fault.hungInBody(page), 'unreachable/timeout'),
  one('slow first byte', fault.slowFirstByte(page, 800), 'alive/ok'),
  one('gzip bomb of 1 GiB', fault.gzipBomb(), 'unreachable/too-large'),
  one('10 000 headers', fault.manyHeaders(page), 'unreachable/too-large'),
  one('a length that is too long', fault.wrongLength(page, page.body.length + 100), 'unreachable/truncated'),
  one('HTTP/1.0', fault.http10(page), 'alive/ok'),
  one('empty 200', fault.emptyPage(), 'unclear/empty-page'),
  one('GBK without charset', inGbk(), 'alive/ok'),
  one('503 twice, then the page', fault.unavailable(2, page), 'alive/ok'),
  one('503 for ever', text('Service Unavailable', 503), 'unreachable/server-error'),
  one('429 with Retry-After 2, then the page', fault.limitedFor(2, page), 'alive/ok'),
  one('404', text('Not Found', 404), 'gone/not-found'),
  one('410', text('Gone', 410), 'gone/not-found'),
  one('403', html('<h1>Forbidden</h1>', 403), 'blocked/forbidden'),
  one('redirect to 127.0.0.1', redirect('http://127.0.0.1:9/'), 'skipped/private-address'),
  one('redirect to the metadata address', redirect('http://169.254.169.254/latest/'), 'skipped/private-address'),
  one('redirect to a mapped address', redirect('http://[::ffff:7f00:1]/'), 'skipped/private-address'),
  {
    name: 'redirect loop',
    furnish(world, url) {
      world.on(url, fault.redirectLoop(url, `${url}b`));
      world.on(`${url}b`, fault.redirectLoop(url, `${url}b`));
    },
    expected: 'unreachable/too-many-redirects',
  },
  {
    name: 'a chain of 15 redirects',
    furnish(world, url) {
      world.on(url, redirect(`${url}hop/1`));
      world.on(`${url}hop/*`, fault.redirectChain(`${url}hop/`, 15, page));
    },
    expected: 'unreachable/too-many-redirects',
  },
  {
    name: 'moved for good',
    furnish(world, url) {
      world.on(url, redirect(`${url}new-home/page`, 301));
      world.on(`${url}new-home/page`, page);
    },
    expected: 'moved/permanent-redirect',
  },
  ...(['expired', 'misnamed', 'self-signed'] as const).map(
    (certificate): Row => ({
      name: `${certificate} certificate`,
      furnish(world, url, host) {
        world.on(url, page);
        world.host(host, { certificate });
      },
      expected: 'unreachable/tls',
    }),
  ),
  ...(
    [
      ['dead-dns', 'unreachable/dns'],
      ['closed', 'unreachable/connect'],
      ['hang', 'unreachable/timeout'],
    ] as const
  ).map(
    ([connect, expected]): Row => ({
      name: `host: ${connect}`,
      furnish(world, url, host) {
        world.on(url, page);
        world.host(host, { connect });
      },
      expected,
    }),
  ),
];

const urlOf = (index: number): string => `https://fault-row-${index}.example/`;

describe('the fault table, through the real command', () => {
  let world: World;
  let scene: Scene;
  let run: CliRun;
  let took = 0;
  let peak = 0;
  beforeAll(async () => {
    world = await startWorld();
    for (const [index, row] of ROWS.entries()) row.furnish(world, urlOf(index), new URL(urlOf(index)).hostname);
    scene = setScene(world);
    scene.write('list.md', listOf(ROWS.map((_, index) => urlOf(index))));
    const began = performance.now();
    run = await scene.run(
      [
        'check',
        'list.md',
        ...BRISK,
        '--timeout',
        '3s',
        '--max-retries',
        '2',
        '--max-body',
        '4MiB',
        '--max-concurrency',
        '64',
      ],
      { onPeak: (bytes) => (peak = bytes) },
    );
    took = performance.now() - began;
  });
  afterAll(async () => {
    scene.remove();
    await world.close();
  });

  test.each(ROWS.map((row, index) => [row.name, index] as const))('%s', (_name, index) => {
    const { verdict, reason } = scene.link(urlOf(index));
    expect(`${verdict}/${reason}`).toBe(ROWS[index]?.expected);
  });

  test('the run ends by itself, with the code that gone links have', () => {
    expect([run.code, run.signal]).toEqual([2, null]);
    expect(scene.status().run.complete).toBe(true);
    expect(took).toBeLessThan(60_000);
  });

  test('the lot stays in bounded memory', ({ skip }) => {
    if (peak === 0) skip('this system does not tell the memory of a process');
    expect(peak).toBeLessThan(300 * 2 ** 20);
  });

  test('nothing private was ever asked for', () => {
    const hosts = world.connects.map(({ host }) => host);
    expect(hosts.filter((host) => !host.endsWith('.example'))).toEqual([]);
  });

  test('GBK without a charset is read as what it is', () => {
    const link = scene.link(urlOf(ROWS.findIndex(({ name }) => name === 'GBK without charset')));
    expect(link.title).toBe(story.title);
    expect(readFileSync(`${scene.archive}/${link.snapshot?.path}`, 'utf8')).toContain(story.paragraphs[2]);
  });

  test('the reason of every try is in the report', () => {
    const link = scene.link(urlOf(0));
    expect(link.evidence?.finalUrl).toBe(urlOf(0));
    expect(world.log.filter(({ url }) => url === urlOf(0)).length).toBe(3);
  });
});
