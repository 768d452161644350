// The floor of archiving: undici GET, the whole body, one cheerio tree by htmlparser2, its text, sha256 and gzip of the
// bytes, one file for all; nothing else. `floor-archive.mjs LIST`
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { load } from 'cheerio/slim';
import { runFloor } from './floor-loop.mjs';

const [, , list] = process.argv;
const out = createWriteStream(`${list}.floor.gz`);
await runFloor(list, async (body, statusCode) => {
  const bytes = Buffer.from(await body.arrayBuffer());
  const $ = load(bytes.toString('utf8'), { xml: { xmlMode: false, decodeEntities: true } });
  const text = $('body').text();
  out.write(`${createHash('sha256').update(bytes).digest('hex')} ${text.length}\n`);
  out.write(gzipSync(bytes));
  return statusCode < 400 && $('title').text() !== '';
});
await new Promise((resolve) => out.end(resolve));
process.exit(0);
