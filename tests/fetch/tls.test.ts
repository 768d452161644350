import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFetcher } from '../../src/fetch/index.ts';
import { newAuthority, newIdentity } from './certificates.ts';
import { bodyText, closeWorld, ending, fetchOnce, tlsServer } from './world.ts';

let authority: Awaited<ReturnType<typeof newAuthority>>;
beforeAll(async () => {
  authority = await newAuthority('Test Authority');
});
afterAll(closeWorld);

describe('TLS', () => {
  it('trusts what --ca names', async () => {
    const server = await tlsServer(await newIdentity(authority, ['127.0.0.1']));
    expect(bodyText(await fetchOnce(server.url, { ca: authority.pem }))).toBe('ok');
  });

  it('takes several authorities in one text', async () => {
    const other = await newAuthority('Other Authority');
    const server = await tlsServer(await newIdentity(authority, ['127.0.0.1']));
    expect(bodyText(await fetchOnce(server.url, { ca: `${other.pem}\n${authority.pem}\n` }))).toBe('ok');
  });

  it('trusts nobody else', async () => {
    const server = await tlsServer(await newIdentity(authority, ['127.0.0.1']));
    const exchange = await fetchOnce(server.url);
    expect(ending(exchange)).toBe('unreachable/tls');
    expect(exchange.failure?.detail).toContain('issuer');
  });

  it.each([
    ['expired', { from: -10, to: -2 }, 'expired'],
    ['not valid yet', { from: 2, to: 10 }, 'not valid yet'],
  ])('%s', async (_name, days, words) => {
    const server = await tlsServer(await newIdentity(authority, ['127.0.0.1'], days));
    const exchange = await fetchOnce(server.url, { ca: authority.pem });
    expect(ending(exchange)).toBe('unreachable/tls');
    expect(exchange.failure?.detail).toContain(words);
    expect(exchange.tries.length).toBe(1);
  });

  it('for another name', async () => {
    const server = await tlsServer(await newIdentity(authority, ['other.example']));
    const resolve = () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]);
    for (const host of ['127.0.0.1', 'site.example']) {
      const exchange = await fetchOnce(`https://${host}:${server.port}/`, { ca: authority.pem, resolve });
      expect(ending(exchange)).toBe('unreachable/tls');
      expect(exchange.failure?.detail).toContain('another name');
    }
    const right = await fetchOnce(`https://other.example:${server.port}/`, { ca: authority.pem, resolve });
    expect(bodyText(right)).toBe('ok');
  });

  it('self-signed, and what --insecure lifts', async () => {
    const server = await tlsServer(await newIdentity(null, ['other.example'], { from: -10, to: -2 }));
    const exchange = await fetchOnce(server.url);
    expect(ending(exchange)).toBe('unreachable/tls');
    expect(exchange.failure?.detail).toMatch(/self-signed|expired/);
    expect(bodyText(await fetchOnce(server.url, { insecure: true }))).toBe('ok');
  });

  it('a text that holds no certificate is a mistake of the configuration', () => {
    const make = (ca: string) => () => createFetcher({ ca });
    expect(make('nothing')).toThrow(expect.objectContaining({ code: 'fetch/bad-ca' }));
    expect(make('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----')).toThrow(
      expect.objectContaining({ code: 'fetch/bad-ca' }),
    );
  });
});
