/** What a file is by its own bytes. Sizes in pixels; null where the format does not say or was not understood. */
export interface FileKind {
  /** Media type. */
  type: string;
  /** Extension without the dot. */
  ext: string;
  width: number | null;
  height: number | null;
}

interface Size {
  width: number;
  height: number;
}

/** Tells pictures, sound and film by their first bytes, whatever the server called them; null for anything else. */
export function sniffFile(bytes: Uint8Array): FileKind | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12) return null;
  const head = latin1(bytes, 0, 16);
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return kind('image/png', 'png', pngSize(view));
  if (head.startsWith('\xff\xd8\xff')) return kind('image/jpeg', 'jpg', jpegSize(view));
  if (/^GIF8[79]a/.test(head))
    return kind('image/gif', 'gif', { width: view.getUint16(6, true), height: view.getUint16(8, true) });
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return kind('image/webp', 'webp', webpSize(view));
  if (head.startsWith('BM') && view.getUint32(2, true) >= 26) return kind('image/bmp', 'bmp', bmpSize(view));
  if (head.startsWith('\0\0\x01\0'))
    return kind('image/x-icon', 'ico', { width: bytes[6] || 256, height: bytes[7] || 256 });
  if (head.slice(4, 8) === 'ftyp') return boxKind(view, latin1(bytes, 8, 40));
  if (head.startsWith('ID3') || /^\xff[\xfb\xf3\xf2]/.test(head)) return kind('audio/mpeg', 'mp3', null);
  return svgKind(bytes);
}

function kind(type: string, ext: string, size: Size | null): FileKind {
  return { type, ext, width: size?.width ?? null, height: size?.height ?? null };
}

function latin1(bytes: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...bytes.subarray(start, end));
}

function pngSize(view: DataView): Size | null {
  return view.byteLength < 24 ? null : { width: view.getUint32(16), height: view.getUint32(20) };
}

function bmpSize(view: DataView): Size | null {
  return view.byteLength < 26 ? null : { width: view.getInt32(18, true), height: Math.abs(view.getInt32(22, true)) };
}

/** Walks the segments up to the frame header (SOF0 to SOF15 but DHT, JPG and DAC). */
function jpegSize(view: DataView): Size | null {
  for (let at = 2; at + 9 < view.byteLength; ) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    }
    at += 2 + Math.max(2, view.getUint16(at + 2));
  }
  return null;
}

/** The three kinds of WebP: lossy (VP8), lossless (VP8L), extended (VP8X). */
function webpSize(view: DataView): Size | null {
  if (view.byteLength < 30) return null;
  const chunk = String.fromCharCode(view.getUint8(12), view.getUint8(13), view.getUint8(14), view.getUint8(15));
  if (chunk === 'VP8 ') return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  if (chunk === 'VP8L') {
    const bits = view.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
  }
  if (chunk !== 'VP8X') return null;
  const uint24 = (at: number): number => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
  return { width: uint24(24) + 1, height: uint24(27) + 1 };
}

/** ISO base media: the brand says AVIF, HEIC or MP4; `ispe` holds the size of the largest item. */
function boxKind(view: DataView, brands: string): FileKind | null {
  const major = brands.slice(0, 4);
  if (/^(?:avif|avis)$/.test(major) || brands.includes('avif')) return kind('image/avif', 'avif', itemSize(view));
  if (/^(?:heic|heix|hevc|heim|heis|mif1|msf1)$/.test(major)) return kind('image/heic', 'heic', itemSize(view));
  if (/^(?:isom|iso[2-6]|mp4[12]|avc1|M4V |M4A |dash|qt {2})/.test(major)) {
    return major === 'M4A ' ? kind('audio/mp4', 'm4a', null) : kind('video/mp4', 'mp4', null);
  }
  return null;
}

function itemSize(view: DataView): Size | null {
  let best: Size | null = null;
  const end = Math.min(view.byteLength - 16, 65_536);
  for (let at = 4; at < end; at++) {
    if (view.getUint32(at) !== 0x69737065) continue;
    const size = { width: view.getUint32(at + 8), height: view.getUint32(at + 12) };
    if (best === null || size.width * size.height > best.width * best.height) best = size;
  }
  return best;
}

/** SVG is text: its root element must be `svg`, after nothing but a declaration, comments and a doctype. */
function svgKind(bytes: Uint8Array): FileKind | null {
  const start = new TextDecoder().decode(bytes.subarray(0, 4096)).replace(/^\uFEFF/, '');
  const root = /<svg[\s>]/.exec(start);
  if (root === null || !/^\s*<[!?s]/.test(start)) return null;
  const end = start.indexOf('>', root.index);
  const tag = start.slice(root.index, end === -1 ? undefined : end);
  const number = (name: string): number | null => {
    const value = new RegExp(`\\s${name}\\s*=\\s*["']\\s*(\\d+(?:\\.\\d+)?)(?:px)?\\s*["']`).exec(tag)?.[1];
    return value === undefined ? null : Math.round(Number(value));
  };
  const box = /\sviewBox\s*=\s*["']\s*[\d.+-]+[\s,]+[\d.+-]+[\s,]+([\d.]+)[\s,]+([\d.]+)/.exec(tag);
  return {
    type: 'image/svg+xml',
    ext: 'svg',
    width: number('width') ?? (box === null ? null : Math.round(Number(box[1]))),
    height: number('height') ?? (box === null ? null : Math.round(Number(box[2]))),
  };
}
