/**
 * Replays a WACZ as a browser would see it: runs the service worker of wabac, the engine of ReplayWeb.page, without a
 * browser. `replay-child.ts FOLDER WACZ` with FOLDER/node_modules holding @webrecorder/wabac and fake-indexeddb; what
 * is wanted comes in as JSON, what was got goes out as JSON.
 */
import { readFileSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Got, Wanted } from './replay.ts';

/** The little of the engine that is used here. */
interface Engine {
  SWReplay: new () => {
    handleFetch(event: { request: Request; waitUntil(work: unknown): void }): Promise<Response>;
    collections: {
      addCollection(
        data: { name: string; file: { sourceUrl: string; loadUrl: string } },
        progress: (percent: number, error?: string) => void,
      ): Promise<unknown>;
      loadColl(name: string): Promise<{ store: { getAllPages(): Promise<{ url: string; title: string }[]> } }>;
    };
  };
}

const ORIGIN = 'http://localhost:1/';

/** Serves one file with ranges, as the format asks of a server. */
async function serve(path: string): Promise<{ url: string; close(): void }> {
  const bytes = readFileSync(path);
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    response.setHeader('Accept-Ranges', 'bytes');
    const range = /^bytes=(\d*)-(\d*)$/.exec(request.headers.range ?? '');
    const suffix = range?.[1] === '' ? Number(range[2]) : 0;
    const start = suffix > 0 ? Math.max(0, bytes.length - suffix) : Number(range?.[1] ?? 0);
    const end = range?.[1] && range[2] ? Math.min(Number(range[2]), bytes.length - 1) : bytes.length - 1;
    response.setHeader('Content-Length', end - start + 1);
    if (range !== null) response.setHeader('Content-Range', `bytes ${start}-${end}/${bytes.length}`);
    response.writeHead(range === null ? 200 : 206);
    response.end(request.method === 'HEAD' ? undefined : bytes.subarray(start, end + 1));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/archive.wacz`, close: () => server.close() };
}

/** What a service worker finds around it. */
function makeWorkerScope(): void {
  const location = { origin: ORIGIN.slice(0, -1), href: ORIGIN, protocol: 'http:', search: '' };
  Object.assign(globalThis, {
    self: globalThis,
    location,
    registration: { scope: ORIGIN },
    addEventListener: () => undefined,
  });
}

async function loadEngine(folder: string): Promise<Engine> {
  const { resolve } = createRequire(join(folder, 'package.json'));
  makeWorkerScope();
  await import(pathToFileURL(resolve('fake-indexeddb/auto')).href);
  return (await import(pathToFileURL(resolve('@webrecorder/wabac/swlib')).href)) as Engine;
}

const [folder = '', wacz = ''] = process.argv.slice(2);
statSync(wacz);
const wanted = JSON.parse(readFileSync(0, 'utf8')) as Wanted[];
const { SWReplay } = await loadEngine(folder);
// The engine tells its doubts on the console; standard output is for the answer.
for (const level of ['log', 'warn', 'info', 'debug'] as const) console[level] = (...words) => console.error(...words);
const server = await serve(wacz);
const worker = new SWReplay();
const faults: string[] = [];
await worker.collections.addCollection(
  { name: 'c', file: { sourceUrl: server.url, loadUrl: server.url } },
  (_percent, error) => void (error === undefined || error === null || faults.push(String(error))),
);
const { store } = await worker.collections.loadColl('c');
const ask = (address: string, post: string | null): Promise<Response> => {
  const request = new Request(
    address,
    post === null ? {} : { method: 'POST', body: post, headers: { 'Content-Type': 'application/json' } },
  );
  return worker.handleFetch({ request, waitUntil: () => undefined });
};
const got: Got = { faults, pages: (await store.getAllPages()).map(({ url, title }) => ({ url, title })), answers: [] };
for (const { url, time, raw, post } of wanted) {
  let address = `${ORIGIN}w/c/${time}${raw ? 'id_' : 'mp_'}/${url}`;
  let response = await ask(address, post);
  for (let hops = 0; hops < 5 && response.headers.has('location'); hops++) {
    // Stored redirects lead on inside the archive, and so does the engine to a capture's own time.
    address = new URL(response.headers.get('location') ?? '', address).href;
    response = await ask(address, null);
  }
  const body = Buffer.from(await response.arrayBuffer()).toString('base64');
  got.answers.push({ status: response.status, type: response.headers.get('content-type'), body });
}
process.stdout.write(JSON.stringify(got), () => process.exit(0));
