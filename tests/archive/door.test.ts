import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openArchive } from '../../src/archive/index.ts';
import { freshFolder } from './folder.ts';
import { article, keepInput, link, png, record, status } from './samples.ts';

const NIGHT = '2026-11-23T02:00:00.000Z';

describe('a run', () => {
  test('leaves records, pages and status behind, and nothing of its working folder', async () => {
    const dir = freshFolder();
    const one = link('one');
    const archive = await openArchive(dir);
    await archive.beginRun({ id: '20261123T020000Z', startedAt: NIGHT });
    const kept = await archive.keep(one, article(), keepInput(NIGHT));
    await archive.settle(one.id, { record: record(one.id, { snapshot: kept.ref }) });
    await archive.finishRun({ status: status('20261123T020000Z') });
    await archive.close();
    expect(kept.changed).toBe('new');
    expect(readdirSync(dir).sort()).toEqual([
      '.gitattributes',
      'manifest.json',
      'pages',
      'state',
      'status.json',
      'status.md',
    ]);
    const again = await openArchive(dir);
    expect((await again.records.get(one.id))?.snapshot).toEqual(kept.ref);
    await again.close();
  });

  test('that was stopped is known at the next opening, with what it had done', async () => {
    const dir = freshFolder();
    const archive = await openArchive(dir);
    await archive.beginRun({ id: '20261123T020000Z', startedAt: NIGHT });
    await archive.settle('web/a-1', { record: record('web/a-1') });
    await archive.close();
    const again = await openArchive(dir);
    const resumed = await again.beginRun({ id: '20261124T020000Z', startedAt: NIGHT });
    expect({ ...resumed }).toEqual({
      id: '20261123T020000Z',
      startedAt: NIGHT,
      resumed: true,
      done: new Set(['web/a-1']),
    });
    expect(await again.records.get('web/a-1')).toEqual(record('web/a-1'));
    await again.finishRun({ status: status('20261123T020000Z') });
    expect(again.run).toBeNull();
    await again.close();
  });

  test('is not disturbed by what a later stop left half staged under an old name', async () => {
    const dir = freshFolder();
    const archive = await openArchive(dir);
    await archive.beginRun({ id: '20261123T020000Z', startedAt: NIGHT });
    await archive.keep(link('one'), article(), keepInput(NIGHT));
    await archive.close();
    mkdirSync(join(dir, '.linkark/stage/000000'), { recursive: true });
    writeFileSync(join(dir, '.linkark/stage/000000/0'), 'half of something else');
    const again = await openArchive(dir);
    expect(await again.verify()).toEqual([]);
    await again.close();
  });

  test('that is abandoned leaves no trace, not even the folder', async () => {
    const dir = freshFolder();
    const archive = await openArchive(dir);
    await archive.beginRun({ id: '20261123T020000Z', startedAt: NIGHT });
    await archive.abandonRun();
    await archive.close();
    expect(existsSync(dir)).toBe(false);
  });

  test('without news changes only status.json and status.md', async () => {
    const dir = freshFolder();
    const one = link('one');
    const picture = { bytes: png(4, 4, 9), contentType: 'image/png' };
    const url = 'https://web.example/p.png?sign=1';
    const page = article({
      pictures: [{ url, alt: '桥', asset: null }],
      html: `<p>一</p><img src="${url}" alt="桥">`,
      markdown: `一\n\n![桥](${url})`,
    });
    const night = async (id: string, at: string): Promise<string> => {
      const archive = await openArchive(dir);
      await archive.beginRun({ id, startedAt: at });
      const kept = await archive.keep(one, page, keepInput(at, { pictures: new Map([[url, picture]]) }));
      await archive.settle(one.id, kept.changed === 'same' ? {} : { record: record(one.id, { snapshot: kept.ref }) });
      await archive.finishRun({ status: status(id), files: new Map([['README.md', '# list\n']]) });
      await archive.close();
      return kept.changed;
    };
    expect(await night('20261123T020000Z', NIGHT)).toBe('new');
    const before = readTree(dir);
    expect(await night('20261124T020000Z', '2026-11-24T02:00:00.000Z')).toBe('same');
    const after = readTree(dir);
    expect([...after.keys()]).toEqual([...before.keys()]);
    expect([...after].filter(([path, text]) => before.get(path) !== text).map(([path]) => path)).toEqual([
      'status.json',
      'status.md',
    ]);
  });
});

function readTree(dir: string): Map<string, string> {
  const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [path.slice(dir.length + 1), readFileSync(path, 'latin1')]),
  );
}
