import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sniffFile } from '../../src/archive/sniff.ts';
import { runs } from '../property.ts';
import { png } from './samples.ts';

type Part = string | readonly number[];

/** Bytes from texts (a byte for each character) and numbers, filled up with zeros. */
function bytes(parts: readonly Part[], length = 64): Uint8Array {
  const joined = Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))),
  );
  return Buffer.concat([joined, Buffer.alloc(Math.max(0, length - joined.length))]);
}
const le16 = (value: number): number[] => [value & 255, value >> 8];
const le32 = (value: number): number[] => [value & 255, (value >> 8) & 255, (value >> 16) & 255, value >>> 24];
const be32 = (value: number): number[] => le32(value).reverse();
const ispe = (width: number, height: number): Part[] => ['ispe', be32(0), be32(width), be32(height)];
const webp = (...parts: Part[]): Part[] => ['RIFF', be32(0), 'WEBP', ...parts];
const FRAME: Part[] = [[0xff, 0xc2, 0, 17, 8, 1, 0x2c, 2, 0x58]];
const JFIF: Part[] = [[0xff, 0xe0, 0, 4, 1, 1]];

describe('a file by its own bytes', () => {
  it.each<[string, Uint8Array, string | null]>([
    ['PNG', png(3, 4, 5), 'png 3×4'],
    ['PNG cut short', bytes(['\x89PNG\r\n\x1a\n'], 20), 'png null×null'],
    ['GIF', bytes(['GIF89a', le16(300), le16(2)]), 'gif 300×2'],
    ['JPEG', bytes([[0xff, 0xd8], ...JFIF, ...FRAME]), 'jpg 600×300'],
    ['JPEG with filling between its segments', bytes([[0xff, 0xd8], ...JFIF, [0xff, 0xff], ...FRAME]), 'jpg 600×300'],
    ['JPEG with tables before its frame', bytes([[0xff, 0xd8, 0xff, 0xc4, 0, 3, 9], ...FRAME]), 'jpg 600×300'],
    ['JPEG with a segment of no length', bytes([[0xff, 0xd8, 0xff, 0xe0, 0, 0], ...FRAME]), 'jpg 600×300'],
    ['JPEG that loses its way', bytes([[0xff, 0xd8], ...JFIF, [7]]), 'jpg null×null'],
    ['JPEG cut short', bytes([[0xff, 0xd8], ...JFIF], 12), 'jpg null×null'],
    ['WebP, lossy', bytes(webp('VP8 ', be32(0), [0, 0, 0, 0x9d, 1, 0x2a], le16(640), le16(480))), 'webp 640×480'],
    ['WebP, lossless', bytes(webp('VP8L', be32(0), [0x2f], le32(99 | (49 << 14)))), 'webp 100×50'],
    ['WebP, extended', bytes(webp('VP8X', be32(0), be32(0), [0xff, 0xff, 1], [1, 0, 0])), 'webp 131072×2'],
    ['WebP of a kind to come', bytes(webp('VP9 ')), 'webp null×null'],
    ['WebP cut short', bytes(webp('VP8 '), 29), 'webp null×null'],
    ['BMP', bytes(['BM', le32(64), le32(0), le32(54), le32(40), le32(7), le32(8)]), 'bmp 7×8'],
    ['BMP from its top to its end', bytes(['BM', le32(64), le32(0), le32(54), le32(40), le32(7), le32(-8)]), 'bmp 7×8'],
    ['BMP cut short', bytes(['BM', le32(64)], 25), 'bmp null×null'],
    ['a text that begins with BM', bytes(['BM', le32(25)]), null],
    ['ICO', bytes([[0, 0, 1, 0, 1, 0, 16, 32]]), 'ico 16×32'],
    ['ICO of 256 pixels', bytes([[0, 0, 1, 0, 1, 0, 0, 0]]), 'ico 256×256'],
    ['AVIF', bytes([be32(28), 'ftypavif', ...ispe(5, 6)]), 'avif 5×6'],
    ['AVIF by a second brand', bytes([be32(28), 'ftypmif1', be32(0), 'avif']), 'avif null×null'],
    [
      'HEIC with a thumbnail',
      bytes([be32(28), 'ftypheic', ...ispe(2, 2), ...ispe(9, 8), ...ispe(3, 3)], 99),
      'heic 9×8',
    ],
    ['film', bytes([be32(28), 'ftypisom']), 'mp4 null×null'],
    ['sound', bytes([be32(28), 'ftypM4A ']), 'm4a null×null'],
    ['a box of another kind', bytes([be32(28), 'ftypjp2 ']), null],
    ['MP3 with a label', bytes(['ID3']), 'mp3 null×null'],
    ['MP3', bytes([[0xff, 0xfb]]), 'mp3 null×null'],
    ['SVG', bytes(['<?xml version="1.0"?><svg width="10px" height=\'20.4\'>'], 0), 'svg 10×20'],
    ['SVG with a box alone', bytes(['<svg viewBox="0 0 30.6 40">'], 0), 'svg 31×40'],
    ['SVG with neither', bytes(['\xef\xbb\xbf<svg\nxmlns="x">'], 0), 'svg null×null'],
    ['SVG that does not end', bytes(['<svg width="7" '], 0), 'svg 7×null'],
    ['a page with a drawing', bytes(['A text with <svg width="1">'], 0), null],
    ['text', bytes(['Nothing but words, and no more.'], 0), null],
    ['eleven bytes', png(3, 4, 5).subarray(0, 11), null],
  ])('%s', (_, file, expected) => {
    const found = sniffFile(file);
    expect(found === null ? null : `${found.ext} ${found.width}×${found.height}`).toBe(expected);
  });

  it('however it goes on, or ends', () => {
    const heads = [
      '\x89PNG\r\n\x1a\n',
      '\xff\xd8\xff',
      'GIF89a',
      'RIFF....WEBPVP8X',
      'BM\xff\xff',
      '\0\0\x01\0',
      '....ftypavif',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...heads), fc.uint8Array({ maxLength: 80 }), (head, tail) => {
        const found = sniffFile(bytes([head, [...tail]], 0));
        for (const size of [found?.width ?? 0, found?.height ?? 0]) expect(Number.isInteger(size)).toBe(true);
      }),
      runs(300),
    );
  });
});
