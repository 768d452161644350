// What both floors do alike: read the list, GET every link by undici with its redirects, 64 at once, and name the dead.
import { readFileSync } from 'node:fs';
import { Agent } from 'undici';

const AT_ONCE = 64;
const MOST_HOPS = 10;

/**
 * Asks for every link of a Markdown list and hands each answer's body to `look`, which says whether there is a page.
 * Prints the links without one.
 * @param list path of the list
 * @param look async `(body, statusCode)`; has to read the body, which is undici's
 */
export async function runFloor(list, look) {
  const urls = readFileSync(list, 'utf8')
    .split('\n')
    .flatMap((line) => /\((http[^)]+)\)/.exec(line)?.[1] ?? []);
  const agent = new Agent({ connections: 2, pipelining: 1 });
  const dead = [];
  let next = 0;

  async function one(url, hops = 0) {
    const { origin, pathname } = new URL(url);
    const { statusCode, headers, body } = await agent.request({ origin, path: pathname, method: 'GET' });
    if (statusCode >= 300 && statusCode < 400 && hops < MOST_HOPS) {
      await body.dump();
      return one(new URL(headers.location, url).href, hops + 1);
    }
    return look(body, statusCode);
  }

  async function worker() {
    while (next < urls.length) {
      const url = urls[next++];
      const fine = await one(url).catch(() => false);
      if (!fine) dead.push(url);
    }
  }

  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  process.stdout.write(`${dead.join('\n')}\n`);
}
