// check-links is a library; this is the least program around it. `check-links.mjs LIST FOLDER`: a line an address, and the
// folder of its package.json. Prints the addresses that it holds for broken.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [, , list, folder] = process.argv;
const path = createRequire(`${folder}/package.json`).resolve('check-links');
const { default: checkLinks } = await import(pathToFileURL(path).href);
const urls = readFileSync(list, 'utf8').split('\n').filter(Boolean);
// Eight at once, its own choice: whatever options it is given it hands on to got, which refuses `concurrency`.
const results = await checkLinks(urls);
const broken = Object.entries(results).flatMap(([url, { status }]) => (status === 'alive' ? [] : [url]));
process.stdout.write(`${broken.join('\n')}\n`);
