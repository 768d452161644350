import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  hashFile,
  leadsToFolder,
  listNames,
  listTree,
  makeFolder,
  moveFile,
  readBytes,
  readLines,
  readText,
  replaceFile,
  sha256,
  statPath,
  writeFileAtomic,
} from '../../src/archive/disk.ts';
import { ArchiveError, archiveError, systemCode } from '../../src/archive/errors.ts';
import { freshFolder } from './folder.ts';

let dir: string;
beforeEach(() => {
  dir = freshFolder();
  mkdirSync(dir);
  writeFileSync(join(dir, 'file'), 'text');
});

const coded = (code: unknown, message = 'words of the system') => Object.assign(new Error(message), { code });
async function linesOf(path: string): Promise<{ line: string; offset: number; ended: boolean }[]> {
  const lines = [];
  for await (const line of readLines(path)) lines.push(line);
  return lines;
}

/** A name that no file system takes. */
const TOO_LONG = 'x'.repeat(5000);

describe('a fault of the system', () => {
  test.each<[string, unknown, string, RegExp]>([
    ['ENOSPC', coded('ENOSPC'), 'archive/disk-full', /^\/a: the disk is full$/],
    ['EDQUOT', coded('EDQUOT'), 'archive/disk-full', /quota/],
    ['EFBIG', coded('EFBIG'), 'archive/disk-full', /larger than/],
    ['EROFS', coded('EROFS'), 'archive/read-only', /read-only/],
    ['EACCES', coded('EACCES'), 'archive/read-only', /denied/],
    ['EPERM', coded('EPERM'), 'archive/read-only', /not permitted/],
    ['ENOTDIR', coded('ENOTDIR'), 'archive/not-a-folder', /a file, not a folder/],
    ['ENAMETOOLONG', coded('ENAMETOOLONG'), 'archive/path', /too long/],
    ['ENOENT', coded('ENOENT'), 'archive/not-found', /does not exist/],
    ['one without a meaning of ours', coded('EIO'), 'archive/io', /^\/a: words of the system$/],
    ['one without a code', new Error('odd'), 'archive/io', /^\/a: odd$/],
    ['one whose code is a number', coded(7), 'archive/io', /^\/a: words of the system$/],
    ['one with the name of a member of all objects', coded('constructor'), 'archive/io', /^\/a: words/],
    ['no error at all', 'thrown by a stranger', 'archive/io', /^\/a: thrown by a stranger$/],
    ['nothing', null, 'archive/io', /^\/a: null$/],
  ])('%s is said with the path and what mends it', (_, error, code, message) => {
    const told = archiveError(error, '/a');
    expect(told).toMatchObject({ code, path: '/a', message: expect.stringMatching(message), cause: error });
    expect(told.mend).toMatch(/\.$/);
  });

  test('that has been said already stays as it was said', () => {
    const told = new ArchiveError('archive/damaged', 'it is damaged', 'Restore it.');
    expect(archiveError(told, '/b')).toBe(told);
    expect(told.path).toBeNull();
  });

  test.each([
    [coded('ENOENT'), 'ENOENT'],
    [coded(2), null],
    [{}, null],
    [null, null],
    ['ENOENT', null],
  ])('%s has the code %s', (error, code) => {
    expect(systemCode(error)).toBe(code);
  });
});

describe('what is not there', () => {
  test.each(['none', 'none/deeper', 'file/below'])('%s is nothing, and no fault', async (name) => {
    const path = join(dir, name);
    expect(await statPath(path)).toBeNull();
    expect(await leadsToFolder(path)).toBe(false);
    expect(await readBytes(path)).toBeNull();
    expect(await readText(path)).toBeNull();
    expect(await listNames(path)).toEqual([]);
    expect(await listTree(path)).toEqual([]);
    expect(await hashFile(path)).toBeNull();
    expect(await linesOf(path)).toEqual([]);
  });

  test('a folder is no file, and a file no folder', async () => {
    expect(await readBytes(dir)).toBeNull();
    expect(await hashFile(dir)).toBeNull();
    expect(await listNames(join(dir, 'file'))).toEqual([]);
    await expect(makeFolder(join(dir, 'file'))).rejects.toMatchObject({ code: 'archive/not-a-folder' });
    await expect(makeFolder(join(dir, 'file/below'))).rejects.toMatchObject({ code: 'archive/not-a-folder' });
  });

  test('a name that can not be is a fault, whatever is asked of it', async () => {
    const path = join(dir, TOO_LONG);
    const asked = [statPath, leadsToFolder, readBytes, readText, listNames, hashFile, makeFolder];
    for (const ask of asked) await expect(ask(path)).rejects.toMatchObject({ code: 'archive/path' });
    await expect(moveFile(join(dir, 'file'), path)).rejects.toMatchObject({ code: 'archive/path' });
    await expect(writeFileAtomic(path, 'x')).rejects.toMatchObject({ code: 'archive/path' });
    expect(await listNames(dir)).toEqual(['file']);
  });
});

describe('a tree', () => {
  test('is listed by path; symbolic links are named and not followed', async () => {
    mkdirSync(join(dir, 'b/c'), { recursive: true });
    mkdirSync(join(dir, 'left'));
    for (const path of ['b/c/2', 'b/1', 'a', 'left/out']) writeFileSync(join(dir, path), path);
    symlinkSync('b', join(dir, 'link'));
    const found = await listTree(dir, (folder) => folder !== 'left');
    expect(found.map(({ path, kind }) => `${path} ${kind}`)).toEqual([
      'a file',
      'b/1 file',
      'b/c/2 file',
      'file file',
      'link symlink',
    ]);
    expect(found.find(({ path }) => path === 'b/c/2')?.bytes).toBe(5);
  });
});

describe('a large file', () => {
  const long = `${'河'.repeat(900_000)}\n短\n${'桥'.repeat(500_000)}`;

  test('has the sum of its bytes', async () => {
    writeFileSync(join(dir, 'large'), long);
    expect(await hashFile(join(dir, 'large'))).toEqual({ bytes: Buffer.byteLength(long), sha256: sha256(long) });
  });

  test('is read by lines, however long they are', async () => {
    writeFileSync(join(dir, 'large'), long);
    const lines = await linesOf(join(dir, 'large'));
    expect(lines.map(({ line }) => line)).toEqual(long.split('\n'));
    expect(lines.map(({ offset, ended }) => [offset, ended])).toEqual([
      [0, true],
      [2_700_001, true],
      [2_700_005, false],
    ]);
  });
});

describe("a person's own file", () => {
  const list = () => join(dir, 'file');
  const text = Buffer.from('text');

  test('is replaced while it is what was read, through a symbolic link too', async () => {
    chmodSync(list(), 0o640);
    symlinkSync('file', join(dir, 'link'));
    expect(await replaceFile(join(dir, 'link'), text, 'new')).toBe('written');
    expect([readFileSync(list(), 'utf8'), statSync(list()).mode & 0o777]).toEqual(['new', 0o640]);
    expect(await listNames(dir)).toEqual(['file', 'link']);
  });

  test('stays as it is where somebody has written to it or taken it away', async () => {
    expect(await replaceFile(list(), Buffer.from('older text'), 'new')).toBe('changed');
    expect(readFileSync(list(), 'utf8')).toBe('text');
    expect(await replaceFile(join(dir, 'none'), text, 'new')).toBe('changed');
    expect(existsSync(join(dir, 'none'))).toBe(false);
  });

  test('stays as it is where its owner may not write to it', async () => {
    chmodSync(list(), 0o444);
    expect(await replaceFile(list(), text, 'new')).toBe('read-only');
    expect(readFileSync(list(), 'utf8')).toBe('text');
  });

  test('that is none is a fault', async () => {
    await expect(replaceFile(dir, text, 'new')).rejects.toBeInstanceOf(ArchiveError);
    await expect(replaceFile(join(dir, TOO_LONG), text, 'new')).rejects.toMatchObject({ code: 'archive/path' });
    expect(await listNames(dirname(dir))).toEqual(['archive']);
  });
});
