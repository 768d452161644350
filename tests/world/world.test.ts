import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { html, json, redirect, text, withEtag } from './answers.ts';
import { ask } from './ask.ts';
import { startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

describe('who answers', () => {
  test('https over CONNECT with a certificate for the name', async () => {
    world.on('https://plain.example/a', html('<p>甲</p>'));
    const got = await ask(world, 'https://plain.example/a');
    expect(got.status).toBe(200);
    expect(got.body.toString()).toBe('<p>甲</p>');
  });

  test('plain http by absolute URI and through a tunnel', async () => {
    world.on('http://old.example/b?c=1', text('yes'));
    expect((await ask(world, 'http://old.example/b?c=1')).body.toString()).toBe('yes');
    expect((await ask(world, 'http://old.example/b?c=1', { tunnel: true })).body.toString()).toBe('yes');
  });

  test('the longest pattern wins, and of two alike the later', async () => {
    world.on('layers.example', text('host'));
    world.on('https://layers.example/p*', text('prefix'));
    world.on('https://layers.example/p/q*', text('longer'));
    world.on('https://layers.example/p/q/r', text('first'));
    world.on('https://layers.example/p/q/r', text('exact'));
    const bodies = [];
    for (const path of ['/x', '/pp', '/p/q/zz', '/p/q/r']) {
      bodies.push((await ask(world, `https://layers.example${path}`)).body.toString());
    }
    expect(bodies).toEqual(['host', 'prefix', 'longer', 'exact']);
  });

  test('a wildcard name means every host below it and no look-alike', async () => {
    world.on('*.wild.example', text('below'));
    expect((await ask(world, 'https://a.b.wild.example/')).body.toString()).toBe('below');
    await expect(ask(world, 'https://notwild.example/')).rejects.toThrow('502');
  });

  test('an address that nobody registered on a known host is 404', async () => {
    world.on('https://known.example/', text('home'));
    expect((await ask(world, 'https://known.example/none')).status).toBe(404);
  });

  test('a handler sees method, headers, body and how often it was asked', async () => {
    world.on('https://echo.example/api', (request) =>
      json({ method: request.method, type: request.headers['content-type'], body: request.body, seen: request.seen }),
    );
    const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"a":1}' } as const;
    await ask(world, 'https://echo.example/api', post);
    const got = await ask(world, 'https://echo.example/api', post);
    expect(JSON.parse(got.body.toString())).toEqual({
      method: 'POST',
      type: 'application/json',
      body: '{"a":1}',
      seen: 1,
    });
  });

  test('a redirect goes out as written', async () => {
    world.on('https://hop.example/', redirect('http://127.0.0.1/inside', 301));
    const got = await ask(world, 'https://hop.example/');
    expect([got.status, got.headers.location]).toEqual([301, 'http://127.0.0.1/inside']);
  });

  test('a conditional request with the right ETag is answered 304 without a body', async () => {
    world.on('https://etag.example/', withEtag(html('same')));
    const { headers } = await ask(world, 'https://etag.example/');
    const again = await ask(world, 'https://etag.example/', { headers: { 'if-none-match': String(headers.etag) } });
    expect([again.status, again.body.length]).toEqual([304, 0]);
  });
});

describe('the log', () => {
  test('has every request with host, path, header and status', async () => {
    world.on('https://logged.example/x?y=%E4%B8%AD', text('ok'));
    await ask(world, 'https://logged.example/x?y=%E4%B8%AD', { headers: { 'x-mine': 'yes' } });
    const [entry] = world.log.filter((one) => one.host === 'logged.example');
    expect(entry).toMatchObject({ scheme: 'https', method: 'GET', path: '/x?y=%E4%B8%AD', status: 200, inFlight: 1 });
    expect(entry?.headers['x-mine']).toBe('yes');
  });

  test('counts the requests of one host that are answered at the same time', async () => {
    world.on('https://busy.example/*', async () => {
      await new Promise((resolve) => setTimeout(resolve, 100));
      return text('late');
    });
    await Promise.all(['1', '2', '3'].map((path) => ask(world, `https://busy.example/${path}`)));
    const flights = world.log.filter((one) => one.host === 'busy.example').map((one) => one.inFlight);
    expect(flights).toEqual([1, 2, 3]);
  });
});
