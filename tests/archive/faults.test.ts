import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openArchive, writeFileAtomic } from '../../src/archive/index.ts';
import { freshFolder } from './folder.ts';
import { article, keepInput, link, status } from './samples.ts';

const AT = '2026-11-23T02:00:00.000Z';

function lockOf(dir: string): string {
  mkdirSync(join(dir, '.linkark'), { recursive: true });
  return join(dir, '.linkark/lock');
}

describe('two runs at once', () => {
  test('the second is refused with the name of the first', async () => {
    const dir = freshFolder();
    const first = await openArchive(dir);
    await expect(openArchive(dir)).rejects.toMatchObject({
      code: 'archive/locked',
      message: expect.stringContaining(`process ${process.pid} on ${hostname()}`),
    });
    await first.close();
    await (await openArchive(dir)).close();
  });

  test('the second may wait for the first', async () => {
    const dir = freshFolder();
    const first = await openArchive(dir);
    const order: string[] = [];
    const second = openArchive(dir, { wait: true }).then((archive) => {
      order.push('second opened');
      return archive;
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    order.push('first closes');
    await first.close();
    await (await second).close();
    expect(order).toEqual(['first closes', 'second opened']);
  });

  test('many at once come one after the other', async () => {
    const dir = freshFolder();
    let inside = 0;
    await Promise.all(
      Array.from({ length: 6 }, async () => {
        const archive = await openArchive(dir, { wait: true });
        expect(++inside).toBe(1);
        await new Promise((resolve) => setTimeout(resolve, 5));
        inside--;
        await archive.close();
      }),
    );
    expect(existsSync(dir)).toBe(false);
  });

  test('reading needs no lock', async () => {
    const dir = freshFolder();
    const first = await openArchive(dir);
    const reader = await openArchive(dir, { readOnly: true });
    expect(await reader.records.get('web/a-1')).toBeNull();
    await expect(reader.settle('web/a-1')).rejects.toMatchObject({ code: 'archive/closed' });
    await reader.close();
    await first.close();
  });

  test('the lock of a process that is gone is broken, as is a half-written one that is old', async () => {
    const dir = freshFolder();
    const child = spawn(process.execPath, ['-e', '']);
    await new Promise((resolve) => child.once('exit', resolve));
    writeFileSync(lockOf(dir), JSON.stringify({ pid: child.pid, host: hostname(), birth: null, since: AT }));
    await (await openArchive(dir)).close();
    writeFileSync(
      lockOf(dir),
      JSON.stringify({ pid: process.pid, host: hostname(), birth: 'another boot/1', since: AT }),
    );
    if (existsSync('/proc/self/stat')) await (await openArchive(dir)).close();
  });

  test('the lock of another machine is believed', async () => {
    const dir = freshFolder();
    writeFileSync(lockOf(dir), JSON.stringify({ pid: 1, host: 'elsewhere', birth: null, since: AT }));
    await expect(openArchive(dir)).rejects.toMatchObject({
      code: 'archive/locked',
      message: expect.stringContaining('elsewhere'),
    });
  });
});

describe('a bad place', () => {
  test('that is a file is said so', async () => {
    const dir = freshFolder();
    writeFileSync(dir, 'x');
    await expect(openArchive(dir)).rejects.toMatchObject({ code: 'archive/not-a-folder' });
  });

  test.skipIf(!existsSync('/dev/full'))(
    'that is full is said so, and no half file stays (needs /dev/full)',
    async () => {
      await expect(
        import('../../src/archive/disk.ts').then(({ writeDurable }) => writeDurable('/dev/full/x', 'y')),
      ).rejects.toMatchObject({ code: expect.stringMatching(/^archive\//) });
      const { archiveError } = await import('../../src/archive/errors.ts');
      expect(archiveError(Object.assign(new Error('x'), { code: 'ENOSPC' }), '/a')).toMatchObject({
        code: 'archive/disk-full',
        path: '/a',
        mend: expect.stringContaining('Make room'),
      });
    },
  );

  test('300 characters deep works', async () => {
    const dir = join(freshFolder(), ...Array.from({ length: 6 }, (_, index) => `${index}`.repeat(50)));
    const archive = await openArchive(dir);
    await archive.beginRun({ id: '20261123T020000Z', startedAt: AT });
    const kept = await archive.keep(link('x'.repeat(80)), article(), keepInput(AT));
    await archive.finishRun({ status: status('20261123T020000Z') });
    expect(await archive.verify()).toEqual([]);
    await archive.close();
    expect(join(dir, kept.ref?.path ?? '').length).toBeGreaterThan(300);
  });
});

describe('a write outside the archive', () => {
  test('replaces a file whole, keeps its mode and leaves no temporary file', async () => {
    const dir = freshFolder();
    mkdirSync(dir);
    const path = join(dir, 'list.md');
    writeFileSync(path, 'old');
    chmodSync(path, 0o640);
    await writeFileAtomic(path, '新');
    expect([readFileSync(path, 'utf8'), readdirSync(dirname(path))]).toEqual(['新', ['list.md']]);
  });
});

test('what cannot be put in place stops the run and is put there by the next one', async () => {
  const dir = freshFolder();
  const archive = await openArchive(dir);
  await archive.beginRun({ id: '20261123T020000Z', startedAt: AT });
  // A file where the page's folder has to be.
  mkdirSync(join(dir, 'pages'), { recursive: true });
  writeFileSync(join(dir, 'pages/web'), 'x');
  await expect(archive.keep(link('one'), article(), keepInput(AT))).rejects.toMatchObject({
    code: expect.stringMatching(/^archive\//),
  });
  await expect(archive.finishRun({ status: status('20261123T020000Z') })).rejects.toMatchObject({
    code: expect.stringMatching(/^archive\//),
  });
  await archive.close();
  await expect(openArchive(dir)).rejects.toMatchObject({ code: expect.stringMatching(/^archive\//) });
  rmSync(join(dir, 'pages/web'));
  const again = await openArchive(dir);
  expect((await again.readPage(link('one').id))?.title).toBe('旧桥');
  await again.finishRun({ status: status('20261123T020000Z') });
  expect(await again.verify()).toEqual([]);
  await again.close();
});
