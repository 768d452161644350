import ipaddr from 'ipaddr.js';
import { bareHost } from './proxy.ts';

/**
 * Which addresses a list from a stranger must not make this machine ask: its own services, its neighbours, and the
 * metadata services of clouds. Judged on names and literals before connecting, and on every address a name resolves
 * to, inside the very look-up that the connection uses, so that no second answer can slip between.
 */

/** Names that never mean a public site: RFC 6761 and 6762, RFC 8375, ICANN's `.internal`. */
const PRIVATE_NAMES = ['localhost', 'localdomain', 'local', 'internal', 'home.arpa'];

/** Public-looking addresses that serve a cloud's own machines. */
const METADATA = new Map([
  ['168.63.129.16', 'cloud metadata'],
  ['192.0.0.192', 'cloud metadata'],
  ['100.100.100.200', 'cloud metadata'],
  ['169.254.169.254', 'cloud metadata'],
  ['fd00:ec2::254', 'cloud metadata'],
]);

/** Why a host of a URL must not be asked, or null. `proxied`: the proxy resolves it, so the name is all there is. */
export function refusedHost(hostname: string, proxied: boolean): string | null {
  const host = bareHost(hostname).replace(/\.+$/, '').toLowerCase();
  if (ipaddr.isValid(host)) return refusedAddress(host);
  for (const name of PRIVATE_NAMES) {
    if (host === name || host.endsWith(`.${name}`)) return `the name ${host} belongs to a private network`;
  }
  if (proxied && !host.includes('.')) return `the name ${host} belongs to a private network`;
  return null;
}

/** Why an IP address must not be asked, or null for a public one. IPv6 forms that carry an IPv4 address are opened. */
export function refusedAddress(address: string): string | null {
  const text = address.replace(/%.*/s, '');
  if (!ipaddr.isValid(text)) return `${address} is not an IP address`;
  const parsed = ipaddr.parse(text);
  const plain = parsed.toString();
  const kind = refusedKind(plain, parsed);
  return kind === null ? null : `${plain} is ${kind}`;
}

function refusedKind(plain: string, parsed: ipaddr.IPv4 | ipaddr.IPv6): string | null {
  return METADATA.get(plain) ?? (parsed instanceof ipaddr.IPv6 ? refusedIPv6(parsed) : refusedRange(parsed.range()));
}

const RANGE_NAMES: Readonly<Record<string, string>> = {
  unspecified: 'unspecified',
  broadcast: 'broadcast',
  multicast: 'multicast',
  linkLocal: 'link-local',
  loopback: 'loopback',
  carrierGradeNat: 'carrier-grade NAT',
  private: 'private',
  uniqueLocal: 'private',
};

function refusedRange(range: string): string | null {
  return range === 'unicast' ? null : (RANGE_NAMES[range] ?? 'reserved');
}

function refusedIPv6(address: ipaddr.IPv6): string | null {
  const parts = address.parts;
  const range = address.range();
  if (range === 'loopback' || range === 'unspecified') return refusedRange(range);
  const whole = embeddedIPv4(parts);
  if (whole !== null) return refusedForm(whole);
  // ISATAP stands behind any prefix, a link-local one too, so the prefix is judged as well.
  const host = isatapIPv4(parts);
  const why = host === null ? null : refusedForm(host);
  if (why !== null) return why;
  if (range !== 'unicast') return refusedRange(range);
  // Only 2000::/3 is given out as global unicast (RFC 4291, IANA registry).
  const [first = 0] = parts;
  return first >> 13 === 1 ? null : 'reserved';
}

function refusedForm(embedded: string): string | null {
  const kind = refusedKind(embedded, ipaddr.IPv4.parse(embedded));
  return kind === null ? null : `a form of ${embedded}, which is ${kind}`;
}

/**
 * The IPv4 address that is all an IPv6 address says: ::a.b.c.d (compatible), ::ffff:a.b.c.d (mapped),
 * ::ffff:0:a.b.c.d (RFC 6145), 64:ff9b::a.b.c.d (NAT64, RFC 6052) and 2002:aabb:ccdd:: (6to4, RFC 3056).
 */
function embeddedIPv4(parts: readonly number[]): string | null {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = parts;
  const zeros = a === 0 && b === 0 && c === 0 && d === 0;
  const tail = quad(g, h);
  if (zeros && e === 0 && (f === 0 || f === 0xffff)) return tail;
  if (zeros && e === 0xffff && f === 0) return tail;
  if (a === 0x64 && b === 0xff9b && c === 0 && d === 0 && e === 0 && f === 0) return tail;
  return a === 0x2002 ? quad(b, c) : null;
}

/** The IPv4 address in the interface identifier 0:5efe:a.b.c.d or 200:5efe:a.b.c.d (ISATAP, RFC 5214). */
function isatapIPv4(parts: readonly number[]): string | null {
  const [e = 0, f = 0, g = 0, h = 0] = parts.slice(4);
  return (e === 0 || e === 0x200) && f === 0x5efe ? quad(g, h) : null;
}

function quad(high: number, low: number): string {
  return `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
}
