import { createHash } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';
import { type Answer, answer, type Handler } from './answers.ts';

export type PictureFormat = 'png' | 'jpeg' | 'gif' | 'webp';

const TYPES: Record<PictureFormat, string> = {
  png: 'image/png',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
};

interface Look {
  width: number;
  height: number;
  rgb: [number, number, number];
}

/** Size and colour from a name: other names look different, the same name always the same. */
function lookOf(seed: string): Look {
  const hash = createHash('sha256').update(seed).digest();
  const byte = (index: number): number => hash[index] ?? 0;
  return { width: 96 + (byte(0) % 160), height: 64 + (byte(1) % 128), rgb: [byte(2), byte(3), byte(4)] };
}

/* ---- PNG ---- */

function pngChunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8 + body.length);
  frame.writeUInt32BE(data.length, 0);
  body.copy(frame, 4);
  frame.writeUInt32BE(crc32(body) >>> 0, 4 + body.length);
  return frame;
}

function png({ width, height, rgb }: Look): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const row = Buffer.concat([Buffer.from([0]), ...Array<Buffer>(width).fill(Buffer.from(rgb))]);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(Buffer.concat(Array<Buffer>(height).fill(row)))),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

/* ---- GIF ---- */

/** One colour; LZW that clears its table before it grows, so that every code has eight bits. */
function gif({ width, height, rgb }: Look): Buffer {
  const codes: number[] = [];
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    if (pixel % 100 === 0) codes.push(128);
    codes.push(0);
  }
  codes.push(129);
  const blocks: Buffer[] = [];
  for (let at = 0; at < codes.length; at += 255) {
    const part = codes.slice(at, at + 255);
    blocks.push(Buffer.from([part.length, ...part]));
  }
  const size = (value: number): [number, number] => [value & 0xff, value >> 8];
  const palette = Buffer.alloc(128 * 3);
  palette.set(rgb, 0);
  return Buffer.concat([
    Buffer.from('GIF89a', 'latin1'),
    Buffer.from([...size(width), ...size(height), 0xf6, 0, 0]),
    palette,
    Buffer.from([0x2c, 0, 0, 0, 0, ...size(width), ...size(height), 0, 7]),
    ...blocks,
    Buffer.from([0, 0x3b]),
  ]);
}

/* ---- bits, for JPEG and WebP ---- */

function jpegBits(bits: string): Buffer {
  const padded = bits.padEnd(Math.ceil(bits.length / 8) * 8, '1');
  const bytes = (padded.match(/.{8}/g) ?? []).flatMap((eight) => {
    const value = Number.parseInt(eight, 2);
    return value === 0xff ? [0xff, 0] : [value];
  });
  return Buffer.from(bytes);
}

/** One grey, baseline: the first block carries the brightness, all others say "the same". */
function jpeg({ width, height, rgb }: Look): Buffer {
  const level = Math.round((rgb[0] + rgb[1] + rgb[2]) / 3) - 128 || 1;
  const length = Math.abs(level).toString(2).length;
  const value = (level > 0 ? level : level + 2 ** length - 1).toString(2).padStart(length, '0');
  const blocks = Math.ceil(width / 8) * Math.ceil(height / 8);
  // Table of DC sizes: sixteen codes of four bits less the last, so that code and size are the same number; AC: `0` ends a block.
  const first = length.toString(2).padStart(4, '0') + value;
  const scan = jpegBits(`${first}0${'00000'.repeat(blocks - 1)}`);
  const segment = (marker: number, ...data: number[]): Buffer =>
    Buffer.from([0xff, marker, (data.length + 2) >> 8, (data.length + 2) & 0xff, ...data]);
  const sizes = Array.from({ length: 12 }, (_, index) => index);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0),
    segment(0xdb, 0, ...Array<number>(64).fill(8)),
    segment(0xc0, 8, height >> 8, height & 0xff, width >> 8, width & 0xff, 1, 1, 0x11, 0),
    segment(0xc4, 0x00, 0, 0, 0, 12, ...Array<number>(12).fill(0), ...sizes),
    segment(0xc4, 0x10, 1, ...Array<number>(15).fill(0), 0),
    segment(0xda, 1, 1, 0, 0, 63, 0),
    scan,
    Buffer.from([0xff, 0xd9]),
  ]);
}

/** One colour, lossless: five prefix codes with one symbol each, so that no pixel needs a bit. */
function webp({ width, height, rgb }: Look): Buffer {
  let bits = '';
  const put = (value: number, count: number): void => {
    for (let bit = 0; bit < count; bit += 1) bits += String((value >> bit) & 1);
  };
  put(width - 1, 14);
  put(height - 1, 14);
  put(0, 1 + 3 + 1 + 1 + 1);
  for (const symbol of [rgb[1], rgb[0], rgb[2], 255]) {
    put(0b101, 3);
    put(symbol, 8);
  }
  put(0b0001, 4);
  const bytes = (bits.match(/.{1,8}/g) ?? []).map((part) => Number.parseInt([...part].reverse().join(''), 2));
  const data = Buffer.from([0x2f, ...bytes, ...(bytes.length % 2 === 0 ? [0] : [])]);
  const head = Buffer.alloc(20);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(data.length + 12, 4);
  head.write('WEBPVP8L', 8, 'latin1');
  head.writeUInt32LE(data.length, 16);
  return Buffer.concat([head, data]);
}

const ENCODERS: Record<PictureFormat, (look: Look) => Buffer> = { png, gif, jpeg, webp };

/** A small valid picture; another seed gives other bytes. */
export function picture(format: PictureFormat, seed: string): Buffer {
  return ENCODERS[format](lookOf(seed));
}

function formatOf(url: URL): PictureFormat {
  const said = url.searchParams.get('wx_fmt') ?? /\.(\w+)$/.exec(url.pathname)?.[1] ?? '';
  if (said === 'png' || said === 'gif' || said === 'webp') return said;
  return 'jpeg';
}

/** NetEase's thumbnails and Notion's image service stand in front of another address: theirs is its picture. */
function behind(url: URL): URL {
  const inner =
    url.hostname === 'nimg.ws.126.net' ? url.searchParams.get('url') : /^\/image\/(.+)$/.exec(url.pathname)?.[1];
  const decoded = inner === undefined || inner === null ? '' : decodeURIComponent(inner);
  return URL.canParse(decoded) ? new URL(decoded) : url;
}

/** The picture that the stand-in web has at an address: by host and path, whatever the query. */
export function pictureAt(address: string): Buffer {
  const url = behind(new URL(address));
  return picture(formatOf(url), url.host + url.pathname);
}

/** A host full of pictures: every path is one. */
export const pictureHost: Handler = (request) => pictureAnswer(request.url);

function pictureAnswer(url: URL): Answer {
  return answer(200, [['Content-Type', TYPES[formatOf(behind(url))]]], pictureAt(url.href));
}

/** What WeChat's picture host shows to a page of another site. */
export const HOTLINK_NOTICE: Uint8Array = picture('png', 'this picture comes from another platform');

/** WeChat's picture host: another site's Referer gets the notice instead of the picture, with 200. */
export const wechatPictureHost: Handler = (request) => {
  const referer = request.headers.referer;
  const own = referer === undefined || /^https?:\/\/mp\.weixin\.qq\.com(\/|$)/.test(referer);
  return own ? pictureAnswer(request.url) : answer(200, [['Content-Type', 'image/png']], HOTLINK_NOTICE);
};
