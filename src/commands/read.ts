import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { platform } from 'node:os';
import { resolve } from 'node:path';
import type { Archive } from '../archive/index.ts';
import { PUBLISHED_FOLDERS, publishReader } from '../crawl/publish.ts';
import { respond } from '../reader/serve.ts';
import { EXIT } from './exit.ts';
import { inLanguage } from './language.ts';
import { languageFor, withArchive } from './opened.ts';
import { type Options, UsageError } from './options.ts';
import type { Terminal } from './terminal.ts';
import { parseInteger } from './values.ts';

const DEFAULT_PORT = 8765;
const LOOPBACK = '127.0.0.1';

/** Builds the offline reader; opens or serves it where asked. */
export async function read(options: Options, terminal: Terminal): Promise<number> {
  const port = portOf(options);
  return withArchive(options, terminal, 'write', async (archive, status) => {
    const language = languageFor(options, status);
    await archive.writeFiles(publishReader(archive, status, language), PUBLISHED_FOLDERS);
    const index = resolve(archive.dir, 'index.html');
    const say = (words: string) => terminal.err.write(`${inLanguage(words, language)}\n`);
    say(`the reader is in ${index}`);
    if (port !== null) return serve(archive, port, { options, terminal, say });
    if (options.on('open')) openInBrowser(index);
    return EXIT.fine;
  });
}

function portOf(options: Options): number | null {
  const [text, extra] = options.operands;
  const wrong = options.on('serve') ? extra : text;
  if (wrong !== undefined) throw new UsageError(`read: it takes no "${wrong}"; --archive DIR names the archive`);
  if (!options.on('serve')) return null;
  if (text === undefined) return DEFAULT_PORT;
  const port = parseInteger(text, 0);
  if (!port.ok || port.value > 65_535)
    throw new UsageError(`--serve: "${text}" is no port: write a number from 0 to 65535`);
  return port.value;
}

interface Asked {
  options: Options;
  terminal: Terminal;
  say: (words: string) => void;
}

/** Serves the archive on the loopback address until it is stopped. */
async function serve(archive: Archive, port: number, { options, terminal, say }: Asked): Promise<number> {
  const server = createServer((request, response) => {
    const answer = respond(request.url ?? '/', request.method, request.headers.host ?? '');
    void sendFile(archive, answer.file).then((bytes) => {
      const status = answer.file !== null && bytes === null ? 404 : answer.status;
      response.writeHead(status, answer.headers);
      response.end(request.method === 'HEAD' ? undefined : (bytes ?? ''));
    });
  });
  await new Promise<void>((done, failed) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      failed(error.code === 'EADDRINUSE' ? new UsageError(`--serve: port ${port} is taken; name another one`) : error),
    );
    server.listen(port, LOOPBACK, done);
  });
  const address = server.address();
  const url = `http://${LOOPBACK}:${typeof address === 'object' && address ? address.port : port}/`;
  say(`serving ${url} (Ctrl-C ends)`);
  if (options.on('open')) openInBrowser(url);
  await new Promise<void>((done) => terminal.stop.addEventListener('abort', () => done(), { once: true }));
  server.closeAllConnections();
  await new Promise<void>((done) => server.close(() => done()));
  return EXIT.fine;
}

async function sendFile(archive: Archive, path: string | null): Promise<Uint8Array | null> {
  return path === null ? null : archive.readBytes(path).catch(() => null);
}

/** Hands an address or path to the system's browser; it is passed as one argument, never through a shell. */
function openInBrowser(target: string): void {
  const [command, ...args] = platform() === 'darwin' ? ['open'] : platform() === 'win32' ? ['explorer'] : ['xdg-open'];
  if (command === undefined) return;
  const child = spawn(command, [...args, target], { stdio: 'ignore', detached: true });
  child.on('error', () => {});
  child.unref();
}
