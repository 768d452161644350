import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { refusedAddress, refusedHost } from '../../src/fetch/guard.ts';
import { runs } from '../property.ts';
import { closeWorld, ending, fetchOnce, webServer } from './world.ts';

afterAll(closeWorld);

/** As a link may spell it; the URL parser brings it into its proper form first. */
const REFUSED = [
  'http://127.0.0.1/',
  'http://127.9.9.9/',
  'http://127.1/',
  'http://2130706433/',
  'http://0x7f000001/',
  'http://0x7f.1/',
  'http://0177.0.0.1/',
  'http://017700000001/',
  'http://127.0.0.1./',
  'http://①②⑦.0.0.1/',
  'http://0/',
  'http://0.0.0.0/',
  'http://10.1.2.3/',
  'http://172.16.0.1/',
  'http://172.31.255.255/',
  'http://192.168.1.1/',
  'http://100.64.0.1/',
  'http://100.100.100.200/',
  'http://169.254.169.254/latest/meta-data/',
  'http://168.63.129.16/',
  'http://192.0.0.192/',
  'http://192.0.2.1/',
  'http://198.18.0.1/',
  'http://198.51.100.7/',
  'http://203.0.113.9/',
  'http://224.0.0.1/',
  'http://239.255.255.250/',
  'http://240.0.0.1/',
  'http://255.255.255.255/',
  'http://[::1]/',
  'http://[::]/',
  'http://[::ffff:127.0.0.1]/',
  'http://[::ffff:7f00:1]/',
  'http://[::ffff:a9fe:a9fe]/',
  'http://[::127.0.0.1]/',
  'http://[::a00:1]/',
  'http://[::ffff:0:10.0.0.1]/',
  'http://[64:ff9b::7f00:1]/',
  'http://[64:ff9b::192.168.0.1]/',
  'http://[64:ff9b:1::1]/',
  'http://[2002:7f00:1::]/',
  'http://[2002:c0a8:101::1]/',
  'http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/',
  'http://[2001:db8::1]/',
  'http://[3fff::1]/',
  'http://[2607:f8b0::5efe:10.0.0.1]/',
  'http://[2607:f8b0::200:5efe:10.0.0.1]/',
  'http://[fe80::5efe:1.1.1.1]/',
  'http://[fd00::200:5efe:1.1.1.1]/',
  'http://[fe80::1]/',
  'http://[febf::1]/',
  'http://[fec0::1]/',
  'http://[fc00::1]/',
  'http://[fd12:3456::1]/',
  'http://[fd00:ec2::254]/',
  'http://[ff02::1]/',
  'http://[100::1]/',
  'http://[4000::1]/',
  'http://localhost/',
  'http://LOCALHOST./',
  'http://a.b.localhost/',
  'http://printer.local/',
  'http://metadata.google.internal/',
  'http://nas.home.arpa/',
];

const ALLOWED = [
  'http://example.com/',
  'http://localhost.example.com/',
  'http://local.example/',
  'http://notlocal/',
  'http://1.1.1.1/',
  'http://172.15.0.1/',
  'http://172.32.0.1/',
  'http://100.63.255.255/',
  'http://100.128.0.1/',
  'http://169.253.1.1/',
  'http://223.5.5.5/',
  'http://[2400:3200::1]/',
  'http://[2606:4700:4700::1111]/',
  'http://[::ffff:1.1.1.1]/',
  'http://[64:ff9b::1.1.1.1]/',
  'http://[2002:101:101::1]/',
  'http://[::ffff:0:1.1.1.1]/',
  'http://[::1.1.1.1]/',
  'http://[2607:f8b0::5efe:1.1.1.1]/',
  'http://[2607:f8b0::1:5efe:10.0.0.1]/',
  'http://[2607:f8b0::a00:1]/',
  'http://[2000::1]/',
  'http://[3fff:1000::1]/',
  'http://[3ffe:1::1]/',
];

/** What a report says of an address. */
const REASONS = [
  ['127.0.0.1', '127.0.0.1 is loopback'],
  ['0.0.0.0', '0.0.0.0 is unspecified'],
  ['10.1.2.3', '10.1.2.3 is private'],
  ['100.64.0.1', '100.64.0.1 is carrier-grade NAT'],
  ['169.254.1.1', '169.254.1.1 is link-local'],
  ['224.0.0.1', '224.0.0.1 is multicast'],
  ['255.255.255.255', '255.255.255.255 is broadcast'],
  ['240.0.0.1', '240.0.0.1 is reserved'],
  ['100.100.100.200', '100.100.100.200 is cloud metadata'],
  ['168.63.129.16', '168.63.129.16 is cloud metadata'],
  ['192.0.0.192', '192.0.0.192 is cloud metadata'],
  ['FD00:0EC2:0:0:0:0:0:254', 'fd00:ec2::254 is cloud metadata'],
  ['::', ':: is unspecified'],
  ['::1', '::1 is loopback'],
  ['fd12::1', 'fd12::1 is private'],
  ['fe80::1%eth0', 'fe80::1 is link-local'],
  ['ff02::1', 'ff02::1 is multicast'],
  ['2001:db8::1', '2001:db8::1 is reserved'],
  ['3fff:fff::1', '3fff:fff::1 is reserved'],
  ['1fff::1', '1fff::1 is reserved'],
  ['::ffff:a9fe:a9fe', '::ffff:a9fe:a9fe is a form of 169.254.169.254, which is cloud metadata'],
  ['2002:a00:1::', '2002:a00:1:: is a form of 10.0.0.1, which is private'],
  ['2607:f8b0::5efe:a00:1', '2607:f8b0::5efe:a00:1 is a form of 10.0.0.1, which is private'],
  // Neighbours of the forms that carry an IPv4 address: nothing is read out of them.
  ['1::101:101', '1::101:101 is reserved'],
  ['0:1::101:101', '0:1::101:101 is reserved'],
  ['0:0:1::101:101', '0:0:1::101:101 is reserved'],
  ['0:0:0:1::101:101', '::1:0:0:101:101 is reserved'],
  ['::1:0:101:101', '::1:0:101:101 is reserved'],
  ['::2:101:101', '::2:101:101 is reserved'],
  ['::ffff:1:101:101', '::ffff:1:101:101 is reserved'],
  ['65:ff9b::101:101', '65:ff9b::101:101 is reserved'],
  ['64:ff9c::101:101', '64:ff9c::101:101 is reserved'],
  ['64:ff9b:1::101:101', '64:ff9b:1::101:101 is reserved'],
  ['64:ff9b:0:1::101:101', '64:ff9b:0:1::101:101 is reserved'],
  ['64:ff9b::1:0:101:101', '64:ff9b::1:0:101:101 is reserved'],
  ['64:ff9b::1:101:101', '64:ff9b::1:101:101 is reserved'],
  ['no address', 'no address is not an IP address'],
] as const;

describe('the guard', () => {
  it.each(REFUSED)('refuses %s', (url) => {
    expect(refusedHost(new URL(url).hostname, false)).not.toBeNull();
    expect(refusedHost(new URL(url).hostname, true)).not.toBeNull();
  });

  it.each(ALLOWED)('lets %s through', (url) => {
    expect(refusedHost(new URL(url).hostname, false)).toBeNull();
  });

  it.each(REASONS)('says why %s is refused', (address, reason) => {
    expect(refusedAddress(address)).toBe(reason);
  });

  it('says which name belongs to a private network', () => {
    expect(refusedHost('Nas.LOCAL..', false)).toBe('the name nas.local belongs to a private network');
    expect(refusedHost('intranet', true)).toBe('the name intranet belongs to a private network');
    expect(refusedHost('intra.net', true)).toBeNull();
    expect(refusedHost('[::1]', false)).toBe('::1 is loopback');
  });

  it('does not mind the zone of a public address', () => {
    expect(refusedAddress('2606:4700::1%eth0')).toBeNull();
  });

  it('behind a proxy a name without a dot is refused: only the proxy knows what it means', () => {
    expect(refusedHost('intranet', true)).not.toBeNull();
    expect(refusedHost('intranet', false)).toBeNull();
  });

  it('judges an IPv4 address alike in all its IPv6 forms', () => {
    const octet = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(octet, octet, octet, octet, (a, b, c, d) => {
        const plain = refusedAddress(`${a}.${b}.${c}.${d}`) === null;
        const hex = [(a << 8) | b, (c << 8) | d].map((part) => part.toString(16));
        for (const form of [`::ffff:${hex.join(':')}`, `64:ff9b::${hex.join(':')}`, `2002:${hex.join(':')}::`]) {
          expect([form, refusedAddress(form) === null]).toEqual([form, plain]);
        }
      }),
      runs(300),
    );
  });

  it('judges every spelling of an IPv4 address alike', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (number) => {
        const dotted = [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join('.');
        const expected = refusedHost(dotted, false) === null;
        for (const spelling of [String(number), `0x${number.toString(16)}`, `0${number.toString(8)}`]) {
          expect(refusedHost(new URL(`http://${spelling}/`).hostname, false) === null).toBe(expected);
        }
      }),
      runs(300),
    );
  });

  it('refuses what is no address at all', () => {
    fc.assert(
      fc.property(
        fc.string().filter((text) => !/[\d:]/.test(text)),
        (text) => {
          expect(refusedAddress(text)).not.toBeNull();
        },
      ),
      runs(100),
    );
  });
});

describe('the guard on the way', () => {
  it('asks no loopback server by default', async () => {
    let asked = 0;
    const server = await webServer((_request, response) => {
      asked += 1;
      response.end();
    });
    expect(ending(await fetchOnce(server.url, { allowPrivate: false }))).toBe('skipped/private-address');
    expect(ending(await fetchOnce(`http://[::ffff:7f00:1]:${server.port}/`, { allowPrivate: false }))).toBe(
      'skipped/private-address',
    );
    expect(asked).toBe(0);
    expect(ending(await fetchOnce(server.url, { allowPrivate: true }))).toBe('status 200');
  });

  it('refuses a name that resolves to a private address', async () => {
    let asked = 0;
    const server = await webServer((_request, response) => {
      asked += 1;
      response.end();
    });
    const resolve = () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]);
    const exchange = await fetchOnce(`http://rebind.example:${server.port}/`, { allowPrivate: false, resolve });
    expect(ending(exchange)).toBe('skipped/private-address');
    expect(asked).toBe(0);
  });

  it('looks a name up once, and goes by that answer', async () => {
    let asked = 0;
    const resolve = () => {
      asked += 1;
      return Promise.resolve([{ address: asked === 1 ? '10.0.0.1' : '127.0.0.1', family: 4 }]);
    };
    const exchange = await fetchOnce('http://rebind.example/', { allowPrivate: false, resolve });
    expect(exchange.failure?.detail).toContain('10.0.0.1');
    expect(asked).toBe(1);
  });

  it('connects only to the public ones of several addresses', async () => {
    const resolve = () =>
      Promise.resolve([
        { address: '127.0.0.1', family: 4 },
        { address: '::1', family: 6 },
      ]);
    const exchange = await fetchOnce('http://both.example/', { allowPrivate: false, resolve });
    expect(ending(exchange)).toBe('skipped/private-address');
  });

  it('says what a VPN with made-up addresses does', async () => {
    const resolve = () => Promise.resolve([{ address: '198.18.0.5', family: 4 }]);
    const exchange = await fetchOnce('http://example.com/', { allowPrivate: false, resolve });
    expect(ending(exchange)).toBe('skipped/private-address');
    expect(exchange.failure?.detail).toContain('VPN');
  });
});
