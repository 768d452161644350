import http from 'node:http';
import { Client } from 'undici';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { ask, closeWorld, ending, fetcherFor, fetchOnce, listenOn, webServer } from './world.ts';

afterAll(closeWorld);
afterEach(() => {
  vi.restoreAllMocks();
});

const BUG = new TypeError('made of nothing');
const broken = () => {
  throw BUG;
};

describe('a bug of the program is no fault of a page: the fetch rejects', () => {
  it('where it stands in the look-up', async () => {
    await expect(fetchOnce('http://site.example/', { resolve: async () => broken() })).rejects.toBe(BUG);
  });

  it('where it stands in opening a tunnel', async () => {
    vi.spyOn(Client.prototype, 'connect').mockImplementation(broken);
    const proxy = await listenOn(http.createServer(), 'http');
    const exchange = fetchOnce('https://site.example/', { env: { HTTPS_PROXY: proxy.url } });
    await expect(exchange).rejects.toBe(BUG);
  });

  it('where it stands in sending', async () => {
    vi.spyOn(Client.prototype, 'dispatch').mockImplementation(broken);
    const server = await webServer((_request, response) => response.end('fine'));
    await expect(fetchOnce(server.url)).rejects.toBe(BUG);
  });

  it('where it stands in reading, and the next request is answered', async () => {
    let answering = false;
    const clock = () => {
      if (!answering) return Date.now();
      answering = false;
      return broken();
    };
    const server = await webServer((_request, response, count) => {
      answering = count === 1;
      response.end('fine');
    });
    const fetcher = fetcherFor({ hostConcurrency: 1, clock });
    await expect(fetcher.fetch(ask(server.url))).rejects.toBe(BUG);
    expect(ending(await fetcher.fetch(ask(server.url)))).toBe('status 200');
  });
});
