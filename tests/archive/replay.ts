import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';

/** What a player is to show. */
export interface Wanted {
  url: string;
  /** 14 digits; the capture nearest to it is shown. */
  time: string;
  /** With true the bytes as they were captured, else as a page that is rewritten to be shown. */
  raw: boolean;
  /** The body of a POST; null for GET. */
  post: string | null;
}

/** What it showed; bodies in Base64. */
export interface Got {
  faults: string[];
  pages: { url: string; title: string }[];
  answers: { status: number; type: string | null; body: string }[];
}

/**
 * The folder in which the player is installed; null where there is none. It is not a dependency of this project, for
 * its licence (AGPL) asks more of a project than ours does; .ci/run installs it elsewhere.
 */
export function playerFolder(): string | null {
  const folder = process.env.LINKARK_WABAC ?? '';
  return folder !== '' && existsSync(join(folder, 'node_modules/@webrecorder/wabac/package.json')) ? folder : null;
}

/** Has the player open a WACZ and show what is wanted. */
export function replay(folder: string, wacz: string, wanted: readonly Wanted[]): Promise<Got> {
  const child = spawn(
    process.execPath,
    [
      '--import',
      pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href,
      fileURLToPath(new URL('./replay-child.ts', import.meta.url)),
      folder,
      wacz,
    ],
    { stdio: 'pipe' },
  );
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => void out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => void err.push(chunk));
  child.stdin.on('error', () => undefined);
  child.stdin.end(JSON.stringify(wanted));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      const text = Buffer.concat(out).toString('utf8');
      if (code === 0) resolve(JSON.parse(text) as Got);
      else reject(new Error(`the player ended with ${code}: ${Buffer.concat(err).toString('utf8').slice(-2000)}`));
    });
  });
}

/** The bytes of an answer, decompressed where they are gzip still. */
export function bodyOf(answer: { body: string } | undefined): Buffer {
  const bytes = Buffer.from(answer?.body ?? '', 'base64');
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
}
