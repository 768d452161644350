import { get } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { plainPage } from '../world/pages/blogs.ts';
import type { CliRun } from '../world/run-cli.ts';
import { startWorld, type World } from '../world/world.ts';
import { BRISK, listOf, type Scene, setScene } from './scene.ts';

const PAGE = 'https://fine.example/page';

let world: World;
let scene: Scene;
let address: URL;
let stop: () => void;
let ended: Promise<CliRun>;
beforeAll(async () => {
  world = await startWorld();
  world.on(PAGE, plainPage('一页', '这一页存下来，是为了从本机的服务里再读出来，所以写了不长不短的几句话。'.repeat(3)));
  scene = setScene(world);
  scene.write('sources/list.md', listOf([PAGE]));
  await scene.run(['check', ...BRISK]);
  const url = await new Promise<string>((found, failed) => {
    let said = '';
    ended = scene.run(['read', '--serve', '0'], {
      onStart: (kill) => {
        stop = () => kill('SIGTERM');
      },
      onOutput: (text) => {
        said += text;
        const at = /http:\/\/127\.0\.0\.1:\d+\//.exec(said)?.[0];
        if (at !== undefined) found(at);
      },
    });
    void ended.then((run) => failed(new Error(run.stdout + run.stderr)));
  });
  address = new URL(url);
});
afterAll(async () => {
  await world.close();
  scene.remove();
});

const ask = (path: string, host?: string): Promise<{ status: number | undefined; body: string }> =>
  new Promise((answered, failed) => {
    const headers = host === undefined ? {} : { host };
    get({ host: '127.0.0.1', port: address.port, path, headers, agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (text: string) => {
        body += text;
      });
      response.on('end', () => answered({ status: response.statusCode, body }));
    }).on('error', failed);
  });

test('read --serve shows the reader and what it needs', async () => {
  const front = await ask('/');
  expect(front.status).toBe(200);
  expect(front.body).toContain('reader/reader.js');
  expect((await ask('/reader/reader.js')).status).toBe(200);
  expect((await ask(`/${scene.link(PAGE).snapshot?.path}`)).body).toContain(PAGE);
});

test('what is not there is 404, and nothing outside the archive is there', async () => {
  expect((await ask('/none.html')).status).toBe(404);
  expect((await ask('/../sources/list.md')).status).toBe(400);
});

test('a name of another place that leads here is not answered', async () => {
  expect((await ask('/', 'evil.example')).status).toBe(421);
});

test('a polite stop ends it with 0', async () => {
  stop();
  expect((await ended).code).toBe(0);
});
