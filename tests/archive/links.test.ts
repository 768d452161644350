import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { openArchive, openShard } from '../../src/archive/index.ts';
import { readArchive } from '../../src/index.ts';
import { runInProcess } from '../commands/in-process.ts';
import { twoNights } from './evidence.ts';
import { freshFolder } from './folder.ts';

describe('an archive that a symbolic link leads to', () => {
  let folder: string;
  beforeAll(async () => {
    const dir = freshFolder();
    await twoNights(dir);
    folder = dirname(dir);
    symlinkSync('archive', join(folder, 'shelf'));
    symlinkSync('nowhere', join(folder, 'lost'));
    writeFileSync(join(folder, 'plain'), 'a file');
    symlinkSync('plain', join(folder, 'file'));
  });

  test.each(['shelf', 'shelf/', './shelf//'])('is found as %s by every command', async (name) => {
    for (const command of ['verify', 'search 桥', 'report', 'read']) {
      const { code, stderr } = await runInProcess([...command.split(' '), '--archive', name], folder);
      expect([command, code, stderr]).toEqual([command, 0, expect.not.stringContaining('no archive')]);
    }
  });

  test('is opened by the library, and as a shard', async () => {
    const archive = await readArchive(join(folder, 'shelf'));
    expect((await archive.status())?.run.id).toBe('20261124T020000Z');
    await archive.close();
    const shard = await openShard(join(folder, 'shelf'));
    expect(shard?.status.run.id).toBe('20261124T020000Z');
    await shard?.bench.close(false);
  });

  test('is written to behind the link', async () => {
    const archive = await openArchive(join(folder, 'shelf'), { software: 'linkark/test' });
    await archive.writeFiles([['note.txt', 'x']]);
    await archive.close();
    const direct = await openArchive(join(folder, 'archive'), { readOnly: true });
    expect(await direct.readText('note.txt')).toBe('x');
    expect(await direct.verify()).toEqual([]);
    await direct.close();
  });

  test.each(['lost', 'file', 'plain', 'plain/', 'none'])(
    'is not there where the link leads to none: %s',
    async (name) => {
      for (const command of ['verify', 'report']) {
        const { code, stderr } = await runInProcess([command, '--archive', name], folder);
        expect([code, stderr]).toEqual([3, expect.stringMatching(new RegExp(`${name}: there is no archive here`))]);
      }
      await expect(readArchive(join(folder, name))).rejects.toMatchObject({ code: 'archive/not-found' });
      expect(await openShard(join(folder, name))).toBeNull();
    },
  );

  test.each(['lost', 'file', 'plain'])('cannot be made where the name is taken: %s', async (name) => {
    await expect(openArchive(join(folder, name))).rejects.toMatchObject({ code: 'archive/not-a-folder' });
  });

  test('a link above it changes nothing', async () => {
    mkdirSync(join(folder, 'deep'));
    symlinkSync(folder, join(folder, 'deep', 'up'));
    const { code } = await runInProcess(['verify', '--archive', 'deep/up/archive'], folder);
    expect(code).toBe(0);
  });
});
