import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { ZipWriter } from '../../src/archive/export/zip.ts';
import { centralHeader, endRecords, localHeader, type ZipEntry } from '../../src/archive/export/zip-format.ts';
import { freshFolder } from './folder.ts';
import { hasPython } from './python.ts';

/** What Python's zipfile prints of a ZIP, as JSON. */
function inPython(path: string, expression: string): unknown {
  const program = `import sys,json,zipfile\nz=zipfile.ZipFile(sys.argv[1])\nprint(json.dumps(${expression}))`;
  return JSON.parse(execFileSync('python3', ['-c', program, path], { encoding: 'utf8' }));
}

describe.skipIf(!hasPython())('a ZIP, read by another program (needs python3)', () => {
  test('may hold more entries than 16 bits count', async () => {
    const path = freshFolder();
    const zip = await ZipWriter.create(path);
    const count = 65_536 + 10;
    for (let index = 0; index < count; index++) await zip.add(`n/${index}`, String(index), true);
    await zip.finish();
    const told = inPython(path, '[len(z.namelist()), z.read("n/0").decode(), z.read("n/65545").decode()]');
    expect(told).toEqual([count, '0', '65545']);
  });

  test('with stored, deflated and streamed entries is whole', async () => {
    const path = freshFolder();
    const zip = await ZipWriter.create(path);
    await zip.add('短', '河'.repeat(1000));
    for (const large of [false, true]) {
      const pieces = async function* (): AsyncGenerator<Uint8Array> {
        for (let index = 0; index < 40; index++) yield Buffer.alloc(10_000, index);
      };
      await zip.addStored(`stream-${large}`, pieces(), large);
    }
    await zip.add('empty', '');
    await zip.finish();
    expect(inPython(path, '[z.testzip(), [[i.filename, i.file_size] for i in z.infolist()]]')).toEqual([
      null,
      [
        ['短', 3000],
        ['stream-false', 400_000],
        ['stream-true', 400_000],
        ['empty', 0],
      ],
    ]);
  });

  test('may hold entries of more than 4 GiB, and others behind them', () => {
    const path = freshFolder();
    mkdirSync(dirname(path), { recursive: true });
    const size = 5 * 2 ** 30 + 7;
    const big: ZipEntry = { name: Buffer.from('big'), method: 0, crc: 0, size, packed: size, offset: 0, large: true };
    const text = Buffer.from('behind');
    const head = localHeader(big);
    const behind: ZipEntry = {
      name: Buffer.from('behind'),
      method: 0,
      crc: crc32(text),
      size: text.length,
      packed: text.length,
      offset: head.length + size,
      large: false,
    };
    const last = Buffer.concat([localHeader(behind), text]);
    const directory = Buffer.concat([centralHeader(big), centralHeader(behind)]);
    const start = behind.offset + last.length;
    // The large entry is a hole in the file: it takes no room.
    const file = openSync(path, 'w');
    writeSync(file, head, 0, head.length, 0);
    const end = Buffer.concat([last, directory, endRecords(2, start, directory.length)]);
    writeSync(file, end, 0, end.length, behind.offset);
    closeSync(file);
    const told = inPython(path, '[[i.file_size for i in z.infolist()], z.read("behind").decode()]');
    expect(told).toEqual([[size, text.length], 'behind']);
    expect(inPython(path, 'len(z.open("big").read(4096))')).toBe(4096);
  });
});
