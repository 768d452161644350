import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openArchive } from '../../src/archive/index.ts';
import { confirmedAt } from '../../src/crawl/record.ts';
import type { Status } from '../../src/types.ts';
import { png } from '../archive/samples.ts';
import { runs } from '../property.ts';
import {
  crawlNight,
  type FrozenAnswer,
  type FrozenWeb,
  merge,
  nightAt,
  runNight,
  Shelf,
  treeOf,
} from './frozen-web.ts';

const HOSTS = 7;
const PER_HOST = 2;
const SHARDS = 3;
const shelf = new Shelf();
afterAll(() => shelf.remove());

const addresses = Array.from({ length: HOSTS * PER_HOST }, (_, at) => {
  return `https://host-${at % HOSTS}.example/post/${Math.floor(at / HOSTS)}`;
});
const list = [
  '# Bridges',
  ...addresses.map((url, at) => `- [bridge number ${at}](${url}) and again <${url}?utm_source=list>`),
  '- [a file beside the list](./notes.md)',
  '- [by mail](mailto:someone@host.example)',
].join('\n');

function story(url: string, edition: number): string {
  const number = addresses.indexOf(url);
  const words = `Stone and rope carry bridge number ${number} over the river since its repair ${edition}.`;
  const paragraphs = Array.from(
    { length: 12 },
    (_, at) => `<p>${words} Paragraph ${at} says how arch ${at} was set.</p>`,
  );
  return `<!doctype html><html lang="en"><head><title>bridge number ${number}</title></head><body><article>
    <h1>bridge number ${number}</h1>${paragraphs.join('')}<img src="https://pictures.example/${number % 4}.png" alt="">
    </article></body></html>`;
}

/** Some pages change, some go, some say 304; pictures, and one whole page, are the same on several hosts. */
const web: FrozenWeb = (url, night): FrozenAnswer | null => {
  const picture = /^https:\/\/pictures\.example\/(\d)\.png$/.exec(url);
  if (picture) {
    // Two addresses, one picture: the payload is stored once.
    const size = Math.floor(Number(picture[1]) / 2) + 40;
    return { status: 200, headers: { 'content-type': 'image/png' }, body: png(size, size, 7) };
  }
  const at = addresses.indexOf(url);
  if (at === -1 || at % 7 === 5) return null;
  if (at % 8 === 3 && night > 0) return { status: 410, body: Buffer.from('<title>Gone</title>') };
  if (at % 6 === 4) return { status: 200, body: Buffer.from(story(addresses[4] ?? '', 0)) };
  if (at % 5 === 1) return { status: 200, headers: { etag: '"1"' }, body: Buffer.from(story(url, 0)) };
  return { status: 200, body: Buffer.from(story(url, at % 4 === 0 ? night : 0)) };
};

/** The archives that the shards of a night leave, each begun as a copy of another archive. */
async function runShards(night: number, from?: string): Promise<string[]> {
  const dirs: string[] = [];
  for (let index = 1; index <= SHARDS; index++) {
    const dir = shelf.place(from);
    await runNight(dir, list, web, night, { index, of: SHARDS });
    dirs.push(dir);
  }
  return dirs;
}

async function runWhole(night: number, from?: string): Promise<string> {
  const dir = shelf.place(from);
  await runNight(dir, list, web, night);
  return dir;
}

describe('shards of a run', () => {
  let whole: string;
  let shards: string[];
  let second: string;
  let secondShards: string[];
  beforeAll(async () => {
    whole = await runWhole(0);
    shards = await runShards(0);
    second = await runWhole(1, whole);
    secondShards = await runShards(1, whole);
  });

  test('each holds its own part and nothing of the others', () => {
    const pages = shards.map((dir) => Object.keys(treeOf(dir)).filter((path) => path.endsWith('/page.md')));
    expect(pages.every((paths) => paths.length > 0)).toBe(true);
    expect(new Set(pages.flat()).size).toBe(pages.flat().length);
  });

  test('in any order they merge to the very bytes of one run', async () => {
    const expected = treeOf(whole);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(shards, { minLength: SHARDS }), async (order) => {
        const merged = shelf.place();
        await merge(merged, order);
        expect(treeOf(merged)).toEqual(expected);
      }),
      runs(3),
    );
  });

  test('what they merge to is whole', async () => {
    const merged = shelf.place();
    await merge(merged, shards);
    const archive = await openArchive(merged, { readOnly: true });
    expect(await archive.verify()).toEqual([]);
    await archive.close();
  });

  test('the night after, begun from the merged archive, merges to the bytes of one run too', async () => {
    const merged = shelf.place(whole);
    await merge(merged, secondShards);
    expect(treeOf(merged)).toEqual(treeOf(second));
    expect(treeOf(second)).not.toEqual(treeOf(whole));
  });

  test('an archive of its own takes the history of the shards with it', async () => {
    const merged = shelf.place();
    await merge(merged, secondShards);
    const pages = (tree: Record<string, string>) =>
      Object.entries(tree).filter(([path]) => /^(?:pages|assets|state|warc)\//.test(path));
    expect(pages(treeOf(merged))).toEqual(
      expect.arrayContaining(pages(treeOf(second)).filter(([path]) => !path.startsWith('warc/'))),
    );
  });

  test('merging once more changes nothing', async () => {
    const merged = shelf.place();
    await merge(merged, shards);
    const before = treeOf(merged);
    expect(await merge(merged, shards)).toBe(false);
    expect(treeOf(merged)).toEqual(before);
  });

  test('where a shard has left nothing its links stay as they were, and the run is not complete', async () => {
    const merged = shelf.place(whole);
    const some = secondShards.slice(1);
    await merge(merged, some, true);
    const status = JSON.parse(treeOf(merged)['status.json'] ?? '{}');
    const before = JSON.parse(treeOf(whole)['status.json'] ?? '{}');
    expect(status.links.map(({ id }: { id: string }) => id)).toEqual(before.links.map(({ id }: { id: string }) => id));
    expect(status.run.complete).toBe(false);
  });

  test('of different times merge to one from the first beginning to the last end', async () => {
    const late = shelf.place();
    await runNight(late, list, web, 1, { index: 2, of: SHARDS });
    const [first = '', , third = ''] = shards;
    const results = [];
    for (const order of [
      [first, late, third],
      [late, third, first],
    ]) {
      const merged = shelf.place();
      await merge(merged, order);
      results.push(treeOf(merged));
    }
    expect(results[1]).toEqual(results[0]);
    const status: Status = JSON.parse(results[0]?.['status.json'] ?? '{}');
    expect(status.run).toMatchObject({ startedAt: nightAt(0), finishedAt: nightAt(1), complete: true });
    expect(status.run.counts.links).toBe(JSON.parse(treeOf(whole)['status.json'] ?? '{}').run.counts.links);
  });

  test('of links that two of them saw the later word counts, and all their places', async () => {
    const [one, two] = [shelf.place(), shelf.place()];
    const answer: FrozenWeb = (url, night) => (url.endsWith('/7') && night === 0 ? web(addresses[0] ?? '', 0) : null);
    await crawlNight(one, '- [x](https://host-0.example/7)\n', answer, 0);
    await crawlNight(two, 'see <https://host-0.example/7>\n', answer, 1);
    for (const order of [
      [one, two],
      [two, one],
    ]) {
      const merged = shelf.place();
      await merge(merged, order);
      const status: Status = JSON.parse(treeOf(merged)['status.json'] ?? '{}');
      expect(status.links).toMatchObject([{ verdict: 'gone', checkedAt: nightAt(1) }]);
      expect(status.links[0]?.occurrences.map(({ column }) => column)).toEqual([3, 5]);
    }
  });

  test('of which one was stopped note what the others have seen', async () => {
    const stopped = shelf.place(whole);
    await crawlNight(stopped, list, web, 1, {
      shard: { index: 1, of: SHARDS },
      deps: { stop: AbortSignal.abort() },
    });
    const merged = shelf.place(whole);
    await merge(merged, [stopped, ...secondShards.slice(1)]);
    const status: Status = JSON.parse(treeOf(merged)['status.json'] ?? '{}');
    expect(status.run.complete).toBe(false);
    const archive = await openArchive(merged, { readOnly: true });
    const seen = new Map<string, string | null>();
    for (const { id, url, platform } of status.links) {
      if (platform === 'web' && url.startsWith('https:'))
        seen.set(id, confirmedAt(await archive.records.get(id), status.run));
    }
    await archive.close();
    for (const { id, verdict } of status.links) {
      if (seen.has(id)) expect(seen.get(id), id).toBe(verdict === 'skipped' ? nightAt(0) : nightAt(1));
    }
    expect(new Set(seen.values())).toEqual(new Set([nightAt(0), nightAt(1)]));
  });

  test('a file that is not what the shard says of it is refused', async () => {
    const broken = shelf.place(shards[0]);
    const page = Object.keys(treeOf(broken)).find((path) => path.endsWith('/page.md')) ?? '';
    writeFileSync(join(broken, page), 'something else');
    await expect(merge(shelf.place(), [broken])).rejects.toMatchObject({ code: 'archive/damaged' });
    rmSync(join(broken, page));
    await expect(merge(shelf.place(), [broken])).rejects.toMatchObject({ code: 'archive/damaged' });
  });
});
