// The floor of archiving: undici GET, the whole body, one cheerio tree by htmlparser2, its text, sha256 and gzip of the
// bytes, one file for all; nothing else. `floor-archive.mjs LIST`
import { createHash } from 'node:crypto';
import { createWriteStream, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { load } from 'cheerio/slim';
import { Agent } from 'undici';

const urls = readFileSync(process.argv[2], 'utf8')
  .split('\n')
  .flatMap((line) => /\((http[^)]+)\)/.exec(line)?.[1] ?? []);
const agent = new Agent({ connections: 2, pipelining: 1 });
const out = createWriteStream(`${process.argv[2]}.floor.gz`);
const dead = [];
let next = 0;

async function one(url, hops = 0) {
  const { origin, pathname } = new URL(url);
  const { statusCode, headers, body } = await agent.request({ origin, path: pathname, method: 'GET' });
  const bytes = Buffer.from(await body.arrayBuffer());
  if (statusCode >= 300 && statusCode < 400 && hops < 10) return one(new URL(headers.location, url).href, hops + 1);
  const $ = load(bytes.toString('utf8'), { xml: { xmlMode: false, decodeEntities: true } });
  const text = $('body').text();
  out.write(`${createHash('sha256').update(bytes).digest('hex')} ${text.length}\n`);
  out.write(gzipSync(bytes));
  return statusCode < 400 && $('title').text() !== '';
}

async function worker() {
  while (next < urls.length) {
    const url = urls[next++];
    const fine = await one(url).catch(() => false);
    if (!fine) dead.push(url);
  }
}

await Promise.all(Array.from({ length: 64 }, worker));
await new Promise((resolve) => out.end(resolve));
process.stdout.write(`${dead.join('\n')}\n`);
process.exit(0);
