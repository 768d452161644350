import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Scene, setScene } from '../e2e/scene.ts';
import { link, statusOf } from '../report/scene.ts';
import { runInProcess } from './in-process.ts';

let scene: Scene;
beforeAll(() => {
  scene = setScene(null);
  scene.write('archive/status.json', JSON.stringify(statusOf([link({ id: 'web/a' })])));
});
afterAll(() => scene.remove());

test('builds the reader and says where it is, in the language of the lists', async () => {
  const { code, stderr } = await runInProcess(['read'], scene.folder);
  expect(code).toBe(0);
  expect(stderr).toBe(`阅读页在 ${join(scene.archive, 'index.html')}\n`);
  expect(readFileSync(join(scene.archive, 'index.html'), 'utf8')).toContain('<html lang="zh-CN"');
  expect((await runInProcess(['read', '--lang', 'en'], scene.folder)).stderr).toContain('the reader is in ');
});

interface Served {
  port: number;
  said: string;
  stop(): Promise<number>;
}

/** Serves until it is stopped, on a port of the system's choice. */
async function serve(args: readonly string[] = []): Promise<Served> {
  const stop = new AbortController();
  const served = { said: '' };
  const err = new Writable({
    write(chunk: Buffer, _encoding, done) {
      served.said += chunk.toString();
      done();
    },
  });
  const argv = ['read', '--serve', '0', '--lang', 'en', ...args];
  const done = runInProcess(argv, scene.folder, { err, stop: stop.signal });
  for (;;) {
    const port = /serving http:\/\/127\.0\.0\.1:(\d+)\/ \(Ctrl-C ends\)/.exec(served.said)?.[1];
    if (port !== undefined) {
      const end = async () => {
        stop.abort();
        return (await done).code;
      };
      return { port: Number(port), said: served.said, stop: end };
    }
    await Promise.race([sleep(5), done]);
  }
}

const ask = (port: number, path: string, method = 'GET') =>
  new Promise<{ status: number | undefined; body: string }>((done, failed) => {
    request({ port, path, method, host: '127.0.0.1' }, (answer) => {
      void text(answer).then((body) => done({ status: answer.statusCode, body }));
    })
      .on('error', failed)
      .end();
  });

describe('read --serve', () => {
  test('gives the files of the archive, and nothing else, until it is stopped', async () => {
    const { port, stop } = await serve();
    expect(await ask(port, '/')).toMatchObject({ status: 200, body: expect.stringContaining('<html') });
    expect(await ask(port, '/', 'HEAD')).toEqual({ status: 200, body: '' });
    expect((await ask(port, '/none.html')).status).toBe(404);
    expect((await ask(port, '/reader')).status).toBe(404);
    expect((await ask(port, '/..%2f..%2fetc/passwd')).status).toBe(400);
    expect((await ask(port, '/', 'DELETE')).status).not.toBe(200);
    expect(await stop()).toBe(0);
    await expect(ask(port, '/')).rejects.toThrow('ECONNREFUSED');
  });

  test('a visitor that names no host is one like the others, or is refused; it breaks nothing', async () => {
    const { port, stop } = await serve();
    const socket = connect(port, '127.0.0.1');
    socket.end('GET / HTTP/1.0\r\n\r\n');
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 [24]\d\d /);
    expect(await stop()).toBe(0);
  });
});

describe.skipIf(process.platform !== 'linux')('read --open', () => {
  const path = process.env.PATH;
  afterAll(() => {
    process.env.PATH = path;
  });

  test('hands the page to the system, as one argument; where there is nobody to take it, that is no fault', async () => {
    const seen = join(scene.folder, 'opened');
    const opener = join(scene.folder, 'xdg-open');
    writeFileSync(opener, `#!/bin/sh\nprintf '%s' "$#:$1" > '${seen}.part' && mv '${seen}.part' '${seen}'\n`);
    chmodSync(opener, 0o755);
    process.env.PATH = `${scene.folder}:${path}`;
    expect((await runInProcess(['read', '--open'], scene.folder)).code).toBe(0);
    while (!existsSync(seen)) await sleep(5);
    expect(readFileSync(seen, 'utf8')).toBe(`1:${join(scene.archive, 'index.html')}`);
    rmSync(seen);
    const { port, stop } = await serve(['--open']);
    while (!existsSync(seen)) await sleep(5);
    expect(readFileSync(seen, 'utf8')).toBe(`1:http://127.0.0.1:${port}/`);
    await stop();
    process.env.PATH = join(scene.folder, 'nothing-here');
    expect((await runInProcess(['read', '--open'], scene.folder)).code).toBe(0);
  });
});
