import { createHash } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';

/** A drawn picture, 640 by 360: four bars on a pale ground, as a PNG. */
function drawBars(): Buffer {
  const colours = [
    [61, 111, 142],
    [176, 104, 42],
    [90, 128, 80],
    [139, 90, 154],
  ];
  const heights = [90, 180, 290, 220];
  const rows: Buffer[] = [];
  for (let y = 0; y < 360; y++) {
    const row = Buffer.alloc(1 + 640 * 3, 238);
    row[0] = 0;
    for (let x = 0; x < 640; x++) {
      const bar = Math.floor((x - 60) / 140);
      const inside = x >= 60 && bar < 4 && (x - 60) % 140 < 90 && y < 330 && y > 330 - (heights[bar] ?? 0);
      const colour = inside ? colours[bar] : undefined;
      if (colour !== undefined) row.set(colour, 1 + x * 3);
    }
    rows.push(row);
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(640, 0);
  head.writeUInt32BE(360, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const parts = [chunk('IHDR', head), chunk('IDAT', deflateSync(Buffer.concat(rows))), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), ...parts]);
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), out.length - 4);
  return out;
}

export const PICTURE = drawBars();
export const PICTURE_PATH = (() => {
  const sha = createHash('sha256').update(PICTURE).digest('hex');
  return `assets/${sha.slice(0, 2)}/${sha}.png`;
})();
