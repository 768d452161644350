import { connect } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { html, redirect, text } from './answers.ts';
import { ask } from './ask.ts';
import * as fault from './faults.ts';
import { startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const page = html(`<p>${'一段话。'.repeat(400)}</p>`);
let count = 0;
/** A host of its own for every case, so that pace and counts of one do not touch another. */
const fresh = (): string => {
  count += 1;
  return `https://fault-${count}.example/`;
};
const code = async (promise: Promise<unknown>): Promise<string> => {
  try {
    await promise;
    return 'no error';
  } catch (error) {
    return error instanceof Error ? `${'code' in error ? String(error.code) : error.message}` : 'odd';
  }
};

/** Sends one request through the proxy in plain HTTP and gives back what came, byte for byte. */
function raw(path: string): Promise<Buffer> {
  const { hostname, port } = new URL(world.proxy);
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    const socket = connect(Number(port), hostname, () => socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`));
    socket.on('data', (part) => parts.push(part));
    socket.on('error', reject);
    socket.on('close', () => resolve(Buffer.concat(parts)));
  });
}

describe('each fault does what it says', () => {
  test.each([
    ['reset before the head', fault.resetBeforeHead(page), ['ECONNRESET', 'UND_ERR_SOCKET']],
    ['reset before the body', fault.resetBeforeBody(page), ['ECONNRESET', 'UND_ERR_SOCKET']],
    ['reset in the body', fault.resetInBody(page), ['ECONNRESET', 'UND_ERR_SOCKET']],
    ['truncated', fault.truncated(page), ['UND_ERR_SOCKET']],
    ['a length that is too long', fault.wrongLength(page, page.body.length + 10), ['UND_ERR_SOCKET']],
    ['hung', fault.hung(), ['UND_ERR_HEADERS_TIMEOUT']],
    ['hung in the body', fault.hungInBody(page), ['UND_ERR_BODY_TIMEOUT']],
    ['ten thousand headers', fault.manyHeaders(page), ['UND_ERR_HEADERS_OVERFLOW']],
  ])('%s', async (_name, reply, expected) => {
    const url = fresh();
    world.on(url, reply);
    expect(expected).toContain(await code(ask(world, url, { timeout: 700 })));
  });

  test('a reset reaches plain http as a reset', async () => {
    world.on('http://reset.example/', fault.resetBeforeHead(page));
    await expect(raw('http://reset.example/')).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  test('a slow first byte comes late and whole', async () => {
    const url = fresh();
    world.on(url, fault.slowFirstByte(page, 300));
    const began = performance.now();
    expect((await ask(world, url)).body.equals(Buffer.from(page.body))).toBe(true);
    expect(performance.now() - began).toBeGreaterThan(290);
  });

  test('a drip is the whole body in pieces', async () => {
    const url = fresh();
    world.on(url, fault.drip(text('abcdef'), 20));
    const began = performance.now();
    expect((await ask(world, url)).body.toString()).toBe('abcdef');
    expect(performance.now() - began).toBeGreaterThan(80);
  });

  test('an endless body goes on past what any page has', async () => {
    const { hostname, port } = new URL(world.proxy);
    world.on('http://endless.example/', fault.endless(text('x')));
    const received = await new Promise<number>((resolve) => {
      let bytes = 0;
      const socket = connect(Number(port), hostname, () =>
        socket.write('GET http://endless.example/ HTTP/1.1\r\nHost: endless.example\r\n\r\n'),
      );
      socket.on('data', (part) => {
        bytes += part.length;
        if (bytes > 20_000_000) socket.destroy();
      });
      socket.on('close', () => resolve(bytes));
    });
    expect(received).toBeGreaterThan(20_000_000);
  });

  test('a bomb is small on the wire and unpacks to what it says', async () => {
    const bomb = fault.gzipBomb(64 << 20);
    expect(bomb.body.length).toBeLessThan(128 << 10);
    expect(gunzipSync(bomb.body).length).toBe(64 << 20);
  });

  test('HTTP/1.0 has no length and ends with the connection', async () => {
    world.on('http://ancient.example/', fault.http10(text('body')));
    const bytes = (await raw('http://ancient.example/')).toString();
    expect(bytes).toMatch(/^HTTP\/1\.0 200 /);
    expect(bytes).not.toMatch(/content-length/i);
    expect(bytes.endsWith('\r\n\r\nbody')).toBe(true);
  });

  test('an empty page is 200 and nothing', async () => {
    const url = fresh();
    world.on(url, fault.emptyPage());
    const got = await ask(world, url);
    expect([got.status, got.body.length]).toEqual([200, 0]);
  });
});

describe('answers that change', () => {
  test('503 twice, then the page', async () => {
    const url = fresh();
    world.on(url, fault.unavailable(2, page));
    const seen = [];
    for (let n = 0; n < 3; n += 1) seen.push((await ask(world, url)).status);
    expect(seen).toEqual([503, 503, 200]);
  });

  test('429 until so many seconds have passed', async () => {
    const url = fresh();
    world.on(url, fault.limitedFor(0.2, page));
    const early = await ask(world, url);
    expect([early.status, early.headers['retry-after']]).toEqual([429, '0.2']);
    await new Promise((resolve) => setTimeout(resolve, 220));
    expect((await ask(world, url)).status).toBe(200);
    // Long enough for two requests on a machine that has much else to do.
    const long = fresh();
    world.on(long, fault.limitedFor(60, page));
    expect([(await ask(world, long)).status, (await ask(world, long)).status]).toEqual([429, 429]);
  });

  test('429 for whoever asks the host faster than allowed', async () => {
    const url = fresh();
    world.on(`${url}*`, fault.limitedPace(200, page));
    expect((await ask(world, `${url}1`)).status).toBe(200);
    expect((await ask(world, `${url}2`)).status).toBe(429);
    await new Promise((resolve) => setTimeout(resolve, 220));
    expect((await ask(world, `${url}3`)).status).toBe(200);
  });

  test('a chain ends after its length and a loop never', async () => {
    const url = fresh();
    world.on(`${url}hop/*`, fault.redirectChain(`${url}hop/`, 3, page));
    world.on(`${url}a`, fault.redirectLoop(`${url}a`, `${url}b`));
    world.on(`${url}b`, fault.redirectLoop(`${url}a`, `${url}b`));
    const follow = async (from: string): Promise<string[]> => {
      const way = [from];
      for (let at = from; way.length < 8; way.push(at)) {
        const next = (await ask(world, at)).headers.location;
        if (next === undefined) return way;
        at = String(next);
      }
      return way;
    };
    expect(await follow(`${url}hop/0`)).toHaveLength(4);
    expect(await follow(`${url}a`)).toHaveLength(8);
  });
});

describe('faults of a whole host', () => {
  test.each([
    ['expired', 'CERT_HAS_EXPIRED'],
    ['misnamed', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['self-signed', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ] as const)('a certificate that is %s', async (certificate, expected) => {
    const url = fresh();
    world.on(url, page);
    world.host(new URL(url).hostname, { certificate });
    expect(await code(ask(world, url))).toBe(expected);
  });

  test('a host that nobody registered is refused as a proxy refuses a dead name', async () => {
    await expect(ask(world, 'https://nowhere.example/')).rejects.toThrow('502');
    expect((await ask(world, 'http://nowhere.example/')).status).toBe(502);
  });

  test('dead DNS and a closed port can be switched on for a known host', async () => {
    world.on('dies.example', page);
    world.host('dies.example', { connect: 'dead-dns' });
    await expect(ask(world, 'https://dies.example/')).rejects.toThrow('502');
    expect((await ask(world, 'http://dies.example/')).headers['proxy-status']).toMatch('dns_error');
    world.on('shut.example', page);
    world.host('shut.example', { connect: 'closed' });
    await expect(ask(world, 'https://shut.example/')).rejects.toThrow('502');
    expect((await ask(world, 'http://shut.example/')).headers['proxy-status']).toMatch('connection_refused');
  });

  test('a hung host never lets the tunnel open', async () => {
    world.on('hangs.example', page);
    world.host('hangs.example', { connect: 'hang' });
    const won = await Promise.race([
      code(ask(world, 'https://hangs.example/')),
      new Promise<string>((resolve) => setTimeout(() => resolve('still waiting'), 300)),
    ]);
    expect(won).toBe('still waiting');
  });

  test('redirects into private networks are only handed out, never followed', async () => {
    const url = fresh();
    world.on(url, redirect('http://169.254.169.254/latest/meta-data/'));
    expect((await ask(world, url)).headers.location).toBe('http://169.254.169.254/latest/meta-data/');
    expect(world.connects.some(({ host }) => host === '169.254.169.254')).toBe(false);
  });
});
