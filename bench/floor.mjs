// The floor: undici GET, the whole body, one htmlparser2 pass for the title; nothing else. `floor.mjs LIST`
import { readFileSync } from 'node:fs';
import { Parser } from 'htmlparser2';
import { Agent } from 'undici';

const urls = readFileSync(process.argv[2], 'utf8')
  .split('\n')
  .flatMap((line) => /\((http[^)]+)\)/.exec(line)?.[1] ?? []);
const agent = new Agent({ connections: 2, pipelining: 1 });
const dead = [];
let next = 0;

async function one(url, hops = 0) {
  const { origin, pathname } = new URL(url);
  const { statusCode, headers, body } = await agent.request({ origin, path: pathname, method: 'GET' });
  const text = await body.text();
  if (statusCode >= 300 && statusCode < 400 && hops < 10) return one(new URL(headers.location, url).href, hops + 1);
  let inTitle = false;
  let title = '';
  const parser = new Parser({
    onopentag: (name) => {
      inTitle = name === 'title';
    },
    ontext: (data) => {
      if (inTitle) title += data;
    },
    onclosetag: () => {
      inTitle = false;
    },
  });
  parser.end(text);
  return statusCode < 400 && title !== '';
}

async function worker() {
  while (next < urls.length) {
    const url = urls[next++];
    const fine = await one(url).catch(() => false);
    if (!fine) dead.push(url);
  }
}

await Promise.all(Array.from({ length: 64 }, worker));
process.stdout.write(`${dead.join('\n')}\n`);
process.exit(0);
