import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { openArchive } from '../../src/archive/index.ts';
import { capture, runNight, TEXT, twoNights } from './evidence.ts';
import { freshFolder } from './folder.ts';
import { readTree } from './nights.ts';
import { png } from './samples.ts';

const PAGES = 'state/warc-pages.ndjson';
const PAYLOADS = 'state/warc-payloads.ndjson';

/** A night that meets a payload and a page of the nights before again. */
async function thirdNight(dir: string): Promise<void> {
  const body = Buffer.concat([png(40, 40, 7), Buffer.alloc(700)]);
  const unchanged = { status: 304, statusText: 'Not Modified', body: new Uint8Array(0), headers: [] };
  await runNight(dir, {
    id: '20261125T020000Z',
    pages: [
      {
        name: 'new',
        text: `${TEXT}戊`,
        captures: [
          capture('https://new.example/', '2026-11-25T02:00:01.000Z'),
          capture('https://img.example/shared.png', '2026-11-25T02:00:02.000Z', {
            headers: [['Content-Type', 'image/png']],
            body,
          }),
          capture('https://n.example/p', '2026-11-25T02:00:03.000Z', unchanged),
        ],
      },
    ],
  });
}

async function verify(dir: string): Promise<string[]> {
  const archive = await openArchive(dir, { readOnly: true });
  const faults = await archive.verify();
  await archive.close();
  return faults.map(({ path, code }) => `${path} ${code}`);
}

describe('the tables of what WARC files hold', () => {
  let dir: string;
  let whole: Map<string, string>;
  beforeEach(async () => {
    dir = freshFolder();
    await twoNights(dir);
    const other = freshFolder();
    await twoNights(other);
    await thirdNight(other);
    whole = readTree(other);
  });

  test.each([[[PAGES, PAYLOADS]], [[PAGES]], [[PAYLOADS]]])(
    'are made anew from the WARC files where %j are lost: what follows is as if they had never been',
    async (lost) => {
      for (const path of lost) rmSync(join(dir, path));
      expect(await verify(dir)).toEqual(lost.map((path) => `${path} missing`));
      await thirdNight(dir);
      expect(readTree(dir)).toEqual(whole);
      expect(await verify(dir)).toEqual([]);
    },
  );

  test('are made anew where the manifest is lost too', async () => {
    for (const path of [PAGES, PAYLOADS, 'manifest.json']) rmSync(join(dir, path));
    await thirdNight(dir);
    expect(readTree(dir)).toEqual(whole);
  });

  test('are made anew by a run that keeps nothing, and the run says so', async () => {
    rmSync(join(dir, PAYLOADS));
    const before = readTree(dir);
    const archive = await openArchive(dir);
    await archive.beginRun({ id: '20261125T020000Z', startedAt: '2026-11-25T02:00:00.000Z' });
    const status = await archive.readStatus();
    if (status === null) throw new Error('no status');
    await archive.finishRun({ status });
    expect(archive.repairs).toEqual([`${PAYLOADS} was lost and was made anew from the WARC files`]);
    await archive.close();
    const after = readTree(dir);
    expect(after.get(PAGES)).toBe(before.get(PAGES));
    expect(after.get(PAYLOADS)).toMatch(/^\{"key":"warc-payloads\//);
    expect(await verify(dir)).toEqual([]);
  });

  test('hold what is left where a WARC file is broken', async () => {
    const first = join(dir, 'warc/2026/20261123T020000Z.warc.gz');
    const bytes = readFileSync(first);
    writeFileSync(first, bytes.subarray(0, bytes.length - 40));
    rmSync(join(dir, PAGES));
    await thirdNight(dir);
    const pages = readFileSync(join(dir, PAGES), 'utf8');
    expect(pages).toContain('https://n.example/p');
    expect(pages).toContain('2026-11-24T02:00:04.000Z');
  });

  test('are no matter where there never were any', async () => {
    const empty = freshFolder();
    await runNight(empty, { id: '20261123T020000Z', pages: [{ name: 'a', text: TEXT, captures: [] }] });
    expect([existsSync(join(empty, PAGES)), existsSync(join(empty, PAYLOADS))]).toEqual([false, false]);
    expect(await verify(empty)).toEqual([]);
  });

  test('of several WARC files of one run name the first of each payload', async () => {
    const run = 'warc/2026/20261123T020000Z';
    rmSync(join(dir, PAYLOADS));
    const payloads = () => readFileSync(join(dir, PAYLOADS), 'utf8');
    // Names that sort before the first file, and hold the same payloads at a later date.
    copyFileSync(join(dir, 'warc/2026/20261124T020000Z.warc.gz'), join(dir, `${run}-10.warc.gz`));
    copyFileSync(join(dir, 'warc/2026/20261124T020000Z.warc.gz'), join(dir, `${run}.1.warc.gz`));
    await thirdNight(dir);
    expect(payloads()).toBe(whole.get(PAYLOADS));
  });
});
